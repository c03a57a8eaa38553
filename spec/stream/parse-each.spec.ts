// parse and parseEach: every kind of source, and how a run leaves its source behind.
import { Readable } from "node:stream";
import test, { type ExecutionContext } from "ava";
import { from } from "ix/asynciterable";
import { each, emit, eof, manyTill, map, type ParseError, recover, run, sepBy, seq, skipR } from "../../src/index.ts";
import { parsingEach } from "../../src/ix.ts";
import { int10, lexeme, string, symbol } from "../../src/lex/index.ts";
import {
  type Chunk,
  flowController,
  ParserStream,
  parse,
  parseEach,
  type Source,
  type StreamEvent,
} from "../../src/stream/index.ts";
import { never, watched } from "./_watched.ts";

const number = map(lexeme(int10), Number);
const list = skipR(sepBy(number, symbol(",")), symbol(";"));
const items = each(lexeme(skipR(number, string(";"))));

const LIST = "1, 20 ,300;\n";
const ITEMS = "1; 20;\n300 ;";
const VALUES = [1, 20, 300];

async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of from) values.push(value);
  return values;
}

/** Two characters at a time. */
function pieces(text: string): string[] {
  return text.match(/.{1,2}/gs) ?? [];
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function* later(chunks: Iterable<Chunk>): AsyncGenerator<Chunk> {
  for (const chunk of chunks) {
    await new Promise((resolve) => setImmediate(resolve));
    yield chunk;
  }
}

function web<C extends Chunk>(chunks: readonly C[]): ReadableStream<C> {
  const left = [...chunks];
  return new ReadableStream<C>({
    pull(controller) {
      const chunk = left.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
}

const kinds: Readonly<Record<string, (text: string) => Source>> = {
  "a string": (text) => text,
  bytes: (text) => utf8(text),
  "an array of strings": (text) => pieces(text),
  "an array of bytes": (text) => pieces(text).map(utf8),
  "an array with empty chunks": (text) => ["", ...pieces(text).flatMap((piece) => [piece, ""])],
  "a set": (text) => new Set([text]),
  "a generator": function* (text) {
    yield* pieces(text);
  },
  "an async generator of strings": (text) => later(pieces(text)),
  "an async generator of bytes": (text) => later(pieces(text).map(utf8)),
  "a ReadableStream of strings": (text) => web(pieces(text)),
  "a ReadableStream of bytes": (text) => web(pieces(text).map(utf8)),
  "a Node Readable of strings": (text) => Readable.from(pieces(text)),
  "a Node Readable of bytes": (text) => Readable.from(pieces(text).map((piece) => Buffer.from(piece))),
  "a Node Readable with an encoding": (text) =>
    Readable.from([Buffer.from(text)], { objectMode: false, encoding: "utf8" }),
  "a Blob": (text) => new Blob([text]),
  "a Response": (text) => new Response(text),
};

for (const [kind, make] of Object.entries(kinds)) {
  test(`${kind} is a source`, async (t) => {
    const { result, emitted, meta } = await parse(list, make(LIST));
    t.true(result.ok);
    t.deepEqual(result.value, VALUES);
    t.deepEqual(emitted, []);
    t.is(meta.consumedBytes, LIST.length);
    const outcome = await parse(items, make(ITEMS));
    t.is(outcome.result.value, VALUES.length);
    t.deepEqual(outcome.emitted, VALUES);
    t.deepEqual(await all(parseEach(items, make(ITEMS))), VALUES);
  });
}

test("a Response without a body and an empty iterable are empty inputs", async (t) => {
  for (const make of [() => new Response(null), () => [], () => ""] as (() => Source)[]) {
    t.deepEqual(await all(parseEach(items, make())), []);
    t.true((await parse(items, make())).result.ok);
    t.false((await parse(list, make())).result.ok);
  }
});

test("anything else is no source, and the error says what is one", async (t) => {
  for (const source of [undefined, null, 7, {}, () => "a", { byteLength: 2 }]) {
    const about = { instanceOf: TypeError, message: /^a source is / };
    await t.throwsAsync(parse(items, source as never), about);
    await t.throwsAsync(all(parseEach(items, source as never)), about);
  }
});

test("a source that gives something else than chunks is misuse, and is closed", async (t) => {
  for (const wrong of [undefined, null, 7, {}, { kind: "IoFailed" }, { byteLength: 2 }]) {
    const { source, count } = watched([() => wrong as never]);
    await t.throwsAsync(parse(items, source), { instanceOf: TypeError, message: /^a chunk is / });
    t.is(count.closed, 1);
  }
  const undefinedInside = new ReadableStream({
    start(controller) {
      controller.enqueue(undefined);
    },
  });
  await t.throwsAsync(parse(items, undefinedInside), { instanceOf: TypeError, message: /^a chunk is / });
});

test("a parser that emits nothing hands out its values up to the end", async (t) => {
  t.deepEqual(await all(parseEach(skipR(number, symbol(";")), later(pieces(ITEMS)))), VALUES);
  const error = await t.throwsAsync<ParseError>(all(parseEach(skipR(number, symbol(";")), "1; x")));
  t.is(
    error?.message,
    ["error[E1001]: expected digit or end of input", " --> 1:4 (byte 3)", "  |", "1 | 1; x", "  |    ^"].join("\n"),
  );
});

test("a value leaves before the source is asked for more", async (t) => {
  const { source, count } = watched(["1; 2", "0;", "300"]);
  const values = parseEach(items, source);
  t.deepEqual(await values.next(), { done: false, value: 1 });
  t.is(count.pulls, 1);
  t.deepEqual(await values.next(), { done: false, value: 20 });
  t.is(count.pulls, 2);
  await t.throwsAsync(values.next(), {
    name: "ParseError",
    message: /^error\[E1001\]: unexpected end of input, expected ";"\n --> 1:10 /,
  });
});

test("the generator returns the completed outcome", async (t) => {
  const values = parseEach(items, ITEMS);
  for (const value of VALUES) t.deepEqual(await values.next(), { done: false, value });
  const last = await values.next();
  t.true(last.done);
  if (last.done) t.is(last.value.meta.consumedBytes, ITEMS.length);
});

// Closing

test("a source that has come to its end is not closed once more", async (t) => {
  const { source, count } = watched(pieces(ITEMS));
  await parse(items, source);
  t.deepEqual(count, { pulls: pieces(ITEMS).length + 1, closed: 0 });
});

test("leaving early closes the source, once", async (t) => {
  const { source, count } = watched(["1; 2", "0; 300;", "4000;"]);
  const seen: number[] = [];
  for await (const value of parseEach(items, source)) {
    seen.push(value);
    if (value === 20) break;
  }
  t.deepEqual(seen, [1, 20]);
  t.deepEqual(count, { pulls: 2, closed: 1 });
});

test("throwing in the loop closes the source, once", async (t) => {
  const { source, count } = watched(["1; 2", "0;"]);
  const wrong = new Error("wrong");
  const loop = async (): Promise<void> => {
    for await (const _ of parseEach(items, source)) throw wrong;
  };
  t.is(await t.throwsAsync(loop()), wrong);
  t.deepEqual(count, { pulls: 1, closed: 1 });
});

test("what a function of the grammar throws comes out as it is and closes the source, once", async (t) => {
  const wrong = new Error("wrong");
  const throwing = map(int10, () => {
    throw wrong;
  });
  for (const go of [parse, (...given: Parameters<typeof parse>) => all(parseEach(...given))]) {
    const { source, count } = watched(["1", ";", ";"]);
    t.is(await t.throwsAsync(go(seq(throwing, symbol(";")), source)), wrong);
    t.deepEqual(count, { pulls: 2, closed: 1 });
  }
});

test("a run that has failed or is complete asks for no more and closes the source, once", async (t) => {
  const broken = watched(["1; x\n", "2;"]);
  t.false((await parse(items, broken.source)).result.ok);
  const complete = watched(["ab", "ab"]);
  t.true((await parse(string("ab"), complete.source, { requireEof: false })).result.ok);
  for (const { count } of [broken, complete]) t.deepEqual(count, { pulls: 1, closed: 1 });
});

test("a generator, a ReadableStream and a Node Readable are closed in their own way", async (t) => {
  const closed: string[] = [];
  const generator = function* (): Generator<string> {
    try {
      for (;;) yield "1;";
    } finally {
      closed.push("generator");
    }
  };
  const asyncGenerator = async function* (): AsyncGenerator<string> {
    try {
      for (;;) yield "1;";
    } finally {
      closed.push("async generator");
    }
  };
  const stream = new ReadableStream<string>({
    pull: (controller) => controller.enqueue("1;"),
    cancel: () => void closed.push("stream"),
  });
  const readable = new Readable({
    read() {
      this.push("1;");
    },
    destroy(_, done) {
      closed.push("readable");
      done(null);
    },
  });
  for (const source of [generator(), asyncGenerator(), stream, readable]) {
    for await (const _ of parseEach(items, source)) break;
  }
  t.deepEqual(closed, ["generator", "async generator", "stream", "readable"]);
  t.false(stream.locked);
});

// Aborting

function ways(): readonly ((...given: Parameters<typeof parse>) => Promise<unknown>)[] {
  return [parse, (...given) => all(parseEach(...given))];
}

test("aborting while the source is waited for rejects with the reason and closes it, once", async (t) => {
  for (const go of ways()) {
    const { source, count } = watched(["1; 2", never]);
    const control = new AbortController();
    const reason = new Error("enough");
    setImmediate(() => control.abort(reason));
    t.is(await t.throwsAsync(go(items, source, { signal: control.signal })), reason);
    t.deepEqual(count, { pulls: 2, closed: 1 });
  }
});

test("aborting does not wait for a generator in the middle of a pull", async (t) => {
  const silent = async function* (): AsyncGenerator<string> {
    yield "1;";
    yield await (never() as Promise<string>);
  };
  for (const go of ways()) {
    const control = new AbortController();
    setImmediate(() => control.abort());
    const error = await t.throwsAsync(go(items, silent(), { signal: control.signal }), { any: true });
    t.is(error, control.signal.reason);
  }
});

test("aborting cancels a ReadableStream with the reason", async (t) => {
  const cancelled: unknown[] = [];
  const stream = new ReadableStream<string>({ cancel: (reason) => void cancelled.push(reason) });
  const control = new AbortController();
  setImmediate(() => control.abort("enough"));
  await t.throwsAsync(parse(items, stream, { signal: control.signal }), { any: true });
  t.deepEqual(cancelled, ["enough"]);
});

test("a signal that is aborted already keeps the source from being asked", async (t) => {
  for (const go of ways()) {
    const { source, count } = watched(["1;"]);
    const reason = new Error("enough");
    t.is(await t.throwsAsync(go(items, source, { signal: AbortSignal.abort(reason) })), reason);
    t.deepEqual(count, { pulls: 0, closed: 1 });
  }
});

test("aborting counts inside a chunk as well", async (t) => {
  const { source, count } = watched(["1;".repeat(1000)]);
  const control = new AbortController();
  const reason = new Error("enough");
  const seen: number[] = [];
  const loop = async (): Promise<void> => {
    for await (const value of parseEach(items, source, { signal: control.signal })) {
      seen.push(value);
      if (seen.length === 3) control.abort(reason);
    }
  };
  t.is(await t.throwsAsync(loop()), reason);
  t.is(seen.length, 3);
  t.is(count.closed, 1);
});

test("a signal that nobody aborts is let go of", async (t) => {
  const control = new AbortController();
  let listeners = 0;
  const { signal } = control;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...given: Parameters<typeof add>): void => {
    listeners += 1;
    add(...given);
  };
  signal.removeEventListener = (...given: Parameters<typeof remove>): void => {
    listeners -= 1;
    remove(...given);
  };
  t.deepEqual(await all(parseEach(items, later(pieces(ITEMS)), { signal })), VALUES);
  t.is(listeners, 0);
});

// Errors

function failing(): Iterable<() => Chunk> {
  return [
    () => {
      throw new Error("the line is dead");
    },
  ];
}

async function failsAfter(
  t: ExecutionContext,
  error: ParseError | undefined,
  values: readonly number[],
): Promise<void> {
  t.deepEqual(values, [1, 20]);
  t.is(error?.name, "ParseError");
  t.is(error?.message, "1:8: the source failed: the line is dead");
  t.is(error?.diagnostics[0]?.code, "stream.io");
}

test("a failing source is an error of the stream in the result of parse", async (t) => {
  const { source, count } = watched(["1; 2", "0; 3", ...failing()]);
  const { result, emitted, meta } = await parse(items, source);
  t.deepEqual(emitted, [1, 20]);
  t.false(result.ok);
  t.deepEqual(
    result.diagnostics.map((d) => [d.code, d.message, d.at.start.offset]),
    [["stream.io", "the source failed: the line is dead", 8]],
  );
  t.deepEqual((result.diagnostics[0] as { streamMeta?: unknown }).streamMeta, meta);
  t.is(count.closed, 0);
});

test("in parseEach it is a ParseError after the certain values", async (t) => {
  const values: number[] = [];
  const loop = async (source: Source): Promise<void> => {
    values.length = 0;
    for await (const value of parseEach(items, source)) values.push(value);
  };
  const { source } = watched(["1; 2", "0; ", ...failing()]);
  await failsAfter(t, await t.throwsAsync<ParseError>(loop(source)), values);
  const stream = new ReadableStream<string>({
    start: (controller) => controller.enqueue("1; 20; "),
    pull: (controller) => controller.error(new Error("the line is dead")),
  });
  await failsAfter(t, await t.throwsAsync<ParseError>(loop(stream)), values);
  t.false(stream.locked);
  const readable = Readable.from(
    (function* () {
      yield "1; 20; ";
      throw new Error("the line is dead");
    })(),
  );
  await failsAfter(t, await t.throwsAsync<ParseError>(loop(readable)), values);
});

test("a stream of two kinds, and malformed UTF-8, are errors of the stream too", async (t) => {
  const mixed = await parse(items, ["1;", utf8("2;")]);
  t.is(mixed.result.diagnostics[0]?.code, "stream.feeder");
  t.deepEqual(mixed.emitted, [1]);
  const malformed = await parse(items, [Uint8Array.of(0x31, 0x3b, 0xff)]);
  t.is(malformed.result.diagnostics[0]?.code, "stream.decode");
  t.deepEqual(malformed.emitted, [1]);
});

test("the error of a broken input comes after the certain values, in words", async (t) => {
  const values: number[] = [];
  const loop = async (): Promise<void> => {
    for await (const value of parseEach(items, ["1;\n2", "0; 3, 4;"], { source: "numbers.txt" })) values.push(value);
  };
  const error = await t.throwsAsync<ParseError>(loop());
  t.deepEqual(values, [1, 20]);
  t.regex(error?.message ?? "", /^error\[E1001\]: expected ";"\n --> numbers\.txt:2:6 .*\n.*\n2 \| 20; 3, 4;…\n/);
  t.is(error?.diagnostics, error?.result.diagnostics);
  t.deepEqual(error?.diagnostics, run(items, "1;\n20; 3, 4;", { source: "numbers.txt" }).diagnostics);
});

test("misuse rejects with a TypeError and leaves the source alone", async (t) => {
  const { source, count } = watched(["1;"]);
  await t.throwsAsync(parse(7 as never, source), { instanceOf: TypeError });
  await t.throwsAsync(all(parseEach(items, source, { sorce: "a" } as never)), { instanceOf: TypeError });
  t.deepEqual(count, { pulls: 0, closed: 0 });
});

test("return in the middle of a step closes the source at once, and ends that step", async (t) => {
  const throttled = flowController({ policy: { kind: "auto", backpressure: { throttle: 100_000 } } });
  for (const [chunks, config] of [
    [["1;", never], {}],
    [["1;", "2;"], { flow: throttled }],
    [["1;", never], { signal: new AbortController().signal, pendingTimeout: 100_000 }],
    [[`1;${"2".repeat(100_000)}`, never], { yieldEvery: { steps: 8 } }],
  ] as const) {
    const { source, count } = watched(chunks);
    const values = parseEach(items, source, config);
    t.is((await values.next()).value, 1);
    const waiting = values.next();
    await new Promise((resolve) => setImmediate(resolve));
    t.deepEqual(await values.return(undefined as never), { done: true, value: undefined as never });
    t.deepEqual(await waiting, { done: true, value: undefined as never });
    t.is(count.closed, 1);
  }
  const readable = Readable.from(parseEach(items, watched(["1;", never]).source));
  readable.read();
  await new Promise((resolve) => setImmediate(resolve));
  readable.destroy();
  await new Promise((resolve) => readable.once("close", resolve));
  t.true(readable.destroyed);
});

test("what closing throws is not heard where the run was aborted, or the loop threw", async (t) => {
  const fails = (): AsyncIterable<Chunk> => ({
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: false, value: "1; 2; 3;" }),
      return: async () => {
        throw new Error("it does not close");
      },
    }),
  });
  const reason = new Error("enough");
  const control = new AbortController();
  const aborted = await t.throwsAsync(async () => {
    for await (const _ of parseEach(items, fails(), { signal: control.signal })) control.abort(reason);
  });
  t.is(aborted, reason);
  const thrown = parseEach(items, fails());
  await thrown.next();
  t.is(await t.throwsAsync(thrown.throw(reason)), reason);
  const left = parseEach(items, fails());
  await left.next();
  await t.throwsAsync(left.return(undefined as never), { message: "it does not close" });
});

const statement = recover(seq(lexeme(int10), symbol(";")), symbol(";"), (_, skipped) => ({ skipped }));
const statements = manyTill(emit(statement), eof);
const collect = { extensions: { recover: { mode: "collect" } } } as const;

for (const size of [1, 3, 100]) {
  test(`a run that recovered from all its errors ends, by ${size}`, async (t) => {
    const chunks = "1; x; 2; y;".match(new RegExp(`.{1,${size}}`, "g")) ?? [];
    const expected = [["1", ";"], { skipped: "x; " }, ["2", ";"], { skipped: "y;" }];
    const heard: string[] = [];
    const onDiagnostic = (event: StreamEvent): unknown =>
      event.kind === "error" && heard.push(event.diagnostic.message);
    const each = parseEach(statements, chunks, { ...collect, onDiagnostic });
    const values: unknown[] = [];
    let step = await each.next();
    for (; step.done !== true; step = await each.next()) values.push(step.value);
    t.deepEqual(values, expected);
    t.like(step.value.result, { ok: false, recovered: true, diagnostics: { length: 2 } });
    t.deepEqual(heard, ["expected digit", "expected digit"]);
    t.deepEqual(await all(from(chunks).pipe(parsingEach(statements, collect))), expected);
    heard.length = 0;
    const stream = new ParserStream(statements, { ...collect, onDiagnostic });
    const source = new ReadableStream<Chunk>({
      start(controller): void {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    t.deepEqual(await all(source.pipeThrough(stream)), expected);
    t.is(heard.length, 2);
  });

  test(`one that did not rejects, after its values, by ${size}`, async (t) => {
    const chunks = "1; x; 2".match(new RegExp(`.{1,${size}}`, "g")) ?? [];
    const values: unknown[] = [];
    const error = await t.throwsAsync<ParseError>(async () => {
      for await (const value of parseEach(statements, chunks, collect)) values.push(value);
    });
    t.is(values.length, 2);
    t.is(error?.diagnostics.length, 2);
  });
}
