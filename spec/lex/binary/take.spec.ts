// So many bytes, and bytes that are known beforehand.
import test from "ava";
import fc from "fast-check";
import { or, run, runPartial, seq, skipR, sliceBytes } from "../../../src/index.ts";
import { bytes, takeBytes, uint8 } from "../../../src/lex/binary/index.ts";
import { runStream } from "../../../src/stream/index.ts";
import { everyWay } from "../../_chunks.ts";
import { binary, bytesOf, fails, parsed } from "./_bytes.ts";

test("takeBytes and bytes give the bytes, as copies", (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (input) => {
      for (const parser of [takeBytes(input.length), bytes(input), bytes([...input])]) {
        const { value } = run(parser, input, binary);
        if (value === undefined || value.buffer === input.buffer || value.join() !== input.join())
          throw new Error("other");
      }
    }),
  );
  t.deepEqual(parsed(t, seq(bytes([0x89, 0x50]), takeBytes(2)), 0x89, 0x50, 1, 2).value, [
    bytesOf(0x89, 0x50),
    bytesOf(1, 2),
  ]);
  t.deepEqual(parsed(t, sliceBytes(seq(uint8, bytes([0, 255]))), 9, 0, 255).value, bytesOf(9, 0, 255));
});

test("none are none", (t) => {
  t.deepEqual(parsed(t, seq(takeBytes(0), bytes([]))).value, [bytesOf(), bytesOf()]);
});

test("bytes fails empty, at its start, however far it matched", (t) => {
  fails(t, seq(uint8, bytes([1, 2, 3])), bytesOf(9, 1, 2, 4), 1, 'expected "01 02 03"');
  fails(t, seq(uint8, bytes([1, 2, 3])), bytesOf(9, 1, 2), 1, 'expected "01 02 03"');
  t.deepEqual(parsed(t, or(bytes([1, 2]), bytes([1, 3])), 1, 3).value, bytesOf(1, 3));
});

test("a mismatch fails at once, and the rest is asked for", (t) => {
  t.is(runStream(bytes([1, 2, 3, 4]), bytesOf(1, 9), binary).kind, "completed");
  const outcome = runStream(bytes([1, 2, 3, 4]), bytesOf(1), binary);
  t.is(outcome.kind === "pending" && outcome.demand.minBytes, 3);
});

test("takeBytes says how many it wants", (t) => {
  fails(t, takeBytes(1), bytesOf(), 0, "unexpected end of input, expected 1 byte");
  fails(t, seq(uint8, takeBytes(3)), bytesOf(1, 2), 1, "expected 3 bytes");
});

test("more than any input has is a failure, and takes no memory", (t) => {
  for (const n of [2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
    fails(t, takeBytes(n), bytesOf(1, 2), 0, `expected ${n} bytes`);
    t.deepEqual(parsed(t, or(skipR(takeBytes(n), uint8), takeBytes(2)), 1, 2).value, bytesOf(1, 2));
    const endless = {
      ...binary,
      limits: { maxTokenUnits: Number.POSITIVE_INFINITY, maxBufferedUnits: Number.POSITIVE_INFINITY },
    };
    const outcome = runStream(takeBytes(n), bytesOf(1, 2), endless);
    t.is(outcome.kind === "pending" && outcome.demand.minBytes, n - 2);
    // so many decide that it is too long
    const limited = runStream(takeBytes(n), bytesOf(1, 2), binary);
    t.is(limited.kind === "pending" && limited.demand.minBytes, 64 * 2 ** 20 + 1 - 2);
  }
});

test("the rest of a partial run is bytes", (t) => {
  t.deepEqual(runPartial(bytes([1]), bytesOf(1, 2, 3), binary).rest, bytesOf(2, 3));
});

test("long fixed bytes", (t) => {
  const long = new Uint8Array(200_000).map((_, i) => i);
  t.deepEqual(run(bytes(long), long, binary).value, long);
  t.true(everyWay(t, bytes(long.subarray(0, 300)), long.subarray(0, 300), binary).ok);
});

test("a parser keeps the bytes it was made of", (t) => {
  const expected = bytesOf(1, 2);
  const parser = bytes(expected);
  expected.fill(9);
  t.true(run(parser, bytesOf(1, 2), binary).ok);
});

test("what is no number of bytes, and no bytes, is refused when the parser is built", (t) => {
  for (const n of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    t.throws(() => takeBytes(n), { instanceOf: RangeError, message: `takeBytes takes a number of bytes, got ${n}` });
  }
  const refused = (value: unknown, instanceOf: typeof TypeError | typeof RangeError, message: RegExp): void => {
    t.throws(() => bytes(value as number[]), { instanceOf, message });
  };
  refused("PK", TypeError, /^bytes takes a list of bytes such as \[0x50, 0x4b\], got "PK"; new TextEncoder\(\)/);
  refused(undefined, TypeError, /got undefined$/);
  refused(null, TypeError, /got null$/);
  refused(7, TypeError, /got 7$/);
  refused({}, TypeError, /got an object$/);
  refused([1, 256], RangeError, /^bytes takes numbers from 0 to 255, got 256 at index 1$/);
  refused([-1], RangeError, /got -1 at index 0$/);
  refused([0.5], RangeError, /got 0.5 at index 0$/);
  refused(["1"], RangeError, /got "1" at index 0$/);
});
