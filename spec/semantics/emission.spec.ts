// Rules 16 to 18: when an emitted value is certain, when it leaves, and where it goes.
import test from "ava";
import {
  andThen,
  attempt,
  choice,
  cut,
  cutHere,
  each,
  emit,
  eof,
  lookahead,
  many,
  map,
  notFollowedBy,
  ok,
  opt,
  or,
  ParseError,
  type Parser,
  recover,
  run,
  runPartial,
  sepBy,
  seq,
  skipL,
  skipMany,
  slice,
} from "../../src/index.ts";
import { lengthPrefixed, takeBytes, uint8 } from "../../src/lex/binary/index.ts";
import { lexeme, oneOf, string, takeWhile } from "../../src/lex/index.ts";
import { precedence } from "../../src/op/index.ts";
import { CLOSED, parse, parseEach, parseLoop, resume, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { emits } from "./_reply.ts";

const [a, b, c, comma, line] = [string("a"), string("b"), string("c"), string(","), string("\n")];

test("16: what a branch emitted is dropped when it fails empty", (t) => {
  emits(t, or(seq(emit(ok(1)), a), emit(ok(2))), "b", [2]);
  emits(t, seq(opt(seq(emit(ok(1)), a)), emit(ok(2))), "b", [2]);
  emits(t, seq(many(seq(emit(ok(1)), a)), emit(ok(2))), "aab", [1, 1, 2]);
  emits(t, choice([seq(emit(ok(1)), a), seq(emit(ok(2)), b), seq(emit(ok(3)), c)]), "c", [3]);
  emits(t, or(a, seq(emit(ok(1)), b)), "c", []);
});

test("16: it stays when the branch has read something or is committed", (t) => {
  emits(t, or(seq(emit(ok(1)), a, b), emit(ok(2))), "ac", [1]);
  emits(t, or(seq(a, emit(ok(1)), b), emit(ok(2))), "ac", [1]);
  emits(t, or(seq(emit(ok(1)), cutHere(), a), emit(ok(2))), "b", [1]);
  emits(t, or(seq(emit(ok(1)), cut(a)), emit(ok(2))), "b", [1]);
});

test("16: reading that was taken back is no reading", (t) => {
  emits(t, or(seq(emit(ok(1)), attempt(seq(a, b))), emit(ok(2))), "ac", [2]);
  emits(t, or(seq(emit(ok(1)), lookahead(a), b), emit(ok(2))), "ac", [2]);
});

test("16: under an attempt it waits for the end of the attempt", (t) => {
  emits(t, opt(attempt(seq(emit(a), b))), "ac", []);
  emits(t, seq(attempt(seq(emit(a), b)), c), "abc", ["a"]);
  emits(t, attempt(seq(each(a), attempt(each(b)), c)), "aabc", ["a", "a", "b"]);
  emits(t, or(seq(attempt(emit(ok(1))), a), emit(ok(2))), "b", [2]);
});

test("16: in look-ahead and notFollowedBy nothing is emitted", (t) => {
  emits(t, seq(lookahead(each(a)), each(a)), "aa", ["a", "a"]);
  emits(t, seq(notFollowedBy(seq(emit(a), c)), emit(a)), "ab", ["a"]);
});

test("16: outside of every branch it is certain at once", (t) => {
  emits(t, seq(emit(ok(1)), a), "b", [1]);
  emits(t, seq(emit(ok(1)), each(a), b), "aac", [1, "a", "a"]);
});

test("16: slice, skip and dropped sides still build and emit", (t) => {
  emits(t, slice(many(emit(map(a, () => "mapped")))), "aa", ["mapped", "mapped"]);
  emits(t, skipMany(emit(map(a, (text) => [text]))), "aa", [["a"], ["a"]]);
  emits(t, skipL(emit(seq(a, b)), c), "abc", [["a", "b"]]);
});

test("16: inner before outer, in order", (t) => {
  emits(t, emit(seq(emit(a), emit(b))), "ab", ["a", "b", ["a", "b"]]);
  emits(t, each(seq(emit(a), b)), "abab", ["a", ["a", "b"], "a", ["a", "b"]]);
});

test("16: what andThen returns emits as well", (t) => {
  emits(
    t,
    andThen(oneOf("ab"), (char) => each(string(char))),
    "bbb",
    ["b", "b"],
  );
});

test("16: what ended inside a committed scope stays, whatever becomes of the branch around it", (t) => {
  const inCut = cut(seq(opt(emit(ok(1))), takeWhile("a")));
  emits(t, seq(string("x"), or(seq(inCut, string("z")), b)), "xb", [1]);
  emits(t, or(seq(opt(seq(opt(emit(ok(1))), cutHere(), takeWhile("a"))), string("z")), b), "b", [1]);
  emits(t, or(seq(many(seq(opt(emit(ok(1))), cutHere(), opt(c), string("a"))), b), c), "ab", [1, 1]);
  // it leaves after what comes before it, which is taken back
  emits(t, or(seq(emit(ok(0)), inCut, string("z")), b), "b", [1]);
  emits(t, or(seq(emit(ok(0)), inCut, emit(ok(2)), string("z")), seq(emit(ok(3)), b)), "b", [1, 3]);
  emits(t, or(attempt(seq(inCut, string("z"))), b), "b", []);
});

test("16: a cut is that of the recovery, whose failure takes nothing with it", (t) => {
  const collect = { extensions: { recover: { mode: "collect" } } } as const;
  const missing = (p: Parser<unknown, unknown>): Parser<unknown, unknown> => recover(p, ok(null), "missing");
  for (const p of [seq(emit(ok(1)), missing(seq(cutHere(), a))), missing(seq(emit(ok(1)), cutHere(), a))]) {
    t.deepEqual(everyWay(t, or(seq(p, c), b), "b", collect).emitted, []);
    t.deepEqual(everyWay(t, or(seq(p, b), c), "b", collect).emitted, [1]);
  }
  const lost = recover(seq(cutHere(), a), string(";"), null);
  t.deepEqual(everyWay(t, or(seq(emit(ok(1)), lost), b), "b", collect).emitted, [1]);
});

test("16: reading that a judgement may send back is no reading", (t) => {
  const size = map(seq(uint8, uint8), ([high, low]) => high + low);
  const p = or(seq(emit(ok(1)), lengthPrefixed(size, 3)), seq(emit(ok(2)), takeBytes(2)));
  for (const [bytes, emitted] of [
    [[9, 9], [2]],
    [[0, 1, 9], [1]],
  ] as const) {
    t.deepEqual(everyWay(t, p, Uint8Array.from(bytes), { input: "binary" }).emitted, emitted);
  }
  const inside = or(
    lengthPrefixed(
      seq(emit(uint8), emit(uint8)).map(([, low]) => low),
      3,
    ),
    takeBytes(2),
  );
  t.deepEqual(everyWay(t, inside, Uint8Array.of(9, 9), { input: "binary" }).emitted, []);
  t.deepEqual(everyWay(t, inside, Uint8Array.of(9, 1, 7), { input: "binary" }).emitted, [9, 1]);
  // nothing takes its failure: more bytes are asked for at once
  const waits = runStream(lengthPrefixed(seq(uint8, takeBytes(5)).map(() => 1)), Uint8Array.of(1), { input: "binary" });
  t.is(waits.kind === "pending" && waits.demand.minBytes, 5);
});

test("16: wherever a run rests, it emits the same", (t) => {
  const left = (x: string, y: string): string => `(${x}${y})`;
  const operators = precedence(emit(takeWhile("a"))).level((l) => l.infixl(opt(string("+")).as(left)));
  const parsers: Parser<unknown, unknown>[] = [operators.build(), or(seq(operators.build(), c), b)];
  for (const p of parsers) {
    for (const input of ["", "a", "aa", "+", "a+a", "b", "a+ac"]) {
      const { emitted } = run(p, input);
      for (const steps of [8, 9, 11, 13]) {
        let outcome = runStream(p, input, { yieldEvery: { steps } });
        const found = [...outcome.emitted];
        while (outcome.kind === "pending") {
          outcome = resume(outcome.continuation, outcome.reason === "yield" ? "" : CLOSED);
          found.push(...outcome.emitted);
        }
        t.deepEqual(found, emitted, `${input} by ${steps}`);
      }
    }
  }
});

/** What each chunk brought, and what the end brought. */
function emittedPerChunk(parser: Parser<unknown, unknown>, chunks: readonly string[]): (readonly unknown[])[] {
  const [first = "", ...left] = chunks;
  let outcome = runStream(parser, first);
  const all = [outcome.emitted];
  for (const chunk of [...left, CLOSED] as const) {
    if (outcome.kind === "completed") break;
    outcome = resume(outcome.continuation, chunk);
    all.push(outcome.emitted);
  }
  return all;
}

test("16: a value leaves in the step in which it becomes certain", (t) => {
  t.deepEqual(emittedPerChunk(each(seq(a, line)), ["a", "\n", "a\na", "\n"]), [
    [],
    [["a", "\n"]],
    [["a", "\n"]],
    [["a", "\n"]],
    [],
  ]);
  t.deepEqual(emittedPerChunk(or(seq(emit(ok(1)), string("ab")), emit(ok(2))), ["a", "b"]), [[], [1], []]);
  t.deepEqual(emittedPerChunk(or(seq(emit(ok(1)), string("ab")), seq(emit(ok(2)), a)), ["a", ""]), [[], [], [2]]);
  t.deepEqual(emittedPerChunk(seq(attempt(seq(emit(a), string("bb"))), c), ["a", "b", "b", "c"]), [
    [],
    [],
    ["a"],
    [],
    [],
  ]);
  t.deepEqual(emittedPerChunk(seq(emit(a), cutHere(), b), ["a", "b"]), [["a"], [], []]);
});

test("17: what follows in the body, can't fail and is dropped is read after the value left", (t) => {
  t.deepEqual(emittedPerChunk(each(lexeme(a)), ["a", "  ", "a "]), [["a"], [], ["a"], []]);
  t.deepEqual(emittedPerChunk(emit(lexeme(seq(a, b))), ["ab"]), [[["a", "b"]], []]);
});

test("18: run and runPartial keep them in the result", (t) => {
  t.deepEqual(run(each(a), "aa").emitted, ["a", "a"]);
  t.deepEqual(run(each(a), "aab").emitted, ["a", "a"]);
  t.deepEqual(runPartial(each(a), "aab").result.emitted, ["a", "a"]);
  t.deepEqual(run(many(a), "aa").emitted, []);
});

test("18: the outcomes of a streamed run hand them out, and its result has none", async (t) => {
  const loop = parseLoop(each(a));
  const emitted: string[] = [];
  let step = await loop.next();
  for (const chunk of ["a", "aa", CLOSED] as const) {
    if (step.done) break;
    step = await loop.next(chunk);
    emitted.push(...step.value.emitted);
  }
  t.true(step.done);
  t.deepEqual(emitted, ["a", "a", "a"]);
  if (step.done) t.deepEqual(step.value.result.emitted, []);

  const completed = await parse(each(a), ["a", "aa"]);
  t.deepEqual(completed.emitted, ["a", "a", "a"]);
  t.deepEqual(completed.result.emitted, []);
  t.is(completed.result.value, 3);
});

test("18: parseEach hands them out one by one and returns the completed run", async (t) => {
  const each_ = parseEach(sepBy(emit(a), comma), ["a,", "a", ",a"]);
  const got: string[] = [];
  let step = await each_.next();
  for (; !step.done; step = await each_.next()) got.push(step.value);
  t.deepEqual(got, ["a", "a", "a"]);
  t.is(step.value.kind, "completed");
});

test("18: it rejects after the last certain value was taken", async (t) => {
  const got: string[] = [];
  const error = await t.throwsAsync(
    async () => {
      for await (const item of parseEach(each(seq(a, line).map(([char]) => char)), ["a\na\n", "a,"])) got.push(item);
    },
    { instanceOf: ParseError },
  );
  t.deepEqual(got, ["a", "a"]);
  t.is(error?.diagnostics[0]?.at.start.offset, 5);
  t.false(error?.result.ok);
});

test("18: a parser that emits nothing is taken as each of it up to the end", async (t) => {
  const got: unknown[] = [];
  for await (const item of parseEach(seq(a, b), ["a", "ba", "b"])) got.push(item);
  t.deepEqual(got, [
    ["a", "b"],
    ["a", "b"],
  ]);
  await t.throwsAsync(
    async () => {
      for await (const item of parseEach(seq(a, b), "abx")) got.push(item);
    },
    { instanceOf: ParseError },
  );
  t.is(got.length, 3);
});

test("18: one that emits is not repeated", async (t) => {
  const got: unknown[] = [];
  for await (const item of parseEach(seq(emit(a), b, eof), ["a", "b"])) got.push(item);
  t.deepEqual(got, ["a"]);
});
