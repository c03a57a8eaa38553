// ParserStream: items as parseEach gives them, backpressure on both sides, and how it ends.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import test, { type ExecutionContext } from "ava";
import { each, map, type ParseError, type Parser, skipR } from "../../src/index.ts";
import { int10, lexeme, string, symbol } from "../../src/lex/index.ts";
import { type Chunk, ParserStream, parseEach } from "../../src/stream/index.ts";
import { watchedStream } from "./_closing.ts";

const number = skipR(map(lexeme(int10), Number), symbol(";"));
const items = each(number);

async function all<T>(from: AsyncIterable<T>): Promise<{ values: T[]; error?: unknown }> {
  const values: T[] = [];
  try {
    for await (const value of from) values.push(value);
  } catch (error) {
    return { values, error };
  }
  return { values };
}

/** One turn of the event loop: every promise that can settle without input has. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function asParseEach(t: ExecutionContext, p: Parser<number, number>, chunks: readonly Chunk[]): Promise<void> {
  const expected = await all(parseEach(p, chunks));
  const given = await all(watchedStream(chunks).source.pipeThrough(new ParserStream(p)));
  t.deepEqual(given.values, expected.values);
  t.is((given.error as Error | undefined)?.message, (expected.error as Error | undefined)?.message);
  t.is((given.error as Error | undefined)?.name, (expected.error as Error | undefined)?.name);
}

test("it hands out what parseEach hands out, wherever the chunks end", async (t) => {
  for (const text of ["1; 20; 300;", "1; 20; x; 3;", "1; 20", "", "1;é"]) {
    const bytes = new TextEncoder().encode(text);
    await asParseEach(t, items, [text]);
    await asParseEach(t, items, []);
    for (let at = 0; at <= text.length; at++) {
      await asParseEach(t, items, [text.slice(0, at), text.slice(at)]);
      await asParseEach(t, items, [bytes.subarray(0, at), bytes.subarray(at)]);
    }
  }
});

test("a parser that emits nothing hands out its values", async (t) => {
  const { values } = await all(new Blob(["1; 2;", "3;"]).stream().pipeThrough(new ParserStream(number)));
  t.deepEqual(values, [1, 2, 3]);
});

test("it is a TransformStream", async (t) => {
  const stream = new ParserStream(items);
  t.true(stream instanceof TransformStream);
  t.true(stream instanceof ParserStream);
  t.true(stream.readable instanceof ReadableStream);
  t.is(stream.readable, stream.readable);
});

test("misuse is told at once", (t) => {
  t.throws(() => new ParserStream({} as never), { instanceOf: TypeError });
  t.throws(() => new ParserStream(items, { requireEOF: false } as never), {
    instanceOf: TypeError,
    message: /did you mean "requireEof"/,
  });
});

test("nothing is parsed and nothing more is asked for while nobody reads", async (t) => {
  let parsed = 0;
  const counting = each(map(number, (n) => ++parsed && n));
  const { source, given } = watchedStream(Array.from({ length: 100 }, () => "1;".repeat(1000)));
  const reader = source.pipeThrough(new ParserStream(counting)).getReader();
  await turn();
  t.is(parsed, 0);
  t.true(given() <= 2, `${given()} chunks`);
  for (let i = 0; i < 3; i++) t.deepEqual(await reader.read(), { done: false, value: 1 });
  await turn();
  t.true(parsed <= 32, `${parsed} items of a chunk of 1000`);
  t.true(given() <= 3, `${given()} chunks`);
  await reader.cancel();
});

test("a write is done when its chunk was taken, and its buffer may be used again", async (t) => {
  const { readable, writable } = new ParserStream(items);
  const writer = writable.getWriter();
  t.is(writer.desiredSize, 1);
  let written = false;
  const buffer = new TextEncoder().encode("1;2;");
  const writing = writer.write(buffer).then(() => {
    written = true;
    buffer.fill(0);
  });
  t.is(writer.desiredSize, 0);
  await turn();
  t.false(written);
  const reader = readable.getReader();
  t.deepEqual(await reader.read(), { done: false, value: 1 });
  await writing;
  t.is(writer.desiredSize, 1);
  await writer.close();
  t.deepEqual(await reader.read(), { done: false, value: 2 });
  t.deepEqual(await reader.read(), { done: true, value: undefined });
  await reader.closed;
});

test("closing ends the input: what was unfinished is an error of the readable side", async (t) => {
  const { readable, writable } = new ParserStream(items);
  const values = all(readable);
  const writer = writable.getWriter();
  await writer.write("1; 2");
  await writer.close();
  const { values: seen, error } = await values;
  t.deepEqual(seen, [1]);
  t.is((error as ParseError).name, "ParseError");
  t.regex((error as ParseError).message, /unexpected end of input/);
});

test("a parse that fails gives its certain values first, then fails both sides and cancels the source", async (t) => {
  const { source, closed } = watchedStream(["1; 2; x\n", "4;"]);
  const stream = new ParserStream(items);
  const reader = source.pipeThrough(stream).getReader();
  t.is((await reader.read()).value, 1);
  t.is((await reader.read()).value, 2);
  const error = await t.throwsAsync(reader.read(), { name: "ParseError" });
  await turn();
  t.is(closed(), 1);
  t.is(await t.throwsAsync(reader.closed), error);
});

test("the writable side tells its writer what failed", async (t) => {
  const { readable, writable } = new ParserStream(items);
  const reading = all(readable);
  const writer = writable.getWriter();
  await writer.write("x\n");
  const { error } = await reading;
  t.is(await t.throwsAsync(writer.write("1;"), { name: "ParseError" }), error as Error);
});

test("what is no chunk fails the write and the readable side", async (t) => {
  const { readable, writable } = new ParserStream(items);
  const reading = all(readable);
  const writer = writable.getWriter();
  await t.throwsAsync(writer.write(7 as never), { instanceOf: TypeError, message: /^a chunk is / });
  t.true((await reading).error instanceof TypeError);
});

test("aborting the writable side fails the readable one with the reason", async (t) => {
  const reason = new Error("enough");
  const { readable, writable } = new ParserStream(items);
  const reading = all(readable);
  const writer = writable.getWriter();
  await writer.write("1; 2");
  await turn();
  await writer.abort(reason);
  t.deepEqual(await reading, { values: [1], error: reason });
  t.is(await t.throwsAsync(writer.closed), reason);
});

test("a source that fails fails the readable side with its error", async (t) => {
  const wrong = new Error("the line is dead");
  const source = new ReadableStream<string>({ pull: (controller) => controller.error(wrong) });
  t.deepEqual(await all(source.pipeThrough(new ParserStream(items))), { values: [], error: wrong });
});

test("cancelling the readable side, or leaving a loop over it, cancels the source", async (t) => {
  const cancelled: unknown[] = [];
  const endless = (): ReadableStream<string> =>
    new ReadableStream({
      pull: (controller) => controller.enqueue("1;"),
      cancel: (reason) => void cancelled.push(reason),
    });
  const reader = endless().pipeThrough(new ParserStream(items)).getReader();
  await reader.read();
  await reader.cancel("enough");
  for await (const _ of endless().pipeThrough(new ParserStream(items))) break;
  await turn();
  t.deepEqual(cancelled, ["enough", undefined]);
});

test("cancelling while a chunk is waited for leaves nothing behind", async (t) => {
  const { readable, writable } = new ParserStream(items);
  const reader = readable.getReader();
  const waiting = reader.read();
  await turn();
  await reader.cancel("enough");
  t.deepEqual(await waiting, { done: true, value: undefined });
  await t.throwsAsync(writable.getWriter().closed, { any: true });
});

test("a signal fails both sides with its reason, read or not, and is let go of", async (t) => {
  for (const reads of [true, false]) {
    const control = new AbortController();
    const { readable, writable } = new ParserStream(items, { signal: control.signal });
    const reason = new Error("enough");
    const reading = reads ? all(readable) : undefined;
    const writer = writable.getWriter();
    const writing = writer.write("1;").catch((error: unknown) => error);
    await turn();
    control.abort(reason);
    if (reading === undefined) t.is((await all(readable)).error, reason);
    else t.deepEqual(await reading, { values: [1], error: reason });
    await writing;
    t.is(await t.throwsAsync(writer.closed), reason);
  }
  const aborted = new ParserStream(items, { signal: AbortSignal.abort("before") });
  t.deepEqual(await all(aborted.readable), { values: [], error: "before" });
});

test("a run that is complete before its input closes the readable side and takes no more", async (t) => {
  const { readable, writable } = new ParserStream(each(number, { end: string(".") }), { requireEof: false });
  const reading = all(readable);
  const writer = writable.getWriter();
  await writer.write("1;2;.rest");
  t.deepEqual(await reading, { values: [1, 2] });
  await t.throwsAsync(writer.write("more"), { message: /the parse is complete/ });
});

test("what a function of the grammar throws comes out as it is", async (t) => {
  const wrong = new Error("wrong");
  const throwing = each(
    map(number, (n) => {
      if (n === 2) throw wrong;
      return n;
    }),
  );
  t.deepEqual(await all(new Blob(["1;2;3;"]).stream().pipeThrough(new ParserStream(throwing))), {
    values: [1],
    error: wrong,
  });
});

test("Node's pipeline takes one between a Readable and a consumer", async (t) => {
  const seen: number[] = [];
  await pipeline(Readable.from(["1; 2", "0; 3;"]), new ParserStream(items), async (values) => {
    for await (const value of values) seen.push(value);
  });
  t.deepEqual(seen, [1, 20, 3]);
  const failing = pipeline(Readable.from(["1; x"]), new ParserStream(items), async (values) => {
    for await (const value of values) seen.push(value);
  });
  await t.throwsAsync(failing, { name: "ParseError" });
  t.deepEqual(seen, [1, 20, 3, 1]);
});

test("Node's pipeline takes parseEach as a function", async (t) => {
  const seen: number[] = [];
  await pipeline(
    Readable.from(["1; 2", "0; 3;"]),
    (source) => parseEach(items, source),
    async (values: AsyncIterable<number>) => {
      for await (const value of values) seen.push(value);
    },
  );
  t.deepEqual(seen, [1, 20, 3]);
  const leaving = new AbortController();
  const left = pipeline(
    Readable.from(["4; 5;"]),
    (source, { signal }) => parseEach(items, source, { signal }),
    async (values) => {
      for await (const value of values) {
        seen.push(value);
        leaving.abort();
      }
    },
    { signal: leaving.signal },
  );
  await t.throwsAsync(left, { name: "AbortError" });
  t.deepEqual(seen, [1, 20, 3, 4]);
});
