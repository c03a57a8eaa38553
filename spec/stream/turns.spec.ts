// yieldEvery gives others a turn; pendingTimeout ends what waits for too long. The clock is a fake one.
import test, { type ExecutionContext } from "ava";
import { each, map, type ParseError, run, skipR } from "../../src/index.ts";
import { int10, lexeme, oneOf, symbol } from "../../src/lex/index.ts";
import { platformClock } from "../../src/stream/flow/clock.ts";
import {
  CLOSED,
  feederOf,
  ParserStream,
  type Pending,
  parse,
  parseEach,
  parseLoopSync,
  resume,
  runStream,
  type Source,
  type StreamingConfig,
  type StreamOutcome,
} from "../../src/stream/index.ts";
import { itemsOf, runOfItems } from "../../src/stream/run/parse.ts";
import { never, watched } from "./_watched.ts";

const digit = oneOf("0123456789");
const number = skipR(map(lexeme(int10), Number), symbol(";"));
const items = each(number);
const text = "1; 20; 300; ".repeat(200);

/** Time that passes only when it is told to; how many timers are set. */
interface Clock {
  now: number;
  readonly timers: () => number;
  pass(ms: number): void;
}

/** Puts a fake clock in place of the platform's for one test; such tests run one after another. */
function withClock(t: ExecutionContext): Clock {
  const timers = new Map<object, { readonly at: number; readonly call: () => void }>();
  const platform = { setTimeout, clearTimeout, now: performance.now };
  const clock: Clock = {
    now: 0,
    timers: () => timers.size,
    pass(ms) {
      clock.now += ms;
      for (const [timer, { at, call }] of timers) {
        if (at > clock.now) continue;
        timers.delete(timer);
        call();
      }
    },
  };
  const set = (call: () => void, ms = 0): object => {
    if (ms === 0) return platform.setTimeout(call);
    const timer = {};
    timers.set(timer, { at: clock.now + ms, call });
    return timer;
  };
  Object.assign(globalThis, {
    setTimeout: set,
    clearTimeout: (timer: object) => timers.delete(timer) || platform.clearTimeout(timer as never),
  });
  performance.now = () => clock.now;
  t.teardown(() => {
    Object.assign(globalThis, { setTimeout: platform.setTimeout, clearTimeout: platform.clearTimeout });
    performance.now = platform.now;
  });
  return clock;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test.serial("after so many steps a run yields, and goes on with an empty chunk", (t) => {
  const expected = run(items, text);
  for (const steps of [1, 7, 1000]) {
    let outcome: StreamOutcome<number, number> = runStream(items, text, { yieldEvery: { steps } });
    const emitted = [...outcome.emitted];
    let yields = 0;
    while (outcome.kind === "pending") {
      t.is(outcome.demand.minBytes, 1);
      if (outcome.reason === "yield") yields++;
      outcome = resume(outcome.continuation, outcome.reason === "yield" ? "" : CLOSED);
      emitted.push(...outcome.emitted);
    }
    t.true(yields > 1);
    t.deepEqual(emitted, [...expected.emitted]);
    t.is(outcome.result.value, expected.value);
  }
});

test.serial("a run that yields can be looked at, and fed before it has read everything", (t) => {
  const first = runStream(items, "1; 2", { yieldEvery: { steps: 1 } }) as Pending<number, number>;
  t.is(first.reason, "yield");
  t.is(first.continuation.preview().diagnostics[0]?.at.start.offset, 4);
  let outcome: StreamOutcome<number, number> = resume(first.continuation, "0;");
  const emitted = [...first.emitted, ...outcome.emitted];
  while (outcome.kind === "pending") {
    outcome = resume(outcome.continuation, outcome.reason === "yield" ? "" : CLOSED);
    emitted.push(...outcome.emitted);
  }
  t.deepEqual(emitted, [1, 20]);
});

test.serial("parseLoopSync yields as well", (t) => {
  const loop = parseLoopSync(items, { yieldEvery: { steps: 5 } });
  let step = loop.next(text);
  const reasons = new Set<string>();
  while (step.done !== true) {
    reasons.add(step.value.reason);
    step = loop.next(step.value.reason === "yield" ? "" : CLOSED);
  }
  t.deepEqual(reasons, new Set(["yield", "inputExhausted"]));
  t.true(step.value.result.ok);
});

test.serial("parse and parseEach give the event loop a turn", async (t) => {
  const control = { turns: 0, done: false };
  const count = (): void => {
    control.turns++;
    if (!control.done) setImmediate(count);
  };
  setImmediate(count);
  const { result, emitted } = await parse(items, text, { yieldEvery: { steps: 500 } });
  control.done = true;
  t.true(result.ok);
  t.is(emitted.length, 600);
  t.true(control.turns > 2, `${control.turns} turns`);
  const values: number[] = [];
  for await (const value of parseEach(items, text, { yieldEvery: { steps: 500 } })) values.push(value);
  t.deepEqual(values, emitted);
});

/** How many turns the event loop gets while a run hands out its items. */
async function turnsOf(source: Source, config: StreamingConfig): Promise<{ turns: number; values: number[] }> {
  let turns = 0;
  const clock = {
    ...platformClock,
    later: (call: () => void, ms: number) => {
      turns += 1;
      return platformClock.later(call, ms);
    },
  };
  const values: number[] = [];
  for await (const value of itemsOf(() => runOfItems(clock, items, source, config))) values.push(value);
  return { turns, values };
}

test.serial(
  "values that leave and chunks that come begin no new turn: others have theirs after so many steps all the same",
  async (t) => {
    const whole = [...run(items, text).emitted];
    const records = text.split(" ");
    const config = { yieldEvery: { steps: 500 } };
    const unhurried = await turnsOf(text, {});
    t.is(unhurried.turns, 0);
    t.deepEqual(unhurried.values, whole);
    const counted = [];
    for (const source of [
      text,
      [text.slice(0, 700), text.slice(700)],
      records.map((record) => `${record} `),
      [...text],
    ]) {
      const { turns, values } = await turnsOf(source, config);
      t.deepEqual(values, whole);
      counted.push(turns);
    }
    const [first = 0] = counted;
    t.true(first > 5, `${first}`);
    for (const turns of counted) t.true(turns >= first && turns < first * 4, `${counted}`);
  },
);

test.serial(
  "after so many milliseconds others have a turn while values flow, whoever it is that takes the time",
  async (t) => {
    const clock = withClock(t);
    let turns = 0;
    const later = platformClock.later;
    t.teardown(() => Object.assign(platformClock, { later }));
    Object.assign(platformClock, {
      later: (call: () => void, ms: number) => {
        turns += 1;
        return later(call, ms);
      },
    });
    const spend = <V>(value: V): V => {
      clock.now += 1;
      return value;
    };
    const busy = each(map(number, spend));
    for (const [parser, taken] of [
      [busy, (value: number) => value],
      [items, spend],
    ] as const) {
      turns = 0;
      for await (const value of parseEach(parser, text, { yieldEvery: { ms: 10 } })) taken(value);
      t.true(turns >= 600 / 20 && turns <= 600 / 10, `${turns}`);
      turns = 0;
      const stream = new Blob([text]).stream().pipeThrough(new ParserStream(parser, { yieldEvery: { ms: 10 } }));
      for await (const value of stream) taken(value);
      t.true(turns >= 600 / 20 && turns <= 600 / 10, `${turns}`);
    }
  },
);

test.serial("a feeder of many chunks is asked no longer than a turn lasts", (t) => {
  const records = text.split(" ").map((record) => `${record} `);
  const feeder = feederOf(records);
  let outcome: StreamOutcome<number, number> = runStream(items, feeder, { yieldEvery: { steps: 500 } });
  const emitted = [...outcome.emitted];
  t.is(outcome.kind === "pending" && outcome.reason, "yield");
  t.true(emitted.length > 0 && emitted.length < 300);
  for (let more = feeder.pull({ action: "continue", minBytes: 1 }); outcome.kind === "pending"; ) {
    const { reason, continuation } = outcome;
    outcome = resume(
      continuation,
      reason === "yield" ? "" : typeof more === "object" && "data" in more ? more.data : CLOSED,
    );
    if (reason !== "yield") more = feeder.pull({ action: "continue", minBytes: 1 });
    emitted.push(...outcome.emitted);
  }
  t.deepEqual(emitted, [...run(items, text).emitted]);
});

test.serial("aborting in the middle of a big chunk is possible where the run yields", async (t) => {
  const control = new AbortController();
  const reason = new Error("enough");
  let parsed = 0;
  const counting = map(digit, (d) => {
    if (++parsed === 100) setImmediate(() => control.abort(reason));
    return d;
  });
  const silent = each(counting).map((n) => n);
  const config = { yieldEvery: { steps: 50 }, signal: control.signal };
  t.is(await t.throwsAsync(parse(silent, "1".repeat(100_000), config)), reason);
  t.true(parsed < 100_000);
});

test.serial("after so many milliseconds a run yields", (t) => {
  const clock = withClock(t);
  const slow = each(
    map(digit, (d) => {
      clock.now += 1;
      return d;
    }),
  );
  const first = runStream(slow, "1".repeat(10_000), { yieldEvery: { ms: 5 } });
  t.is(first.kind === "pending" && first.reason, "yield");
  t.true(first.emitted.length < 10_000);
  // time that stands still never ends a turn
  const quick = runStream(each(digit), "1".repeat(10_000), { yieldEvery: { ms: 5 } });
  t.is(quick.kind === "pending" && quick.reason, "inputExhausted");
  t.is(quick.emitted.length, 10_000);
});

test.serial("a yieldEvery or a pendingTimeout that can't be is refused", async (t) => {
  for (const yieldEvery of [7, {}, { steps: 0 }, { steps: 1, ms: 1 }, { ms: -1 }, { s: 1 }, { steps: "1" }]) {
    t.throws(() => runStream(items, "", { yieldEvery } as never), { instanceOf: TypeError, message: /yieldEvery/ });
  }
  for (const pendingTimeout of [0, -1, Number.NaN, "1"]) {
    await t.throwsAsync(parse(items, "", { pendingTimeout } as never), {
      instanceOf: TypeError,
      message: /pendingTimeout/,
    });
  }
});

test.serial("a source that is silent for too long ends the run, and is closed", async (t) => {
  const clock = withClock(t);
  const { source, count } = watched(["1; 2", never]);
  const outcome = parse(items, source, { pendingTimeout: 100 });
  await turn();
  clock.pass(99);
  await turn();
  t.is(clock.timers(), 1);
  clock.pass(1);
  const { result, emitted, meta } = await outcome;
  t.deepEqual(emitted, [1]);
  t.false(result.ok);
  t.is(result.diagnostics.length, 1);
  const [diagnostic] = result.diagnostics;
  t.is(diagnostic?.code, "stream.timeout");
  t.is(diagnostic?.message, "the source was silent for 100 ms; pendingTimeout allows 100 ms");
  t.deepEqual(diagnostic?.extensions, { stream: { waited: 100, limit: 100 } });
  t.like(diagnostic, { streamMeta: meta });
  t.is(diagnostic?.at.start.offset, 4);
  t.deepEqual(count, { pulls: 2, closed: 1 });
  t.is(clock.timers(), 0);
});

test.serial("parseEach rejects after the last certain value", async (t) => {
  const clock = withClock(t);
  const { source, count } = watched(["1; 2;", never]);
  const values = parseEach(items, source, { pendingTimeout: 100 });
  t.is((await values.next()).value, 1);
  t.is((await values.next()).value, 2);
  const last = values.next();
  await turn();
  clock.pass(150);
  const error = await t.throwsAsync<ParseError>(last, { name: "ParseError" });
  t.deepEqual(error?.diagnostics[0]?.extensions, { stream: { waited: 150, limit: 100 } });
  t.is(count.closed, 1);
});

test.serial("each chunk begins the wait anew, and no timer is left behind", async (t) => {
  const clock = withClock(t);
  const give: ((text: string) => void)[] = [];
  const later = (): Promise<string> => new Promise((resolve) => give.push(resolve));
  const { source } = watched([later, later, later]);
  const outcome = parse(items, source, { pendingTimeout: 100 });
  for (const chunk of ["1;", "2;", "3;"]) {
    await turn();
    clock.pass(90);
    give.shift()?.(chunk);
  }
  t.deepEqual((await outcome).emitted, [1, 2, 3]);
  t.is(clock.timers(), 0);
});

test.serial("failing, aborting and leaving early leave no timer behind", async (t) => {
  const clock = withClock(t);
  const dead = (): string => {
    throw new Error("dead");
  };
  await parse(items, watched(["1;", dead]).source, { pendingTimeout: 100 });
  t.is(clock.timers(), 0);
  for await (const _ of parseEach(items, ["1;2;"], { pendingTimeout: 100 })) break;
  t.is(clock.timers(), 0);
  const control = new AbortController();
  const waiting = parse(items, watched([never]).source, { pendingTimeout: 100, signal: control.signal });
  await turn();
  control.abort("enough");
  await t.throwsAsync(waiting, { any: true });
  t.is(clock.timers(), 0);
});

test.serial("a wait that is longer than a timer of the platform can be is no short one", async (t) => {
  for (const pendingTimeout of [2 ** 31, 1e12, Number.POSITIVE_INFINITY]) {
    const later = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve("1;"), 20));
    const { result, emitted } = await parse(items, watched([later]).source, { pendingTimeout });
    t.true(result.ok);
    t.deepEqual(emitted, [1]);
  }
});

test.serial("a long wait is made of the longest timers there are", (t) => {
  const clock = withClock(t);
  const asked: number[] = [];
  const set = globalThis.setTimeout;
  Object.assign(globalThis, {
    setTimeout: (call: () => void, ms: number) => {
      asked.push(ms);
      return set(call, ms);
    },
  });
  let rang = 0;
  const most = 2 ** 31 - 1;
  platformClock.later(() => {
    rang += 1;
  }, most + 5);
  clock.pass(most);
  t.is(rang, 0);
  clock.pass(5);
  t.is(rang, 1);
  const timer = platformClock.later(() => {
    rang += 1;
  }, Number.POSITIVE_INFINITY);
  clock.pass(most);
  t.is(clock.timers(), 1);
  platformClock.cancel(timer);
  t.is(clock.timers(), 0);
  t.is(rang, 1);
  t.deepEqual(asked, [most, 5, most, most]);
});
