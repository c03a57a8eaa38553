// Rules 19, 21, 24 and 25: going on, how much is needed, errors of the stream, looking ahead in time.
import test, { type ExecutionContext } from "ava";
import { json, jsonValue } from "../../src/formats/json.ts";
import {
  andThen,
  attempt,
  cutHere,
  each,
  many,
  map,
  ok,
  opt,
  or,
  ParseError,
  type ParseResult,
  type Parser,
  run,
  seq,
} from "../../src/index.ts";
import { lengthPrefixed } from "../../src/lex/binary/index.ts";
import { int10, lexeme, oneOf, string, symbol, takeCodepoints, takeWhile, takeWhile1 } from "../../src/lex/index.ts";
import {
  awaiting,
  type Chunk,
  CLOSED,
  type Completed,
  type FeederYield,
  feederError,
  feederOf,
  type Pending,
  parseEach,
  parseLoopSync,
  resume,
  runStream,
  type StreamingConfig,
  type StreamOutcome,
} from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";

const [a, b, comma] = [string("a"), string("b"), string(",")];

function pending<T, E>(t: ExecutionContext, outcome: StreamOutcome<T, E>): Pending<T, E> {
  t.is(outcome.kind, "pending");
  return outcome as Pending<T, E>;
}

function completed<T, E>(t: ExecutionContext, outcome: StreamOutcome<T, E>): Completed<T, E> {
  t.is(outcome.kind, "completed");
  return outcome as Completed<T, E>;
}

/** Runs on as long as there is something to feed; the last outcome. */
function after<T, E>(
  parser: Parser<T, E>,
  chunks: readonly Chunk[],
  config: StreamingConfig = {},
): StreamOutcome<T, E> {
  const [first = "", ...left] = chunks;
  let outcome = runStream(parser, first, config);
  for (const chunk of left) if (outcome.kind === "pending") outcome = resume(outcome.continuation, chunk);
  return outcome;
}

function same(
  t: ExecutionContext,
  result: ParseResult<unknown, unknown>,
  expected: ParseResult<unknown, unknown>,
): void {
  t.is(deepEqual({ ...result, emitted: [] }, { ...expected, emitted: [] }), undefined);
}

test("19: an empty chunk has no kind, changes nothing and is always allowed", (t) => {
  const started = pending(t, runStream(many(a), ""));
  t.is(started.reason, "inputExhausted");
  const bytes = pending(t, after(many(a), ["", new Uint8Array(0), "", Uint8Array.of(97), "", new Uint8Array(0)]));
  t.deepEqual(completed(t, resume(bytes.continuation, CLOSED)).result.value, ["a"]);
  const text = pending(t, after(string("ab"), [new Uint8Array(0), "a", new Uint8Array(0), ""]));
  t.deepEqual(text.demand.minBytes, 1);
  t.is(completed(t, resume(pending(t, resume(text.continuation, "b")).continuation, CLOSED)).result.value, "ab");
});

test("19: the first chunk that isn't empty fixes the kind", (t) => {
  for (const [first, second] of [
    ["a", Uint8Array.of(97)],
    [Uint8Array.of(97), "a"],
  ] as const) {
    const { continuation } = pending(t, runStream(many(a), first));
    const { result } = completed(t, resume(continuation, second));
    t.false(result.ok);
    t.true(result.diagnostics[0]?.code?.startsWith("stream."));
  }
});

test("19: an empty chunk from a feeder is as awaiting()", (t) => {
  for (const nothing of ["", awaiting()] as FeederYield[]) {
    const waits = pending(t, runStream(many(a), { pull: () => nothing }));
    t.is(waits.reason, "feederAwait");
  }
});

test("19: the continuation goes on by hand where the feeder stopped", (t) => {
  const chunks: FeederYield[] = ["a", awaiting(), "a"];
  const waits = pending(t, runStream(many(a), { pull: (): FeederYield => chunks.shift() ?? CLOSED }));
  t.deepEqual(completed(t, resume(pending(t, resume(waits.continuation, "aa")).continuation, CLOSED)).result.value, [
    "a",
    "a",
    "a",
  ]);
  t.deepEqual(chunks, ["a"]);
});

test("19: a feeder that has ended completes the run", (t) => {
  t.deepEqual(completed(t, runStream(many(a), feederOf(["a", "aa"]))).result.value, ["a", "a", "a"]);
});

test("19: a chunk given to the very first next is kept", (t) => {
  const loop = parseLoopSync(seq(a, b));
  let step = loop.next("a");
  if (!step.done) step = loop.next("b");
  if (!step.done) step = loop.next(CLOSED);
  t.true(step.done);
  if (step.done) t.deepEqual(step.value.result.value, ["a", "b"]);
});

/** What it asks for after these chunks. */
function asks(t: ExecutionContext, parser: Parser<unknown, unknown>, ...chunks: string[]): number {
  const { demand, continuation } = pending(t, after(parser, chunks));
  t.deepEqual(continuation.meta.resumeHint, demand);
  return demand.minBytes;
}

test("21: a leaf asks for what it still needs", (t) => {
  t.is(asks(t, string("abcdef"), ""), 6);
  t.is(asks(t, string("abcdef"), "ab"), 4);
  t.is(asks(t, string("abcdef"), "ab", "c"), 3);
  t.is(asks(t, seq(a, string("é😀")), "aé"), 4);
  t.is(asks(t, many(seq(a, string("bcdef"))), "abc"), 3);
});

test("21: for one unit where its failure could be caught", (t) => {
  t.is(asks(t, or(string("abcdef"), string("abx")), "ab"), 1);
  t.is(asks(t, opt(string("abcdef")), "ab"), 1);
  t.is(asks(t, many(string("abcdef")), "ab"), 1);
  t.is(asks(t, attempt(seq(a, string("bcdef"))), "ab"), 1);
  t.is(asks(t, takeWhile1("a"), "aa"), 1);
});

test("21: fewer are taken as well, and decide what they can", (t) => {
  const { continuation } = pending(t, runStream(string("abcdef"), "ab"));
  t.is(pending(t, resume(continuation, "cd")).demand.minBytes, 2);
  same(t, completed(t, resume(continuation, "cx")).result, run(string("abcdef"), "abcx"));
});

test("21: bytes of a character that has come in part are there", (t) => {
  const bytes = new TextEncoder().encode("é😀b");
  const p = string("é😀b");
  for (let n = 0; n < bytes.length; n += 1) t.is(pending(t, runStream(p, bytes.slice(0, n))).demand.minBytes, 7 - n);
  t.is(asks(t, string("😀"), "\ud83d"), 2);
  t.is(asks(t, or(string("😀"), string("a")), "\ud83d"), 1);
});

test("21: a number of characters is at least as many bytes, also before anything came", (t) => {
  t.is(asks(t, takeCodepoints(1000), ""), 1000);
  t.is(asks(t, takeCodepoints(1000), "ab"), 998);
  t.is(asks(t, seq(takeCodepoints(2), takeCodepoints(3)), "abc"), 2);
  t.is(asks(t, seq(takeCodepoints(2), takeCodepoints(3)), "ab"), 3);
  t.is(pending(t, runStream(takeCodepoints(3), Uint8Array.of(0x61, 0xf0, 0x9f))).demand.minBytes, 3);
});

test("21: looking ahead for it calls nothing", (t) => {
  let calls = 0;
  const called = <T>(p: Parser<T>): Parser<T> =>
    map(p, (value) => {
      calls += 1;
      return value;
    });
  const p = seq(called(ok(1)), string("abc"), called(string("d")));
  let outcome: StreamOutcome<unknown> = runStream(p, "");
  for (let i = 0; i < 5; i += 1) outcome = resume(pending(t, outcome).continuation, "");
  t.is(pending(t, outcome).demand.minBytes, 3);
  t.is(calls, 0);
  outcome = resume(pending(t, outcome).continuation, "ab");
  t.is(calls, 1);
  outcome = resume(pending(t, outcome).continuation, "cd");
  completed(t, resume(pending(t, outcome).continuation, CLOSED));
  t.is(calls, 2);
  // where a value decides, nothing is known
  const chosen = andThen(called(ok(1)), () => string("abc"));
  t.is(asks(t, chosen, ""), 1);
  t.is(calls, 2);
  // bytes have no mark before them: such a run has begun
  const sized = lengthPrefixed(called(ok(3)));
  t.is(pending(t, runStream(sized, "", { input: "binary" })).demand.minBytes, 3);
  t.is(calls, 3);
});

test("24: malformed bytes are an error only where the parser reaches them", (t) => {
  const bytes = Uint8Array.of(0x61, 0x61, 0xff);
  const partly = completed(t, runStream(seq(a, a), bytes, { requireEof: false }));
  t.true(partly.result.ok);
  t.true(run(seq(a, a), bytes, { requireEof: false }).ok);

  const { result, emitted } = completed(t, runStream(each(a), bytes));
  t.deepEqual(emitted, ["a", "a"]);
  t.is(result.diagnostics.length, 1);
  const [diagnostic] = result.diagnostics;
  t.true(diagnostic?.code?.startsWith("stream."));
  t.is(diagnostic?.at.start.byteOffset, 2);
  t.true(diagnostic !== undefined && "streamMeta" in diagnostic);
});

test("24: a sequence that is cut off by the end is malformed too", (t) => {
  const cut = pending(t, after(many(oneOf("aé")), [Uint8Array.of(0x61, 0xc3)]));
  const { result } = completed(t, resume(cut.continuation, CLOSED));
  t.is(result.diagnostics[0]?.at.start.byteOffset, 1);
  t.true(
    completed(t, resume(pending(t, resume(cut.continuation, Uint8Array.of(0xa9))).continuation, CLOSED)).result.ok,
  );
});

test("24: an error of the feeder ends the run as it stands", (t) => {
  const chunks: FeederYield[] = ["aa", feederError({ kind: "IoFailed", message: "the line is dead" })];
  const { result, emitted } = completed(
    t,
    runStream(seq(each(a), b), { pull: (): FeederYield => chunks.shift() ?? CLOSED }),
  );
  t.deepEqual(emitted, ["a", "a"]);
  t.false(result.ok);
  t.is(result.diagnostics.length, 1);
  t.true(result.diagnostics[0]?.code?.startsWith("stream."));
});

test("24: only diagnostics of the stream carry its meta", (t) => {
  const { result } = completed(t, runStream(a, "b"));
  t.false("streamMeta" in (result.diagnostics[0] ?? {}));
});

test("24: a run completes as soon as its result is settled", (t) => {
  const early = completed(t, runStream(string("ab"), "abc", { requireEof: false }));
  t.is(early.result.span?.end.offset, 2);
  t.is(early.meta.consumedBytes, 2);
  completed(t, runStream(string("é"), "é", { requireEof: false }));
  same(t, completed(t, runStream(seq(a, b), "ax")).result, run(seq(a, b), "ax"));
  completed(t, runStream(seq(a, cutHere(), or(b, a)), "ac"));
  const late = completed(t, resume(pending(t, runStream(string("é"), "é")).continuation, CLOSED));
  t.is(late.meta.consumedBytes, 2);
});

test("10: what stands where the end was expected is not waited for", async (t) => {
  const { result, meta } = completed(t, runStream(json, "1 2"));
  t.deepEqual(
    result.diagnostics.flatMap(({ notes }) => notes),
    [],
  );
  same(t, result, run(json, "1 2"));
  t.is(meta.consumedBytes, 2);
  completed(t, resume(pending(t, runStream(json, "1 ")).continuation, "2"));
  completed(t, resume(pending(t, runStream(many(a), "a")).continuation, "b"));
  everyWay(t, json, '{"a":1}\n{"b":2}\n');
});

test("10: an error leaves before the source is asked again", async (t) => {
  let pulls = 0;
  async function* source(): AsyncGenerator<string> {
    for (const chunk of ['{"a":1}\n', "}", "", "\n"]) {
      pulls += 1;
      yield chunk;
    }
    await new Promise(() => {});
  }
  const items = parseEach(jsonValue, source(), { pendingTimeout: 60_000 });
  t.deepEqual((await items.next()).value, { a: 1 });
  const error = await t.throwsAsync<ParseError>(items.next(), { instanceOf: ParseError });
  t.deepEqual(
    error?.diagnostics.map(({ code, at }) => [code, at.start.offset]),
    [["E1001", 8]],
  );
  t.is(pulls, 2);
});

const grammars: readonly (readonly [parser: Parser<unknown, unknown>, input: string])[] = [
  [seq(symbol("["), many(lexeme(int10)), symbol("]")), "[ 12 3 ]"],
  [each(attempt(seq(a, b)), { sep: comma }), "ab,ab,ac"],
  [or(attempt(seq(takeWhile("a"), b)), many(map(a, (text) => ({ text })))), "aaaa"],
];

test("25: preview is the result if the input ended here, canFinish whether that is ok", (t) => {
  for (const [parser, input] of grammars) {
    let outcome = runStream(parser, "");
    for (let at = 0; at <= input.length && outcome.kind === "pending"; at += 1) {
      const { continuation } = outcome;
      const expected = run(parser, input.slice(0, at));
      t.is(continuation.canFinish, expected.ok);
      same(t, continuation.preview(), expected);
      same(t, continuation.preview(), expected);
      outcome = resume(continuation, input[at] ?? CLOSED);
    }
    same(t, completed(t, outcome).result, run(parser, input));
  }
});

test("25: expectedTokens are what would be expected there", (t) => {
  const digits = pending(t, runStream(many(oneOf("0123456789")), "12")).continuation;
  t.deepEqual(digits.meta.expectedTokens, [{ kind: "class", text: "0123456789" }, { kind: "eof" }]);
  const open = pending(t, runStream(seq(a, or(b, comma)), "a")).continuation;
  t.deepEqual(open.meta.expectedTokens.map((one) => (one.kind === "eof" ? one.kind : one.text)).sort(), [",", "b"]);
});

test("25: a second resume is not disturbed by the first", (t) => {
  const parser = seq(many(or(attempt(seq(a, comma)), attempt(seq(a, b)))), opt(a));
  const { continuation } = pending(t, after(parser, ["a,a"]));
  const ways = ["b", ",", "x", "", "a"] as const;
  for (const way of [...ways, ...ways]) {
    let outcome = resume(continuation, way);
    if (outcome.kind === "pending") outcome = resume(outcome.continuation, CLOSED);
    same(t, completed(t, outcome).result, run(parser, `a,a${way}`));
  }
});

test("25: what could come next does not depend on the chunks", (t) => {
  for (const [text, expected] of [
    ['""', ["end of input"]],
    ['["a"', [",", "]"]],
    ["12", ["end of input"]],
  ] as const) {
    for (let at = 0; at <= text.length; at += 1) {
      const { continuation } = pending(t, after(json, [text.slice(0, at), text.slice(at)]));
      const found = continuation.meta.expectedTokens.map((e) => (e.kind === "eof" ? "end of input" : e.text));
      t.deepEqual(found, expected, `${text} cut at ${at}`);
    }
  }
});
