// How many bytes: what the parsers of this folder are given as a number.

/**
 * The number, if it is one of bytes.
 *
 * @param combinator who was given it, for the message.
 * @throws RangeError if it is not a whole number from 0.
 */
export function amount(combinator: string, n: number): number {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeError(`${combinator} takes a number of bytes, got ${described(n)}`);
  return n;
}

import { described } from "../../misuse/described.ts";
