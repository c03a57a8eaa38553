// Decimals read without a string are what `Number` makes of them.
import test from "ava";
import fc from "fast-check";
import { decimal, reached } from "../../src/machine/reading/decimal.ts";
import { size } from "../_size.ts";

/** What is read at the start of a text, and what `Number` makes of as much. */
function both(text: string): { readonly read: number; readonly meant: number; readonly end: number } {
  const units = Uint16Array.from([...text, "\uffff"], (unit) => unit.charCodeAt(0));
  const read = decimal(units, 0);
  return { read, meant: Number(text.slice(0, Math.max(0, reached.end))), end: reached.end };
}

const digits = (most: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most }).map((list) => list.join(""));
const RUNS = size(4000, 50_000);

const whole = fc.oneof(
  fc.constant("0"),
  digits(19).map((text) => `1${text}`),
  digits(3).map((text) => `9${text}`),
);

test("integers and decimals of any length are rounded as Number rounds them, or left to it", (t) => {
  let told = 0;
  fc.assert(
    fc.property(whole, fc.option(digits(25)), fc.constantFrom("", ",", "e", ".", "-", " "), (head, places, rest) => {
      const text = places === null ? head : `${head}.${places}`;
      const { read, meant, end } = both(text + (places === null && rest === "." ? "" : rest));
      if (!Number.isNaN(read)) told++;
      return end === text.length && (Number.isNaN(read) || Object.is(read, meant));
    }),
    { seed: 20240229, numRuns: RUNS },
  );
  t.true(told > 0.4 * RUNS, `${told} of ${RUNS} were told without a string`);
});

test("what lies as near to half way between two doubles as 18 places can say", (t) => {
  const scale = 10n ** 18n;
  fc.assert(
    fc.property(fc.bigInt(2n ** 52n, 2n ** 53n - 1n), fc.bigInt(30n, 52n), fc.bigInt(-1n, 2n), (bits, power, shift) => {
      const middle = ((2n * bits + 1n) * scale) / 2n ** (power + 1n) + shift;
      const text = `${middle / scale}.${(middle % scale).toString().padStart(18, "0")}`;
      const { read, meant } = both(text);
      return Number.isNaN(read) || Object.is(read, meant);
    }),
    { seed: 20240229, numRuns: RUNS },
  );
  t.pass();
});

test("where a number ends, and where none stands", (t) => {
  const cases: [text: string, value: number, end: number, dot: number][] = [
    ["0", 0, 1, -1],
    ["0.5", 0.5, 3, 1],
    ["007", Number.NaN, -1, -1],
    ["", Number.NaN, -1, -1],
    ["-1", Number.NaN, -1, -1],
    [".5", Number.NaN, -1, -1],
    ["1.", Number.NaN, -1, 1],
    ["1.x", Number.NaN, -1, 1],
    ["12.5.7", 12.5, 4, 2],
    ["9007199254740991", 9007199254740991, 16, -1],
    ["9007199254740992", Number.NaN, 16, -1],
    ["900719925474099.3", Number("900719925474099.3"), 17, 15],
    ["1.0000000000000000000", Number.NaN, 21, 1],
    ["1700000000.123456789", Number("1700000000.123456789"), 20, 10],
    ["1700000000.1234567891", Number.NaN, 21, 10],
  ];
  for (const [text, value, end, dot] of cases)
    t.deepEqual([both(text).read, reached.end, reached.dot], [value, end, dot], text);
});
