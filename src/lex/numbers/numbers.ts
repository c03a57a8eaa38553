// Numbers as text; `number-values.ts` computes their values.
//
// The two plain ones, `int10` and `float`, are digits that JavaScript's `Number` reads. Those with a radix are the
// literals of programming languages: one `_` may stand between any two of their digits (as in ECMAScript, Java, Python,
// Rust). It is kept in the text, and removed when the text becomes a value.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { Parser } from "../../grammar/parser.ts";
import { Refusal } from "../../grammar/problem.ts";
import { described } from "../../misuse/described.ts";
import { checkOptions } from "../../misuse/options.ts";
import { type CharSet, charSet } from "../../text/index.ts";

/** The radices of number literals. */
export type Radix = 2 | 8 | 10 | 16;

interface Digits {
  readonly set: CharSet;
  readonly name: string;
  /** The letters that may follow the `0` of a prefix. */
  readonly letters: string;
  /** Decimal digits that are not digits of the radix. */
  readonly others: string;
}

const kinds: Readonly<Record<Radix, Digits>> = {
  2: { set: /* @__PURE__ */ charSet("01"), name: "binary digit", letters: "bB", others: "2-9" },
  8: { set: /* @__PURE__ */ charSet("0-7"), name: "octal digit", letters: "oO", others: "89" },
  10: { set: /* @__PURE__ */ charSet("0-9"), name: "digit", letters: "", others: "" },
  16: { set: /* @__PURE__ */ charSet("0-9a-fA-F"), name: "hexadecimal digit", letters: "xX", others: "" },
};

/**
 * Decimal digits, one or more.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int10 } from "sluice/lex";
 * unwrap(run(int10, "0042")); // => "0042"
 * ```
 */
export const int10: Parser<string> = /* @__PURE__ */ Parser.of(/* @__PURE__ */ digits(10));

/** @internal Digits of a radix, one or more. */
export function digits(radix: Radix): Node {
  return make.label(kinds[radix].name, make.span(kinds[radix].set, 1));
}

/**
 * Any number of groups of a `_` and digits. That a number could have continued is not reported if something else is
 * missing.
 */
function moreDigits(radix: Radix): Node {
  return make.repeat(make.seq([make.hidden(make.text("_")), digits(radix)]), {});
}

function literal(radix: Radix): Node {
  return make.slice(make.seq([digits(radix), moreDigits(radix)]));
}

/** Digits after a prefix such as `0x`, whose `0` was read. */
function prefixed(radix: Radix, letter = make.set(charSet(kinds[radix].letters))): Node {
  const { others } = kinds[radix];
  const marked = [letter, literal(radix)];
  if (others === "") return make.pick(1, ...marked);
  const refused = new Refusal({
    code: "E7103",
    message: `this is not a digit in radix ${radix}`,
    messageKey: "E7103.digit",
    args: [String(radix)],
  });
  const stray = make.refine(make.trivia(make.set(charSet(others))), () => refused, false);
  return make.pick(1, ...marked, make.opt(stray, undefined));
}

/**
 * An unsigned whole number in one radix, as it is written: digits, with an optional `_` between any two of them. Pass
 * it to `toI64` or `toU64` for its value. It fails where it stops, so after `1_` a digit must follow.
 *
 * @param radix 2, 8, 10 or 16.
 * @param options `prefix`: `0b`, `0o` or `0x` (or `0B`, `0O`, `0X`) must come before the digits; it is not part of the
 * text. A digit of another radix right after them is `E7103`. Decimal numbers have no prefix.
 * @throws RangeError if the radix is none of these. TypeError if `prefix` is not a boolean.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int } from "sluice/lex";
 * unwrap(run(int(16, { prefix: true }), "0xFF_FF")); // => "FF_FF"
 * ```
 */
export function int(radix: Radix, options: { prefix?: boolean | undefined } = {}): Parser<string> {
  if (![2, 8, 10, 16].includes(radix))
    throw new RangeError(`int takes the radix 2, 8, 10 or 16, got ${described(radix)}`);
  checkOptions(options, ["prefix"], "int takes its options as an object, such as int(16, { prefix: true })");
  const { prefix = false } = options;
  if (typeof prefix !== "boolean") throw new TypeError(`int takes prefix as a boolean, got ${described(prefix)}`);
  if (!prefix || radix === 10) return Parser.of(literal(radix));
  return Parser.of(make.label(`number in radix ${radix}`, make.pick(1, make.text("0"), prefixed(radix))));
}

function anyRadix(): Node {
  const of = (radix: Radix, p: Node, before = ""): Node =>
    make.map(p, (text: string) => ({ radix, digits: before + text }));
  const marked = (radix: Radix): Node =>
    of(radix, prefixed(radix, make.hidden(make.set(charSet(kinds[radix].letters)))));
  const afterZero = make.choice([
    marked(16),
    marked(8),
    marked(2),
    of(10, make.slice(make.seq([make.span(kinds[10].set, 0), moreDigits(10)])), "0"),
  ]);
  return make.label("integer", make.choice([make.pick(1, make.text("0"), afterZero), of(10, literal(10))]));
}

/**
 * An unsigned whole number whose prefix gives the radix: `0x` hexadecimal, `0o` octal, `0b` binary, else decimal. The
 * digits are as written, including each `_` between them. A digit of another radix right after them, as in `0b12`, is
 * `E7103`.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { intAuto } from "sluice/lex";
 * unwrap(run(intAuto, "0xff")); // => { radix: 16, digits: "ff" }
 * ```
 */
export const intAuto: Parser<{ readonly radix: Radix; readonly digits: string }> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ anyRadix(),
);

/** @internal A sign, if there is one. */
export function sign(): Node {
  return make.opt(make.set(charSet("+\\-")), undefined);
}

/** @internal `[+-]? [0-9]+ (. [0-9]+)? ([eE] [+-]? [0-9]+)?`: for this text, `Number` is one instruction. */
export function decimalText(): Node {
  return make.slice(
    make.seq([
      sign(),
      digits(10),
      make.opt(make.seq([make.hidden(make.text(".")), digits(10)]), undefined),
      make.opt(make.seq([make.hidden(make.set(charSet("eE"))), sign(), digits(10)]), undefined),
    ]),
  );
}

/**
 * The text of a decimal number: an optional sign, digits, an optional fraction, an optional exponent. There must be a
 * digit on both sides of the dot, as in JSON, TOML, Haskell and Swift: not `.5`, and after `5.` a digit must follow.
 * There is no `_`, so `map(float, Number)` is always a number; it is one instruction.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { float } from "sluice/lex";
 * unwrap(run(float, "-1.50e3")); // => "-1.50e3"
 * ```
 */
export const float: Parser<string> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.label("number", /* @__PURE__ */ decimalText()),
);
