// The rules of a grammar as data.
import test from "ava";
import { json } from "../../src/formats/json.ts";
import { type AnyParser, grammarOf, lazy, many, opt, or, type Parser, rule, seq, withDoc } from "../../src/index.ts";
import { identifier, int10, oneOf, string, symbol } from "../../src/lex/index.ts";

const item = withDoc(rule("item", or(identifier, int10)), "a name or a number");
const list = rule("list", withDoc(seq(symbol("["), many(item), symbol("]")), "items in brackets"));

test("rules come in the order in which one reads them", (t) => {
  t.deepEqual(grammarOf(list), [
    {
      id: 0,
      name: "list",
      doc: "items in brackets",
      nullable: false,
      first: '"["',
      uses: [1],
      leftRecursive: false,
    },
    {
      id: 1,
      name: "item",
      doc: "a name or a number",
      nullable: false,
      first: "identifier or digit",
      uses: [],
      leftRecursive: false,
    },
  ]);
});

test("json: an object and an array, each of which may hold both", (t) => {
  t.deepEqual(
    grammarOf(json).map(({ name, first, uses }) => ({ name, first, uses })),
    [
      { name: "object", first: '"{"', uses: [0, 1] },
      { name: "array", first: '"["', uses: [0, 1] },
    ],
  );
});

test("what may read nothing is nullable, and says what it could read", (t) => {
  const [info] = grammarOf(rule("sign", opt(oneOf("+-"))));
  t.like(info, { nullable: true, first: "[+-]" });
  t.is(grammarOf(rule("end", seq(opt(string("a")), string("b"))))[0]?.first, '"a" or "b"');
});

test("left recursion, through another rule too", (t) => {
  const sum: Parser<unknown> = rule(
    "sum",
    lazy(() => or(seq(product, string("+")), int10)),
  );
  const product: Parser<unknown> = rule(
    "product",
    lazy(() => seq(sum, string("*"))),
  );
  const top = rule("top", seq(string("="), sum));
  t.deepEqual(
    grammarOf(top).map(({ name, leftRecursive }) => [name, leftRecursive]),
    [
      ["top", false],
      ["sum", true],
      ["product", true],
    ],
  );
});

test("rules in a space are rules of the grammar, and one rule under two spaces is one", (t) => {
  const comment = rule("comment", string("#"));
  const word = rule("word", symbol("a"));
  const grammar = rule("top", seq(word, word.withSpace(many(comment))));
  t.deepEqual(
    grammarOf(grammar).map(({ name, uses }) => [name, uses]),
    [
      ["top", [1, 2]],
      ["word", []],
      ["comment", []],
    ],
  );
});

test("a grammar without rules has none", (t) => {
  t.deepEqual(grammarOf(string("a")), []);
  t.throws(() => grammarOf("a" as unknown as AnyParser), { instanceOf: TypeError });
});
