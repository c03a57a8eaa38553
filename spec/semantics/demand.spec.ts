// Rules 21 and 36: what is asked for is what is needed, where a parser knows it: elements that are counted, parts of so many bytes.
import test from "ava";
import fc from "fast-check";
import {
  attempt,
  cut,
  cutHere,
  lazy,
  lengthCount,
  lengthValue,
  lookahead,
  many,
  map,
  ok,
  opt,
  or,
  type Parser,
  run,
  seq,
  skipL,
  verify,
} from "../../src/index.ts";
import {
  bytes,
  lengthPrefixed,
  takeBytes,
  uint8,
  uint16be,
  uint32be,
  uleb128,
  within,
} from "../../src/lex/binary/index.ts";
import { string } from "../../src/lex/index.ts";
import { resume, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";

const binary = { input: "binary" } as const;
const of = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** What is asked for after each number of bytes that does not complete `p`, and how many it takes on this input in all. */
function demands(p: Parser<unknown, unknown>, input: Uint8Array | string): { asked: number[]; taken: number } {
  const config = typeof input === "string" ? {} : binary;
  const all = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const asked: number[] = [];
  for (let there = 0; ; there++) {
    const whole = runStream(p, all.slice(0, there), { ...config, requireEof: false });
    let split = runStream(p, all.slice(0, 0), { ...config, requireEof: false });
    for (let at = 0; at < there && split.kind === "pending"; at++) {
      split = resume(split.continuation, all.slice(at, at + 1));
    }
    if (whole.kind === "completed") return { asked, taken: whole.result.ok ? there : Number.NaN };
    asked.push(whole.demand.minBytes);
    if (split.kind !== "pending" || split.demand.minBytes !== whole.demand.minBytes) return { asked, taken: -1 };
  }
}

/** Behind a count or length in the first byte, parsers that take as much whatever comes. */
const fixed: readonly [title: string, p: Parser<unknown, unknown>, input: Uint8Array][] = [
  ["numbers", lengthCount(uint8, uint32be), of(3, ...Array(12).fill(7))],
  ["single bytes", lengthCount(uint8, uint8), of(5, 1, 2, 3, 4, 5)],
  ["numbers that nobody wants", skipL(lengthCount(uint8, uint32be), ok(1)), of(3, ...Array(12).fill(7))],
  ["sequences", lengthCount(uint8, seq(uint8, uint16be, takeBytes(2))), of(3, ...Array(15).fill(7))],
  ["alternatives of one length", lengthCount(uint8, or(bytes([7, 7]), bytes([8, 8]))), of(3, 8, 8, 7, 7, 8, 8)],
  ["attempts", lengthCount(uint8, attempt(seq(uint8, uint16be))), of(2, 1, 2, 3, 4, 5, 6)],
  ["elements that cut", lengthCount(uint8, seq(uint8, cutHere(), uint16be)), of(2, 1, 2, 3, 4, 5, 6)],
  ["elements in elements", lengthCount(uint8, within(4, lengthCount(ok(2), uint16be))), of(2, 1, 2, 3, 4, 5, 6, 7, 8)],
  [
    "recursion that ends",
    lengthCount(
      uint8,
      or(
        seq(bytes([1]), uint8),
        lazy(() => pair),
      ),
    ),
    of(2, 1, 2, 3, 4),
  ],
  ["a part", lengthValue(uint8, many(uint16be)), of(6, 1, 2, 3, 4, 5, 6)],
  ["a part of small leaves", lengthValue(uint8, seq(uint8, takeBytes(2), uint16be)), of(5, 1, 2, 3, 4, 5)],
  ["elements in a part", lengthValue(uint8, seq(lengthCount(ok(2), uint8), many(uint8))), of(5, 1, 2, 3, 4, 5)],
  ["a fixed part", seq(uint8, within(6, seq(takeBytes(2), many(uint8)))), of(1, 1, 2, 3, 4, 5, 6)],
  ["parts in a part", seq(uint8, within(6, seq(within(2, many(uint8)), uint32be))), of(1, 1, 2, 3, 4, 5, 6)],
];
const pair: Parser<unknown> = seq(uint8, uint8);

for (const [title, p, input] of fixed) {
  test(`36: minBytes is all that is missing: ${title}`, (t) => {
    // what a lazy stands for is known from the second run on
    t.true(run(p, input, binary).ok);
    const { asked, taken } = demands(p, input);
    t.is(taken, input.length);
    t.deepEqual(asked, [1, ...Array.from({ length: input.length - 1 }, (_, i) => input.length - 1 - i)]);
    everyWay(t, p, input, binary);
  });
}

test("36: of elements of any length the least that each has is missing", (t) => {
  const texts = lengthCount(uint8, lengthPrefixed(uint8));
  t.deepEqual(demands(texts, of(3, 2, 8, 8, 0, 1, 7)).asked, [1, 3, 4, 3, 2, 1, 1]);
  const numbers = lengthCount(uint8, uleb128);
  t.deepEqual(demands(numbers, of(3, 0x80, 1, 2, 3)).asked, [1, 3, 3, 2, 1]);
  const listed = lengthCount(uint8, seq(uint8, many(bytes([0])), uint8));
  t.deepEqual(demands(listed, of(2, 1, 0, 1, 1, 1)).asked, [1, 4, 3, 2, 2, 1]);
  t.deepEqual(demands(lengthCount(ok(3), string("😀")), "😀😀😀").asked, [1, 1, 1, 1, 5, 4, 3, 2, 4, 3, 2, 1]);
});

test("36: what could be given up with what is around it asks for a byte", (t) => {
  const asked = (p: Parser<unknown>): number[] => demands(p, of(2, 1, 2, 3, 4)).asked.slice(0, 3);
  const counted = lengthCount(uint8, uint16be);
  t.deepEqual(asked(counted), [1, 4, 3]);
  t.deepEqual(asked(attempt(counted)), [1, 1, 1]);
  t.deepEqual(asked(or(counted, ok(0))), [1, 4, 3], "the count was read");
  t.deepEqual(asked(or(lengthCount(ok(2), uint16be), ok(0))), [1, 1, 2]);
  t.deepEqual(asked(or(within(4, many(uint8)), ok(0))), [1, 3, 2]);
  t.deepEqual(asked(or(cut(within(4, takeBytes(4))), ok(0))), [4, 3, 2]);
});

test("36: a count beyond any memory asks for no more than there can be", (t) => {
  const counted = lengthCount(
    map(uint8, () => Number.MAX_SAFE_INTEGER),
    takeBytes(2 ** 40),
  );
  const outcome = runStream(counted, of(1), {
    ...binary,
    limits: { maxTokenUnits: Number.POSITIVE_INFINITY, maxBufferedUnits: Number.POSITIVE_INFINITY },
  });
  t.is(outcome.kind === "pending" && outcome.demand.minBytes, Number.MAX_SAFE_INTEGER - 1);
});

/** Parsers of bytes of which some take less than others, so that what is asked for may be more than what is needed. */
const { element } = fc.letrec<{ element: Parser<unknown> }>((tie) => ({
  element: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Parser<unknown>>(
      uint8,
      uint16be,
      uint32be,
      uleb128,
      lengthPrefixed(verify(uint8, (n) => n < 9, "few")),
    ),
    fc.integer({ min: 1, max: 4 }).chain((n) => tie("element").map((p) => lengthCount(ok(n), p))),
    tie("element").map((p) =>
      lengthCount(
        verify(uint8, (n) => n < 4, "few"),
        p,
      ),
    ),
    fc.tuple(tie("element"), tie("element")).map(([p, q]) => seq(p, q)),
    fc.tuple(tie("element"), tie("element")).map(([p, q]) => or(seq(bytes([1]), p), q)),
    fc.tuple(tie("element"), tie("element")).map(([p, q]) => or(attempt(seq(bytes([1]), p, bytes([0]))), q)),
    tie("element").map((p) => seq(opt(bytes([0])), p)),
    tie("element").map((p) => skipL(lookahead(uint16be), p)),
    tie("element").map((p) => attempt(p)),
    tie("element").map((p) =>
      lengthValue(
        verify(uint8, (n) => n < 9, "few"),
        seq(p, many(uint8)),
      ),
    ),
    fc.integer({ min: 1, max: 9 }).chain((n) => tie("element").map((p) => within(n, seq(p, many(uint8))))),
  ),
}));

test("36: no more is asked for than what comes and is taken", (t) => {
  let held = 0;
  fc.assert(
    fc.property(element, fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 40, maxLength: 60 }), (p, input) => {
      if (!run(p, of(...input), { ...binary, requireEof: false }).ok) return;
      const { asked, taken } = demands(p, of(...input));
      held += asked.length;
      t.true(taken >= 0, "every way of feeding asks for the same");
      for (const [there, bytes] of asked.entries()) {
        if (bytes > taken - there) throw new Error(`${bytes} bytes asked for at ${there} of ${taken}`);
      }
    }),
    { numRuns: 1000, seed: 36 },
  );
  t.true(held > 1000, `${held} demands`);
});
