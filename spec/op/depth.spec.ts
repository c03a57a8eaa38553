// Depth of operators, of brackets and of what stands in a ternary operator: bounded by memory alone.
import test from "ava";
import { between, choice, lazy, type Parser, run, unwrap } from "../../src/index.ts";
import { string } from "../../src/lex/index.ts";
import { precedence } from "../../src/op/index.ts";
import { CLOSED, parseLoopSync } from "../../src/stream/index.ts";
import { said } from "../_said.ts";
import { size } from "../_size.ts";

const VERY_DEEP = size(50_000, 1_000_000);
const counting: Parser<number> = precedence(
  choice([
    string("1").as(1),
    between(
      string("("),
      lazy(() => counting),
      string(")"),
    ),
  ]),
)
  .level((l) => l.postfix(string("!").as((x) => x + 1)))
  .level((l) => l.prefix(string("-").as((x) => x + 1)).prefix(string("~").as((x) => x + 1)))
  .level((l) => l.infixr(string("^").as((a, b) => a + b)))
  .level((l) => l.infixl(string("+").as((a, b) => a + b)))
  .level((l) => l.ternary({ head: string("?"), mid: string(":"), build: (a, b, c) => a + b + c }))
  .build();

const deep = test.macro({
  exec(t, input: string, value: number) {
    t.is(unwrap(run(counting, input)), value);
    const loop = parseLoopSync(counting);
    let step = loop.next("");
    for (let at = 0; !step.done; at += 65_536) {
      step = loop.next(at < input.length ? input.slice(at, at + 65_536) : CLOSED);
    }
    t.is(unwrap(step.value.result), value);
  },
  title: (name) => `very many ${name}`,
});

test("operators in a row", deep, `1${"+1".repeat(VERY_DEEP)}`, VERY_DEEP + 1);
test("operators that group to the right", deep, `1${"^1".repeat(VERY_DEEP)}`, VERY_DEEP + 1);
test("prefix operators", deep, `${"-~".repeat(VERY_DEEP / 2)}1`, VERY_DEEP + 1);
test("postfix operators", deep, `1${"!".repeat(VERY_DEEP)}`, VERY_DEEP + 1);
test("parentheses", deep, `${"(".repeat(VERY_DEEP)}1${")".repeat(VERY_DEEP)}`, 1);
test("ternary operators in a row", deep, `${"1?1:".repeat(VERY_DEEP)}1`, 2 * VERY_DEEP + 1);
test(
  "ternary operators within each other",
  deep,
  `${"1?".repeat(VERY_DEEP)}1${":1".repeat(VERY_DEEP)}`,
  2 * VERY_DEEP + 1,
);

test("very many prefix operators without an operand: a clear error", (t) => {
  t.is(
    said(counting, "-".repeat(VERY_DEEP)).slice(0, 80),
    `1:${VERY_DEEP + 1}: unexpected end of input, expected expression after operator '-'`,
  );
});
