// Depth is bounded by memory alone: nothing in the engine recurses on the native stack, suspended or not.
import test, { type ExecutionContext } from "ava";
import { json } from "../../src/formats/json.ts";
import {
  andThen,
  attempt,
  between,
  cut,
  emit,
  label,
  lazy,
  lint,
  listing,
  many,
  many1,
  map,
  ok,
  opt,
  or,
  type ParseResult,
  type Parser,
  run,
  sepBy,
  seq,
  skipL,
  skipR,
  slice,
  spanned,
} from "../../src/index.ts";
import { oneOf, string } from "../../src/lex/index.ts";
import {
  type Chunk,
  CLOSED,
  type Completed,
  parseLoopSync,
  resume,
  runStream,
  type StreamOutcome,
} from "../../src/stream/index.ts";
import { deepEqual } from "../_equal.ts";
import { size } from "../_size.ts";

/** Deeper than any native stack. */
const VERY_DEEP = size(50_000, 1_000_000);
const DEEP = size(20_000, 100_000);
const SIZES = [65_536, 1000];

type Any = Parser<unknown>;

/** A grammar that goes down by one at each character. */
interface Descent {
  readonly name: string;
  readonly parser: Any;
  readonly input: (depth: number) => string;
  /** Takes one level off a value; undefined at the bottom. */
  readonly inside: (value: unknown) => unknown;
}

const negated: Any = or(
  map(
    skipL(
      string("-"),
      lazy(() => negated),
    ),
    (of) => ({ of }),
  ),
  oneOf("0123456789"),
);
const toTheRight: Any = or(
  seq(
    oneOf("ab"),
    lazy(() => toTheRight),
  ),
  string("."),
);
const attempts: Any = or(
  attempt(
    seq(
      string("("),
      lazy(() => attempts),
      string(")"),
    ),
  ),
  string("x"),
);
const lists: Any = seq(string("("), many(lazy(() => lists)), string(")"));

const descents: readonly Descent[] = [
  {
    name: "[",
    parser: json,
    input: (depth) => "[".repeat(depth) + "]".repeat(depth),
    inside: (value) => (value as unknown[])[0],
  },
  {
    name: '{"a":',
    parser: json,
    input: (depth) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`,
    inside: (value) => (value as { a?: unknown }).a,
  },
  {
    name: "prefix operators",
    parser: negated,
    input: (depth) => `${"-".repeat(depth)}7`,
    inside: (value) => (value as { of?: unknown }).of,
  },
  {
    name: "recursion to the right",
    parser: toTheRight,
    input: (depth) => `${"ab".repeat(depth / 2)}.`,
    inside: (value) => (Array.isArray(value) ? value[1] : undefined),
  },
  {
    name: "attempts",
    parser: attempts,
    input: (depth) => `${"(".repeat(depth)}x${")".repeat(depth)}`,
    inside: (value) => (Array.isArray(value) ? value[1] : undefined),
  },
  {
    name: "lists",
    parser: lists,
    input: (depth) => "(".repeat(depth) + ")".repeat(depth),
    inside: (value) => (value as unknown[][])[1]?.[0],
  },
];

function depthOf(value: unknown, inside: Descent["inside"]): number {
  let depth = -1;
  for (let at = value; at !== undefined; at = inside(at)) depth += 1;
  return depth;
}

function chunksOf(input: string, size: number): string[] {
  return Array.from({ length: Math.ceil(input.length / size) }, (_, i) => input.slice(i * size, (i + 1) * size));
}

function loop<T, E>(parser: Parser<T, E>, chunks: readonly Chunk[]): Completed<T, E> {
  const steps = parseLoopSync(parser);
  const left = [...chunks].reverse();
  let step = steps.next(left.pop() ?? CLOSED);
  while (!step.done) step = steps.next(left.pop() ?? CLOSED);
  return step.value;
}

function succeeded(t: ExecutionContext, result: ParseResult<unknown, unknown>): unknown {
  t.deepEqual(result.diagnostics, []);
  t.true(result.ok);
  return result.value;
}

for (const { name, parser, input, inside } of descents) {
  test(`${name}: very deep, whole and in chunks`, (t) => {
    const text = input(VERY_DEEP);
    const whole = succeeded(t, run(parser, text));
    const depth = depthOf(whole, inside);
    t.true(depth >= VERY_DEEP - 1, `${depth}`);
    const { result, meta } = loop(parser, chunksOf(text, 65_536));
    t.is(depthOf(succeeded(t, result), inside), depth);
    t.is(meta.consumedBytes, text.length);
  });

  test(`${name}: deep, in chunks of a thousand`, (t) => {
    const text = input(VERY_DEEP / 4);
    const { result } = loop(parser, chunksOf(text, 1000));
    t.is(depthOf(succeeded(t, result), inside), depthOf(run(parser, text).value, inside));
  });

  test(`${name}: deep, suspended at each unit`, (t) => {
    const text = input(DEEP / 5);
    const { result } = loop(parser, chunksOf(text, 1));
    t.is(deepEqual(succeeded(t, result), run(parser, text).value), undefined);
  });

  test(`${name}: deep, looked at on the way`, (t) => {
    const text = input(DEEP);
    const chunks = chunksOf(text, 65_536);
    let outcome: StreamOutcome<unknown> = runStream(parser, "");
    let fed = 0;
    for (const chunk of [...chunks, CLOSED] as const) {
      if (outcome.kind === "completed") break;
      const { continuation } = outcome;
      const so = run(parser, text.slice(0, fed));
      t.is(continuation.canFinish, so.ok);
      const preview = continuation.preview();
      t.is(deepEqual(preview, so), undefined);
      t.true(continuation.meta.expectedTokens.length > 0);
      outcome = resume(continuation, chunk);
      fed += typeof chunk === "string" ? chunk.length : 0;
    }
    t.is(outcome.kind, "completed");
    if (outcome.kind === "completed") {
      t.is(deepEqual(succeeded(t, outcome.result), run(parser, text).value), undefined);
    }
  });

  test(`${name}: deep, resumed more than once at the bottom`, (t) => {
    const text = input(DEEP);
    const half = Math.floor(text.length / 2);
    const outcome = runStream(parser, text.slice(0, half));
    t.is(outcome.kind, "pending");
    if (outcome.kind !== "pending") return;
    for (const rest of [text.slice(half), "?", text.slice(half)]) {
      const next = resume(outcome.continuation, rest);
      const last = next.kind === "pending" ? resume(next.continuation, CLOSED) : next;
      t.is(last.kind, "completed");
      if (last.kind === "completed") t.is(deepEqual(last.result, run(parser, text.slice(0, half) + rest)), undefined);
    }
  });
}

test("very many [ that are not closed: a clear error", (t) => {
  const text = "[".repeat(VERY_DEEP);
  const { diagnostics } = run(json, text);
  t.is(diagnostics.length, 1);
  const [diagnostic] = diagnostics;
  t.is(diagnostic?.at.start.offset, VERY_DEEP);
  t.regex(diagnostic?.message ?? "", /^unexpected end of input, expected /);
  t.is(diagnostic?.context.length, 8);
  for (const size of SIZES)
    t.is(deepEqual(loop(json, chunksOf(text, size)).result.diagnostics, diagnostics), undefined);
});

test("very many [ and then what can't be there: a clear error", (t) => {
  const text = `${"[".repeat(VERY_DEEP)}}`;
  const { diagnostics } = run(json, text);
  t.is(diagnostics[0]?.at.start.offset, VERY_DEEP);
  t.true(diagnostics[0]?.expected?.alternatives.some((one) => one.kind === "token" && one.text === "]"));
  for (const size of SIZES)
    t.is(deepEqual(loop(json, chunksOf(text, size)).result.diagnostics, diagnostics), undefined);
});

const NESTED = size(2000, 5000);

/** One parser around another, and what the nest of them reads around an `a`. */
const nests: readonly (readonly [name: string, around: (p: Any) => Any, before?: string, after?: string])[] = [
  ["map", (p) => map(p, (value) => value)],
  ["label", (p) => label("l", p)],
  ["attempt", attempt],
  ["cut", cut],
  ["opt", (p) => opt(p)],
  ["many1", many1],
  ["sepBy", (p) => sepBy(p, string(","))],
  ["slice", slice],
  ["spanned", spanned],
  [
    "choice",
    (p) =>
      or(
        string("b"),
        map(p, (value) => value),
      ),
  ],
  ["skipL", (p) => skipL(string("("), p), "("],
  ["skipR", (p) => skipR(p, string(")")), "", ")"],
  ["between", (p) => between(string("["), p, string("]")), "[", "]"],
  ["andThen", (p) => andThen(p, (value): Any => ok(value as string))],
];

for (const [name, around, before = "", after = ""] of nests) {
  test(`${name}, nested deep, is looked at, built and run`, (t) => {
    let parser: Any = string("a");
    for (let i = 0; i < NESTED; i += 1) parser = around(parser);
    const input = `${before.repeat(NESTED)}a${after.repeat(NESTED)}`;
    const result = run(emit(parser), input);
    t.deepEqual(result.diagnostics, []);
    t.is(result.emitted.length, 1);
    t.true((run(parser, "?").diagnostics[0]?.expected?.alternatives.length ?? 0) > 0);
    t.deepEqual(lint(parser), []);
    t.true(listing(parser).length > 0);
  });
}
