// debounce gathers small chunks, throttle spaces demands, maxLag and onDemand cap them: by a fake clock.
import test from "ava";
import { each, map, skipR } from "../../src/index.ts";
import { int10, lexeme, oneOf, symbol } from "../../src/lex/index.ts";
import {
  type Chunk,
  type Completed,
  type FlowPolicy,
  flowController,
  ParserStream,
  parseEach,
  type Source,
  type StreamingConfig,
} from "../../src/stream/index.ts";
import { itemsOf, parseBy, runOfItems } from "../../src/stream/run/parse.ts";
import { FakeClock, settled } from "./_clock.ts";
import { watched } from "./_watched.ts";

const number = skipR(map(lexeme(int10), Number), symbol(";"));
const items = each(number);
const digits = each(oneOf("0123456789"));

type Paces = Extract<FlowPolicy, { readonly kind: "auto" }>["backpressure"];

function paced(backpressure: Paces, rest: Parameters<typeof flowController>[0] = {}): StreamingConfig {
  return { flow: flowController({ ...rest, policy: { kind: "auto", backpressure } }) };
}

/** A source to which a test hands chunks, and that knows when it was asked. */
class Hand implements AsyncIterable<Chunk> {
  readonly asked: number[] = [];
  closed = 0;
  readonly #clock: FakeClock;
  readonly #chunks: (Chunk | undefined)[] = [];
  #waiting: (() => void) | undefined;

  constructor(clock: FakeClock, chunks: readonly (Chunk | undefined)[] = []) {
    this.#clock = clock;
    this.#chunks = [...chunks];
  }

  /** Gives a chunk, or the end. */
  async give(chunk?: Chunk): Promise<void> {
    this.#chunks.push(chunk);
    this.#waiting?.();
    await settled();
  }

  [Symbol.asyncIterator](): AsyncIterator<Chunk> {
    return {
      next: async () => {
        this.asked.push(this.#clock.now());
        if (this.#chunks.length === 0) {
          await new Promise<void>((resolve) => {
            this.#waiting = resolve;
          });
        }
        const value = this.#chunks.shift();
        return value === undefined ? { done: true, value } : { done: false, value };
      },
      return: async () => {
        this.closed += 1;
        return { done: true, value: undefined };
      },
    };
  }
}

/** What a run has handed out so far, and how it ended. */
class Taken {
  readonly values: unknown[] = [];
  readonly ended: Promise<unknown>;

  constructor(clock: FakeClock, source: Source, config: StreamingConfig, parser: typeof items = items) {
    this.ended = (async () => {
      for await (const value of itemsOf(() => runOfItems(clock, parser, source, config))) this.values.push(value);
    })().catch((error: unknown) => error);
  }
}

test("debounce: small chunks are parsed together, so many milliseconds after the first", async (t) => {
  const clock = new FakeClock();
  const hand = new Hand(clock);
  const taken = new Taken(clock, hand, paced({ debounce: 50 }));
  await settled();
  t.is(clock.timers, 0);
  await hand.give("1;");
  await clock.pass(20);
  await hand.give("2;");
  await clock.pass(29);
  t.deepEqual(taken.values, []);
  await clock.pass(1);
  t.deepEqual(taken.values, [1, 2]);
  await hand.give("3;");
  t.deepEqual(taken.values, [1, 2]);
  await clock.pass(50);
  t.deepEqual(taken.values, [1, 2, 3]);
  // the end comes at once
  await hand.give("4;");
  await hand.give();
  t.deepEqual(taken.values, [1, 2, 3, 4]);
  t.is(await taken.ended, undefined);
  t.is(clock.timers, 0);
  t.is(hand.closed, 0);
});

test("debounce: as much as the demand is for is parsed at once", async (t) => {
  for (const config of [
    paced({ debounce: 1000, maxLag: 4 }),
    paced({ debounce: 1000 }, { highWatermark: 4 }),
    { ...paced({ debounce: 1000 }), demandCap: { bytes: 4 } },
  ]) {
    const clock = new FakeClock();
    const hand = new Hand(clock);
    const taken = new Taken(clock, hand, config);
    await hand.give("1;");
    t.deepEqual(taken.values, []);
    await hand.give("2;");
    t.deepEqual(taken.values, [1, 2]);
    t.is(clock.timers, 0);
  }
});

test("debounce: a source that fails, or gives nonsense, is heard of after what came before", async (t) => {
  for (const [wrong, about] of [
    [new Uint8Array([49]), /a stream of text was fed bytes/],
    [7 as never, /^a chunk is a string/],
  ] as const) {
    const clock = new FakeClock();
    const hand = new Hand(clock, ["1;", "2;", wrong]);
    const taken = new Taken(clock, hand, paced({ debounce: 1000 }));
    const error = (await taken.ended) as Error;
    t.regex(error.message, about);
    t.deepEqual(taken.values, [1, 2]);
    t.is(hand.closed, 1);
    t.is(clock.timers, 0);
  }
});

test("throttle: so many milliseconds at least lie between two questions", async (t) => {
  for (const mode of ["auto", "pull", "push", "hybrid"] as const) {
    const clock = new FakeClock();
    const hand = new Hand(clock, ["1;", "2;", "3;", undefined]);
    const taken = new Taken(clock, hand, paced({ throttle: 100 }, { mode }));
    await settled();
    t.deepEqual(hand.asked, [0]);
    t.deepEqual(taken.values, [1]);
    await clock.pass(99);
    t.deepEqual(hand.asked, [0]);
    await clock.pass(1);
    t.deepEqual(taken.values, [1, 2]);
    await clock.pass(250);
    await clock.pass(100);
    t.is(await taken.ended, undefined);
    t.deepEqual(taken.values, [1, 2, 3]);
    t.deepEqual(hand.asked, [0, 100, 350, 450], mode);
    t.is(clock.timers, 0);
  }
});

test("throttle and debounce leave no timer behind when the run is left, and do not ask again", async (t) => {
  for (const mode of ["pull", "push"] as const) {
    const clock = new FakeClock();
    const hand = new Hand(clock, ["1;2;", "3;", "4;"]);
    const config = paced({ throttle: 100, debounce: 10 }, { mode });
    const values = itemsOf(() => runOfItems(clock, items, hand, config));
    const first = values.next();
    await clock.pass(10);
    t.is((await first).value, 1);
    await values.return(undefined as never);
    t.is(clock.timers, 0, mode);
    await clock.pass(1000);
    t.deepEqual(hand.asked, [0]);
    t.is(hand.closed, 1);
  }
});

test("what is waited for before a question is no silence of the source", async (t) => {
  const clock = new FakeClock();
  const hand = new Hand(clock, ["1;"]);
  const config = { ...paced({ throttle: 1000 }), pendingTimeout: 50 };
  const outcome = parseBy(clock, items, hand, config);
  await clock.pass(999);
  t.deepEqual(hand.asked, [0]);
  await clock.pass(1);
  t.deepEqual(hand.asked, [0, 1000]);
  await clock.pass(49);
  t.is(clock.timers, 1);
  await clock.pass(1);
  const { result, emitted } = await outcome;
  t.deepEqual(emitted, [1]);
  t.deepEqual(result.diagnostics[0]?.extensions, { stream: { waited: 50, limit: 50 } });
  t.is(clock.timers, 0);
  t.is(hand.closed, 1);
});

test("aborting while a demand is spaced, or chunks are gathered, is heard at once", async (t) => {
  for (const pace of [{ throttle: 1000 }, { debounce: 1000 }]) {
    const clock = new FakeClock();
    const hand = new Hand(clock, ["1;"]);
    const control = new AbortController();
    const taken = new Taken(clock, hand, { ...paced(pace), signal: control.signal });
    await settled();
    control.abort("enough");
    t.is(await taken.ended, "enough");
    t.is(clock.timers, 0);
    t.is(hand.closed, 1);
  }
});

test("a ParserStream gathers what is written, and spaces its writes", async (t) => {
  const clock = new FakeClock();
  const Timed = ParserStream as new (...given: unknown[]) => ParserStream<number>;
  const { readable, writable } = new Timed(items, paced({ debounce: 10, throttle: 5 }), clock);
  const reader = readable.getReader();
  const writer = writable.getWriter();
  const written: number[] = [];
  for (const [i, chunk] of ["1;", "2;", "3;"].entries()) void writer.write(chunk).then(() => written.push(i));
  const first = reader.read();
  await settled();
  t.deepEqual(written, [0]);
  await clock.pass(5);
  t.deepEqual(written, [0, 1]);
  await clock.pass(5);
  t.deepEqual(await first, { done: false, value: 1 });
  void reader.cancel();
  await t.throwsAsync(writer.closed, { any: true });
  t.is(clock.timers, 0);
});

test("onDemand is asked once for each demand, and says how much is wanted", async (t) => {
  let asked = 0;
  const policy: FlowPolicy = {
    kind: "manual",
    onDemand() {
      asked += 1;
      return { bytes: 2, frames: 3 };
    },
  };
  const chunks = ["12", "34", "56", "78", "90"];
  let given = 0;
  const source = (function* () {
    for (const chunk of chunks) {
      given += 1;
      yield chunk;
    }
  })();
  const clock = new FakeClock();
  const values = itemsOf(() => runOfItems(clock, digits, source, { flow: flowController({ mode: "push", policy }) }));
  t.is((await values.next()).value, "1");
  await settled();
  // two bytes lie before the run, and no more are wanted before those are read
  t.is(given, 2);
  t.true(asked <= given + 1, String(asked));
  const rest: string[] = [];
  for await (const value of values) rest.push(value);
  t.is(rest.join(""), "234567890");
  t.true(asked <= chunks.length + 2, String(asked));
});

test("no timer is set where no time is configured", async (t) => {
  const clock = new FakeClock();
  const outcome: Completed<number, number> = await parseBy(clock, items, ["1;", "2;"], {});
  t.deepEqual(outcome.emitted, [1, 2]);
  const hand = new Hand(clock, ["1;"]);
  void parseBy(clock, items, hand, {});
  await settled();
  t.is(clock.timers, 0);
});

test("what onDemand throws is heard by whoever takes, whenever it is asked, and the source is closed", async (t) => {
  const wrong = new Error("no demand");
  for (const mode of ["pull", "push"] as const) {
    for (const fails of [1, 2, 3]) {
      let asked = 0;
      const policy: FlowPolicy = {
        kind: "manual",
        onDemand() {
          asked += 1;
          if (asked === fails) throw wrong;
          return { bytes: 1, frames: 9 };
        },
      };
      const { source, count } = watched(["12", "34", "56", "78"]);
      const values = parseEach(digits, source, { flow: flowController({ mode, policy }) });
      const error = await t.throwsAsync(async () => {
        for await (const _ of values);
      });
      t.is(error, wrong);
      t.is(count.closed, 1);
    }
  }
});
