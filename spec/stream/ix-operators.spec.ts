// sluice/ix: parsers as operators, feeders as async iterables and back.
import test from "ava";
import { AsyncIterableX, from } from "ix/asynciterable";
import { filter, map as mapEach, take } from "ix/asynciterable/operators";
import { each, map, skipR } from "../../src/index.ts";
import { fromFeeder, parsing, parsingEach, toFeeder } from "../../src/ix.ts";
import { int10, lexeme, string } from "../../src/lex/index.ts";
import {
  awaiting,
  type Chunk,
  CLOSED,
  chunk,
  closed,
  type FeederYield,
  feederError,
  feederOf,
  flowController,
  parse,
  parseEach,
  resume,
  runStream,
} from "../../src/stream/index.ts";
import { never, watched } from "./_watched.ts";

const number = lexeme(skipR(map(lexeme(int10), Number), string(";")));
const items = each(number);

async function all<T>(given: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of given) values.push(value);
  return values;
}

test("parsingEach stands between operators", async (t) => {
  const bytes = from(["1; 2", "0; 3; 4;"]).pipe(mapEach((text) => new TextEncoder().encode(text)));
  const values = bytes.pipe(
    parsingEach(items),
    filter((n) => n > 1),
    mapEach((n) => n * 10),
    take(2),
  );
  t.true(bytes.pipe(parsingEach(items)) instanceof AsyncIterableX);
  t.deepEqual(await all(values), [200, 30]);
  t.deepEqual(await all(from(["1; 2;"]).pipe(parsingEach(number)).pipe(mapEach(String))), ["1", "2"]);
});

test("taking few closes the source, once, and reads no further", async (t) => {
  const { source, count } = watched(["1; 2", "0; 3;", "4;"]);
  t.deepEqual(await all(from(source).pipe(parsingEach(items), take(2))), [1, 20]);
  t.deepEqual(count, { pulls: 2, closed: 1 });
});

test("each iteration is a run of its own", async (t) => {
  const values = parsingEach(items)(from(["1;", "2;"]));
  t.deepEqual(await all(values), [1, 2]);
  t.deepEqual(await all(values), [1, 2]);
});

test("a ParseError comes after the certain values", async (t) => {
  const seen: number[] = [];
  const loop = async (): Promise<void> => {
    for await (const value of from(["1; x"]).pipe(parsingEach(items))) seen.push(value);
  };
  await t.throwsAsync(loop(), { name: "ParseError" });
  t.deepEqual(seen, [1]);
});

test("parsing gives the completed outcome, failed or not", async (t) => {
  for (const text of ["1; 2;", "1; x"]) {
    const outcomes = await all(from([text]).pipe(parsing(items)));
    t.is(outcomes.length, 1);
    const expected = await parse(items, [text]);
    t.deepEqual(outcomes[0]?.emitted, expected.emitted);
    t.deepEqual(outcomes[0]?.result.diagnostics, expected.result.diagnostics);
    t.is(outcomes[0]?.result.ok, expected.result.ok);
  }
});

test("the configuration is used, and misuse is told", async (t) => {
  t.deepEqual(await all(from(["1;rest"]).pipe(parsingEach(items, { requireEof: false }))), [1]);
  const wrong = from(["1;"]).pipe(parsingEach(items, { requireEOF: false } as never));
  await t.throwsAsync(all(wrong), { instanceOf: TypeError, message: /did you mean "requireEof"/ });
});

test("aborting the iteration, or the run's own signal, rejects with the reason and closes the source", async (t) => {
  for (const which of ["of ix", "own", "both"]) {
    for (const operator of [parsing, parsingEach]) {
      const { source, count } = watched(["1;", never]);
      const control = new AbortController();
      const other = new AbortController();
      const own = which === "of ix" ? {} : { signal: which === "own" ? control.signal : other.signal };
      const iterable: AsyncIterableX<unknown> = operator(items, own)(source);
      const iterator = iterable[Symbol.asyncIterator](which === "own" ? undefined : control.signal);
      const reason = new Error("enough");
      setImmediate(() => control.abort(reason));
      const reading = async (): Promise<void> => {
        while ((await iterator.next()).done !== true);
      };
      t.is(await t.throwsAsync(reading()), reason);
      t.deepEqual(count, { pulls: 2, closed: 1 });
    }
  }
});

test("what a feeder gives is an async iterable", async (t) => {
  const bytes = new Uint8Array([51, 59]);
  const answers: FeederYield[] = [chunk("1"), awaiting(), "", "; 2;", chunk(""), closed()];
  t.deepEqual(await all(fromFeeder({ pull: () => answers.shift() ?? CLOSED })), ["1", "; 2;"]);
  t.deepEqual(await all(fromFeeder(feederOf([bytes]))), [bytes]);
  t.deepEqual(await all(fromFeeder(feederOf(["1; 2", "0;"])).pipe(parsingEach(items))), [1, 20]);
});

test("a feeder's error is thrown, and so is an answer that is none", async (t) => {
  const cause = new Error("why");
  const answers: FeederYield[] = [chunk("1;"), feederError({ kind: "IoFailed", message: "dead", cause })];
  const error = await t.throwsAsync(all(fromFeeder({ pull: () => answers.shift() ?? CLOSED })), { message: "dead" });
  t.is(error?.cause, cause);
  for (const wrong of [undefined, null, 7, {}, { kind: "chunks" }]) {
    const refused = all(fromFeeder({ pull: () => wrong as never }));
    await t.throwsAsync(refused, { instanceOf: TypeError, message: /^a feeder gives chunk/ });
  }
});

test("toFeeder reads one chunk at a time, when it is asked", async (t) => {
  const { source, count } = watched(["1; 2", "0;"]);
  const feeder = toFeeder(source);
  t.is(count.pulls, 0);
  t.deepEqual(feeder.pull({ action: "continue", minBytes: 1 }), awaiting());
  t.deepEqual(feeder.pull({ action: "continue", minBytes: 1 }), awaiting());
  t.is(count.pulls, 1);
  await feeder.ready();
  t.is(count.pulls, 1);
  t.deepEqual(feeder.pull({ action: "continue", minBytes: 1 }), chunk("1; 2"));
  t.is(count.pulls, 1);
});

test("a run over toFeeder, and back", async (t) => {
  const chunks = ["1; 2", "0; ", "300;"];
  const feeder = toFeeder(from(chunks));
  let outcome = runStream(items, feeder);
  const emitted = [...outcome.emitted];
  while (outcome.kind === "pending") {
    await feeder.ready();
    const given = feeder.pull(outcome.demand);
    const more = given === CLOSED ? CLOSED : (given as { data: Chunk }).data;
    outcome = resume(outcome.continuation, more);
    emitted.push(...outcome.emitted);
  }
  t.true(outcome.result.ok);
  t.deepEqual(emitted, [1, 20, 300]);
  t.deepEqual(await all(fromFeeder(toFeeder(from(chunks)))), chunks);
});

test("a source that fails or is left early, through feeders", async (t) => {
  const dead = (): Chunk => {
    throw new Error("the line is dead");
  };
  const failing = all(fromFeeder(toFeeder(watched(["1;", dead]).source)));
  await t.throwsAsync(failing, { message: "the source failed: the line is dead" });
  const { source, count } = watched(["1;2;", "3;"]);
  for await (const _ of parseEach(items, fromFeeder(toFeeder(source)))) break;
  t.deepEqual(count, { pulls: 1, closed: 1 });
});

/** A settled promise's answer, or that it still waits. */
async function soon<T>(promise: Promise<T>): Promise<T | "it waits"> {
  return Promise.race([promise, new Promise<"it waits">((resolve) => setTimeout(resolve, 1000, "it waits"))]);
}

test("what reads a feeder can be left, or aborted, in the middle of a pull", async (t) => {
  for (const how of ["return", "abort"] as const) {
    const { source, count } = watched(["1;", never]);
    const control = new AbortController();
    const chunks = fromFeeder(toFeeder(source))[Symbol.asyncIterator](control.signal);
    t.deepEqual(await chunks.next(), { done: false, value: "1;" });
    const waiting = chunks.next().catch((error: unknown) => error);
    await new Promise((resolve) => setImmediate(resolve));
    const reason = new Error("enough");
    if (how === "abort") control.abort(reason);
    else t.deepEqual(await soon(chunks.return?.() as Promise<unknown>), { done: true, value: undefined });
    t.deepEqual(await soon(waiting), how === "abort" ? reason : { done: true, value: undefined });
    t.deepEqual(count, { pulls: 2, closed: 1 });
  }
});

test("a feeder that says for ever that it has nothing now can be left", async (t) => {
  const control = new AbortController();
  const reason = new Error("enough");
  const reading = all(fromFeeder({ pull: () => awaiting() }).pipe(parsingEach(items, { signal: control.signal })));
  setImmediate(() => control.abort(reason));
  t.is(await t.throwsAsync(reading), reason);
});

test("toFeeder closes what it reads, once, and is at its end then", async (t) => {
  for (const chunks of [["1;"], [never]]) {
    const { source, count } = watched(chunks);
    const feeder = toFeeder(source);
    feeder.pull({ action: "continue", minBytes: 1 });
    await new Promise((resolve) => setImmediate(resolve));
    t.is(await soon(feeder.close()), undefined);
    await feeder.close();
    t.is(count.closed, 1);
    if (chunks[0] === "1;") t.deepEqual(feeder.pull({ action: "continue", minBytes: 1 }), chunk("1;"));
    t.is(feeder.pull({ action: "continue", minBytes: 1 }), CLOSED);
  }
});

test("queues are bounded: in every mode a source of ix is asked for no more than may wait", async (t) => {
  for (const [mode, most] of [
    ["auto", 1],
    ["pull", 1],
    ["push", 5],
    ["hybrid", 5],
  ] as const) {
    const { source, count } = watched(Array.from({ length: 50 }, (_, i) => `${i % 10};`));
    const flow = flowController({ mode, highWatermark: 6, lowWatermark: 2 });
    const values = from(source).pipe(parsingEach(items, { flow }))[Symbol.asyncIterator]();
    t.is((await values.next()).value, 0);
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    // chunks of two units: the fifth one makes eight that wait
    t.is(count.pulls, most, mode);
    await values.return?.();
    t.is(count.closed, 1);
  }
});
