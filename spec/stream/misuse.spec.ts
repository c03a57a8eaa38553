// Bad input while streaming, step by step: each a clear error at once, nothing lost, nothing hung, the parser usable again.
import test, { type ExecutionContext } from "ava";
import { andThen, each, lazy, many, map, type Parser, primitive, run, seq } from "../../src/index.ts";
import { takeBytes } from "../../src/lex/binary/index.ts";
import { anyChar, oneOf, satisfy, string, takeWhile } from "../../src/lex/index.ts";
import {
  type Chunk,
  CLOSED,
  type Completed,
  feederOf,
  type Pending,
  parse,
  parseEach,
  parseLoop,
  parseLoopSync,
  resume,
  runStream,
  StreamDriver,
  type StreamOutcome,
} from "../../src/stream/index.ts";
import { deepEqual } from "../_equal.ts";

/** What users pass where the types would not let them. */
const wrong = (value: unknown): never => value as never;

const a = string("a");
const letter = anyChar;
const letters = many(letter);

/** Every way to begin, as something that fails (also when it is only taken up). */
const beginnings: Readonly<Record<string, (p: never, config?: never) => unknown>> = {
  runStream: (p, config) => runStream(p, "a", config),
  "runStream from a feeder": (p, config) => runStream(p, { pull: () => CLOSED }, config),
  parseLoopSync: (p, config) => parseLoopSync(p, config),
  parseLoop: (p, config) => parseLoop(p, config),
  parse: (p, config) => parse(p, "a", config),
  parseEach: (p, config) => parseEach(p, "a", config).next(),
};

/** What is thrown, at once or as a rejection. */
async function thrownBy(body: () => unknown): Promise<unknown> {
  try {
    await body();
  } catch (error) {
    return error;
  }
  return undefined;
}

async function refused(t: ExecutionContext, body: () => unknown, says: RegExp): Promise<void> {
  const error = await thrownBy(body);
  t.true(error instanceof TypeError, String(error));
  t.regex(String((error as Error | undefined)?.message), says);
}

function pending<T, E>(t: ExecutionContext, outcome: StreamOutcome<T, E>): Pending<T, E> {
  t.is(outcome.kind, "pending");
  return outcome as Pending<T, E>;
}

function completed<T, E>(t: ExecutionContext, outcome: StreamOutcome<T, E>): Completed<T, E> {
  t.is(outcome.kind, "completed");
  return outcome as Completed<T, E>;
}

const noChunks: readonly (readonly [value: unknown, says: RegExp])[] = [
  [null, /^a chunk is a string or a Uint8Array, got null/],
  [42, /^a chunk is a string or a Uint8Array, got number/],
  [["a"], /^a chunk is a string or a Uint8Array, got an array/],
  [{ length: 1 }, /^a chunk is a string or a Uint8Array, got object/],
  [Symbol("closed"), /^a chunk is a string or a Uint8Array, got symbol/],
];

function detached(): Uint8Array {
  const bytes = Uint8Array.of(97);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

for (const [name, begin] of Object.entries(beginnings)) {
  test(`${name}: not a parser`, async (t) => {
    await refused(t, () => begin(wrong(undefined)), /^expected a parser, got undefined; .*lazy\(\(\) => it\)/);
    await refused(t, () => begin(wrong("abc")), /^expected a parser, got the string "abc"; write string\(…\)/);
    await refused(t, () => begin(wrong(() => a)), /^expected a parser, got .*function; did you forget to call it/);
  });

  test(`${name}: a wrong configuration`, async (t) => {
    const refuse = (config: unknown, says: RegExp) => refused(t, () => begin(wrong(a), wrong(config)), says);
    await refuse({ requireEOF: true }, /^there is no option "requireEOF"; did you mean "requireEof"\?/);
    await refuse({ decode: "ignore" }, /^option "decode" takes "fatal" or "replace", got "ignore"/);
    await refuse({ source: 7 }, /^option "source" takes a string, got 7/);
    await refuse(null, /^a configuration is an object/);
    await refuse({ signal: "now" }, /^option "signal" takes an AbortSignal, got "now"/);
    await refuse({ signal: new AbortController() }, /^option "signal" takes an AbortSignal, got an AbortController/);
  });
}

test("loops are refused where they are made, not at their first step", (t) => {
  t.throws(() => parseLoopSync(wrong(1)), { instanceOf: TypeError });
  t.throws(() => parseLoop(wrong(1)), { instanceOf: TypeError });
  t.throws(() => parseLoop(a, wrong({ nonsense: 1 })), { instanceOf: TypeError });
});

// A chunk of the wrong type

test("runStream: no chunk and no feeder", async (t) => {
  for (const [value, says] of [...noChunks, [undefined, /^a chunk is .* got undefined/] as const]) {
    await refused(t, () => runStream(a, wrong(value)), says);
  }
  await refused(t, () => runStream(a, detached()), /transferred away; feed a chunk before its buffer is/);
});

test("runStream: a feeder that gives nonsense is a bug of the feeder", (t) => {
  for (const given of [undefined, null, 42, {}, { kind: "piece" }, ["a"]]) {
    const { result } = completed(t, runStream(a, { pull: () => wrong(given) }));
    t.is(result.diagnostics[0]?.code, "stream.feeder");
    t.regex(
      result.diagnostics[0]?.message ?? "",
      /^a feeder gives chunk\(…\), awaiting\(\), closed\(\) or feederError\(…\)/,
    );
  }
});

test("runStream: a feeder's error that is none is a bug of the feeder", (t) => {
  for (const error of [undefined, null, "dead", { kind: "Dead", message: "dead" }, { kind: "IoFailed" }]) {
    const { result } = completed(t, runStream(a, { pull: () => wrong({ kind: "error", error }) }));
    t.is(result.diagnostics[0]?.code, "stream.feeder");
    t.regex(result.diagnostics[0]?.message ?? "", /^feederError takes \{ kind, message \}/);
  }
});

test("runStream: a feeder's chunk of the wrong type is as clear", async (t) => {
  for (const data of [undefined, null, 42, ["a"]]) {
    const error = await thrownBy(() => {
      const outcome = runStream(a, { pull: () => wrong({ kind: "chunk", data }) });
      if (outcome.kind === "completed") throw new TypeError(outcome.result.diagnostics[0]?.message);
    });
    t.regex(String((error as Error | undefined)?.message), /a chunk is a string|a feeder gives/);
  }
});

test("resume: not a continuation", async (t) => {
  const outcome = pending(t, runStream(letters, "a"));
  for (const value of [undefined, null, 1, {}, outcome, { canFinish: true, preview: () => 1, meta: {} }]) {
    await refused(t, () => resume(wrong(value), "b"), /^resume takes the continuation of a pending outcome first/);
  }
});

test("resume: a chunk of the wrong type; the continuation goes on all the same", async (t) => {
  const { continuation } = pending(t, runStream(letters, "a"));
  for (const [value, says] of [...noChunks, [undefined, /^a chunk is .* got undefined/] as const]) {
    await refused(t, () => resume(continuation, wrong(value)), says);
  }
  await refused(t, () => resume(continuation, wrong(detached())), /transferred away/);
  const next = pending(t, resume(continuation, "b"));
  t.deepEqual(completed(t, resume(next.continuation, CLOSED)).result.value, ["a", "b"]);
});

test("parseLoopSync: a chunk of the wrong type; the loop goes on all the same", async (t) => {
  const loop = parseLoopSync(letters);
  loop.next("a");
  for (const [value, says] of noChunks) await refused(t, () => loop.next(wrong(value)), says);
  t.false(loop.next("b").done);
  const last = loop.next(CLOSED);
  t.true(last.done);
  t.deepEqual((last.value as Completed<string[]> | undefined)?.result.value, ["a", "b"]);
});

test("parseLoop: a chunk of the wrong type; the loop goes on all the same", async (t) => {
  const loop = parseLoop(letters);
  await loop.next("a");
  for (const [value, says] of noChunks) await refused(t, () => loop.next(wrong(value)), says);
  t.false((await loop.next("b")).done);
  const last = await loop.next(CLOSED);
  t.true(last.done);
  t.deepEqual((last.value as Completed<string[]> | undefined)?.result.value, ["a", "b"]);
});

// A chunk kind that changes, and feeding after the end

const changes: readonly (readonly [first: Chunk, second: Chunk])[] = [
  ["a", Uint8Array.of(97)],
  [Uint8Array.of(97), "a"],
];

test("a kind that changes is a bug of the feeder; what was emitted stays", (t) => {
  for (const [first, second] of changes) {
    const outcome = pending(t, runStream(each(anyChar), first));
    t.deepEqual(outcome.emitted, ["a"]);
    const { result, meta } = completed(t, resume(outcome.continuation, second));
    t.false(result.ok);
    t.is(result.diagnostics.length, 1);
    t.is(result.diagnostics[0]?.code, "stream.feeder");
    t.regex(
      result.diagnostics[0]?.message ?? "",
      /a stream of (text|bytes) was fed (bytes|text): the first chunk fixes the kind/,
    );
    t.is(meta.consumedBytes, 1);
    // and the continuation is as good as before
    const right = pending(t, resume(outcome.continuation, first));
    t.is(completed(t, resume(right.continuation, CLOSED)).result.value, 2);
  }
});

test("a kind that changes, in every runner", async (t) => {
  for (const chunks of changes) {
    const feeder = [...chunks];
    const outcomes: StreamOutcome<unknown, unknown>[] = [
      runStream(each(anyChar), { pull: () => feeder.shift() ?? CLOSED }),
      await parse(each(anyChar), chunks),
    ];
    const sync = parseLoopSync(each(anyChar));
    const loop = parseLoop(each(anyChar));
    for (const chunk of chunks) {
      const [one, other] = [sync.next(chunk), await loop.next(chunk)];
      if (one.done) outcomes.push(one.value);
      if (other.done) outcomes.push(other.value);
    }
    t.is(outcomes.length, 4);
    for (const outcome of outcomes) t.is(completed(t, outcome).result.diagnostics[0]?.code, "stream.feeder");
  }
});

test("text for a parser of bytes", (t) => {
  const { result } = completed(t, runStream(takeBytes(1), "a", { input: "binary" }));
  t.is(result.diagnostics[0]?.code, "stream.feeder");
  t.regex(result.diagnostics[0]?.message ?? "", /input: "binary" takes bytes, and was fed text/);
});

test("after the end a loop stays at its end, and a chunk comes too late", async (t) => {
  const sync = parseLoopSync(each(letter));
  sync.next("a");
  const loop = parseLoop(each(letter));
  await loop.next("a");
  type Next = (more: Chunk | typeof CLOSED) => unknown;
  for (const feed of [sync.next, loop.next] as Next[]) {
    const next = async (more: Chunk | typeof CLOSED): Promise<IteratorResult<unknown, Completed<number, string>>> =>
      (await feed(more)) as never;
    const first = await next(CLOSED);
    t.true(first.done === true && first.value.result.ok);
    const still = { done: true, value: { ...(first.value as Completed<number, string>), emitted: [] } };
    for (const more of ["", CLOSED, undefined] as const) t.is(deepEqual(await next(more as Chunk), still), undefined);
    const late = await next("b");
    t.true(late.done);
    const { result } = late.value as Completed<number, string>;
    t.false(result.ok);
    t.is(result.diagnostics[0]?.code, "stream.feeder");
    t.regex(result.diagnostics[0]?.message ?? "", /a chunk was fed after the run had completed/);
    t.is(deepEqual(await next(CLOSED), still), undefined);
  }
});

test("chunks that are fed at once to a loop that completes at the first", async (t) => {
  const loop = parseLoop(letter, { requireEof: false });
  const [first, second] = await Promise.all([loop.next("a"), loop.next("b")]);
  t.true(first.done === true && first.value.result.ok);
  t.is(second.done === true && second.value.result.diagnostics[0]?.code, "stream.feeder");
});

test("a loop that was left or has thrown gives nothing more", async (t) => {
  const left = parseLoopSync(letter);
  left.return(undefined as never);
  t.deepEqual(left.next("a"), { done: true, value: undefined } as never);
  const broken = parseLoop(map(letter, raise));
  await t.throwsAsync(async () => broken.next("a"), { is: error });
  t.deepEqual(await broken.next("a"), { done: true, value: undefined } as never);
});

test("a loop's continuation is to be read before the loop goes on", (t) => {
  const loop = parseLoopSync(letters);
  const [first, second] = [loop.next("a"), loop.next("b")];
  t.throws(() => (first.value as Pending<string[]>).continuation, {
    message: /must be read before the next call of next\(\)/,
  });
  t.true((second.value as Pending<string[]>).continuation.canFinish);
});

// A user's function that throws

/** Throws at the letter z, once. */
function throwsOnce(error: Error): Parser<string> {
  let thrown = false;
  return map(anyChar, (char) => {
    if (char !== "z" || thrown) return char;
    thrown = true;
    throw error;
  });
}

const error = new Error("thrown by a user's function");
const raise = (): never => {
  throw error;
};
const throwers: Readonly<Record<string, () => Parser<unknown, unknown>>> = {
  map: () => many(throwsOnce(error)),
  andThen: () => seq(many(a), andThen(string("z"), raise)),
  "a predicate": () => many(satisfy((char) => (char === "z" ? raise() : true))),
  "a predicate of a run": () => takeWhile((char) => (char === "z" ? raise() : true)),
  lazy: () => seq(many(a), string("z"), lazy(raise)),
  primitive: () => seq(many(a), primitive({ name: "mine", scan: raise })),
  each: () => each(throwsOnce(error)),
};

for (const [name, make] of Object.entries(throwers)) {
  test(`what is thrown in ${name} reaches the caller as it is, from every runner`, async (t) => {
    t.is(await thrownBy(() => run(make(), "aaz")), error);
    t.is(await thrownBy(() => runStream(make(), "aaz")), error);
    t.is(await thrownBy(() => parse(make(), ["aa", "z"])), error);
    t.is(await thrownBy(() => parseLoopSync(make()).next("aaz")), error);
    t.is(await thrownBy(() => parseLoop(make()).next("aaz")), error);
    t.is(
      await thrownBy(async () => {
        for await (const _ of parseEach(make(), ["aa", "z"]));
      }),
      error,
    );
  });
}

test("what throws during a resume leaves the continuation as it was", (t) => {
  for (const capture of ["a", "aa", new TextEncoder().encode("aé")] as const) {
    const parser = each(throwsOnce(error));
    const { continuation } = pending(t, runStream(parser, capture));
    const z = typeof capture === "string" ? "bz" : new TextEncoder().encode("bz");
    t.is(
      t.throws(() => resume(continuation, z)),
      error,
    );
    const again = pending(t, resume(continuation, z));
    t.deepEqual(again.emitted, ["b", "z"]);
    const whole = typeof capture === "string" ? `${capture}bz` : new TextEncoder().encode("aébz");
    const { result } = completed(t, resume(again.continuation, CLOSED));
    t.is(deepEqual({ ...result, emitted: [] }, { ...run(parser, whole), emitted: [] }), undefined);
  }
});

test("what throws in a preview leaves the continuation as it was", (t) => {
  let calls = 0;
  const parser = map(many(anyChar), (all) => {
    calls += 1;
    if (calls === 1) throw error;
    return all.length;
  });
  const { continuation } = pending(t, runStream(parser, "ab"));
  t.is(
    t.throws(() => continuation.preview()),
    error,
  );
  t.is(continuation.preview().value, 2);
  t.is(completed(t, resume(continuation, CLOSED)).result.value, 2);
});

// Buffers that are used again

test("the same buffer, filled anew for each chunk: text", (t) => {
  const parser = seq(takeWhile("aé"), each(anyChar), many(anyChar));
  const bytes = new TextEncoder().encode("aéaaé😀bcd");
  for (const size of [1, 2, 3, 5]) {
    const buffer = Buffer.alloc(size);
    const emitted: string[] = [];
    let outcome: StreamOutcome<unknown, string> = runStream(parser, "");
    for (let at = 0; at < bytes.length; at += size) {
      const piece = bytes.subarray(at, at + size);
      buffer.set(piece);
      outcome = resume(pending(t, outcome).continuation, buffer.subarray(0, piece.length));
      emitted.push(...outcome.emitted);
      buffer.fill(0x21);
    }
    const last = completed(t, resume(pending(t, outcome).continuation, CLOSED));
    t.is(deepEqual({ ...last.result, emitted }, run(parser, bytes)), undefined);
  }
});

test("the same buffer, filled anew for each chunk: bytes, and values that hold them", (t) => {
  const parser = many(seq(takeBytes(1), takeBytes(3)));
  const bytes = Uint8Array.from({ length: 16 }, (_, i) => i);
  for (const buffer of [new Uint8Array(5), Buffer.alloc(5)]) {
    const loop = parseLoopSync(parser, { input: "binary" });
    for (let at = 0; at < bytes.length; at += 5) {
      const piece = bytes.subarray(at, at + 5);
      buffer.set(piece);
      loop.next(buffer.subarray(0, piece.length));
      buffer.fill(0xff);
    }
    const step = loop.next(CLOSED);
    t.true(step.done);
    const { result } = step.value as Completed<unknown>;
    t.is(deepEqual(result, run(parser, bytes, { input: "binary" })), undefined);
  }
});

test("a buffer that is transferred away once it was fed", (t) => {
  for (const input of ["text", "binary"] as const) {
    const parser = seq(takeBytes(3), takeBytes(1));
    const text = seq(string("abc"), anyChar);
    const bytes = new TextEncoder().encode("ab");
    const outcome = pending(t, runStream<unknown, never>(input === "text" ? text : parser, bytes, { input }));
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    t.is(bytes.length, 0);
    const last = resume(outcome.continuation, new TextEncoder().encode("cd"));
    const done = last.kind === "pending" ? resume(last.continuation, CLOSED) : last;
    t.true(completed(t, done).result.ok);
  }
});

test("a feeder's chunk may emit more values than a call can have arguments", (t) => {
  const chunks: Chunk[] = ["a".repeat(300_000), "b"];
  const outcome = runStream(each(anyChar), { pull: () => chunks.shift() ?? CLOSED });
  t.is(completed(t, outcome).emitted.length, 300_001);
});

test("the same buffer, filled anew by a source: values that hold its bytes", async (t) => {
  const buffer = Buffer.alloc(8);
  const chunks = function* (): Generator<Uint8Array> {
    for (const first of [0, 100, 200]) {
      buffer.set(Array.from({ length: 8 }, (_, i) => first + i));
      yield buffer;
      buffer.fill(0xff);
    }
  };
  const seen: number[] = [];
  for await (const [byte = -1] of parseEach(each(takeBytes(1)), chunks(), { input: "binary" })) seen.push(byte);
  t.deepEqual(
    seen,
    [0, 100, 200].flatMap((first) => Array.from({ length: 8 }, (_, i) => first + i)),
  );
});

test("a signal ends runs whose chunks are handed over, at their next step, with its reason", async (t) => {
  const reason = new Error("enough");
  const control = new AbortController();
  const config = { signal: control.signal };
  const loop = parseLoopSync(many(oneOf("ab")), config);
  const later = parseLoop(many(oneOf("ab")), config);
  const first = runStream(many(oneOf("ab")), "a", config);
  const driver = new StreamDriver(many(oneOf("ab")), () => {}, config);
  const over = runStream(string("a"), "a", { ...config, requireEof: false });
  const done = parseLoopSync(string("a"), { ...config, requireEof: false });
  t.is(done.next("a").done, true);
  t.is(loop.next("a").done, false);
  await later.next("a");
  driver.push("a");
  driver.pump();
  control.abort(reason);
  for (let again = 0; again < 2; again++) {
    t.is(
      t.throws(() => loop.next("a")),
      reason,
    );
    t.is(await t.throwsAsync(later.next("a")), reason);
    t.is(
      t.throws(() => driver.pump()),
      reason,
    );
    if (first.kind === "pending")
      t.is(
        t.throws(() => resume(first.continuation, "b")),
        reason,
      );
  }
  t.is(
    t.throws(() => runStream(string("a"), "a", config)),
    reason,
  );
  t.is(
    t.throws(() => runStream(string("a"), feederOf(["a"]), config)),
    reason,
  );
  // what is over stays so
  t.is(over.kind, "completed");
  t.is(done.next("").done, true);
});

test("a feeder of something that can't be iterated is refused", (t) => {
  for (const wrong of [5, undefined, null, {}])
    t.throws(() => feederOf(wrong as never), {
      instanceOf: TypeError,
      message: /^feederOf takes an iterable of chunks/,
    });
});
