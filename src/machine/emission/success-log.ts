// The last successes of a traced run that are certain. A chain that is never changed: continuations share it.
import type { Step } from "./internal-event.ts";

/** How many are kept (semantics, rule 26). */
const MOST = 1000;

/** A success, and those before it. */
export class Trail {
  readonly step: Step;
  readonly below: Trail | undefined;
  /** How long the chain is. */
  readonly length: number;

  constructor(step: Step, below: Trail | undefined) {
    this.step = step;
    this.below = below;
    this.length = (below?.length ?? 0) + 1;
  }
}

/** The chain with one more. Once it is twice as long as it need be, its last part is copied: each success but once. */
export function longer(trail: Trail | undefined, step: Step): Trail {
  const longer = new Trail(step, trail);
  if (longer.length < 2 * MOST) return longer;
  let short: Trail | undefined;
  for (const kept of lastOf(longer, [])) short = new Trail(kept, short);
  return short ?? longer;
}

/** The last successes, latest last: those of a chain, and what came after them. */
export function lastOf(trail: Trail | undefined, after: readonly Step[]): readonly Step[] {
  const last: Step[] = after.slice(-MOST).reverse();
  for (let at = trail; at !== undefined && last.length < MOST; at = at.below) last.push(at.step);
  return last.reverse();
}
