// Tokens and the space around them; words that must end.
import test from "ava";
import { cut, emit, many, opt, or, type Parser, run, seq } from "../../src/index.ts";
import {
  identifier,
  keyword,
  leading,
  lexeme,
  oneOf,
  reserved,
  string,
  symbol,
  takeWhile,
  token,
  trim,
} from "../../src/lex/index.ts";
import { runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { notes, told } from "./_told.ts";

const dashes = takeWhile("-");
const a = string("a");

test("space behind, before, and around", (t) => {
  t.deepEqual(everyWay(t, many(lexeme(a)), "a  a\n").value, ["a", "a"]);
  t.deepEqual(everyWay(t, many(leading(a)), "  a\na").value, ["a", "a"]);
  t.is(everyWay(t, trim(a), " a ").value, "a");
  t.deepEqual(everyWay(t, many(lexeme(a, dashes)), "a--a").value, ["a", "a"]);
  t.deepEqual(everyWay(t, many(leading(a, dashes)), "-a-a").value, ["a", "a"]);
  t.is(everyWay(t, trim(a, dashes), "-a-").value, "a");
  t.is(everyWay(t, token("an a", a, dashes), "a--").value, "a");
  t.is(everyWay(t, keyword("a", dashes), "a--").value, "a");
  t.is(everyWay(t, symbol("a", dashes), "a--").value, "a");
});

test("the space in force is the default of all", (t) => {
  const all = seq(lexeme(a), leading(a), trim(a), token("an a", a), symbol("a"), keyword("a"));
  t.true(everyWay(t, all.withSpace(dashes), "a--a-a--a-a-a-").ok);
  t.true(everyWay(t, all, "a a a a a a ").ok);
});

test("space is never among what was expected", (t) => {
  t.deepEqual(told(everyWay(t, seq(trim(a), string("b")), " a c")), ['E1001 3-3 expected "b"']);
  t.deepEqual(told(everyWay(t, leading(a), " b")), ['E1001 1-1 expected "a"']);
});

// token

const color = token("a color", seq(string("#"), oneOf("0123456789abcdef").many1()));

test("a token fails as one, at its start", (t) => {
  t.deepEqual(told(everyWay(t, color, "#x")), ["E1001 0-0 expected a color"]);
  t.deepEqual(told(everyWay(t, seq(a, color), "a")), ["E1001 1-1 unexpected end of input, expected a color"]);
  t.true(everyWay(t, or(color, string("#x")), "#x").ok);
  t.true(everyWay(t, or(token("x", cut(seq(a, string("b")))), string("ac")), "ac").ok);
  t.is(run(color, "x").diagnostics[0]?.expected?.alternatives[0]?.kind, "rule");
});

test("what has words of its own in a token keeps them", (t) => {
  const word = token("a word", token("a letter or more", seq(opt(a), keyword("if"))));
  const result = everyWay(t, word, "aifx");
  t.deepEqual(told(result), ['E1203 0-0 the keyword "if" runs together with what follows it']);
  t.deepEqual(result.diagnostics[0]?.expected?.alternatives, [{ kind: "rule", text: "a word" }]);
});

test("a token that failed has emitted nothing", (t) => {
  const { emitted } = everyWay(t, or(token("x", seq(emit(a), string("b"))), string("ac")), "ac");
  t.deepEqual(emitted, []);
});

// keyword

const kIf = keyword("if");

test("a keyword ends where an identifier would", (t) => {
  for (const input of ["if", "if ", "if  "]) t.is(everyWay(t, kIf, input).value, "if");
  for (const after of ["(", "-", "😀", "\u200b", "."])
    t.true(everyWay(t, seq(kIf, string(after)), `if${after}`).ok, after);
  for (const after of ["x", "2", "_", "é", "\u0301", "\u20dd", "٣", "𐐀", "·"]) {
    const result = everyWay(t, kIf, `if${after}`);
    t.deepEqual(told(result), ['E1203 0-0 the keyword "if" runs together with what follows it'], after);
    t.deepEqual(notes(result), ['write a space after "if"']);
    t.deepEqual(result.diagnostics[0]?.expected?.alternatives, [{ kind: "keyword", text: "if" }]);
  }
});

test("it fails empty, at its start", (t) => {
  t.is(everyWay(t, or(kIf, identifier), "ifx").value, "ifx");
  t.is(everyWay(t, or(kIf, keyword("ifx")), "ifx").value, "ifx");
  t.deepEqual(told(everyWay(t, kIf, "i")), ['E1001 0-0 expected "if"']);
  t.deepEqual(told(everyWay(t, or(kIf, keyword("in")), "ix")), ['E1001 0-0 expected "if" or "in"']);
});

test("it waits at its border, and only there", (t) => {
  const kind = (input: string): string => runStream(keyword("if", dashes), input, { requireEof: false }).kind;
  t.is(kind("if"), "pending");
  t.is(kind("if\ud83d"), "pending");
  t.is(kind("if("), "completed");
  t.is(kind("ifx"), "completed");
});

test("what ends in no letter is no keyword", (t) => {
  for (const text of ["<=", "", "+", "if "])
    t.throws(() => keyword(text), { instanceOf: TypeError, message: /keyword takes a word.*write symbol\(/ }, text);
  for (const text of ["#define", "end-if", "été", "用", "a1", "e\u20dd"]) t.true(run(keyword(text), text).ok, text);
  t.throws(() => keyword(1 as never), { instanceOf: TypeError, message: /keyword takes a word, got 1/ });
});

test("keywords and names", (t) => {
  const words = ["let", "in"];
  const statement: Parser<unknown> = seq(keyword("let"), lexeme(reserved(words)), symbol("="), lexeme(identifier));
  t.deepEqual(everyWay(t, statement, "let letter = x").value, ["let", "letter", "=", "x"]);
  t.deepEqual(told(everyWay(t, statement, "let in = x")), ['E1001 4-6 "in" is a reserved word']);
});

test("wrong arguments", (t) => {
  t.throws(() => token("", a), { instanceOf: TypeError, message: /token takes what it is called/ });
  t.throws(() => token(a as never, "x" as never), { instanceOf: TypeError });
  t.throws(() => lexeme("x" as never), { instanceOf: TypeError, message: /expected a parser/ });
  t.throws(() => leading(a, " " as never), { instanceOf: TypeError, message: /expected a parser/ });
  t.throws(() => symbol(1 as never), { instanceOf: TypeError });
});
