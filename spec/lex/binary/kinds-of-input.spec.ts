// A parser of bytes given text, and a parser of text given bytes: said clearly, by every runner, before anything runs.
import test, { type ExecutionContext } from "ava";
import { andThen, many, or, primitive, run, runPartial, seq, sliceBytes } from "../../../src/index.ts";
import {
  bits,
  bytes,
  float32le,
  lengthPrefixed,
  takeBytes,
  uint8,
  uleb128,
  utf8,
  within,
} from "../../../src/lex/binary/index.ts";
import { anyChar, grapheme, identifier, int10, string, takeUntil, takeWhile } from "../../../src/lex/index.ts";
import { parse, parseEach, parseLoop, parseLoopSync, runStream } from "../../../src/stream/index.ts";
import { binary, bytesOf, parsed } from "./_bytes.ts";

const forBytes = /^this parser reads bytes \(.+\), not text: run it with \{ input: "binary" \}$/;
const forText = /^this parser reads text \(.+\), not bytes: run it without input: "binary"$/;

function refused(t: ExecutionContext, body: () => unknown, message: RegExp): void {
  t.throws(body, { instanceOf: TypeError, message });
}

test("parsers of bytes over text", (t) => {
  const all = [
    takeBytes(1),
    uint8,
    float32le,
    uleb128,
    bytes([1]),
    utf8(1),
    lengthPrefixed(uint8),
    bits(8),
    sliceBytes(string("a")),
    many(seq(string("a"), within(1, uint8))),
  ];
  for (const parser of all) {
    for (const input of ["a", bytesOf("a")]) {
      refused(t, () => run<unknown, never>(parser, input), forBytes);
      refused(t, () => runPartial<unknown, never>(parser, input, { input: "text" }), forBytes);
      refused(t, () => runStream<unknown, never>(parser, input), forBytes);
    }
    refused(t, () => parseLoopSync<unknown, never>(parser).next(), forBytes);
  }
});

test("by runners that promise", async (t) => {
  await t.throwsAsync(async () => parse(uint8, "a"), { instanceOf: TypeError, message: forBytes });
  await t.throwsAsync(async () => parseEach(uint8, "a").next(), { instanceOf: TypeError, message: forBytes });
  await t.throwsAsync(async () => parseLoop(uint8).next(), { instanceOf: TypeError, message: forBytes });
});

test("the message names a parser", (t) => {
  refused(t, () => run(seq(string("a"), float32le), "a"), /\(float32le\)/);
  refused(t, () => run(many(takeBytes(2)), "a"), /\(2 bytes\)/);
  refused(t, () => run(bytes([0x50, 0x4b]), "a"), /\("50 4b"\)/);
  refused(t, () => run(takeUntil("–"), bytesOf(1), binary), /\("–"\)/);
  refused(t, () => run(takeWhile("λ"), bytesOf(1), binary), /\(characters of \[λ\]\)/);
});

test("parsers of text over bytes", (t) => {
  for (const parser of [identifier, grapheme, takeWhile("aλ"), takeUntil("→"), many(seq(int10, string("→")))]) {
    refused(t, () => run<unknown, never>(parser, bytesOf("a"), binary), forText);
    refused(t, () => runStream<unknown, never>(parser, bytesOf("a"), binary), forText);
  }
});

test("one made while running", (t) => {
  const both = andThen(uint8, (n) => or(takeBytes(n), takeBytes(1)));
  t.true(parsed(t, both, 1, 2).ok);
  refused(
    t,
    () =>
      run(
        andThen(uint8, () => identifier),
        bytesOf(1, 2),
        binary,
      ),
    forText,
  );
  refused(
    t,
    () =>
      run(
        andThen(anyChar, () => uint8),
        "ab",
      ),
    forBytes,
  );
});

test("texts and leaves of one's own read either", (t) => {
  const chunk = seq(
    string("IHDR"),
    sliceBytes(uint8),
    primitive({ name: "nothing", scan: ({ from }) => ({ kind: "matched", value: 1, to: from }) }),
  );
  t.deepEqual(parsed<unknown, never>(t, chunk, "IHDR", 7).value, ["IHDR", bytesOf(7), 1]);
});
