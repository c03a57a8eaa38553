// Rules 19 and 20: backpressure inside a chunk, and what the watermarks count.
import test from "ava";
import { each, seq } from "../../src/index.ts";
import { string } from "../../src/lex/index.ts";
import { CLOSED, type FeederYield, flowController, resume, runStream } from "../../src/stream/index.ts";

test("19: after backpressure an empty chunk goes on", (t) => {
  const flow = flowController({ highWatermark: 2, lowWatermark: 1 });
  const emitted: unknown[] = [];
  let outcome = runStream(each(string("a")), "a".repeat(20), { flow });
  let rests = 0;
  for (; outcome.kind === "pending" && outcome.reason === "backpressure" && rests < 100; rests += 1) {
    t.is(outcome.demand.action, "pause");
    t.true(outcome.emitted.length <= 4, "it holds a handful of values");
    emitted.push(...outcome.emitted);
    outcome = resume(outcome.continuation, "");
  }
  t.true(rests > 4);
  emitted.push(...outcome.emitted);
  if (outcome.kind === "pending") outcome = resume(outcome.continuation, CLOSED);
  for (rests = 0; outcome.kind === "pending" && rests < 100; rests += 1) outcome = resume(outcome.continuation, "");
  t.is(outcome.kind === "completed" && outcome.result.value, 20);
  t.is(emitted.length, 20);
});

test("19: after the end only what is emitted remains to be taken", (t) => {
  const flow = flowController({ highWatermark: 2, lowWatermark: 1 });
  const chunks = ["a".repeat(20)];
  let outcome = runStream(each(string("a")), { pull: (): FeederYield => chunks.shift() ?? CLOSED }, { flow });
  const reasons = new Set<string>();
  let taken = 0;
  for (let i = 0; outcome.kind === "pending" && i < 100; i += 1) {
    reasons.add(outcome.reason);
    taken += outcome.emitted.length;
    outcome = resume(outcome.continuation, i % 2 === 0 ? "" : CLOSED);
  }
  t.is(taken + outcome.emitted.length, 20);
  t.is(outcome.kind, "completed");
  for (const reason of reasons) t.true(reason === "backpressure" || reason === "feederClosed");
});

test("20: a machine that needs input while nothing waits to be taken is never paused", (t) => {
  const flow = flowController({ highWatermark: 100, lowWatermark: 50 });
  const text = "x".repeat(1000);
  let outcome = runStream(seq(string(text), string("!")), "", { flow });
  for (let i = 0; i < 100 && outcome.kind === "pending"; i += 1) {
    t.is(outcome.demand.action, "continue");
    outcome = resume(outcome.continuation, text.slice(i * 10, i * 10 + 10));
  }
  if (outcome.kind === "pending") outcome = resume(outcome.continuation, "!");
  if (outcome.kind === "pending") outcome = resume(outcome.continuation, CLOSED);
  t.true(outcome.kind === "completed" && outcome.result.ok);
});
