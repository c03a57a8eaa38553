// Log lines: a time, a level, and pairs of keys and values.
//
//   2024-05-01T12:00:00.250Z WARN disk=sda1 free=3% message="nearly full"
//
//   for await (const entry of parseEach(log, stream)) …      each entry as soon as its line ends
import {
  between,
  choice,
  concat,
  cutHere,
  each,
  eof,
  many,
  opt,
  type Parser,
  repeat,
  rule,
  separatedPair,
  seq,
  slice,
} from "sluice";
import { charSet, lineEnding, noneOf, oneOf, string, takeWhile1 } from "sluice/lex";

export type Level = "DEBUG" | "INFO" | "WARN" | "ERROR";

export interface Entry {
  readonly time: Date;
  readonly level: Level;
  readonly fields: Readonly<Record<string, string>>;
}

// tokens

const digits = (count: number): Parser<string> => slice(repeat(oneOf("0123456789").label("digit"), count, count));
const date = seq(digits(4), string("-"), digits(2), string("-"), digits(2));
const clock = seq(digits(2), string(":"), digits(2), string(":"), digits(2), opt(seq(string("."), digits(3))));
const time = slice(seq(date, string("T"), clock, string("Z")))
  .label("time")
  .map((text) => new Date(text));
const level: Parser<Level> = choice([string("DEBUG"), string("INFO"), string("WARN"), string("ERROR")]);
const space = takeWhile1(" \t").label("space");

// fields

const escaped = string("\\").skipL(noneOf("\r\n").label("escaped character"));
const plain = takeWhile1(charSet('"\\\\\\r\\n').complement());
// after the cut an error expects only the closing quote, not each character that could come before it
const closing = string('"').label("closing quote");
const quoted = between(string('"'), concat(many(choice([plain, escaped]))).skipR(cutHere()), closing);
const bare = takeWhile1(charSet('" \\t\\r\\n').complement());
const key = takeWhile1(charSet("A-Za-z0-9_.\\-")).label("key");
const field = separatedPair(key, string("="), choice([quoted, bare]).label("value"));
const fields = many(space.skipL(field)).map(Object.fromEntries<string>);

// lines

const endOfLine = choice([lineEnding, eof]).label("end of line");
const entry: Parser<Entry> = rule("entry", seq(time.skipR(space), level, fields, endOfLine)).map(
  ([time, level, fields]) => ({ time, level, fields }),
);

/** A whole log; its entries are emitted, and the value is their number. */
export const log: Parser<number, Entry> = each(entry);
