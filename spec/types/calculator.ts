// Expressions: what operators give is checked against the operand, and nothing needs a type argument.
import { between, choice, lazy, map, type Parser, run, unwrap } from "sluice";
import { int10, lexeme, string, symbol } from "sluice/lex";
import { OpBuilder, precedence } from "sluice/op";

const atom: Parser<number> = choice([
  lexeme(int10).map(Number),
  between(
    symbol("("),
    lazy(() => expr),
    symbol(")"),
  ),
]);
const expr = precedence(atom, { operandLabel: "expression" })
  .level((l) => l.prefix(symbol("-").as((x) => -x)))
  .level((l) => l.infixr(symbol("^").as((a, b) => a ** b)))
  .level((l) => l.infixl(symbol("*").as((a, b) => a * b)).infixl(symbol("/").as((a, b) => a / b)))
  .level((l) => l.infixl(symbol("+").as((a, b) => a + b)).infixl(symbol("-").as((a, b) => a - b)))
  .level((l) => l.ternary({ head: symbol("?"), mid: symbol(":"), build: (c, a, b) => (c ? a : b) }))
  .build();
const n: number = unwrap(run(expr, "1 + 2 * 3", { requireEof: true }));

type Expr = { type: "num"; value: number } | { type: "bin"; op: "+" | "*"; left: Expr; right: Expr };
const leaf: Parser<Expr> = choice([
  map(int10, (text) => ({ type: "num", value: Number(text) })),
  between(
    symbol("("),
    lazy(() => tree),
    symbol(")"),
  ),
]);
const tree: Parser<Expr> = precedence(leaf)
  .level((l) => l.infixl(symbol("*").map((op) => (left, right) => ({ type: "bin", op, left, right }))))
  .level((l) => l.infixl(symbol("+").as((left, right) => ({ type: "bin", op: "+", left, right }))))
  .build();
const viaBuilder: Parser<Expr> = new OpBuilder()
  .level(60, "infixLeft", ["+", "*"])
  .build(leaf, ({ operator, operands }) =>
    operands.length === 2
      ? { type: "bin", op: operator === "+" ? "+" : "*", left: operands[0], right: operands[1] }
      : operands[0],
  );
export const calc: Parser<Expr> = tree;
export { n, viaBuilder };

type Eq<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<A>(): <B>(value: B, same: Eq<A, B>) => void;
declare const noisy: Parser<string, Date>;
declare const loud: Parser<(a: number, b: number) => number, RegExp>;

// what operands and operators emit
export function inferred(): void {
  is<Parser<number, Date>>()(
    precedence(map(noisy, Number))
      .level((l) => l.prefix(symbol("-").as((x) => -x)))
      .build(),
    true,
  );
  is<Parser<number, Date | RegExp>>()(
    precedence(map(noisy, Number))
      .level((l) => l.infixl(loud))
      .build(),
    true,
  );
  is<Parser<string, Date>>()(
    new OpBuilder().build(noisy, ({ operands }) => operands.join()),
    true,
  );
  // @ts-expect-error an operator over texts does not join numbers
  precedence(map(noisy, Number)).level((l) => l.infixl(symbol("+").as((a: string, b: string) => a + b)));
  // @ts-expect-error there is no such fixity
  new OpBuilder().level(1, "infix", ["+"]);
}

// tagged trees without `as const`
type Ast = { t: "num"; v: number } | { t: "list"; of: Ast[] } | { t: "bin"; op: "+" | "-"; l: Ast; r: Ast };
const ast: Parser<Ast> = choice([
  map(int10, (v) => ({ t: "num", v: Number(v) })),
  between(symbol("["), lazy(() => sum).many(), symbol("]")).map((of) => ({ t: "list", of })),
]);
export const sum: Parser<Ast> = precedence(ast)
  .level((l) => l.infixl(choice([string("+"), string("-")]).map((op) => (l, r) => ({ t: "bin", op, l, r }))))
  .build();
