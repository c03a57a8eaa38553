// Bytes behind their length.
import { lengthOf } from "../../grammar/length.ts";
import * as make from "../../grammar/make.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";

/**
 * As many bytes as the value of `length` says, as a copy. A length that is no whole number from 0, or above `max`, is an
 * error where the length stands. Where fewer bytes are left, it fails where they begin.
 *
 * However large a length is, nothing is set aside for it before the bytes are there; but they are held until all of them
 * are, so give a `max` to what comes from others.
 *
 * @param length a parser of the length, a number or a bigint, such as `uint16be` or `uleb128`.
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
export function lengthPrefixed<E>(length: Parser<number | bigint, E>, max?: number): Parser<Uint8Array, E> {
  return Parser.of(make.takeCount(lengthOf("lengthPrefixed", nodeOf(length), max)));
}
