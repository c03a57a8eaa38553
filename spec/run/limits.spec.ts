// Limits (semantics, rule 23): passing one ends the run with a diagnostic at that place, whole and in every chunking alike.
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { pretty } from "../../src/diagnostics/index.ts";
import { json } from "../../src/formats/json.ts";
import * as make from "../../src/grammar/make.ts";
import { nodeOf, Parser } from "../../src/grammar/parser.ts";
import {
  attempt,
  between,
  chainl1,
  choice,
  concat,
  as as constant,
  each,
  eof,
  type Limits,
  label,
  lazy,
  lookahead,
  many,
  many1,
  manyTill,
  matched,
  more,
  notFollowedBy,
  ok,
  opt,
  or,
  primitive,
  type RunConfig,
  recover,
  repeat,
  rule,
  run,
  sepBy,
  seq,
  skipL,
  skipMany,
  slice,
} from "../../src/index.ts";
import {
  identifier,
  int10,
  oneOf,
  regex,
  string,
  symbol,
  takeUntil,
  takeWhile,
  takeWhile1,
} from "../../src/lex/index.ts";
import { Window } from "../../src/machine/memory/window.ts";
import { CLOSED, type Completed, parse, parseEach, resume, runStream } from "../../src/stream/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";
import { size } from "../_size.ts";
import { byteRuns, parameters, recoveringRuns, runs } from "../reference/grammars.ts";
import { answer } from "../reference/steer.ts";

type Any = Parser<unknown, unknown>;

/** Code, offset and what is said of the limit that a run passes, in every chunking; undefined if it passes none. */
function passed(
  t: ExecutionContext,
  p: Any,
  input: string | Uint8Array,
  limits: Limits,
  more: RunConfig = {},
): unknown {
  const { diagnostics } = everyWay(t, p, input, { ...more, limits });
  const found = diagnostics.filter(({ code }) => code?.startsWith("limit."));
  t.true(found.length < 2);
  return found[0] && [found[0].code, found[0].at.start.offset, found[0].extensions.limit];
}

const token = (at: number, limit: number, reached = limit + 1): unknown => [
  "limit.token",
  at,
  { name: "maxTokenUnits", limit, reached },
];
const buffer = (at: number, limit: number): unknown => [
  "limit.buffer",
  at,
  { name: "maxBufferedUnits", limit, reached: limit + 1 },
];
const depth = (at: number, limit: number): unknown => [
  "limit.depth",
  at,
  { name: "maxDepth", limit, reached: limit + 1 },
];
const steps = (at: number, limit: number): unknown => [
  "limit.steps",
  at,
  { name: "maxSteps", limit, reached: limit + 1 },
];

const as = takeWhile1("a");

/** Errors, and warnings, of which a hundred are told. */
const VERY_MANY = size(20_000, 1_000_000);

const digits = primitive<string, string>({
  name: "digits",
  start: "",
  scan({ text, from, ended }, read) {
    let to = from;
    while (to < text.length && text.charCodeAt(to) >= 48 && text.charCodeAt(to) <= 57) to++;
    const all = read + text.slice(from, to);
    return to < text.length || ended ? matched(all, to) : more(all, to);
  },
});

const tokens: readonly [what: string, p: Any, unit: string][] = [
  ["a span", as, "a"],
  ["a span that may be empty", takeWhile("a"), "a"],
  ["a regular expression", regex(/(?:ab?)+/u), "a"],
  ["an identifier", identifier, "x"],
  ["a number", int10, "7"],
  ["a slice", slice(skipMany(oneOf("ab"))), "b"],
  ["a primitive", digits, "1"],
  ["text up to a mark", takeUntil("--"), "-x"],
];
for (const [what, p, unit] of tokens) {
  test(`${what} has so many units and no more`, (t) => {
    const input = unit.repeat(40).slice(0, 40) + (what.startsWith("text up") ? "--" : "");
    t.deepEqual(passed(t, p, input, { maxTokenUnits: 9 }, { requireEof: false }), token(9, 9));
    t.is(passed(t, p, input, { maxTokenUnits: 42 }, { requireEof: false }), undefined);
    t.deepEqual(passed(t, many(seq(string("."), p)), `.${input}`, { maxTokenUnits: 10 }), token(11, 10));
  });
}

test("a token of as many units as there may be is accepted, also at the end and over and over", (t) => {
  for (const n of [9, 10]) t.is(passed(t, as, "a".repeat(n), { maxTokenUnits: 10 }), undefined);
  t.deepEqual(passed(t, as, "a".repeat(11), { maxTokenUnits: 10 }), token(10, 10));
  const list = sepBy(as, string(","));
  t.is(passed(t, list, Array(30).fill("a".repeat(7)).join(","), { maxTokenUnits: 7 }), undefined);
  t.deepEqual(passed(t, list, `${"aaaaaaa,".repeat(9)}aaaaaaaa,a`, { maxTokenUnits: 7 }), token(79, 7));
  for (const most of [0, 1, 2]) t.deepEqual(passed(t, as, "aaaaa", { maxTokenUnits: most }), token(most, most));
});

test("a string with escapes is one token", (t) => {
  t.is(passed(t, json, '["\\n\\n", "ab\\ncd"]', { maxTokenUnits: 6 }), undefined);
  t.deepEqual(passed(t, json, '["\\n\\n", "ab\\ncd\\nef"]', { maxTokenUnits: 6 }), token(20, 6, 8));
});

/** Doubled quotes between quotes, in ways that are lowered differently. */
const notQuote = takeWhile1((c) => c !== '"');
const doubled = constant(string('""'), '"');
const part = choice([notQuote, doubled]);
const list = many(part);
const quotations: readonly [what: string, texts: Parser<readonly string[]>][] = [
  ["runs between others", list],
  ["others between runs", many(choice([doubled, notQuote]))],
  ["what is no choice", many(or(attempt(doubled), notQuote))],
  ["a list that must not be empty", many1(part)],
  ["a counted list", repeat(part, 2, 1000)],
  ["a list with separators", sepBy(part, opt(string("_")))],
  ["a list up to an end", manyTill(part, lookahead(seq(string('"'), or(eof, string(","))))).map((all) => all)],
  ["a list of a rule, under a label", label("text", rule("parts", list))],
  ["a list between brackets", between(opt(string("<")), list, opt(string(">")))],
  ["a list of a sequence", skipL(opt(string("<")), list)],
  ["a list that stands in a choice", or(attempt(skipL(string("!"), list)), list)],
  ["a list of a list", many(concat(many1(part)))],
];
for (const [what, texts] of quotations) {
  const p = sepBy(between(string('"'), concat(texts), string('"')), string(","));
  test(`a text that is put together has so many units and no more: ${what}`, (t) => {
    const long = 'ab""'.repeat(8);
    t.is(passed(t, p, '"ab""c","ab""cd"', { maxTokenUnits: 5 }), undefined);
    // where it is put together as it is read, what makes it too long ends it; where the list comes first, its end does
    const found = passed(t, p, `"ab""cd","${long}","ab""cd"`, { maxTokenUnits: 10 });
    t.like(found, { 0: "limit.token" });
    const [, at] = found as [string, number];
    if (!what.startsWith("a list up to")) t.is(at, 9 + 1 + 14);
  });
}

test("a text that is put together and never ends is held no longer than it may be", (t) => {
  const p = between(string('"'), concat(list), string('"'));
  let outcome = runStream(p, '"', { limits: { maxTokenUnits: 10_000 } });
  let fed = 0;
  while (outcome.kind === "pending" && fed < 100_000) {
    outcome = resume(outcome.continuation, 'a""');
    fed += 1;
  }
  t.is(fed, 5001);
  t.is(outcome.kind === "completed" && outcome.result.diagnostics[0]?.code, "limit.token");
});

test("a token is looked at again where the parse has come back", (t) => {
  const parts = attempt(seq(many(oneOf("a")), string("!")));
  t.deepEqual(passed(t, or(parts, as), "a".repeat(30), { maxTokenUnits: 10 }), token(10, 10));
  t.deepEqual(passed(t, seq(notFollowedBy(parts), as), "a".repeat(30), { maxTokenUnits: 10 }), token(10, 10));
  t.deepEqual(passed(t, seq(lookahead(many(oneOf("a"))), as), "a".repeat(30), { maxTokenUnits: 10 }), token(10, 10));
  const recovering = many(recover(seq(many(oneOf("a")), string("!")), string("?"), 0));
  const collect: RunConfig = { extensions: { recover: { mode: "collect" } }, requireEof: false };
  t.is(passed(t, recovering, `${"a".repeat(9)}.${"a".repeat(30)}`, { maxTokenUnits: 10 }, collect), undefined);
});

test("characters of two units are not parted", (t) => {
  const wide = takeWhile1((char) => char === "😀");
  t.is(passed(t, wide, "😀".repeat(5), { maxTokenUnits: 10 }), undefined);
  t.deepEqual(passed(t, wide, "😀".repeat(9), { maxTokenUnits: 10 }), token(10, 10, 12));
  t.deepEqual(passed(t, wide, "😀".repeat(9), { maxTokenUnits: 9 }), token(8, 9, 10));
});

test("after a byte order mark, and in bytes", (t) => {
  t.deepEqual(passed(t, as, `\ufeff${"a".repeat(30)}`, { maxTokenUnits: 10 }), token(11, 10));
  const bytes = Uint8Array.from({ length: 30 }, () => 97);
  const binary = Parser.of(make.slice(nodeOf(skipMany(as))));
  t.deepEqual(passed(t, binary, bytes, { maxTokenUnits: 10 }), token(10, 10));
});

test("what lies behind a barrier counts as it is, wherever a run rests", (t) => {
  const p = attempt(seq(symbol("a"), string("ab")));
  for (const [text, limits] of [
    ["a  b", { maxTokenUnits: 0 }],
    ["a \u00e9 b", { maxTokenUnits: 1, maxBufferedUnits: 2 }],
    ["a  a", { maxBufferedUnits: 3 }],
  ] as const) {
    const whole = run(p, text, { limits });
    let consumed: number | undefined;
    for (let steps = 8; steps < 40; steps += 1) {
      let outcome = runStream(p, text, { limits, yieldEvery: { steps } });
      while (outcome.kind === "pending")
        outcome = resume(outcome.continuation, outcome.reason === "yield" ? "" : CLOSED);
      t.deepEqual(outcome.result.diagnostics, whole.diagnostics, `${text} by ${steps}`);
      consumed ??= outcome.meta.consumedBytes;
      t.is(outcome.meta.consumedBytes, consumed, `${text} by ${steps}`);
    }
  }
});

test("text that may be needed again is counted from where it has to be kept", (t) => {
  const letters = many(oneOf("ab"));
  const within: [Any, number][] = [
    [or(attempt(seq(letters, string("!"))), as), 0],
    [seq(string("a"), lookahead(seq(letters, string("!")))), 1],
    [seq(string("a"), notFollowedBy(seq(letters, string("!")))), 1],
    [slice(letters), 0],
  ];
  for (const [p, from] of within) {
    t.deepEqual(passed(t, p, "a".repeat(50), { maxBufferedUnits: 20 }), buffer(from + 20, 20));
    t.is(passed(t, p, "a".repeat(50), { maxBufferedUnits: 50 }), undefined);
  }
  t.is(passed(t, many(attempt(seq(string("a"), string("b")))), "ab".repeat(50), { maxBufferedUnits: 2 }), undefined);
  t.is(passed(t, letters, "a".repeat(50), { maxBufferedUnits: 2 }), undefined, "an alternative keeps nothing");
});

test("what a recovery skips has to be kept", (t) => {
  const items = many(recover(seq(as, string(";")), string(";"), "?"));
  const collect: RunConfig = { extensions: { recover: { mode: "collect" } } };
  t.is(passed(t, items, "aa!!;aa;", { maxBufferedUnits: 8 }, collect), undefined);
  t.deepEqual(passed(t, items, `a!;aa${"!".repeat(30)};`, { maxBufferedUnits: 8 }, collect), buffer(13, 8));
});

test("depth: how often a parser stands in itself", (t) => {
  const nest = (n: number): string => "[".repeat(n) + "]".repeat(n);
  t.is(passed(t, json, nest(9), { maxDepth: 10 }), undefined);
  t.deepEqual(passed(t, json, nest(10), { maxDepth: 10 }), depth(10, 10));
  t.is(passed(t, json, "[[1],[2],[[3]],4]", { maxDepth: 4 }), undefined, "what has ended does not count");
  const parens: Any = choice([
    between(
      string("("),
      lazy(() => parens),
      string(")"),
    ),
    string("x"),
  ]);
  t.is(passed(t, parens, "(((x)))", { maxDepth: 3 }), undefined);
  t.deepEqual(passed(t, parens, "((((x))))", { maxDepth: 3 }), depth(4, 3));
  const tried: Any = or(
    attempt(
      seq(
        string("("),
        lazy(() => tried),
        string("]"),
      ),
    ),
    or(
      seq(
        string("("),
        lazy(() => tried),
        string(")"),
      ),
      string("x"),
    ),
  );
  t.is(passed(t, tried, "((x))", { maxDepth: 2 }), undefined, "nor what has failed");
  const bound: Any = string("a").andThen(() => opt(bound));
  t.is(passed(t, bound, "aaaa", { maxDepth: 8 }), undefined);
  t.like(passed(t, bound, "a".repeat(20), { maxDepth: 8 }), { 0: "limit.depth" });
});

test("steps: entries into rules, and rounds of repetitions", (t) => {
  const word = rule("word", takeWhile1("ab"));
  t.is(passed(t, word, "ab", { maxSteps: 1 }), undefined);
  t.deepEqual(passed(t, word, "ab", { maxSteps: 0 }), steps(0, 0));
  t.deepEqual(passed(t, many(string("a")), "a".repeat(30), { maxSteps: 10 }), steps(11, 10));
  t.like(passed(t, sepBy(word, string(",")), "a,".repeat(30), { maxSteps: 10 }), { 0: "limit.steps" });
  t.like(passed(t, json, `["${"\\n".repeat(99)}"]`, { maxSteps: 50 }), { 0: "limit.steps" });
  t.like(
    passed(
      t,
      chainl1(
        as,
        string("+").as((a: string) => a),
      ),
      "a+".repeat(30),
      { maxSteps: 10 },
    ),
    { 0: "limit.steps" },
  );
  t.is(passed(t, json, `[${"1,".repeat(99)}1]`, { maxSteps: 1000 }), undefined);
});

test("nothing takes a limit: no alternative, no attempt, no look-ahead, no recovery", (t) => {
  const long = seq(as, string("!"));
  const collect: RunConfig = { extensions: { recover: { mode: "collect" } } };
  const input = "a".repeat(30);
  for (const p of [
    or(attempt(long), as),
    seq(opt(attempt(long)), as),
    seq(notFollowedBy(long), as),
    many(attempt(long)),
    recover(long, string("a"), "?"),
  ])
    t.deepEqual(passed(t, p, input, { maxTokenUnits: 10 }, collect), token(10, 10));
});

test("what was emitted, and what was recovered from, is not lost", (t) => {
  const collect: RunConfig = { extensions: { recover: { mode: "collect" } }, limits: { maxTokenUnits: 5 } };
  const items = each(recover(seq(as, string(";")), string(";"), "?"));
  const result = everyWay(t, items, "a;a!;aa;aaaaaaaa;a;", collect);
  t.false(result.ok || result.recovered);
  t.deepEqual(result.emitted, [["a", ";"], "?", ["aa", ";"]]);
  t.deepEqual(
    result.diagnostics.map(({ code }) => code),
    ["E1001", "limit.token"],
  );
});

test("the diagnostic says which limit to raise, in both languages", (t) => {
  const [diagnostic] = run(seq(string("."), as), ".aaaaaaaa", { limits: { maxTokenUnits: 5 } }).diagnostics;
  t.is(diagnostic?.message, "this token is longer than 5 units; raise limits.maxTokenUnits to accept it");
  t.deepEqual(
    diagnostic?.notes.map(({ span, message }) => [span?.start.offset, message]),
    [[1, "it begins here"]],
  );
  const japanese = pretty(diagnostic ?? [], ".aaaaaaaa", { locale: "ja" });
  t.regex(japanese, /limits\.maxTokenUnits/);
  t.notRegex(japanese, /token is longer|begins here/);
  t.is(
    run(as, "aaaaaaaa", { limits: { maxTokenUnits: 5 }, locale: "ja" }).diagnostics[0]?.message.includes("5単位"),
    true,
  );
});

test("limits that none are, or that are no amounts, are refused at once", (t) => {
  const refuse = (limits: object, instanceOf: ErrorConstructor, message: string): void => {
    t.throws(() => run(ok(1), "", { limits } as RunConfig), { instanceOf, message });
    t.throws(() => runStream(ok(1), "", { limits } as RunConfig), { instanceOf, message });
  };
  const takes = (name: string): string => `limits.${name} takes a whole number from 0 on, or Infinity for no limit`;
  for (const name of ["maxDepth", "maxBufferedUnits", "maxTokenUnits", "maxDiagnostics", "maxSteps"]) {
    for (const value of [-1, Number.NaN, 1.5, Number.NEGATIVE_INFINITY])
      refuse({ [name]: value }, RangeError, `${takes(name)}; got ${value}`);
    refuse({ [name]: "7" }, TypeError, `${takes(name)}; got "7"`);
    refuse({ [name]: null }, TypeError, `${takes(name)}; got null`);
    t.true(run(ok(1), "", { limits: { [name]: undefined } }).ok);
    t.true(run(ok(1), "", { limits: { [name]: Number.POSITIVE_INFINITY } }).ok);
  }
  refuse({ maxtokenunits: 5 }, TypeError, `there is no limit "maxtokenunits"; did you mean "maxTokenUnits"?`);
  t.throws(() => run(ok(1), "", { limits: { most: 5 } as Limits }), {
    message: /^there is no limit "most"; the limits are /,
  });
  const recovering = (recover: object): RunConfig => ({ extensions: { recover: { mode: "collect", ...recover } } });
  t.throws(() => run(ok(1), "", recovering({ maxRecoveries: -1 })), { instanceOf: RangeError });
  t.throws(() => run(ok(1), "", recovering({ mode: "Collect" })), {
    instanceOf: TypeError,
    message: 'extensions.recover.mode takes "off" or "collect", got "Collect"',
  });
  for (const mode of ["off", "collect", undefined]) t.true(run(ok(1), "", recovering({ mode })).ok);
  t.throws(() => run(ok(1), "", recovering({ maxResyncUnits: "1" })), { instanceOf: TypeError });
});

test("very many errors: a hundred are told, and that there are more", (t) => {
  const collect: RunConfig = { extensions: { recover: { mode: "collect" } }, mergeWarnings: false };
  const items = many(recover(seq(as, string(";")), string(";"), "?"));
  const { diagnostics, recovered } = run(items, "a!;".repeat(VERY_MANY), collect);
  t.false(recovered);
  t.is(diagnostics.length, 101);
  const last = diagnostics.at(-1);
  t.is(last?.code, "limit.diagnostics");
  t.is(last?.at.start.offset, 301);
  t.is(last?.notes[0]?.message, 'expected ";"');
  t.is(run(items, "a!;".repeat(2000), { ...collect, limits: { maxDiagnostics: 2000 } }).diagnostics.length, 2000);
  everyWay(t, items, "a!;".repeat(9), { ...collect, limits: { maxDiagnostics: 5 } });
  everyWay(t, items, "a!;".repeat(5), { ...collect, limits: { maxDiagnostics: 5 } });
  everyWay(t, items, "a!;", { ...collect, limits: { maxDiagnostics: 0 } });
});

const warning = Parser.of<string>(
  make.refine(nodeOf(string("a")), (value, site) => {
    site.warn({ code: "W1", message: "an a" });
    return value;
  }),
);

test("an endless stream of errors, and one of very many warnings, end as run ends", async (t) => {
  const collect: RunConfig = { extensions: { recover: { mode: "collect" } }, mergeWarnings: false };
  const items = many(recover(seq(as, string(";")), string(";"), "?"));
  const { source, taken } = endless("a!;".repeat(1000));
  const streamed = await parse(items, source, collect);
  t.is(deepEqual(streamed.result.diagnostics, run(items, "a!;".repeat(1000), collect).diagnostics), undefined);
  t.true(taken() < 10_000);
  const chunks = Array.from({ length: VERY_MANY / 1000 }, () => "a".repeat(1000));
  const warned = await parse(skipMany(warning), chunks);
  t.is(deepEqual(warned.result.diagnostics, run(skipMany(warning), "a".repeat(VERY_MANY)).diagnostics), undefined);
});

test("very many warnings: a hundred are kept, the others are counted, and the run succeeds", (t) => {
  const result = run(skipMany(warning), "a".repeat(VERY_MANY));
  t.true(result.ok);
  t.is(result.diagnostics.length, 101);
  t.like(result.diagnostics.at(-1), {
    severity: "info",
    code: "limit.diagnostics",
    message: `${VERY_MANY - 100} more warnings from here on; raise limits.maxDiagnostics to get them`,
    extensions: { limit: { name: "maxDiagnostics", limit: 100, reached: VERY_MANY } },
  });
  t.is(result.diagnostics.at(-1)?.at.start.offset, 100);
  everyWay(t, skipMany(warning), "aaaaaaa", { limits: { maxDiagnostics: 3 } });
  t.is(
    run(or(attempt(seq(many(warning), string("b"))), many(string("a"))), "aaaa", { limits: { maxDiagnostics: 2 } })
      .diagnostics.length,
    0,
  );
});

test("a warning that is only counted keeps no text", (t) => {
  const { textOf } = Window.prototype;
  let units = 0;
  Window.prototype.textOf = function (from, to) {
    units += to - from;
    return textOf.call(this, from, to);
  };
  t.teardown(() => {
    Window.prototype.textOf = textOf;
  });
  run(skipMany(warning), "a".repeat(5000), { limits: { maxDiagnostics: 10 } });
  t.true(units < 100, String(units));
});

/** A source that never ends, and counts what was taken of it. */
function endless(chunk: string, first = ""): { source: AsyncIterable<string>; taken: () => number } {
  let units = 0;
  const source = (async function* () {
    yield first;
    for (;;) {
      units += chunk.length;
      yield chunk;
    }
  })();
  return { source, taken: () => units };
}

const tokenOrText: readonly [what: string, p: Any, chunk: string, limits: Limits, code: string, first?: string][] = [
  ["token", as, "a".repeat(1000), { maxTokenUnits: 100_000 }, "limit.token"],
  ["string", json, "yyy\\n".repeat(200), { maxTokenUnits: 100_000 }, "limit.token", '"'],
  [
    "attempt",
    attempt(seq(many(oneOf("a")), string("b"))),
    "a".repeat(1000),
    { maxBufferedUnits: 100_000 },
    "limit.buffer",
  ],
  ["nest", json, "[".repeat(1000), { maxDepth: 5000 }, "limit.depth"],
  ["list", many(string("a")), "a".repeat(1000), { maxSteps: 20_000 }, "limit.steps"],
];
for (const [what, p, chunk, limits, code, first] of tokenOrText) {
  test(`a stream that never closes, of a ${what} that never ends, is bounded`, async (t) => {
    const { source, taken } = endless(chunk, first);
    const { result }: Completed<unknown, unknown> = await parse(p, source, { limits });
    t.is(result.diagnostics[0]?.code, code);
    t.true(taken() < 200_000);
  });
}

test("the default bounds a token that never ends", async (t) => {
  t.timeout(60_000);
  const { source, taken } = endless("a".repeat(1 << 20));
  const { result } = await parse(as, source);
  t.like(result.diagnostics[0], { code: "limit.token", at: { start: { offset: 1 << 26 } } });
  t.true(taken() <= (1 << 26) + (1 << 21));
});

test("parseEach hands out what is certain, and then rejects with the limit", async (t) => {
  const values: unknown[] = [];
  const items = each(seq(as, string(";")));
  const error = await t.throwsAsync(async () => {
    for await (const [value] of parseEach(items, ["a;aa;", "aaa", "aaa", "aaa"], { limits: { maxTokenUnits: 5 } }))
      values.push(value);
  });
  t.deepEqual(values, ["a", "aa"]);
  t.regex(error?.message ?? "", /limit\.token/);
});

test("no more is asked for than a limit lets be read", (t) => {
  const outcome = runStream(string("abcdefghij"), "ab", { limits: { maxTokenUnits: 4 } });
  t.is(outcome.kind === "pending" && outcome.demand.minBytes, 3);
});

const limits: fc.Arbitrary<Limits> = fc.record(
  {
    maxTokenUnits: fc.integer({ min: 0, max: 6 }),
    maxBufferedUnits: fc.integer({ min: 0, max: 9 }),
    maxSteps: fc.integer({ min: 0, max: 40 }),
    maxDepth: fc.integer({ min: 0, max: 6 }),
  },
  { requiredKeys: [] },
);
const kinds: readonly [what: string, arbitrary: typeof runs | typeof byteRuns, config: RunConfig][] = [
  ["random grammars", runs, {}],
  ["random grammars of bytes", byteRuns, { input: "binary" }],
  ["random grammars that recover", recoveringRuns, { extensions: { recover: { mode: "collect" } } }],
];
for (const [what, arbitrary, config] of kinds) {
  test(`${what}: a limit is passed alike in every chunking, and one that is not passed changes nothing`, (t) => {
    const all = arbitrary as fc.Arbitrary<{ parser: Any; input: string | Uint8Array }>;
    fc.assert(
      fc.property(all, limits, fc.nat(), ({ parser, input }, limits, seed) => {
        fc.pre(answer(nodeOf(parser), input, true, { recovers: config.extensions !== undefined }) !== undefined);
        const found = firstDifference(parser, input, { ...config, limits }, { seed, random: 3 });
        if (found !== undefined) throw new Error(found);
        const result = run(parser, input, { ...config, limits });
        if (result.diagnostics.some(({ code }) => code?.startsWith("limit."))) return;
        const changed = deepEqual(result, run(parser, input, config));
        if (changed !== undefined) throw new Error(`limited (left), not limited (right): ${changed}`);
      }),
      { ...parameters, numRuns: Math.ceil(parameters.numRuns / 4) },
    );
    t.pass();
  });
}
