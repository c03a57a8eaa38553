// The values of numbers: the text that a parser returns becomes a value, or an error that names the digits and the
// bounds.
import { finite, shortened } from "../../grammar/finite.ts";
import * as make from "../../grammar/make.ts";
import type { Node, Refiner } from "../../grammar/node.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { Refusal } from "../../grammar/problem.ts";
import { described } from "../../misuse/described.ts";
import { decimalText, digits, sign } from "./numbers.ts";

const LONGEST = 2n ** 63n;

function outOfRange(text: string, radix: number, lowest: string, highest: string): Refusal {
  const digits = shortened(text);
  return new Refusal({
    code: "E7101",
    message: `${digits} is out of range: in radix ${radix}, it must be from ${lowest} to ${highest}`,
    messageKey: "E7101",
    args: [digits, String(radix), lowest, highest],
  });
}

function safeInteger(): Node {
  const text = make.slice(make.seq([sign(), digits(10)]));
  const refiner: Refiner = (given) => {
    const value = Number(given);
    if (Number.isSafeInteger(value)) return value + 0; // no negative zero
    return outOfRange(String(given), 10, String(Number.MIN_SAFE_INTEGER), String(Number.MAX_SAFE_INTEGER));
  };
  return make.label("integer", make.refine(text, refiner));
}

/**
 * A whole number in decimal digits, with an optional sign, as an exact number: from -(2^53 - 1) to 2^53 - 1, else the
 * error is `E7101`. Leading zeros are allowed, `_` is not; `-0` is `0`.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { integer } from "sluice/lex";
 * unwrap(run(integer, "-42")); // => -42
 * ```
 */
export const integer: Parser<number> = /* @__PURE__ */ Parser.of(/* @__PURE__ */ safeInteger());

/**
 * A decimal number in the syntax of `float`, as the nearest double; `E7102` if no double is near, as for `1e999`.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { number } from "sluice/lex";
 * unwrap(run(number, "-2.5e3")); // => -2500
 * ```
 */
export const number: Parser<number> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.label("number", /* @__PURE__ */ make.refine(/* @__PURE__ */ decimalText(), finite)),
);

/** The digits after a sign and leading zeros; nothing if a character is not a digit of the radix. */
interface Written {
  readonly negative: boolean;
  readonly digits: string;
}

function written(text: string, radix: number): Written | undefined {
  const plain = text.replaceAll("_", "");
  const signed = plain.startsWith("-") || plain.startsWith("+");
  const digits = plain.slice(signed ? 1 : 0).toLowerCase();
  const allowed = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, radix);
  for (const char of digits) if (!allowed.includes(char)) return undefined;
  if (digits === "") return undefined;
  return { negative: plain.startsWith("-"), digits: digits.replace(/^0+(?=.)/, "") };
}

/** With more digits than this, a number has more than 64 bits in any radix. */
const MOST_DIGITS = 64;

function worth({ negative, digits }: Written, radix: number): bigint | undefined {
  if (digits.length > MOST_DIGITS) return undefined;
  let value = 0n;
  for (const digit of digits) value = value * BigInt(radix) + BigInt(Number.parseInt(digit, radix));
  return negative ? -value : value;
}

function bounded(name: string, digits: Parser<string>, radix: number, lowest: bigint, highest: bigint): Parser<bigint> {
  if (!Number.isInteger(radix) || radix < 2 || radix > 36) {
    throw new RangeError(`${name} takes a radix from 2 to 36, got ${described(radix)}`);
  }
  const refiner: Refiner = (given) => {
    const text = textFor(name, given);
    const parts = written(text, radix);
    if (parts === undefined) {
      return new Refusal({
        code: "E7103",
        message: `${JSON.stringify(shortened(text))} is not a whole number in radix ${radix}`,
        messageKey: "E7103",
        args: [JSON.stringify(shortened(text)), String(radix)],
      });
    }
    const value = worth(parts, radix);
    if (value !== undefined && value >= lowest && value <= highest) return value;
    return outOfRange(text, radix, String(lowest), String(highest));
  };
  return Parser.of(make.refine(nodeOf(digits), refiner));
}

function textFor(name: string, given: unknown): string {
  if (typeof given === "string") return given;
  throw new TypeError(`${name} takes a parser that gives a text, this one gave ${described(given)}`);
}

/**
 * The 64-bit signed integer of some digits: from -2^63 to 2^63 - 1, else the error is `E7101`, with the digits, the
 * radix and the bounds in its message. There may be a sign before them; each `_` is removed. A character that is not a
 * digit of the radix is `E7103`. It fails where `digits` ended.
 *
 * @param digits a parser of the text.
 * @param radix from 2 to 36; 10 if not given.
 * @throws RangeError if the radix is out of range. While running, TypeError if the value of `digits` is not a text.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int, toI64 } from "sluice/lex";
 * unwrap(run(toI64(int(16), 16), "7fff_ffff")); // => 2147483647n
 * ```
 */
export function toI64(digits: Parser<string>, radix = 10): Parser<bigint> {
  return bounded("toI64", digits, radix, -LONGEST, LONGEST - 1n);
}

/**
 * Like `toI64`, for the 64-bit unsigned integers: from 0 to 2^64 - 1.
 *
 * @throws as `toI64`.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int10, toU64 } from "sluice/lex";
 * unwrap(run(toU64(int10), "18446744073709551615")); // => 18446744073709551615n
 * ```
 */
export function toU64(digits: Parser<string>, radix = 10): Parser<bigint> {
  return bounded("toU64", digits, radix, 0n, 2n * LONGEST - 1n);
}

const DECIMAL = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/**
 * The double nearest to a decimal text. Each `_` is removed; forms such as `.5` and `5.`, which other parsers may read,
 * are accepted too. A text that is not a decimal number, or has no double near it, is `E7102`. It fails where `text`
 * ended.
 *
 * @throws While running, TypeError if the value of `text` is not a text.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { float, toF64 } from "sluice/lex";
 * unwrap(run(toF64(float), "1e3")); // => 1000
 * ```
 */
export function toF64(text: Parser<string>): Parser<number> {
  const refiner: Refiner = (given) => {
    const plain = textFor("toF64", given).replaceAll("_", "");
    if (DECIMAL.test(plain)) return finite(plain);
    return new Refusal({
      code: "E7102",
      message: `${JSON.stringify(shortened(String(given)))} is not a decimal number`,
      messageKey: "E7102",
      args: [JSON.stringify(shortened(String(given)))],
    });
  };
  return Parser.of(make.refine(nodeOf(text), refiner));
}
