// Rule 38: in binary the characters are the bytes.
import test from "ava";
import {
  andThen,
  decode,
  eof,
  lengthValue,
  many,
  notFollowedBy,
  or,
  type Parser,
  run,
  sepBy,
  seq,
  skipMany,
  slice,
  sliceBytes,
} from "../../../src/index.ts";
import { bytes, takeBytes, uint8, uint16be, uleb128 } from "../../../src/lex/binary/index.ts";
import {
  anyChar,
  asciiIdentifier,
  charSet,
  float,
  grapheme,
  hspace0,
  identifier,
  int,
  int10,
  integer,
  keyword,
  lexeme,
  lineEnding,
  noneOf,
  number,
  oneOf,
  regex,
  satisfy,
  spaces0,
  string,
  stringLit,
  stringNoCase,
  symbol,
  takeCodepoints,
  takeUntil,
  takeWhile,
  takeWhile1,
  till,
  toU64,
  unicodeCategory,
  whitespace,
} from "../../../src/lex/index.ts";
import { runStream } from "../../../src/stream/index.ts";
import { binary, bytesOf, fails, parsed } from "./_bytes.ts";

const gives = test.macro({
  exec(t, parser: Parser<unknown>, input: readonly (number | string)[], value: unknown) {
    const result = parsed(t, parser, ...input);
    t.deepEqual(result.diagnostics, []);
    t.deepEqual(result.value, value);
  },
  title: (name) => `38: ${name}`,
});

test("a class", gives, many(oneOf("a\xff")), ["a", 255], ["a", "\xff"]);
test("anything but", gives, seq(noneOf("\r\n"), anyChar), [200, 13], ["\xc8", "\r"]);
test(
  "a predicate",
  gives,
  takeWhile1((char) => char > "\x80"),
  [200, 201],
  "\xc8\xc9",
);
test("a class with a range", gives, satisfy(charSet("a-z\\xe0-\\xff")), [230], "\xe6");
test(
  "a fixed text",
  gives,
  seq(string("GET "), string("é"), string("\xe9\xff")),
  ["GET ", 0xe9, 0xe9, 255],
  ["GET ", "é", "éÿ"],
);
test("a run", gives, takeWhile(charSet("^\\r\\n")), ["ab", 0x80], "ab\x80");
test("up to a text", gives, seq(takeUntil("\r\n"), lineEnding), [0xff, "a\r\n"], ["\xffa", undefined]);
test("up to a parser", gives, seq(till(or(string("--"), eof)), string("--")), ["a-", 0xff, "--"], ["a-\xff", "--"]);
test(
  "numbers",
  gives,
  seq(lexeme(int10), lexeme(integer), lexeme(number), float),
  ["7 -8 1.5e1 2.5"],
  ["7", -8, 15, "2.5"],
);
test("numbers with a radix", gives, seq(int(16), string(";"), toU64(int10)), ["ff;12"], ["ff", ";", 12n]);
test(
  "keywords and space",
  gives,
  seq(keyword("if"), symbol("("), string("x"), whitespace, string("y"), hspace0, spaces0),
  ["if\n", "\t (x\n", 0xa0, "y \t\v"],
  ["if", "(", "x", undefined, "y", undefined, undefined],
);
test("names", gives, many(lexeme(asciiIdentifier)), ["ab c_1"], ["ab", "c_1"]);
test("in any case", gives, stringNoCase("Keep-Alives"), ["keEP-aliveS"], "keEP-aliveS");
test("a string literal", gives, stringLit, ['"a\\n', 0xe9, '\\u{1F600}"'], "a\né😀");
test(
  "patterns",
  gives,
  seq(regex(/[a-z]+(?:\xff|\d)*/u), regex(/[^\r\n]*/u), regex(/\r\n/u), regex(/\S+\s/u), regex(/keep/i)),
  ["ab", 255, "1:x\r\n", 0xe9, " KeeP"],
  ["ab\xff1", ":x", "\r\n", "\xe9 ", "KeeP"],
);
test("counted characters", gives, seq(takeCodepoints(3), eof), [1, 200, 255], ["\x01\xc8\xff", undefined]);
test("a slice gives text", gives, slice(sepBy(int10, string(","))), ["1,22"], "1,22");
test("of bytes, bytes", gives, sliceBytes(seq(uint8, string("a"))), [255, "a"], bytesOf(255, "a"));
test(
  "texts among bytes",
  gives,
  seq(string("*"), uint16be, lengthValue(uint8, slice(many(anyChar))), takeBytes(1)),
  ["*", 1, 2, 2, 200, 7, 9],
  ["*", 258, "\xc8\x07", bytesOf(9)],
);
test(
  "a decoded text",
  gives,
  seq(
    decode(takeUntil("\n"), (text): unknown => JSON.parse(text)),
    string("\n"),
  ) as Parser<unknown>,
  ['{"a":1}\n'],
  [{ a: 1 }, "\n"],
);

test("38: texts are expected as texts, at the place of the byte", (t) => {
  fails(t, seq(uint8, string("\xffab")), bytesOf(1, 255, "ac"), 1, 'expected "ÿab"');
  fails(t, seq(takeUntil("\r\n"), lineEnding), bytesOf("ab", 13), 3, 'unexpected end of input, expected "\\r\\n"');
  const [first] = run(keyword("if"), bytesOf("if", 0xe9), binary).diagnostics;
  t.is(first?.code, "E1203");
});

test("38: what waits asks for bytes", (t) => {
  const outcome = runStream(string("é\xffab"), bytesOf(0xe9), binary);
  t.is(outcome.kind === "pending" && outcome.demand.minBytes, 3);
});

const refuses = test.macro({
  exec(t, parser: Parser<unknown>, name: string) {
    const input = bytesOf("a");
    for (const body of [() => run(parser, input, binary), () => runStream(parser, input, binary)]) {
      const error = t.throws(body, { instanceOf: TypeError });
      t.true(error?.message.includes(`(${name})`), error?.message);
    }
  },
  title: (_, __, name) => `38: ${name} is refused before anything runs`,
});

test(refuses, identifier, "identifier");
test(refuses, many(grapheme), "grapheme cluster");
test(refuses, unicodeCategory("L"), "characters of [\\p{General_Category=L}]");
test(refuses, takeWhile(charSet("^\\p{L}")), "characters of [^\\p{L}]");
test(refuses, oneOf("aλ"), "characters of [aλ]");
test(refuses, regex(/\p{Lu}+/u), "characters of [\\p{Lu}]");
test(refuses, regex(/aλ|b/u), "/aλ|b/u");
test(refuses, string("→"), '"→"');
test(refuses, takeUntil("…"), '"…"');

test("38: inside what only must not follow, no text is met", (t) => {
  t.true(parsed(t, seq(string("a"), notFollowedBy(unicodeCategory("L")), uint8), "a", 1).ok);
});

test("38: slice over parsers of bytes names sliceBytes", (t) => {
  for (const p of [uint8, takeBytes(2), bytes([1]), uleb128, seq(string("a"), skipMany(uint8)), sliceBytes(anyChar)]) {
    t.throws(() => run(slice(p), bytesOf(1), binary), { instanceOf: TypeError, message: /write sliceBytes$/ });
    t.throws(() => run(decode(p, String), bytesOf(1), binary), { instanceOf: TypeError, message: /write sliceBytes$/ });
  }
  t.throws(() => run(slice(takeBytes(2)), bytesOf(1), binary), { message: /\(2 bytes\)/ });
});

test("38: one made while running is refused on entry", (t) => {
  const made = andThen(uint8, (n) => (n === 1 ? identifier : int10));
  t.is(run(made, bytesOf(2, "7"), binary).value, "7");
  t.throws(() => run(made, bytesOf(1, "a"), binary), { instanceOf: TypeError, message: /\(identifier\)/ });
});
