// Numbers that share bytes.
import * as make from "../../grammar/make.ts";
import { Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";

/** The largest number of bits for which a number is exact. */
const WIDEST = 53;

/**
 * Unsigned numbers of the given widths in bits, across bytes, the most significant bit first. If there are too few
 * bytes, it fails empty at its start.
 *
 * @param widths the width of each number, from 1 to 53 bits; together they must fill whole bytes.
 * @throws RangeError if a width is out of this range, or the widths don't fill whole bytes.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { bits } from "sluice/binary";
 * unwrap(run(bits(1, 3, 12), new Uint8Array([0xb1, 0x23]), { input: "binary" })); // => [1, 3, 0x123]
 * ```
 */
export function bits<const W extends readonly number[]>(...widths: W): Parser<{ -readonly [K in keyof W]: number }> {
  if (widths.length === 0) throw new RangeError("bits takes one width or more, such as bits(4, 4)");
  let sum = 0;
  for (const width of widths) {
    if (!Number.isInteger(width) || width < 1 || width > WIDEST)
      throw new RangeError(`bits takes widths from 1 to ${WIDEST}, got ${described(width)}`);
    sum += width;
  }
  const over = sum % 8;
  if (over !== 0)
    throw new RangeError(`bits: the widths add up to ${sum}; add one of ${8 - over} to fill the last byte`);
  const width = sum / 8;
  const read = (units: Uint16Array, from: number): number[] => split(units, from, widths);
  return Parser.of(make.read({ name: `bits ${widths.join(" ")}`, width, measure: () => width, read }));
}

function split(units: Uint16Array, from: number, widths: readonly number[]): number[] {
  let at = from;
  /** Bits of the byte before `at` that are left. */
  let left = 0;
  const values: number[] = [];
  for (const width of widths) {
    let value = 0;
    for (let missing = width; missing > 0; ) {
      if (left === 0) {
        left = 8;
        at++;
      }
      const some = Math.min(left, missing);
      left -= some;
      missing -= some;
      const part = ((units[at - 1] as number) >> left) & ((1 << some) - 1);
      // no shift: a number may have more than 32 bits
      value = value * 2 ** some + part;
    }
    values.push(value);
  }
  return values;
}
