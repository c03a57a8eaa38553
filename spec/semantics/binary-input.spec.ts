// Rules 3, 21 and 30 for binary input.
import test from "ava";
import { andThen, many, map, or, type Parser, run, seq, spanned } from "../../src/index.ts";
import { takeBytes } from "../../src/lex/binary/index.ts";
import { CLOSED, resume, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";

const binary = { input: "binary" } as const;
const uint8: Parser<number> = map(takeBytes(1), ([byte = 0]) => byte);

test("30: every byte is one column of one line", (t) => {
  const result = everyWay(t, seq(takeBytes(2), spanned(takeBytes(2))), Uint8Array.of(1, 2, 10, 13), binary);
  t.true(result.ok);
  t.deepEqual(result.value?.[0], Uint8Array.of(1, 2));
  t.like(result.value?.[1].span.start, { offset: 2, byteOffset: 2, line: 1, column: 3 });
  t.like(result.value?.[1].span.end, { offset: 4, byteOffset: 4, line: 1, column: 5 });
});

test("3: takeBytes fails empty, at its start", (t) => {
  const result = everyWay(t, seq(uint8, takeBytes(3)), Uint8Array.of(1, 2, 3), binary);
  t.is(result.diagnostics[0]?.at.start.offset, 1);
  t.deepEqual(everyWay(t, or(takeBytes(3), takeBytes(2)), Uint8Array.of(1, 2), binary).value, Uint8Array.of(1, 2));
});

test("a length decides what follows", (t) => {
  const field = andThen(uint8, (length) => takeBytes(length));
  const result = everyWay(t, many(field), Uint8Array.of(2, 7, 8, 0, 1, 9), binary);
  t.deepEqual(result.value, [Uint8Array.of(7, 8), Uint8Array.of(), Uint8Array.of(9)]);
});

test("21: takeBytes asks for the rest", (t) => {
  const outcome = runStream(takeBytes(1000), Uint8Array.of(1, 2, 3), binary);
  t.is(outcome.kind === "pending" && outcome.demand.minBytes, 997);
});

test("30: what is kept doesn't change when the caller uses its buffer again", (t) => {
  const buffer = Uint8Array.of(1, 2, 3);
  let outcome = runStream(seq(takeBytes(2), takeBytes(2)), buffer, binary);
  buffer.fill(9);
  if (outcome.kind === "pending") outcome = resume(outcome.continuation, Uint8Array.of(4));
  if (outcome.kind === "pending") outcome = resume(outcome.continuation, CLOSED);
  t.deepEqual(outcome.kind === "completed" && outcome.result.value, [Uint8Array.of(1, 2), Uint8Array.of(3, 4)]);
  t.true(run(many(uint8), Uint8Array.of(0xff, 0xfe), binary).ok, "nothing is decoded");
});
