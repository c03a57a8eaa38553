// Values that may be refused, with a place in what was read.
import * as make from "../../grammar/make.ts";
import type { Node, Refiner } from "../../grammar/node.ts";
import { Refusal } from "../../grammar/problem.ts";

/** Refuses a value: the failure is `at` bytes after the start of the value. */
class Unfit {
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }
}

/**
 * `p`, whose value `refine` changes, or refuses.
 *
 * @param refine its result is the value, unless that is `refused(…)`.
 * @param expected what a diagnostic lists as expected where the value was refused.
 */
export function refinedLeaf<T>(p: Node, refine: (value: T) => unknown, expected: string): Node {
  const f: Refiner = (value, site) => {
    const given = refine(value as T);
    if (!(given instanceof Unfit)) return given;
    const at = site.start + given.at;
    return new Refusal({ code: "E1001", message: `expected ${expected}`, at: site.span(at, at) }, at);
  };
  return make.refine(p, f, true, true);
}

export function refused(at: number): Unfit {
  return new Unfit(at);
}
