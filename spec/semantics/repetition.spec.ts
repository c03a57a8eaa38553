// Rules 5 and 6: repetitions, and what stands between an opening and a closing parser.
import test from "ava";
import {
  attempt,
  between,
  cutHere,
  delimited,
  each,
  many,
  many1,
  manyTill,
  ok,
  opt,
  or,
  type Parser,
  repeat,
  sepBy,
  sepBy1,
  sepEndBy,
  seq,
  skipMany,
} from "../../src/index.ts";
import { anyChar, lexeme, oneOf, string, symbol, takeWhile } from "../../src/lex/index.ts";
import { everyWay } from "../_chunks.ts";
import { emits, failsEmpty, failsForGood, gives, isFatal, partly, refuses } from "./_reply.ts";

const [a, b, c, comma, semicolon] = [string("a"), string("b"), string("c"), string(","), string(";")];
const ab = seq(a, b);
const cell = takeWhile((char) => char !== ",");

test("5: an iteration's empty failure ends it", (t) => {
  gives(t, many(a), "aaa", ["a", "a", "a"]);
  gives(t, many(a), "", []);
  gives(t, many(attempt(ab)), "abac", [["a", "b"]], partly);
  gives(t, skipMany(a), "aa", undefined);
});

test("5: a consumed or committed one is the repetition's", (t) => {
  refuses(t, many(ab), "abac", 3, ["token:b"]);
  failsForGood(t, many(ab), "ac");
  failsForGood(t, many(seq(cutHere(), a)), "b");
});

test("5: at least and at most", (t) => {
  failsEmpty(t, many1(a), "b");
  refuses(t, repeat(a, 3), "aab", 2, ["token:a"]);
  failsForGood(t, repeat(a, 3), "aab");
  gives(t, repeat(a, 1, 2), "aaa", ["a", "a"], partly);
  gives(t, repeat(a, 2, 2), "aa", ["a", "a"]);
  gives(t, repeat(a, 0, 0), "", []);
  gives(t, repeat(ok(1), 3, 3), "", [1, 1, 1]);
});

test("5: E3001 is about unbounded repetition whose separator and element together read nothing", (t) => {
  isFatal(t, many(ok(1)), "", "E3001", 0);
  isFatal(t, many1(opt(a)), "ab", "E3001", 1);
  isFatal(t, each(takeWhile("a")), "aab", "E3001", 2);
  isFatal(t, manyTill(takeWhile("a"), b), "aac", "E3001", 2);
  isFatal(t, sepBy(takeWhile("a"), ok(1)), "", "E3001", 0);
  gives(t, sepBy(cell, comma), "", [""]);
  gives(t, sepBy(cell, comma), "a,,b", ["a", "", "b"]);
  gives(t, sepBy(a, ok(0)), "aa", ["a", "a"]);
  gives(t, repeat(opt(a), 0, 3), "a", ["a", undefined, undefined]);
});

test("5: after a separator that read something sepBy requires an element", (t) => {
  gives(t, sepBy(a, comma), "a,a", ["a", "a"]);
  gives(t, sepBy(a, comma), "", []);
  refuses(t, sepBy(a, comma), "a,b", 2, ["token:a"]);
  refuses(t, sepBy1(a, comma), "b", 0, ["token:a"]);
  gives(t, sepBy(a, attempt(seq(comma, b))), "a,a", ["a"], partly);
});

test("5: sepEndBy doesn't", (t) => {
  gives(t, sepEndBy(a, comma), "a,a,", ["a", "a"]);
  gives(t, sepEndBy(a, comma), "a,a", ["a", "a"]);
  gives(t, sepEndBy(a, comma), "a,b", ["a"], partly);
  gives(t, sepEndBy(a, comma), "", []);
  refuses(t, sepEndBy(ab, comma), "ab,ac", 4, ["token:b"]);
  refuses(t, seq(sepEndBy(a, comma), semicolon), "a,b", 2, ["token:;", "token:a"]);
});

test("5: manyTill is or(end, p) repeated, the end read and dropped", (t) => {
  gives(t, manyTill(anyChar, semicolon), "ab;", ["a", "b"]);
  gives(t, manyTill(anyChar, semicolon), ";", []);
  refuses(t, manyTill(a, b), "aac", 2, ["token:a", "token:b"]);
  failsEmpty(t, manyTill(a, b), "c");
  refuses(t, manyTill(a, seq(b, c)), "ab", 2, ["token:c"]);
  gives(t, manyTill(oneOf("ab"), attempt(seq(b, c))), "abbc", ["a", "b"]);
});

test("5: each, with sep and with end", (t) => {
  gives(t, each(a), "aa", 2);
  gives(t, each(a, { sep: comma }), "a,a", 2);
  gives(t, each(a, { end: semicolon }), "aa;", 2);
  gives(t, each(a, { sep: comma, end: semicolon }), "a,a;", 2);
  gives(t, each(a, { sep: comma, end: semicolon }), ";", 0);
  refuses(t, each(a, { sep: comma, end: semicolon }), "a,;", 2, ["token:a"]);
  refuses(t, each(a, { sep: comma, end: semicolon }), "ab", 1, ["token:,", "token:;"]);
  emits(t, each(a, { sep: comma, end: semicolon }), "a,a,b", ["a", "a"]);
});

test("6: between is committed once open has read something", (t) => {
  failsForGood(t, between(string("["), opt(a), string("]")), "[x");
  refuses(t, or(between(string("["), opt(a), string("]")), string("[x")), "[x", 1, ["token:a", "token:]"]);
  gives(t, or(attempt(between(string("["), a, string("]"))), string("[x")), "[x", "[x");
});

test("6: where open read nothing it is plain", (t) => {
  gives(t, or(between(opt(string("[")), a, b), c), "c", "c");
});

test("6: a cut after open starts what is expected anew", (t) => {
  refuses(t, between(many1(a), opt(b), c), "aax", 2, ["token:b", "token:c"]);
});

test("6: delimited never commits", (t) => {
  const inner = delimited(lexeme(ok(1)), a, b);
  failsEmpty(t, inner, "x");
  gives(t, seq(delimited(a, opt(b), c)), "abc", ["b"]);
});

/** Where the notes of the failure point to, and what its fix-its insert and where. */
function advice(parser: Parser<unknown>, input: string, t: Parameters<typeof everyWay>[0]): unknown {
  const [diagnostic] = everyWay(t, parser, input, partly).diagnostics;
  return {
    opened: diagnostic?.notes.flatMap((note) => (note.span ? [note.span.start.offset] : [])),
    inserts: diagnostic?.fixits.map((fix) => [fix.span.start.offset, fix.insert]),
  };
}

test("6: a missing close points back to where it was opened and is put right", (t) => {
  const list = between(string("["), many(a), string("]"));
  t.deepEqual(advice(seq(c, list), "c[aa", t), { opened: [1], inserts: [[4, "]"]] });
  t.deepEqual(advice(seq(c, list), "c[ax", t), { opened: [1], inserts: [[3, "]"]] });
});

test("6: the fix goes before trailing space", (t) => {
  t.deepEqual(advice(between(symbol("["), many(symbol("a")), symbol("]")), "[ a  x", t), {
    opened: [0],
    inserts: [[3, "]"]],
  });
});

test("6: no fix where close is not a fixed text", (t) => {
  t.deepEqual(advice(between(string("["), a, oneOf("])")), "[a", t), { opened: [0], inserts: [] });
});

test("6: neither where something else failed", (t) => {
  t.deepEqual(advice(between(string("["), a, string("]")), "[b", t), { opened: [], inserts: [] });
  t.deepEqual(advice(between(string("["), a, seq(b, c)), "[abx", t), { opened: [], inserts: [] });
});

test("6: of nested ones the innermost counts, at the end of input all that are open", (t) => {
  const nest = between(string("["), between(string("("), a, string(")")), string("]"));
  t.deepEqual(advice(nest, "[(ax", t), { opened: [1], inserts: [[3, ")"]] });
  t.deepEqual(advice(nest, "[(a)x", t), { opened: [0], inserts: [[4, "]"]] });
  const inserts = [
    [3, ")"],
    [3, "]"],
  ];
  t.deepEqual(advice(nest, "[(a", t), { opened: [1, 0], inserts });
  t.deepEqual(advice(nest, "[(a)", t), { opened: [0], inserts: [[4, "]"]] });
});
