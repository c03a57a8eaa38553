import { readFileSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { Utf8Decoder } from "../../src/text/index.ts";
import { size } from "../_size.ts";

interface Whole {
  text: string;
  errorAt: number | undefined;
  repairs: { index: number; bytes: number }[];
}

/** Decodes chunks, reusing one buffer for all of them, and joins what came out. */
function decode(mode: "fatal" | "replace", chunks: readonly Uint8Array[]): Whole {
  const whole: Whole = { text: "", errorAt: undefined, repairs: [] };
  const add = (part: ReturnType<Utf8Decoder["write"]>): void => {
    for (const { index, bytes } of part.repairs) whole.repairs.push({ index: whole.text.length + index, bytes });
    whole.text += part.text;
    whole.errorAt ??= part.errorAt;
  };
  const decoder = new Utf8Decoder(mode);
  const shared = Buffer.alloc(Math.max(0, ...chunks.map((chunk) => chunk.length)));
  for (const chunk of chunks) {
    shared.set(chunk);
    add(decoder.write(shared.subarray(0, chunk.length)));
    shared.fill(0xff);
  }
  add(decoder.end());
  return whole;
}

/** Every way to cut up to 6 bytes; for more, into two, three, and single bytes. */
function* splits(bytes: Uint8Array): Generator<Uint8Array[]> {
  const size = bytes.length;
  if (size <= 6) {
    for (let cuts = 0; cuts < 1 << Math.max(0, size - 1); cuts++) {
      const chunks: Uint8Array[] = [];
      let from = 0;
      for (let at = 1; at <= size; at++) {
        if (at < size && ((cuts >> (at - 1)) & 1) === 0) continue;
        chunks.push(bytes.subarray(from, at));
        from = at;
      }
      yield chunks;
    }
  }
  for (let a = 0; a <= size; a++) {
    for (let b = a; b <= size; b++) yield [bytes.subarray(0, a), bytes.subarray(a, b), bytes.subarray(b)];
  }
  yield Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
}

/** Where the first malformed sequence begins, told by the platform's decoder alone. */
function errorIn(bytes: Uint8Array): number | undefined {
  const strict = new TextDecoder("utf-8", { fatal: true });
  const refuses = (part: Uint8Array, stream: boolean): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(part, { stream });
      return false;
    } catch {
      return true;
    }
  };
  try {
    strict.decode(bytes);
    return undefined;
  } catch {
    // The longest prefix that is whole and after which nothing wrong has been seen.
    for (let end = bytes.length; end >= 0; end--) if (!refuses(bytes.subarray(0, end), false)) return end;
    return 0;
  }
}

function check(t: ExecutionContext, bytes: Uint8Array, name: string): void {
  const replaced = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const errorAt = errorIn(bytes);
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, errorAt ?? bytes.length));
  for (const chunks of splits(bytes)) {
    const fatal = decode("fatal", chunks);
    const lenient = decode("replace", chunks);
    if (fatal.text !== before || fatal.errorAt !== errorAt)
      t.deepEqual(fatal, { text: before, errorAt, repairs: [] }, name);
    if (lenient.text !== replaced || lenient.errorAt !== undefined) t.is(lenient.text, replaced, name);
    // What the text takes in UTF-8, put right by the repairs, is what was read.
    const excess = lenient.repairs.reduce((sum, { bytes }) => sum + bytes - 3, 0);
    if (Buffer.byteLength(lenient.text) + excess !== bytes.length) t.fail(`${name}: repairs don't add up`);
    if (lenient.repairs.some(({ index, bytes }) => lenient.text[index] !== "\ufffd" || bytes === 3)) {
      t.fail(`${name}: a repair that isn't one`);
    }
  }
}

const CASES = readFileSync("spec/corpora/utf8-tests/utf8tests.txt", "utf8")
  .split(/\r?\n/)
  .filter((line) => line !== "" && !line.startsWith("#"));

const hex = (digits: string): Uint8Array =>
  digits.trim() === "nothing" ? new Uint8Array() : Uint8Array.from(Buffer.from(digits.replace(/\s/g, ""), "hex"));

test("the utf8tests corpus, under every split", (t) => {
  t.is(CASES.length, 222);
  for (const line of CASES) {
    const [name = "", kind = "", input = "", , replacement = ""] = line.split(":").map((part) => part.trim());
    const bytes = kind.endsWith("hex") ? hex(input) : new Uint8Array(Buffer.from(input));
    const { text, errorAt } = decode("fatal", [bytes]);
    if (kind.startsWith("valid")) {
      t.is(errorAt, undefined, name);
      t.deepEqual(Buffer.from(text), Buffer.from(bytes), name);
    } else {
      t.not(errorAt, undefined, name);
      t.deepEqual(Buffer.from(decode("replace", [bytes]).text), Buffer.from(hex(replacement)), name);
    }
    check(t, bytes, name);
  }
});

const byte = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xef, 0xbb),
);
const bytesOrText = fc.oneof(
  fc.array(byte, { maxLength: 12 }).map((bytes) => Uint8Array.from(bytes)),
  fc.string({ unit: "grapheme", maxLength: 6 }).map((text) => new TextEncoder().encode(text)),
);

test("any bytes, as the platform decodes them", (t) => {
  fc.assert(
    fc.property(bytesOrText, (bytes) => check(t, bytes, Buffer.from(bytes).toString("hex"))),
    { seed: 20240229, numRuns: size(300, 5000) },
  );
  t.pass();
});

test("a byte order mark stays in the text", (t) => {
  t.is(decode("fatal", [hex("EF BB"), hex("BF 41 EF BB BF")]).text, "\ufeffA\ufeff");
  t.is(decode("replace", [hex("EF BB BF FF")]).text, "\ufeff\ufffd");
});

test("repairs say which U+FFFD stand for how many bytes", (t) => {
  // one byte; two bytes; three bytes (as long as U+FFFD itself: no repair); a U+FFFD that was in the source
  const { text, repairs } = decode("replace", [hex("61 FF E2 82 61 F0 9F 98 61 EF BF BD F0 9F 98 80 C2")]);
  t.is(text, "a\ufffd\ufffda\ufffda\ufffd\u{1f600}\ufffd");
  t.deepEqual(repairs, [
    { index: 1, bytes: 1 },
    { index: 2, bytes: 2 },
    { index: 9, bytes: 1 },
  ]);
});

test("a fatal decoder stays where it failed", (t) => {
  const decoder = new Utf8Decoder("fatal");
  t.deepEqual(decoder.write(hex("61 62 E2")), { text: "ab", repairs: [] });
  t.deepEqual(decoder.write(hex("28 61")), { text: "", errorAt: 2, repairs: [] });
  t.deepEqual(decoder.write(hex("61")), { text: "", errorAt: 2, repairs: [] });
  t.deepEqual(decoder.end(), { text: "", errorAt: 2, repairs: [] });
});

test("a sequence cut off at the end is malformed at its first byte", (t) => {
  const decoder = new Utf8Decoder("fatal");
  t.deepEqual(decoder.write(hex("61 F0 9F")), { text: "a", repairs: [] });
  t.deepEqual(decoder.end(), { text: "", errorAt: 1, repairs: [] });
});

test("a fork goes on by itself", (t) => {
  const first = new Utf8Decoder("replace");
  first.write(hex("61 E2 82"));
  const second = first.fork();
  t.is(first.write(hex("AC")).text, "€");
  t.deepEqual(second.write(hex("41")), { text: "\ufffdA", repairs: [{ index: 0, bytes: 2 }] });
  t.is(first.end().text, "");
});

test("the error's offset counts from the stream's start", (t) => {
  const decoder = new Utf8Decoder("fatal");
  const chunk = new Uint8Array(1000).fill(0x61);
  for (let n = 0; n < 10; n++) decoder.write(chunk);
  t.deepEqual(decoder.write(hex("62 C3 A9 ED A0 80")), { text: "bé", errorAt: 10003, repairs: [] });
});
