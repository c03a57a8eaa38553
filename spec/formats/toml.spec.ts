// TOML: each rule, what is reported, recovery, limits, hostile input, and equality with smol-toml. The public suite stands in
// toml-suite.spec.ts.
import test from "ava";
import fc from "fast-check";
import { TomlDate as SmolDate, parse as smol } from "smol-toml";
import { TomlDate, type TomlValue, toml, tomlWith } from "../../src/formats/toml/index.ts";
import { type Diagnostic, emit, ParseError, type RunConfig, run, unwrap } from "../../src/index.ts";
import { CLOSED, type Continuation, parse, parseEach, resume, runStream } from "../../src/stream/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";
import { size } from "../_size.ts";
import { parameters } from "../reference/grammars.ts";

/** How often each property is tried. */
const RUNS = size(150, 15_000);

const collect: RunConfig = { extensions: { recover: { mode: "collect" } } };

function gives(text: string, expected: unknown): void {
  test(`gives: ${JSON.stringify(text)}`, (t) => {
    const result = everyWay(t, toml, text);
    t.deepEqual(result.diagnostics, []);
    t.is(deepEqual(result.value, expected), undefined, JSON.stringify(result.value));
  });
}

/** What is reported: the words, the text that it lies over, and that of each note with its words. */
function reported(text: string, { message, at, notes }: Diagnostic): string[] {
  const over = ({ start, end }: Diagnostic["at"]): string =>
    `${start.line}:${start.column} ${text.slice(start.offset, end.offset)}`;
  return [message, over(at), ...notes.map((note) => `${note.message}: ${note.span && over(note.span)}`)];
}

function refuses(text: string, ...expected: readonly string[]): void {
  test(`refuses: ${JSON.stringify(text)}`, (t) => {
    const { ok, diagnostics } = everyWay(t, toml, text);
    t.false(ok);
    t.is(diagnostics.length, 1);
    t.deepEqual(reported(text, diagnostics[0] as Diagnostic), expected);
  });
}

// Values

gives("", {});
gives("\uFEFFa = 1", { a: 1 });
gives("# only a comment", {});
gives(" \t\r\n\n# a\r\n  a=1#b", { a: 1 });
gives('a = "x\\t\\"\\\\\\u00e9\\U0001F600\\e\\x41"', { a: 'x\t"\\é😀\u001BA' });
gives("a = '\\n \"x\"'", { a: '\\n "x"' });
gives("a = \"\"\nb = ''\nc = \"\"\"\"\"\"\nd = ''''''", { a: "", b: "", c: "", d: "" });
gives('a = """\n1 "2" ""3"" \\\n\n   4\\""""""', { a: '1 "2" ""3"" 4"""' });
gives("a = '''\r\nx 'y' ''z''\r\n'''''", { a: "x 'y' ''z''\r\n''" });
gives("a = [1, -0, +1_000, 0xfF, 0o17, 0b1_0]", { a: [1, 0, 1000, 255, 15, 2] });
gives("a = [1.5, -0.0, 1e3, 6.626_070e-34, 0e0, inf, -inf, +inf]", {
  a: [1.5, -0, 1000, 6.62607e-34, 0, Infinity, -Infinity, Infinity],
});
gives("a = [nan, +nan, -nan]", { a: [NaN, NaN, NaN] });
gives("a = [ # one\n true , # two\n false\n,\r\n]", { a: [true, false] });
gives("a = { b = 1, # one\n c.d = [ ], c.e = {} ,\n}", { a: { b: 1, c: { d: [], e: {} } } });
gives('a."b.c" . \'d\' = 1\n3.14 = 2\n"" = 3', { a: { "b.c": { d: 1 } }, 3: { 14: 2 }, "": 3 });
gives("[a.b]\nc = 1\n[a]\nd = 2\n[[e.f]]\n[e.f.g]\nh = 3\n[[e.f]]", {
  a: { b: { c: 1 }, d: 2 },
  e: { f: [{ g: { h: 3 } }, {}] },
});
gives("[fruit]\napple.color = 1\napple.taste.sweet = true\n[fruit.apple.texture]\nsmooth = true", {
  fruit: { apple: { color: 1, taste: { sweet: true }, texture: { smooth: true } } },
});
gives("[a.b.c]\n[a]\nb.d = 1\n[a.b.e]", { a: { b: { c: {}, d: 1, e: {} } } });

test("every integer and float is right to the last digit", (t) => {
  const texts = [
    "9007199254740991",
    "-9007199254740991",
    "0x1fffffffffffff",
    "0.1",
    "5e-324",
    "1.7976931348623157e308",
  ];
  for (const text of texts) t.is(unwrap(run(toml, `a = ${text}`)).a as number, Number(text));
  const bigints = tomlWith({ integers: "bigint" });
  const range = ["9223372036854775807", "-9223372036854775808", "0x7fffffffffffffff", "0", "-0", "+1"];
  for (const text of range) t.is(unwrap(run(bigints, `a = ${text}`)).a as bigint, BigInt(text));
  t.is(unwrap(run(bigints, "a = 1.0")).a as number, 1);
  for (const text of ["9223372036854775808", "-9223372036854775809", `1${"0".repeat(100_000)}`, "0xffffffffffffffff"])
    t.regex(run(bigints, `a = ${text}`).diagnostics[0]?.message ?? "", /is beyond the integers of 64 bits/);
});

refuses(
  "a = 9007199254740992",
  '9007199254740992 is beyond 2^53 and not exact as a number; tomlWith({ integers: "bigint" }) reads it',
  "1:5 9007199254740992",
);
refuses("a = 1__0", "1__0 is no number: an underscore stands between two digits", "1:5 1__0");
refuses("a = 1.", "1. is no number: a digit must stand on both sides of the point", "1:5 1.");
refuses("a = 0_7", "0_7 begins with a zero; write the number without it, or 0o before octal digits", "1:5 0_7");
refuses(
  "a = 0xg",
  "0xg is no integer; behind 0x come digits below 16, with single underscores between them",
  "1:5 0xg",
);
refuses("a = +0x1", "+0x1 is no number, no date and no time; a text needs quotes", "1:5 +0x1");
refuses("a = 1e", "1e is no number, no date and no time; a text needs quotes", "1:5 1e");

// Dates

const dates: readonly (readonly [text: string, kind: TomlDate["kind"], date: Date])[] = [
  ["1979-05-27T07:32:00Z", "offset-date-time", new Date("1979-05-27T07:32:00Z")],
  ["1979-05-27t00:32:00.9999-07:00", "offset-date-time", new Date("1979-05-27T07:32:00.999Z")],
  ["1979-05-27 07:32z", "offset-date-time", new Date("1979-05-27T07:32:00Z")],
  ["0001-01-01T00:00:00+23:59", "offset-date-time", new Date("0000-12-31T00:01:00Z")],
  ["2016-12-31T23:59:60Z", "offset-date-time", new Date("2017-01-01T00:00:00Z")],
  ["1979-05-27T07:32:00.5", "local-date-time", new Date(1979, 4, 27, 7, 32, 0, 500)],
  ["2000-02-29", "local-date", new Date(2000, 1, 29)],
  ["07:32:01.25", "local-time", new Date(1970, 0, 1, 7, 32, 1, 250)],
  ["07:32", "local-time", new Date(1970, 0, 1, 7, 32)],
];

for (const [text, kind, date] of dates) {
  test(`a date: ${text}`, (t) => {
    const { at } = unwrap(everyWay(t, toml, `at = ${text} # as written`));
    t.true(at instanceof TomlDate);
    if (!(at instanceof TomlDate)) return;
    t.is(at.kind, kind);
    t.is(at.text, text);
    t.is(String(at), text);
    t.is(JSON.stringify(at), `"${text}"`);
    t.is(at.toDate().getTime(), date.getTime());
    t.is(deepEqual(new TomlDate(text), at), undefined);
  });
}

refuses("a = 1900-02-29", "1900-02-29 is no date: month 02 of 1900 has the days 01 to 28", "1:5 1900-02-29");
refuses("a = 1900-13-01", "1900-13-01 is no date: there is no month 13", "1:5 1900-13-01");
refuses("a = 24:00:00", "24:00:00 is no time: hours go from 00 to 23", "1:5 24:00:00");
refuses("a = 23:59:61", "23:59:61 is no time: seconds go from 00 to 59, or 60 for a leap second", "1:5 23:59:61");
refuses(
  "a = 2000-01-01T00:00:00+24:00",
  "2000-01-01T00:00:00+24:00 has an offset beyond 23:59",
  "1:5 2000-01-01T00:00:00+24:00",
);

test("TomlDate takes dates and times only", (t) => {
  for (const text of ["", "1979", "07:32:00Z", "1979-05-27T", "1979-5-27", "x"])
    t.throws(() => new TomlDate(text), { instanceOf: RangeError, message: /is no date and no time; write/ });
});

// Defined twice

const first = "first defined here: ";
refuses("a = 1\na = 2", "the key a is already defined", "2:1 a", `${first}1:1 a`);
refuses('"a é" = 1\n"a é" = 2', 'the key "a é" is already defined', '2:1 "a é"', `${first}1:1 "a é"`);
refuses("a.b = 1\nx = 1\na.b.c = 2", "b is a number: no keys can be added to it", "3:3 b", `${first}1:3 b`);
refuses("[t]\n[t]", "the table [t] is already defined", "2:2 t", `${first}1:2 t`);
refuses("[t.u]\n[t]\n[t]", "the table [t] is already defined", "3:2 t", `${first}2:2 t`);
refuses("a.b = 1\n[a]", "the table [a] is already defined, by a dotted key", "2:2 a", `${first}1:1 a`);
refuses(
  "[a.b]\n[a]\nb.c = 1",
  "the table b is defined by a header: a dotted key can't add to it",
  "3:1 b",
  `${first}1:4 b`,
);
refuses(
  "[a.b.c]\n[a]\nb.d = 1\n[a.b]",
  "the table [a.b] is already defined, by a dotted key",
  "4:4 b",
  `${first}1:4 b`,
);
refuses("a = []\n[[a]]", "a is already an array, and no array of tables", "2:3 a", `${first}1:1 a`);
refuses("[a]\n[[a]]", "a is already a table, and no array of tables", "2:3 a", `${first}1:2 a`);
refuses("[[a]]\n[a]", "a is an array of tables; write [[a]] for one more of them", "2:2 a", `${first}1:3 a`);
refuses("a = {}\n[a.b]", "a is an inline table: no keys can be added to it", "2:2 a", `${first}1:1 a`);
refuses("a = { b = 1, b = 2 }", "the key b is already defined", "1:14 b", `${first}1:7 b`);
refuses("a = { b.c = 1, b = 2 }", "the key b is already defined", "1:16 b", `${first}1:7 b`);
refuses("a = 07:32:00\n[a]", "a is already a date or time, and no table", "2:2 a", `${first}1:1 a`);
refuses(
  "[[a.b]]\n[a]\nb.c = 1",
  "b is an array of tables: no keys can be added to it by a dotted key",
  "3:1 b",
  `${first}1:5 b`,
);

// Syntax

refuses("a = 1 b = 2", "expected end of line or end of input", "1:7 ");
refuses("!", 'expected "[" or key', "1:1 ");
refuses("a", 'unexpected end of input, expected "." or "="', "1:2 ");
refuses("a = ", "unexpected end of input, expected value", "1:5 ");
refuses("a = [1 2]", 'expected "," or "]"', "1:8 ", "opened here: 1:5 ");
refuses('a = "x\ny"', "the line ends inside this string; close it, or write it between three quotes", "1:7 \n");
refuses(
  "a = 'x\u0000'",
  "the control character U+0000 can't stand in a string; write it as an escape between double quotes",
  "1:7 \u0000",
);
refuses("# \u007F", "the control character U+007F can't stand in a comment", "1:3 \u007F");
refuses('a = "\\ud800"', "d800 is no Unicode scalar value: it is half of a surrogate pair", "1:7 ud800");
refuses('a = "\\U00110000"', "00110000 is no Unicode scalar value: the highest one is 10FFFF", "1:7 U00110000");
refuses('a = "\\q"', 'expected escape character (one of btnfre"\\xuU)', "1:7 ");
refuses('a = """x', "unexpected end of input, expected string character or closing quotes", "1:9 ");
refuses("a = 1\rb = 2", "expected line feed behind the carriage return", "2:1 ");

test("malformed UTF-8 and half a surrogate pair are refused", (t) => {
  const { diagnostics } = everyWay(t, toml, Uint8Array.of(0x61, 0x3d, 0x22, 0xff, 0x22));
  t.is(diagnostics[0]?.code, "stream.decode");
  for (const text of ['a = "\ud800"', "# \udc00", "a = '''\ud800'''"]) t.false(everyWay(t, toml, text).ok);
});

// Versions

const newer = [
  "a = { b = 1,\n c = 2 }",
  "a = { b = 1, }",
  "a = 07:32",
  "a = 1979-05-27T07:32Z",
  'a = "\\e"',
  'a = "\\x41"',
];
for (const text of newer) {
  test(`TOML 1.0 refuses ${JSON.stringify(text)}`, (t) => {
    t.true(everyWay(t, toml, text).ok);
    t.false(everyWay(t, tomlWith({ version: "1.0" }), text).ok);
  });
}

test("options are checked", (t) => {
  for (const options of [undefined, null, "1.0", { version: "2" }, { version: 1 }, { integers: "text" }, { depth: 3 }])
    t.throws(() => tomlWith(options as never), { instanceOf: TypeError, message: /^tomlWith (takes|has no option)/ });
  t.true(run(tomlWith({ version: undefined, integers: undefined }), "a = 07:32").ok);
});

// Recovery

function recovers(text: string, value: unknown, ...messages: readonly string[]): void {
  test(`recovers: ${JSON.stringify(text)}`, (t) => {
    const result = everyWay(t, toml, text, collect);
    t.is(deepEqual(result.value, value), undefined, JSON.stringify(result.value));
    t.deepEqual(
      result.diagnostics.map(({ message, at }) => `${at.start.line}: ${message}`),
      messages,
    );
    t.is(result.ok, messages.length === 0);
  });
}

recovers("a = 1\n\nb = 2\n", { a: 1, b: 2 });
recovers("a = 1\na = 2\nb = \nc = 3", { a: 1, c: 3 }, "2: the key a is already defined", "3: expected value");
recovers(
  "[t]\nx = 1\n[t]\nx = 2\ny = 3\n[u]\nz = 4",
  { t: { x: 1 }, u: { z: 4 } },
  "3: the table [t] is already defined",
);
recovers("[t\nx = 1\n[u]\nz = 4", { u: { z: 4 } }, '1: expected "." or "]"');
recovers("a = 1 b = 2\n  c = 3 4\nd = 5", { a: 1, c: 3, d: 5 }, "1: expected end of line", "2: expected end of line");
recovers("a = 1\n  !!\n\n# c\n  b = 2 # d\n?", { a: 1, b: 2 }, '2: expected "[" or key', '6: expected "[" or key');
recovers("a = [1, x\n 2,\n [3], 'a',\n]\nb = 4", { b: 4 }, '1: expected "]" or value');
recovers(
  'a = \'x\nb = "\\q"\nc = 3 # \u0001\n d = 4\re = 5\nf = 6',
  { d: 4, e: 5, f: 6 },
  "1: the line ends inside this string; close it, or write it between three quotes",
  '2: expected escape character (one of btnfre"\\xuU)',
  "3: the control character U+0001 can't stand in a comment",
  "5: expected line feed behind the carriage return",
);

// Limits, hostile input

test("keys that name what objects have anyway", (t) => {
  for (const text of [
    "__proto__ = 1",
    "[__proto__]\npolluted = 1",
    "[[__proto__]]\npolluted = 1",
    "__proto__.polluted = 1",
    "a = { __proto__ = { polluted = 1 } }",
    '"__proto__".__proto__.x = 1',
    "constructor.prototype.polluted = 1\ntoString = 1\nhasOwnProperty = 2\nvalueOf.x = 3",
  ]) {
    const value = unwrap(everyWay(t, toml, text));
    t.is(Object.getPrototypeOf(value), Object.prototype);
    t.is(deepEqual(JSON.parse(JSON.stringify(value)), JSON.parse(JSON.stringify(smol(text)))), undefined, text);
  }
  t.false("polluted" in {});
  t.is(run(toml, "__proto__.a = 1\n__proto__.a = 2").diagnostics[0]?.message, "the key __proto__.a is already defined");
});

test("depth is bounded by memory, and by maxDepth", (t) => {
  const deep = 50_000;
  const texts = [
    `a = ${"[".repeat(deep)}${"]".repeat(deep)}`,
    `a = ${"{a=".repeat(deep)}1${"}".repeat(deep)}`,
    `a${".a".repeat(deep)} = 1`,
    `[a${".a".repeat(deep)}]`,
  ];
  for (const text of texts) {
    t.true(run(toml, text).ok);
    t.is(run(toml, text, { limits: { maxDepth: 100 } }).diagnostics[0]?.code, "limit.depth");
  }
  t.true(run(toml, "a.b.c = [[[1]]]", { limits: { maxDepth: 20 } }).ok);
});

test("keys are limited in length and number", (t) => {
  const long = `${"k".repeat(2000)} = 1`;
  t.is(run(toml, long, { limits: { maxTokenUnits: 1000 } }).diagnostics[0]?.code, "limit.token");
  const many = Array.from({ length: 2000 }, (_, i) => `k${i} = 1`).join("\n");
  t.is(run(toml, many, { limits: { maxSteps: 1000 } }).diagnostics[0]?.code, "limit.steps");
  t.true(run(toml, many).ok);
});

// Streaming

test("a continuation that is resumed twice gives two documents", (t) => {
  const begun = runStream(toml, "[a]\nb = 1\n");
  t.is(begun.kind, "pending");
  const { continuation } = begun as { continuation: Continuation<Record<string, TomlValue>> };
  const ended = (text: string): unknown => {
    const outcome = resume(continuation, text);
    const last = outcome.kind === "pending" ? resume(outcome.continuation, CLOSED) : outcome;
    return last.kind === "completed" ? last.result.value : undefined;
  };
  const seen = continuation.preview().value;
  t.deepEqual(seen, { a: { b: 1 } });
  const [one, two] = [ended("c = 2\n[d]\n"), ended("c = 3\n")];
  t.deepEqual(one, { a: { b: 1, c: 2 }, d: {} });
  t.deepEqual(two, { a: { b: 1, c: 3 } });
  t.deepEqual(seen, { a: { b: 1 } });
  t.deepEqual(continuation.preview().value, { a: { b: 1 } });
  t.true(continuation.canFinish);
});

test("what is defined twice is reported when it is read, and not at the end", async (t) => {
  async function* source(): AsyncGenerator<string> {
    yield "a = 1\na = 2\n";
    t.fail("it went on");
  }
  const { result } = await parse(toml, source());
  t.is(result.diagnostics[0]?.message, "the key a is already defined");
});

test("a document comes through parse and for await", async (t) => {
  const text = "a = 1\n[b]\nc = '😀'\n";
  const expected = { a: 1, b: { c: "😀" } };
  t.deepEqual((await parse(toml, new Blob([text]))).result.value as unknown, expected);
  const documents: unknown[] = [];
  for await (const document of parseEach(emit(toml), [...text])) documents.push(document);
  t.deepEqual(documents, [expected]);
  const failing = async (): Promise<void> => {
    for await (const _ of parseEach(emit(toml), ["a = "])) t.fail();
  };
  await t.throwsAsync(failing, { instanceOf: ParseError });
});

// Equality with smol-toml

/** Dates are compared by their fields, as smol-toml gives them: it has three digits of a fraction. */
function comparable(value: unknown): unknown {
  if (value instanceof TomlDate) {
    const day = value.kind === "local-time" ? "0000-01-01T" : "";
    const local = value.kind === "offset-date-time" ? "" : value.kind === "local-date" ? "T00:00Z" : "Z";
    return new Date(`${day}${value.text.toUpperCase().replace(" ", "T")}${local}`).getTime();
  }
  if (value instanceof SmolDate) return value.getTime();
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, comparable(one)]));
}

/** Its value, or what it says. */
function smolGives(text: string): { readonly value: unknown } | string {
  try {
    return { value: comparable(smol(text)) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** smol-toml takes what `Date` takes: 30 February, and anything with two dashes where those of a date are. */
const NO_DATE = /is no date|is no time|has an offset|no number, no date/;
/**
 * A table that longer headers imply may be added to by dotted keys (TOML 1.1, Table: only "tables already defined in [table]
 * form" can't be); smol-toml refuses that.
 */
const IMPLIED = /trying to redefine/;
const LONGER_HEADER = /^\[+[^\]]*\./m;

const names = fc.constantFrom("a", "b", "c", "1", '"a"', "'b c'", '"\\u0061"', "__proto__", "-", '""');
const keys = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(" . "));
const digits = fc.stringMatching(/^[+-]?(0|[1-9](_?\d){0,14})(\.\d(_?\d){0,16})?([eE][+-]?\d{1,3})?$/);
const time = fc.stringMatching(/^[01]\d:[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/);
const day = fc.stringMatching(/^(19|20)\d\d-(0[1-9]|1[012])-([012]\d|3[01])$/);
const date = fc.oneof(
  time,
  day,
  fc.tuple(day, time, fc.constantFrom("", "Z", "+01:30")).map(([d, t, o]) => `${d}T${t}${o}`),
);
const pieces = fc.array(
  fc.constantFrom("a", " ", "é", "😀", "'", '"', '""', "\\n", "\\", "\\u00e9", "\\\n ", "\n", "\r\n", "#", "\t"),
);
const text = fc
  .tuple(fc.constantFrom('"', "'", '"""', "'''"), pieces)
  .map(([quote, parts]) => `${quote}${parts.join("")}${quote}`);
const number = fc.constantFrom("0", "-0", "0x1F", "0o17", "0b11", "inf", "-nan", "1_000", "true", "false");
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small" }, number, digits, date, text, tie("array"), tie("table")),
  array: fc.array(tie("value"), { maxLength: 3 }).map((list) => `[${list.join(", ")}]`),
  table: fc
    .array(fc.tuple(keys, tie("value")), { maxLength: 3 })
    .map((list) => `{ ${list.map((pair) => pair.join(" = ")).join(", ")} }`),
}));
const assignment = fc.tuple(keys, value).map(([key, one]) => `${key} = ${one}`);
const line = fc.oneof(
  { weight: 4, arbitrary: assignment },
  keys.map((key) => `[${key}]`),
  keys.map((key) => `[[${key}]]`),
  fc.constantFrom("", "# é", " \t"),
);
const document = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n"))
  .map(([lines, end]) => lines.join(end));

/** Quotes before the closing ones, behind a line end that a backslash takes away: smol-toml takes those away too. */
const JOINED_QUOTES = /\\\s*"{4,5}/;

function differs(input: string, seed: number): string | undefined {
  const { ok, value: ours, diagnostics } = run(toml, input);
  const theirs = smolGives(input);
  const message = diagnostics[0]?.message ?? "";
  if (ok && typeof theirs === "string") {
    if (!IMPLIED.test(theirs) || !LONGER_HEADER.test(input)) return `smol-toml says ${theirs}`;
  } else if (!ok && typeof theirs !== "string") {
    if (!NO_DATE.test(message)) return `ours says ${message}`;
  } else if (ok && typeof theirs !== "string") {
    const found = deepEqual(comparable(ours), theirs.value);
    if (found !== undefined && !JOINED_QUOTES.test(input)) return found;
  }
  return firstDifference(toml, input, {}, { random: 2, seed });
}

test("random documents equal smol-toml", (t) => {
  const made = fc.property(document, fc.nat(), (input, seed) => {
    const found = differs(input, seed);
    if (found !== undefined) throw new Error(`${JSON.stringify(input)}: ${found}`);
  });
  fc.assert(made, { ...parameters, numRuns: Number(process.env.SLUICE_RUNS ?? RUNS) });
  t.pass();
});

test("random damage is refused where smol-toml refuses it", (t) => {
  const damage = fc.record({
    input: document,
    at: fc.nat(),
    by: fc.constantFrom("", ",", "]", '"', "\\", "0", "=", "\n", ".", "\r", "\u0000"),
  });
  const made = fc.property(damage, fc.nat(), ({ input, at, by }, seed) => {
    // character by character: smol-toml takes half a surrogate pair
    const characters = [...input];
    characters.splice(at % (characters.length + 1), 1, by);
    const damaged = characters.join("");
    const found = differs(damaged, seed);
    if (found !== undefined) throw new Error(`${JSON.stringify(damaged)}: ${found}`);
  });
  fc.assert(made, { ...parameters, numRuns: Number(process.env.SLUICE_RUNS ?? RUNS) });
  t.pass();
});
