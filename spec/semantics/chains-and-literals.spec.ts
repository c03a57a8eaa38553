// Rules 3 and 5 for what is made of several parsers: operator chains, numbers, string literals.
import test from "ava";
import { as, chainl1, chainr1, many, map, or, seq } from "../../src/index.ts";
import { float, int10, string, stringLit, takeWhile1 } from "../../src/lex/index.ts";
import { everyWay } from "../_chunks.ts";
import { failsEmpty, failsForGood, gives, partly, refuses } from "./_reply.ts";

const [a, plus] = [string("a"), string("+")];
const join = as(plus, (left: string, right: string) => `(${left}+${right})`);
const letter = map(takeWhile1("abc"), String);

test("5: chains group to the left and to the right", (t) => {
  gives(t, chainl1(letter, join), "a+b+c", "((a+b)+c)");
  gives(t, chainr1(letter, join), "a+b+c", "(a+(b+c))");
  gives(t, chainl1(letter, join), "a", "a");
  gives(t, chainr1(letter, join), "a", "a");
});

test("5: they require the operand once an operator has read", (t) => {
  for (const chain of [chainl1, chainr1]) {
    refuses(t, chain(a, as(plus, () => "a" as const)), "a+x", 2, ["token:a"]);
    failsEmpty(t, chain(letter, join), "x");
    gives(t, chain(letter, join), "a-b", "a", partly);
  }
});

test("3: numbers and string literals fail where they stopped, consumed once past their first character", (t) => {
  failsForGood(t, stringLit, '"ab');
  t.is(everyWay(t, stringLit, '"ab').diagnostics[0]?.at.start.offset, 3);
  failsEmpty(t, stringLit, "ab");
  failsEmpty(t, float, "x");
  failsEmpty(t, int10, "x");
  gives(t, many(or(seq(int10, string(";")), string("x"))), "12;x", [["12", ";"], "x"]);
});
