// A thousand runs, each over a source of some kind into a sink of some kind, each ended in some way at some point: whatever
// happens, the source is let go of once, and no timer, listener or rejection is left behind.
import assert from "node:assert/strict";
import { pipeline } from "node:stream/promises";
import test from "ava";
import fc from "fast-check";
import { each, map, ParseError, skipR } from "../../src/index.ts";
import { parsing, parsingEach } from "../../src/ix.ts";
import { int10, symbol } from "../../src/lex/index.ts";
import { type Chunk, flowController, ParserStream, type Source, type StreamingConfig } from "../../src/stream/index.ts";
import { chunksOf } from "../../src/stream/input/source.ts";
import { itemsOf, parseBy, runOfItems } from "../../src/stream/run/parse.ts";
import { size } from "../_size.ts";
import { settled } from "./_clock.ts";
import { counted, HastyClock, type Probe, probes, type Turn } from "./_probed.ts";

/** What happens, and at which item or chunk. */
const ENDINGS = ["end", "break", "throw", "abort", "fail", "silence", "grammar", "syntax", "kind"] as const;
const SINKS = ["parse", "parseEach", "ParserStream", "pipeline", "parsing", "parsingEach"] as const;

interface Case {
  readonly kind: string;
  readonly sink: (typeof SINKS)[number];
  readonly ending: (typeof ENDINGS)[number];
  readonly at: number;
  readonly sizes: readonly number[];
  readonly mode: "auto" | "push" | "pull" | "hybrid" | undefined;
  readonly highWatermark: number;
  readonly debounce: number;
  readonly throttle: number;
  readonly steps: number | undefined;
}

/** ix has its own way to time out; a generator can't wait; a stream of bytes takes nothing else. */
const canBe = ({ kind, sink, ending }: Case): boolean =>
  !(ending === "silence" && (sink.startsWith("parsing") || kind === "generator")) &&
  !(ending === "kind" && /bytes|body/.test(kind));

const everyCase: fc.Arbitrary<Case> = fc.record({
  kind: fc.constantFrom(...Object.keys(probes)),
  sink: fc.constantFrom(...SINKS),
  ending: fc.constantFrom(...ENDINGS),
  at: fc.nat(8),
  sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
  mode: fc.constantFrom(undefined, "auto", "push", "pull", "hybrid"),
  highWatermark: fc.nat(12),
  debounce: fc.constantFrom(0, 0, 3),
  throttle: fc.constantFrom(0, 0, 2),
  steps: fc.constantFrom(undefined, undefined, 20),
});

const ITEMS = 8;
const TEXT = Array.from({ length: ITEMS }, (_, i) => `${i + 1};`).join("");
const failure = new Error("the line is dead");
const ours = new Error("thrown in the loop");
const thrown = new Error("thrown by a function of the grammar");
const reason = new Error("enough");

interface Ended {
  readonly values: readonly unknown[];
  readonly error?: unknown;
}

function cut(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = sizes[pieces.length % sizes.length] ?? 1;
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return pieces;
}

async function collected(values: AsyncIterable<unknown>, { ending, at }: Case): Promise<Ended> {
  const seen: unknown[] = [];
  try {
    for await (const value of values) {
      seen.push(value);
      if (ending === "break" && seen.length > at) break;
      if (ending === "throw" && seen.length > at) throw ours;
    }
  } catch (error) {
    return { values: seen, error };
  }
  return { values: seen };
}

const webPipeline = pipeline as (...stages: readonly unknown[]) => Promise<void>;
const Timed = ParserStream as new (...given: unknown[]) => ParserStream<number>;

/** A source as a Web stream, as `pipeThrough` needs it. */
function asStream(source: Source): ReadableStream<Chunk> {
  if (source instanceof ReadableStream) return source;
  const chunks = chunksOf(source);
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        const next = await chunks.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

async function driven(one: Case, source: Source, config: StreamingConfig, clock: HastyClock): Promise<Ended> {
  const number = skipR(
    map(int10, (text) => {
      if (one.ending === "grammar" && Number(text) > one.at) throw thrown;
      return Number(text);
    }),
    symbol(";"),
  );
  const items = each(number);
  const course = (from: Source): AsyncIterable<unknown> => itemsOf(() => runOfItems(clock, items, from, config));
  switch (one.sink) {
    case "parse":
      try {
        const { result, emitted } = await parseBy(clock, items, source, config);
        return result.ok ? { values: emitted } : { values: emitted, error: new ParseError(result) };
      } catch (error) {
        return { values: [], error };
      }
    case "parseEach":
      return collected(course(source), one);
    case "ParserStream":
      return collected(asStream(source).pipeThrough(new Timed(items, config, clock)), one);
    case "pipeline": {
      let ended: Ended = { values: [] };
      try {
        await webPipeline(
          Symbol.asyncIterator in Object(source) || Symbol.iterator in Object(source) ? source : asStream(source),
          course,
          async (values: AsyncIterable<unknown>) => {
            ended = await collected(values, one);
            if (ended.error !== undefined) throw ended.error;
          },
        );
      } catch (error) {
        return { ...ended, error };
      }
      return ended;
    }
    case "parsing": {
      const outcomes = parsing(items, config)(chunksIn(source));
      try {
        for await (const { result, emitted } of outcomes) {
          return result.ok ? { values: emitted } : { values: emitted, error: new ParseError(result) };
        }
      } catch (error) {
        return { values: [], error };
      }
      return { values: [] };
    }
    case "parsingEach":
      return collected(parsingEach(items, config)(chunksIn(source)), one);
  }
}

/** What an operator of ix takes. */
function chunksIn(source: Source): AsyncIterable<Chunk> {
  return { [Symbol.asyncIterator]: () => chunksOf(source) };
}

/** What the source does: the text in pieces, and at some chunk what the case says. */
function turnsOf({ ending, at, sizes }: Case, control: AbortController): Turn[] {
  const text = ending === "syntax" ? `${TEXT.slice(0, 2 * at)}x;${TEXT.slice(2 * at)}` : TEXT;
  const turns: Turn[] = cut(text, sizes);
  const where = Math.min(at, turns.length);
  if (ending === "fail") {
    turns.splice(where, turns.length, () => {
      throw failure;
    });
  } else if (ending === "silence") turns.splice(where, turns.length, () => new Promise(() => {}));
  else if (ending === "kind") turns.splice(where, 0, () => 7 as never);
  else if (ending === "abort") {
    const last = Math.min(at, turns.length - 1);
    const next = turns[last] as string;
    turns.splice(last, 1, () => {
      control.abort(reason);
      return next;
    });
  }
  return turns;
}

/** What it all came from: each hand that it went through may have wrapped it. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
}

/** Holds what was handed out, and what it ended with, against what must be. */
function check({ ending, at, sink, sizes, kind }: Case, { values, error }: Ended): void {
  const all = Array.from({ length: ITEMS }, (_, i) => i + 1);
  assert.deepEqual(values, all.slice(0, values.length));
  const whole = sink === "parse" || sink === "parsing";
  const code = error instanceof ParseError ? error.diagnostics[0]?.code : undefined;
  switch (ending) {
    case "end":
      assert.equal(error, undefined);
      assert.equal(values.length, ITEMS);
      return;
    case "break":
      assert.equal(error, undefined);
      assert.equal(values.length, whole ? ITEMS : Math.min(at + 1, ITEMS));
      return;
    case "throw":
      assert.equal(error, whole || at >= ITEMS ? undefined : ours);
      return;
    case "abort":
      // where a source is asked for its last chunk or the end only when all is done, there is nothing to abort any more
      if (error !== undefined) assert.equal(error, reason);
      return;
    case "fail": {
      const before = cut(TEXT, sizes).slice(0, at).join("");
      assert.equal(rootOf(error), failure);
      if (sink !== "ParserStream" && code !== undefined) {
        assert.equal(code, "stream.io");
        const certain = before.split(";").length - 1;
        // a Node stream that fails drops what it has read ahead
        if (kind.startsWith("node")) assert.ok(values.length <= certain);
        else assert.equal(values.length, certain);
      }
      return;
    }
    case "silence":
      assert.equal(code, "stream.timeout");
      return;
    case "grammar":
      if (at < ITEMS) assert.equal(error, thrown);
      return;
    case "syntax":
      assert.equal(code, "E1001");
      assert.equal(values.length, Math.min(at, ITEMS));
      return;
    case "kind":
      assert.ok(error instanceof Error);
  }
}

async function runsClean(one: Case): Promise<void> {
  const control = new AbortController();
  const listeners = counted(control.signal);
  const clock = new HastyClock();
  const probe: Probe = (probes[one.kind] as (typeof probes)[string])(turnsOf(one, control));
  const config: StreamingConfig = {
    signal: control.signal,
    // operators of ix take no clock
    pendingTimeout: one.sink.startsWith("parsing") ? undefined : 50,
    yieldEvery: one.steps === undefined ? undefined : { steps: one.steps },
    flow:
      one.mode === undefined
        ? undefined
        : flowController({
            mode: one.mode,
            highWatermark: one.highWatermark,
            policy: {
              kind: "auto",
              backpressure: one.sink.startsWith("parsing") ? {} : { debounce: one.debounce, throttle: one.throttle },
            },
          }),
  };
  const ended = await driven(one, probe.source, config, clock);
  check(one, ended);
  await settled();
  // a pipeline whose source fails does not wait for the generator after it, which hears of that when it asks next
  for (let turns = 0; one.sink === "pipeline" && clock.timers > 0 && turns < 10; turns++) await settled();
  assert.equal(clock.timers, 0, "a timer is left");
  assert.equal(listeners(), 0, "a listener is left");
  const { begun, over } = probe.count;
  if (!(one.ending === "silence" && probe.stubborn === true))
    assert.equal(over, begun, "the source was not let go of once");
  if (probe.readable !== undefined) assert.ok(probe.readable.destroyed);
}

test("ends at random points leave nothing behind", async (t) => {
  t.timeout(120_000);
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown): void => void unhandled.push(error);
  process.on("unhandledRejection", onUnhandled);
  t.teardown(() => process.off("unhandledRejection", onUnhandled));
  await fc.assert(fc.asyncProperty(everyCase.filter(canBe), runsClean), {
    numRuns: size(300, 3000),
    seed: 20_261_122,
    includeErrorInReport: true,
  });
  await settled();
  t.deepEqual(unhandled, []);
});
