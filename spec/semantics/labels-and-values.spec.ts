// Rules 7, 10, 11, 12 and 13: labels and rules, the end of input, values, calls, parsers made while running.
import test from "ava";
import * as make from "../../src/grammar/make.ts";
import { nodeOf, Parser } from "../../src/grammar/parser.ts";
import {
  andThen,
  attempt,
  between,
  choice,
  concat,
  cutHere,
  each,
  eof,
  hidden,
  label,
  lazy,
  many,
  map,
  notFollowedBy,
  ok,
  opt,
  or,
  position,
  rule,
  run,
  sepBy,
  seq,
  skipL,
  skipMany,
  slice,
  spanned,
} from "../../src/index.ts";
import {
  identifier,
  int10,
  lineEnding,
  oneOf,
  satisfy,
  spaces0,
  string,
  symbol,
  takeUntil,
  takeWhile,
  takeWhile1,
} from "../../src/lex/index.ts";
import { CLOSED, parseLoopSync, resume, runStream } from "../../src/stream/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { size } from "../_size.ts";
import { gives, partly, refuses } from "./_reply.ts";

const [a, b, c] = [string("a"), string("b"), string("c")];

test("7: a label stands for what is expected at its start, and only there", (t) => {
  refuses(t, label("letter", or(a, b)), "x", 0, ["rule:letter"]);
  refuses(t, label("pair", seq(a, b)), "ax", 1, ["token:b"]);
  refuses(t, seq(c, label("letter", or(a, b))), "cx", 1, ["rule:letter"]);
});

test("7: also when it succeeds, and after a cut", (t) => {
  refuses(t, seq(label("as", many(a)), b), "x", 0, ["rule:as", "token:b"]);
  refuses(t, label("letter", seq(cutHere(), a)), "x", 0, ["rule:letter"]);
});

test("7: what is hidden is not told at its start", (t) => {
  refuses(t, seq(hidden(opt(a)), b), "x", 0, ["token:b"]);
  refuses(t, seq(opt(hidden(or(a, c))), b), "x", 0, ["token:b"]);
  refuses(t, seq(opt(hidden(seq(a, b))), c), "ac", 1, ["token:b"]);
  refuses(t, hidden(a), "x", 0, []);
  refuses(t, label("letter", hidden(a)), "x", 0, ["rule:letter"]);
  refuses(t, hidden(label("letter", a)), "x", 0, []);
});

test("7: labelled leaves and choices are told by their names wherever they stand", (t) => {
  refuses(t, between(label("opener", a), b, c), "x", 0, ["rule:opener"]);
  refuses(t, sepBy(label("letter", or(a, b)), c), "acx", 2, ["rule:letter"]);
  refuses(t, seq(label("letter", choice([seq(a, b), seq(b, c)])), c), "ac", 1, ["token:b"]);
  refuses(t, seq(concat(many(label("part", or(takeWhile1("xy"), a)))), c), "xyb", 2, ["rule:part", "token:c"]);
  const parts = concat(many(or(label("run", takeWhile1("xy")), label("other", a))));
  refuses(t, seq(parts, c), "xyb", 2, ["rule:other", "rule:run", "token:c"]);
  refuses(t, label("word", or(string("true"), string("false"))), "tru", 0, ["rule:word"]);
});

test("7: a label does not speak for space that fails", (t) => {
  const space = Parser.of<undefined>(make.trivia(make.skip(nodeOf(or(a, c)))));
  refuses(t, label("letter", seq(space, b)), "b", 0, []);
  refuses(t, label("letter", choice([seq(space, b), seq(space, c)])), "b", 0, []);
  refuses(t, label("letter", or(seq(space, b), oneOf("x"))), "b", 0, ["rule:letter"]);
});

test("7: the outermost of nested labels that begin there wins", (t) => {
  refuses(t, label("outer", label("inner", a)), "x", 0, ["rule:outer"]);
  refuses(t, label("outer", seq(opt(b), label("inner", a))), "x", 0, ["rule:outer"]);
  refuses(t, label("outer", seq(b, label("inner", a))), "bx", 1, ["rule:inner"]);
});

test("7: rule alone adds context, innermost first and at most eight", (t) => {
  const contextOf = (parser: Parser<unknown>, input: string) =>
    everyWay(t, parser, input, partly).diagnostics[0]?.context;
  t.deepEqual(contextOf(rule("outer", seq(a, rule("inner", b))), "ax"), ["inner", "outer"]);
  t.deepEqual(contextOf(rule("outer", seq(rule("done", a), b)), "ax"), ["outer"]);
  t.deepEqual(contextOf(label("outer", a), "x"), []);
  const deep = Array.from({ length: 10 }, (_, i) => `r${i}`).reduce<Parser<unknown>>((p, name) => rule(name, p), a);
  t.deepEqual(contextOf(deep, "x"), ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"]);
});

test("7: a rule changes nothing of what is expected", (t) => {
  refuses(t, rule("r", or(a, b)), "x", 0, ["token:a", "token:b"]);
});

test("10: the end of input is required by one more parser", (t) => {
  refuses(t, many(attempt(seq(a, b))), "abac", 3, ["token:b"], {});
  refuses(t, many(a), "aab", 2, ["eof", "token:a"], {});
  gives(t, many(a), "aab", ["a", "a"], partly);
});

test("11: what gives undefined", (t) => {
  gives(
    t,
    seq(opt(b), cutHere(), notFollowedBy(b), skipMany(a), lineEnding, spaces0, eof),
    "aa\n \t ",
    Array(7).fill(undefined),
  );
  gives(t, lineEnding, "\r\n", undefined);
  gives(t, opt(a, "none"), "", "none");
});

test("11: what gives the text as it was written", (t) => {
  gives(t, seq(int10, string("a"), symbol("bc"), identifier), "07abc  x1", ["07", "a", "bc", "x1"]);
  gives(t, seq(takeWhile("ab"), takeWhile1("c"), takeUntil("]]"), string("]]")), "abacc[x]]", [
    "aba",
    "cc",
    "[x",
    "]]",
  ]);
  gives(t, slice(seq(a, many(b))), "abb", "abb");
});

test("11: spans, empty sequences and counts", (t) => {
  gives(t, seq(a, spanned(string("b😀"))), "ab😀", [
    "a",
    { value: "b😀", span: { start: { offset: 1 }, end: { offset: 4 } } },
  ]);
  gives(t, seq(a, position), "a", ["a", { offset: 1 }]);
  gives(t, seq(), "", []);
  refuses(t, choice([]), "a", 0, []);
  gives(t, each(a), "aaa", 3);
});

test("11: a predicate gets one character, a code point as a string", (t) => {
  const seen = new Set<string>();
  const any = satisfy((char) => {
    seen.add(char);
    return true;
  });
  gives(t, many(any), "é😀\u0301", ["é", "😀", "\u0301"]);
  for (const char of seen) t.is([...char].length, 1);
});

/** How often `f` is called while `go` runs. */
function calls(go: (f: <T>(value: T) => T) => void): number {
  let times = 0;
  go((value) => {
    times += 1;
    return value;
  });
  return times;
}

test("12: a function is called once per success, however the input is cut", (t) => {
  const parserOf = (f: <T>(value: T) => T) => many(or(attempt(seq(map(a, f), b)), map(oneOf("ac"), f)));
  const input = "abacabcc";
  const whole = calls((f) => run(parserOf(f), input));
  t.is(whole, 7);
  t.is(
    calls((f) => {
      const loop = parseLoopSync(parserOf(f));
      let step = loop.next();
      for (const char of input) if (!step.done) step = loop.next(char);
      while (!step.done) step = loop.next(CLOSED);
    }),
    whole,
  );
  t.is(
    calls((f) => {
      let outcome = runStream(parserOf(f), "");
      for (const char of input) if (outcome.kind === "pending") outcome = resume(outcome.continuation, char);
      if (outcome.kind === "pending") outcome = resume(outcome.continuation, CLOSED);
    }),
    whole,
  );
});

test("12: not where the value is dropped", (t) => {
  t.is(
    calls((f) => run(seq(skipMany(map(a, f)), b), "aab")),
    0,
  );
  t.is(
    calls((f) => run(slice(many(map(a, f))), "aa")),
    0,
  );
  t.is(
    calls((f) => run(skipL(map(a, f), b), "ab")),
    0,
  );
});

test("12: what decides how to go on is called there as well", (t) => {
  gives(t, slice(andThen(oneOf("ab"), (char) => string(char))), "aa", "aa");
});

test("12: a function may run parsers itself", (t) => {
  const inner = many(a);
  const parser = map(takeWhile1("a"), (text) => run(inner, text).value?.length);
  gives(t, seq(parser, b), "aaab", [3, "b"]);
});

test("12: what a function throws reaches the caller as it is, and the parser stays usable", (t) => {
  const error = new Error("from the outside");
  const parser = many(
    map(oneOf("ab"), (char) => {
      if (char === "b") throw error;
      return char;
    }),
  );
  t.is(
    t.throws(() => run(parser, "aab")),
    error,
  );
  t.is(
    t.throws(() => runStream(parser, "aab")),
    error,
  );
  gives(t, parser, "aa", ["a", "a"]);
});

test("13: what andThen returns goes on in the same scope", (t) => {
  gives(
    t,
    andThen(oneOf("ab"), (char) => many(string(char))),
    "bbb",
    ["b", "b"],
  );
  refuses(
    t,
    andThen(oneOf("ab"), (char) => string(char)),
    "ab",
    1,
    ["token:a"],
  );
  gives(t, many(andThen(oneOf("ab"), (char) => opt(string(char)))), "aaabb", ["a", undefined, "b"]);
});

test("13: a grammar that returns itself is a loop", (t) => {
  const loop: Parser<unknown> = andThen(oneOf("ab"), (char) => (char === "b" ? ok("end") : loop));
  gives(t, loop, "aaaab", "end");
  t.is(run(loop, `${"a".repeat(100_000)}b`).value, "end");
});

test("13: more than 10,000 of them at one offset is fatal", (t) => {
  const spin: Parser<unknown> = andThen(ok(1), () => lazy(() => spin));
  const looping = or(attempt(seq(a, spin)), ok(1));
  t.like(run(looping, "a", partly).diagnostics[0], { code: "E4001", at: { start: { offset: 1 } } });
  t.is(firstDifference(looping, "a", partly, { random: size(2, 20) }), undefined);
});
