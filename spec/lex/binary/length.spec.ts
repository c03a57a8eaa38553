// Bytes behind their length.
import test from "ava";
import fc from "fast-check";
import { programOf } from "../../../src/compile/index.ts";
import { nodeOf } from "../../../src/grammar/parser.ts";
import { each, emit, many, map, ok, or, type Parser, rule, run, seq } from "../../../src/index.ts";
import {
  float64be,
  int8,
  lengthPrefixed,
  uint8,
  uint16be,
  uint32be,
  uint64be,
  uleb128,
  within,
} from "../../../src/lex/binary/index.ts";
import { runStream } from "../../../src/stream/index.ts";
import { firstDifference } from "../../_chunks.ts";
import { deepEqual } from "../../_equal.ts";
import { binary, bytesOf, fails, parsed } from "./_bytes.ts";

test("what was written behind its length is read back", (t) => {
  const records = fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 6 });
  fc.assert(
    fc.property(records, fc.nat(), (all, seed) => {
      const input = bytesOf(...all.flatMap((record) => [0, record.length, ...record]));
      const parser = many(lengthPrefixed(uint16be));
      const found =
        deepEqual(
          run(parser, input, binary).value,
          all.map((record) => record.slice()),
        ) ?? firstDifference(parser, input, binary, { seed, random: 2 });
      if (found !== undefined) throw new Error(found);
    }),
  );
  t.pass();
});

test("any parser of a number can be the length", (t) => {
  t.deepEqual(parsed(t, lengthPrefixed(uleb128), 0x82, 0, 7, 8).value, bytesOf(7, 8));
  t.deepEqual(
    parsed(
      t,
      lengthPrefixed(
        rule(
          "length",
          or(
            map(uint8, (n) => n - 1),
            ok(0),
          ),
        ),
      ),
      3,
      7,
      8,
    ).value,
    bytesOf(7, 8),
  );
  t.deepEqual(parsed(t, seq(lengthPrefixed(ok(2)), uint8), 1, 2, 3).value, [bytesOf(1, 2), 3]);
});

test("what the length emits comes out", (t) => {
  const parser: Parser<number, Uint8Array | number> = each(lengthPrefixed(emit(uint8)));
  const result = parsed(t, parser, 1, 9, 0, 2, 7, 8);
  t.deepEqual(result.emitted, [1, bytesOf(9), 0, bytesOf(), 2, bytesOf(7, 8)]);
});

test("no length makes a program of its own", (t) => {
  const parser = lengthPrefixed(uint8);
  const { refiners } = programOf(nodeOf(parser));
  t.is(refiners.length, 1, "the one that judges the length");
});

test("too few bytes fail where they begin", (t) => {
  fails(t, lengthPrefixed(uint8), bytesOf(3, 1, 2), 1, "unexpected end of input; bytes needed: 3, available: 2");
  fails(t, lengthPrefixed(uint8), bytesOf(3), 1, "unexpected end of input; bytes needed: 3, available: 0");
  fails(
    t,
    within(3, lengthPrefixed(uint8)),
    bytesOf(4, 1, 2, 3, 4),
    1,
    "the frame ends here; bytes needed: 4, available: 2",
  );
  fails(t, seq(uint8, lengthPrefixed(uint16be)), bytesOf(3, 0), 1, "expected uint16be");
});

test("a length above the largest accepted is an error at the length", (t) => {
  const parser = seq(uint8, lengthPrefixed(uint16be, 4));
  const tooLong = (n: number): string => `a length of ${n} is out of bounds: it must be a whole number from 0 to 4`;
  fails(t, parser, bytesOf(1, 0, 5, 1, 2, 3, 4, 5), 1, tooLong(5));
  fails(t, parser, bytesOf(1, 0xff, 0xff), 1, tooLong(65535));
  t.is(run(parser, bytesOf(1, 0, 5), binary).diagnostics[0]?.at.end.offset, 3);
  t.deepEqual(parsed(t, parser, 1, 0, 4, 1, 2, 3, 4).value, [1, bytesOf(1, 2, 3, 4)]);
  t.deepEqual(parsed(t, lengthPrefixed(uint8, 0), 0).value, bytesOf());
  t.deepEqual(
    parsed(
      t,
      or(
        lengthPrefixed(uint8, 1),
        map(uint8, (n) => n),
      ),
      9,
    ).value,
    9,
    "empty: nothing was read",
  );
});

test("it fails at once, and does not wait for what it would not take", (t) => {
  t.is(runStream(lengthPrefixed(uint32be, 1000), bytesOf(0xff, 0xff, 0xff, 0xff), binary).kind, "completed");
});

test("what is no length is an error at the length", (t) => {
  const message = (n: unknown): string =>
    `a length of ${n} is out of bounds: it must be a whole number from 0 to 9007199254740991`;
  fails(t, seq(uint8, lengthPrefixed(int8)), bytesOf(1, 0xff, 1), 1, message(-1));
  for (const value of [1.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    const input = new Uint8Array(9);
    new DataView(input.buffer).setFloat64(0, value);
    fails(t, lengthPrefixed(float64be), input, 0, message(value));
  }
  fails(t, lengthPrefixed(uint64be), bytesOf(...Array<number>(8).fill(255)), 0, message(2n ** 64n - 1n));
});

test("what is no number is no length: a fault of the grammar", (t) => {
  for (const value of ["3", undefined, null, {}]) {
    const parser = lengthPrefixed(map(uint8, () => value as never));
    t.throws(() => run(parser, bytesOf(1), binary), {
      instanceOf: TypeError,
      message: /must be a number or a bigint, got /,
    });
  }
});

test("a giant length takes no memory before its bytes are there", (t) => {
  const parser = lengthPrefixed(float64be);
  const input = new Uint8Array(9);
  new DataView(input.buffer).setFloat64(0, Number.MAX_SAFE_INTEGER);
  fails(t, parser, input, 8, `unexpected end of input; bytes needed: ${Number.MAX_SAFE_INTEGER}, available: 1`);
  const outcome = runStream(parser, input, {
    ...binary,
    limits: { maxTokenUnits: Number.POSITIVE_INFINITY, maxBufferedUnits: Number.POSITIVE_INFINITY },
  });
  t.is(outcome.kind === "pending" && outcome.demand.minBytes, Number.MAX_SAFE_INTEGER - 1);
  if (outcome.kind === "pending") t.is(outcome.continuation.meta.buffered, 1);
});

test("wrong arguments are refused when the parser is built", (t) => {
  t.throws(() => lengthPrefixed(4 as never), { instanceOf: TypeError, message: /^expected a parser, got 4/ });
  for (const max of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    t.throws(() => lengthPrefixed(uint8, max), {
      instanceOf: RangeError,
      message: `lengthPrefixed: max takes a whole number from 0, got ${max}`,
    });
  }
});
