// Every function that the package exports, called with what it does not take: what is thrown is an error of ours that says
// what to do, never one that the platform throws because nobody looked. And what is taken without a word although nobody
// can mean it is refused.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import test from "ava";
import { inRepository } from "../bench/data.ts";
import { pretty, toLsp } from "../src/diagnostics/index.ts";
import {
  chainl1,
  chainr1,
  choice,
  concat,
  each,
  fail,
  grammarOf,
  lint,
  many,
  many1,
  or,
  ParseError,
  Parser,
  repeat,
  run,
  seq,
  unwrap,
  withDoc,
  withExtension,
} from "../src/index.ts";
import {
  charSet,
  commentBlock,
  identifierOf,
  int,
  satisfy,
  string,
  stringMultiline,
  symbol,
} from "../src/lex/index.ts";
import { described } from "../src/misuse/described.ts";
import { nearName } from "../src/misuse/near-name.ts";
import { OpBuilder, precedence } from "../src/op/index.ts";
import { flowController, handOver, parseEach, resume, runStream, StreamDriver } from "../src/stream/index.ts";
import { seeded } from "./_random.ts";
import { size } from "./_size.ts";

type Function_ = (...args: readonly unknown[]) => unknown;

const a = string("a");
const waiting = runStream(a.many(), "a");
const failed = run(a, "b");

/** What is given in any place: some of it is right somewhere, none of it everywhere. */
const values: readonly unknown[] = [
  undefined,
  null,
  -1,
  1.5,
  Number.NaN,
  "",
  "a",
  true,
  Symbol("s"),
  5n,
  {},
  Object.create(null),
  [a],
  (x: unknown) => x,
  a,
  /a/,
  new Map(),
  waiting,
  waiting.kind === "pending" ? waiting.continuation : undefined,
  failed,
  failed.diagnostics[0],
];

function* argumentLists(seed: number): Generator<readonly unknown[]> {
  yield [];
  for (const one of values) yield [one];
  for (const one of values) for (const other of values) yield [one, other];
  for (const third of values) yield [a, a, third];
  const { pick } = seeded(seed);
  for (let i = 0; i < 60; i++) yield Array.from({ length: 3 + (i % 2) }, () => pick(values));
}

const sources = new Map<string, readonly string[]>();

interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where an error was made, in the code that runs: what a stack trace prints may be mapped to its source. */
function originOf(error: Error): Origin {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_, [site]) => ({
    file: site?.getFileName() ?? "",
    line: site?.getLineNumber() ?? 0,
    column: site?.getColumnNumber() ?? 0,
  });
  const origin = error.stack as unknown as Origin;
  Error.prepareStackTrace = prepareStackTrace;
  return origin;
}

/** Whether an error was made by a `new` in our code, with words that say something. */
function isOurs(error: unknown): boolean {
  if (error instanceof ParseError) return true;
  if (!(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)) return false;
  const { file, line, column } = originOf(error);
  if (!file.includes("/dist/src/")) return false;
  let source = sources.get(file);
  if (source === undefined) {
    source = readFileSync(fileURLToPath(file), "utf8").split("\n");
    sources.set(file, source);
  }
  const code = source[line - 1]?.slice(column - 1) ?? "";
  return code.startsWith("new ") && error.message.split(" ").length > 3;
}

/** Of the parsers that a function gives, so many are run. */
const MOST_RUN = size(30, 200);

/** Calls a function in many ways, and uses what it gives; what was thrown that is none of ours. */
async function faultsOf(name: string, call: Function_): Promise<string[]> {
  const faults = new Set<string>();
  const look = (error: unknown): void => {
    if (!isOurs(error)) faults.add(`${name}: ${String((error as Error | undefined)?.message ?? error)}`);
  };
  const later: Promise<unknown>[] = [];
  let parsers = 0;
  for (const args of argumentLists(name.length)) {
    try {
      const given = call(...args);
      if (given instanceof Promise) later.push(given.catch(look));
      else if (given instanceof Parser && parsers++ < MOST_RUN) {
        for (const input of ["a", "aab"]) run(given, input, { requireEof: false });
        lint(given);
        grammarOf(given);
      } else if (isIterator(given)) {
        const first = given.next();
        if (first instanceof Promise) later.push(first.then(() => given.return?.(), look));
      }
    } catch (error) {
      look(error);
    }
  }
  await Promise.all(later);
  return [...faults];
}

function isIterator(value: unknown): value is { next(): unknown; return?(): unknown } {
  return typeof value === "object" && value !== null && "next" in value && typeof value.next === "function";
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}

const { exports: entries } = JSON.parse(readFileSync(inRepository("package.json"), "utf8")) as Manifest;

for (const [entry, target] of Object.entries(entries)) {
  if (typeof target === "string") continue;
  test(`every export of sluice${entry.slice(1)}`, async (t) => {
    const names = (await import(new URL(target.default, inRepository("./")).href)) as Record<string, unknown>;
    Error.stackTraceLimit = 1;
    const faults: string[] = [];
    for (const [name, value] of Object.entries(names)) {
      if (typeof value !== "function") continue;
      const isClass = /^class\b/.test(Function.prototype.toString.call(value));
      const call: Function_ = isClass
        ? (...args) => Reflect.construct(value, args) as unknown
        : (...args) => Reflect.apply(value, undefined, args) as unknown;
      // its constructor is private: what it is given by others has a `kind`
      const ours: Function_ = name === "Parser" ? (node) => (hasKind(node) ? undefined : call(node)) : call;
      faults.push(...(await faultsOf(name, ours)));
    }
    Error.stackTraceLimit = 10;
    t.deepEqual(faults, []);
  });
}

function hasKind(value: unknown): boolean {
  return typeof value === "object" && value !== null && "kind" in value;
}

const objects: Readonly<Record<string, () => object>> = {
  Parser: () => a,
  CharSet: () => charSet("a-z"),
  OpBuilder: () => new OpBuilder().level(1, "infixLeft", ["+"]),
  precedence: () => precedence(a),
  StreamDriver: () => new StreamDriver(a, () => {}),
};
/** For the other folders of the package. */
const internal = ["constructor", "fill", "single", "sameAs", "reachesBeyond", "node"];

for (const [name, make] of Object.entries(objects)) {
  test(`every method of ${name}`, async (t) => {
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(make())).filter((key) => !internal.includes(key));
    const faults: string[] = [];
    for (const key of methods) {
      const call = (...args: readonly unknown[]): unknown => {
        const object = make() as Record<string, unknown>;
        const method = object[key];
        return typeof method === "function" ? Reflect.apply(method, object, args) : undefined;
      };
      faults.push(...(await faultsOf(`${name}.${key}`, call)));
    }
    t.deepEqual(faults, []);
  });
}

test("the operators of a level", async (t) => {
  const kinds = ["prefix", "postfix", "infixl", "infixr", "infixn", "ternary"] as const;
  const faults: string[] = [];
  for (const kind of kinds) {
    const call = (op: unknown): unknown =>
      precedence(a)
        .level((l) => (l[kind] as (op: unknown) => typeof l)(op))
        .build();
    faults.push(...(await faultsOf(kind, call as Function_)));
  }
  t.deepEqual(faults, []);
});

const never = (value: unknown): never => value as never;
const collect = (recover: unknown, input = "a"): unknown => run(a, input, { extensions: { recover: never(recover) } });

const misused: Readonly<Record<string, readonly [call: () => unknown, says: RegExp]>> = {
  // taken without a word before
  "a separator in place of options": [() => each(a, never(string(","))), /each\(p, \{ sep: q \}\), got a Parser$/],
  "an option that each has not": [
    () => each(a, never({ separator: a })),
    /no option "separator"; did you mean "sep"\?$/,
  ],
  "its method": [() => a.each(never({ sepBy: a })), /no option "sepBy"; did you mean "sep"\?$/],
  "options of precedence that are none": [() => precedence(a, never("x")), /^precedence takes its options.*, got "x"$/],
  "an option of precedence that there isn't": [() => precedence(a, never({ label: "x" })), /no option "label"/],
  "a mode in place of the namespace": [
    () => collect("collect"),
    /recover takes an object such as \{ mode: "collect" \}, got/,
  ],
  "a name in the namespace": [() => collect({ mode: "collect", maxrecoveries: 1 }), /did you mean "maxRecoveries"\?$/],
  "a namespace at the top": [
    () => run(a, "a", never({ recover: true })),
    /^there is no option "recover"; it is an extension: \{ extensions: \{ recover: \{ mode: "collect" \} \} \}$/,
  ],
  "a limit at the top": [() => run(a, "a", never({ maxSteps: 1 })), /it is a limit: \{ limits: \{ maxSteps: … \} \}$/],
  "a namespace misspelt": [
    () => run(a, "a", { extensions: { recovery: { mode: "collect" } } }),
    /^there is no extension "recovery"; did you mean "recover"\?.*"acme\.recovery"$/,
  ],
  "a namespace misspelt in a stream": [
    () => runStream(a, "a", { extensions: { streams: {} } }),
    /^there is no extension "streams"; did you mean "stream"\?/,
  ],
  "an async predicate": [
    () => satisfy(never(async () => true)),
    /^a predicate over characters answers true or false at once/,
  ],
  "a predicate that gives a promise": [
    () => run(satisfy(never(() => Promise.resolve(true))), "a"),
    /^a predicate over characters answers true or false at once/,
  ],
  "a generator as a predicate": [() => satisfy(never(function* () {})), /a generator function gives neither$/],
  "a third alternative of or": [() => (or as Function_)(a, a, a), /^or takes two parsers: choice\(\[a, b, c\]\)/],
  "a separator of many": [() => (many as Function_)(a, a), /^many takes one parser: sepBy\(p, separator\)/],
  "a separator of many1": [() => (many1 as Function_)(a, a), /^many1 takes one parser: sepBy1\(p, separator\)/],
  "options in place of the source": [
    () => pretty(failed.diagnostics, never({ color: true })),
    /^pretty takes the input second/,
  ],
  "an option of pretty": [() => pretty(failed.diagnostics, "b", never({ colour: true })), /did you mean "color"\?$/],
  "an option of int": [() => int(16, never({ prefixed: true })), /did you mean "prefix"\?$/],
  "an option of stringMultiline": [() => stringMultiline(never({ dedented: true })), /did you mean "dedent"\?$/],
  "an option of commentBlock": [() => commentBlock("(", ")", never({ nest: true })), /did you mean "nested"\?$/],
  "an option of identifierOf": [
    () => identifierOf(never({ start: "a", continues: "a" })),
    /did you mean "continue"\?$/,
  ],
  "a watermark as the platform spells it": [
    () => flowController(never({ highWaterMark: 1 })),
    /did you mean "highWatermark"/,
  ],
  "a symbol that is empty": [() => symbol(""), /^symbol takes a text, not an empty one/],
  "a message that is empty": [() => fail(""), /^fail takes a message, a non-empty text, or nothing/],
  // errors of the platform before
  "withExtension without a function": [
    () => withExtension({}, "acme", never(5)),
    /^withExtension takes a function third/,
  ],
  "unwrap without a result": [() => unwrap(never(undefined)), /^unwrap takes the result of a run, got undefined$/],
  "unwrap of an outcome": [() => unwrap(never({ kind: "completed", result: failed })), /give it the outcome's result$/],
  "level without a function": [() => precedence(a).level(never(5)), /^level takes a function, .*got 5$/],
  "ternary without operators": [
    () => precedence(a).level((l) => l.ternary(never(undefined))),
    /^ternary takes \{ head, mid, build \}, got undefined$/,
  ],
  "each without options": [() => each(a, never(null)), /^each takes its options as an object.*got null$/],
  "resume without options": [
    () => waiting.kind === "pending" && resume(waiting.continuation, "", never(null)),
    /^resume takes its options as an object.*got null$/,
  ],
  "a symbol as a bound": [
    () => repeat(a, never(Symbol("n"))),
    /^repeat: min must be a whole number from 0, got Symbol\(n\)$/,
  ],
  "toLsp of a number": [() => toLsp(never(5)), /^toLsp takes a diagnostic, .*got 5$/],
  "toLsp of a result": [() => toLsp(never(failed)), /give it the diagnostics of the result$/],
  "handOver without a configuration": [
    () => (handOver as Function_)(undefined),
    /^handOver takes a configuration first/,
  ],
  "a text as an operator": [
    () => run(chainl1(a, never(string("+"))), "a+a"),
    /^the operators of chainl1 give the function .*"\+"/,
  ],
  "the same to the right": [
    () => run(chainr1(a, never(string("+"))), "a+a"),
    /^the operators of chainr1 give the function/,
  ],
  "a text in place of a list of texts": [
    () => run(concat(never(a)), "a"),
    /^concat takes a parser that gives a list of texts/,
  ],
  "what is no text among texts": [() => run(concat(never(many(a.as(1)))), "a"), /, this one gave 1 among them$/],
  "the same in a row": [
    () => run(concat(never(seq(a, a.as(undefined)))), "aa"),
    /, this one gave undefined among them$/,
  ],
  "a description that is none": [() => withDoc(a, never(5)), /^withDoc takes a text, got 5$/],
  "a regular expression": [
    () => seq(never(/a+/i)),
    /got the regular expression \/a\+\/i; write regex\(\/a\+\/i\) from "sluice\/lex"/,
  ],
};

for (const [name, [call, says]] of Object.entries(misused)) {
  test(`refused: ${name}`, (t) => {
    const error = t.throws(call);
    t.true(error instanceof TypeError || error instanceof RangeError);
    t.regex(error?.message ?? "", says);
  });
}

test("a wrong argument in words, whatever it is", (t) => {
  const hostile = new Proxy({}, { get: () => failed.diagnostics[0]?.at, getPrototypeOf: () => null });
  const words: readonly (readonly [value: unknown, words: string])[] = [
    [undefined, "undefined"],
    [null, "null"],
    [-0.5, "-0.5"],
    [5n, "5n"],
    [Symbol("s"), "Symbol(s)"],
    ["a\n", '"a\\n"'],
    ["x".repeat(50), `"${"x".repeat(40)}…"`],
    [() => 1, "a function"],
    [[1], "an array"],
    [/a/g, "the regular expression /a/g"],
    [{}, "an object"],
    [Object.create(null), "an object"],
    [{ constructor: { name: "no name" } }, "an object"],
    [new (class extends Map {})(), "an object"],
    [new Map(), "a Map"],
    [new ArrayBuffer(1), "an ArrayBuffer"],
    [new Uint8Array(1), "a Uint8Array"],
    [a, "a Parser"],
    [hostile, "an object"],
  ];
  for (const [value, expected] of words) t.is(described(value), expected);
});

test("which name was meant", (t) => {
  const names = ["lex", "recover", "stream", "trace", "parse", "maxRecoveries"];
  const near: Readonly<Record<string, string | undefined>> = {
    Recover: "recover",
    recovery: "recover",
    recovers: "recover",
    recovering: "recover",
    rcover: "recover",
    recovre: "recover",
    lexer: "lex",
    LEX: "lex",
    steam: "stream",
    streaming: "stream",
    tracing: "trace",
    parser: "parse",
    maxrecoveries: "maxRecoveries",
    maxRecovery: undefined,
    lax: undefined,
    hex: undefined,
    acme: undefined,
    "acme.recover": undefined,
    streamline: undefined,
    lexicon: undefined,
    "": undefined,
  };
  for (const [written, meant] of Object.entries(near)) t.is(nearName(written, names), meant, written);
});

test("what is right is taken", (t) => {
  const own = { "acme.recovery": 1, acme: 2, "my-stream": 3, rules: 4, lexicon: 5 };
  t.true(run(a, "a", { extensions: { ...own, lex: undefined, config: {}, lsp: {}, parse: {}, regex: {} } }).ok);
  t.is([a, a, a].reduce(or as never) instanceof Parser, true);
  t.is([a].map(many as never).length, 1);
  t.is(unwrap(run(choice([a]), "a")), "a");
});

test("a repetition of no rounds still is what emits (semantics, rule 18)", async (t) => {
  const seen: unknown[] = [];
  for await (const item of parseEach(repeat(each(a), 0, 0), [""])) seen.push(item);
  for await (const item of parseEach(seq(repeat(a.emit(), 0, 0), string("b")), ["b"])) seen.push(item);
  t.deepEqual(seen, []);
  const lists = unwrap(run(seq(repeat(a, 0, 0), repeat(a, 0, 0)), ""));
  t.deepEqual(lists, [[], []]);
  t.not(lists[0], lists[1]);
});
