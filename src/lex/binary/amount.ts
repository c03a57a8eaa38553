// Numbers of bytes: arguments of the parsers in this folder.

/**
 * The number, if it is a valid number of bytes.
 *
 * @param combinator the name of the function that it was passed to, for the message.
 * @throws RangeError if it is not a whole number, 0 or larger.
 */
export function amount(combinator: string, n: number): number {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeError(`${combinator} takes a number of bytes, got ${described(n)}`);
  return n;
}

import { described } from "../../misuse/described.ts";
