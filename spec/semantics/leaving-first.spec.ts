// Rule 17: a value leaves before what can only be skipped.
import test, { type ExecutionContext } from "ava";
import { jsonValue } from "../../src/formats/json.ts";
import {
  as,
  attempt,
  between,
  choice,
  cut,
  each,
  emit,
  fail,
  frame,
  label,
  lazy,
  many,
  manyTill,
  map,
  opt,
  or,
  type Parser,
  recover,
  rule,
  run,
  seq,
  skipR,
  spanned,
} from "../../src/index.ts";
import { lexeme, lineEnding, string, symbol, takeWhile, trivia } from "../../src/lex/index.ts";
import { parseEach, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { expectedIn } from "../reference/canonical.ts";

const [a, b, c] = [string("a"), string("b"), string("c")];

/** In one chunk all that is emitted before the input has ended. */
function atOnce(t: ExecutionContext, parser: Parser<unknown, unknown>, input: string): readonly unknown[] {
  everyWay(t, parser, input);
  return runStream(parser, input).emitted;
}

const notes = trivia({ line: ["//"], block: [{ start: "/*", end: "*/" }], space: " \n" });
const spaced = lexeme(a);
const minus: Parser<unknown> = lazy(() => or(rule("minus", seq(symbol("-"), minus)), spaced));
const early: readonly (readonly [name: string, parser: Parser<unknown, unknown>, input: string, value: unknown])[] = [
  ["json", jsonValue, '{"a": [1, {}]}\n', { a: [1, {}] }],
  ["json in a token", lexeme(jsonValue), "[1] ", [1]],
  ["a label", label("x", spaced), "a ", "a"],
  ["a rule", rule("r", rule("s", spaced)), "a ", "a"],
  ["a choice of tokens", choice([symbol("b"), spaced, lexeme(c, takeWhile("\n"))]), "c\n", "c"],
  ["a choice of tokens and others", or(b, spaced), "a ", "a"],
  ["a choice that no character decides", choice([symbol("ab"), symbol("ac")]), "ac ", "ac"],
  ["an option", opt(symbol("b")), "b ", "b"],
  ["brackets", between(symbol("{"), a, symbol("}")), "{ a} ", "a"],
  ["a sequence", seq(b, rule("r", spaced)), "ba ", ["b", "a"]],
  ["a sequence whose last side is dropped", skipR(spaced, or(symbol(";"), lineEnding)), "a ; ", "a"],
  ["map and as", map(as(rule("r", spaced), 1), (n) => n + 1), "a ", 2],
  ["recursion", minus, "- - - a ", ["-", ["-", ["-", "a"]]]],
  ["withSpace", rule("r", symbol("a")).withSpace(takeWhile(" \n")), "a\n", "a"],
  ["comments", rule("r", symbol("a")).withSpace(notes), "a /* b */\n", "a"],
  ["attempt and cut", attempt(cut(rule("r", spaced))), "a ", "a"],
  ["a list with an end", rule("r", manyTill(a, symbol(";"))), "aa; ", ["a", "a"]],
  ["a frame", frame("f", spaced), "a ", "a"],
  ["what can't fail and is dropped, in a rule", rule("r", skipR(a, many(b))), "ab", "a"],
];

for (const [name, parser, input, value] of early) {
  test(`17: a value leaves before what can only be skipped: ${name}`, (t) => {
    t.deepEqual(atOnce(t, each(parser), input), [value]);
    t.deepEqual(run(each(parser), input + input).emitted, [value, value]);
    if (!input.includes("ab")) t.deepEqual(runStream(each(parser), input + input).emitted, [value, value]);
  });
}

test("17: a parser that emits nothing hands its values out as early", async (t) => {
  let pulls = 0;
  async function* source(): AsyncGenerator<string> {
    for (const record of ['{"a":1}\n', '{"a":2}\n']) {
      pulls += 1;
      yield record;
    }
  }
  const items = parseEach(jsonValue, source());
  t.deepEqual(await items.next(), { done: false, value: { a: 1 } });
  t.is(pulls, 1);
  t.deepEqual(await items.next(), { done: false, value: { a: 2 } });
  t.is(pulls, 2);
});

test("17: what may still belong to the value, or be missing, is waited for", (t) => {
  t.deepEqual(atOnce(t, each(many(spaced)), "a "), []);
  t.deepEqual(atOnce(t, each(spanned(spaced)), "a "), []);
  t.deepEqual(atOnce(t, each(skipR(spaced, symbol(";"))), "a "), []);
  t.deepEqual(atOnce(t, each(lexeme(a, b)), "a"), []);
  t.deepEqual(atOnce(t, each(skipR(a, opt(seq(b, c)))), "a"), []);
  t.deepEqual(atOnce(t, each(skipR(a, cut(b))), "a"), []);
  t.deepEqual(atOnce(t, each(lineEnding), "\r"), []);
  // inner before outer
  t.deepEqual(run(each(skipR(a, many(emit(b)))), "abb").emitted, ["b", "b", "a"]);
});

test("17: under an attempt it waits for the end of that", (t) => {
  t.deepEqual(atOnce(t, or(attempt(seq(emit(rule("r", spaced)), b)), a), "a "), []);
  const closed = attempt(emit(rule("r", spaced)));
  t.deepEqual(atOnce(t, seq(closed, b), "a "), []);
  t.deepEqual(atOnce(t, seq(closed, b), "a b"), ["a"]);
});

test("17: a comment that is not closed fails behind the value, in the rule that it stands in", (t) => {
  const item = rule("item", rule("name", lexeme(a, notes)));
  const result = everyWay(t, each(item), "a a /* b");
  t.deepEqual(result.emitted, ["a", "a"]);
  t.deepEqual(
    result.diagnostics.map(({ at, context }) => [at.start.offset, context]),
    [[8, ["name", "item"]]],
  );
  t.deepEqual(
    result.diagnostics[0]?.contextAt?.map(({ offset }) => offset),
    [2, 2],
  );
  // what would take the failure takes the value too
  t.deepEqual(everyWay(t, or(attempt(emit(item)), string("a /* b")), "a /* b").emitted, []);
  const recovered = recover(seq(emit(item), b), string(";"), null);
  const collect = { extensions: { recover: { mode: "collect" } } } as const;
  t.deepEqual(everyWay(t, seq(recovered), "a c;", collect).emitted, ["a"]);
});

test("17: what expects something there expects it in the rules that it stands in", (t) => {
  const item = rule("item", skipR(a, opt(string(";"))));
  const { diagnostics } = everyWay(t, seq(emit(item), b), "ac");
  t.deepEqual(expectedIn(diagnostics[0]), ["token:;", "token:b"]);
  t.deepEqual(everyWay(t, seq(emit(rule("list", item)), fail()), "ac").diagnostics[0]?.context, ["item", "list"]);
});
