// Functions that may refuse what was read (`refine`): what they may ask, and what happens where they refuse.
import { OP } from "../../compile/code/instructions.ts";
import * as operand from "../../compile/code/operands.ts";
import { type Problem, Refusal, type Site } from "../../grammar/problem.ts";
import type { Position, Span } from "../../text/index.ts";
import type { Machine } from "../control/machine.ts";
import { type PlacedProblem, StateChange, Warning } from "../emission/internal-event.ts";
import { KIND, LEAF_INSTRUCTION, QUIET_OUTER_FAR } from "../memory/frame-slots.ts";
import { FRAME, QUIET } from "../memory/frames.ts";
import { thaw } from "../memory/thawing.ts";
import { TAIL_UNITS } from "../positions/positions.ts";
import { noteOpened } from "./open.ts";

/** One for each machine; it is valid only during a call. */
export class MachineSite implements Site {
  readonly #machine: Machine;
  /** The frame that begins at the start. */
  #frame = 0;
  start = 0;
  end = 0;
  warnings: Problem[] | undefined = undefined;
  stateChange: StateChange | undefined = undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  begin(frame: number, end: number): this {
    this.#frame = frame;
    this.start = this.#machine.stack.offsets[frame] as number;
    this.end = end;
    this.warnings = undefined;
    this.stateChange = undefined;
    return this;
  }

  /** The position of the start is known even if its text is gone. */
  position(offset: number): Position {
    const { failure, positions, stack } = this.#machine;
    return offset === this.start ? positions.startOf(stack.shift + this.#frame, offset, failure) : positions.at(offset);
  }

  blankBefore(offset: number): Position {
    return this.#machine.positions.blankBefore(offset);
  }

  text(): string {
    const { window } = this.#machine;
    return window.slice(this.start - window.base, this.end - window.base);
  }

  span(from: number, to: number): Span {
    const span = { start: this.position(from), end: this.position(to) };
    const { source } = this.#machine.options;
    return source === undefined ? span : { source, ...span };
  }

  warn(problem: Problem): void {
    this.warnings ??= [];
    this.warnings.push(problem);
  }

  get state(): unknown {
    return this.stateChange === undefined ? this.#machine.emissions.state : this.stateChange.state;
  }

  setState(state: unknown): void {
    this.stateChange = new StateChange(state);
  }
}

/**
 * Calls the function of a `refine` with a value that was read from the frame at `sp` on.
 *
 * @param fp the frame below. @param cut whether the scope is committed. What is certain of its warnings depends on both.
 * @returns what it gives; a refusal has its place.
 */
export function refine(
  m: Machine,
  pc: number,
  val: unknown,
  end: number,
  sp: number,
  fp: number,
  cut: number,
): unknown {
  m.site ??= new MachineSite(m);
  const site = m.site.begin(sp, end);
  const refined = m.program.refiners[m.program.code[pc + operand.REFINE_END_REFINER] as number]?.(val, site);
  const { warnings } = site;
  for (const problem of warnings ?? []) {
    const placedProblem = placed(m, problem, sp, end);
    const shows = m.emissions.tellsMore && !m.options.binary;
    m.emit(new Warning(placedProblem, shows ? m.positions.textBefore(end, TAIL_UNITS) : "", end), sp, fp, end, cut);
  }
  if (refined instanceof Refusal) {
    const { problem, at } = refined;
    return problem === undefined ? refined : new Refusal(placed(m, problem, sp, end), at);
  }
  if (site.stateChange !== undefined) m.emit(site.stateChange, sp, fp, end, cut);
  return refined;
}

/** A problem with its place: the one it names, or else all that was read from the frame at `sp` on. */
function placed(m: Machine, problem: Problem, sp: number, end: number): PlacedProblem {
  if (isPlaced(problem)) return problem;
  const at = m.span(m.stack.offsets[sp] as number, end, sp);
  return {
    ...problem,
    at,
    ...(problem.others === undefined ? {} : { others: problem.others.map((one) => ({ ...one, at })) }),
  };
}

function isPlaced(problem: Problem): problem is PlacedProblem {
  return problem.at !== undefined;
}

/** A problem inside these never reaches a leaf around them. */
const NO_LEAF_BEYOND: readonly number[] = [FRAME.RUN, FRAME.QUIET, FRAME.NOT, FRAME.LOOKAHEAD, FRAME.SKIP];

/** The live place of the leaf around a frame; -1 if there is none, `undefined` if it may lie frozen. */
function leafAround(m: Machine, frame: number): number | undefined {
  const { ints } = m.stack;
  for (let at = frame; at >= 0; at -= (ints[at] as number) >> 1) {
    const kind = ints[at + KIND] as number;
    if (kind === FRAME.LEAF) return at;
    if (NO_LEAF_BEYOND.includes(kind)) return -1;
  }
  return undefined;
}

/** Whether all frames up to the leaf around a frame are live, or there is no such leaf. */
export function isLeafKnown(m: Machine, frame: number): boolean {
  return leafAround(m, frame) !== undefined;
}

/** If the leaf around a frame fails, it fails with this problem. */
export function setProblemAround(m: Machine, frame: number, problem: Problem): void {
  const leaf = leafAround(m, frame) ?? -1;
  if (leaf >= 0) setProblem(m, leaf, problem);
}

/** If the leaf at a place fails, it fails with this problem. */
export function setProblem(m: Machine, leaf: number, problem: Problem): void {
  m.stack.ints[leaf + LEAF_INSTRUCTION] = -Math.abs(m.stack.ints[leaf + LEAF_INSTRUCTION] as number);
  m.stack.values[leaf] = problem;
}

/**
 * The innermost leaf has failed, inside something that records no failures. If it has a problem, that passes to the leaf around
 * it; a leaf that is reported in trivia is recorded in spite of the trivia around it.
 */
export function passOn(m: Machine): void {
  const { stack, window } = m;
  const leaf = m.fp;
  const mark = stack.ints[leaf + LEAF_INSTRUCTION] as number;
  const pc = Math.abs(mark);
  const problem = mark < 0 ? (stack.values[leaf] as Problem) : undefined;
  const start = stack.offsets[leaf] as number;
  if (m.holding) m.dropHeld(leaf);
  m.unmark(leaf);
  m.cut = m.pop();
  m.pos = start - window.base;
  m.pc = 0;
  const inTrivia = m.program.code[pc] === OP.LEAF_IN_TRIVIA;
  const frame = receiver(m, inTrivia);
  if (frame === undefined) return;
  if (inTrivia) {
    m.far = Math.max(-1, (stack.offsets[frame + QUIET_OUTER_FAR] as number) - window.base);
    if (problem !== undefined && m.pos >= m.far && m.pos !== m.labelAt) m.failure.refuse(start, pc, problem);
    note(m, pc);
    stack.offsets[frame + QUIET_OUTER_FAR] = window.base + m.far;
    m.far = QUIET;
  } else if (problem !== undefined) setProblem(m, frame, problem);
}

/** Records the failure of the instruction at `pc` where the machine stands, as the loop would. */
function note(m: Machine, pc: number): void {
  const { pos, far } = m;
  if (pos < far) return;
  m.noteSlowly(pc, pos, far, m.stale);
  m.far = pos;
  m.farPc = 0;
  m.farPc2 = 0;
  m.farRule = m.rule;
  m.stale = 0;
  m.left = 0;
  noteOpened(m, m.program, pc, m.fp, m.offset);
}

/** The live place of the frame that a failed leaf is passed to: the leaf around it, or the outermost trivia. */
function receiver(m: Machine, inTrivia: boolean): number | undefined {
  const { stack } = m;
  for (let at = m.fp; ; at -= (stack.ints[at] as number) >> 1) {
    if (at < 0) {
      // as much again as there is: all of it costs no more than its length
      const { shift } = stack;
      thaw(m, Math.max(-at, m.sp));
      at += shift - stack.shift;
    }
    const kind = stack.ints[at + KIND] as number;
    if (kind === FRAME.LEAF) return inTrivia ? undefined : at;
    if (kind === FRAME.RUN || kind === FRAME.NOT || kind === FRAME.LOOKAHEAD) return undefined;
    if (kind !== FRAME.QUIET) continue;
    if (!inTrivia) return undefined;
    if (stack.offsets[at + QUIET_OUTER_FAR] !== Number.POSITIVE_INFINITY) return at;
  }
}
