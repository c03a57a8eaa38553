// The last successes of a traced run that are certain. A chain that is never changed: continuations share it.
import type { Step } from "./internal-event.ts";

/** How many are kept (semantics, rule 26). */
const MOST = 1000;

/** A success, and those before it. */
export class SuccessLog {
  readonly step: Step;
  readonly below: SuccessLog | undefined;
  /** How long the chain is. */
  readonly length: number;

  constructor(step: Step, below: SuccessLog | undefined) {
    this.step = step;
    this.below = below;
    this.length = (below?.length ?? 0) + 1;
  }
}

/** The chain with one more. Once it is twice as long as it need be, its last part is copied: each success but once. */
export function logged(log: SuccessLog | undefined, step: Step): SuccessLog {
  const longer = new SuccessLog(step, log);
  if (longer.length < 2 * MOST) return longer;
  let short: SuccessLog | undefined;
  for (const kept of lastOf(longer, [])) short = new SuccessLog(kept, short);
  return short ?? longer;
}

/** The last successes, latest last: those of a chain, and what came after them. */
export function lastOf(log: SuccessLog | undefined, after: readonly Step[]): readonly Step[] {
  const last: Step[] = after.slice(-MOST).reverse();
  for (let at = log; at !== undefined && last.length < MOST; at = at.below) last.push(at.step);
  return last.reverse();
}
