// Why a run rests, in every mode, cell by cell; and what the modes are to sources, which can be asked ahead.
import test, { type ExecutionContext } from "ava";
import { each, map, type Parser, run, skipR } from "../../src/index.ts";
import { int10, lexeme, oneOf, string, symbol } from "../../src/lex/index.ts";
import {
  awaiting,
  CLOSED,
  closed,
  type FeederYield,
  type FlowCapability,
  type FlowMode,
  flowController,
  ParserStream,
  type Pending,
  type PendingReason,
  parse,
  parseEach,
  resume,
  runStream,
  StreamDriver,
  type StreamingConfig,
  type StreamOutcome,
} from "../../src/stream/index.ts";
import { settled } from "./_clock.ts";
import { watched } from "./_watched.ts";

const MODES = ["auto", "push", "pull", "hybrid"] as const;
const digits = each(oneOf("0123456789"));
const number = skipR(map(lexeme(int10), Number), symbol(";"));

function under(mode: FlowMode, more: StreamingConfig = {}): StreamingConfig {
  return { flow: flowController({ mode, highWatermark: 4, lowWatermark: 2 }), ...more };
}

/** A feeder that says these things in turn, and then that it has nothing now. */
class Script {
  asked = 0;
  readonly #says: FeederYield[];
  readonly capability: FlowCapability | undefined;

  constructor(says: readonly FeederYield[], capability?: FlowCapability) {
    this.#says = [...says];
    this.capability = capability;
  }

  pull(): FeederYield {
    this.asked += 1;
    return this.#says.shift() ?? awaiting();
  }
}

/** What a cell of the table is held against. */
interface Cell {
  readonly reason: PendingReason | "completed";
  readonly action?: "continue" | "pause";
  readonly emitted: string;
  /** How often a feeder was asked. */
  readonly asked?: number;
}

function seen(outcome: StreamOutcome<unknown, string>, feeder?: Script): Cell {
  const emitted = outcome.emitted.join("");
  const asked = feeder === undefined ? {} : { asked: feeder.asked };
  if (outcome.kind === "completed") return { reason: "completed", emitted, ...asked };
  const { demand, reason, continuation, meta } = outcome;
  if (demand.minBytes < 1 || demand.reason !== reason || meta.lastReason !== reason) throw new Error("a bad demand");
  if (continuation.meta.resumeHint !== demand) throw new Error("two demands");
  return { reason, action: demand.action, emitted, ...asked };
}

/** From a feeder that gives this. */
function fed(parser: Parser<unknown, string>, mode: FlowMode, ...says: FeederYield[]): Cell {
  const feeder = new Script(says);
  return seen(runStream(parser, feeder, under(mode)), feeder);
}

const TWO = ["12", "34", "56", "78", "90"];
const waits = (reason: PendingReason, emitted = "", asked?: number): Cell =>
  asked === undefined ? { reason, action: "continue", emitted } : { reason, action: "continue", emitted, asked };
const rests = (reason: PendingReason, emitted: string, asked?: number): Cell =>
  asked === undefined ? { reason, action: "pause", emitted } : { reason, action: "pause", emitted, asked };

/** What is done, and what it gives in each mode. */
interface Row {
  readonly title: string;
  readonly gives: (mode: FlowMode) => Cell;
  readonly said: Readonly<Record<FlowMode, Cell>>;
}

const alike = (cell: Cell): Row["said"] => ({ auto: cell, push: cell, pull: cell, hybrid: cell });
const first = (parser: Parser<unknown, string>, text: string, config: StreamingConfig): Pending<unknown, string> =>
  runStream(parser, text, config) as Pending<unknown, string>;

const table: Readonly<Record<PendingReason, readonly Row[]>> = {
  inputExhausted: [
    {
      title: "a chunk that is read",
      gives: (mode) => seen(runStream(digits, "123", under(mode))),
      said: alike(waits("inputExhausted", "123")),
    },
    {
      title: "a driver that is pumped",
      gives: (mode) => seen(pumped(mode, "123")),
      said: alike(waits("inputExhausted", "123")),
    },
  ],
  feederAwait: [
    {
      title: "a feeder that has nothing, and no value waits",
      gives: (mode) => fed(string("123456").as("") as Parser<unknown, string>, mode, "12", "3"),
      said: alike(waits("feederAwait", "", 3)),
    },
    {
      title: "a feeder that has nothing, and values wait: a pulled one is not asked so far",
      gives: (mode) => fed(digits, mode, "12"),
      said: { ...alike(waits("feederAwait", "12", 2)), pull: rests("backpressure", "12", 1) },
    },
  ],
  feederClosed: [
    {
      title: "values after the end of the input",
      gives: (mode) => seen(resume(first(digits, "1234567890", under(mode)).continuation, CLOSED)),
      said: alike(rests("feederClosed", "5678")),
    },
    {
      title: "no more values than may wait",
      gives: (mode) => fed(digits, mode, "12", closed()),
      said: { ...alike({ reason: "completed", emitted: "12", asked: 2 }), pull: rests("backpressure", "12", 1) },
    },
  ],
  backpressure: [
    {
      title: "a chunk of more values than may wait",
      gives: (mode) => fed(digits, mode, "1234567890"),
      said: alike(rests("backpressure", "1234", 1)),
    },
    {
      title: "a feeder is asked until there is too much, a pulled one once",
      gives: (mode) => fed(digits, mode, ...TWO),
      said: { ...alike(rests("backpressure", "12345", 3)), pull: rests("backpressure", "12", 1) },
    },
  ],
  yield: [
    {
      title: "little lies before the run",
      gives: (mode) => seen(runStream(digits, "1234", under(mode, { yieldEvery: { steps: 8 } }))),
      said: alike(waits("yield", "1")),
    },
    {
      title: "much lies before the run",
      gives: (mode) => seen(runStream(digits, "1234567890", under(mode, { yieldEvery: { steps: 8 } }))),
      said: alike(rests("yield", "1")),
    },
  ],
};

function pumped(mode: FlowMode, text: string): StreamOutcome<unknown, string> {
  const driver = new StreamDriver(digits, () => {}, under(mode));
  driver.push(text);
  return driver.pump();
}

for (const [reason, rows] of Object.entries(table)) {
  for (const { title, gives, said } of rows) {
    for (const mode of MODES) {
      test(`${reason} × ${mode}: ${title}`, (t) => {
        t.deepEqual(gives(mode), said[mode]);
      });
    }
  }
}

test("auto is as its feeder is able to", (t) => {
  const asked = (capability: FlowCapability | undefined): number => {
    const feeder = new Script(TWO, capability);
    runStream(digits, feeder, under("auto"));
    return feeder.asked;
  };
  t.deepEqual([asked("pull"), asked("push"), asked("both"), asked(undefined)], [1, 3, 3, 3]);
});

test("what push answers, in each mode", (t) => {
  const answers = (mode: FlowMode): boolean[] => {
    const driver = new StreamDriver(digits, () => {}, under(mode));
    const said = [driver.push("12"), driver.push("34"), driver.push("5")];
    driver.pump();
    said.push(driver.push(""));
    driver.pump();
    said.push(driver.push(""));
    return said;
  };
  for (const mode of ["auto", "push", "hybrid"] as const) t.deepEqual(answers(mode), [true, true, false, true, true]);
  t.deepEqual(answers("pull"), [false, false, false, false, true]);
});

test("the mode may be switched while it runs", (t) => {
  const driver = new StreamDriver(digits, () => {}, under("push"));
  t.true(driver.push("12"));
  driver.flow = flowController({ ...driver.flow, mode: "pull" });
  t.false(driver.push(""));
  driver.pump();
  t.true(driver.push(""));
  t.false(driver.push("3"));
  driver.flow = flowController({ ...driver.flow, mode: "hybrid" });
  t.true(driver.push("4"));
  driver.flow = flowController({ mode: "hybrid", highWatermark: 1 });
  t.false(driver.push(""));
  const seenValues = driver.close().emitted.join("");
  t.is(seenValues, "3");
});

test("switching at random between random flows changes no result", (t) => {
  const text = "1; 20; 300; 4; 55; 6;".repeat(3);
  const expected = run(each(number), text);
  const seeds = Array.from({ length: 200 }, (_, i) => i);
  for (const seed of seeds) {
    let state = seed * 2_654_435_761 + 1;
    const upTo = (n: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % n;
    };
    const values: number[] = [];
    const driver = new StreamDriver(each(number), ({ emitted }) => values.push(...emitted));
    for (let at = 0; at < text.length; ) {
      const size = upTo(9);
      const goOn = driver.push(text.slice(at, at + size));
      at += size;
      const highWatermark = upTo(6);
      if (upTo(2) === 0) driver.flow = flowController({ mode: MODES[upTo(4)] ?? "auto", highWatermark });
      if (!goOn || upTo(2) === 0) driver.pump();
    }
    let last = driver.close();
    for (let i = 0; last.kind === "pending" && i < 100; i++) last = driver.pump();
    t.deepEqual(values, [...expected.emitted], `seed ${seed}`);
    t.is(last.kind === "completed" && last.result.value, expected.value);
  }
});

// Sources

/** How often a source was asked, each time after the consumer has taken one more item. */
async function asked(t: ExecutionContext, mode: FlowMode | undefined, chunks: readonly string[]): Promise<number[]> {
  const { source, count } = watched(chunks);
  const values = parseEach(digits, source, mode === undefined ? {} : under(mode));
  const pulls: number[] = [];
  const all: string[] = [];
  for await (const value of values) {
    await settled();
    pulls.push(count.pulls);
    all.push(value);
  }
  t.is(all.join(""), chunks.join(""));
  t.is(count.closed, 0);
  return pulls;
}

test("pull and auto ask a source for no more than was taken", async (t) => {
  for (const mode of [undefined, "auto", "pull"] as const)
    t.deepEqual(await asked(t, mode, TWO), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

test("push and hybrid read a source ahead, until there is too much, and again when there is little", async (t) => {
  for (const mode of ["push", "hybrid"] as const) {
    // the sixth digit is above the high mark; once only one digit waits, which is below the low one, it is asked again
    t.deepEqual(await asked(t, mode, TWO), [3, 3, 3, 3, 5, 5, 5, 5, 6, 6], mode);
  }
});

test("what was read ahead is read before a failure is heard of", async (t) => {
  for (const mode of MODES) {
    const cause = new Error("the line is dead");
    const { source, count } = watched([
      ...TWO,
      () => {
        throw cause;
      },
    ]);
    const { result, emitted } = await parse(digits, source, under(mode));
    t.is(emitted.join(""), TWO.join(""));
    const [diagnostic] = result.diagnostics;
    t.is(diagnostic?.code, "stream.io");
    t.is((diagnostic?.extensions.stream as { cause?: unknown } | undefined)?.cause, cause);
    t.is(diagnostic?.at.start.offset, 10);
    t.is(count.closed, 0);
  }
});

test("in every mode a source of any shape gives what run gives", async (t) => {
  const text = "1; 20; 300; 4; x";
  const { emitted, ...expected } = run(each(number), text);
  for (const mode of MODES) {
    for (const chunks of [[text], [...text], ["1; 2", "", "0; 300; 4", "; x"]]) {
      const outcome = await parse(each(number), watched(chunks).source, under(mode));
      t.deepEqual(outcome.emitted, emitted);
      t.deepEqual({ ...outcome.result, emitted: undefined }, { ...expected, emitted: undefined });
    }
  }
});

test("a ParserStream takes writes nobody reads for, in push and hybrid, as long as little waits", async (t) => {
  for (const [mode, done] of [
    ["auto", 0],
    ["pull", 0],
    ["push", 3],
    ["hybrid", 3],
  ] as const) {
    const { readable, writable } = new ParserStream(digits, under(mode));
    const writer = writable.getWriter();
    const written: string[] = [];
    for (const chunk of TWO) void writer.write(chunk).then(() => written.push(chunk));
    void writer.close();
    await settled();
    t.is(written.length, done, mode);
    t.true((writer.desiredSize ?? 0) <= 0);
    let all = "";
    for await (const value of readable) all += value;
    t.is(all, TWO.join(""));
    t.deepEqual(written, TWO);
  }
});
