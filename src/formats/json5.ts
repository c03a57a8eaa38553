// JSON5 (spec.json5.org, version 1.0.0): JSON with more of ECMAScript 5.1: comments, unquoted keys, single quotes, more numbers.
import {
  as,
  attempt,
  choice,
  concat,
  delimited,
  eof,
  hidden,
  label,
  many,
  map,
  notFollowedBy,
  opt,
  or,
  type Parser,
  repeat,
  seq,
  skipL,
  skipMany,
  skipR,
  slice,
  verify,
} from "../index.ts";
import { type CharSet, charSet, commentBlock, oneOf, string, takeWhile, takeWhile1 } from "../lex/index.ts";
import { type Json, plainObject, valueIn, words } from "./json/grammar.ts";

export type { Json };

// §7: comments; §8: white space, which takes in the byte order mark and what Unicode calls a space separator
const lineEnds = "\\n\\r\\u2028\\u2029";
const blank = takeWhile1(charSet(`\\t\\v\\f \\xA0\\uFEFF\\p{Zs}${lineEnds}`));
const lineComment = skipL(string("//"), takeWhile(charSet(`^${lineEnds}`)));
const space = skipMany(choice([hidden(blank), hidden(lineComment), hidden(commentBlock("/*", "*/"))]));

const hexDigit = label("hexadecimal digit", oneOf(charSet("0-9A-Fa-f")));
const digits = label("digit", takeWhile1("0123456789"));
const ofHex = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));
const unicodeEscape = map(skipL(string("u"), slice(repeat(hexDigit, 4, 4))), ofHex);

// §5: strings. A backslash before a line end continues the line; before most characters it means nothing.
const short: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };
const lineEnd = choice([skipL(string("\r"), opt(string("\n"))), oneOf(charSet("\\n\\u2028\\u2029"))]);
const afterBackslash = choice([
  as(skipR(string("0"), label("no digit after \\0", notFollowedBy(oneOf("0123456789")))), "\0"),
  map(skipL(string("x"), slice(repeat(hexDigit, 2, 2))), ofHex),
  unicodeEscape,
  as(lineEnd, ""),
  map(oneOf(charSet(`^0-9xu${lineEnds}`)), (char) => short[char] ?? char),
]);
const escaped = label("string character", skipL(string("\\"), label("escape sequence", afterBackslash)));
const quoted = (quote: string): Parser<string> => {
  const plain = label("string character", takeWhile1(charSet(`^\\\\\\n\\r\\${quote}`)));
  return delimited(string(quote), concat(many(choice([plain, escaped]))), label("closing quote", string(quote)));
};
const text = or(quoted('"'), quoted("'"));

// §4: an unquoted key is an identifier of ECMAScript 5.1
const start = charSet("$_\\p{L}\\p{Nl}");
const part = start.union(charSet("\\p{Mn}\\p{Mc}\\p{Nd}\\p{Pc}\\u200C\\u200D"));
const escapeIn = (set: CharSet, where: string): Parser<string> =>
  verify(
    skipL(string("\\"), unicodeEscape),
    (char) => set.has(char.charCodeAt(0)),
    (char) => `"${char}" can't be ${where} of a name`,
  );
const namePart = label("name", or(takeWhile1(part), escapeIn(part, "a part")));
const identifier = concat(
  seq(label("name", or(oneOf(start), escapeIn(start, "the beginning"))), concat(many(hidden(namePart)))),
);

// §6: numbers
const exponent = opt(seq(hidden(oneOf("eE")), opt(hidden(oneOf("+-"))), digits));
const integer = choice([
  seq(string("0"), label("no digit after a leading 0", notFollowedBy(oneOf("0123456789")))),
  seq(oneOf("123456789"), takeWhile("0123456789")),
]);
const decimal = choice([
  seq(string("."), digits, exponent),
  seq(integer, opt(seq(hidden(string(".")), takeWhile("0123456789"))), exponent),
]);
const hexadecimal = seq(
  attempt(seq(string("0"), hidden(oneOf("xX")))),
  label("hexadecimal digit", takeWhile1(charSet("0-9A-Fa-f"))),
);
const magnitude = label(
  "number",
  map(slice(choice([string("Infinity"), string("NaN"), hexadecimal, decimal])), Number),
);
const number = choice([
  magnitude,
  skipL(string("+"), magnitude),
  map(skipL(string("-"), magnitude), (value) => -value),
]);

/**
 * A whole JSON5 document. What it adds to JSON: comments, a comma before a closing bracket, keys without quotes, strings in single quotes
 * and with line continuations and all escapes of ECMAScript 5.1, numbers with a sign, in hexadecimal, with a point at their start or end,
 * `Infinity` and `NaN`, and more white space. A repeated key counts where it stands last, and a key `__proto__` is a property like any other.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { json5 } from "sluice/formats/json5";
 * unwrap(run(json5, "{ // the port\n port: +0x50, name: 'a', }")); // => { port: 80, name: "a" }
 * ```
 */
export const json5: Parser<Json> = skipR(
  skipL(
    space,
    valueIn({
      space,
      key: or(text, identifier),
      objectOf: plainObject,
      scalars: { first: [text], others: [number, ...words] },
      trailingCommas: true,
    }),
  ),
  eof,
);
