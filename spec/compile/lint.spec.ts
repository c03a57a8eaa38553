// What `lint` tells of a grammar, and what it leaves alone: a finding that is none costs more than one that is missing.
import test from "ava";
import * as json from "../../src/formats/json.ts";
import {
  type AnyParser,
  andThen,
  attempt,
  between,
  chainl1,
  choice,
  concat,
  cut,
  cutHere,
  delimited,
  each,
  emit,
  eof,
  expect,
  fail,
  type LintFinding,
  label,
  lazy,
  lint,
  listing,
  lookahead,
  many,
  many1,
  manyTill,
  map,
  notFollowedBy,
  ok,
  opt,
  or,
  Parser,
  position,
  recover,
  repeat,
  rule,
  run,
  sepBy,
  sepBy1,
  sepEndBy,
  seq,
  skipMany,
  slice,
  syncTo,
} from "../../src/index.ts";
import * as lex from "../../src/lex/index.ts";

const {
  anyChar,
  identifier,
  int10,
  lexeme,
  noneOf,
  oneOf,
  regex,
  spaces0,
  string,
  symbol,
  takeUntil,
  takeWhile,
  takeWhile1,
} = lex;
const [a, b, c, comma] = [string("a"), string("b"), string("c"), string(",")];
const codes = (p: AnyParser): string[] => lint(p).map(({ code }) => code);
const isParser = (value: unknown): value is AnyParser => value instanceof Parser;

const expression: Parser<unknown> = rule(
  "expression",
  lazy(() => choice([int10, between(symbol("("), expression, symbol(")"))])),
);
const sum: Parser<unknown> = rule(
  "sum",
  lazy(() => or(seq(term, string("+"), int10), term)),
);
const term: Parser<unknown> = rule(
  "term",
  lazy(() => or(seq(sum, string("*")), int10)),
);
const nameless: Parser<unknown> = lazy(() => or(seq(nameless, a), a));
const indirect: Parser<unknown> = rule(
  "indirect",
  lazy(() => seq(spaces0, opt(comma), indirect)),
);

type Example = readonly [parser: AnyParser, code: string, message?: RegExp];

const wrong: readonly Example[] = [
  [sum, "L101", /sum → term → sum/],
  [nameless, "L101", /is read: choice\(\[seq\(itself, "a"\), "a"\]\)$/],
  [indirect, "L101", /indirect → indirect/],

  [many(takeWhile("a")), "L102", /many\(takeWhile\(\[a\]\)\) can't advance.*E3001/],
  [many(opt(a)), "L102"],
  [many(many(a)), "L102"],
  [skipMany(spaces0), "L102"],
  [many(eof), "L102"],
  [many(seq(opt(a), notFollowedBy(b))), "L102"],
  [sepBy(takeWhile("a"), spaces0), "L102", /its separator and its element/],
  [sepEndBy(opt(a), opt(comma)), "L102"],
  [manyTill(takeWhile("a"), b), "L102"],
  [manyTill(takeWhile("a"), eof), "L102", /as before "!"/],
  [each(ok(1)), "L102"],
  [many(seq(notFollowedBy(eof), takeWhile("a"))), "L102"],

  [choice([takeWhile("a"), b, c]), "L103", /alternatives from 2 on are never tried: alternative 1, takeWhile/],
  [choice([opt(a), b]), "L103", /alternative 2 is never tried/],
  [choice([a, choice([many(b), c])]), "L103"],
  [choice([ok(1), a]), "L103"],
  [choice([cut(a), b]), "L103", /is cut from its start/],
  [choice([expect("an a", a), b]), "L103"],
  [choice([seq(cutHere(), a), b]), "L103"],

  [or(a, string("ab")), "L104", /alternative 2, "ab", is never taken: alternative 1, "a", takes its beginning, "a"/],
  [choice([symbol("<"), symbol(">"), symbol("<=")]), "L104", /alternative 3, "<="/],
  [or(a, seq(a, b)), "L104"],
  [or(string("ab"), map(seq(a, b), String)), "L104"],
  [choice([a, b, a]), "L104"],
  [choice([oneOf("0123456789"), int10]), "L104"],
  [choice([oneOf("ab"), oneOf("cd"), oneOf("bc")]), "L104", /takes every character/],
  [choice([string("é"), string("éa")]), "L104"],
  [choice([noneOf("x"), string("é")]), "L104"],
  [choice([attempt(symbol("a")), string("ab")]), "L104"],
  [
    choice([identifier, lex.keyword("if")]),
    "L104",
    /alternative 2, "if", is never taken: alternative 1, identifier, takes/,
  ],
  [
    choice([rule("name", lexeme(identifier)), rule("if", seq(lex.keyword("if"), int10))]),
    "L104",
    /takes its beginning, "if"/,
  ],
  [choice([lex.reserved(["else"]), lex.keyword("if")]), "L104"],
  [choice([lex.identifierOf({ start: "abc", continue: "abc", forbidBidi: true }), string("ab")]), "L104"],
  [choice([attempt(seq(oneOf("ab"), opt(c), oneOf("xy"))), string("ay")]), "L104"],
  [choice([regex(/[a-z]+/u), a]), "L104"],
  [choice([takeWhile1((char) => char >= "a" && char <= "z"), string("do")]), "L104"],
  [choice([map(many1(oneOf("ab")), String), string("abab")]), "L104"],

  [or(seq(a, b), seq(a, c)), "L105", /begins with "a", and once it has read them/],
  [or(seq(int10, string("."), int10), int10), "L105", /begins with the same characters/],
  [or(seq(identifier, symbol("=")), identifier), "L105"],
  [choice([between(string("["), a, string("]")), string("[[")]), "L105"],
  [choice([many1(seq(a, b)), string("ac")]), "L105"],
  [choice([seq(identifier, symbol("=")), lex.keyword("if")]), "L105", /begins with "if", and once it has read them/],

  [many(cut(a)), "L106", /many\(cut\("a"\)\) can't end/],
  [many(expect("an a", a)), "L106"],
  [many(seq(cutHere(), a)), "L106"],
  [sepBy(a, cut(comma)), "L106", /its separator/],
  [opt(cut(a)), "L106", /opt\(cut\("a"\)\) can't be absent/],

  [attempt(many(string("ab"))), "L107", /attempt\(many\("ab"\)\) may read any amount/],
  [attempt(seq(expression, string("!"))), "L107"],
  [lookahead(sepBy(int10, comma)), "L107"],
  [notFollowedBy(many(seq(a, b)).skipR(c)), "L107"],

  [takeWhile(() => true), "L108"],
  [takeWhile(lex.charSet("^")), "L108"],
  [slice(many(anyChar)), "L108", /slice\(many\(\[any character\]\)\)/],
  [slice(many(choice([noneOf("\n"), string("\n")]))), "L108"],
  [concat(many(anyChar)), "L108"],
  [skipMany(emit(slice(many1(anyChar)))), "L108"],

  [attempt(emit(a)), "L109", /holds back/],
  [attempt(seq(a, opt(rule("b", seq(emit(b), c))))), "L109"],
  [lookahead(emit(a)), "L109", /dropped/],

  [label("space", takeWhile(" ")), "L110", /the label "space" is never shown/],
  [label("nothing", ok(1)), "L110"],

  [regex(/a(?:a*b)?/u), "L112", /past its match/],
  [many(regex(/"(?:[^"]*")?/u)), "L112"],

  [oneOf("a-z"), "L113", /^"a-z" stands for "a", "-", "z" here/],
  [takeWhile("_A-Za-z0-9"), "L113", /^"A-Z"/],
  [many(noneOf("0-9")), "L113"],

  [choice([]), "L114", /^choice\(\[\]\) always fails/],
  [seq(a, oneOf("")), "L114", /never matches/],

  [seq(rule("x", a), rule("x", b)), "L111", /2 different rules are named "x"/],
];

for (const [index, [parser, code, message = /./]] of wrong.entries()) {
  test(`${code}: ${firstMessage(parser)} (${index})`, (t) => {
    const found = lint(parser);
    t.deepEqual([...new Set(found.map((one) => one.code))], [code], JSON.stringify(found));
    t.regex(found[0]?.message ?? "", message);
    t.true((found[0]?.help.length ?? 0) > 10);
  });
}

function firstMessage(parser: AnyParser): string {
  return lint(parser)[0]?.message ?? "nothing found";
}

const fine: readonly (readonly [name: string, parser: AnyParser])[] = [
  ["a grammar that goes round", expression],
  ["sepBy of what may be empty, with a separator that is not", sepBy(takeWhile("a"), comma)],
  ["what always reads before the end does", manyTill(opt(anyChar), eof)],
  ["a bounded repetition of nothing", repeat(opt(a), 2, 2)],
  ["a body whose function decides", many(andThen(ok(1), () => a))],
  ["a body that looks before it reads", many(seq(lookahead(oneOf("ab")), takeWhile("ab")))],
  [
    "chains",
    chainl1(
      int10,
      string("+").as((x: string) => x),
    ),
  ],
  ["the empty alternative last", choice([a, b, takeWhile("c")])],
  ["a cut behind the part that decides", choice([seq(a, cutHere(), b), c])],
  ["a last alternative that is cut", choice([a, expect("a or b", b)])],
  ["a last alternative that only says why", choice([a, fail("no a")])],
  ["longer texts first", choice([string("ab"), a])],
  ["a longer text under an attempt", or(attempt(seq(a, b)), seq(a, c))],
  ["different texts that begin alike", choice([string("ab"), string("ac"), string("b")])],
  ["a token that looks behind itself", or(seq(attempt(seq(a, notFollowedBy(b))), c), string("ab"))],
  ["a keyword that is no identifier", choice([lex.reserved(["if", "else"]), lex.keyword("if"), lex.keyword("else")])],
  ["keywords before identifiers", choice([lex.keyword("if"), lex.keyword("in"), identifier])],
  ["keywords of which one begins another", choice([lex.keyword("in"), lex.keyword("int")])],
  ["a word that an attempt may not finish", choice([attempt(seq(identifier, symbol("="))), lex.keyword("if")])],
  ["an identifier of other letters", choice([lex.identifierOf({ start: "xyz", continue: "xyz" }), string("if")])],
  ["a judge that may refuse", choice([lex.toI64(takeWhile1("0123456789")).attempt(), string("99999999999999999999")])],
  ["a class that nothing need match", takeWhile("")],
  ["half of a pair", or(string("\ud83d"), string("😀"))],
  ["characters of which some are left", choice([oneOf("ab"), oneOf("bc")])],
  ["what a predicate leaves", choice([takeWhile1((char) => char > "é"), string("é")])],
  ["a cut inside a bracketed list", many(between(string("["), a, string("]")))],
  ["an end that ends it", manyTill(cut(a), b)],
  ["a list that must not be empty", sepBy1(cut(a), comma)],
  ["an attempt over a token and its space", attempt(seq(lexeme(identifier), skipMany(string(" ")), string("=")))],
  ["a token that something ends", slice(many(choice([noneOf('"\\'), seq(string("\\"), anyChar)])))],
  ["a text that ends it", takeUntil("-->")],
  ["patterns that match as they go", choice([regex(/[0-9]+(?:\.[0-9]+)?/u), regex(/"[^"]*"/u), regex(/(?:ab)+/u)])],
  ["a range, and a sign that is none", seq(oneOf(lex.charSet("a-z")), oneOf("+-*"), oneOf("-az"), oneOf("a-"))],
  ["what is skipped", skipMany(anyChar)],
  ["what is skipped after an error", many(recover(cut(a), syncTo(comma), "?"))],
  ["an emission outside the attempt", each(attempt(seq(a, b)))],
  ["a label that shows although its parser succeeds", seq(label("digits", many(oneOf("01"))), a)],
  ["one rule in two places", delimited(rule("x", a), b, rule("y", seq(position, c)))],
  ["spaces in force", seq(symbol("a"), lexeme(b)).withSpace(skipMany(string("-")))],
];

for (const [name, parser] of fine) {
  test(`nothing is said of ${name}`, (t) => {
    t.deepEqual(lint(parser), []);
  });
}

test("nothing is said of what ships", (t) => {
  const shipped = Object.entries({ ...json, ...lex }).filter(([, value]) => isParser(value));
  t.true(shipped.length > 5);
  for (const [name, parser] of shipped) t.deepEqual(lint(parser as AnyParser), [], name);
});

test("a finding names the innermost rule that it is in", (t) => {
  const inner = rule("inner", many(opt(a)));
  const found = lint(rule("outer", seq(inner, choice([a, string("ab")]))));
  t.deepEqual(
    found.map(({ code, rule }): Pick<LintFinding, "code" | "rule"> => ({ code, rule: rule ?? "none" })),
    [
      { code: "L102", rule: "inner" },
      { code: "L104", rule: "outer" },
    ],
  );
  t.false("rule" in (lint(or(a, string("ab")))[0] ?? {}));
});

test("a cycle is told once, and a parser that is used twice too", (t) => {
  t.is(lint(sum).length, 1);
  const twice = or(a, string("ab"));
  t.is(lint(seq(twice, twice)).length, 1);
});

test("what the space in force is made of is looked at too", (t) => {
  t.deepEqual(codes(seq(symbol("a"), symbol("b")).withSpace(skipMany(opt(string(" "))))), ["L102"]);
});

test("no function of the grammar is called", (t) => {
  const never = (): never => {
    throw new Error("called");
  };
  t.deepEqual(lint(seq(map(a, never), andThen(b, never))), []);
});

test("what is no parser is refused", (t) => {
  t.throws(() => lint("a" as never), { instanceOf: TypeError, message: /expected a parser/ });
});

test("what is told of an alternative is true of a run", (t) => {
  for (const [parser, code] of wrong) {
    if (code !== "L102") continue;
    const ends = ["", "!", "a", "a!", "aa!"].map((input) => run(parser, input, { requireEof: false }));
    t.true(
      ends.some(({ diagnostics }) => diagnostics[0]?.code === "E3001"),
      listing(parser),
    );
  }
});

test("a grammar may be large", (t) => {
  const names = Array.from({ length: 5000 }, (_, i) => `x${i}`);
  t.is(lint(choice(names.map((name) => string(name)))).length, 5000 - 10);
  t.deepEqual(lint(choice(names.reverse().map((name) => string(name)))), []);
  let deep: Parser<unknown> = a;
  for (let i = 0; i < 5000; i += 1) deep = i % 2 === 0 ? seq(string("("), deep) : deep.map((value) => value);
  t.deepEqual(lint(deep), []);
});
