// `within`: what runs in it behaves as on a slice of the input, and what stands around it notices nothing.
import test from "ava";
import fc from "fast-check";
import * as make from "../../../src/grammar/make.ts";
import { nodeOf, Parser } from "../../../src/grammar/parser.ts";
import {
  andThen,
  attempt,
  cut,
  cutHere,
  each,
  emit,
  eof,
  lazy,
  lookahead,
  many,
  notFollowedBy,
  opt,
  or,
  type ParseResult,
  position,
  primitive,
  rule,
  run,
  seq,
  skipL,
  skipMany,
  spanned,
} from "../../../src/index.ts";
import { bytes, takeBytes, uint8, uint16be, uint32be, within } from "../../../src/lex/binary/index.ts";
import { anyChar, string, takeUntil, takeWhile } from "../../../src/lex/index.ts";
import { Machine, STATUS } from "../../../src/machine/index.ts";
import { resultOf } from "../../../src/run/index.ts";
import { CLOSED, type Continuation, parseEach, resume, runStream } from "../../../src/stream/index.ts";
import { everyWay, firstDifference } from "../../_chunks.ts";
import { deepEqual } from "../../_equal.ts";
import { withoutLines } from "../../reference/canonical.ts";
import { byteRuns, parameters } from "../../reference/grammars.ts";
import { answer } from "../../reference/steer.ts";
import { binary, bytesOf, fails, parsed } from "./_bytes.ts";

/** What a result says, its offsets counted from `origin`. */
function said(result: ParseResult<unknown, unknown>, origin: number): unknown {
  const { ok, value, emitted, diagnostics } = result;
  const moved = JSON.stringify(withoutLines([value, emitted]), (key, member: unknown) => {
    if (typeof member === "bigint") return `${member}n`;
    return key === "offset" ? (member as number) - origin : member;
  });
  return { ok, values: ok ? moved : undefined, at: diagnostics.map((one) => one.at.start.offset - origin) };
}

test("a parser in a frame answers as it does on that part of the input alone", (t) => {
  const around = fc.record({ before: fc.nat(3), after: fc.uint8Array({ maxLength: 4 }), seed: fc.nat() });
  fc.assert(
    fc.property(byteRuns, around, ({ parser, input }, { before, after, seed }) => {
      fc.pre(answer(nodeOf(parser), input) !== undefined);
      const whole = bytesOf(...new Uint8Array(before), ...input, ...after);
      const framed = skipL(takeBytes(before), within(input.length, parser)).skipR(takeBytes(after.length));
      const [alone, inside] = [run(parser, input, binary), run(framed, whole, binary)];
      const found =
        deepEqual(said(inside, before), said(alone, 0)) ?? firstDifference(framed, whole, binary, { seed, random: 2 });
      if (found !== undefined) throw new Error(found);
    }),
    parameters,
  );
  t.pass();
});

test("the same, where each frame is in another", (t) => {
  fc.assert(
    fc.property(byteRuns, fc.array(fc.nat(2), { maxLength: 4 }), fc.nat(), ({ parser, input }, margins, seed) => {
      fc.pre(answer(nodeOf(parser), input) !== undefined);
      const origin = margins.reduce((sum, margin) => sum + margin, 0);
      let framed: Parser<unknown, unknown> = within(input.length, parser);
      let whole: Uint8Array = input;
      for (const margin of margins) {
        whole = bytesOf(...new Uint8Array(margin), ...whole, ...new Uint8Array(margin));
        framed = within(whole.length, skipL(takeBytes(margin), framed).skipR(takeBytes(margin)));
      }
      const found =
        deepEqual(said(run(framed, whole, binary), origin), said(run(parser, input, binary), 0)) ??
        firstDifference(framed, whole, binary, { seed, random: 2 });
      if (found !== undefined) throw new Error(found);
    }),
    { ...parameters, numRuns: Math.ceil(parameters.numRuns / 3) },
  );
  t.pass();
});

test("too little is read: the end of the frame is expected where it stopped", (t) => {
  fails(t, seq(uint8, within(3, uint16be)), bytesOf(1, 2, 3, 4, 5), 3, "expected end of the frame of 3 bytes");
  fails(t, within(3, many(uint16be)), bytesOf(1, 2, 3, 4), 2, "expected uint16be or end of the frame of 3 bytes");
  fails(t, within(1, seq()), bytesOf(1), 0, "expected end of the frame of 1 byte");
});

test("too much is wanted: it fails as at the end of the input", (t) => {
  fails(t, within(2, uint32be), bytesOf(1, 2, 3, 4), 0, "expected uint32be");
  fails(t, within(2, seq(uint16be, uint8)), bytesOf(1, 2, 3, 4), 2, "expected uint8");
  t.deepEqual(parsed(t, seq(within(2, or(uint32be, many(uint8))), uint16be), 1, 2, 3, 4).value, [[1, 2], 0x0304]);
});

test("the input ends before the frame does", (t) => {
  fails(t, within(4, many(uint8)), bytesOf(1, 2), 2, "unexpected end of input; bytes needed: 4, available: 2");
  fails(t, within(4, skipL(uint16be, eof)), bytesOf(1, 2), 2, "unexpected end of input; bytes needed: 4, available: 2");
  fails(t, within(4, seq(uint16be, uint8)), bytesOf(1, 2), 2, "unexpected end of input; bytes needed: 4, available: 2");
  fails(t, within(4, uint8), bytesOf(1, 2), 1, "expected end of the frame of 4 bytes");
  fails(
    t,
    within(4, within(6, many(uint8))),
    bytesOf(1, 2, 3, 4, 5, 6, 7),
    4,
    "the frame ends here; bytes needed: 6, available: 4",
  );
  fails(t, within(2, within(3, seq(uint8))), bytesOf(1, 2, 3), 1, "expected end of the frame of 3 bytes");
});

test("an empty frame", (t) => {
  t.deepEqual(parsed(t, seq(within(0, many(uint8)), uint8), 1).value, [[], 1]);
  t.deepEqual(parsed(t, within(0, eof)).value, undefined);
  fails(t, seq(within(0, uint8)), bytesOf(1), 0, "expected uint8");
});

test("whoever takes a failure from inside has the outer input again", (t) => {
  const rest = many(uint8);
  const failing = [
    or(attempt(within(2, uint32be)), rest),
    or(attempt(within(3, seq(uint8, uint32be))), rest),
    or(attempt(within(3, within(2, seq(uint8, cut(uint32be))))), rest),
    seq(notFollowedBy(within(2, seq(uint8, uint16be))), rest),
    seq(opt(attempt(lookahead(within(2, uint32be)))), rest),
    seq(opt(within(4, uint8.skipR(bytes([0])).attempt())), rest),
    or(within(2, seq(bytes([9]))), rest),
    seq(many(attempt(within(2, bytes([1])))), rest),
  ];
  for (const parser of failing) {
    const { value } = parsed<unknown, unknown>(t, parser, 1, 2, 3, 4, 5);
    t.deepEqual(Array.isArray(value) ? value.flat().filter((one) => one !== undefined) : value, [1, 2, 3, 4, 5]);
  }
});

test("so has what follows a look-ahead into a frame", (t) => {
  const ahead = seq(lookahead(within(3, many(uint8))), lookahead(within(1, uint8)), many(uint8));
  t.deepEqual(parsed(t, ahead, 1, 2, 3, 4).value, [[1, 2, 3], 1, [1, 2, 3, 4]]);
});

test("a cut inside reaches the scope around the frame, as if the frame weren't there", (t) => {
  const parser = or(seq(within(2, skipL(cut(uint8), uint8)), bytes([9])), many(uint8));
  t.false(parsed(t, parser, 1, 2, 3).ok);
  const uncut = or(within(2, skipL(opt(skipL(bytes([7]), cutHere())), bytes([9]))), many(uint8));
  t.true(parsed<unknown, never>(t, uncut, 1, 2, 3).ok);
  t.false(parsed<unknown, never>(t, or(within(2, skipL(cutHere(), bytes([9]))), many(uint8)), 1, 2, 3).ok);
});

test("parsers made while running, rules and recursion inside frames", (t) => {
  const block: Parser<unknown> = rule(
    "block",
    andThen(uint8, (n): Parser<unknown> => (n === 0 ? position : within(n, many(lazy(() => block))))),
  );
  t.deepEqual(parsed(t, seq(block, uint8), 4, 2, 1, 0, 0, 7).value, [
    [[[{ offset: 4, byteOffset: 4, line: 1, column: 5 }]], { offset: 5, byteOffset: 5, line: 1, column: 6 }],
    7,
  ]);
  fails(t, seq(block, uint8), bytesOf(2, 3, 0, 0, 0, 0), 3, "the frame ends here; bytes needed: 3, available: 1");
  t.deepEqual(parsed(t, seq(block, uint8), 2, 3, 0).diagnostics[0]?.context, ["block", "block"]);
});

test("what is emitted in a frame leaves at once; the frame need not be there", (t) => {
  const parser = within(1000, each(uint8));
  const outcome = runStream(parser, bytesOf(1, 2, 3), binary);
  t.deepEqual(outcome.emitted, [1, 2, 3]);
  t.is(outcome.kind === "pending" && outcome.continuation.meta.buffered, 0);
  t.deepEqual(parsed(t, seq(within(3, each(uint8)), emit(uint8)), 1, 2, 3, 4).emitted, [1, 2, 3, 4]);
});

test("values are handed out one by one, out of frames that lie there whole", async (t) => {
  const parser = seq(within(6, each(within(2, uint16be))), each(uint8));
  const chunks = [bytesOf(0, 1, 0, 2, 0, 3, 4, 5), bytesOf(6)];
  const seen: number[] = [];
  for await (const value of parseEach(parser, chunks, binary)) seen.push(value);
  t.deepEqual(seen, [1, 2, 3, 4, 5, 6]);
});

test("it asks for what the frame holds, and does not wait once that is there", (t) => {
  const pending = runStream(within(6, takeBytes(10)), bytesOf(1, 2), binary);
  t.is(pending.kind === "pending" && pending.demand.minBytes, 4);
  const needed = runStream(within(6, takeBytes(5)), bytesOf(1, 2), binary);
  t.is(needed.kind === "pending" && needed.demand.minBytes, 4);
  const partial = { ...binary, requireEof: false };
  t.is(runStream(within(3, many(uint8)), bytesOf(1, 2, 3), partial).kind, "completed");
  t.is(runStream(within(3, takeBytes(4)), bytesOf(1, 2, 3), partial).kind, "completed");
  t.is(runStream(within(3, seq(takeBytes(3), eof)), bytesOf(1, 2, 3), partial).kind, "completed");
});

/** The result of a machine that has come to its end. */
function resultOfMachine(machine: Machine): unknown {
  const status = machine.step();
  const at = machine.position(machine.offset);
  return resultOf(machine, status, machine.emissions.take(), () => ({ start: at, end: at }));
}

test("a run that is left at any instruction, and gone on from twice, ends twice as it would have", (t) => {
  const frame = within(5, seq(uint8, within(2, many(uint8)), opt(attempt(within(3, uint32be))), takeBytes(2)));
  const parser = many(or(attempt(within(4, skipL(frame, uint8))), spanned(frame)));
  const input = bytesOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const options = { binary: true, decode: "fatal", source: undefined, mostEmitted: Number.POSITIVE_INFINITY } as const;
  const started = (): Machine => {
    const machine = Machine.start(nodeOf(parser), options);
    machine.input.write(input);
    machine.input.end();
    return machine;
  };
  const expected = resultOfMachine(started());
  t.true((expected as ParseResult<unknown>).ok);
  for (let steps = 1; ; steps++) {
    const machine = started();
    machine.hasFuelLimit = true;
    machine.fuel = steps;
    if (machine.step() !== STATUS.FUEL) break;
    const snapshot = machine.capture();
    const early = Machine.from(snapshot);
    // the live one goes on in the array that the snapshot keeps; another stops in the middle of it
    machine.fuel = 7;
    machine.step();
    const late = Machine.from(snapshot);
    machine.hasFuelLimit = false;
    t.is(deepEqual(resultOfMachine(machine), expected), undefined, `live, after ${steps}`);
    const last = Machine.from(snapshot);
    for (const copy of [early, late, last]) {
      copy.hasFuelLimit = false;
      t.is(deepEqual(resultOfMachine(copy), expected), undefined, `from the snapshot, after ${steps}`);
    }
  }
});

test("a continuation inside a frame is gone on from with different bytes", (t) => {
  const parser = seq(within(4, seq(uint8, many(uint8))), takeBytes(2));
  const outcome = runStream(parser, bytesOf(1, 2), binary);
  const from: Continuation<unknown, never> | undefined = outcome.kind === "pending" ? outcome.continuation : undefined;
  if (from === undefined) return t.fail("it should wait");
  for (const more of [
    [3, 4, 5, 6],
    [7, 8, 9, 0],
  ]) {
    let next = resume(from, Uint8Array.from(more));
    if (next.kind === "pending") next = resume(next.continuation, CLOSED);
    const [a = 0, b = 0, c = 0, d = 0] = more;
    t.deepEqual(next.kind === "completed" && next.result.value, [[1, [2, a, b]], bytesOf(c, d)]);
  }
  t.false(from.canFinish);
  t.deepEqual(from.preview().diagnostics[0]?.message, "unexpected end of input; bytes needed: 4, available: 2");
});

test("frames far beyond 2^31, in the input and in length", (t) => {
  const machine = Machine.start(nodeOf(within(2 ** 40, seq(within(2, many(uint8)), each(within(2, uint16be))))), {
    binary: true,
    decode: "fatal",
    source: undefined,
    mostEmitted: Number.POSITIVE_INFINITY,
    origin: 2 ** 52,
  });
  for (const byte of [1, 2, 3, 4, 5]) {
    machine.input.write(bytesOf(byte));
    t.is(machine.step(), STATUS.INPUT);
  }
  t.is(machine.minBytes(), 2 ** 40 - 5);
  t.deepEqual(machine.emissions.take(), [0x0304]);
  t.is(machine.offset, 2 ** 52 + 4);
  machine.input.end();
  t.is(machine.step(), STATUS.FAILED);
  t.is(machine.farthest, 2 ** 52 + 4);
});

test("an exception inside a frame reaches the caller, and the parser stays usable", (t) => {
  const parser = seq(
    within(
      2,
      uint16be.map((n) => {
        if (n === 0) throw new Error("zero");
        return n;
      }),
    ),
    uint8,
  );
  t.throws(() => run(parser, new Uint8Array(3), binary), { message: "zero" });
  t.deepEqual(parsed(t, parser, 1, 2, 3).value, [0x0102, 3]);
});

test("among text it counts units, and hides what comes after from every parser", (t) => {
  const inside = <T>(n: number, p: Parser<T>): Parser<T> => Parser.of(make.within(n, nodeOf(p)));
  const rest = primitive<string, string>({
    name: "rest",
    start: "",
    scan({ text, from, ended }, seen = "") {
      const all = seen + text.slice(from);
      return ended ? { kind: "matched", value: all, to: text.length } : { kind: "more", state: all, to: text.length };
    },
  });
  const cases: readonly (readonly [Parser<unknown>, string, unknown])[] = [
    [seq(inside(3, takeWhile("a")), takeWhile("a")), "aaaaa", ["aaa", "aa"]],
    [seq(inside(2, rest), inside(3, rest), rest), "abcdefg", ["ab", "cde", "fg"]],
    [seq(inside(4, or(attempt(takeUntil("-")), rest)), string("-")), "abcd-", ["abcd", "-"]],
    [seq(inside(3, or(string("abcd"), rest)), anyChar), "abcd", ["abc", "d"]],
    [seq(inside(3, skipMany(anyChar)), position), "é😀", [undefined, { offset: 3, byteOffset: 6, line: 1, column: 3 }]],
    [seq(inside(2, inside(2, rest)), rest), "a\r\nb", ["a\r", "\nb"]],
  ];
  for (const [parser, input, value] of cases) t.deepEqual(everyWay(t, parser, input).value, value);
});

test("wrong arguments are refused when the parser is built", (t) => {
  for (const n of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    t.throws(() => within(n, uint8), { instanceOf: RangeError, message: `within takes a number of bytes, got ${n}` });
  }
  t.throws(() => within(uint8 as never, 3 as never), { instanceOf: RangeError });
  t.throws(() => within(3, undefined as never), {
    instanceOf: TypeError,
    message: /^expected a parser, got undefined/,
  });
});
