// JSON: the public test suite in full, equal to `JSON.parse` wherever that says anything, however it is cut up.
import { readdirSync, readFileSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { inRepository, twitter } from "../../bench/data.ts";
import { pretty } from "../../src/diagnostics/index.ts";
import { json, jsonValue } from "../../src/formats/json.ts";
import {
  type Diagnostic,
  each,
  ParseError,
  type ParseResult,
  run,
  runPartial,
  type Span,
  unwrap,
} from "../../src/index.ts";
import { type Chunk, CLOSED, type Completed, parse, parseEach, parseLoopSync } from "../../src/stream/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";
import { isLong, size } from "../_size.ts";
import { parameters } from "../reference/grammars.ts";

const folder = inRepository("spec/corpora/json-test-suite/test_parsing/");
const names = readdirSync(folder).sort();
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(encodeURIComponent(name), folder)));
/** Longer ones are fed by some chunkings, not by all. */
const LONG = 1000;

function inEveryWay(t: ExecutionContext, bytes: Uint8Array): ParseResult<unknown> {
  if (bytes.length <= LONG) return everyWay(t, json, bytes);
  t.is(firstDifference(json, bytes, {}, { random: size(1, 4) }), undefined);
  return run(json, bytes);
}

/** What `JSON.parse` says, or undefined if it refuses; a byte order mark aside. Bytes that are no UTF-8 are refused. */
function reference(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}

test("the suite is here in full", (t) => {
  const count = (letter: string): number => names.filter((name) => name.startsWith(`${letter}_`)).length;
  t.deepEqual({ y: count("y"), n: count("n"), i: count("i"), all: names.length }, { y: 95, n: 188, i: 35, all: 318 });
});

for (const name of names) {
  test(name, (t) => {
    const bytes = bytesOf(name);
    const result = inEveryWay(t, bytes);
    const said = reference(bytes);
    if (name.startsWith("y_")) t.true(result.ok);
    if (name.startsWith("n_")) t.false(result.ok);
    if (result.ok) {
      t.not(said, undefined);
      t.is(deepEqual(result.value, said?.value), undefined);
      return;
    }
    t.is(result.diagnostics.length, 1);
    const [diagnostic] = result.diagnostics;
    t.is(diagnostic?.severity, "error");
    t.regex(diagnostic?.code ?? "", /^(E1001|stream\.decode)$/);
    t.truthy(diagnostic?.message);
    t.true((diagnostic?.at.start.byteOffset ?? -1) <= bytes.length);
    t.is(said, undefined);
  });
}

/** Bytes that are no UTF-8, with where they stop being it. */
const malformed: readonly (readonly [name: string, bytes: readonly number[], at: number])[] = [
  ["a lone continuation byte in a string", [0x22, 0x61, 0x80, 0x22], 2],
  ["a sequence cut off by a quote", [0x22, 0xe6, 0x97, 0x22], 1],
  ["a sequence cut off by the end", [0x22, 0xf0, 0x9f, 0x98], 1],
  ["an overlong slash", [0x22, 0xc0, 0xaf, 0x22], 1],
  ["an encoded surrogate", [0x22, 0xed, 0xa0, 0x80, 0x22], 1],
  ["beyond the last code point", [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 1],
  ["at the very start", [0xff, 0x5b, 0x5d], 0],
  ["after the value, where the end should be", [0x5b, 0x5d, 0x20, 0xfe], 3],
];

for (const [name, bytes, at] of malformed) {
  test(`malformed: ${name}`, (t) => {
    const { ok, diagnostics } = everyWay(t, json, Uint8Array.from(bytes));
    t.false(ok);
    t.is(diagnostics[0]?.code, "stream.decode");
    t.is(diagnostics[0]?.at.start.byteOffset, at);
    t.regex(diagnostics[0]?.message ?? "", new RegExp(`^malformed UTF-8 at byte ${at}`));
  });
}

test("malformed bytes that the parse does not reach are not complained about", (t) => {
  const { diagnostics } = everyWay(t, json, Uint8Array.of(0x5b, 0x78, 0xff));
  t.is(diagnostics[0]?.code, "E1001");
  t.is(diagnostics[0]?.at.start.offset, 1);
});

// A real document

function throughLoop(chunk: (at: number) => Chunk, length: number, size: number): Completed<unknown> {
  const loop = parseLoopSync(json);
  for (let at = 0; at < length; at += size) loop.next(chunk(at));
  const last = loop.next(CLOSED);
  if (!last.done) throw new Error("it does not end");
  return last.value;
}

/** Long to compare: fewer of them. */
const often = { ...parameters, numRuns: Math.ceil(parameters.numRuns / 2) };

const document = twitter();
const utf8 = new TextEncoder().encode(document);

for (const units of isLong ? [65_536, 1024, 16, 1] : [65_536, 16]) {
  test(`twitter.json equals JSON.parse, text and bytes by ${units}`, (t) => {
    const expected = JSON.parse(document);
    const text = throughLoop((at) => document.slice(at, at + units), document.length, units);
    t.is(deepEqual(text.result.value, expected), undefined);
    t.is(text.meta.consumedBytes, utf8.length);
    const bytes = throughLoop((at) => utf8.subarray(at, at + units), utf8.length, units);
    t.is(deepEqual(bytes.result.value, expected), undefined);
    t.is(deepEqual(bytes.result, run(json, document)), undefined);
  });
}

test("twitter.json equals JSON.parse, whole", async (t) => {
  const expected = JSON.parse(document);
  t.is(deepEqual(run(json, document).value, expected), undefined);
  t.is(deepEqual(run(json, utf8).value, expected), undefined);
  t.is(deepEqual((await parse(json, new Blob([document]))).result.value, expected), undefined);
});

// Values

test("keys that repeat, and keys that name what objects have anyway", (t) => {
  for (const text of [
    '{"a":1,"a":2,"b":3,"a":4}',
    '{"b":1,"a":2,"b":3}',
    '{"__proto__":1}',
    '{"__proto__":{"polluted":true},"x":[{"__proto__":null}]}',
    '{"__proto__":1,"__proto__":2,"a":3}',
    '{"constructor":1,"toString":2,"hasOwnProperty":3,"":4}',
    '{"2":1,"1":2,"-1":3,"01":4}',
    '{"\\u005f_proto__":{"polluted":1}}',
  ]) {
    const { value } = everyWay(t, json, text);
    const expected = JSON.parse(text);
    t.is(deepEqual(value, expected), undefined, text);
    t.deepEqual(Object.keys(value as object), Object.keys(expected), text);
    t.is(Object.getPrototypeOf(value), Object.prototype);
  }
  t.false("polluted" in {});
});

test("random values and spellings of them equal JSON.parse", (t) => {
  const blanks = fc.constantFrom("", "", " ", "\n", "\r\n\t");
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), blanks, fc.nat(6), (text, blank, indent) => {
      const spelt = `${blank}${JSON.stringify(JSON.parse(text), undefined, indent)}${blank}`;
      const found =
        deepEqual(run(json, spelt).value, JSON.parse(spelt)) ?? firstDifference(json, spelt, {}, { random: 2 });
      if (found !== undefined) throw new Error(found);
    }),
    often,
  );
  t.pass();
});

test("random strings and numbers equal JSON.parse", (t) => {
  const escapes = fc.constantFrom(
    '\\"',
    "\\\\",
    "\\/",
    "\\b",
    "\\n",
    "\\u0041",
    "\\ud83d\\ude00",
    "\\ud83d",
    "a",
    "é",
    "😀",
    "\u2028",
  );
  const texts = fc.array(escapes).map((parts) => `"${parts.join("")}"`);
  const digits = fc.stringMatching(/^(0|-?[1-9]\d{0,25})(\.\d{1,25})?([eE][+-]?\d{1,3})?$/);
  fc.assert(
    fc.property(fc.oneof(texts, digits), (text) => {
      const found =
        deepEqual(run(json, text).value, JSON.parse(text)) ?? firstDifference(json, text, {}, { random: 2 });
      if (found !== undefined) throw new Error(found);
    }),
    often,
  );
  t.pass();
});

test("random damage is refused where JSON.parse refuses it", (t) => {
  const damage = fc.record({
    text: fc.json({ maxDepth: 3 }),
    at: fc.nat(),
    by: fc.constantFrom("", ",", "]", '"', "\\", "0", "e", "\n"),
  });
  fc.assert(
    fc.property(damage, fc.boolean(), ({ text, at, by }, replaces) => {
      const place = at % (text.length + 1);
      const damaged = text.slice(0, place) + by + text.slice(place + (replaces ? 1 : 0));
      const result = run(json, damaged);
      const said = reference(new TextEncoder().encode(damaged));
      if (result.ok !== (said !== undefined)) throw new Error(`ok is ${result.ok} on ${JSON.stringify(damaged)}`);
      const found = (said && deepEqual(result.value, said.value)) ?? firstDifference(json, damaged, {}, { random: 2 });
      if (found !== undefined) throw new Error(`${JSON.stringify(damaged)}: ${found}`);
    }),
    often,
  );
  t.pass();
});

test("one value, and what follows is left", async (t) => {
  t.is(runPartial(jsonValue, "[1] , 2").rest, ", 2");
  t.deepEqual(run(each(jsonValue), '1 "a"[2]{}').emitted, [1, "a", [2], {}]);
  const seen: unknown[] = [];
  for await (const value of parseEach(jsonValue, ['{"a"', ':1}\n{"b":', "2}\n"])) seen.push(value);
  t.deepEqual(seen, [{ a: 1 }, { b: 2 }]);
});

// What is said of what is wrong

const said: readonly (readonly [text: string, message: string])[] = [
  ['{"a":1,}', "1:8: expected property name\n  note: 1:7: nothing follows it"],
  ["[1,2", '1:5: unexpected end of input, expected "," or "]"\n  note: 1:1: opened here'],
  ["[1 2]", '1:4: expected "," or "]"\n  note: 1:1: opened here'],
  ['{"a" 1}', '1:6: expected ":"'],
  ["{a:1}", '1:2: expected "}" or property name\n  note: 1:1: opened here'],
  ["01", "1:2: expected no digit after a leading 0"],
  ["[-012.5]", "1:4: expected no digit after a leading 0"],
  ['{"a":tru}', '1:6: expected value\n  note: did you mean "true"?'],
  ['"a\\x"', '1:4: expected escape character (one of "\\/bfnrtu)'],
  ['"\\u12g4"', "1:6: expected hexadecimal digit"],
  ['"a\tb"', "1:3: expected string character or closing quote\n  note: 1:1: opened here"],
  ['{"a":1}\n{"b":2}', "2:1: expected end of input"],
  ["1.", "1:3: unexpected end of input, expected digit"],
  ["-x", "1:2: expected digit"],
  ['["é😀", nul]', '1:8: expected value\n  note: did you mean "null"?'],
];

function inShort({ at, message, notes }: Diagnostic): string {
  const place = (span: Span): string => `${span.start.line}:${span.start.column}: `;
  const told = notes.map((note) => `  note: ${note.span === undefined ? "" : place(note.span)}${note.message}`);
  return [place(at) + message, ...told].join("\n");
}

for (const [text, message] of said) {
  test(`says what is wrong with ${JSON.stringify(text)}`, (t) => {
    const result = everyWay(t, json, text);
    const error = t.throws(() => unwrap(result), { instanceOf: ParseError });
    t.is(error?.message, pretty(result.diagnostics, text));
    t.is(error?.diagnostics.map(inShort).join("\n"), message);
  });
}

test("a missing closer points to what it closes, and how to fix it", (t) => {
  const [diagnostic] = everyWay(t, json, '{"a": [1, {"b": 2} \n').diagnostics;
  t.is(diagnostic?.notes.find((note) => note.message === "opened here")?.span?.start.offset, 6);
  t.is(diagnostic?.fixits[0]?.insert, "]");
  t.is(diagnostic?.fixits[0]?.span.start.offset, 18);
  t.deepEqual(diagnostic?.context, ["array", "object"]);
});
