// Literals of strings and characters: what they stand for, and how they go wrong.
import test from "ava";
import fc from "fast-check";
import { attempt, or, type Parser, seq } from "../../src/index.ts";
import { charLit, string, stringLit, stringMultiline, stringRaw, stringRawHash } from "../../src/lex/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { size } from "../_size.ts";
import { effortOf } from "../machine/_effort.ts";
import { failsEmpty, failsForGood, gives } from "../semantics/_reply.ts";

interface Wrong {
  readonly code: string;
  /** Offsets of what the error is about. */
  readonly at: readonly [from: number, to: number];
  readonly says?: RegExp;
  /** Where the literal was opened, if that is told. */
  readonly opened?: number;
}

const wrong = test.macro({
  exec(t, parser: Parser<unknown>, input: string, { code, at, says = /./, opened }: Wrong) {
    const result = everyWay(t, parser, input);
    t.is(result.diagnostics.length, 1);
    const [diagnostic] = result.diagnostics;
    t.is(diagnostic?.code, code);
    t.deepEqual([diagnostic?.at.start.offset, diagnostic?.at.end.offset], [...at]);
    t.regex(diagnostic?.message ?? "", says);
    const notes = diagnostic?.notes.map((note) => [note.message, note.span?.start.offset]);
    t.deepEqual(notes, opened === undefined ? [] : [["opened here", opened]]);
    failsForGood(t, parser, input);
  },
  title: (name = "", _, input: string) => `${name} ${JSON.stringify(input)} is wrong`,
});

test("stringLit: escapes", (t) => {
  gives(t, stringLit, '""', "");
  gives(t, stringLit, '"plain é 😀 \t"', "plain é 😀 \t");
  gives(t, stringLit, String.raw`"\n\t\r\b\f\v\0\\\"\'\/"`, "\n\t\r\b\f\v\0\\\"'/");
  gives(t, stringLit, String.raw`"a\x41\xe9\u00e9\u{e9}\u{1F600}\u{10ffff}z"`, "aAééé😀\u{10ffff}z");
  gives(t, stringLit, String.raw`"\ud83d\ude00\uD83D\uDE00"`, "😀😀");
  gives(t, stringLit, String.raw`"\ud7ff\ue000\ud000"`, "\ud7ff\ue000\ud000");
  gives(t, seq(stringLit, stringLit), '"a""b"', ["a", "b"]);
});

const end = /unexpected end of input, expected/;
const broken: readonly (readonly [string, Wrong])[] = [
  ['"abc', { code: "E1001", at: [4, 4], says: /unexpected end of input, expected a quote `"`/, opened: 0 }],
  ['"abc\\n', { code: "E1001", at: [6, 6], says: end, opened: 0 }],
  ['"a\\', { code: "E1001", at: [3, 3], says: end, opened: 0 }],
  ['"a\\x4', { code: "E1001", at: [5, 5], says: end, opened: 0 }],
  ['"a\\u{41', { code: "E1001", at: [7, 7], says: end, opened: 0 }],
  ['"a\\u004', { code: "E1001", at: [7, 7], says: end, opened: 0 }],
  ['"a\nb"', { code: "E7203", at: [2, 2], says: /the line ends inside/, opened: 0 }],
  ['"a\r\nb"', { code: "E7203", at: [2, 2], opened: 0 }],
  [
    '"ab\\q"',
    {
      code: "E7201",
      at: [3, 5],
      says: /\\q is not an escape sequence; the escapes are \\n \\t .*\\xHH \\uHHHH \\u\{H…\}/,
    },
  ],
  ['"\\😀"', { code: "E7201", at: [1, 4], says: /\\😀 is not an escape sequence/ }],
  ['"\\\n"', { code: "E7201", at: [1, 3], says: /a line end is not an escape sequence/ }],
  ['"\\U0041"', { code: "E7201", at: [1, 3] }],
  ['"\\1"', { code: "E7201", at: [1, 3] }],
  ['"\\x4g"', { code: "E1001", at: [4, 4], says: /expected hexadecimal digit/, opened: 0 }],
  ['"\\u12g4"', { code: "E1001", at: [5, 5], says: /expected hexadecimal digit/, opened: 0 }],
  ['"\\u{}"', { code: "E1001", at: [4, 4], says: /expected hexadecimal digit/, opened: 0 }],
  ['"\\u{1234567}"', { code: "E1001", at: [10, 10], says: /"}"/, opened: 0 }],
  ['"a\\u{110000}b"', { code: "E7202", at: [2, 12], says: /more than 10FFFF/ }],
  ['"a\\u{D800}b"', { code: "E7202", at: [2, 10], says: /half of a surrogate pair/ }],
  ['"a\\ud83d"', { code: "E7202", at: [2, 8], says: /\\ud83d is not a Unicode scalar value/ }],
  ['"a\\ud83d\\n"', { code: "E7202", at: [2, 8] }],
  ['"a\\ud83d\\u0041"', { code: "E7202", at: [2, 8] }],
  ['"a\\ud83d\\u{41}"', { code: "E7202", at: [2, 8] }],
  ['"a\\ud83d\\ud83d"', { code: "E7202", at: [2, 8] }],
  ['"a\\ude00\\ud83d"', { code: "E7202", at: [2, 8] }],
];
for (const [input, says] of broken) test("stringLit", wrong, stringLit, input, says);

test("literals begin with their quote", (t) => {
  for (const parser of [stringLit, stringRaw, stringRawHash(1), stringMultiline(), charLit]) {
    failsEmpty(t, parser, "x");
    failsEmpty(t, parser, "");
  }
  failsEmpty(t, stringRaw, "rest");
  failsEmpty(t, stringRawHash(2), 'r#"a"#');
  t.is(everyWay(t, or(attempt(stringLit), string('"a')), '"a', { requireEof: false }).value, '"a');
});

test("stringLit reads what JSON.stringify writes", (t) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 12 }), (text) => {
      const written = JSON.stringify(text);
      const found = firstDifference(stringLit, written, {}, { random: 3 });
      if (found !== undefined) throw new Error(found);
      t.is(everyWay(t, stringLit, written).value, text);
    }),
    { seed: 20240229, numRuns: size(10, 100) },
  );
});

test("charLit", (t) => {
  gives(t, charLit, "'a'", "a");
  gives(t, charLit, "'\"'", '"');
  gives(t, charLit, "'😀'", "😀");
  gives(t, charLit, "'\\''", "'");
  gives(t, charLit, "'\\u{1F600}'", "😀");
});
const badChars: readonly (readonly [string, Wrong])[] = [
  ["''", { code: "E7204", at: [1, 1], says: /this one is empty/, opened: 0 }],
  ["'ab'", { code: "E7204", at: [2, 2], says: /this one holds more/, opened: 0 }],
  ["'e\u0301'", { code: "E7204", at: [2, 2], says: /code point/, opened: 0 }],
  ["'\\nb'", { code: "E7204", at: [3, 3], opened: 0 }],
  ["'", { code: "E1001", at: [1, 1], says: end, opened: 0 }],
  ["'a", { code: "E1001", at: [2, 2], says: end, opened: 0 }],
  ["'\n'", { code: "E7203", at: [1, 1], opened: 0 }],
  ["'a\n'", { code: "E7203", at: [2, 2], opened: 0 }],
  ["'\\q'", { code: "E7201", at: [1, 3] }],
];
for (const [input, says] of badChars) test("charLit", wrong, charLit, input, says);

test("raw strings", (t) => {
  gives(t, stringRaw, '"a\\n\nb"', "a\\n\nb");
  gives(t, stringRaw, 'r"C:\\new"', "C:\\new");
  gives(t, stringRawHash(0), 'r"a"', "a");
  gives(t, stringRawHash(1), 'r#"a"b\\"#', 'a"b\\');
  gives(t, stringRawHash(2), '##"a"#b"##', 'a"#b');
});
test("stringRaw", wrong, stringRaw, 'r"ab', { code: "E1001", at: [4, 4], says: end, opened: 0 });
test("stringRawHash(1)", wrong, stringRawHash(1), '#"ab"', { code: "E1001", at: [5, 5], says: end, opened: 0 });

test("stringMultiline as written", (t) => {
  gives(t, stringMultiline(), '""""""', "");
  gives(t, stringMultiline(), '"""a"b""c\\""""', 'a"b""c"');
  gives(t, stringMultiline(), '"""\n  a\\n\r\n  b"""', "\n  a\n\r\n  b");
});
test("stringMultiline", wrong, stringMultiline(), '"""ab\n""', { code: "E1001", at: [8, 8], says: end, opened: 0 });
test("stringMultiline", wrong, stringMultiline(), '"""a\\', { code: "E1001", at: [5, 5], says: end, opened: 0 });
test("stringMultiline", wrong, stringMultiline(), '"""\n\\q"""', { code: "E7201", at: [4, 6] });
test("stringMultiline dedent", wrong, stringMultiline({ dedent: true }), '"""\n\\q"""', { code: "E7201", at: [4, 6] });

const dedents = test.macro({
  exec(t, lines: string, value: string) {
    gives(t, stringMultiline({ dedent: true }), `"""${lines}"""`, value);
  },
  title: (_, lines: string) => `dedent ${JSON.stringify(lines).replaceAll(" ", "·")}`,
});
test(dedents, "", "");
test(dedents, "a", "a");
test(dedents, "\n", "");
test(dedents, "\n    one\n      two\n    ", "one\n  two");
test(dedents, "\n    one\n  two\n    ", "  one\ntwo");
test(dedents, "\n    one\n  ", "  one");
test(dedents, "\n    one\n\n \n    two\n", "    one\n\n\n    two");
test(dedents, "\n    one\n    two", "one\ntwo");
test(dedents, " \t\r\n\tone\r\ttwo\r\n\t", "one\ntwo");
test(dedents, "first\n  a\n   b\n  ", "first\na\n b");
test(dedents, "\n\ta\n    b\n", "\ta\n    b");
test(dedents, "\n  \\ta\\\\\n  \\x20b\n  ", "\ta\\\n b");
test(dedents, "\n  a\\n  b\n  ", "a\n  b");
test(dedents, "\n  \\u{20}\n  ", " ");

test("bad arguments", (t) => {
  for (const level of [-1, 1.5, "1", Number.NaN]) {
    t.throws(() => stringRawHash(level as number), { instanceOf: RangeError, message: /whole number from 0/ });
  }
  t.throws(() => stringMultiline({ dedent: 1 as never }), { instanceOf: TypeError, message: /dedent as a boolean/ });
  t.throws(() => stringMultiline(null as never), { instanceOf: TypeError, message: /options as an object/ });
});

const linear = test.macro({
  exec(t, parser: Parser<unknown>, input: (n: number) => string) {
    const [small, large] = [2000, 16_000].map((n) => {
      const { outcome, effort } = effortOf(parser, input(n), { size: 1, capturing: true });
      t.true(outcome.result.ok);
      return effort.instructions + effort.copied + effort.walked + effort.segmented;
    }) as [number, number];
    t.true(large <= small * 10 + 6000, `${small}, with 8 times the input ${large}`);
  },
  title: (name = "") => `linear unit by unit: ${name}`,
});
test("a string", linear, stringLit, (n) => `"${"a".repeat(n)}"`);
test("a string of escapes", linear, stringLit, (n) => `"${"\\u0041\\n".repeat(n / 8)}"`);
test("a raw string", linear, stringRawHash(1), (n) => `#"${'"a'.repeat(n / 2)}"#`);
test("lines", linear, stringMultiline(), (n) => `"""${'a"\n'.repeat(n / 4)}"""`);
test("lines, dedented", linear, stringMultiline({ dedent: true }), (n) => `"""\n${"  a\\n\n".repeat(n / 6)}  """`);
