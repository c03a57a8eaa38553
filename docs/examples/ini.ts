// INI files: sections of keys and values, comments from ";" or "#" to the end of the line, values with optional quotes.
//
//   for await (const section of parseEach(ini, response)) …      each section as soon as the next one begins
import {
  between,
  choice,
  concat,
  cutHere,
  each,
  eof,
  many,
  many1,
  ok,
  type Parser,
  rule,
  separatedPair,
  seq,
  skipMany,
} from "sluice";
import { charSet, lexeme, lineEnding, noneOf, oneOf, string, takeWhile, takeWhile1 } from "sluice/lex";

/** Entries before the first header are a section without a name. */
export interface Section {
  readonly name: string;
  readonly entries: readonly (readonly [key: string, value: string])[];
}

// space and line ends: an entry ends with its line, so tokens read only the space within a line

const blank = takeWhile(" \t");
const comment = seq(oneOf(";#"), takeWhile(charSet("\\r\\n").complement()));
const endOfLine = seq(comment.opt(), choice([lineEnding, eof])).label("end of line");
const gap = skipMany(choice([takeWhile1(" \t\r\n"), comment]));
const line = <T>(p: Parser<T>): Parser<T> => lexeme(p.skipR(blank).skipR(endOfLine), gap);

// values

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
const escaped = string("\\").skipL(
  noneOf("\r\n")
    .label("escaped character")
    .map((sign) => escapes[sign] ?? sign),
);
const plain = takeWhile1(charSet('"\\\\\\r\\n').complement());
// after the cut an error expects only the closing quote, not each character that could come before it
const text = concat(many(choice([plain, escaped]))).skipR(cutHere());
const quoted = between(string('"'), text, string('"').label("closing quote"));
const bare = takeWhile(charSet(";#\\r\\n").complement()).map((words) => words.trimEnd());

// lines

const key = takeWhile1(charSet("A-Za-z0-9_.\\-")).label("key");
const title = takeWhile1(charSet("\\[\\]\\r\\n").complement()).label("section name");
const header = rule("header", between(string("["), title, string("]")));
const entry = rule("entry", separatedPair(key.skipR(blank), string("=").skipR(blank), choice([quoted, bare])));

const section: Parser<Section> = rule("section", seq(line(header), many(line(entry)))).map(([name, entries]) => ({
  name: name.trim(),
  entries,
}));
const nameless = many1(line(entry)).map((entries): Section => ({ name: "", entries }));

/** A whole file; its sections are emitted, and the value is the number of sections with a name. */
export const ini: Parser<number, Section> = lexeme(ok(undefined), gap)
  .skipL(nameless.emit().opt())
  .skipL(each(section));
