// Where the rules around a failure began (semantics, rule 7), also where that text is long gone.
import test from "ava";
import { json } from "../../src/formats/json.ts";
import {
  andThen,
  attempt,
  between,
  choice,
  cutHere,
  type Diagnostic,
  each,
  eof,
  fail,
  label,
  lazy,
  lookahead,
  many,
  ok,
  opt,
  or,
  type Parser,
  type RunConfig,
  recover,
  rule,
  run,
  sepBy,
  seq,
  skipR,
  spanned,
  syncTo,
  verify,
} from "../../src/index.ts";
import { lineEnding, oneOf, spaces0, string, symbol, takeWhile, takeWhile1 } from "../../src/lex/index.ts";
import { runStream } from "../../src/stream/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";

/** As `name line:column`, innermost first. */
function told({ context, contextAt = [] }: Diagnostic): readonly string[] {
  return context.map((name, i) => `${name} ${contextAt[i]?.line}:${contextAt[i]?.column}`);
}

function contexts(parser: Parser<unknown, unknown>, input: string, config: RunConfig = {}): readonly string[][] {
  return run(parser, input, config).diagnostics.map((diagnostic) => [...told(diagnostic)]);
}

test("each rule with where it began", (t) => {
  const input = '{\n  "a": [1,\n    {"b" 2}]}';
  everyWay(t, json, input);
  t.deepEqual(contexts(json, input), [["object 3:5", "array 2:8", "object 1:1"]]);
});

test("a rule that has ended, one that has not, and one that was only looked for", (t) => {
  const sign = rule("sign", oneOf("+-").opt());
  const line = rule("line", seq(string("- "), sign, fail()));
  everyWay(t, many(line), "- 1");
  t.deepEqual(contexts(many(line), "- 1"), [["sign 1:3", "line 1:1"]]);
  const pick = rule("pick", choice([rule("one", string("1")), rule("two", string("2"))]));
  everyWay(t, seq(string("x"), pick), "x3");
  t.deepEqual(contexts(seq(string("x"), pick), "x3"), [["pick 1:2"]]);
});

const collect: RunConfig = { extensions: { recover: { mode: "collect" } } };
const [x, y, z] = [string("x"), string("y"), string("z")];
const [inA, inB] = [rule("a", x), rule("b", y)];
const named = rule("n", x);

/** Parsers, an input on which each fails, and its context; a name stands for a rule that began where it failed. */
const HELD: Readonly<Record<string, readonly [Parser<unknown, unknown>, string, readonly string[]]>> = {
  "of several that were tried": [choice([inA, inB]), "?", []],
  "of several that were tried where nothing is read": [each(choice([inA, inB])), "?", []],
  "where a character can't decide": [choice([rule("a", string("xx")), rule("b", string("xy"))]), "x?", []],
  "the rule around them": [rule("p", choice([inA, inB])), "?", ["p"]],
  "the innermost that holds them all": [rule("p", rule("q", choice([inA, inB, rule("c", z)]))), "?", ["q", "p"]],
  "a rule and what follows it": [seq(rule("p", x.opt()), y), "?", []],
  "a rule in a rule, and what follows it there": [rule("o", seq(rule("i", x.opt()), y)), "?", ["o"]],
  "one that was only looked for, and no other": [seq(x, rule("i", y.opt()), fail()), "x?", ["i"]],
  "a rule behind what was looked for": [seq(x.opt(), rule("p", y)), "?", []],
  "a rule behind what says nothing": [or(fail(), rule("p", seq(y, z))), "?", ["p"]],
  "two rules behind what says nothing": [choice([fail(), inA, inB]), "?", []],
  "a rule that is tried twice": [choice([attempt(seq(named, y)), attempt(seq(named, z))]), "?", []],
  "a label around a rule": [label("l", rule("p", oneOf("xy"))), "?", ["p"]],
  "a label around two": [label("l", choice([inA, inB])), "?", []],
  "a label around two, a character does not decide": [label("l", or(attempt(inA), rule("b", seq(x, z)))), "?", []],
  "many around a rule around two": [seq(many(rule("m", choice([inA, inB]))), fail()), "x?", ["m"]],
  "opt around two": [seq(opt(choice([inA, inB])), fail()), "?", []],
  "rules that began before": [or(attempt(rule("a", seq(x, y))), rule("b", seq(x, z))), "x?", ["b 1:1"]],
  "a rule in one that began before": [rule("o", seq(x, choice([inA, inB]))), "x?", ["o 1:1"]],
  "behind a cut": [seq(x.opt(), cutHere(), rule("p", y)), "?", ["p"]],
  "what a function returns": [
    or(
      inA,
      andThen(ok(1), () => rule("p", y)),
    ),
    "?",
    [],
  ],
  "all in what a function returns": [
    rule(
      "o",
      andThen(ok(1), () => rule("p", or(inA, inB))),
    ),
    "?",
    ["p", "o"],
  ],
  "a rule with what is put by in it": [each(rule("p", seq(x, spaces0))), "x ?", []],
  "a refusal and a rule": [or(attempt(verify(x, () => false, "no")), rule("p", seq(x, y))), "x?", ["p 1:1"]],
  "a refusal of nothing, and a rule": [or(attempt(verify(ok(1), () => false, "no")), rule("p", y)), "?", []],
};

for (const [name, [parser, input, context]] of Object.entries(HELD)) {
  test(`a rule that began at the failure holds all that failed there: ${name}`, (t) => {
    everyWay(t, parser, input);
    const expected = context.map((one) => (one.includes(" ") ? one : `${one} 1:${input.length}`));
    t.deepEqual(contexts(parser, input), [expected]);
  });
}

test("so it is in what is recovered from, and where that is in vain", (t) => {
  const until = (p: Parser<unknown>): Parser<unknown> => recover(p, string(";"), null);
  const cases: readonly (readonly [Parser<unknown, unknown>, string, readonly string[]])[] = [
    [until(choice([inA, inB])), "?;", []],
    [until(rule("p", choice([inA, inB]))), "?;", ["p 1:1"]],
    [rule("o", until(choice([inA, inB]))), "?;", ["o 1:1"]],
    [seq(x.opt(), until(rule("p", y))), "?;", ["p 1:1"]],
    [seq(x.opt(), until(rule("p", y))), "?", []],
    [seq(opt(fail()), until(rule("p", y))), "?", ["p 1:1"]],
    [seq(until(rule("p", x.opt())), y), "?", []],
    [seq(x.opt(), until(rule("p", y.opt())), fail()), "?", []],
    [rule("o", seq(x.opt(), rule("p", until(choice([inA, inB]))))), "?", ["o 1:1"]],
  ];
  for (const [parser, input, context] of cases) {
    everyWay(t, parser, input, collect);
    t.deepEqual(contexts(parser, input, collect)[0], context);
  }
});

test("so it is in a preview", (t) => {
  const parser = seq(x, rule("p", choice([inA, inB])));
  const outcome = runStream(parser, "x");
  if (outcome.kind !== "pending") throw new Error("it waits");
  t.deepEqual(told(outcome.continuation.preview().diagnostics[0] as Diagnostic), ["p 1:2"]);
});

test("only the innermost eight", (t) => {
  const nest: Parser<unknown> = rule("nest", between(string("("), lazy(() => nest).opt(), string(")")));
  const input = "(".repeat(12);
  everyWay(t, nest, input);
  t.deepEqual(
    contexts(nest, input)[0],
    Array.from({ length: 8 }, (_, i) => `nest 1:${12 - i}`),
  );
});

test("a fatal error has them too", (t) => {
  const p = rule("outer", seq(string("a\n"), rule("inner", many(ok(1)))));
  everyWay(t, p, "a\nb");
  t.deepEqual(contexts(p, "a\nb"), [["inner 2:1", "outer 1:1"]]);
});

test("a warning and a failure in space have none", (t) => {
  const [diagnostic] = run(string("a"), "b").diagnostics;
  t.deepEqual(diagnostic?.contextAt, []);
});

// Inputs so long that what the rules began with is let go.

const filler = takeWhile("xyz \n");
const word = takeWhile1("abc");
const long = (length: number): string => "xyz x\n".repeat(Math.ceil(length / 6));
const nested: Parser<unknown> = lazy(() => rule("nested", between(string("("), many(piece), string(")"))));
const piece: Parser<unknown> = lazy(() => choice([nested, takeWhile1("xyz \n")]));

const CASES: Readonly<Record<string, readonly [Parser<unknown, unknown>, string, RunConfig?]>> = {
  "open rules and brackets": [nested, `(${long(9000)}(${long(7000)}((${long(5000)}!`],
  "unclosed at the end": [nested, `(${long(9000)}(${long(7000)}((${long(5000)}`],
  "a rule that ended": [
    seq(filler, rule("part", seq(word, filler, string("q").opt())), fail()),
    `${long(6000)}abc${long(9000)}!`,
  ],
  "a rule that ended inside a span": [
    seq(spanned(rule("part", seq(filler, spanned(rule("deep", seq(word, filler, string("q").opt())))))), fail()),
    `${long(6000)}abc${long(9000)}!`,
  ],
  "a rule that ended before a look-ahead over much text": [
    seq(rule("part", seq(filler, string("q").opt())), lookahead(seq(takeWhile("abc"), string("."))), fail()),
    `${long(9000)}${"abc".repeat(5000)}.`,
  ],
  "the record of an attempt that went far, and was taken back": [
    seq(
      filler,
      or(
        attempt(rule("far", between(string("("), filler, string(")")))),
        seq(string("("), rule("near", takeWhile("x")), string("!")),
      ),
    ),
    `${long(5000)}(${long(9000)}?`,
  ],
  "the record of an attempt that went far, seen at the end": [
    seq(
      or(attempt(rule("far", between(string("("), filler, string(")")))), seq(string("("), rule("near", word))),
      filler,
    ),
    `(${long(9000)}?`,
  ],
  "what a function returns": [
    rule(
      "outer",
      andThen(seq(string("("), filler), () => rule("made", seq(filler, word, filler, string(".")))),
    ),
    `(${long(9000)}abc${long(9000)}!`,
  ],
  "the end was expected": [rule("part", seq(filler, word.opt(), eof)), `${long(9000)}q${long(300)}`],
  recovery: [
    many(
      skipR(
        recover(rule("item", seq(string("("), filler, rule("close", string(")")))), lookahead(string(";")), null),
        string(";"),
      ),
    ),
    `(${long(9000)});(${long(9000)}!!;(${long(5000)}`,
    collect,
  ],
  "recovery in recovery": [
    rule(
      "list",
      sepBy(
        recover(
          rule(
            "item",
            between(symbol("["), recover(rule("in", skipR(word, filler)), oneOf("]").many1(), 0), symbol("]")),
          ),
          syncTo(string(";")),
          null,
        ),
        seq(string(";"), lineEnding.opt()),
      ),
    ),
    `[abc${long(6000)}];\n[${long(6000)}];[abc`,
    collect,
  ],
};

for (const [name, [parser, input, config]] of Object.entries(CASES)) {
  test(`${name}: the places are those of a run`, (t) => {
    for (let seed = 1; seed <= 3; seed++) t.is(firstDifference(parser, input, config, { seed, random: 6 }), undefined);
    t.true(run(parser, input, config).diagnostics.length > 0);
    t.true(run(parser, input, config).diagnostics.some(({ context }) => context.length > 0));
  });
}
