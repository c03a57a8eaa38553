// Numbers that share bytes, held against a string of binary digits.
import test from "ava";
import fc from "fast-check";
import { or, type Parser, run, seq } from "../../../src/index.ts";
import { bits, uint8 } from "../../../src/lex/binary/index.ts";
import { runStream } from "../../../src/stream/index.ts";
import { deepEqual } from "../../_equal.ts";
import { size } from "../../_size.ts";
import { binary, bytesOf, fails, parsed } from "./_bytes.ts";

const widths = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 53 })), { minLength: 1, maxLength: 6 })
  .map((some) => {
    const over = some.reduce((sum, width) => sum + width, 0) % 8;
    return over === 0 ? some : [...some, 8 - over];
  });

test("each number is that of its digits", (t) => {
  fc.assert(
    fc.property(widths, fc.infiniteStream(fc.nat(255)), (all, stream) => {
      const size = all.reduce((sum, width) => sum + width, 0) / 8;
      const input = Uint8Array.from([...stream.take(size)]);
      const digits = [...input].map((byte) => byte.toString(2).padStart(8, "0")).join("");
      let from = 0;
      const expected = all.map((width) => {
        from += width;
        return Number(`0b${digits.slice(from - width, from)}`);
      });
      const found = deepEqual(run(bits(...all), input, binary).value, expected);
      if (found !== undefined) throw new Error(found);
    }),
    { seed: 20240229, numRuns: size(150, 1500) },
  );
  t.pass();
});

test("a header whose fields cross bytes", (t) => {
  const header: Parser<[number, number, number]> = bits(4, 12, 8);
  t.deepEqual(parsed(t, header, 0x12, 0x34, 0xff).value, [1, 0x234, 0xff]);
  t.deepEqual(parsed(t, bits(53, 3), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff).value, [2 ** 53 - 1, 7]);
  t.deepEqual(parsed(t, bits(...Array<1>(8).fill(1)), 0b10110001).value, [1, 0, 1, 1, 0, 0, 0, 1]);
});

test("each run gets a tuple of its own", (t) => {
  const [one, other] = run(seq(bits(8), bits(8)), bytesOf(1, 1), binary).value ?? [];
  t.deepEqual(one, other);
  t.not(one, other);
});

test("it fails empty, at its start, and asks for what is missing", (t) => {
  fails(t, seq(uint8, bits(4, 12)), bytesOf(1, 2), 1, "expected bits 4 12");
  t.true(parsed(t, seq(uint8, or(bits(4, 12), uint8)), 1, 2).ok);
  const outcome = runStream(bits(16, 8), bytesOf(1), binary);
  t.is(outcome.kind === "pending" && outcome.demand.minBytes, 2);
});

test("widths that are none, or that don't fill a byte, are refused when the parser is built", (t) => {
  const refused = (all: readonly number[], message: string): void => {
    t.throws(() => bits(...all), { instanceOf: RangeError, message });
  };
  refused([], "bits takes one width or more, such as bits(4, 4)");
  refused([3, 4], "bits: the widths add up to 7; add one of 1 to fill the last byte");
  refused([12], "bits: the widths add up to 12; add one of 4 to fill the last byte");
  for (const width of [0, -8, 1.5, 54, 64, Number.NaN])
    refused([width], `bits takes widths from 1 to 53, got ${width}`);
  refused(["8"] as never, 'bits takes widths from 1 to 53, got "8"');
});
