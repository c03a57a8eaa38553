// Looking ahead again and again while one value grows: what was put together for the last preview is not put together anew.
import test from "ava";
import { json } from "../../src/formats/json.ts";
import { attempt, concat, many, type Parser, run, slice, spanned } from "../../src/index.ts";
import { oneOf, takeUntil, takeWhile } from "../../src/lex/index.ts";
import { Window } from "../../src/machine/memory/window.ts";
import { type Continuation, resume, runStream } from "../../src/stream/index.ts";
import { size } from "../_size.ts";

interface Effort {
  /** Units that were made into text one by one. */
  decoded: number;
  /** Units that were looked at for a position. */
  located: number;
  /** Places of a stack that were thawed. */
  thawed: number;
}

const effort: Effort = { decoded: 0, located: 0, thawed: 0 };
const { fromCharCode } = String;
String.fromCharCode = (...units) => {
  effort.decoded += units.length;
  return fromCharCode(...units);
};
const { set } = Int32Array.prototype;
Int32Array.prototype.set = function (from, at) {
  effort.thawed += from.length;
  set.call(this, from, at);
};
const { copyUnits } = Window.prototype;
Window.prototype.copyUnits = function (from, to, target) {
  effort.located += to - from;
  copyUnits.call(this, from, to, target);
};
/** Of the line of a report so many units are kept, and one more to know whether it is cut. */
const KEPT = 4097;
/** Units of the shorter value, and how many times as long the longer one is. */
const LENGTH = 1000;
const TIMES = size(4, 8);

function previewed(parser: Parser<unknown, unknown>, begin: string, unit: string, n: number): Effort {
  const before = { ...effort };
  let outcome = runStream(parser, begin);
  for (let i = 0; i < n; i++) {
    if (outcome.kind !== "pending") throw new Error("it waits for more");
    outcome = resume(outcome.continuation, unit.charAt(i % unit.length));
    if (outcome.kind === "pending") outcome.continuation.preview();
  }
  return {
    decoded: effort.decoded - before.decoded,
    located: effort.located - before.located,
    thawed: effort.thawed - before.thawed,
  };
}

const growing: readonly [name: string, parser: Parser<unknown, unknown>, begin: string, unit: string, fails?: true][] =
  [
    ["a token", takeWhile("a"), "", "a"],
    ["a token that is not ended", attempt(takeUntil("!")), "", "a", true],
    ["a string literal", json, '"', "a", true],
    ["a string literal with escapes", json, '"', "a\\n", true],
    ["a slice", slice(many(oneOf("a"))), "", "a"],
    ["texts put together", concat(many(oneOf("a"))), "", "a"],
    ["a list", many(oneOf("a")), "", "a"],
    ["a list in brackets", json, "[", "1,", true],
  ];

for (const [name, parser, begin, unit, fails = false] of growing) {
  test(`previews of a value that grows put nothing together twice: ${name}`, (t) => {
    const [small, large] = [LENGTH, TIMES * LENGTH].map((n) => previewed(parser, begin, unit, n)) as [Effort, Effort];
    const shown = `${JSON.stringify(small)}, with ${TIMES} times the input ${JSON.stringify(large)}`;
    const shownByReports = fails ? TIMES * LENGTH * KEPT : 0;
    t.true(large.decoded - shownByReports <= small.decoded * TIMES + 10_000, shown);
    t.true(large.located <= small.located * 1.25 * TIMES + 2000, shown);
    t.true(large.thawed <= small.thawed * 1.25 * TIMES, shown);
  });
}

/** The continuation of a run that was fed so far. */
function fed(parser: Parser<unknown, unknown>, chunks: readonly string[]): Continuation<unknown, unknown> {
  let outcome = runStream(parser, "");
  for (const chunk of chunks) if (outcome.kind === "pending") outcome = resume(outcome.continuation, chunk);
  if (outcome.kind !== "pending") throw new Error("it waits for more");
  return outcome.continuation;
}

test("what a preview has put together is that of its own branch", (t) => {
  const parser = slice(many(spanned(oneOf("abé\n"))));
  const first = "a\né".repeat(600);
  const root = fed(parser, [first, first]);
  t.is(root.preview().value, first + first);
  for (const [one, other] of [
    ["b", "ab"],
    ["ba\n", "é"],
  ] as const) {
    const [left, right] = [resume(root, one.repeat(700)), resume(root, other.repeat(900))];
    if (left.kind !== "pending" || right.kind !== "pending") throw new Error("it waits for more");
    for (const [{ continuation }, more] of [
      [right, other.repeat(900)],
      [left, one.repeat(700)],
    ] as const) {
      const whole = run(parser, first + first + more);
      const ahead = continuation.preview();
      t.is(ahead.value, whole.value);
      t.deepEqual(ahead.span, whole.span);
      const last = resume(continuation, "b");
      if (last.kind !== "pending") throw new Error("it waits for more");
      t.is(last.continuation.preview().value, `${first}${first}${more}b`);
    }
  }
});

test("a preview that ends half a character keeps that to itself", (t) => {
  const parser = slice(many(oneOf("a😀\ufffd\ud83d")));
  const begun = fed(parser, ["a".repeat(2000), "a\ud83d"]);
  t.is(begun.preview().value, `${"a".repeat(2001)}\ud83d`);
  const next = resume(begun, "\ude00a");
  if (next.kind !== "pending") throw new Error("it waits for more");
  t.is(next.continuation.preview().value, `${"a".repeat(2001)}😀a`);
  t.deepEqual(next.continuation.preview().span?.end.byteOffset, 2006);
});

test("long lists are the same made from frozen parts", (t) => {
  for (const n of [255, 256, 257, 258, 259, 600, 1025]) {
    const items = Array.from({ length: n }, (_, i) => (i % 3 === 0 ? [i] : i));
    const text = JSON.stringify([1, [items], { a: items }]);
    for (const size of [1, 7, 300]) {
      let outcome = runStream(json, "");
      for (let at = 0; at < text.length && outcome.kind === "pending"; at += size) {
        outcome = resume(outcome.continuation, text.slice(at, at + size));
      }
      t.deepEqual(outcome.kind === "pending" && outcome.continuation.preview().value, JSON.parse(text));
    }
  }
});
