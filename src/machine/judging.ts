// Functions that judge what was read: what they may ask, and what becomes of what they refuse.
import { type Problem, Refusal, type Site } from "../grammar/problem.ts";
import type { Position, Span } from "../text/index.ts";
import { FRAME } from "./frames.ts";
import type { Machine } from "./machine.ts";
import { Turned, Warning } from "./notice.ts";

class Place implements Site {
  readonly #machine: Machine;
  /** The frame whose start is the start. */
  readonly #frame: number;
  readonly start: number;
  readonly end: number;
  warnings: Problem[] = [];
  turned: Turned | undefined = undefined;

  constructor(machine: Machine, frame: number, end: number) {
    this.#machine = machine;
    this.#frame = frame;
    this.start = machine.stack.offsets[frame] as number;
    this.end = end;
  }

  /** That of the start is known even if its text is gone. */
  position(offset: number): Position {
    const { places, stack } = this.#machine;
    return offset === this.start ? places.startOf(stack.shift + this.#frame, offset) : places.at(offset);
  }

  span(from: number, to: number): Span {
    const span = { start: this.position(from), end: this.position(to) };
    const { source } = this.#machine.options;
    return source === undefined ? span : { source, ...span };
  }

  warn(problem: Problem): void {
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
  const site = new Place(m, sp, end);
  const judged = m.program.judges[m.program.code[pc + 1] as number]?.(val, site);
  const placed = (problem: Problem): Problem =>
    problem.at === undefined ? { ...problem, at: m.span(site.start, end, sp) } : problem;
  for (const problem of site.warnings) m.emit(new Warning(placed(problem)), sp, fp, end, cut);
  if (judged instanceof Refusal) {
    return judged.problem === undefined ? judged : new Refusal(placed(judged.problem), judged.at);
  }
  if (site.turned !== undefined) m.emit(site.turned, sp, fp, end, cut);
  return judged;
}

/** The live place of the leaf around a frame, -1 if there is none; nothing if it may lie frozen. */
export function leafAround(m: Machine, frame: number): number | undefined {
  const { ints } = m.stack;
  for (let at = frame; at >= 0; at -= (ints[at] as number) >> 1) {
    const kind = ints[at + 1] as number;
    if (kind === FRAME.LEAF) return at;
    if (kind === FRAME.RUN || kind === FRAME.QUIET || kind === FRAME.NOT || kind === FRAME.LOOK) return -1;
  }
  return undefined;
}

/** A leaf that fails now, fails for the reason that the instruction at `pc` has. */
export function blame(m: Machine, pc: number, leaf: number, problem: Problem | undefined): void {
  m.stack.ints[leaf + 2] = pc;
  if (problem !== undefined) m.failure.refused = { far: m.stack.offsets[leaf] as number, pc, problem };
}
