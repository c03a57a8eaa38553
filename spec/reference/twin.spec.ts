// The twin itself, held against the worked examples of the semantics.
import test from "ava";
import * as make from "../../src/grammar/make.ts";
import { nodeOf, Parser } from "../../src/grammar/parser.ts";
import {
  andThen,
  attempt,
  between,
  choice,
  cut,
  cutHere,
  each,
  emit,
  eof,
  fail,
  label,
  lazy,
  lookahead,
  many,
  manyTill,
  notFollowedBy,
  ok,
  opt,
  or,
  repeat,
  rule,
  sepBy,
  sepEndBy,
  seq,
  slice,
  spanned,
} from "../../src/index.ts";
import { commentBlock, lexeme, string, takeUntil, takeWhile, token } from "../../src/lex/index.ts";
import { type TwinResult, twin } from "./twin/twin.ts";

const [a, b, c, comma] = [string("a"), string("b"), string("c"), string(",")];

function partial(parser: Parser<unknown, unknown>, input: string): TwinResult {
  return twin(nodeOf(parser), input, { requireEof: false });
}

/** In short: `ok 1` up to where, or the kind of failure, what it expected and where. */
function says(parser: Parser<unknown, unknown>, input: string): string {
  const { ok, end, consumed, committed, failure } = partial(parser, input);
  if (ok) return `ok ${end}`;
  const kind = committed ? "committed" : consumed ? "consumed" : "empty";
  return `${failure?.code ?? kind} ${failure?.offset} ${failure?.expected.join(" ")}`.trimEnd();
}

const y = string("y");
const z = string("z");
const leaf = Parser.of(make.leaf("if", "keyword", nodeOf(seq(string("if"), notFollowedBy(string("x"))))));
const cell = takeWhile((char) => char !== ",");

const examples: readonly (readonly [name: string, parser: Parser<unknown, unknown>, input: string, said: string])[] = [
  ["1: a cut in opt stays there", or(seq(opt(cutHere()), y), z), "z", "ok 1"],
  ["1: a cut in a rule doesn't", or(seq(rule("r", cutHere()), y), z), "z", "committed 0 token:y"],
  ["1: attempt takes a cut", or(attempt(seq(a, cutHere(), b)), string("ac")), "ac", "ok 2"],
  ["1: an iteration that is cut", many(cut(a)), "a", "committed 1 token:a"],
  ["1: success leaves the outer scope as it was", or(seq(cut(opt(a)), b), c), "c", "ok 1"],
  ["2: the farther failure counts", or(attempt(seq(a, b)), c), "ac", "empty 1 token:b"],
  ["2: a cut starts anew", seq(opt(a), cutHere(), b), "x", "committed 0 token:b"],
  ["2: what was given up on counts", seq(opt(a), many(b), c), "x", "empty 0 token:a token:b token:c"],
  ["3: texts fail at their start", or(string("ab"), string("ac")), "ac", "ok 2"],
  ["3: leaves made of several parsers too", leaf, "ifx", "empty 0 keyword:if"],
  ["4: look-ahead reads nothing", seq(lookahead(string("ab")), a), "ab", "ok 1"],
  ["4: it keeps how far it got", or(lookahead(seq(a, b)), fail()), "ac", "empty 1 token:b"],
  ["4: not followed by", seq(notFollowedBy(seq(a, b)), a), "ac", "ok 1"],
  ["4: followed by all the same", notFollowedBy(a), "a", "empty 0 not"],
  ["5: no progress", many(opt(a)), "ab", "E3001 1"],
  ["5: progress by the separator", sepBy(cell, comma), "a,,b", "ok 4"],
  ["5: a separator needs an element", sepBy(a, comma), "a,", "consumed 2 token:a"],
  ["5: or not", sepEndBy(a, comma), "a,", "ok 2"],
  ["5: only the end ends it", manyTill(a, b), "aac", "consumed 2 token:a token:b"],
  ["5: mandatory iterations", repeat(a, 2, 3), "ab", "consumed 1 token:a"],
  ["5: no more than that", repeat(a, 2, 3), "aaaa", "ok 3"],
  ["6: between is committed", or(between(string("["), ok(0), string("]")), string("[x")), "[x", "committed 1 token:]"],
  ["6: an attempt outside still catches", or(attempt(between(a, ok(0), b)), string("ac")), "ac", "ok 2"],
  ["6: nothing read, no commit", or(between(ok(0), a, b), c), "c", "ok 1"],
  ["7: a label stands for what is expected at its start", label("x", or(a, b)), "c", "empty 0 rule:x"],
  ["7: not for what is deeper", label("x", seq(a, b)), "ac", "consumed 1 token:b"],
  ["7: the outermost wins", label("x", label("y", a)), "c", "empty 0 rule:x"],
  ["7: after a cut too", label("x", seq(cutHere(), a)), "c", "committed 0 rule:x"],
  ["7: also when it succeeds", seq(label("x", many(a)), b), "c", "empty 0 rule:x token:b"],
  ["9: nothing catches what is fatal", or(attempt(many(ok(1))), ok(2)), "", "E3001 0"],
  ["9: left recursion", leftRecursive(), "a", "E4001 0"],
  ["trivia records nothing", seq(lexeme(a, takeWhile(" ")), b), "a c", "consumed 2 token:b"],
  ["but a comment that is not closed", seq(lexeme(a, commentBlock("[", "]")), b), "a[c", "committed 3 token:]"],
  ["not inside a leaf", token("x", lexeme(a, commentBlock("[", "]"))), "a[c", "empty 0 rule:x"],
  ["takeUntil fails where the input ends", takeUntil("]"), "abc", "consumed 3 token:]"],
  ["fail says so", fail("why"), "", "empty 0 custom:why"],
  ["no half of a pair", or(string("\ud83d"), a), "\ud83d\ude00", "empty 0 token:a token:\ud83d"],
  ["a lone half is a character", seq(string("\ud83d"), a), "\ud83da", "ok 2"],
];

function leftRecursive(): Parser<unknown> {
  const e: Parser<unknown> = lazy(() => or(seq(e, a), a));
  return e;
}

for (const [name, parser, input, said] of examples) {
  test(name, (t) => {
    t.is(says(parser, input), said);
  });
}

test("values", (t) => {
  t.deepEqual(partial(sepBy(cell, comma), "").value, [""]);
  t.deepEqual(partial(sepBy(cell, comma), "a,,b").value, ["a", "", "b"]);
  t.deepEqual(partial(seq(), "").value, []);
  t.is(partial(each(a), "aa").value, 2);
  t.is(partial(slice(seq(a, many(b))), "abbc").value, "abb");
  t.deepEqual(partial(spanned(string("é😀")), "é😀").value, {
    value: "é😀",
    span: {
      start: { offset: 0, byteOffset: 0, line: 1, column: 1 },
      end: { offset: 3, byteOffset: 6, line: 1, column: 3 },
    },
  });
  t.is(
    partial(
      andThen(string("a"), () => b),
      "ab",
    ).value,
    "b",
  );
  t.is(partial(choice([a, b]), "b").value, "b");
});

const emissions: readonly (readonly [
  name: string,
  parser: Parser<unknown, unknown>,
  input: string,
  emitted: readonly unknown[],
])[] = [
  ["of a branch that failed empty", or(seq(emit(ok(1)), a), emit(ok(2))), "b", [2]],
  ["of a branch that read", or(seq(emit(ok(1)), a, c), emit(ok(2))), "ab", [1]],
  ["of a branch that committed", or(seq(emit(ok(1)), cutHere(), a), emit(ok(2))), "b", [1]],
  ["under an attempt that failed", opt(attempt(seq(a, emit(ok(1)), b))), "ac", []],
  ["under an attempt that succeeded", or(seq(attempt(seq(a, emit(ok(1)))), b), ok(0)), "ac", [1]],
  ["reading that is rewound doesn't count", or(seq(emit(ok(1)), attempt(seq(a, b))), ok(0)), "ac", []],
  ["in look-ahead", seq(lookahead(emit(a)), emit(a)), "a", ["a"]],
  ["the last alternative too", or(fail(), seq(emit(ok(1)), a)), "b", []],
  ["in no branch at all", seq(emit(ok(1)), a), "b", [1]],
  ["inner before outer", emit(seq(emit(a), b)), "ab", ["a", ["a", "b"]]],
  ["in what is dropped", slice(emit(a)), "a", ["a"]],
  ["of a list", each(a, { sep: comma, end: string(";") }), "a,a;", ["a", "a"]],
  ["before what is fatal", seq(each(a), many(ok(1))), "aa", ["a", "a"]],
  ["of an iteration that is fatal", seq(each(ok(1))), "", []],
  ["of an iteration that read nothing", seq(each(ok(1), { sep: comma }), b), "c", [1]],
];

for (const [name, parser, input, emitted] of emissions) {
  test(`emissions ${name}`, (t) => {
    t.deepEqual(partial(parser, input).emitted, emitted);
  });
}

test("requireEof is one more parser", (t) => {
  const { failure } = twin(nodeOf(many(attempt(seq(a, b)))), "abac", { requireEof: true });
  t.like(failure, { offset: 3, expected: ["token:b"], context: [] });
  t.deepEqual(twin(nodeOf(many(a)), "ab", { requireEof: true }).failure?.expected, ["eof", "token:a"]);
  t.true(twin(nodeOf(seq(a, eof)), "a", { requireEof: true }).ok);
});

test("context is the innermost rules, innermost first", (t) => {
  const deep = Array.from({ length: 10 }, (_, i) => `r${i}`).reduce<Parser<unknown>>((p, name) => rule(name, p), a);
  t.deepEqual(partial(deep, "b").failure?.context, ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"]);
  t.deepEqual(partial(or(rule("x", a), rule("y", b)), "c").failure?.context, []);
  t.deepEqual(partial(rule("z", or(rule("x", a), rule("y", b))), "c").failure?.context, ["z"]);
});

test("6: where brackets were opened, and what closes them", (t) => {
  const report = (parser: Parser<unknown, unknown>, input: string): unknown => {
    const { notes = [], closers = [] } = partial(parser, input).failure?.report ?? {};
    const places = notes.map(({ message, span }) => `${message} ${span?.start.line}:${span?.start.column}`);
    return [...places, ...closers.map(({ span, insert }) => `${insert} ${span.start.line}:${span.start.column}`)];
  };
  const inner = between(string("["), lexeme(a), string("]"));
  const outer = between(string("{"), inner, string("}"));
  t.deepEqual(report(outer, "{[a x"), ["opened here 1:2", "] 1:4"]);
  t.deepEqual(report(outer, "{[x"), []);
  t.deepEqual(report(outer, "{[a"), ["opened here 1:2", "not closed 1:1", "] 1:4", "} 1:4"]);
  t.deepEqual(report(outer, "{["), ["not closed 1:2", "not closed 1:1"]);
  t.deepEqual(report(seq(string("\r\n"), outer), "\r\n{[a]"), ["opened here 2:1", "} 2:5"]);
});

test("a byte order mark is not read", (t) => {
  const result = partial(spanned(a), "\ufeffa");
  t.deepEqual(result.value, {
    value: "a",
    span: {
      start: { offset: 1, byteOffset: 3, line: 1, column: 1 },
      end: { offset: 2, byteOffset: 4, line: 1, column: 2 },
    },
  });
});
