// Functions that judge what was read: what they may ask, and what becomes of what they refuse.
import { type Problem, Refusal, type Site } from "../grammar/problem.ts";
import type { Position, Span } from "../text/index.ts";
import { FRAME } from "./frames.ts";
import type { Machine } from "./machine.ts";
import { Warning } from "./notice.ts";

class Place implements Site {
  readonly #machine: Machine;
  start = 0;
  end = 0;
  warnings: Problem[] = [];

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  position(offset: number): Position {
    return this.#machine.position(offset);
  }

  span(from: number, to: number): Span {
    const span = { start: this.position(from), end: this.position(to) };
    const { source } = this.#machine.options;
    return source === undefined ? span : { source, ...span };
  }

  warn(problem: Problem): void {
    this.warnings.push(problem);
  }
}

/**
 * What the function of a `refine` makes of a value that was read from the frame at `sp` on; a refusal knows its place.
 *
 * @param fp the frame below; @param cut whether the scope is committed: what is told depends on both.
 */
export function judge(m: Machine, pc: number, val: unknown, end: number, sp: number, fp: number, cut: number): unknown {
  const site = new Place(m);
  const start = m.stack.offsets[sp] as number;
  site.start = start;
  site.end = end;
  const judged = m.program.judges[m.program.code[pc + 1] as number]?.(val, site);
  const placed = (problem: Problem): Problem =>
    problem.at === undefined ? { ...problem, at: m.span(start, end, sp) } : problem;
  for (const problem of site.warnings) m.emit(new Warning(placed(problem)), sp, fp, end, cut);
  return judged instanceof Refusal ? new Refusal(placed(judged.problem), judged.at) : judged;
}

/** Beyond these no leaf hears of what is wrong. */
const DEAF: readonly number[] = [FRAME.RUN, FRAME.QUIET, FRAME.NOT, FRAME.LOOK, FRAME.SKIP];

/** The live place of the leaf around a frame, -1 if there is none; nothing if it may lie frozen. */
function leafAround(m: Machine, frame: number): number | undefined {
  const { ints } = m.stack;
  for (let at = frame; at >= 0; at -= (ints[at] as number) >> 1) {
    const kind = ints[at + 1] as number;
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
  if (leaf < 0) return;
  m.stack.ints[leaf + 2] = -Math.abs(m.stack.ints[leaf + 2] as number);
  m.stack.values[leaf] = problem;
}

/** The innermost leaf has failed for a reason of its own, where no failures are recorded: the leaf around it hears of it. */
export function passOn(m: Machine): void {
  const { stack } = m;
  const problem = stack.values[m.fp] as Problem;
  const start = stack.offsets[m.fp] as number;
  if (m.holding) m.dropHeld(m.fp);
  m.unmark(m.fp);
  m.sp = m.fp;
  m.fp = m.sp - ((stack.ints[m.sp] as number) >> 1);
  m.cut = (stack.ints[m.sp] as number) & 1;
  m.pos = start - m.window.base;
  m.pc = 0;
  // as much again as there is: all of it costs no more than its length
  while (!knowsLeaf(m, m.fp)) m.sink(Math.max(-m.fp, m.sp));
  blame(m, m.fp, problem);
}
