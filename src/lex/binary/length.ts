// Bytes behind their length.
import * as make from "../../grammar/make.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { amount } from "./amount.ts";
import { judged, refused } from "./judged.ts";

/**
 * As many bytes as the value of `length` says, as a copy. A length that is no whole number from 0, or above `max`, is an
 * error where the length stands. Where fewer bytes are left, it fails where they begin.
 *
 * However large a length is, nothing is set aside for it before the bytes are there; but they are held until all of them
 * are, so give a `max` to what comes from others.
 *
 * @param length a parser of the length, such as `uint16be`.
 * @param max the largest length that is accepted; without it, any.
 * @throws TypeError if `length` is not a parser.
 * @throws RangeError if `max` is not a whole number from 0.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { lengthPrefixed, uint8 } from "sluice/binary";
 * unwrap(run(lengthPrefixed(uint8), new Uint8Array([2, 7, 8]), { input: "binary" })); // => new Uint8Array([7, 8])
 * ```
 */
export function lengthPrefixed<E>(length: Parser<number, E>, max?: number): Parser<Uint8Array, E> {
  const most = max === undefined ? Number.MAX_SAFE_INTEGER : amount("lengthPrefixed: max", max);
  const accept = (value: number): unknown =>
    Number.isSafeInteger(value) && value >= 0 && value <= most ? value : refused(0);
  const expected = max === undefined ? "length from 0" : `length from 0 to ${max}`;
  return Parser.of(make.takeCount(judged(nodeOf(length), accept, expected)));
}
