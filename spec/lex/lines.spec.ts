// Where a place stands in its line.
import test from "ava";
import { andThen, many, manyTill, map, notFollowedBy, or, seq, skipL, skipR } from "../../src/index.ts";
import {
  anyChar,
  bol,
  column,
  eol,
  indentEq,
  indentGt,
  lineEnding,
  string,
  takeWhile,
  takeWhile1,
} from "../../src/lex/index.ts";
import { everyWay } from "../_chunks.ts";
import { failsEmpty, gives, refuses } from "../semantics/_reply.ts";

test("bol: at the start, and after each line end", (t) => {
  const starts = many(seq(map(bol, () => true).or(notFollowedBy(bol)), anyChar));
  const found = (input: string): string => {
    const result = everyWay(t, starts, input);
    return (result.value ?? []).map(([at]) => (at === true ? "^" : ".")).join("");
  };
  t.is(found("ab\ncd\r\ne\rf\n\ng"), "^..^..^^.^.^^");
  t.is(found("ab\ncd"), "^..^.");
  t.is(found("\ufeffab"), "^.");
  refuses(t, skipL(string("a"), bol), "ab", 1, ["rule:beginning of a line"]);
  failsEmpty(t, seq(string("a").opt(), notFollowedBy(bol), bol), "");
  gives(t, bol, "", undefined);
});

test("eol: before each line end, and at the end", (t) => {
  const line = skipR(manyTill(anyChar, eol), or(lineEnding, eol));
  gives(t, seq(line, line, line, line), "ab\nc\r\n\rd", [["a", "b"], ["c"], [], ["d"]]);
  gives(t, seq(string("a"), eol, lineEnding, eol), "a\r\n", ["a", undefined, undefined, undefined]);
  refuses(t, skipL(string("a"), eol), "ab", 1, ["rule:end of a line"]);
  failsEmpty(t, eol, "x");
});

test("column: grapheme clusters from 1", (t) => {
  const columns = many(skipR(column, takeWhile1("ab\n\t\r").or(anyChar)));
  gives(t, many(skipR(column, anyChar)), "a\tb\néé\r\nx", [1, 2, 3, 4, 1, 2, 3, 1, 1]);
  gives(t, many(skipR(column, anyChar)), "e\u0301x", [1, 2, 2]);
  gives(t, columns, "", []);
});

test("indentEq and indentGt: how much stands before", (t) => {
  const blanks = takeWhile(" \t\n");
  gives(t, seq(blanks, indentEq(0), string("x")), "x", ["", undefined, "x"]);
  gives(t, seq(blanks, indentEq(2), string("x")), "\n  x", ["\n  ", undefined, "x"]);
  gives(t, seq(blanks, indentEq(1), string("x")), "\tx", ["\t", undefined, "x"]);
  refuses(t, seq(blanks, indentEq(2), string("x")), " x", 1, ["rule:indentation of 2"]);
  gives(t, seq(blanks, indentGt(1), string("x")), "  x", ["  ", undefined, "x"]);
  refuses(t, seq(blanks, indentGt(2), string("x")), "  x", 2, ["rule:indentation of more than 2"]);
  failsEmpty(t, indentEq(1), "x");
  failsEmpty(t, indentGt(0), "x");
});

test("with column: what hangs deeper belongs to what stands before", (t) => {
  const item = andThen(skipR(column, string("-")), (at) =>
    many(skipL(takeWhile(" \n"), skipL(indentGt(at - 1), takeWhile1("abc"))).attempt()),
  );
  gives(t, many(skipL(takeWhile(" \n"), item).attempt()), "- a\n  b\n- c\n -a", [["a", "b"], ["c"], ["a"]]);
});

test("bad arguments", (t) => {
  for (const n of [-1, 0.5, "2", Number.POSITIVE_INFINITY]) {
    t.throws(() => indentEq(n as number), { instanceOf: RangeError, message: /indentEq takes a number of columns/ });
    t.throws(() => indentGt(n as number), { instanceOf: RangeError, message: /indentGt takes a number of columns/ });
  }
});
