// Text among bytes, held against the platform's decoder.
import test from "ava";
import fc from "fast-check";
import { or, run, seq } from "../../../src/index.ts";
import { uint8, utf8 } from "../../../src/lex/binary/index.ts";
import { runStream } from "../../../src/stream/index.ts";
import { size } from "../../_size.ts";
import { binary, bytesOf, fails, parsed } from "./_bytes.ts";

test("every well-formed text is read back; n counts bytes", (t) => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      const bytes = new TextEncoder().encode(text);
      const { value } = run(seq(utf8(bytes.length), uint8), bytesOf(...bytes, 7), binary);
      if (value?.[0] !== text) throw new Error(JSON.stringify(value));
    }),
  );
  t.deepEqual(parsed(t, seq(utf8(0), utf8(3), utf8(7)), "aé漢😀").value, ["", "aé", "漢😀"]);
  t.is(parsed(t, utf8(4), 0xef, 0xbb, 0xbf, 0x61).value, "\ufeffa", "a byte order mark is a character of the field");
});

test("any bytes are a text where the platform decodes them", (t) => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0x61, 0x80, 0xbf, 0xc3, 0xe0, 0xa0, 0xed, 0xf0, 0x9f, 0xff), { maxLength: 8 }),
      (all) => {
        const bytes = Uint8Array.from(all);
        let expected: string | undefined;
        try {
          expected = decoder.decode(bytes);
        } catch {
          expected = undefined;
        }
        const result = run(utf8(bytes.length), bytes, binary);
        if (result.value !== expected) throw new Error(`${result.value} is not ${expected}`);
        const at = result.diagnostics[0]?.at.start.offset;
        // what stands before the place is well-formed
        if (at !== undefined) decoder.decode(bytes.subarray(0, at));
      },
    ),
    { seed: 20240229, numRuns: size(300, 3000) },
  );
  t.pass();
});

test("a malformed sequence is reported at its first byte", (t) => {
  fails(t, seq(uint8, utf8(4)), bytesOf(1, "ab", 0xff, 0x61), 3, "expected well-formed UTF-8");
  fails(t, utf8(3), bytesOf("a", 0xe6, 0xbc, 0xa2), 1, "expected well-formed UTF-8");
  fails(t, utf8(2), bytesOf(0xc0, 0x80), 0, "expected well-formed UTF-8");
  fails(t, utf8(3), bytesOf(0xed, 0xa0, 0x80), 0, "expected well-formed UTF-8");
});

test("too few bytes fail empty, at the start, and are asked for", (t) => {
  fails(t, seq(uint8, utf8(3)), bytesOf(1, "ab"), 1, "expected 3 bytes");
  t.is(parsed(t, or(utf8(3), utf8(2)), "ab").value, "ab");
  const outcome = runStream(utf8(30), bytesOf("ab"), binary);
  t.is(outcome.kind === "pending" && outcome.demand.minBytes, 28);
});

test("what is no number of bytes is refused when the parser is built", (t) => {
  for (const n of [-1, 0.5, Number.NaN]) {
    t.throws(() => utf8(n), { instanceOf: RangeError, message: `utf8 takes a number of bytes, got ${n}` });
  }
  t.throws(() => utf8("3" as never), { instanceOf: RangeError });
});
