// Rule 36, and what gathers without a list.
import test from "ava";
import { programOf } from "../../src/compile/index.ts";
import { nodeOf } from "../../src/grammar/parser.ts";
import {
  cutHere,
  emit,
  fold,
  lengthCount,
  lengthValue,
  many,
  ok,
  opt,
  or,
  type Parser,
  run,
  seq,
  seqObject,
  skipL,
  verify,
} from "../../src/index.ts";
import { bytes, int8, takeBytes, uint8, uint16be, uleb128 } from "../../src/lex/binary/index.ts";
import { anyChar, int10, oneOf, string, takeWhile } from "../../src/lex/index.ts";
import { Machine, STATUS } from "../../src/machine/index.ts";
import { CLOSED, resume, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";

const binary = { input: "binary" } as const;
const of = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** Where the first diagnostic lies, and what it says. */
function first(result: ReturnType<typeof run>): readonly unknown[] {
  const [diagnostic] = result.diagnostics;
  return [diagnostic?.at.start.offset, diagnostic?.at.end.offset, diagnostic?.message];
}

const pairs = lengthCount(uint8, seq(uint8, uint16be));

test("36: as often as the count says", (t) => {
  t.deepEqual(everyWay(t, pairs, of(2, 1, 0, 2, 3, 0, 4), binary).value, [
    [1, 2],
    [3, 4],
  ]);
  t.deepEqual(everyWay(t, pairs, of(0), binary).value, []);
  t.deepEqual(everyWay(t, lengthCount(uleb128, uint8), of(3, 1, 2, 3), binary).value, [1, 2, 3]);
  t.deepEqual(everyWay(t, lengthCount(int10.map(Number), oneOf("ab")), "3aba").value, ["a", "b", "a"]);
  t.is(everyWay(t, skipL(lengthCount(uint8, uint8), uint8), of(2, 7, 8, 9), binary).value, 9);
  t.deepEqual(everyWay(t, lengthCount(ok(3), opt(string("a"))), "aa").value, ["a", "a", undefined]);
  t.deepEqual(first(everyWay(t, pairs, of(2, 1, 0, 2), binary)), [4, 4, "unexpected end of input, expected uint8"]);
});

test("36: each element is a scope, and emits", (t) => {
  const cutting = or(
    skipL(lengthCount(uint8, cutHere()), bytes([1])),
    uint8.map(() => 0),
  );
  t.is(everyWay(t, lengthCount(uint8, emit(uint8)), of(3, 1, 2, 3), binary).emitted.length, 3);
  t.false(run(cutting, of(1, 2), binary).ok);
});

test("36: bounds are reported at the number", (t) => {
  const count = seq(uint8, lengthCount(int8, uint8, 4));
  const message = (n: number): string => `a length of ${n} is out of bounds: it must be a whole number from 0 to 4`;
  t.deepEqual(first(everyWay(t, count, of(9, 5, 1), binary)), [1, 2, message(5)]);
  t.deepEqual(first(everyWay(t, count, of(9, 255), binary)), [1, 2, message(-1)]);
  const text = lengthCount(int10.map(Number), anyChar, 4);
  t.deepEqual(first(everyWay(t, text, "12x")), [0, 2, message(12)]);
  const wide = lengthValue(uleb128, many(uint8));
  const [diagnostic] = everyWay(t, wide, of(...Array<number>(9).fill(255), 1), binary).diagnostics;
  t.like(diagnostic, { code: "E7104" });
  t.regex(diagnostic?.message ?? "", /^a length of 18446744073709551615 is out of bounds/);
  t.throws(() => lengthCount(uint8, uint8, -1), { instanceOf: RangeError, message: /^lengthCount: max/ });
  t.throws(() => lengthValue(uint8, uint8, 0.5), { instanceOf: RangeError, message: /^lengthValue: max/ });
});

test("36: on as many units as the length says, all of them", (t) => {
  const frames = many(lengthValue(uint8, many(uint16be)));
  t.deepEqual(everyWay(t, frames, of(4, 0, 1, 0, 2, 0, 2, 0, 3), binary).value, [[1, 2], [], [3]]);
  t.deepEqual(first(everyWay(t, frames, of(3, 0, 1, 0), binary)), [3, 3, "expected uint16be or end of the frame"]);
  const text = lengthValue(int10.map(Number).skipR(string(":")), takeWhile("ab"));
  t.deepEqual(everyWay(t, seq(text, string("ab")), "3:abaab").value, ["aba", "ab"]);
  t.deepEqual(first(everyWay(t, text, "3:ax")), [3, 3, "expected end of the frame"]);
});

test("36: a body that is short says how many were wanted, and how many there were", (t) => {
  const message = "unexpected end of input; bytes needed: 5, available: 2";
  t.deepEqual(first(everyWay(t, lengthValue(uint8, many(uint8)), of(5, 1, 2), binary)), [3, 3, message]);
  t.deepEqual(first(everyWay(t, lengthValue(uint8, takeBytes(5)), of(5, 1, 2), binary)), [1, 1, message]);
  t.deepEqual(first(everyWay(t, lengthValue(uint8, seq(uint8, uint16be, uint16be)), of(5, 1, 2), binary)), [
    2,
    2,
    message,
  ]);
  t.deepEqual(first(everyWay(t, lengthValue(uint8, bytes([1, 3])), of(5, 1, 2), binary)), [1, 1, 'expected "01 03"']);
  t.deepEqual(first(everyWay(t, lengthValue(uint8, lengthCount(ok(5), uint8)), of(5, 1, 2), binary)), [3, 3, message]);
  const text = everyWay(t, lengthValue(ok(5), takeWhile("ab")), "ab");
  t.deepEqual(first(text), [2, 2, "unexpected end of input; units needed: 5, available: 2"]);
});

test("36: minBytes is what is missing", (t) => {
  const missing = (p: Parser<unknown>, input: Uint8Array): unknown => {
    const outcome = runStream(p, input, binary);
    return outcome.kind === "pending" && outcome.demand.minBytes;
  };
  t.is(missing(lengthValue(uint8, many(uint8)), of(9, 1, 2)), 7);
  t.is(missing(lengthValue(uint8, takeBytes(9)), of(9, 1, 2)), 7);
  t.is(missing(lengthValue(uint16be, many(uint8)), of(0)), 1);
  t.is(missing(seq(uint8, lengthValue(uint16be, many(uint8))), of(0)), 2);
});

test("36: nothing is compiled while running", (t) => {
  t.is(programOf(nodeOf(pairs)).refiners.length, 1);
  let made = 0;
  const counted = lengthCount(
    uint8,
    verify(uint8, () => ++made > 0, ""),
  );
  t.true(run(many(counted), of(1, 1, 2, 1, 1, 3, 1, 1, 1), binary).ok);
  t.is(made, 6);
});

test("fold is many without the list", (t) => {
  const number = fold(
    oneOf("01"),
    () => 0,
    (sum, digit) => 2 * sum + Number(digit),
  );
  t.is(everyWay(t, number, "1011").value, 11);
  t.is(everyWay(t, number, "").value, 0);
  const list = fold(
    seq(string("a"), opt(string("b"))),
    () => [] as readonly string[],
    (all, [a, b = "-"]) => [...all, a + b],
  );
  t.deepEqual(everyWay(t, seq(list, string("!")), "aaba!").value, [["a-", "ab", "a-"], "!"]);
  t.false(
    everyWay(
      t,
      seq(
        fold(
          seq(string("a"), string("b")),
          () => 0,
          (n) => n + 1,
        ),
        string("c"),
      ),
      "abac",
    ).ok,
  );
  t.is(
    run(
      fold(
        opt(string("a")),
        () => 0,
        (n) => n + 1,
      ),
      "",
    ).diagnostics[0]?.code,
    "E3001",
  );
});

test("fold: a sum is made anew each time, and where nobody wants it no function is called", (t) => {
  let calls = 0;
  const sum = fold(
    oneOf("ab"),
    () => {
      calls++;
      return 0;
    },
    (n) => n + ++calls * 0 + 1,
  );
  t.deepEqual(run(many(skipL(string(","), sum)), ",ab,,a").value, [2, 0, 1]);
  t.is(calls, 6);
  run(skipL(sum, string(",")), "ab,");
  t.is(calls, 6);
});

test("fold keeps nothing of what went by", (t) => {
  const options = { binary: true, decode: "fatal", source: undefined, mostEmitted: Number.POSITIVE_INFINITY } as const;
  const sum = fold(
    uint8,
    () => 0,
    (n, byte) => n + byte,
  );
  const machine = Machine.start(nodeOf(sum), options);
  const places: number[] = [];
  for (let i = 0; i < 50; i++) {
    machine.input.write(new Uint8Array(1000).fill(1));
    t.is(machine.step(), STATUS.INPUT);
    places.push(machine.stack.shift + machine.sp);
  }
  t.is(new Set(places).size, 1, "the stack is as high after 50,000 values as after 1,000");
  machine.input.end();
  t.is(machine.step(), STATUS.DONE);
  t.is(machine.val, 50_000);
});

test("a continuation in the middle goes on twice", (t) => {
  const p = seq(
    fold(
      oneOf("ab"),
      () => "",
      (all, char) => all + char,
    ),
    lengthCount(int10.map(Number).skipR(string(":")), oneOf("xy")),
  );
  const outcome = runStream(p, "ab2:x");
  if (outcome.kind !== "pending") return t.fail("it waits");
  const ends = ["x", "y"].map((last) => {
    const next = resume(outcome.continuation, last);
    const done = next.kind === "pending" ? resume(next.continuation, CLOSED) : next;
    return done.kind === "completed" && done.result.value;
  });
  t.deepEqual(ends, [
    ["ab", ["x", "x"]],
    ["ab", ["x", "y"]],
  ]);
});

test("seqObject gathers what has a name", (t) => {
  const size = seqObject(["width", int10.map(Number)], string("x"), ["height", int10.map(Number)]);
  t.deepEqual(everyWay(t, size, "3x4").value, { width: 3, height: 4 });
  t.deepEqual(run(seqObject(string("a")), "a").value, {});
  const [key] = Object.keys(run(seqObject(["__proto__", string("a")]), "a").value ?? {});
  t.is(key, "__proto__");
  t.throws(() => seqObject(["a", int10], ["a", int10]), { instanceOf: TypeError, message: /"a" twice/ });
  t.throws(() => seqObject([1, int10] as never), { instanceOf: TypeError, message: /\[name, parser\]/ });
  t.throws(() => seqObject(["a", "b"] as never), { instanceOf: TypeError, message: /expected a parser/ });
});
