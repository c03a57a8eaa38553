// What a fix-it inserts before space is not put into a comment that ended with its line.
import test, { type ExecutionContext } from "ava";
import { between, type Parser, sepBy } from "../../src/index.ts";
import { int10, lexeme, string, trivia } from "../../src/lex/index.ts";
import { everyWay } from "../_chunks.ts";

const space = trivia({ line: ["//"], block: [{ start: "/*", end: "*/" }] });
const token = (text: string): Parser<string> => lexeme(string(text), space);
const list = between(token("["), sepBy(lexeme(int10, space), token(",")), token("]"));

/** The input as its fix-it would make it. */
function fixed(t: ExecutionContext, input: string): string {
  const [{ fixits } = { fixits: [] }] = everyWay(t, list, input).diagnostics;
  const [fix] = fixits;
  t.is(fixits.length, 1);
  const { start, end } = (fix ?? t.fail()).span;
  const text = input.slice(0, start.offset) + fix?.insert + input.slice(end.offset);
  t.true(everyWay(t, list, text).ok);
  return text;
}

test("a closer comes behind the line of a comment", (t) => {
  t.is(fixed(t, "[1 // a\n"), "[1 // a\n]");
  t.is(fixed(t, "[1, 2 // a\n\n  // b\n  "), "[1, 2 // a\n\n  // b\n  ]");
});

test("and else where the last thing ends", (t) => {
  t.is(fixed(t, "[1\n\n"), "[1]\n\n");
  t.is(fixed(t, "[ // a\n1\n"), "[ // a\n1]\n");
  t.is(fixed(t, "[1 /* a */ \n"), "[1 /* a */ \n]");
});
