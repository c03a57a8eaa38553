// Flow control: controllers, watermarks in runStream and resume, and the driver.
import test from "ava";
import { each, many, map, type Parser, run, seq, skipR } from "../../src/index.ts";
import { takeBytes } from "../../src/lex/binary/index.ts";
import { int10, lexeme, oneOf, string, symbol } from "../../src/lex/index.ts";
import {
  type Chunk,
  CLOSED,
  chunk,
  closed,
  type Demand,
  type FeederYield,
  type FlowController,
  feederOf,
  flowController,
  type Pending,
  resume,
  runStream,
  StreamDriver,
  type StreamingConfig,
  type StreamOutcome,
} from "../../src/stream/index.ts";

const digit = oneOf("0123456789");
const digits = each(digit);
const low = flowController({ highWatermark: 4, lowWatermark: 2 });

test("a controller has defaults and is never changed", (t) => {
  const flow = flowController();
  t.deepEqual(flow, {
    mode: "auto",
    highWatermark: 65_536,
    lowWatermark: 16_384,
    policy: { kind: "auto", backpressure: {} },
  });
  t.true(Object.isFrozen(flow));
  t.is(flowController({ highWatermark: 10 }).lowWatermark, 2);
  t.is(flowController({ lowWatermark: 100_000 }).highWatermark, 100_000);
  t.is(flowController({ highWatermark: 0 }).lowWatermark, 0);
});

test("what can't be is refused, here and in a run", (t) => {
  const wrong: readonly [object, object][] = [
    [
      { lowWatermark: 2, highWatermark: 1 },
      { instanceOf: RangeError, message: /lowWatermark \(2\) must not be above/ },
    ],
    [{ highWatermark: -1 }, { instanceOf: RangeError }],
    [{ highWatermark: Number.NaN }, { instanceOf: RangeError }],
    [{ highWatermark: "1" }, { instanceOf: TypeError }],
    [{ mode: "both" }, { instanceOf: TypeError, message: /"auto", "push", "pull" or "hybrid", got "both"/ }],
    [{ policy: {} }, { instanceOf: TypeError }],
    [{ policy: { kind: "manual" } }, { instanceOf: TypeError, message: /onDemand/ }],
    [{ policy: { kind: "auto" } }, { instanceOf: TypeError }],
    [{ policy: { kind: "auto", backpressure: { maxLag: -1 } } }, { instanceOf: RangeError }],
  ];
  for (const [options, error] of wrong) {
    t.throws(() => flowController(options), error, JSON.stringify(options));
    const flow = { ...flowController(), ...options };
    t.throws(() => runStream(digits, "1", { flow }), error);
    const first = runStream(digits, "1") as Pending<number, string>;
    t.throws(() => resume(first.continuation, "2", { flow }), error);
    t.throws(() => new StreamDriver(digits, () => {}, { flow }), error);
    t.throws(() => {
      new StreamDriver(digits, () => {}).flow = flow;
    }, error);
  }
  t.throws(() => flowController(7 as never), { instanceOf: TypeError });
  for (const config of [{ flow: 7 }, { mode: "both" }, { demandCap: { bytes: 0 } }, { demandCap: { units: 1 } }]) {
    t.throws(() => runStream(digits, "1", config as never), { instanceOf: TypeError });
  }
});

/** Everything to the end, with how many values each outcome had. */
function drained<T, E>(first: StreamOutcome<T, E>, more: readonly Chunk[] = []): [StreamOutcome<T, E>[], E[]] {
  const outcomes = [first];
  const left = [...more];
  for (let last = first; last.kind === "pending"; outcomes.push(last)) {
    const rests = last.reason === "backpressure" || last.reason === "feederClosed" || last.reason === "yield";
    last = resume(last.continuation, rests ? "" : (left.shift() ?? CLOSED));
  }
  return [outcomes, outcomes.flatMap((outcome) => outcome.emitted)];
}

test("above the high watermark a run rests inside a chunk, and goes on with an empty one", (t) => {
  const first = runStream(digits, "1234567890", { flow: low }) as Pending<number, string>;
  t.is(first.kind, "pending");
  t.is(first.reason, "backpressure");
  t.is(first.demand.action, "pause");
  t.is(first.demand.minBytes, 1);
  t.deepEqual(first.emitted, ["1", "2", "3", "4"]);
  t.is(first.meta.backpressureCount, 1);
  const second = resume(first.continuation, "") as Pending<number, string>;
  t.deepEqual(second.emitted, ["5", "6", "7", "8"]);
  const third = resume(second.continuation, CLOSED);
  t.deepEqual(third.emitted, ["9", "0"]);
  t.is(third.kind, "completed");
  // a continuation is a value, flow and all
  t.deepEqual(resume(first.continuation, "").emitted, ["5", "6", "7", "8"]);
});

test("no more than the high watermark and no input besides is no backpressure", (t) => {
  const first = runStream(digits, "1234", { flow: low }) as Pending<number, string>;
  t.is(first.reason, "inputExhausted");
  t.is(first.demand.action, "continue");
  t.deepEqual(first.emitted, ["1", "2", "3", "4"]);
});

test("after the end the reason is feederClosed", (t) => {
  const first = runStream(digits, "123456789", { flow: low }) as Pending<number, string>;
  const second = resume(first.continuation, CLOSED) as Pending<number, string>;
  t.is(second.reason, "feederClosed");
  t.deepEqual(second.emitted, ["5", "6", "7", "8"]);
  const last = resume(second.continuation, "");
  t.is(last.kind, "completed");
  t.deepEqual(last.emitted, ["9"]);
});

test("whatever the watermarks and the mode, the result is run's", (t) => {
  const number = skipR(map(lexeme(int10), Number), symbol(";"));
  for (const parser of [each(number), seq(each(number), string("!"))] as Parser<unknown, number>[]) {
    for (const text of ["1; 20; 300; 4;", "1; 2; x", "1; 2;!", ""]) {
      const { emitted, ...expected } = run(parser, text);
      for (const highWatermark of [0, 1, 2, 3, 1000]) {
        for (const mode of ["auto", "push", "pull", "hybrid"] as const) {
          for (const chunks of [[text], [...text]]) {
            const config: StreamingConfig = { flow: flowController({ highWatermark, mode }) };
            const [outcomes, values] = drained(runStream(parser, "", config), chunks);
            const last = outcomes.at(-1);
            t.deepEqual(values, [...emitted]);
            if (last?.kind !== "completed") return t.fail();
            const { emitted: _, ...result } = last.result;
            t.deepEqual(result, expected as never, `${text} ${mode} ${highWatermark} ${chunks.length}`);
            const most = Math.max(1, highWatermark);
            t.true(outcomes.every((outcome) => outcome.emitted.length <= most));
          }
        }
      }
    }
  }
});

test("resume can change the flow", (t) => {
  const first = runStream(digits, "1234567890", { flow: low }) as Pending<number, string>;
  const flow = flowController({ highWatermark: 2 });
  const second = resume(first.continuation, "", { flow }) as Pending<number, string>;
  t.deepEqual(second.emitted, ["5", "6"]);
  t.deepEqual(resume(second.continuation, "").emitted, ["7", "8"]);
  t.deepEqual(resume(first.continuation, "", { flow: flowController() }).emitted, ["5", "6", "7", "8", "9", "0"]);
});

test("looking ahead is not held up by a flow", (t) => {
  const first = runStream(digits, "1234567890", { flow: low }) as Pending<number, string>;
  t.true(first.continuation.canFinish);
  t.is(first.continuation.preview().value, 10);
});

test("pull asks a feeder for no more than was taken, push until there is enough, auto as it is able", (t) => {
  const asked = (mode: FlowController["mode"], capability?: "push" | "pull" | "both"): number => {
    let pulls = 0;
    const feeder = {
      capability,
      pull(): FeederYield {
        pulls++;
        return pulls > 20 ? closed() : chunk("12");
      },
    };
    const outcome = runStream(digits, feeder, { flow: flowController({ ...low, mode, highWatermark: 5 }) });
    t.is(outcome.kind === "pending" && outcome.reason, "backpressure");
    t.is(outcome.kind === "pending" && outcome.demand.action, "pause");
    return pulls;
  };
  t.is(asked("pull"), 1);
  t.is(asked("auto", "pull"), 1);
  t.is(asked("push"), 3);
  t.is(asked("hybrid"), 3);
  t.is(asked("auto", "push"), 3);
  t.is(asked("auto"), 3);
  // a parser that waits for input and has given nothing is never held up
  const whole = runStream(many(oneOf("ab")), feederOf(["a", "b", "a"]), { mode: "pull" });
  t.is(whole.kind, "completed");
});

test("a demand asks for no more than the cap, the policy and the lag allow, and says how many values are wanted", (t) => {
  const preferred = (config: StreamingConfig): number | undefined => {
    const outcome = runStream(string("abcdef"), "a", config);
    if (outcome.kind === "completed") return t.fail();
    t.is(outcome.demand.minBytes, 5);
    t.deepEqual(outcome.continuation.meta.resumeHint, outcome.demand);
    return outcome.demand.preferredBytes;
  };
  const lag = flowController({ policy: { kind: "auto", backpressure: { maxLag: 50 } } });
  const manual = flowController({ policy: { kind: "manual", onDemand: () => ({ bytes: 20, frames: 2 }) } });
  t.is(preferred({}), undefined);
  t.is(preferred({ demandCap: { bytes: 100 } }), 100);
  t.is(preferred({ demandCap: { bytes: 2 } }), 5);
  t.is(preferred({ flow: lag }), 50);
  t.is(preferred({ flow: lag, demandCap: { bytes: 10 } }), 10);
  t.is(preferred({ flow: manual }), 20);
  t.deepEqual(runStream(digits, "12345", { flow: manual }).emitted, ["1", "2"]);
  t.deepEqual(runStream(digits, "12345", { demandCap: { frames: 3 } }).emitted, ["1", "2", "3"]);
});

// The driver

function driven<T, E>(p: Parser<T, E>, config?: StreamingConfig): [StreamDriver<T, E>, StreamOutcome<T, E>[]] {
  const outcomes: StreamOutcome<T, E>[] = [];
  return [new StreamDriver(p, (outcome) => void outcomes.push(outcome), config), outcomes];
}

test("push parses nothing; pump moves on, hands the outcome to the sink and returns it", (t) => {
  const [driver, outcomes] = driven(digits);
  t.true(driver.push("12"));
  t.true(driver.push("3"));
  t.deepEqual(outcomes, []);
  const first = driver.pump();
  t.is(outcomes[0], first);
  t.is(first.kind === "pending" && first.reason, "inputExhausted");
  t.deepEqual(first.emitted, ["1", "2", "3"]);
  driver.push("4");
  // what a pending outcome holds does not change with what is pushed later
  t.deepEqual(first.kind === "pending" && first.continuation.preview().value, 3);
  const last = driver.close();
  t.is(last.kind, "completed");
  t.deepEqual(last.emitted, ["4"]);
  t.deepEqual(outcomes, [first, last]);
  t.is(driver.pump(), last);
  t.is(driver.close(), last);
  t.is(outcomes.length, 2);
});

test("push says when to stop and when to go on, with hysteresis", (t) => {
  const flow = flowController({ highWatermark: 10, lowWatermark: 3 });
  const [driver] = driven(digits, {
    flow: { ...flow, policy: { kind: "manual", onDemand: () => ({ bytes: 9, frames: 4 }) } },
  });
  t.true(driver.push("1234567890"));
  t.false(driver.push("12"));
  t.deepEqual(driver.pump().emitted.length, 4);
  // 8 units wait: below the high mark, not yet below the low one
  t.false(driver.push(""));
  driver.pump();
  t.false(driver.push(""));
  driver.pump();
  t.true(driver.push(""));
});

test("who needs input and has given nothing is never paused", (t) => {
  const flow = flowController({ highWatermark: 100, lowWatermark: 10 });
  const [driver, outcomes] = driven(takeBytes(1000), { input: "binary", flow });
  for (let i = 0; i < 100; i++) {
    t.true(driver.push(new Uint8Array(10)));
    const outcome = driver.pump();
    if (outcome.kind === "pending") {
      t.is(outcome.reason, "inputExhausted");
      t.is(outcome.demand.action, "continue");
    }
  }
  const last = driver.close();
  t.true(last.kind === "completed" && last.result.ok);
  t.is(outcomes.at(-1), last);
});

test("the flow can be switched while it runs", (t) => {
  const [driver] = driven(digits, { flow: low });
  t.is(driver.flow, low);
  driver.push("123456789");
  t.is(driver.pump().emitted.length, 4);
  const wide = flowController({ highWatermark: 100 });
  driver.flow = wide;
  t.is(driver.flow, wide);
  t.true(driver.push("0"));
  t.deepEqual(driver.pump().emitted, ["5", "6", "7", "8", "9", "0"]);
  t.is(driven(digits)[0].flow.highWatermark, 65_536);
  t.is(driven(digits, { mode: "pull" })[0].flow.mode, "pull");
});

test("the buffer of what was pushed may be used again", (t) => {
  const [driver] = driven(digits);
  const bytes = new TextEncoder().encode("123");
  driver.push(bytes);
  bytes.fill(0);
  t.deepEqual(driver.pump().emitted, ["1", "2", "3"]);
});

test("closing in the middle of something is the error that run gives", (t) => {
  const [driver] = driven(string("abc"));
  driver.push("ab");
  const last = driver.close();
  t.deepEqual(last.kind === "completed" && last.result.diagnostics, run(string("abc"), "ab").diagnostics);
});

test("aborting ends the run as it stands, once", (t) => {
  const [driver, outcomes] = driven(digits);
  driver.push("12");
  driver.pump();
  driver.abort(new Error("enough"));
  driver.abort("again");
  t.is(outcomes.length, 2);
  const last = outcomes[1];
  if (last?.kind !== "completed") return t.fail();
  t.false(last.result.ok);
  t.deepEqual(
    last.result.diagnostics.map((d) => [d.code, d.message]),
    [["stream.cancelled", "the run was aborted: enough"]],
  );
  t.false(driver.push("3"));
});

test("a chunk of another kind, or after the end, breaks the stream at the next pump", (t) => {
  const told = (outcome: StreamOutcome<unknown, unknown>): unknown =>
    outcome.kind === "completed" && outcome.result.diagnostics.map((d) => d.code);
  const [mixed] = driven(digits);
  t.true(mixed.push("1"));
  t.false(mixed.push(new Uint8Array([50])));
  t.deepEqual(told(mixed.pump()), ["stream.feeder"]);
  const [late] = driven(digits);
  t.true((late.close() as { result: { ok: boolean } }).result.ok);
  t.false(late.push("1"));
  t.deepEqual(told(late.pump()), ["stream.feeder"]);
  t.throws(() => driven(digits)[0].push(7 as never), { instanceOf: TypeError, message: /^a chunk is / });
  t.throws(() => new StreamDriver(digits, undefined as never), { instanceOf: TypeError });
});

test("what a function of the grammar throws comes out of pump", (t) => {
  const wrong = new Error("wrong");
  const [driver] = driven(
    map(digit, () => {
      throw wrong;
    }),
  );
  driver.push("1");
  t.is(
    t.throws(() => driver.pump()),
    wrong,
  );
});

test("a driver is not pumped from inside its own step", (t) => {
  const parser: Parser<unknown, string> = each(
    map(digit, (value): string => {
      if (value === "2") driver.pump();
      return value;
    }),
  );
  const [driver, outcomes] = driven(parser);
  driver.push("123");
  t.throws(() => driver.pump(), { message: /from inside its own step/ });
  t.deepEqual(outcomes, []);
  const pumps: StreamingConfig = { onDiagnostic: () => void listening.pump() };
  const [listening] = driven(digits, pumps);
  listening.push("1");
  t.throws(() => listening.pump(), { message: /from inside its own step/ });
});

test("aborting in the middle of a step ends the run after it, once, and loses nothing", (t) => {
  const seen = (outcomes: readonly StreamOutcome<unknown, unknown>[]): unknown =>
    outcomes.map((outcome) => [
      outcome.emitted.join(""),
      outcome.kind === "completed" ? outcome.result.diagnostics.map((d) => d.message) : outcome.reason,
    ]);
  const cancelled = ["the run was aborted: enough"];
  const ended = [
    ["123", "inputExhausted"],
    ["", cancelled],
  ];
  const parser: Parser<unknown, string> = each(
    map(digit, (value): string => {
      if (value === "2") byGrammar.abort("enough");
      return value;
    }),
  );
  const [byGrammar, one] = driven(parser);
  byGrammar.push("123");
  t.is(byGrammar.pump().kind, "completed");
  t.deepEqual(seen(one), ended);
  for (const kind of ["progress", "pending"]) {
    const aborts: StreamingConfig = {
      onDiagnostic: (event) => void (event.kind === kind && byListener.abort("enough")),
    };
    const [byListener, other] = driven(digits, aborts);
    byListener.push("123");
    t.is(byListener.pump().kind, "completed");
    t.deepEqual(seen(other), ended);
    t.is(byListener.close().kind, "completed");
    t.is(other.length, 2);
  }
});

test("what a manual policy says must be a demand", (t) => {
  for (const demand of [undefined, 7, {}, { bytes: 1 }, { bytes: Number.NaN, frames: 1 }, { bytes: 1, frames: -1 }]) {
    const flow = flowController({ policy: { kind: "manual", onDemand: () => demand as Demand } });
    t.throws(() => runStream(digits, "12", { flow }), { message: /onDemand\(\)/ }, JSON.stringify(demand));
  }
});
