// What a continuation and an outcome say of their run: where it comes from, what it would like, how it stands.
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { checkpoint, each, many, type Parser, rule, trace } from "../../src/index.ts";
import { int10, lexeme, oneOf, string, symbol } from "../../src/lex/index.ts";
import { nextChunkSizeHint } from "../../src/stream/flow/chunk-size-hint.ts";
import {
  awaiting,
  type Chunk,
  type Continuation,
  flowController,
  type Pending,
  parseLoopSync,
  resume,
  runStream,
  StreamDriver,
  type StreamingConfig,
  type StreamOutcome,
} from "../../src/stream/index.ts";
import { size } from "../_size.ts";

function pendingOf<T, E>(t: ExecutionContext, outcome: StreamOutcome<T, E>): Pending<T, E> {
  if (outcome.kind === "pending") return outcome;
  t.fail("it is complete");
  throw new Error("it is complete");
}

const letters = many(oneOf("ab"));
const lineage = ({ meta }: Continuation<unknown, unknown>): readonly string[] => meta.resumeLineage;

// Where it comes from

test("a lineage names the continuations that were resumed, as lap and offset", (t) => {
  const first = pendingOf(t, runStream(letters, "ab")).continuation;
  t.deepEqual(lineage(first), []);
  const second = pendingOf(t, resume(first, "a")).continuation;
  t.deepEqual(lineage(second), ["1@2"]);
  const third = pendingOf(t, resume(second, "bb")).continuation;
  t.deepEqual(lineage(third), ["1@2", "2@3"]);
  t.deepEqual(lineage(first), []);
});

test("a second resumption of one continuation has a name of its own", (t) => {
  const first = pendingOf(t, runStream(letters, "ab")).continuation;
  const branches = ["a", "b", "bb"].map((more) => pendingOf(t, resume(first, more)).continuation);
  t.deepEqual(branches.map(lineage), [["1@2"], ["1@2#2"], ["1@2#3"]]);
  const twigs = branches.map((branch) => lineage(pendingOf(t, resume(branch, "a")).continuation));
  t.deepEqual(twigs, [
    ["1@2", "2@3"],
    ["1@2#2", "2@3"],
    ["1@2#3", "2@4"],
  ]);
});

test("a lineage keeps the last 16", (t) => {
  let { continuation } = pendingOf(t, runStream(letters, ""));
  for (let n = 0; n < 20; n++) continuation = pendingOf(t, resume(continuation, "a")).continuation;
  t.deepEqual(
    lineage(continuation),
    Array.from({ length: 16 }, (_, i) => `${i + 5}@${i + 4}`),
  );
});

test("previews leave no trace in a lineage", (t) => {
  const { continuation } = pendingOf(t, runStream(letters, "ab"));
  t.true(continuation.canFinish);
  t.deepEqual(lineage(pendingOf(t, resume(continuation, "a")).continuation), ["1@2"]);
});

// What it is inside of, and what is behind it

test("traceLabel and lastCheckpoint, as a continuation goes on", (t) => {
  const entry = checkpoint(lexeme(int10));
  const p = trace(many(rule("entry", entry)), "entries");
  const metas = [];
  let outcome: StreamOutcome<unknown> = runStream(p, "", { trace: true, source: "n" });
  for (const chunk of ["1", "2 ", "3", "4 5 "]) {
    if (outcome.kind !== "pending") break;
    outcome = resume(outcome.continuation, chunk);
    if (outcome.kind === "pending") metas.push(outcome.continuation.meta);
  }
  t.deepEqual(
    metas.map(({ traceLabel, lastCheckpoint: last }) => [
      traceLabel,
      last && [last.source, last.start.offset, last.end.offset],
    ]),
    [
      ["entry", undefined],
      ["entry", undefined],
      ["entry", ["n", 0, 3]],
      ["entry", ["n", 3, 6]],
    ],
  );
});

// What it would like

const preferred = <T, E>(outcome: StreamOutcome<T, E>): number | undefined =>
  outcome.kind === "pending" ? outcome.demand.preferredBytes : undefined;

/** What is asked for after each of these chunks. */
function appetites(
  t: ExecutionContext,
  p: Parser<unknown, unknown>,
  sizes: readonly number[],
  config?: StreamingConfig,
): unknown[] {
  let outcome = runStream(p, "", config);
  return sizes.map((size) => {
    outcome = resume(pendingOf(t, outcome).continuation, "a".repeat(size));
    t.deepEqual(pendingOf(t, outcome).continuation.meta.resumeHint, pendingOf(t, outcome).demand);
    return preferred(outcome);
  });
}

test("a demand learns from the chunks: from their size, and whether there is more where they come from", (t) => {
  t.is(preferred(runStream(letters, "")), undefined);
  t.deepEqual(appetites(t, letters, [1, 1, 1]), [undefined, 256, 256]);
  t.deepEqual(appetites(t, letters, [1000, 1000, 2000, 100]), [undefined, 1000, 2000, 1525]);
  t.deepEqual(appetites(t, letters, [5, 100_000, 1, 0, 70_000]), [undefined, 65_536, 49_152, 49_152, 65_536]);
  // the same for a parser that says how much it needs
  t.deepEqual(appetites(t, string("a".repeat(2000)), [1, 1]), [undefined, 1998]);
  // and no more than the configuration allows
  t.deepEqual(appetites(t, letters, [1000, 1000, 1000], { demandCap: { bytes: 1200 } }), [1200, 1000, 1200]);
});

test("a run that rests with input at hand asks for less", (t) => {
  const flow = flowController({ highWatermark: 10, lowWatermark: 1 });
  const first = resume(pendingOf(t, runStream(each(oneOf("ab")), "a", { flow })).continuation, "a".repeat(1000));
  t.is(preferred(first), 1000);
  const second = resume(pendingOf(t, first).continuation, "");
  t.is(preferred(second), 500);
});

test("a feeder is shown what the run has learnt", (t) => {
  const shown: unknown[] = [];
  const chunks = ["a", "b".repeat(600), "b".repeat(600)];
  runStream(letters, {
    pull({ preferredBytes }) {
      shown.push(preferredBytes);
      return chunks.shift() ?? awaiting();
    },
  });
  t.deepEqual(shown, [undefined, undefined, 600, 1200]);
});

test("whatever the sizes, the chunk size hint stays within bounds, and the same sizes make the same one", (t) => {
  const sizes = fc.array(fc.record({ fed: fc.nat({ max: 1 << 20 }), left: fc.nat({ max: 1 << 20 }) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(sizes, (steps) => {
      const after = (): (number | undefined)[] => {
        let now: number | undefined;
        return steps.map(({ fed, left }) => {
          now = nextChunkSizeHint(now, fed, left);
          return now;
        });
      };
      t.deepEqual(after(), after());
      return after().every((n) => n === undefined || (Number.isInteger(n) && n >= 256 && n <= 65_536));
    }),
    { seed: 20240229, numRuns: size(60, 500) },
  );
});

// How it stands

test("bufferFillRatio is what waits, of what the high watermark lets wait", (t) => {
  const flow = flowController({ highWatermark: 4, lowWatermark: 1 });
  const driver = new StreamDriver(each(oneOf("ab")), () => {}, { flow });
  driver.push("aaaaaa");
  const ratios = [];
  for (let last = driver.pump(); ; last = driver.pump()) {
    ratios.push(last.meta.bufferFillRatio);
    if (last.meta.lastReason !== "backpressure") break;
  }
  t.deepEqual(ratios, [6 / 4, 2 / 4]);
  t.is(driver.close().meta.bufferFillRatio, 0);
  const none = flowController({ highWatermark: 0, lowWatermark: 0 });
  t.is(runStream(letters, "ab", { flow: none }).meta.bufferFillRatio, 0);
  t.false("bufferFillRatio" in runStream(letters, "ab").meta);
});

/** The platform's clock, stopped: it shows what is set. */
function withClock(t: ExecutionContext): { now: number } {
  const { now } = performance;
  const clock = { now: 0 };
  performance.now = () => clock.now;
  t.teardown(() => {
    performance.now = now;
  });
  return clock;
}

test.serial("lagNanos is how long ago the oldest input came that a step looked at", (t) => {
  const clock = withClock(t);
  const flow = flowController({ highWatermark: 2, lowWatermark: 1 });
  const driver = new StreamDriver(each(oneOf("ab")), () => {}, { flow });
  const lags: unknown[] = [driver.pump().meta.lagNanos];
  const step = (ms: number, chunk?: Chunk): void => {
    clock.now += ms;
    if (chunk !== undefined) driver.push(chunk);
    else lags.push(driver.pump().meta.lagNanos);
  };
  step(1, "ab");
  step(2, "a");
  step(0.5);
  step(10);
  step(10);
  step(10, "b");
  step(1);
  t.deepEqual(lags, [0n, 2_500_000n, 12_500_000n, 0n, 1_000_000n]);
});

test.serial("the lag is measured where there is a flow or somebody listens, and nowhere else", (t) => {
  withClock(t);
  t.is(runStream(letters, "ab", { onDiagnostic: () => {} }).meta.lagNanos, 0n);
  t.is(runStream(letters, "ab", { flow: flowController() }).meta.lagNanos, 0n);
  const driver = new StreamDriver(letters, () => {}, { flow: flowController() });
  driver.push("a");
  driver.abort();
  const outcome = driver.pump();
  if (outcome.kind !== "completed") return t.fail();
  t.notThrows(() => JSON.stringify(outcome.result.diagnostics), "a diagnostic is plain JSON, which has no bigint");
  performance.now = () => t.fail() as never;
  t.false("lagNanos" in new StreamDriver(letters, () => {}).close().meta);
  t.false("lagNanos" in runStream(letters, "ab").meta);
});

test("lastReason is why it rests, and absent at the end", (t) => {
  const loop = parseLoopSync(symbol("a"), { yieldEvery: { steps: 8 } });
  t.is(loop.next("").value.meta.lastReason, "inputExhausted");
  t.is(runStream(letters, { pull: awaiting }).meta.lastReason, "feederAwait");
  t.false("lastReason" in runStream(string("a"), "x").meta);
});
