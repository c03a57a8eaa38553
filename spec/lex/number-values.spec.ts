// Numbers as values: exact where there is one, else an error that names digits, radix and bounds.
import test from "ava";
import fc from "fast-check";
import { many, map, type Parser, run, sepBy, seq, skipR } from "../../src/index.ts";
import {
  float,
  int,
  int10,
  integer,
  number,
  oneOf,
  string,
  takeWhile,
  takeWhile1,
  toF64,
  toI64,
  toU64,
} from "../../src/lex/index.ts";
import { everyWay } from "../_chunks.ts";
import { size } from "../_size.ts";
import { failsForGood, gives, refuses } from "../semantics/_reply.ts";

const refusal = test.macro({
  exec(t, parser: Parser<unknown>, input: string, code: string, ...words: readonly string[]) {
    const result = everyWay(t, skipR(parser, takeWhile(" ")), input);
    const [diagnostic] = result.diagnostics;
    t.is(diagnostic?.code, code);
    t.is(diagnostic?.at.start.offset, 0);
    t.is(diagnostic?.at.end.offset, input.trimEnd().length);
    for (const word of words) t.true(diagnostic?.message.includes(word), diagnostic?.message);
    failsForGood(t, parser, input);
  },
  title: (name = "", _, input: string, code: string) =>
    `${code}: ${name} ${input.length > 30 ? `${input.slice(0, 10)}… (${input.length})` : input}`,
});

const wide = takeWhile1("0123456789abcdefz_+-.eENaIn");
test("integer", refusal, integer, "9007199254740992", "E7101", "9007199254740992", "9007199254740991", "radix 10");
test("integer", refusal, integer, "-9007199254740992 ", "E7101", "-9007199254740991");
test("integer", refusal, integer, "9".repeat(5000), "E7101", `${"9".repeat(40)}…`);
test("number", refusal, number, "1e999", "E7102", "1e999", "1.7976931348623157e308", "radix 10");
test("number", refusal, number, "9".repeat(309), "E7102");
test("number", refusal, number, `${"9".repeat(400)}.5 `, "E7102");
test("toI64", refusal, toI64(int10), "9223372036854775808", "E7101", "9223372036854775807", "radix 10");
test("toI64", refusal, toI64(wide), "-9223372036854775809", "E7101", "-9223372036854775808");
test("toI64", refusal, toI64(int(16), 16), "8000_0000_0000_0000", "E7101", "8000_0000_0000_0000", "radix 16");
test("toI64", refusal, toI64(int10), "9".repeat(5000), "E7101");
test("toI64", refusal, toI64(wide, 16), "12z", "E7103", "12z", "radix 16");
test("toI64", refusal, toI64(wide), "1-2", "E7103");
test("toI64", refusal, toI64(wide), "_", "E7103");
test("toI64", refusal, toI64(wide), "-", "E7103");
test("toU64", refusal, toU64(int10), "18446744073709551616", "E7101", "0", "18446744073709551615");
test("toU64", refusal, toU64(wide), "-1", "E7101");
test("toF64", refusal, toF64(wide), "1.2.3", "E7102", "1.2.3");
test("toF64", refusal, toF64(wide), "NaN", "E7102");
test("toF64", refusal, toF64(wide), "-1e400", "E7102", "-1e400");
test("toF64", refusal, toF64(wide), "e5", "E7102");

test("values", (t) => {
  for (const [text, value] of [
    ["0", 0],
    ["-0", 0],
    ["007", 7],
    ["+7", 7],
    ["9007199254740991", 9007199254740991],
    ["-9007199254740991", -9007199254740991],
  ] as const)
    gives(t, integer, text, value);
  gives(t, toI64(int10), "000000000000000000000000000009", 9n);
  gives(t, toI64(wide), "-9223372036854775808", -9223372036854775808n);
  gives(t, toI64(int(2), 2), "1111_0000", 240n);
  gives(t, toI64(takeWhile1("a-z".replace("-", "bcdefghijklmnopqrstuvwxy")), 36), "zz", 1295n);
  gives(t, toU64(int(16), 16), "ffff_ffff_ffff_ffff", 2n ** 64n - 1n);
  gives(t, toU64(wide), "-0", 0n);
  gives(t, toF64(float), "-1.5e3", -1500);
  gives(t, toF64(wide), "1_000.5", 1000.5);
  gives(t, toF64(wide), "5.", 5);
  gives(t, toF64(wide), ".5", 0.5);
});

test("where integer and number stop", (t) => {
  refuses(t, integer, "x", 0, ["rule:integer"]);
  refuses(t, integer, "-x", 1, ["rule:digit"]);
  refuses(t, number, "", 0, ["rule:number"]);
  refuses(t, number, "1.x", 2, ["rule:digit"]);
  failsForGood(t, integer, "-");
  failsForGood(t, number, "1e");
  t.is(everyWay(t, integer, "1_0", { requireEof: false }).value, 1);
});

test("number is what Number makes of the text, however it is written", (t) => {
  const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 25 }).map((all) => all.join(""));
  const texts = fc
    .tuple(
      fc.constantFrom("", "-", "+"),
      digits,
      fc.option(digits, { nil: undefined }),
      fc.option(fc.integer({ min: -330, max: 300 }), { nil: undefined }),
    )
    .map(([sign, whole, fraction, power]) => {
      return `${sign}${whole}${fraction === undefined ? "" : `.${fraction}`}${power === undefined ? "" : `e${power}`}`;
    });
  fc.assert(
    fc.property(texts, fc.constantFrom("", " ", ","), (text, after) => {
      const expected = Number(text);
      for (const parser of [number, map(float, Number)]) {
        const result = run(skipR(parser, oneOf(" ,").opt()), text + after);
        if (Number.isFinite(expected) ? !Object.is(result.value, expected) : parser === number && result.ok)
          throw new Error(`${text}: ${result.value}`);
      }
    }),
    { seed: 20240229, numRuns: size(400, 5000) },
  );
  everyWay(t, sepBy(number, string(",")), "1,-2.5,0.1,007,+3,1e5,123456789012345678,0.30000000000000004");
  everyWay(t, sepBy(number, string(",")), "1,-2.5,1e999,3");
});

test("a value before a judged one stays", (t) => {
  const parser = many(skipR(oneOf("ab"), integer.attempt().opt()));
  t.deepEqual(everyWay(t, parser, "a1b9999999999999999a".slice(0, 2)).value, ["a"]);
  t.deepEqual(everyWay(t, parser, "a9999999999999999", { requireEof: false }).value, ["a"]);
});

test("bad arguments", (t) => {
  for (const radix of [1, 37, 2.5, Number.NaN, "10"]) {
    t.throws(() => toI64(int10, radix as number), {
      instanceOf: RangeError,
      message: /toI64 takes a radix from 2 to 36/,
    });
    t.throws(() => toU64(int10, radix as number), {
      instanceOf: RangeError,
      message: /toU64 takes a radix from 2 to 36/,
    });
  }
  t.throws(() => toF64("1" as never), { instanceOf: TypeError });
  for (const wrong of [toI64, toU64, toF64]) {
    const parser = wrong(map(int10, Number) as never) as Parser<unknown>;
    t.throws(() => run(seq(parser), "1"), {
      instanceOf: TypeError,
      message: /a parser that gives a text, this one gave 1/,
    });
  }
});
