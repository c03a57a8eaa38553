// Parsers for `input: "binary"`, where the input is bytes and stays bytes.
import * as make from "../grammar/make.ts";
import { Parser } from "../grammar/parser.ts";

/**
 * The next `n` bytes, as a copy: it stays as it is when the chunk's buffer is used again. Where fewer are left, it fails
 * empty at its start.
 *
 * @param n how many bytes; a whole number from 0.
 * @throws RangeError if `n` is not one.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { takeBytes } from "sluice/binary";
 * unwrap(run(takeBytes(2), new Uint8Array([1, 2]), { input: "binary" })); // => new Uint8Array([1, 2])
 * ```
 */
export function takeBytes(n: number): Parser<Uint8Array> {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`takeBytes takes a number of bytes, got ${String(n)}`);
  return Parser.of(make.take(n));
}
