// A given number of bytes, and fixed bytes.
import * as make from "../../grammar/make.ts";
import { Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { amount } from "./amount.ts";

/**
 * The next `n` bytes, as a copy: it does not change when the buffer of the chunk is reused. If there are too few bytes,
 * it fails empty at its start.
 *
 * @param n the number of bytes; a whole number, 0 or larger.
 * @throws RangeError if `n` is not such a number.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { takeBytes } from "sluice/binary";
 * unwrap(run(takeBytes(2), new Uint8Array([1, 2]), { input: "binary" })); // => new Uint8Array([1, 2])
 * ```
 */
export function takeBytes(n: number): Parser<Uint8Array> {
  return Parser.of(make.take(amount("takeBytes", n)));
}

/**
 * Fixed bytes, such as the signature of a file; the value is a copy of them. It fails empty, reported at its start,
 * however far it matched.
 *
 * @param expected the bytes: an array, a `Uint8Array`, or any object with a `length` and numbers from 0 to 255.
 * @throws TypeError if `expected` is not such a list.
 * @throws RangeError if an element of it is not a byte.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { bytes } from "sluice/binary";
 * run(bytes([0x50, 0x4b]), new Uint8Array([0x50, 0x4b]), { input: "binary" }).ok; // => true
 * ```
 */
export function bytes(expected: ArrayLike<number>): Parser<Uint8Array> {
  if (typeof expected !== "object" || expected === null || !Number.isSafeInteger(expected.length)) {
    const hint = typeof expected === "string" ? "; new TextEncoder().encode(text) makes bytes of a text" : "";
    throw new TypeError(`bytes takes a list of bytes such as [0x50, 0x4b], got ${described(expected)}${hint}`);
  }
  const all = Array.from(expected);
  const wrong = all.findIndex((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255);
  if (wrong >= 0)
    throw new RangeError(`bytes takes numbers from 0 to 255, got ${described(all[wrong])} at index ${wrong}`);
  return Parser.of(all.length === 0 ? make.take(0) : make.bytes(all));
}
