// Whole numbers, as text: what they are worth is a question of its own.
import * as make from "../grammar/make.ts";
import type { Node } from "../grammar/node.ts";
import { Parser } from "../grammar/parser.ts";
import { type CharSet, charSet } from "../text/index.ts";

const decimalDigits: CharSet = /* @__PURE__ */ charSet("0-9");

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
export const int10: Parser<string> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.label("digit", /* @__PURE__ */ make.span(decimalDigits, 1)),
);

/** Digits after a prefix such as `0x`, with the radix that it stands for. */
function prefixed(letters: string, digits: string, radix: 2 | 8 | 16): Node {
  const marked = make.pick(1, make.set(charSet(letters)), make.span(charSet(digits), 1));
  return make.map(marked, (text: string) => ({ radix, digits: text }));
}

function anyRadix(): Node {
  const decimal = (text: string): { radix: 10; digits: string } => ({ radix: 10, digits: text });
  const afterZero = make.choice([
    prefixed("xX", "0-9a-fA-F", 16),
    prefixed("oO", "0-7", 8),
    prefixed("bB", "01", 2),
    make.map(make.span(decimalDigits, 0), (text: string) => decimal(`0${text}`)),
  ]);
  const plain = make.map(make.span(decimalDigits, 1), decimal);
  return make.label("integer", make.choice([make.pick(1, make.text("0"), afterZero), plain]));
}

/**
 * An unsigned whole number in the radix that it says: `0x` hexadecimal, `0o` octal, `0b` binary, else decimal.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { intAuto } from "sluice/lex";
 * unwrap(run(intAuto, "0xff")); // => { radix: 16, digits: "ff" }
 * ```
 */
export const intAuto: Parser<{ readonly radix: 2 | 8 | 10 | 16; readonly digits: string }> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ anyRadix(),
);
