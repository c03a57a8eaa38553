// Where a row ends. A quote opens a cell at its beginning only; anywhere else it is text.
import {
  attempt,
  cut,
  decode,
  eof,
  fail,
  lookahead,
  notFollowedBy,
  opt,
  or,
  type Parser,
  repeat,
  seq,
  skipL,
  skipMany,
  skipMany1,
  skipR,
} from "../../index.ts";
import { anyChar, type CharSet, charSet, lineEnding, oneOf, string, takeWhile, takeWhile1 } from "../../lex/index.ts";
import type { Dialect } from "./options.ts";

/** A quoted cell has at most so many line ends and escaped quotes: then its quote is taken for a stray one. */
const MOST_INSIDE = 65_536;

/** All characters but these. */
export function except(characters: string): CharSet {
  const listed = [...characters].map((one) => `\\u{${(one.codePointAt(0) as number).toString(16)}}`);
  return charSet(listed.join("")).complement();
}

/** What stands behind a row; it is not read. */
const atEnd = lookahead(or(oneOf("\r\n"), eof));
/** The end of a row. */
export const rowEnd: Parser<undefined> = or(lineEnding, eof);
export const inLine: CharSet = /* @__PURE__ */ except("\r\n");

/** The parts of a file that all rows have in common. */
export interface Frames {
  /**
   * Fast: what is one row if each quote in it stands where one may stand, which is to be looked at; nothing where that would not be
   * enough. Quoted cells end in their line.
   */
  readonly likely: Parser<unknown> | undefined;
  /** One row, not empty, without its end. */
  readonly row: Parser<unknown>;
  /** What fails, with words, at the quote that makes the text here no row; nothing where quotes are text. */
  readonly broken: Broken | undefined;
}

/** They commit to failing where they apply, and fail empty where they don't. */
interface Broken {
  /** The quoted cell ends in its line: no other line is to blame. */
  readonly line: Parser<never>;
  readonly any: Parser<never>;
}

export function framesOf(dialect: Dialect): Frames {
  const { quote, blanks } = dialect;
  if (quote === undefined)
    return { likely: blanks === "" ? takeWhile1(inLine) : undefined, row: takeWhile1(inLine), broken: undefined };
  const plain = attempt(skipR(takeWhile1(except(`\r\n${quote}`)), notFollowedBy(string(quote))));
  const closed = quotedCell(quote, dialect.escape as string);
  const space = blanks === "" ? undefined : takeWhile(blanks);
  const quoted = space === undefined ? closed : seq(attempt(skipR(space, lookahead(string(quote)))), closed, space);
  const separator = string(dialect.delimiter);
  const cell = or(quoted, unquotedText(dialect.delimiter));
  const cells = seq(cell, skipMany(seq(separator, cell)));
  const row = or(plain, seq(notFollowedBy(atEnd), cells, atEnd));
  const sound = skipMany(attempt(seq(cell, separator)));
  const before = quietly(space === undefined ? sound : seq(sound, space));
  const inOneLine = quietly(seq(string(quote), takeWhile(except(`\r\n${quote}`)), string(quote)));
  const goesOn = skipL(ahead(closed), cut(fail(GOES_ON)));
  return {
    likely: blanks === "" ? likelyRow(quote) : undefined,
    row,
    broken: {
      line: skipL(ahead(seq(before, inOneLine)), cut(skipL(before, goesOn))),
      any: skipL(ahead(anyChar), cut(skipL(before, or(goesOn, fail("the quote that opens this cell is not closed"))))),
    },
  };
}

const GOES_ON = "this cell goes on after its closing quote; a quote inside a quoted cell must be escaped";

function likelyRow(quote: string): Parser<unknown> {
  const text = except(`\r\n${quote}`);
  const pair = seq(string(quote), takeWhile(text), string(quote), takeWhile(text));
  return or(seq(takeWhile1(text), skipMany(pair)), skipMany1(pair));
}

function quotedCell(quote: string, escaper: string): Parser<unknown> {
  const isDoubled = quote === escaper;
  const text = takeWhile(except(`\r\n${quote}${isDoubled ? "" : escaper}`));
  const escaped: Parser<unknown> = isDoubled ? string(quote + quote) : seq(string(escaper), anyChar);
  const more = repeat(seq(or(escaped, oneOf("\r\n")), text), 1, MOST_INSIDE);
  return seq(string(quote), text, opt(more), string(quote));
}

/** A cell that is not quoted; it may be empty. */
function unquotedText(delimiter: string): Parser<unknown> {
  const [first = ""] = delimiter;
  const others = except(`\r\n${first}`);
  if (first === delimiter) return takeWhile(others);
  return skipMany(or(takeWhile1(others), skipL(notFollowedBy(string(delimiter)), oneOf(first))));
}

/** `p`, of which nothing is expected that could hide what is said of the place behind it. */
function quietly(p: Parser<unknown>): Parser<unknown> {
  return decode(p, () => undefined);
}

/** Whether `p` comes next; nothing is read, nothing is expected. */
export function ahead(p: Parser<unknown>): Parser<undefined> {
  return notFollowedBy(notFollowedBy(p));
}
