// Functions that judge what was read: what they may ask, and what becomes of what they refuse.
import { OP } from "../../compile/code/instructions.ts";
import * as operand from "../../compile/code/operands.ts";
import { type Problem, Refusal, type Site } from "../../grammar/problem.ts";
import type { Position, Span } from "../../text/index.ts";
import type { Machine } from "../control/machine.ts";
import { type PlacedProblem, Turned, Warning } from "../emission/internal-event.ts";
import { KIND, LEAF_INSTRUCTION, QUIET_OUTER_FAR } from "../memory/frame-places.ts";
import { FRAME, QUIET } from "../memory/frames.ts";
import { sink } from "../memory/thawing.ts";
import { TAIL } from "../positions/places.ts";
import { noteOpened } from "./open.ts";

/** One for each machine: it holds only during a call. */
export class Place implements Site {
  readonly #machine: Machine;
  /** The frame whose start is the start. */
  #frame = 0;
  start = 0;
  end = 0;
  warnings: Problem[] | undefined = undefined;
  turned: Turned | undefined = undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  begin(frame: number, end: number): this {
    this.#frame = frame;
    this.start = this.#machine.stack.offsets[frame] as number;
    this.end = end;
    this.warnings = undefined;
    this.turned = undefined;
    return this;
  }

  /** That of the start is known even if its text is gone. */
  position(offset: number): Position {
    const { failure, places, stack } = this.#machine;
    return offset === this.start ? places.startOf(stack.shift + this.#frame, offset, failure) : places.at(offset);
  }

  blankBefore(offset: number): Position {
    return this.#machine.places.blankBefore(offset);
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
    return this.turned === undefined ? this.#machine.emissions.state : this.turned.state;
  }

  become(state: unknown): void {
    this.turned = new Turned(state);
  }
}

/**
 * What the function of a `refine` makes of a value that was read from the frame at `sp` on; a refusal knows its place.
 *
 * @param fp the frame below; @param cut whether the scope is committed: what is told depends on both.
 */
export function judge(m: Machine, pc: number, val: unknown, end: number, sp: number, fp: number, cut: number): unknown {
  m.site ??= new Place(m);
  const site = m.site.begin(sp, end);
  const judged = m.program.judges[m.program.code[pc + operand.REFINE_JUDGE] as number]?.(val, site);
  const { warnings } = site;
  for (const problem of warnings ?? []) {
    const told = placed(m, problem, sp, end);
    const shows = m.emissions.tellsMore && !m.options.binary;
    m.emit(new Warning(told, shows ? m.places.textBefore(end, TAIL) : "", end), sp, fp, end, cut);
  }
  if (judged instanceof Refusal) {
    const { problem, at } = judged;
    return problem === undefined ? judged : new Refusal(placed(m, problem, sp, end), at);
  }
  if (site.turned !== undefined) m.emit(site.turned, sp, fp, end, cut);
  return judged;
}

/** A problem that knows its place: without one of its own it is all that was read from the frame at `sp` on. */
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

/** Beyond these no leaf hears of what is wrong. */
const DEAF: readonly number[] = [FRAME.RUN, FRAME.QUIET, FRAME.NOT, FRAME.LOOK, FRAME.SKIP];

/** The live place of the leaf around a frame, -1 if there is none; nothing if it may lie frozen. */
function leafAround(m: Machine, frame: number): number | undefined {
  const { ints } = m.stack;
  for (let at = frame; at >= 0; at -= (ints[at] as number) >> 1) {
    const kind = ints[at + KIND] as number;
    if (kind === FRAME.LEAF) return at;
    if (DEAF.includes(kind)) return -1;
  }
  return undefined;
}

/** Whether all up to the leaf around a frame is live, or there is no such leaf. */
export function knowsLeaf(m: Machine, frame: number): boolean {
  return leafAround(m, frame) !== undefined;
}

/** The leaf around a frame, if there is one, fails for this reason if it fails. */
export function blame(m: Machine, frame: number, problem: Problem): void {
  const leaf = leafAround(m, frame) ?? -1;
  if (leaf >= 0) reason(m, leaf, problem);
}

/** The leaf at a place fails for this reason if it fails. */
export function reason(m: Machine, leaf: number, problem: Problem): void {
  m.stack.ints[leaf + LEAF_INSTRUCTION] = -Math.abs(m.stack.ints[leaf + LEAF_INSTRUCTION] as number);
  m.stack.values[leaf] = problem;
}

/**
 * The innermost leaf has failed, inside something that records no failures. One that has words of its own tells them to
 * the leaf around it; one that speaks aloud is recorded past the trivia around it.
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
  const aloud = m.program.code[pc] === OP.ALOUD;
  const place = listener(m, aloud);
  if (place === undefined) return;
  if (aloud) {
    m.far = Math.max(-1, (stack.offsets[place + QUIET_OUTER_FAR] as number) - window.base);
    if (problem !== undefined && m.pos >= m.far && m.pos !== m.labelAt) m.failure.refuse(start, pc, problem);
    note(m, pc);
    stack.offsets[place + QUIET_OUTER_FAR] = window.base + m.far;
    m.far = QUIET;
  } else if (problem !== undefined) reason(m, place, problem);
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

/** The live place of who hears of a failed leaf: the leaf around it, or the outermost trivia if that lets it pass. */
function listener(m: Machine, aloud: boolean): number | undefined {
  const { stack } = m;
  for (let at = m.fp; ; at -= (stack.ints[at] as number) >> 1) {
    if (at < 0) {
      // as much again as there is: all of it costs no more than its length
      const { shift } = stack;
      sink(m, Math.max(-at, m.sp));
      at += shift - stack.shift;
    }
    const kind = stack.ints[at + KIND] as number;
    if (kind === FRAME.LEAF) return aloud ? undefined : at;
    if (kind === FRAME.RUN || kind === FRAME.NOT || kind === FRAME.LOOK) return undefined;
    if (kind !== FRAME.QUIET) continue;
    if (!aloud) return undefined;
    if (stack.offsets[at + QUIET_OUTER_FAR] !== Number.POSITIVE_INFINITY) return at;
  }
}
