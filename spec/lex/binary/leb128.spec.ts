// LEB128 against an oracle in big integers.
import test from "ava";
import fc from "fast-check";
import { many, run, seq } from "../../../src/index.ts";
import { sleb128, uint8, uleb128 } from "../../../src/lex/binary/index.ts";
import { runStream } from "../../../src/stream/index.ts";
import { everyWay } from "../../_chunks.ts";
import { size } from "../../_size.ts";
import { binary, bytesOf, fails, parsed } from "./_bytes.ts";

/** The shortest encoding of a number (DWARF 5, appendix C). */
function encoded(value: bigint, signed: boolean): number[] {
  const bytes: number[] = [];
  for (let left = value; ; ) {
    const byte = Number(left & 0x7fn);
    left >>= 7n;
    const done = signed ? left === ((byte & 0x40) === 0 ? 0n : -1n) : left === 0n;
    bytes.push(done ? byte : byte | 0x80);
    if (done) return bytes;
  }
}

/** The same number in more bytes: what is put before the last one says nothing new. */
function padded(bytes: readonly number[], length: number, negative: boolean): number[] {
  const all = [...bytes];
  while (all.length < length) {
    all.push((all.pop() ?? 0) | 0x80);
    all.push(negative ? 0x7f : 0);
  }
  return all;
}

const unsigned = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const signed = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const sized = (values: fc.Arbitrary<bigint>): fc.Arbitrary<bigint> =>
  fc.oneof(
    values,
    fc.tuple(values, fc.nat(63)).map(([value, shift]) => value >> BigInt(shift)),
  );

test("uleb128 reads every number back, however it is padded", (t) => {
  fc.assert(
    fc.property(sized(unsigned), fc.integer({ min: 1, max: 10 }), (value, length) => {
      const bytes = padded(encoded(value, false), length, false);
      const result = run(uleb128, Uint8Array.from(bytes), binary);
      if (result.value !== value) throw new Error(`${result.value} is not ${value}`);
    }),
    { seed: 20240229, numRuns: size(300, 3000) },
  );
  t.pass();
});

test("sleb128 reads every number back, however it is padded", (t) => {
  fc.assert(
    fc.property(sized(signed), fc.integer({ min: 1, max: 10 }), (value, length) => {
      const bytes = padded(encoded(value, true), length, value < 0n);
      const result = run(sleb128, Uint8Array.from(bytes), binary);
      if (result.value !== value) throw new Error(`${result.value} is not ${value}`);
    }),
    { seed: 20240229, numRuns: size(300, 3000) },
  );
  t.pass();
});

test("any bytes are read as the oracle reads them, or refused", (t) => {
  const bytes = fc.array(fc.oneof(fc.constantFrom(0x80, 0xff, 0x81, 0, 1, 0x7f), fc.nat(255)), { maxLength: 12 });
  fc.assert(
    fc.property(bytes, (all) => {
      const last = all.findIndex((byte) => byte < 0x80);
      const own = all.slice(0, last + 1);
      const sum = own.reduce((bits, byte, i) => bits | (BigInt(byte & 0x7f) << BigInt(7 * i)), 0n);
      const fits = last >= 0 && last < 10;
      const width = 7 * own.length;
      const expected = {
        uleb128: fits && sum < 2n ** 64n ? sum : undefined,
        sleb128:
          fits && BigInt.asIntN(width, sum) === BigInt.asIntN(64, BigInt.asIntN(width, sum))
            ? BigInt.asIntN(width, sum)
            : undefined,
      };
      const config = { ...binary, requireEof: false };
      const given = {
        uleb128: run(uleb128, Uint8Array.from(all), config).value,
        sleb128: run(sleb128, Uint8Array.from(all), config).value,
      };
      if (given.uleb128 !== expected.uleb128 || given.sleb128 !== expected.sleb128)
        throw new Error(`${given.uleb128} ${given.sleb128}, not ${expected.uleb128} ${expected.sleb128}`);
    }),
    { seed: 20240229, numRuns: size(500, 10_000) },
  );
  t.pass();
});

test("byte by byte, and several in a row", (t) => {
  const max = encoded(2n ** 64n - 1n, false);
  const min = encoded(-(2n ** 63n), true);
  t.deepEqual(parsed(t, many(uleb128), 0, 0x7f, 0x80, 1, ...max, 5).value, [0n, 127n, 128n, 2n ** 64n - 1n, 5n]);
  t.deepEqual(parsed(t, seq(sleb128, sleb128, sleb128), 0x7f, ...min, 0x40).value, [-1n, -(2n ** 63n), -64n]);
});

test("more than 64 bits fail at the tenth byte, which says so", (t) => {
  const long = new Uint8Array(12).fill(0x80);
  fails(t, seq(uint8, uleb128), long, 10, "expected uleb128 of at most 64 bits");
  fails(t, uleb128, bytesOf(...Array<number>(9).fill(0xff), 2), 9, "expected uleb128 of at most 64 bits");
  fails(t, sleb128, bytesOf(...Array<number>(9).fill(0xff), 1), 9, "expected sleb128 of at most 64 bits");
  fails(t, sleb128, bytesOf(...Array<number>(9).fill(0x80), 0x7e), 9, "expected sleb128 of at most 64 bits");
});

test("one that the input ends in fails empty, at its start", (t) => {
  fails(t, seq(uint8, uleb128), bytesOf(1, 0x80, 0x80), 1, "expected uleb128");
  fails(t, seq(uint8, sleb128), bytesOf(1), 1, "unexpected end of input, expected sleb128");
  t.deepEqual(everyWay(t, many(uleb128), bytesOf(1, 0x80), { ...binary, requireEof: false }).value, [1n]);
});

test("it waits for one byte at a time, and not once its last byte is there", (t) => {
  const outcome = runStream(uleb128, bytesOf(0x80, 0x80), { ...binary, requireEof: false });
  t.is(outcome.kind === "pending" && outcome.demand.minBytes, 1);
  t.is(runStream(uleb128, bytesOf(0x80, 0x01), { ...binary, requireEof: false }).kind, "completed");
  const long = runStream(uleb128, new Uint8Array(10).fill(0xff), { ...binary, requireEof: false });
  t.is(long.kind, "completed", "ten bytes decide");
});
