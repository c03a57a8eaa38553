// The frames that are visited when text is let go: those that may be asked where they began, and those that keep a failure
// record. Any number of others (lists, counters, …) may lie between them: where those are frozen they are visited once.

import { FRAME } from "../memory/frames.ts";
import type { Frozen } from "../memory/frozen.ts";
import type { Stack } from "../memory/stack.ts";
import { farthestOffset } from "./retained.ts";

/** Frames that may be asked where they began. */
const ANCHORED: readonly number[] = [FRAME.SPANNED, FRAME.TRACE, FRAME.OPENED, FRAME.OPENING, FRAME.RULE];

/** Frames that keep records while something is tried above them. */
const KEEPING: readonly number[] = [FRAME.LOOKAHEAD, FRAME.RECOVER, FRAME.SKIP];

interface KeptFrame {
  readonly depth: number;
  /** Where it began, if it may be asked for that. */
  readonly offset: number | undefined;
}

interface KeptFrames {
  /** Innermost first. */
  readonly frames: readonly KeptFrame[];
  /** How many frames of the live part were visited. */
  readonly passed: number;
}

/** These frames from the one at depth `top` downwards, up to the first that, with all below it, refers to nothing behind `from`. */
export function keptFrames(stack: Stack, top: number, from: number): KeptFrames {
  const frames: KeptFrame[] = [];
  const descent = new Descent(stack, top);
  for (;;) {
    const kind = descent.next();
    if (kind === FRAME.RUN) break;
    const { depth } = descent;
    const offset = ANCHORED.includes(kind) ? (stack.offsetAt(depth) ?? 0) : undefined;
    const last = offset ?? farthestOffset(kind, stack.valueAt(depth), stack.offsetAt(depth) ?? 0);
    if (last < from) break;
    frames.push({ depth, offset });
  }
  return { frames, passed: descent.passed };
}

/** For each frozen part: the depth of the innermost such frame, or that of the run, among those that begin below its end. */
const innermost = new WeakMap<Frozen, number>();

class Descent {
  readonly #stack: Stack;
  /** The depth of the frame above. */
  #above: number = Number.POSITIVE_INFINITY;
  #next: number;
  depth: number;
  passed = 0;

  constructor(stack: Stack, top: number) {
    this.#stack = stack;
    this.#next = top;
    this.depth = top;
  }

  /** Goes on to the next such frame; gives its kind. */
  next(): number {
    const entered: Frozen[] = [];
    for (;;) {
      const part = this.#stack.partAt(this.#next);
      let known: number | undefined;
      if (part === undefined) this.passed++;
      else if (this.#above >= part.top) {
        known = innermost.get(part);
        if (known === undefined) entered.push(part);
      }
      const depth = known ?? this.#next;
      const kind = this.#stack.kindAt(depth);
      this.#above = depth;
      this.#next = this.#stack.belowAt(depth);
      if (kind !== FRAME.RUN && !ANCHORED.includes(kind) && !KEEPING.includes(kind)) continue;
      for (const one of entered) innermost.set(one, depth);
      this.depth = depth;
      return kind;
    }
  }
}
