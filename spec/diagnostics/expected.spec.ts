// What was expected, in words.
import test from "ava";
import { merged, nameOf, summaryOf } from "../../src/diagnostics/messages/expected.ts";
import { type Expectation, label, or, rule, run, seq } from "../../src/index.ts";
import { string } from "../../src/lex/index.ts";

const token = (text: string): Expectation => ({ kind: "token", text });
const words = (...all: readonly Expectation[]): string => summaryOf(merged(all)).humanized;

test("concrete before abstract", (t) => {
  const all: Expectation[] = [
    { kind: "not", text: "x" },
    { kind: "eof" },
    { kind: "custom", text: "4 bytes" },
    { kind: "rule", text: "item" },
    { kind: "class", text: "0-9" },
    { kind: "keyword", text: "if" },
    token(";"),
  ];
  t.is(words(...all), '";", "if", one of [0-9], item, 4 bytes, end of input or something other than x');
});

test("what has one name is named once", (t) => {
  t.is(words(token("a"), token("a"), { kind: "keyword", text: "a" }), '"a"');
  t.deepEqual(merged([token("a"), token("b"), token("a")]), [token("a"), token("b")]);
});

test("a fixed text that begins with another is not named, and is still there as data", (t) => {
  t.is(words(token("<="), token("<"), token("<<="), token("=")), '"<" or "="');
  t.is(words({ kind: "keyword", text: "in" }, { kind: "keyword", text: "int" }), '"in" or "int"');
  t.is(summaryOf(merged([token("<="), token("<")])).alternatives.length, 2);
});

test("at most 8, and how many more", (t) => {
  const names = (n: number): Expectation[] => Array.from({ length: n }, (_, i) => token(`${i}!`));
  t.is(words(...names(8)), '"0!", "1!", "2!", "3!", "4!", "5!", "6!" or "7!"');
  t.is(words(...names(9)), '"0!", "1!", "2!", "3!", "4!", "5!", "6!", "7!" … and 1 more');
  t.is(words(...names(12)), '"0!", "1!", "2!", "3!", "4!", "5!", "6!", "7!" … and 4 more');
  t.is(summaryOf(names(12)).alternatives.length, 12);
});

test("names in Japanese", (t) => {
  const all: Expectation[] = [token('"'), { kind: "class", text: "0-9" }, { kind: "eof" }];
  t.is(summaryOf(all, "expected", "ja").humanized, '「"」、[0-9]のいずれかまたは入力の終わり');
  t.is(nameOf({ kind: "class", text: "any character" }, "ja"), "任意の文字");
  t.is(nameOf(token("a\n"), "ja"), "「a\\n」");
});

test("a run fills the summary", (t) => {
  const p = rule("pair", seq(string("("), or(string("a"), label("number", string("1")))));
  const [diagnostic] = run(p, "(x").diagnostics;
  t.deepEqual(diagnostic?.expected, {
    messageKey: "expected",
    localeArgs: ['"a" or number'],
    humanized: '"a" or number',
    contextNote: "while parsing pair",
    alternatives: [token("a"), { kind: "rule", text: "number" }],
  });
  const [atEnd] = run(p, "(").diagnostics;
  t.is(atEnd?.expected?.messageKey, "expected.end");
  t.is(atEnd?.message, 'unexpected end of input, expected "a" or number');
});
