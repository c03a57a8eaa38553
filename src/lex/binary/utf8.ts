// Text among bytes.
import * as make from "../../grammar/make.ts";
import { Parser } from "../../grammar/parser.ts";
import { decodeUtf8 } from "../../text/index.ts";
import { amount } from "./amount.ts";
import { refinedLeaf, refused } from "./refined-leaf.ts";

/**
 * The next `n` bytes, decoded as UTF-8. If there are too few bytes, it fails empty at its start; if they are malformed,
 * at the first byte of the malformed sequence. A byte order mark stays in the text.
 *
 * @param n the number of bytes, not of characters; a whole number, 0 or larger.
 * @throws RangeError if `n` is not such a number.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { utf8 } from "sluice/binary";
 * unwrap(run(utf8(3), new Uint8Array([0x61, 0xc3, 0xa9]), { input: "binary" })); // => "aé"
 * ```
 */
export function utf8(n: number): Parser<string> {
  return Parser.of(refinedLeaf(make.take(amount("utf8", n)), decoded, "well-formed UTF-8"));
}

function decoded(bytes: Uint8Array): unknown {
  const { text, errorAt } = decodeUtf8(bytes);
  return errorAt === undefined ? text : refused(errorAt);
}
