// JSON (RFC 8259), strict, made of public combinators. Of repeated keys, the last one counts (as in `JSON.parse`); a
// key `__proto__` is a property like any other. A number is the nearest double.
import {
  as,
  between,
  choice,
  concat,
  delimited,
  eof,
  hidden,
  label,
  lazy,
  many,
  map,
  notFollowedBy,
  opt,
  type Parser,
  repeat,
  rule,
  separatedPair,
  sepBy,
  seq,
  skipL,
  skipR,
  slice,
} from "../index.ts";
import { charSet, oneOf, string, takeWhile, takeWhile1 } from "../lex/index.ts";

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

// §2: insignificant white space
const space = takeWhile(" \n\r\t");
const token = <T, E>(p: Parser<T, E>): Parser<T, E> => skipR(p, space);

// §7: strings. Any character except `"`, `\` and control characters stands for itself.
const unescaped = label("string character", takeWhile1(charSet("\\u{20}-!#-\\[\\]-\\u{10FFFF}")));
const hexDigit = label("hexadecimal digit", oneOf(charSet("0-9A-Fa-f")));
const short: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const afterBackslash = choice([
  map(oneOf('"\\/bfnrt'), (letter) => short[letter] ?? letter),
  map(skipL(string("u"), slice(repeat(hexDigit, 4, 4))), (hex) => String.fromCharCode(Number.parseInt(hex, 16))),
]);
const escaped = label(
  "string character",
  skipL(string("\\"), label('escape character (one of "\\/bfnrtu)', afterBackslash)),
);
const quote = label("closing quote", string('"'));
const text = token(delimited(string('"'), concat(many(choice([unescaped, escaped]))), quote));

// §6: numbers
const digits = label("digit", takeWhile1("0123456789"));
// that a number could have continued is not reported if something else is missing
const number = token(
  map(
    slice(
      seq(
        opt(string("-")),
        choice([
          seq(label("digit", string("0")), label("no digit after a leading 0", notFollowedBy(oneOf("0123456789")))),
          seq(label("digit", oneOf("123456789")), takeWhile("0123456789")),
        ]),
        opt(seq(hidden(string(".")), digits)),
        opt(seq(hidden(oneOf("eE")), opt(hidden(oneOf("+-"))), digits)),
      ),
    ),
    Number,
  ),
);

// §3: values
const comma = token(string(","));
const value: Parser<Json> = lazy(() =>
  label(
    "value",
    choice([
      text,
      object,
      array,
      number,
      as(token(string("true")), true),
      as(token(string("false")), false),
      as(token(string("null")), null),
    ]),
  ),
);

// §5, §4: arrays and objects
const array: Parser<Json> = rule("array", between(token(string("[")), sepBy(value, comma), token(string("]"))));
const member = separatedPair(label("property name", text), token(string(":")), value);
const object: Parser<Json> = rule(
  "object",
  map(between(token(string("{")), sepBy(member, comma), token(string("}"))), Object.fromEntries<Json>),
);

/**
 * One JSON value and the space after it; the input after that is not read.
 *
 * @example
 * ```ts
 * import { run, sepBy, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * import { jsonValue } from "sluice/formats/json";
 * unwrap(run(sepBy(jsonValue, string(";")), "1 ;[2]")); // => [1, [2]]
 * ```
 */
export const jsonValue: Parser<Json> = value;

/**
 * A whole JSON document: one value, with space around it, up to the end of the input.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { json } from "sluice/formats/json";
 * unwrap(run(json, '{"a": [1, true]}')); // => { a: [1, true] }
 * ```
 */
export const json: Parser<Json> = skipR(skipL(space, value), eof);
