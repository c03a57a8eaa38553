// Numbers of a fixed width, held against `DataView`.
import test from "ava";
import fc from "fast-check";
import { attempt, many, or, type Parser, run, seq, skipR } from "../../../src/index.ts";
import * as binaries from "../../../src/lex/binary/index.ts";
import { takeBytes, uint8, uint16be, uint32be } from "../../../src/lex/binary/index.ts";
import { runStream } from "../../../src/stream/index.ts";
import { everyWay, firstDifference } from "../../_chunks.ts";
import { size } from "../../_size.ts";
import { binary, bytesOf, fails } from "./_bytes.ts";

const {
  int8,
  uint16le,
  int16be,
  int16le,
  uint32le,
  int32be,
  int32le,
  uint64be,
  uint64le,
  int64be,
  int64le,
  float32be,
  float32le,
  float64be,
  float64le,
} = binaries;

type FromView = (view: DataView, at: number) => number | bigint;

const formats: readonly (readonly [string, number, Parser<number | bigint>, FromView])[] = [
  ["uint8", 1, uint8, (v, at) => v.getUint8(at)],
  ["int8", 1, int8, (v, at) => v.getInt8(at)],
  ["uint16be", 2, uint16be, (v, at) => v.getUint16(at)],
  ["uint16le", 2, uint16le, (v, at) => v.getUint16(at, true)],
  ["int16be", 2, int16be, (v, at) => v.getInt16(at)],
  ["int16le", 2, int16le, (v, at) => v.getInt16(at, true)],
  ["uint32be", 4, uint32be, (v, at) => v.getUint32(at)],
  ["uint32le", 4, uint32le, (v, at) => v.getUint32(at, true)],
  ["int32be", 4, int32be, (v, at) => v.getInt32(at)],
  ["int32le", 4, int32le, (v, at) => v.getInt32(at, true)],
  ["uint64be", 8, uint64be, (v, at) => v.getBigUint64(at)],
  ["uint64le", 8, uint64le, (v, at) => v.getBigUint64(at, true)],
  ["int64be", 8, int64be, (v, at) => v.getBigInt64(at)],
  ["int64le", 8, int64le, (v, at) => v.getBigInt64(at, true)],
  ["float32be", 4, float32be, (v, at) => v.getFloat32(at)],
  ["float32le", 4, float32le, (v, at) => v.getFloat32(at, true)],
  ["float64be", 8, float64be, (v, at) => v.getFloat64(at)],
  ["float64le", 8, float64le, (v, at) => v.getFloat64(at, true)],
];

test("every name of a number is here", (t) => {
  const names = Object.keys(binaries).filter((name) => /^(u?int|float)\d/.test(name));
  t.deepEqual(names.sort(), formats.map(([name]) => name).sort());
});

for (const [name, width, parser, fromView] of formats) {
  test(`${name} reads what DataView reads, wherever it stands`, (t) => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: width, maxLength: width + 9 }),
        fc.nat(9),
        fc.nat(),
        (input, before, seed) => {
          const at = before % (input.length - width + 1);
          const whole = seq(takeBytes(at), parser, takeBytes(input.length - at - width));
          const result = run(whole, input, binary);
          const view = new DataView(input.buffer, input.byteOffset, input.length);
          if (!Object.is(result.value?.[1], fromView(view, at))) throw new Error(`${result.value?.[1]} at ${at}`);
          const found = firstDifference(whole, input, binary, { seed, random: 2 });
          if (found !== undefined) throw new Error(found);
        },
      ),
      { seed: 20240229, numRuns: size(50, 500) },
    );
    t.pass();
  });

  test(`${name} at the edges of its range`, (t) => {
    for (const byte of [0, 1, 0x7f, 0x80, 0xff]) {
      for (const edge of [0, 0x7f, 0x80, 0xff]) {
        const input = new Uint8Array(width).fill(byte);
        input[0] = edge;
        input[width - 1] = edge === 0 ? byte : edge;
        t.is(everyWay(t, parser, input, binary).value, fromView(new DataView(input.buffer), 0));
      }
    }
  });

  test(`${name} fails empty, at its start, and asks for what is missing`, (t) => {
    for (let there = 0; there < width; there++) {
      const input = new Uint8Array(1 + there);
      fails(t, seq(uint8, parser), input, 1, `${there === 0 ? "unexpected end of input, " : ""}expected ${name}`);
      t.true(everyWay(t, seq(uint8, or(parser, takeBytes(there))), input, binary).ok);
      const outcome = runStream(parser, input.subarray(1), binary);
      t.is(outcome.kind === "pending" && outcome.demand.minBytes, width - there);
    }
  });
}

test("a number whose failure something takes asks for one byte", (t) => {
  for (const parser of [attempt(uint32be), or(uint32be, uint8), many(uint32be)]) {
    const outcome = runStream<unknown, never>(parser, bytesOf(1), binary);
    t.is(outcome.kind === "pending" && outcome.demand.minBytes, 1);
  }
});

test("values that are not wanted leave those that are alone", (t) => {
  const parser = seq(skipR(uint8, uint16be), skipR(uint16be, many(attempt(seq(uint32be, uint8)))));
  t.deepEqual(everyWay(t, parser, bytesOf(1, 2, 3, 4, 5, 1, 2, 3, 4, 5), binary).value, [1, 0x0405]);
  t.deepEqual(run(parser, bytesOf(1, 2, 3, 4, 5, 1), { ...binary, requireEof: false }).value, [1, 0x0405]);
});
