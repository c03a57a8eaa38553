// Listings: every instruction with its operands, every rule with its name.
import test from "ava";
import { json } from "../../src/formats/json.ts";
import { between, choice, lazy, listing, type Parser, rule, run, sepBy } from "../../src/index.ts";
import { string, takeWhile } from "../../src/lex/index.ts";

test("what a rule is called stands before its code, also where it is entered in one instruction with what opens it", (t) => {
  const item: Parser<unknown> = lazy(() => choice([string("a"), list]));
  const list: Parser<unknown> = rule("list", between(string("["), sepBy(item, string(",")), string("]")));
  t.regex(listing(list), /^list:\n *\d+ {2}bracket "\["$/m);
  // what a `lazy` stands for is known once it has run
  t.true(run(json, "[{}]").ok);
  const text = listing(json);
  t.regex(text, / rule_open_list →\d+ array$/m);
  for (const name of ["array", "object"]) t.regex(text, new RegExp(`^${name}:\\n *\\d+ {2}bracket`, "m"));
});

test("an operand is shown by what it means", (t) => {
  const text = listing(choice([string("ab").as(1), takeWhile("0-9"), lazy(() => string("x"))]));
  t.regex(text, /text "ab"$/m);
  t.regex(text, /const 1$/m);
  t.regex(text, /choice →\d+$/m);
  t.regex(text, /span_value - →\d+$/m);
  t.regex(text, /span \[[^\]]+\]$/m);
});
