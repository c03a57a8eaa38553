// The limits of a run (semantics, rule 23). How much text it holds is checked where the window has a barrier: there the run
// waits as at the end of a chunk. So nothing is counted on the way, and where the chunks end changes nothing. The barrier
// stands behind the last unit that an open parser may read, or that a parser which begins now may read:
//
//     mark                        position        mark + limit   barrier
//      ▼                           ▼                          ▼    ▼
//     ┌───────────────────────────┬──────────────────────────┬────┐
//     │ held                      │ may still be read        │ 1  │  whoever waits at the barrier has read one unit too many
//     └───────────────────────────┴──────────────────────────┴────┘
//
// Steps and depth are counted by instructions that only a program for such a run has.
import { FRAME, NONE } from "../memory/frames.ts";
import type { Machine } from "./machine.ts";

/** How much a run may take; infinity is no limit. */
export interface MachineLimits {
  readonly maxTokenUnits: number;
  readonly maxBufferedUnits: number;
  readonly maxSteps: number;
  readonly maxDepth: number;
  readonly maxDiagnostics: number;
}

const NO_LIMIT: number = Number.POSITIVE_INFINITY;

export const NO_LIMITS: MachineLimits = {
  maxTokenUnits: NO_LIMIT,
  maxBufferedUnits: NO_LIMIT,
  maxSteps: NO_LIMIT,
  maxDepth: NO_LIMIT,
  maxDiagnostics: NO_LIMIT,
};

/** A limit that was exceeded. */
export interface ExceededLimit {
  readonly name: keyof MachineLimits;
  readonly most: number;
  readonly reached: number;
  /** Where what is too long began. */
  readonly from?: number;
  /** The diagnostic that is one too many. */
  readonly unreported?: unknown;
}

/** What a run has taken so far. */
export class Usage {
  steps = 0;
  depth = 0;
  /** Rows and recoveries that were entered: each has a number of its own. */
  entered = 0;
  /** The last barrier that was passed and not moved back by a rewind; -1 if there is none. */
  passedBarrier = -1;

  copy(): Usage {
    const copy = new Usage();
    copy.steps = this.steps;
    copy.depth = this.depth;
    copy.entered = this.entered;
    copy.passedBarrier = this.passedBarrier;
    return copy;
  }
}

/** The code of the diagnostic of each limit. */
const CODES: Readonly<Record<keyof MachineLimits, string>> = {
  maxTokenUnits: "limit.token",
  maxBufferedUnits: "limit.buffer",
  maxSteps: "limit.steps",
  maxDepth: "limit.depth",
  maxDiagnostics: "limit.diagnostics",
};

/** Ends a run with an error that no parser catches (semantics, rule 9). */
export function exceed(m: Machine, offset: number, exceeded: ExceededLimit): void {
  m.error = { code: CODES[exceeded.name], detail: "", offset, exceeded: exceeded };
}

/** Where the first barrier stands in a run that begins at an offset. */
export function firstBarrier({ maxTokenUnits, maxBufferedUnits }: MachineLimits, start: number): number {
  return start + Math.min(maxTokenUnits, maxBufferedUnits) + 1;
}

/** How many frames are searched for a token inside an `attempt` or a lookahead: what it reads is held in any case. */
const DEEPEST_TOKEN = 64;

/** Where the token began that is being read: the outermost leaf or slice that is open. */
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
  return kind === FRAME.LEAF || kind === FRAME.MARK || kind === FRAME.REFINE;
}

/** The offset at which an open parser exceeds a limit of text, if it reads on so far. */
export function textLimit(m: Machine): number {
  const { maxTokenUnits, maxBufferedUnits } = m.options.limits ?? NO_LIMITS;
  const token = tokenStart(m);
  const held = m.textMark === NONE ? NO_LIMIT : m.textMarkAt + maxBufferedUnits;
  return Math.min(held, token === undefined ? NO_LIMIT : token + maxTokenUnits) + 1;
}

/** The machine waits at the barrier: moves the barrier on, or returns true where a limit was exceeded. */
export function exceedsAtBarrier(m: Machine): boolean {
  const { window, options } = m;
  const { maxTokenUnits, maxBufferedUnits } = options.limits ?? NO_LIMITS;
  const { barrier } = window;
  const token = tokenStart(m);
  if (token !== undefined && barrier - token > maxTokenUnits) {
    exceed(m, before(m, barrier), {
      name: "maxTokenUnits",
      most: maxTokenUnits,
      reached: barrier - token,
      from: token,
    });
  } else if (m.textMark !== NONE && barrier - m.textMarkAt > maxBufferedUnits) {
    const reached = barrier - m.textMarkAt;
    exceed(m, before(m, barrier), { name: "maxBufferedUnits", most: maxBufferedUnits, reached, from: m.textMarkAt });
  } else {
    m.usage.passedBarrier = barrier;
    placeBarrier(m, m.offset, barrier + 1);
    return false;
  }
  return true;
}

/** The machine has gone back to an offset, perhaps behind a barrier that it had passed: the barrier comes back with it. */
export function barrierAfterRewind(m: Machine, offset: number): void {
  if (offset >= m.usage.passedBarrier) return;
  m.usage.passedBarrier = offset;
  placeBarrier(m, offset, offset + 1);
}

/** Puts the barrier behind what an open parser may read, and what a parser may read that begins at an offset. */
function placeBarrier(m: Machine, offset: number, least: number): void {
  m.window.setBarrier(Math.max(least, Math.min(textLimit(m), firstBarrier(m.options.limits ?? NO_LIMITS, offset))));
}

/** Where the character begins that ends at an offset. */
function before({ window }: Machine, offset: number): number {
  const { units, base, binary } = window;
  const isLow = ((units[offset - base - 1] as number) & 0xfc00) === 0xdc00;
  const isPair = !binary && isLow && offset - base > 1 && ((units[offset - base - 2] as number) & 0xfc00) === 0xd800;
  return offset - (isPair ? 2 : 1);
}

/** Counts a step; returns whether it was one too many. */
export function tooMany(m: Machine, offset: number): boolean {
  const { maxSteps } = m.options.limits ?? NO_LIMITS;
  if (++m.usage.steps <= maxSteps) return false;
  exceed(m, offset, { name: "maxSteps", most: maxSteps, reached: m.usage.steps });
  return true;
}

/** Counts a level of depth, where a parser begins within itself; returns whether that is too deep. */
export function tooDeep(m: Machine, offset: number): boolean {
  const { maxDepth } = m.options.limits ?? NO_LIMITS;
  if (++m.usage.depth <= maxDepth) return false;
  exceed(m, offset, { name: "maxDepth", most: maxDepth, reached: m.usage.depth });
  return true;
}

/** Whether a text that was joined from pieces is too long: that ends the run. */
export function tooLong(m: Machine, length: number, offset: number): boolean {
  const { maxTokenUnits } = m.options.limits ?? NO_LIMITS;
  if (length <= maxTokenUnits) return false;
  exceed(m, offset, { name: "maxTokenUnits", most: maxTokenUnits, reached: length });
  return true;
}
