// A separator with nothing behind it before a closing bracket: it is pointed to, and a fix-it removes it.
import test, { type ExecutionContext } from "ava";
import { calculation } from "../../docs/examples/calculator.ts";
import { pretty } from "../../src/diagnostics/index.ts";
import { json, jsonValue } from "../../src/formats/json.ts";
import {
  andThen,
  attempt,
  between,
  choice,
  count,
  delimited,
  label,
  lazy,
  many,
  map,
  ok,
  opt,
  type Parser,
  panicUntil,
  type RunConfig,
  rule,
  run,
  sepBy,
  sepBy1,
  sepEndBy,
  seq,
  skipL,
  skipR,
} from "../../src/index.ts";
import {
  charSet,
  identifier,
  int10,
  keyword,
  lexeme,
  oneOf,
  spaces0,
  string,
  symbol,
  takeWhile,
  takeWhile1,
  trivia,
} from "../../src/lex/index.ts";
import { CLOSED, parseLoopSync } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";

/** Where the separator of the last error is said to stand, as the text that is underlined and removed and its place. */
function told(t: ExecutionContext, parser: Parser<unknown, unknown>, input: string, config?: RunConfig): unknown {
  const { diagnostics } = everyWay(t, parser, input, config);
  const last = diagnostics.at(-1);
  const note = last?.notes.find(({ message }) => message === "nothing follows it");
  if (note?.span === undefined) {
    t.false(last?.fixits.some(({ insert }) => insert === ""));
    return undefined;
  }
  const { start, end } = note.span;
  t.deepEqual(last?.fixits, [{ span: note.span, insert: "" }]);
  t.is(start.line, end.line);
  const text = input.slice(start.offset, end.offset);
  t.is(end.column - start.column, text.length);
  t.is(end.byteOffset - start.byteOffset, text.length);
  t.is(start.byteOffset, new TextEncoder().encode(input.slice(0, start.offset)).length);
  return `${start.line}:${start.column} ${text}`;
}

const value: Parser<unknown> = label("value", lexeme(int10));
const listOf = (element: Parser<unknown>, comma: Parser<unknown> = symbol(",")): Parser<unknown> =>
  between(symbol("["), sepBy(element, comma), symbol("]"));

test("JSON", (t) => {
  t.is(told(t, json, "[1, 2, ]"), "1:6 ,");
  t.is(told(t, json, '{"a": 1,}'), "1:8 ,");
  t.is(told(t, json, '{"é😀": [1,\n\t 2 ,\r\n \n] }'), "2:5 ,");
  t.is(told(t, json, "[[1,2,],3]"), "1:6 ,");
  t.is(told(t, json, '[{"a": [1], }]'), "1:11 ,");
});

test("JSON where the separator is not to blame", (t) => {
  for (const input of ["[,]", "[1,,]", "[1,}", "[1,", '{"a":}', '{"a,":}', '["a,]', "[1 ]]", "[-,]", ",]"]) {
    t.is(told(t, json, input), undefined, input);
  }
});

test("arguments of a calculation", (t) => {
  t.is(told(t, calculation, "f(1,)"), "1:4 ,");
  t.is(told(t, calculation, "1 + max(2, g(3) , )"), "1:17 ,");
  t.is(told(t, calculation, "f(1, 2+)"), undefined);
  t.is(told(t, calculation, "f(,)"), undefined);
});

test("a separator in a label, with space of its own, or longer", (t) => {
  t.is(told(t, listOf(value, label("comma", symbol(","))), "[1, 2, ]"), "1:6 ,");
  t.is(told(t, listOf(value, symbol("=>")), "[1 => 2 =>\n]"), "1:9 =>");
  t.is(told(t, listOf(value, keyword("and")), "[1 and 2 and ]"), "1:10 and");
  t.is(told(t, listOf(value, skipR(symbol(";"), many(symbol("!")))), "[1;]"), "1:3 ;");
  t.is(told(t, listOf(value, choice([symbol(","), symbol(";")])), "[1,]"), undefined);
  t.is(told(t, sepBy(value, symbol(",")), "1,]"), undefined);
});

test("whatever the list is wrapped in", (t) => {
  const list = sepBy1(value, symbol(","));
  const words = label("word", lexeme(identifier));
  const named = seq(words, symbol(":"), list);
  const insides: readonly Parser<unknown>[] = [
    rule("list", list),
    map(list, (values) => values.length),
    lazy(() => list),
    seq(symbol("|"), list, spaces0),
    choice([seq(words, symbol("!")), seq(symbol("|"), list)]),
    list.opt(),
    label("what it holds", list),
  ];
  for (const inside of insides) {
    const parser = between(symbol("("), inside, symbol(")"));
    const input = run(parser, "(1, 2)").ok ? "(1, 2, )" : "(|1, 2, )";
    t.is(told(t, parser, input), input === "(1, 2, )" ? "1:6 ," : "1:7 ,", input);
  }
  t.is(told(t, between(symbol("("), named, symbol(")")), "(a: 1, 2,)"), "1:9 ,");
});

test("lists in lists, and elements of many kinds", (t) => {
  const nested: Parser<unknown> = lazy(() => choice([value, listOf(nested), seq(identifier, listOf(nested))]));
  t.is(told(t, nested, "[1, a[2, [3], ], 4]"), "1:13 ,");
  t.is(told(t, nested, "[1, a[2, [3]], ]"), "1:14 ,");
  t.is(told(t, listOf(rule("pair", seq(lexeme(identifier), symbol("="), value))), "[a = 1, ]"), "1:7 ,");
  t.is(told(t, listOf(attempt(seq(lexeme(identifier), symbol("=")))), "[a=,]"), "1:4 ,");
  t.is(told(t, skipL(many(symbol("#")), count(listOf(value), 2)), "# [1] [2,\n]"), "1:9 ,");
});

test("a separator that the element may have itself is not blamed", (t) => {
  const pair = seq(symbol("<"), value, symbol(","), value, symbol(">"));
  t.is(told(t, listOf(choice([value, pair])), "[1, <2, ]"), undefined);
  t.is(told(t, listOf(choice([value, pair])), "[1, ]"), undefined);
  t.is(told(t, listOf(choice([value, between(symbol("<"), pair, symbol(">"))])), "[1, ]"), "1:3 ,");
  const made = andThen(value, (n) => (n === 0 ? symbol(",") : ok(n)));
  t.is(told(t, listOf(made), "[1, ]"), undefined);
  // it is text here
  const text = delimited(string("'"), takeWhile("ab, "), label("closing quote", string("'")));
  t.is(told(t, listOf(choice([value, text])), "[1, 'a, ]"), undefined);
});

test("where it may stand, or is not the last thing, nothing is said", (t) => {
  t.true(run(between(symbol("["), sepEndBy(value, symbol(",")), symbol("]")), "[1,]").ok);
  const spaced = trivia({ line: [], block: [{ start: "/*", end: "*/" }] });
  t.is(told(t, listOf(value, skipR(string(","), spaced)), "[1, /* two */ ]"), undefined);
  // a closer of several characters need not be here yet
  t.is(told(t, between(keyword("begin"), sepBy(value, symbol(";")), keyword("end")), "begin 1; end"), undefined);
  t.is(told(t, attempt(listOf(value)), "[1,]"), undefined);
});

test("in a comment, or where there may be one, it is no separator", (t) => {
  const space = trivia({ line: ["//", "#"], block: [{ start: "/*", end: "*/" }] });
  const comma = skipR(string(","), space);
  const list = between(skipR(string("["), space), sepBy(skipR(value, space), comma), string("]"));
  t.is(told(t, list, "[1, // x,\n]"), undefined);
  t.is(told(t, list, "[1,\n# old: 2,\n]"), undefined);
  t.is(told(t, list, "[1, // x\n]"), undefined);
  t.is(told(t, list, "[1,\n2,\n]"), "2:2 ,");
  t.is(told(t, list, "[1, ]"), "1:3 ,");
  t.is(told(t, list, "[// one,\n1,\n]"), "2:2 ,");
  // space before the elements
  const element = label("value", skipL(space, int10));
  const before = between(string("["), sepBy(element, skipL(space, string(","))), skipL(space, string("]")));
  t.is(told(t, before, "[1, // x,\n]"), undefined);
  t.is(told(t, listOf(value), `[1${" ".repeat(5000)},\n]`), "1:5003 ,");
});

test("one that had to come before the list is not blamed", (t) => {
  const id = lexeme(identifier);
  const comma = symbol(",");
  const inBrackets = (p: Parser<unknown>): Parser<unknown> => between(symbol("("), p, symbol(")"));
  t.is(told(t, inBrackets(seq(id, comma, sepBy1(id, comma))), "(a,)"), undefined);
  t.is(told(t, inBrackets(seq(opt(seq(keyword("set"), comma)), sepBy1(id, comma))), "(set, )"), undefined);
  t.is(told(t, inBrackets(seq(keyword("of"), sepBy1(id, comma))), "(of a,)"), "1:6 ,");
});

test("in text between quotes that are the same it is no separator", (t) => {
  const text = seq(string("'"), takeWhile1("abc, "), lexeme(string("'")));
  t.is(told(t, listOf(choice([value, text])), "['a, ]"), undefined);
  t.is(told(t, listOf(choice([value, text])), "['a', ]"), "1:5 ,");
});

test("a separator that belongs to the character before it is not parted from it", (t) => {
  const word = takeWhile1(charSet("a-z\\u{80}-\\u{10FFFF}"));
  t.is(told(t, listOf(word), "[x\u0600,]"), undefined);
  t.is(told(t, listOf(word), "[é,]"), "1:3 ,");
  t.is(told(t, listOf(word), "[x\u{1F600},]"), "1:4 ,");
});

test("in a run that recovers", (t) => {
  const elements = sepBy(panicUntil(jsonValue, oneOf(",]"), null), symbol(","));
  const list = between(symbol("["), elements, symbol("]"));
  const config: RunConfig = { extensions: { recover: { mode: "collect" } } };
  t.is(told(t, list, "[1, tru, 2, ]", config), "1:11 ,");
  t.is(run(list, "[1, tru, 2, ]", config).diagnostics.length, 2);
});

test("space that is longer than what is kept", (t) => {
  for (const [spaces, expected] of [
    [4095, 2],
    [4096, undefined],
    [100_000, undefined],
  ] as const) {
    const input = `[1,${" ".repeat(spaces)}]`;
    const whole = run(json, input).diagnostics;
    t.is(whole[0]?.fixits[0]?.span.start.offset, expected);
    const loop = parseLoopSync(json);
    let step = loop.next();
    for (let at = 0; at < input.length && step.done !== true; at += 50) step = loop.next(input.slice(at, at + 50));
    if (step.done !== true) step = loop.next(CLOSED);
    t.deepEqual(step.done === true ? step.value.result.diagnostics : [], whole);
  }
});

test("printed, and in Japanese", (t) => {
  t.is(
    pretty(run(json, "[1, 2, ]", { locale: "ja" }).diagnostics),
    pretty(run(json, "[1, 2, ]").diagnostics, undefined, { locale: "ja" }),
  );
  t.deepEqual(pretty(run(json, "[1,\n]").diagnostics).split("\n").slice(-4), [
    'help: remove ","',
    "  |",
    "1 | [1,",
    "  |   -",
  ]);
});
