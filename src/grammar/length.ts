// Lengths and counts in the input: only whole numbers within bounds are accepted.
import { described } from "../misuse/described.ts";
import { shortened } from "./finite.ts";
import * as make from "./make.ts";
import type { Node, Refiner } from "./node.ts";
import { Refusal } from "./problem.ts";

/**
 * The value of `n`, a number or a bigint, if it is a whole number from 0 to `max`; else it fails with the span of the
 * number, and empty.
 *
 * @throws RangeError if `max` is not a whole number, 0 or larger; while running, TypeError if the value of `n` is not a
 * number.
 */
export function lengthOf(combinator: string, n: Node, max: number | undefined): Node {
  const most = max ?? Number.MAX_SAFE_INTEGER;
  if (!Number.isSafeInteger(most) || most < 0)
    throw new RangeError(`${combinator}: max takes a whole number from 0, got ${described(max)}`);
  const refiner: Refiner = (value, site) => {
    if (typeof value !== "number" && typeof value !== "bigint") {
      const advice = "a parser of text gives one with map(p, Number)";
      throw new TypeError(`${combinator}: the length must be a number or a bigint, got ${described(value)}; ${advice}`);
    }
    const length = Number(value);
    if (Number.isSafeInteger(length) && length >= 0 && length <= most) return length;
    const said = shortened(String(value));
    const at = site.span(site.start, site.end);
    const message = `a length of ${said} is out of bounds: it must be a whole number from 0 to ${most}`;
    return new Refusal({ code: "E7104", message, messageKey: "E7104", args: [said, String(most)], at }, site.start);
  };
  return make.refine(n, refiner, true, true);
}
