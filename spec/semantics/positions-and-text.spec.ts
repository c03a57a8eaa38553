// Rules 27, 29 and 30: positions, large offsets, byte order marks, halves of pairs, malformed bytes.
import test, { type ExecutionContext } from "ava";
import { many, notFollowedBy, or, type Parser, position, run, runPartial, seq, spanned } from "../../src/index.ts";
import { anyChar, oneOf, satisfy, string, takeUntil, takeWhile1 } from "../../src/lex/index.ts";
import { type Chunk, CLOSED, resume, runStream, type StreamingConfig } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";

/** `offset: line:column @ byteOffset` before each character and at the end. */
function places(t: ExecutionContext, text: string): string[] {
  const result = everyWay(t, seq(many(seq(position, anyChar)), position), text);
  if (!result.ok) return [];
  const [before, last] = result.value;
  return [...before.map(([place]) => place), last].map((p) => `${p.offset}: ${p.line}:${p.column} @${p.byteOffset}`);
}

test("27: columns count grapheme clusters, each line for itself", (t) => {
  t.deepEqual(places(t, "e\u0301x"), ["0: 1:1 @0", "1: 1:2 @1", "2: 1:2 @3", "3: 1:3 @4"]);
  t.deepEqual(places(t, "é\n😀a"), ["0: 1:1 @0", "1: 1:2 @2", "2: 2:1 @3", "4: 2:2 @7", "5: 2:3 @8"]);
});

test("27: clusters of several characters", (t) => {
  const family = "👨‍👩‍👧";
  const columns = places(t, `${family}🇩🇪x`).map((place) => place.split(/[: ]/)[3]);
  t.deepEqual(columns, ["1", "2", "2", "2", "2", "2", "3", "3", "4"]);
});

test("27: \\n, \\r\\n and \\r each end a line once", (t) => {
  t.deepEqual(places(t, "a\r\nb"), ["0: 1:1 @0", "1: 1:2 @1", "2: 2:1 @2", "3: 2:1 @3", "4: 2:2 @4"]);
  t.deepEqual(places(t, "\r\r\n\n\ra"), [
    "0: 1:1 @0",
    "1: 2:1 @1",
    "2: 3:1 @2",
    "3: 3:1 @3",
    "4: 4:1 @4",
    "5: 5:1 @5",
    "6: 5:2 @6",
  ]);
});

test("27: a mark at the start of a line is a cluster of its own", (t) => {
  t.deepEqual(places(t, "a\n\u0301"), ["0: 1:1 @0", "1: 1:2 @1", "2: 2:1 @2", "3: 2:2 @4"]);
});

test("27: diagnostics stand at such positions", (t) => {
  const [diagnostic] = everyWay(t, many(oneOf("aé😀\n")), "aé\n😀éx").diagnostics;
  t.like(diagnostic?.at.start, { offset: 6, line: 2, column: 3, byteOffset: 10 });
});

test("27: a span asked for stays right after its text has been let go", (t) => {
  const line = spanned(seq(takeUntil("\n"), string("\n")));
  let outcome = runStream(spanned(many(line)), "");
  const text = Array.from({ length: 50 }, (_, i) => `${"é".repeat(i % 7)}e\u0301\n`).join("");
  for (const char of text) if (outcome.kind === "pending") outcome = resume(outcome.continuation, char);
  if (outcome.kind === "pending") outcome = resume(outcome.continuation, CLOSED);
  t.is(outcome.kind, "completed");
  if (outcome.kind === "completed") t.deepEqual(outcome.result.value, run(spanned(many(line)), text).value);
});

test("30: parsing starts after a byte order mark, which counts", (t) => {
  const result = everyWay(t, spanned(string("a")), "\ufeffa");
  t.true(result.ok);
  t.like(result.value?.span.start, { offset: 1, byteOffset: 3, line: 1, column: 1 });
  t.like(result.value?.span.end, { offset: 2, byteOffset: 4, line: 1, column: 2 });
  t.like(result.span?.end, { offset: 2, byteOffset: 4 });
  t.like(everyWay(t, string("a"), "\ufeffb").diagnostics[0]?.at.start, { offset: 1, byteOffset: 3, column: 1 });
  t.true(everyWay(t, string("\ufeff"), "\ufeff\ufeff").ok, "only the first one is skipped");
});

test("30: what runPartial hands back is untouched, and absent on failure", (t) => {
  t.is(runPartial(string("a"), "\ufeffab").rest, "b");
  t.deepEqual(runPartial(string("é"), new TextEncoder().encode("éa")).rest, Uint8Array.of(97));
  t.is(runPartial(string("a"), "a").rest, "");
  t.false("rest" in runPartial(string("a"), "b"));
});

test("30: a lone half of a pair is a character of its own, three bytes long", (t) => {
  t.deepEqual(places(t, "a\ud83d\ude00\ude00\ud83db"), [
    "0: 1:1 @0",
    "1: 1:2 @1",
    "3: 1:3 @5",
    "4: 1:4 @8",
    "5: 1:5 @11",
    "6: 1:6 @12",
  ]);
  const result = everyWay(t, many(anyChar), "\ud83d\ud83d\ude00\ude00");
  t.deepEqual(result.value, ["\ud83d", "😀", "\ude00"]);
});

test("30: halves of one pair are never seen", (t) => {
  t.false(everyWay(t, string("\ud83d"), "😀", { requireEof: false }).ok);
  t.false(everyWay(t, seq(oneOf("\ud83d"), oneOf("\ude00")), "😀").ok);
  t.is(everyWay(t, takeWhile1(satisfyAny), "😀\ud83d").value, "😀\ud83d");
  t.deepEqual(everyWay(t, seq(notFollowedBy(string("\ud83d")), anyChar), "😀").value, [undefined, "😀"]);
  t.is(everyWay(t, takeUntil("\ude00"), "😀\ude00", { requireEof: false }).value, "😀");
});

function satisfyAny(char: string): boolean {
  if ([...char].length !== 1) throw new Error(`${JSON.stringify(char)} is not one character`);
  return true;
}

/** The value after these chunks and the end. */
function fed<T>(parser: Parser<T>, chunks: readonly Chunk[], config: StreamingConfig = {}): T | undefined {
  const [first = "", ...left] = chunks;
  let outcome = runStream(parser, first, config);
  for (const chunk of [...left, CLOSED] as const)
    if (outcome.kind === "pending") outcome = resume(outcome.continuation, chunk);
  return outcome.kind === "completed" ? outcome.result.value : undefined;
}

test("30: a first half waits, past empty chunks too, and is alone only at the end", (t) => {
  const all = many(satisfy(satisfyAny));
  t.deepEqual(fed(all, ["\ud83d", "", "", "\ude00"]), ["😀"]);
  t.deepEqual(fed(all, ["\ud83d", "", ""]), ["\ud83d"]);
  t.deepEqual(fed(all, ["\ud83d", "a"]), ["\ud83d", "a"]);
  t.is(fed(or(string("😀"), string("\ud83d")), ["\ud83d"]), "\ud83d");
});

const replace: StreamingConfig = { decode: "replace" };

test("30: replacement gives one U+FFFD for each maximal subpart", (t) => {
  const bytes = Uint8Array.of(0x61, 0xf0, 0x9f, 0x98, 0x62, 0xff, 0xc3, 0xe2, 0x82);
  const expected = ["a", "\ufffd", "b", "\ufffd", "\ufffd", "\ufffd"];
  t.deepEqual(fed(many(anyChar), [bytes], replace), expected);
  t.deepEqual(
    fed(
      many(anyChar),
      [...bytes].map((byte) => Uint8Array.of(byte)),
      replace,
    ),
    expected,
  );
});

test("30: and its byte offsets count the source", (t) => {
  const found = fed(many(seq(anyChar, position)), [Uint8Array.of(0x61, 0xf0, 0x9f, 0x98, 0x62, 0xff)], replace);
  t.deepEqual(
    found?.map(([, place]) => [place.offset, place.byteOffset]),
    [
      [1, 1],
      [2, 4],
      [3, 5],
      [4, 6],
    ],
  );
});
