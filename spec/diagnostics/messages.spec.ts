// What is said, word for word, where it is easily said badly: in full, and the same however the input is cut up.
import test from "ava";
import { pretty } from "../../src/diagnostics/index.ts";
import * as s from "../../src/index.ts";
import {
  hidden,
  label,
  lazy,
  lint,
  many,
  map,
  notFollowedBy,
  opt,
  or,
  type Parser,
  type RunConfig,
  repeat,
  rule,
  sepBy,
  seq,
} from "../../src/index.ts";
import { charSet, keyword, noneOf, oneOf, satisfy, string, takeWhile, takeWhile1, token } from "../../src/lex/index.ts";
import { everyWay } from "../_chunks.ts";

type Any = Parser<unknown, unknown>;
const isVowel = (char: string): boolean => "aeiou".includes(char);
const [a, b] = [string("a"), string("b")];
const nameless: Any = lazy(() => or(seq(nameless, string("+")), a));
const first: Any = lazy(() => map(seq(opt(string("-")), second), String));
const second: Any = lazy(() => or(first, string("1")));

const said: readonly (readonly [parser: Any, input: string, says: string, config?: RunConfig])[] = [
  // texts that hold the marks they are written in
  [string('"'), "x", 'expected a quote `"`'],
  [string('"'), "x", '「"」が必要です', { locale: "ja" }],
  [string('"""'), "x", 'expected `"""`'],
  [string("\\"), "x", "expected a backslash `\\`"],
  [or(string('"'), string("'")), "x", `expected a quote \`"\` or "'"`],
  [string('"`'), "x", 'expected "\\"`"'],
  [string('"\n'), "x", 'expected "\\"\\n"'],
  // predicates
  [satisfy(isVowel), "x", "expected a character that satisfies isVowel"],
  [satisfy((c) => c > "z"), "x", 'expected a character that satisfies (c) => c > "z"'],
  [noneOf(isVowel), "a", "expected a character that does not satisfy isVowel"],
  [takeWhile1(isVowel), "x", "isVowelを満たす文字が必要です", { locale: "ja" }],
  [label("vowel", satisfy(isVowel)), "x", "expected vowel"],
  [satisfy(isVowel.bind(undefined)), "x", "expected a character that satisfies bound isVowel"],
  // what must not stand there
  [notFollowedBy(string("\r\n")), "\r\n", 'expected something other than "\\r\\n"'],
  [notFollowedBy(string(" ")), " ", 'expected something other than " "'],
  [notFollowedBy(string("=<")), "=<", "expected something other than =<"],
  [notFollowedBy(oneOf("\r\n")), "\n", "expected something other than \\r\\n"],
  [notFollowedBy(satisfy(isVowel)), "a", "expected something other than what satisfies isVowel"],
  [notFollowedBy(noneOf(isVowel)), "x", "expected something other than what does not satisfy isVowel"],
  // words of the author
  [s.fail("tabs can't stand here"), "x", "tabs can't stand here"],
  [seq(a, or(b, s.fail("a b is missing"))), "ac", "a b is missing"],
  [or(s.fail("none of these"), a), "x", "none of these"],
  [seq(many(or(a, s.fail("only a"))), b), "aac", "only a"],
  [seq(a, s.fail("what for?")), "a", "what for?"],
  [or(a, s.fail()), "x", 'expected "a"'],
  [label("a thing", s.fail("why")), "x", "expected a thing"],
  [hidden(s.fail("why")), "x", "this is not allowed here"],
  [token("a word", seq(a, s.fail("why"))), "a", "expected a word"],
  [seq(a, or(s.fail("too early"), seq(a, a))), "aab", 'expected "a"'],
  // faults of the grammar
  [
    rule("list", many(opt(a))),
    "b",
    'the body of this repetition succeeds without consuming: many(opt("a")), in rule list',
  ],
  [
    rule("list", seq(rule("head", a), many(takeWhile("x")))),
    "ab",
    "the body of this repetition succeeds without consuming: many(takeWhile([x])), in rule list",
  ],
  [
    sepBy(takeWhile("a"), opt(string(","))),
    "b",
    'the body of this repetition succeeds without consuming: sepBy(takeWhile([a]), opt(","))',
  ],
  [
    rule("r", many(opt(a))),
    "b",
    'この繰り返しの本体は入力を読まずに成功します: many(opt("a"))（規則r）',
    { locale: "ja" },
  ],
  [nameless, "a", 'left recursion: choice([seq(itself, "+"), "a"])'],
  [first, "1", 'left recursion: seq(opt("-"), choice([itself, "1"]))'],
  [
    rule(
      "sum",
      lazy(() => or(seq(nameless, a), a)),
    ),
    "a",
    'left recursion: choice([seq(itself, "+"), "a"])',
  ],
];

for (const [i, [parser, input, says, config]] of said.entries()) {
  test(`${i}: ${says}`, (t) => {
    const { diagnostics } = everyWay(t, parser, input, config);
    t.is(diagnostics[0]?.message, says);
  });
}

test("unnamed left recursion in a finding", (t) => {
  const [found] = lint(nameless);
  t.is(found?.message, 'it begins with itself before anything is read: choice([seq(itself, "+"), "a"])');
  t.is(lint(seq(nameless, first)).filter(({ code }) => code === "L101").length, 3);
});

test("what an author says is no part of what was expected in words of another language", (t) => {
  const { diagnostics } = everyWay(t, or(a, s.fail("only a")), "x");
  t.is(pretty(diagnostics, "x", { locale: "ja" }).split("\n")[0], "エラー[E1001]: only a");
  t.deepEqual(diagnostics[0]?.expected?.alternatives, [
    { kind: "token", text: "a" },
    { kind: "custom", text: "only a" },
  ]);
});

test("a bracket that is not closed is pointed to, whatever an author says", (t) => {
  const p = s.between(string("("), many(or(a, s.fail("only a"))), string(")"));
  const [diagnostic] = everyWay(t, p, "(ab").diagnostics;
  t.is(diagnostic?.message, "only a");
  t.is(diagnostic?.notes[0]?.message, "opened here");
});

test("in another language than the run's", (t) => {
  const reports: readonly (readonly [Any, string, string])[] = [
    [rule("list", many(opt(a))), "b", 'この繰り返しの本体は入力を読まずに成功します: many(opt("a"))（規則list）'],
    [many(opt(a)), "b", 'この繰り返しの本体は入力を読まずに成功します: many(opt("a"))'],
    [string('"'), "x", '「"」が必要です'],
    [satisfy(isVowel), "x", "isVowelを満たす文字が必要です"],
    [or(keyword("a.b"), string("x")), "y", "「x」または「a.b」が必要です"],
  ];
  for (const [parser, input, says] of reports) {
    const { diagnostics } = everyWay(t, parser, input);
    t.is(
      pretty(diagnostics, input, { locale: "ja" })
        .split("\n")[0]
        ?.replace(/^.*?: /, ""),
      says,
    );
    const { diagnostics: japanese } = everyWay(t, parser, input, { locale: "ja" });
    t.is(
      pretty(japanese, input, { locale: "en" })
        .split("\n")[0]
        ?.replace(/^.*?: /, ""),
      diagnostics[0]?.message,
    );
  }
});

test("a class of one character is named as that text, and one of white space by names", (t) => {
  const said = (p: Parser<unknown>, locale = "en") => everyWay(t, p, "?", { locale }).diagnostics[0]?.message;
  t.is(said(oneOf("0")), 'expected "0"');
  t.is(said(oneOf("^")), 'expected "^"');
  t.is(said(oneOf("-")), 'expected "-"');
  t.is(said(oneOf('"')), 'expected a quote `"`');
  t.is(said(oneOf("\\")), "expected a backslash `\\`");
  t.is(said(oneOf("\\n")), "expected one of [n\\]");
  t.is(said(or(oneOf("0"), string("0"))), 'expected "0"');
  t.is(said(oneOf(" \t")), "expected white space (space, tab)");
  t.is(said(oneOf("\t")), "expected white space (tab)");
  t.is(said(or(oneOf(" \t"), oneOf("x"))), 'expected white space (space, tab) or "x"');
  t.is(said(oneOf("\r\n")), "expected white space (\\r, \\n)");
  t.is(said(oneOf(" \t"), "ja"), "空白文字（空白、タブ）が必要です");
});

test("a class that can't be is a class all the same", (t) => {
  t.is(
    everyWay(t, oneOf(charSet("a-z").union(charSet("0-9"))), "-").diagnostics[0]?.message,
    "expected one of [a-z | 0-9]",
  );
  t.is(everyWay(t, repeat(oneOf("satisfy"), 2, 2), "-").diagnostics[0]?.message, "expected one of [satisfy]");
});
