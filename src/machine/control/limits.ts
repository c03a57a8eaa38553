// What a run may take (semantics, rule 23). How much text it holds is looked at where the window has a wall: there the run
// waits as at the end of a chunk, so that nothing is counted on the way, and where the chunks end changes nothing. A wall
// stands behind the last unit that what is open may read, or that something which begins now may read:
//
//     mark                        position         mark + most    wall
//      ▼                           ▼                          ▼    ▼
//     ┌───────────────────────────┬──────────────────────────┬────┐
//     │ held                      │ may still be read        │ 1  │  who waits at the wall has read one too many
//     └───────────────────────────┴──────────────────────────┴────┘
//
// Steps and depth are counted by instructions that only a program for such a run has.
import { FRAME, NONE } from "../memory/frames.ts";
import type { Machine } from "./machine.ts";

/** How much a run may take; infinity is no bound. */
export interface Bounds {
  readonly maxTokenUnits: number;
  readonly maxBufferedUnits: number;
  readonly maxSteps: number;
  readonly maxDepth: number;
  readonly maxDiagnostics: number;
}

const NO_BOUND: number = Number.POSITIVE_INFINITY;

export const UNBOUNDED: Bounds = {
  maxTokenUnits: NO_BOUND,
  maxBufferedUnits: NO_BOUND,
  maxSteps: NO_BOUND,
  maxDepth: NO_BOUND,
  maxDiagnostics: NO_BOUND,
};

/** A bound that was passed. */
export interface Passed {
  readonly name: keyof Bounds;
  readonly most: number;
  readonly reached: number;
  /** Where what is too long began. */
  readonly from?: number;
  /** What could not be told any more. */
  readonly untold?: unknown;
}

/** What a run has taken so far. */
export class Used {
  steps = 0;
  depth = 0;
  /** Rows and recoveries that were entered: each has a number of its own. */
  entered = 0;
  /** The last wall that was passed and that nothing has gone back behind; -1 if there is none. */
  wall = -1;

  copy(): Used {
    const copy = new Used();
    copy.steps = this.steps;
    copy.depth = this.depth;
    copy.entered = this.entered;
    copy.wall = this.wall;
    return copy;
  }
}

/** Of each bound the code of its diagnostic. */
const CODES: Readonly<Record<keyof Bounds, string>> = {
  maxTokenUnits: "limit.token",
  maxBufferedUnits: "limit.buffer",
  maxSteps: "limit.steps",
  maxDepth: "limit.depth",
  maxDiagnostics: "limit.diagnostics",
};

/** Ends a run: nothing takes this (semantics, rule 9). */
export function pass(m: Machine, offset: number, passed: Passed): void {
  m.error = { code: CODES[passed.name], detail: "", offset, passed };
}

/** Where the first wall of a run stands that begins at an offset. */
export function firstWall({ maxTokenUnits, maxBufferedUnits }: Bounds, start: number): number {
  return start + Math.min(maxTokenUnits, maxBufferedUnits) + 1;
}

/** A token inside an `attempt` or a look-ahead is looked for only so many frames deep: what it reads is held all the same. */
const DEEPEST_TOKEN = 64;

/** Where the token began that is being read: the outermost leaf, or slice, that is open. */
function tokenStart(m: Machine): number | undefined {
  if (m.textMark === NONE) return undefined;
  const { stack } = m;
  const bottom = stack.shift + m.textMark;
  if (isToken(stack.kindAt(bottom))) return m.textMarkAt;
  let start: number | undefined;
  let depth = stack.shift + m.fp;
  for (let frames = 0; depth > bottom && frames < DEEPEST_TOKEN; frames++) {
    if (isToken(stack.kindAt(depth))) start = stack.offsetAt(depth);
    depth = stack.belowAt(depth);
  }
  return start;
}

function isToken(kind: number): boolean {
  return kind === FRAME.LEAF || kind === FRAME.MARK || kind === FRAME.JUDGED;
}

/** The offset at which what is open passes a bound, if it reads on so far. */
export function passesAt(m: Machine): number {
  const { maxTokenUnits, maxBufferedUnits } = m.options.bounds ?? UNBOUNDED;
  const token = tokenStart(m);
  const held = m.textMark === NONE ? NO_BOUND : m.textMarkAt + maxBufferedUnits;
  return Math.min(held, token === undefined ? NO_BOUND : token + maxTokenUnits) + 1;
}

/** The machine waits at the wall: moves that on, or says that a bound was passed. */
export function atWall(m: Machine): boolean {
  const { window, options } = m;
  const { maxTokenUnits, maxBufferedUnits } = options.bounds ?? UNBOUNDED;
  const { wall } = window;
  const token = tokenStart(m);
  if (token !== undefined && wall - token > maxTokenUnits) {
    pass(m, before(m, wall), { name: "maxTokenUnits", most: maxTokenUnits, reached: wall - token, from: token });
  } else if (m.textMark !== NONE && wall - m.textMarkAt > maxBufferedUnits) {
    const reached = wall - m.textMarkAt;
    pass(m, before(m, wall), { name: "maxBufferedUnits", most: maxBufferedUnits, reached, from: m.textMarkAt });
  } else {
    m.used.wall = wall;
    build(m, m.offset, wall + 1);
    return false;
  }
  return true;
}

/** The machine goes back to an offset: what begins there before a wall that was passed may again read only so much. */
export function rewound(m: Machine, offset: number): void {
  if (offset >= m.used.wall) return;
  m.used.wall = offset;
  build(m, offset, offset + 1);
}

/** Puts the wall behind what may be read by what is open, and by what begins at an offset. */
function build(m: Machine, offset: number, least: number): void {
  m.window.wallAt(Math.max(least, Math.min(passesAt(m), firstWall(m.options.bounds ?? UNBOUNDED, offset))));
}

/** Where the character begins that ends at an offset. */
function before({ window }: Machine, offset: number): number {
  const { units, base, binary } = window;
  const isLow = ((units[offset - base - 1] as number) & 0xfc00) === 0xdc00;
  const isPair = !binary && isLow && offset - base > 1 && ((units[offset - base - 2] as number) & 0xfc00) === 0xd800;
  return offset - (isPair ? 2 : 1);
}

/** A step is taken; says whether it was one too many. */
export function tooMany(m: Machine, offset: number): boolean {
  const { maxSteps } = m.options.bounds ?? UNBOUNDED;
  if (++m.used.steps <= maxSteps) return false;
  pass(m, offset, { name: "maxSteps", most: maxSteps, reached: m.used.steps });
  return true;
}

/** A parser begins within itself; says whether it is too deep. */
export function tooDeep(m: Machine, offset: number): boolean {
  const { maxDepth } = m.options.bounds ?? UNBOUNDED;
  if (++m.used.depth <= maxDepth) return false;
  pass(m, offset, { name: "maxDepth", most: maxDepth, reached: m.used.depth });
  return true;
}

/** A text was put together of pieces; says whether it is too long. */
export function tooLong(m: Machine, length: number, offset: number): boolean {
  const { maxTokenUnits } = m.options.bounds ?? UNBOUNDED;
  if (length <= maxTokenUnits) return false;
  pass(m, offset, { name: "maxTokenUnits", most: maxTokenUnits, reached: length });
  return true;
}
