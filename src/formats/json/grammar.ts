// What JSON and the languages around it share: strings and numbers of RFC 8259, and the shape of arrays and objects. What differs is
// the space between tokens, what a key may be, and whether a comma may stand before a closing bracket.
import {
  as,
  between,
  choice,
  concat,
  delimited,
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
  sepEndBy,
  seq,
  skipL,
  skipR,
  slice,
} from "../../index.ts";
import { charSet, oneOf, string, takeWhile, takeWhile1 } from "../../lex/index.ts";

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What one of the languages is. */
interface Dialect<K> {
  /** The space between tokens. */
  readonly space: Parser<unknown>;
  readonly key: Parser<K>;
  /** An object, made of its members. */
  readonly objectOf: (members: Parser<[K, Json][]>) => Parser<Json>;
  /** Strings, numbers and words. */
  readonly scalars: { readonly first: readonly Parser<Json>[]; readonly others: readonly Parser<Json>[] };
  /** Whether a comma may stand before a closing bracket. */
  readonly trailingCommas: boolean;
}

/** §7: a string. Everything but `"`, `\` and control characters stands for itself. */
export const text: Parser<string> = quoted();

/** §6: a number as it is written. */
export const numberText: Parser<string> = decimal();

/** §6: a number, as the nearest double. */
export const number: Parser<number> = map(numberText, Number);

function quoted(): Parser<string> {
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
  return delimited(string('"'), concat(many(choice([unescaped, escaped]))), quote);
}

function decimal(): Parser<string> {
  const digits = label("digit", takeWhile1("0123456789"));
  // that a number could have gone on is no news where something else should stand
  return slice(
    seq(
      opt(string("-")),
      choice([
        seq(label("digit", string("0")), label("no digit after a leading 0", notFollowedBy(oneOf("0123456789")))),
        seq(label("digit", oneOf("123456789")), takeWhile("0123456789")),
      ]),
      opt(seq(hidden(string(".")), digits)),
      opt(seq(hidden(oneOf("eE")), opt(hidden(oneOf("+-"))), digits)),
    ),
  );
}

/** `p` and the space after it. */
function tokenOf(space: Parser<unknown>): <T, E>(p: Parser<T, E>) => Parser<T, E> {
  return (p) => skipR(p, space);
}

/** §3: `true`, `false` and `null`. */
export const words: readonly Parser<Json>[] = [
  as(string("true"), true),
  as(string("false"), false),
  as(string("null"), null),
];

/** An object in which a repeated key counts where it stands last, and a key `__proto__` is like any other. */
export const plainObject = (members: Parser<[string, Json][]>): Parser<Json> => map(members, Object.fromEntries<Json>);

/** §3, §4, §5: a value and the space after it. */
export function valueIn<K>({ space, key, objectOf, scalars, trailingCommas }: Dialect<K>): Parser<Json> {
  const token = tokenOf(space);
  const comma = token(string(","));
  const list = trailingCommas ? sepEndBy : sepBy;
  const value: Parser<Json> = lazy(() =>
    label("value", choice([...scalars.first.map(token), object, array, ...scalars.others.map(token)])),
  );
  const array: Parser<Json> = rule("array", between(token(string("[")), list(value, comma), token(string("]"))));
  const member = separatedPair(label("property name", token(key)), token(string(":")), value);
  const object: Parser<Json> = rule(
    "object",
    objectOf(between(token(string("{")), list(member, comma), token(string("}")))),
  );
  return value;
}
