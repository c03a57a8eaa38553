// Whether text is in NFC, against the platform's normalization, and how much of that it takes.
import test from "ava";
import fc from "fast-check";
import { run } from "../../src/index.ts";
import { identifier, requireNfc, takeWhile1 } from "../../src/lex/index.ts";
import { isNfc } from "../../src/lex/tokens/nfc.ts";
import { everyWay } from "../_chunks.ts";
import { size } from "../_size.ts";

// classes 230, 220, 202, 240, 9, 0 (two that compose, a spacing one), and letters with which some of them compose
const MARKS = [..."\u0301\u0300\u0316\u0323\u0327\u0345\u094d\u09be\u0903\u0344\u{1d165}\u05b0"];
const LETTERS = [..."aeAα\u09c7\u{1d157}\uac00\u1161é"];

const mark = fc.constantFrom(...MARKS);
const runOf = fc.array(mark, { minLength: 1, maxLength: 4 }).chain((some) =>
  fc.oneof(
    fc.constant(some.join("").repeat(70)),
    fc.constant(some.map((one) => one.repeat(70)).join("")),
    fc.constant(
      some
        .map((one) => one.repeat(70))
        .join("")
        .normalize("NFC"),
    ),
    fc.array(mark, { maxLength: 200 }).map((all) => all.join("").normalize("NFC")),
  ),
);
const texts = fc
  .array(fc.tuple(fc.constantFrom(...LETTERS, ""), fc.oneof(runOf, fc.constant("")), fc.boolean()), { maxLength: 4 })
  .map((parts) =>
    parts.map(([letter, marks, ready]) => (ready ? (letter + marks).normalize("NFC") : letter + marks)).join(""),
  );

test("isNfc says what the platform says", (t) => {
  const RUNS = size(500, 5000);
  let long = 0;
  fc.assert(
    fc.property(texts, (text) => {
      if (text.length > 64) long++;
      return isNfc(text) === (text.normalize("NFC") === text);
    }),
    { numRuns: RUNS },
  );
  t.true(long > RUNS / 8, `${long} of ${RUNS}`);
});

/** What normalizing costs the platform at worst, over a call: the square of each length. */
function costOf(call: () => void): number {
  const { normalize } = String.prototype;
  let cost = 0;
  String.prototype.normalize = function counted(this: string, form?: string) {
    cost += this.length ** 2;
    return normalize.call(this, form);
  };
  try {
    call();
  } finally {
    String.prototype.normalize = normalize;
  }
  return cost;
}

test.serial("a long run of marks costs what its length says", (t) => {
  const word = requireNfc(takeWhile1(() => true));
  for (const marks of ["\u0301\u0300", "\u0301\u0316", "\u0316\u0301", MARKS.join("")]) {
    const cost = (n: number): number => costOf(() => void run(word, `a${marks.repeat(n)}`));
    const [once, often] = [cost(500), cost(8000)];
    t.true(often <= 20 * once, `${marks}: ${once}, ${often}`);
    t.true(often <= 16_000 * 12 * 100);
  }
  t.true(costOf(() => void run(identifier, `a${"\u0301\u0316".repeat(8000)}`)) <= 16_000 * 100);
});

test("a long run is refused without a fix-it, a short one with one", (t) => {
  const word = requireNfc(takeWhile1(() => true));
  const short = everyWay(t, word, `q${"\u0301\u0316".repeat(20)}`).diagnostics[0];
  t.deepEqual([short?.code, short?.fixits.length], ["E6002", 1]);
  const long = everyWay(t, word, `q${"\u0301\u0316".repeat(200)}`).diagnostics[0];
  t.deepEqual([long?.code, long?.fixits.length], ["E6002", 0]);
  t.true(everyWay(t, word, `q${"\u0316".repeat(200)}${"\u0301".repeat(200)}`).ok);
});
