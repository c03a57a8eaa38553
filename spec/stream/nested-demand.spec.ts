// Demands inside demands: frames in frames, parts of so many bytes, and a run fed by another one. There is one demand, that
// of what waits, and one pause.
import test from "ava";
import fc from "fast-check";
import { andThen, each, frame, map, type Parser, seq } from "../../src/index.ts";
import { lengthPrefixed, takeBytes, uint8, within } from "../../src/lex/binary/index.ts";
import { oneOf, string } from "../../src/lex/index.ts";
import {
  type DemandHint,
  flowController,
  type Pending,
  parse,
  parseEach,
  resume,
  runStream,
  StreamDriver,
  type StreamOutcome,
} from "../../src/stream/index.ts";
import { size } from "../_size.ts";

const binary = { input: "binary" } as const;
const zeros = (n: number): Uint8Array => new Uint8Array(n);

function demandOf(parser: Parser<unknown, unknown>, given: Uint8Array | string): DemandHint {
  const outcome = runStream(parser, given, typeof given === "string" ? {} : binary);
  if (outcome.kind === "completed") throw new Error("it waits for nothing");
  return outcome.demand;
}

test("what waits inside says how much is needed, and the innermost frame where", (t) => {
  const hint = (minBytes: number, frameBoundary: string): DemandHint => ({
    action: "continue",
    minBytes,
    frameBoundary,
    reason: "inputExhausted",
  });
  const message = frame("message", seq(takeBytes(2), frame("body", takeBytes(5)), takeBytes(7)));
  t.deepEqual(demandOf(message, zeros(1)), hint(1, "message"));
  t.deepEqual(demandOf(message, zeros(3)), hint(4, "body"));
  t.deepEqual(demandOf(message, zeros(7)), hint(7, "message"));
  t.deepEqual(demandOf(frame("message", within(100, frame("body", takeBytes(4)))), zeros(2)), hint(98, "body"));
  // no more than the part it lies in can have: with that it fails
  t.deepEqual(demandOf(frame("message", within(3, frame("body", takeBytes(9)))), zeros(2)), hint(1, "body"));
  t.deepEqual(demandOf(frame("a", frame("b", string("abcdef"))), "ab"), hint(4, "b"));
  t.deepEqual(demandOf(frame("a", lengthPrefixed(uint8)), Uint8Array.of(9, 1)), hint(8, "a"));
  const made = frame(
    "a",
    andThen(uint8, (n) => within(n, frame("b", takeBytes(n)))),
  );
  t.deepEqual(demandOf(made, Uint8Array.of(9, 1)), hint(8, "b"));
});

/** Parts in parts: how many bytes a leaf takes, or a frame or part around more of them. */
type Part = number | { readonly how: "frame" | "within" | "plain"; readonly parts: readonly Part[] };

const { parts } = fc.letrec<{ part: Part; parts: Part }>((tie) => ({
  part: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.integer({ min: 1, max: 20 }), tie("parts")),
  parts: fc.record({
    how: fc.constantFrom("frame" as const, "within" as const, "plain" as const),
    parts: fc.array(tie("part"), { minLength: 1, maxLength: 3 }),
  }),
}));

const sizeOf = (part: Part): number =>
  typeof part === "number" ? part : part.parts.reduce<number>((sum, p) => sum + sizeOf(p), 0);
/** What is asked for, one after the other: a part of so many bytes at once, all else leaf by leaf. */
const stepsOf = (part: Part, frames: boolean): number[] => {
  if (typeof part === "number") return [part];
  if (frames && part.how === "within") return [sizeOf(part)];
  return part.parts.flatMap((p) => stepsOf(p, frames));
};

function parserOf(part: Part, frames: boolean): Parser<unknown> {
  if (typeof part === "number") return takeBytes(part);
  const inside = part.parts.map((p) => parserOf(p, frames)).reduce((all, next) => map(seq(all, next), () => 0));
  if (!frames || part.how === "plain") return inside;
  return part.how === "frame" ? frame("f", inside) : within(sizeOf(part), inside);
}

test("a run that is given what it asks for rests once for each leaf or part, however they lie in each other", (t) => {
  fc.assert(
    fc.property(parts, (part) => {
      const asked = (parser: Parser<unknown>): number[] => {
        const found: number[] = [];
        let outcome = runStream(parser, zeros(0), { ...binary, requireEof: false });
        while (outcome.kind === "pending") {
          const { demand, reason, continuation, emitted } = outcome;
          t.is(reason, "inputExhausted");
          t.is(demand.action, "continue");
          t.is(emitted.length, 0);
          found.push(demand.minBytes);
          // a byte less is not enough
          if (demand.minBytes > 1) {
            const less = resume(continuation, zeros(demand.minBytes - 1)) as Pending<unknown>;
            t.is(less.demand.minBytes, 1);
          }
          outcome = resume(continuation, zeros(demand.minBytes));
        }
        t.true(outcome.result.ok);
        t.is(outcome.meta.consumedBytes, sizeOf(part));
        return found;
      };
      t.deepEqual(asked(parserOf(part, true)), stepsOf(part, true));
      t.deepEqual(asked(parserOf(part, false)), stepsOf(part, false));
    }),
    { numRuns: size(60, 500), seed: 6 },
  );
});

test("values of a part inside make the run rest once, and it goes on where it was", (t) => {
  const record = frame(
    "record",
    within(
      6,
      frame(
        "digits",
        each(
          map(takeBytes(1), ([b]) => b),
          {},
        ),
      ),
    ),
  );
  const flow = flowController({ highWatermark: 4, lowWatermark: 2 });
  const first = runStream(seq(record, takeBytes(3)), Uint8Array.of(1, 2, 3, 4, 5, 6, 7), { ...binary, flow });
  if (first.kind === "completed") return t.fail();
  t.deepEqual(first.emitted, [1, 2, 3, 4]);
  t.is(first.reason, "backpressure");
  t.deepEqual(first.demand, { action: "pause", minBytes: 1, frameBoundary: "digits", reason: "backpressure" });
  const second = resume(first.continuation, zeros(0));
  if (second.kind === "completed") return t.fail();
  t.deepEqual(second.emitted, [5, 6]);
  t.is(second.reason, "inputExhausted");
  t.deepEqual(second.demand, { action: "continue", minBytes: 2, reason: "inputExhausted" });
  t.is(second.meta.backpressureCount, 1);
});

const digits = each(oneOf("0123456789"));
/** Texts in an envelope: a byte that says how long, and so many bytes. */
const envelopes = each(map(lengthPrefixed(uint8), (bytes) => new TextDecoder().decode(bytes)));
const sealed = (texts: readonly string[]): Uint8Array =>
  Uint8Array.from(texts.flatMap((text) => [text.length, ...new TextEncoder().encode(text)]));

test("a run that is fed by another one holds that up: one pause goes all the way through", (t) => {
  const texts = Array.from({ length: 40 }, (_, i) => `${i}0123456789`.slice(0, 1 + (i % 9)));
  const seen: string[] = [];
  const inner = new StreamDriver(digits, ({ emitted }) => seen.push(...emitted), {
    flow: flowController({ highWatermark: 6, lowWatermark: 2 }),
  });
  let goOn = true;
  let most = 0;
  const outer = new StreamDriver(
    envelopes,
    ({ emitted }) => {
      for (const text of emitted) goOn = inner.push(text);
    },
    { ...binary, flow: flowController({ highWatermark: 1 }) },
  );
  outer.push(sealed(texts));
  let pauses = 0;
  let last: StreamOutcome<number, string> = outer.close();
  for (let turns = 0; last.kind === "pending" && turns < 1000; turns++) {
    t.is(last.demand.action, "pause");
    for (; !goOn; goOn = inner.push("")) {
      const outcome = inner.pump();
      pauses += 1;
      if (outcome.kind === "pending") most = Math.max(most, outcome.continuation.meta.buffered);
    }
    last = outer.pump();
  }
  t.true(last.kind === "completed" && last.result.ok);
  for (let turns = 0; inner.close().kind === "pending" && turns < 100; turns++);
  t.is(seen.join(""), texts.join(""));
  t.true(pauses > 0);
  t.true(most <= 6 + 9, `${most} units waited`);
});

test("parseEach over parseEach asks the source for no more than its last consumer takes", async (t) => {
  let given = 0;
  const source = (function* () {
    for (let i = 0; i < 100; i++) {
      given += 1;
      yield sealed([`${i % 10}1`, "23"]);
    }
  })();
  const values = parseEach(digits, parseEach(envelopes, source, binary));
  for (let taken = 1; taken <= 8; taken++) {
    t.regex((await values.next()).value as string, /^\d$/);
    t.is(given, Math.ceil(taken / 4));
  }
  await values.return(undefined as never);
  t.is(given, 2);
  t.true((await parse(digits, parseEach(envelopes, [sealed(["1", "2"])], binary))).result.ok);
});
