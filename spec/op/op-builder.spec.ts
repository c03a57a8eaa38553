// `OpBuilder`: operators as data.
import test from "ava";
import { between, choice, lazy, type Parser, run, unwrap } from "../../src/index.ts";
import { identifier, int10, lexeme, symbol } from "../../src/lex/index.ts";
import { OpBuilder } from "../../src/op/index.ts";
import { everyWay } from "../_chunks.ts";
import { said } from "../_said.ts";

const table = new OpBuilder()
  .level(80, "postfix", ["!"])
  .level(40, "infixLeft", ["and", "or"])
  .level(60, "infixLeft", ["+", "-"])
  .level(70, "infixLeft", ["*"])
  .level(70, "infixLeft", ["/"])
  .level(75, "prefix", ["-", "not"])
  .level(50, "infixNon", ["<", "<="])
  .level(90, "infixRight", ["^"]);
const byTable: Parser<string> = table.build(
  atomOf(() => byTable),
  ({ operator, fixity, operands }) =>
    operands.length === 2 ? `(${operands.join(` ${operator} `)})` : `${fixity}(${operator} ${operands[0]})`,
);

function atomOf(inner: () => Parser<string>): Parser<string> {
  return choice([lexeme(int10), lexeme(identifier), between(symbol("("), lazy(inner), symbol(")"))]);
}

const tabled = test.macro({
  exec(t, input: string, grouped: string) {
    t.is(unwrap(everyWay(t, byTable, input)), grouped);
  },
  title: (_, input: string, grouped: string) => `by a table, ${input} is ${grouped}`,
});

test(tabled, "1 + 2 * 3 / 4", "(1 + ((2 * 3) / 4))");
test(tabled, "-2 ^ 3 ^ 4", "prefix(- (2 ^ (3 ^ 4)))");
test(tabled, "1 < 2 and 3 <= 4 or 5", "(((1 < 2) and (3 <= 4)) or 5)");
test(tabled, "not a!", "prefix(not postfix(! a))");
test(tabled, "nothing + 1", "(nothing + 1)");

test("an operator that is a word does not match the beginning of one", (t) => {
  t.is(said(byTable, "a order"), "1:3: expected operator or end of input");
  t.is(said(byTable, "a or "), "1:6: unexpected end of input, expected expression after operator 'or'");
  t.is(run(byTable, "1 < 2 < 3").diagnostics[0]?.code, "E2001");
  everyWay(t, byTable, "a order");
  everyWay(t, byTable, "a or");
});

test("a table that can't be built says what to do", (t) => {
  const join = (): string => "";
  const built = (builder: OpBuilder): void => void builder.build(lexeme(int10), join);
  t.throws(() => built(new OpBuilder().level(60, "infixLeft", [])), {
    instanceOf: TypeError,
    message: "level 60 has no operators: give it some, or leave it out",
  });
  t.throws(() => built(new OpBuilder().level(60, "infixLeft", ["+"]).level(60, "infixRight", ["^"])), {
    instanceOf: TypeError,
    message: "level 60 mixes infixLeft and infixRight: give each kind of operator a level of its own",
  });
  t.throws(() => new OpBuilder().level(Number.NaN, "prefix", ["-"]), { instanceOf: RangeError });
  t.throws(() => new OpBuilder().level(1, "infix" as never, ["-"]), {
    instanceOf: TypeError,
    message: /one of prefix/,
  });
  t.throws(() => new OpBuilder().level(1, "prefix", [""]), { instanceOf: TypeError });
  t.throws(() => new OpBuilder().level(1, "prefix", "-" as never), { instanceOf: TypeError });
  t.throws(() => new OpBuilder().build(lexeme(int10), undefined as never), { instanceOf: TypeError });
  t.is(unwrap(run(new OpBuilder().build(lexeme(int10), join), "1")), "1");
});
