// Values that may be refused, at a place in what was read.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { Unfit } from "../../grammar/unfit.ts";

/**
 * `p`, whose value `judge` turns into another, or refuses.
 *
 * @param judge what it gives is the value, unless that is `refused(…)`.
 * @param expected what a diagnostic says was expected where the value was refused.
 */
export function judged<T>(p: Node, judge: (value: T) => unknown, expected: string): Node {
  return make.judge(p, judge, expected);
}

/** Refuses a value: the failure lies `at` bytes from where it began. */
export function refused(at: number): Unfit {
  return new Unfit(at);
}
