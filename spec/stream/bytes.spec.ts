// Chunks are strings, and whatever views or holds bytes, of any realm (semantics, rule 40).
import { runInNewContext } from "node:vm";
import test from "ava";
import { each, run, runPartial } from "../../src/index.ts";
import { oneOf, takeWhile1 } from "../../src/lex/index.ts";
import {
  type Bytes,
  CLOSED,
  chunk,
  type FeederYield,
  feederOf,
  ParserStream,
  parse,
  parseEach,
  parseLoopSync,
  resume,
  runStream,
  StreamDriver,
  type StreamOutcome,
} from "../../src/stream/index.ts";

const text = "grün €1 ".repeat(12);
const word = takeWhile1((c) => c !== " ");
const words = each(oneOf("grün€1 "));

/** The UTF-8 of a text, after 2 other bytes in its buffer and before 2 more, so that it can be viewed as anything. */
function lent(input: string): { readonly buffer: ArrayBuffer; readonly length: number } {
  const bytes = new TextEncoder().encode(input);
  const buffer = new ArrayBuffer(bytes.length + 8);
  new Uint8Array(buffer).fill(0xff);
  new Uint8Array(buffer).set(bytes, 4);
  return { buffer, length: bytes.length };
}

function exact(input: string): ArrayBuffer {
  const { buffer, length } = lent(input);
  return buffer.slice(4, 4 + length);
}

const abroad = (type: string, input: string): Bytes =>
  runInNewContext(`const bytes = new Uint8Array(${JSON.stringify([...new TextEncoder().encode(input)])}); ${type}`);

/** A text of which UTF-8 has an even number of bytes, as every kind of bytes. */
const kinds: Readonly<Record<string, (input: string) => Bytes>> = {
  "a Uint8Array": (input) => new TextEncoder().encode(input),
  "a Buffer": (input) => Buffer.from(input),
  "a DataView": (input) => new DataView(lent(input).buffer, 4, lent(input).length),
  "a Uint16Array": (input) => new Uint16Array(lent(input).buffer, 4, lent(input).length / 2),
  "a Uint8ClampedArray": (input) => new Uint8ClampedArray(lent(input).buffer, 4, lent(input).length),
  "an ArrayBuffer": exact,
  "a SharedArrayBuffer": (input) => {
    const bytes = new Uint8Array(new SharedArrayBuffer(lent(input).length));
    bytes.set(new Uint8Array(exact(input)));
    return bytes.buffer;
  },
  "a view of a SharedArrayBuffer": (input) => {
    const bytes = new Uint8Array(new SharedArrayBuffer(lent(input).length));
    bytes.set(new Uint8Array(exact(input)));
    return bytes;
  },
  "a Uint8Array of another realm": (input) => abroad("bytes", input),
  "a DataView of another realm": (input) => abroad("new DataView(bytes.buffer)", input),
  "an ArrayBuffer of another realm": (input) => abroad("bytes.buffer", input),
  "a SharedArrayBuffer of another realm": (input) =>
    abroad("const s = new Uint8Array(new SharedArrayBuffer(bytes.length)); s.set(bytes); s.buffer", input),
};

function completed<T, E>(outcome: StreamOutcome<T, E>): readonly E[] {
  if (outcome.kind === "completed") return outcome.emitted;
  return [...outcome.emitted, ...resume(outcome.continuation, CLOSED).emitted];
}

for (const [name, make] of Object.entries(kinds)) {
  test(`${name} is an input, a chunk and a source`, async (t) => {
    const halves = [text.slice(0, 32), text.slice(32)];
    const chunks = (): Bytes[] => halves.map(make);
    const [first, second] = chunks() as [Bytes, Bytes];
    const whole = [...run(words, text).emitted];

    t.deepEqual([...run(words, make(text)).emitted], whole);
    t.is(new TextDecoder().decode(runPartial(word, make(text)).rest as Uint8Array), text.slice(4));
    t.deepEqual(completed(runStream(words, make(text))), whole);
    const pending = runStream(words, first);
    const resumed = pending.kind === "pending" ? completed(resume(pending.continuation, second)) : [];
    t.deepEqual([...pending.emitted, ...resumed], whole);
    t.deepEqual(completed(runStream(words, feederOf(chunks()))), whole);
    const answers: FeederYield[] = [...chunks().map((one) => chunk(one)), CLOSED];
    let asked = 0;
    t.deepEqual(completed(runStream(words, { pull: () => answers[asked++] ?? CLOSED })), whole);
    t.deepEqual([...(await parse(words, make(text))).emitted], whole);
    t.deepEqual([...(await parse(words, chunks())).emitted], whole);

    const items: string[] = [];
    for await (const item of parseEach(words, chunks())) items.push(item);
    t.deepEqual(items, whole);

    const streamed: string[] = [];
    const stream = new ReadableStream<never>({
      start(controller) {
        for (const one of chunks()) controller.enqueue(one as never);
        controller.close();
      },
    });
    for await (const item of stream.pipeThrough(new ParserStream(words))) streamed.push(item);
    t.deepEqual(streamed, whole);

    const loop = parseLoopSync(words);
    const looped = [...chunks(), CLOSED].flatMap((one) => loop.next(one as never).value.emitted);
    t.deepEqual(looped, whole);

    const driven: string[] = [];
    const driver = new StreamDriver(words, ({ emitted }) => driven.push(...emitted));
    for (const one of chunks()) driver.push(one);
    driver.close();
    t.deepEqual(driven, whole);
  });
}

test("binary input is any of them too, and what is shared is copied before the call returns", (t) => {
  const shared = new Uint8Array(new SharedArrayBuffer(100)).fill(97);
  const outcome = runStream(takeWhile1("a"), shared.buffer);
  shared.fill(98);
  const end = outcome.kind === "pending" && resume(outcome.continuation, CLOSED);
  t.is(end && end.kind === "completed" && end.result.value, "a".repeat(100));
});

test("a buffer that was transferred away is refused, whatever views it", (t) => {
  const buffer = new ArrayBuffer(8);
  const view = new Uint16Array(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  for (const gone of [buffer, view]) {
    t.throws(() => run(words, gone), { instanceOf: TypeError, message: /transferred away/ });
    t.throws(() => runStream(words, gone), { instanceOf: TypeError, message: /transferred away/ });
  }
});

test("what has only the looks of bytes is refused", (t) => {
  const looks = { byteLength: 3, buffer: new ArrayBuffer(3), [Symbol.toStringTag]: "ArrayBuffer" };
  for (const wrong of [looks, [97], { length: 1 }, new Set([97])]) {
    t.throws(() => run(words, wrong as never), {
      instanceOf: TypeError,
      message: /^the input is a string or a Uint8Array/,
    });
    t.throws(() => runStream(words, wrong as never), { instanceOf: TypeError, message: /^a chunk is a string or a/ });
  }
});

test("run replaces malformed UTF-8 where it is asked to, as a stream does", (t) => {
  const bytes = Uint8Array.of(97, 0xff, 0xe2, 0x82, 98, 0xc3);
  const p = takeWhile1(() => true);
  t.is(run(p, bytes).diagnostics[0]?.code, "stream.decode");
  const replaced = run(p, bytes, { decode: "replace" });
  t.is(replaced.ok && replaced.value, "a\ufffd\ufffdb\ufffd");
  t.is(replaced.span?.end.byteOffset, 6);
  for (let at = 0; at <= bytes.length; at++) {
    const first = runStream(p, bytes.slice(0, at), { decode: "replace" });
    const next = first.kind === "pending" && resume(first.continuation, bytes.slice(at));
    const end = next && next.kind === "pending" && resume(next.continuation, CLOSED);
    t.deepEqual(end && end.kind === "completed" && { ...end.result }, { ...replaced });
  }
  const part = runPartial(
    takeWhile1((c) => c !== "b"),
    bytes,
    { decode: "replace" },
  );
  t.deepEqual(part.rest, Uint8Array.of(98, 0xc3));
});
