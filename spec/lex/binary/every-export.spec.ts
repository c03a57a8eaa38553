// Rule 38, for every export of sluice/lex: over bytes it reads them as Latin-1 characters, or is refused by name before anything
// runs.
import test from "ava";
import { eof, many1, type Parser, run, seq, slice } from "../../../src/index.ts";
import * as lex from "../../../src/lex/index.ts";
import { runStream } from "../../../src/stream/index.ts";
import { binary, bytesOf, parsed } from "./_bytes.ts";

const { charSet, string } = lex;

interface Reads {
  readonly parser: Parser<unknown>;
  readonly input: readonly (number | string)[];
  readonly value: unknown;
}
const reads = (parser: Parser<unknown>, input: readonly (number | string)[], value: unknown): Reads => ({
  parser,
  input,
  value,
});

interface Refused {
  readonly parser: Parser<unknown>;
  /** How it is called in the sentence. */
  readonly name: string;
}
const refused = (parser: Parser<unknown>, name: string): Refused => ({ parser, name });

/** What makes no parser. */
const plain = "no parser";

const letters = slice(many1(lex.noneOf("\n")));
const ends = (p: Parser<unknown>): Parser<unknown> => seq(p, eof);

const exported: Readonly<Record<keyof typeof lex, Reads | Refused | typeof plain>> = {
  CharSet: plain,
  charSet: plain,
  jsonRelaxed: plain,
  strictJson: plain,
  tomlRelaxed: plain,

  // characters and texts
  anyChar: reads(lex.anyChar, [0xe9], "é"),
  noneOf: reads(lex.noneOf("a"), [0xff], "ÿ"),
  oneOf: reads(lex.oneOf("é"), [0xe9], "é"),
  satisfy: reads(
    lex.satisfy((char) => char > "z"),
    [0x80],
    "\x80",
  ),
  string: reads(string("é"), [0xe9], "é"),
  stringNoCase: reads(lex.stringNoCase("Ab"), ["aB"], "aB"),
  peekChar: reads(seq(lex.peekChar, lex.anyChar), [0xe9], ["é", "é"]),
  takeCodepoints: reads(lex.takeCodepoints(2), [0xc3, 0xa9], "\xc3\xa9"),
  takeUntil: reads(seq(lex.takeUntil("\r\n"), string("\r\n")), [0xff, "\r\n"], ["ÿ", "\r\n"]),
  takeWhile: reads(lex.takeWhile(charSet("\\x80-\\xff")), [0x80, 0xff], "\x80\xff"),
  takeWhile1: reads(lex.takeWhile1(charSet("^,")), [0xe9, "a"], "éa"),
  till: reads(seq(lex.till(lex.lineEnding), lex.lineEnding), [0xe9, "\r\n"], ["é", undefined]),
  regex: reads(lex.regex(/[^,]+/u), [0xe9, "a"], "éa"),
  grapheme: refused(lex.grapheme, "grapheme cluster"),
  unicodeCategory: refused(lex.unicodeCategory("Lu"), "characters of [\\p{General_Category=Lu}]"),
  unicodeProperty: refused(lex.unicodeProperty("Alphabetic"), "characters of [\\p{Alphabetic}]"),
  unicodeScript: refused(lex.unicodeScript("Latin"), "characters of [\\p{Script=Latin}]"),

  // space
  lineEnding: reads(lex.lineEnding, ["\r\n"], undefined),
  whitespace: reads(lex.whitespace, [" \n", 0x85, 0xa0], undefined),
  spaces0: reads(lex.spaces0, [" \n", 0x85, 0xa0], undefined),
  hspace0: reads(lex.hspace0, [" \t", 0xa0], undefined),
  vspace0: reads(lex.vspace0, ["\r\n", 0x85], undefined),
  commentLine: reads(ends(lex.commentLine("#")), ["# ", 0xe9], [undefined, undefined]),
  commentBlock: reads(ends(lex.commentBlock("/*", "*/")), ["/* ", 0xe9, " */"], [undefined, undefined]),
  trivia: reads(ends(lex.trivia(lex.jsonRelaxed)), [" // ", 0xe9, "\n/**/"], [undefined, undefined]),
  autoWhitespace: reads(lex.autoWhitespace(lex.symbol("a"), lex.jsonRelaxed), [" a // ", 0xe9], "a"),

  // tokens
  lexeme: reads(lex.lexeme(string("a")), ["a \n"], "a"),
  leading: reads(lex.leading(string("a")), [" a"], "a"),
  trim: reads(lex.trim(string("a")), [" a", 0xa0], "a"),
  token: reads(lex.token("letters", letters), [0xe9, "a"], "éa"),
  symbol: reads(lex.symbol("a"), ["a "], "a"),
  keyword: reads(lex.keyword("if"), ["if\n"], "if"),
  asciiIdentifier: reads(lex.asciiIdentifier, ["a_1"], "a_1"),
  identifier: refused(lex.identifier, "identifier"),
  identifierOf: reads(lex.identifierOf({ start: "ab", continue: charSet("a-zé") }), ["a", 0xe9], "aé"),
  reserved: reads(lex.reserved(["if"], lex.asciiIdentifier), ["ifx"], "ifx"),

  // numbers
  int10: reads(lex.int10, ["12"], "12"),
  int: reads(lex.int(16), ["fF"], "fF"),
  intAuto: reads(lex.intAuto, ["0xff"], { radix: 16, digits: "ff" }),
  float: reads(lex.float, ["1.5e3"], "1.5e3"),
  integer: reads(lex.integer, ["-7"], -7),
  number: reads(lex.number, ["-1.5"], -1.5),
  toI64: reads(lex.toI64(lex.int10), ["12"], 12n),
  toU64: reads(lex.toU64(lex.int10), ["12"], 12n),
  toF64: reads(lex.toF64(lex.float), ["1.5"], 1.5),

  // literals
  stringLit: reads(lex.stringLit, ['"', 0xe9, '\\n\\u{1F600}"'], "é\n😀"),
  charLit: reads(lex.charLit, ["'", 0xe9, "'"], "é"),
  stringRaw: reads(lex.stringRaw, ['r"\\', 0xe9, '"'], "\\é"),
  stringRawHash: reads(lex.stringRawHash(1), ['r#""', 0xe9, '"#'], '"é'),
  stringMultiline: reads(lex.stringMultiline({ dedent: true }), ['"""\n  a\n  ', 0xe9, '\n  """'], "a\né"),

  // lines: bytes have none, but for their ends
  eol: reads(seq(string("a"), lex.eol, lex.lineEnding, lex.eol), ["a\n"], ["a", undefined, undefined, undefined]),
  bol: refused(lex.bol, "beginning of a line"),
  column: refused(lex.column, "column"),
  indentEq: refused(lex.indentEq(2), "indentation of 2"),
  indentGt: refused(lex.indentGt(2), "indentation of more than 2"),
  layout: refused(lex.layout(string("a")), "layout"),
  layoutToken: refused(lex.layoutToken("newline"), "newline"),

  // what deceives a reader: only characters beyond U+00FF turn the direction
  forbidBidiControls: refused(
    lex.forbidBidiControls,
    "characters of [\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2…]",
  ),
  requireNfc: reads(lex.requireNfc(letters), [0xe9], "é"),
  warnConfusable: reads(lex.warnConfusable(letters), [0xe9], "é"),
};

test("38: every export is looked at", (t) => {
  t.deepEqual(Object.keys(exported).sort(), Object.keys(lex).sort());
});

for (const [name, entry] of Object.entries(exported)) {
  if (entry === plain) continue;
  if ("value" in entry) {
    test(`38: ${name} reads bytes`, (t) => {
      const result = parsed(t, entry.parser, ...entry.input);
      t.deepEqual(result.diagnostics, []);
      t.deepEqual(result.value, entry.value);
    });
  } else {
    test(`38: ${name} is refused over bytes`, (t) => {
      const sentence = `this parser reads text (${entry.name}), not bytes: run it without input: "binary"`;
      for (const parser of [entry.parser, many1(seq(string("a"), entry.parser))]) {
        for (const start of [run<unknown, never>, runStream<unknown, never>]) {
          t.throws(() => start(parser, bytesOf("a"), binary), { instanceOf: TypeError, message: sentence });
        }
      }
    });
  }
}
