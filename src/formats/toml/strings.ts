// Strings (TOML 1.1, String).
import {
  as,
  attempt,
  choice,
  concat,
  delimited,
  hidden,
  label,
  many,
  many1,
  map,
  notFollowedBy,
  opt,
  type Parser,
  refuse,
  repeat,
  rule,
  seq,
  skipL,
  skipR,
  slice,
  tryMap,
} from "../../index.ts";
import { charSet, oneOf, string, takeWhile, takeWhile1 } from "../../lex/index.ts";
import { blankLines, controlIn, newline, refused } from "./space.ts";

/** The strings of a version of TOML. */
interface Strings {
  /** On one line, as a quoted key is. */
  readonly oneLine: Parser<string>;
  /** On one line or over several. */
  readonly any: Parser<string>;
}

const returned = as(seq(string("\r"), string("\n")), "\r\n");

// all but quotes, backslashes, line ends and control characters, of which a tab is none here
const REST = "\\t\\u{20}\\u{21}\\u{23}-\\u{26}\\u{28}-\\u{5B}\\u{5D}-\\u{7E}\\u{80}-\\u{D7FF}\\u{E000}-\\u{10FFFF}";
const BASIC = `${REST}'`;
const LITERAL = `${REST}"\\\\`;

const SHORT: Readonly<Record<string, string>> = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", e: "\u001B" };
const hexDigit = label("hexadecimal digit", oneOf(charSet("0-9A-Fa-f")));

/** A code point by its digits, which must be a Unicode scalar value. */
const scalar = (letter: string, digits: number): Parser<string> =>
  tryMap(skipL(string(letter), slice(repeat(hexDigit, digits, digits))), (hex) => {
    const code = Number.parseInt(hex, 16);
    if (code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code);
    const reason = code > 0x10ffff ? "the highest one is 10FFFF" : "it is half of a surrogate pair";
    return refuse(`${hex} is no Unicode scalar value: ${reason}`);
  });

const lineEnds = refused(
  "\\n\\r",
  () => "the line ends inside this string; close it, or write it between three quotes",
);
const control = controlIn("a string; write it as an escape between double quotes");
const closing = (quote: string): Parser<string> => choice([label("closing quote", string(quote)), lineEnds, control]);

/**
 * Behind two quotes: nothing, or a third one and a string over lines. Up to two quotes may stand anywhere in it, also right before the
 * closing ones.
 *
 * @param pieces what stands there but for quotes.
 */
function behindTwo(quote: string, pieces: Parser<string>): Parser<string> {
  const quotes = attempt(skipR(slice(repeat(string(quote), 1, 2)), notFollowedBy(string(quote))));
  const text = concat(many(label("string character", choice([pieces, control, hidden(quotes)]))));
  const open = seq(hidden(string(quote)), opt(newline));
  const close = label("closing quotes", string(quote.repeat(3)));
  const more = hidden(slice(repeat(string(quote), 0, 2)));
  return opt(rule("string over lines", concat(seq(delimited(open, text, close), more))), "");
}

/** @param latest whether there are the escapes that TOML 1.1 adds: `\e` and `\xHH`. */
export function stringsOf(latest: boolean): Strings {
  const letters = latest ? 'btnfre"\\' : 'btnfr"\\';
  const escapes = label(
    `escape character (one of ${letters}${latest ? "x" : ""}uU)`,
    choice([
      map(oneOf(letters), (letter) => SHORT[letter] ?? letter),
      scalar("u", 4),
      scalar("U", 8),
      ...(latest ? [scalar("x", 2)] : []),
    ]),
  );
  // a backslash before a line end takes that and all space up to the next character
  const joined = as(seq(choice([newline, seq(takeWhile1(" \t"), newline)]), blankLines), "");
  const escaped = skipL(string("\\"), escapes);
  const basic = choice([takeWhile1(charSet(BASIC)), escaped]);
  const literal = takeWhile1(charSet(LITERAL));
  const basicOver = choice([
    takeWhile1(charSet(`${BASIC}\\n`)),
    returned,
    skipL(string("\\"), choice([joined, escapes])),
  ]);
  const literalOver = choice([takeWhile1(charSet(`${LITERAL}\\n`)), returned]);
  const character = <T>(p: Parser<T>): Parser<T> => label("string character", p);
  const value = (quote: string): Parser<string> => label("value", string(quote));
  const several = concat(many1(character(basic)));
  return {
    oneLine: choice([
      delimited(string('"'), concat(many(character(basic))), closing('"')),
      delimited(string("'"), takeWhile(charSet(LITERAL)), closing("'")),
    ]),
    any: choice([
      skipL(value('"'), choice([skipR(several, closing('"')), skipL(closing('"'), behindTwo('"', basicOver))])),
      skipL(
        value("'"),
        choice([skipR(character(literal), closing("'")), skipL(closing("'"), behindTwo("'", literalOver))]),
      ),
    ]),
  };
}
