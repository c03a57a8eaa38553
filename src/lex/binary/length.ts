// Bytes after their length.
import { lengthOf } from "../../grammar/length.ts";
import * as make from "../../grammar/make.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";

/**
 * As many bytes as the value of `length` says, as a copy. A length that is negative, not a whole number, or above `max`
 * is an error at the place of the length. If there are too few bytes, it fails where they begin.
 *
 * However large a length is, no memory is reserved before the bytes arrive. But the bytes are held until all of them
 * are there, so give a `max` for untrusted input.
 *
 * @param length a parser of the length, a number or a bigint, such as `uint16be` or `uleb128`.
 * @param max the largest length that is accepted; without it, any.
 * @throws TypeError if `length` is not a parser.
 * @throws RangeError if `max` is not a whole number, 0 or larger.
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
