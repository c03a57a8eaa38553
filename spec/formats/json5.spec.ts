// JSON5 and JSONC: each rule of their specifications, equal to json5 and jsonc-parser, and JSON in both, however it is cut up.
import { readdirSync, readFileSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import JSON5 from "json5";
import { type ParseError, parse as parseJsonc } from "jsonc-parser";
import { inRepository } from "../../bench/data.ts";
import type { Json } from "../../src/formats/json.ts";
import { json5 } from "../../src/formats/json5.ts";
import { jsonc, jsoncWith } from "../../src/formats/jsonc.ts";
import { type Parser, run } from "../../src/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";
import { parameters } from "../reference/grammars.ts";

/** The value, or the first error as `column message`. */
function reading(t: ExecutionContext, p: Parser<Json>, input: string): unknown {
  const { ok, value, diagnostics } = everyWay(t, p, input);
  const [first] = diagnostics;
  return ok ? value : `${first?.at.start.column} ${first?.message}`;
}

const accepted: readonly [rule: string, input: string, value: unknown][] = [
  ["white space of §8", "\t\v\f \u00a0\ufeff\u2003\u2028\u2029\r\n1\u3000", 1],
  ["line comments end at each line end of §8", "// a\r1// b\u2028// c", 1],
  ["block comments don't nest", "/* /* a **/ 1 /**/", 1],
  [
    "keys without quotes",
    "{a: 1, $_1: 2, ü\u0300\u203f\u200d: 3, null: 4}",
    { a: 1, $_1: 2, "ü\u0300\u203f\u200d": 3, null: 4 },
  ],
  ["escapes in keys", "{\\u0061b: 1, a\\u0031: 2}", { ab: 1, a1: 2 }],
  ["single quotes", `['a"b', "a'b", '\\'', "\\""]`, ['a"b', "a'b", "'", '"']],
  ["escapes of §5", String.raw`'\b\f\n\r\t\v\0\x41\u00e9\a\ud83d\ude00'`, "\b\f\n\r\t\v\0Aéa😀"],
  ["lines that go on", "'a\\\nb\\\r\nc\\\rd\\\u2028e'", "abcde"],
  ["line separators in strings", "'\u2028\u2029'", "\u2028\u2029"],
  ["a comma before a closing bracket", "[1, {a: 2,},]", [1, { a: 2 }]],
  ["signs", "[+1, -1, + 1, - 1]".replaceAll(" 1", "1"), [1, -1, 1, -1]],
  ["points at the start and the end", "[.5, 5., -.5e1, 5.e-1]", [0.5, 5, -5, 0.5]],
  ["hexadecimal", "[0x1F, -0Xff]", [31, -255]],
  ["Infinity and NaN", "[Infinity, -Infinity, +NaN]", [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]],
  ["a repeated key", "{a: 1, 'a': 2}", { a: 2 }],
];

for (const [rule, input, value] of accepted) {
  test(`JSON5: ${rule}`, (t) => {
    t.deepEqual(reading(t, json5, input), value);
    t.deepEqual(JSON5.parse(input), value);
  });
}

test("JSON5: minus zero, and a key that is __proto__", (t) => {
  t.true(Object.is(run(json5, "-0").value, -0));
  const value = run(json5, "{__proto__: {a: 1}}").value as Record<string, unknown>;
  t.deepEqual(Object.keys(value), ["__proto__"]);
  t.is(value.a, undefined);
});

const refused: readonly [input: string, error: string][] = [
  ["", "1 unexpected end of input, expected value"],
  ["01", "2 expected no digit after a leading 0"],
  ["+ 1", "2 expected number"],
  ["0x", "3 unexpected end of input, expected hexadecimal digit"],
  [".", "2 unexpected end of input, expected digit"],
  ["'\\1'", "3 expected escape sequence"],
  ["'\\01'", "4 expected no digit after \\0"],
  ["'a\nb'", "3 expected string character or closing quote"],
  ["[,]", '2 expected "]" or value'],
  ["{a:1,,}", '6 expected "}" or property name'],
  ["{\\u0031a:1}", '2 "1" can\'t be the beginning of a name'],
  ["{a\\u002d:1}", '3 "-" can\'t be a part of a name'],
  ["{1a:1}", '2 expected "}" or property name'],
  ["nullx", "5 expected end of input"],
  ["/* a", '5 unexpected end of input, expected "*/"'],
];

for (const [input, error] of refused) {
  test(`JSON5 refuses ${JSON.stringify(input)}`, (t) => {
    t.is(reading(t, json5, input), error);
    t.throws(() => JSON5.parse(input));
  });
}

test("JSONC: comments wherever space may be, and commas before a closing bracket only if they are asked for", (t) => {
  t.deepEqual(reading(t, jsonc, '// a\n{/* b */"c"/**/: // d\n[1]} // e'), { c: [1] });
  t.is(reading(t, jsonc, "[1,]"), "4 expected value");
  t.is(run(jsonc, "[1,]").diagnostics[0]?.fixits[0]?.insert, "");
  const trailing = jsoncWith({ trailingCommas: true });
  t.deepEqual(reading(t, trailing, '{"a": [1, /* b */], /* c */}'), { a: [1] });
  t.is(reading(t, trailing, "[,]"), '2 expected "]" or value');
  t.is(reading(t, jsonc, "[1, 'a']"), "5 expected value");
  t.is(reading(t, jsonc, "1 /* a"), '7 unexpected end of input, expected "*/"');
  t.is(jsoncWith({}), jsonc);
  t.throws(() => jsoncWith({ comments: true } as never), { instanceOf: TypeError, message: /comments/ });
  t.throws(() => jsoncWith({ trailingCommas: 1 as never }), {
    instanceOf: TypeError,
    message: "jsoncWith: trailingCommas is true or false, but it was given 1",
  });
});

test("what the JSON test suite accepts both accept, and JSONC refuses what it refuses", (t) => {
  const folder = inRepository("spec/corpora/json-test-suite/test_parsing/");
  /** A comment after the value, and what no text can hold. */
  const otherwise = new Set(["n_structure_object_with_comment.json", "n_object_trailing_comment.json"]);
  for (const name of readdirSync(folder)) {
    const bytes = new Uint8Array(readFileSync(new URL(encodeURIComponent(name), folder)));
    if (bytes.length > 1000) continue;
    if (name.startsWith("y_")) {
      const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
      for (const p of [json5, jsonc]) t.is(deepEqual(run(p, bytes).value, value), undefined, name);
    }
    if (name.startsWith("n_") && /[/#]/.test(new TextDecoder().decode(bytes)) === false && !otherwise.has(name))
      t.false(run(jsonc, bytes).ok, name);
  }
});

/** Texts near the language: its signs in any order. */
const near = fc
  .array(
    fc.constantFrom(
      ..."{}[],:'\"\\/*+-.01eExX \n",
      "//",
      "/*",
      "*/",
      "a",
      "null",
      "NaN",
      "Infinity",
      "\\u0061",
      "\\x41",
      "0x1",
      "1.5",
      "'a'",
      '"b"',
      "\u2028",
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));
const runs = { ...parameters, numRuns: parameters.numRuns * 2 };

test("JSON5 equals json5", (t) => {
  const written = fc
    .tuple(fc.jsonValue(), fc.constantFrom("'", '"'), fc.constantFrom(0, 2))
    .map(([value, quote, space]) => JSON5.stringify(value, { quote, space }));
  const property = fc.property(fc.oneof(near, written), fc.integer(), (input, seed) => {
    let wanted: { readonly value: unknown } | undefined;
    try {
      wanted = { value: JSON5.parse(input) as unknown };
    } catch {
      wanted = undefined;
    }
    const { ok, value } = run(json5, input);
    t.is(ok, wanted !== undefined, input);
    if (ok) t.is(deepEqual(value, wanted?.value), undefined, input);
    t.is(firstDifference(json5, input, {}, { random: 2, seed }), undefined);
  });
  fc.assert(property, runs);
});

test("JSONC equals jsonc-parser", (t) => {
  const property = fc.property(near, fc.boolean(), fc.integer(), (input, trailingCommas, seed) => {
    const errors: ParseError[] = [];
    const wanted: unknown = parseJsonc(input, errors, { allowTrailingComma: trailingCommas });
    const { ok, value } = run(jsoncWith({ trailingCommas }), input);
    t.is(ok, errors.length === 0, input);
    if (ok) t.is(deepEqual(value, wanted), undefined, input);
    t.is(firstDifference(jsoncWith({ trailingCommas }), input, {}, { random: 2, seed }), undefined);
  });
  fc.assert(property, runs);
});
