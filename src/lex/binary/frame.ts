// Parts of the input that a parser may not read beyond.
import * as make from "../../grammar/make.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { amount } from "./amount.ts";

/**
 * `p` on the next `n` bytes; `p` must read all of them. `p` sees the input end after them, also while streaming. If it
 * does not read them all, the error says that the end of the frame was expected where it stopped. `p` starts before all
 * bytes have arrived.
 *
 * @param n the number of bytes; a whole number, 0 or larger.
 * @throws RangeError if `n` is not such a number.
 * @throws TypeError if `p` is not a parser.
 *
 * @example
 * ```ts
 * import { many, run, seq, unwrap } from "sluice";
 * import { uint8, within } from "sluice/binary";
 * const pairs = seq(within(2, many(uint8)), within(1, many(uint8)));
 * unwrap(run(pairs, new Uint8Array([1, 2, 3]), { input: "binary" })); // => [[1, 2], [3]]
 * ```
 */
export function within<T, E>(n: number, p: Parser<T, E>): Parser<T, E> {
  return Parser.of(make.within(amount("within", n), nodeOf(p)));
}
