// What a report tells of a closer that is missing: where its bracket was opened, all that is open at the end of input,
// and whether the closer would help.
import test, { type ExecutionContext } from "ava";
import { program } from "../../docs/examples/pl0.ts";
import { json, jsonValue } from "../../src/formats/json.ts";
import {
  andThen,
  attempt,
  between,
  choice,
  concat,
  delimited,
  label,
  lazy,
  many,
  map,
  ok,
  opt,
  type Parser,
  primitive,
  type RunConfig,
  rule,
  run,
  sepBy,
  seq,
  skipR,
  spanned,
} from "../../src/index.ts";
import { keyword, lexeme, string, symbol, takeWhile, takeWhile1 } from "../../src/lex/index.ts";
import { resume, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";

interface Told {
  /** `line:column` and what is said there. */
  readonly notes: readonly string[];
  /** What is inserted, with `?` where that would not help. */
  readonly fixits: readonly string[];
}

/** What is told of brackets; the same however the input is cut up, and where a stream is asked what would be. */
function told(t: ExecutionContext, parser: Parser<unknown, unknown>, input: string, config: RunConfig = {}): Told {
  const { diagnostics } = everyWay(t, parser, input, config);
  let outcome = runStream(parser, input.slice(0, 1), config);
  if (outcome.kind === "pending") outcome = resume(outcome.continuation, input.slice(1));
  if (outcome.kind === "pending") {
    t.is(deepEqual(outcome.continuation.preview().diagnostics, diagnostics), undefined, "the preview");
  }
  const [{ notes = [], fixits = [] } = {}] = diagnostics;
  return {
    notes: notes.flatMap(({ span, message }) =>
      span === undefined ? [] : [`${span.start.line}:${span.start.column} ${message}`],
    ),
    fixits: fixits.map(({ insert, likely }) => (likely === false ? `${insert}?` : insert)),
  };
}

const word = takeWhile1("abc");
const list = (close: Parser<unknown>): Parser<unknown> => between(string("["), sepBy(word, string(",")), close);

test("a closer that is wrapped", (t) => {
  const expected = { notes: ["1:1 opened here"], fixits: ["]?"] };
  for (const close of [
    label("end of list", string("]")),
    label("end of list", attempt(string("]"))),
    attempt(label("end of list", string("]"))),
    lexeme(attempt(string("]"))),
    symbol("]"),
    map(string("]"), () => 1),
    skipR(string("]"), opt(string(";"))),
  ]) {
    t.deepEqual(told(t, list(close), "[a,b!"), expected);
    t.deepEqual(told(t, list(close), "[!"), expected);
    t.deepEqual(told(t, list(close), "[a"), { notes: ["1:1 opened here"], fixits: ["]"] });
  }
});

test("a closer that is a rule, or one of several", (t) => {
  for (const close of [
    rule("end", string("]")),
    rule("end", attempt(seq(string("]"), word))),
    choice([string("]"), string(")")]),
  ]) {
    t.deepEqual(told(t, list(close), "[a,b!"), { notes: ["1:1 opened here"], fixits: [] });
    t.deepEqual(told(t, list(close), "[a"), { notes: ["1:1 opened here"], fixits: [] });
  }
  // it began, and failed further on
  t.deepEqual(told(t, list(rule("end", seq(string("]"), word))), "[a,b]!"), { notes: [], fixits: [] });
});

test("a keyword", (t) => {
  const block = between(keyword("begin"), many(symbol(";")), keyword("end"));
  t.deepEqual(told(t, block, "begin;;!").notes, ["1:1 opened here"]);
  t.deepEqual(told(t, program, "begin x := 1\n y := 2 end."), { notes: ["1:1 opened here"], fixits: [" end?"] });
  t.deepEqual(told(t, program, "begin x := 1;\n begin y := 2 ."), { notes: ["2:2 opened here"], fixits: [" end?"] });
  t.deepEqual(told(t, program, "begin x := 1;\n begin y := 2 ; end .").fixits, [" end"]);
  t.deepEqual(told(t, program, "begin begin x := 1"), {
    notes: ["1:7 opened here", "1:1 not closed"],
    fixits: [" end"],
  });
});

test("a text in quotes", (t) => {
  t.deepEqual(told(t, json, '["abc'), { notes: ["1:2 opened here", "1:1 not closed"], fixits: ['"'] });
  t.deepEqual(told(t, json, '["a\\n'), { notes: ["1:2 opened here", "1:1 not closed"], fixits: ['"'] });
  t.deepEqual(told(t, json, '"a\\nb\n"'), { notes: ["1:1 opened here"], fixits: ['"'] });
  t.deepEqual(told(t, json, '{"abc\n": 1}'), { notes: ["1:2 opened here"], fixits: ['"'] });
  t.deepEqual(told(t, json, '["a", "b\\u0020", "c\n"]').notes, ["1:18 opened here"]);
  t.deepEqual(told(t, json, '{"a": "b'), { notes: ["1:7 opened here", "1:1 not closed"], fixits: ['"', "}"] });
  // an escape that is wrong is not a quote that is missing
  t.deepEqual(told(t, json, '["a\\x"]'), { notes: [], fixits: [] });
});

test("of quotes around what is called nothing is told", (t) => {
  const inner: Parser<unknown> = between(
    string("{"),
    lazy(() => quoted),
    string("}"),
  );
  const quoted: Parser<unknown> = rule(
    "text",
    delimited(string("'"), concat(many(choice([takeWhile1("abc"), map(inner, String)]))), string("'")),
  );
  t.deepEqual(told(t, quoted, "'a{'b'}!").notes, []);
  t.deepEqual(told(t, quoted, "'a{'b!").notes, []);
  const hex = map(seq(string("{"), takeWhile("abc"), string("}")), String);
  const escaped = delimited(string("'"), concat(many(choice([takeWhile1("abc"), hex]))), string("'"));
  t.deepEqual(told(t, escaped, "'a{b}!").notes, ["1:1 opened here"]);
});

test("a quote that was opened long ago", (t) => {
  const long = `"${"abc\\n".repeat(3000)}\u0001"`;
  const [diagnostic] = run(json, `[\n${long}]`).diagnostics;
  t.is(diagnostic?.notes[0]?.span?.start.offset, 2);
  for (const size of [1, 100, 5000]) {
    let outcome = runStream(json, "");
    const text = `[\n${long}]`;
    for (let at = 0; at < text.length && outcome.kind === "pending"; at += size) {
      outcome = resume(outcome.continuation, text.slice(at, at + size));
    }
    const found = outcome.kind === "completed" ? outcome.result.diagnostics[0] : undefined;
    t.is(deepEqual(found?.notes, diagnostic?.notes), undefined);
  }
});

test("the end of input, within brackets whose closers are not the next thing", (t) => {
  t.deepEqual(told(t, json, "[1,"), { notes: ["1:1 not closed"], fixits: [] });
  t.deepEqual(told(t, json, '[[],\n{"a":'), { notes: ["2:1 not closed", "1:1 not closed"], fixits: [] });
  t.deepEqual(told(t, json, "[".repeat(12)).notes.length, 8);
  t.deepEqual(told(t, json, "[1, 2]]"), { notes: [], fixits: [] });
});

test("what closes all that is open", (t) => {
  t.deepEqual(told(t, json, '{"a": [{"b": [1').fixits, ["]", "}", "]", "}"]);
  // the innermost closer would be in its place, the next one would not
  const list = between(symbol("("), seq(between(symbol("["), word, symbol("]")), string("!")), symbol(")"));
  t.deepEqual(told(t, list, "([a").fixits, ["]"]);
});

test("a closer helps where what stands there may follow it", (t) => {
  const fixits = (input: string, config?: RunConfig): readonly string[] => told(t, json, input, config).fixits;
  t.deepEqual(fixits("[None]"), ["]?"]);
  t.deepEqual(fixits("[1 2]"), ["]?"]);
  t.deepEqual(fixits('{"a": [1 }'), ["]"]);
  t.deepEqual(fixits('[{"a": 1 ]'), ["}"]);
  t.deepEqual(fixits('{"a": 1 ]'), ["}?"]);
  t.deepEqual(fixits('{"a": [1 : 2'), ["]?"]);
  t.deepEqual(told(t, jsonValue, "[1 2]", { requireEof: false }).fixits, ["]"]);
  const sum = seq(between(symbol("("), symbol("a"), symbol(")")), symbol("+"), symbol("b"));
  t.deepEqual(told(t, sum, "(a + b").fixits, [")"]);
  t.deepEqual(told(t, sum, "(a - b").fixits, [")?"]);
  t.deepEqual(told(t, rule("sum", sum), "(a 😀 b").fixits, [")?"]);
  t.deepEqual(told(t, spanned(sum), "(a - b").fixits, [")?"]);
  t.deepEqual(
    told(t, between(symbol("["), string("a"), symbol("]")), "[a ").fixits,
    ["]"],
    "it takes the space itself",
  );
});

test("no function is asked for it: where one would have to be, it may help", (t) => {
  let calls = 0;
  const called = <T>(value: T): T => {
    calls++;
    return value;
  };
  const bracket = between(symbol("("), symbol("a"), symbol(")"));
  const mapped = seq(map(bracket, called), symbol("+"));
  t.deepEqual(
    run(mapped, "(a -").diagnostics[0]?.fixits.map(({ likely }) => likely),
    [false],
  );
  t.is(calls, 0);
  const bound = andThen(bracket, (value) => ok(called(value)));
  t.deepEqual(told(t, bound, "(a -").fixits, [")"]);
  t.is(calls, 0);
  const within = andThen(symbol("!"), () => mapped);
  t.deepEqual(told(t, within, "!(a -").fixits, [")"]);
  const own = primitive({
    name: "own",
    scan: () => {
      calls++;
    },
  } as never);
  t.deepEqual(
    run(seq(bracket, own as Parser<unknown>), "(a -").diagnostics[0]?.fixits.map(({ likely }) => likely),
    [undefined],
  );
  t.is(calls, 0);
});
