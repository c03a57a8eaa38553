// A calculator: numbers, + - * / ^ and signs, parentheses, variables, functions of any number of arguments.
//
//   unwrap(run(calculation, "2 * max(x, 3)"))          a tree
//   evaluate(tree, { variables: { x: 1 } })            6
import { between, choice, cutHere, lazy, type Parser, rule, type Span, sepBy, seq, slice, spanned } from "sluice";
import { identifier, int10, lexeme, oneOf, spaces0, string, symbol } from "sluice/lex";
import { precedence } from "sluice/op";

export type Expression =
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "variable"; readonly name: string; readonly at: Span }
  | { readonly type: "call"; readonly name: string; readonly at: Span; readonly args: readonly Expression[] }
  | { readonly type: "sign"; readonly operator: "+" | "-"; readonly of: Expression }
  | {
      readonly type: "operation";
      readonly operator: "+" | "-" | "*" | "/" | "^";
      readonly left: Expression;
      readonly right: Expression;
    };

// tokens

// after the cut, an error doesn't list the characters with which the number could have continued
const digits = seq(int10, seq(string("."), int10).opt(), seq(oneOf("eE"), oneOf("+-").opt(), int10).opt());
const number = lexeme(slice(digits).map(Number).skipR(cutHere())).label("number");
const name = lexeme(spanned(identifier)).label("name");

// operands: a name followed by "(" is a function, any other a variable

const inParentheses = between(
  symbol("("),
  lazy(() => expression),
  symbol(")"),
);
const args = between(
  symbol("("),
  sepBy(
    lazy(() => expression),
    symbol(","),
  ),
  symbol(")"),
);
const named: Parser<Expression> = seq(name, args.opt()).map(([{ value, span }, given]) =>
  given === undefined
    ? { type: "variable", name: value, at: span }
    : { type: "call", name: value, at: span, args: given },
);
const operand: Parser<Expression> = choice([number.map((value) => ({ type: "number", value })), named, inParentheses]);

// operators, the tightest first: a sign binds less tightly than a power, so -2^2 is -4

const sign = <const S extends "+" | "-">(text: S) =>
  symbol(text).as((of: Expression): Expression => ({ type: "sign", operator: text, of }));
const operation = <const S extends "+" | "-" | "*" | "/" | "^">(text: S) =>
  symbol(text).as(
    (left: Expression, right: Expression): Expression => ({ type: "operation", operator: text, left, right }),
  );
const expression: Parser<Expression> = precedence(operand, { operandLabel: "expression" })
  .level((l) => l.infixr(operation("^")))
  .level((l) => l.prefix(sign("-")).prefix(sign("+")))
  .level((l) => l.infixl(operation("*")).infixl(operation("/")))
  .level((l) => l.infixl(operation("+")).infixl(operation("-")))
  .build();

/** A whole calculation. */
export const calculation: Parser<Expression> = rule("calculation", spaces0.skipL(expression));

// evaluation

export interface Scope {
  readonly variables?: Readonly<Record<string, number>>;
  readonly functions?: Readonly<Record<string, (...args: number[]) => number>>;
}

const known: Required<Scope> = {
  variables: { pi: Math.PI, e: Math.E },
  functions: { sqrt: Math.sqrt, sin: Math.sin, cos: Math.cos, abs: Math.abs, min: Math.min, max: Math.max },
};

/**
 * The value of a calculation.
 *
 * @throws ReferenceError with the place, if a name is not known.
 */
export function evaluate(expression: Expression, scope: Scope = {}): number {
  switch (expression.type) {
    case "number":
      return expression.value;
    case "variable":
      return lookUp("variable", { ...known.variables, ...scope.variables }, expression);
    case "call": {
      const called = lookUp("function", { ...known.functions, ...scope.functions }, expression);
      return called(...expression.args.map((arg) => evaluate(arg, scope)));
    }
    case "sign": {
      const value = evaluate(expression.of, scope);
      return expression.operator === "-" ? -value : value;
    }
    case "operation":
      return apply(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
  }
}

function apply(operator: "+" | "-" | "*" | "/" | "^", left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "^":
      return left ** right;
  }
}

function lookUp<T>(kind: string, from: Readonly<Record<string, T>>, { name, at }: { name: string; at: Span }): T {
  const found = Object.hasOwn(from, name) ? from[name] : undefined;
  if (found === undefined)
    throw new ReferenceError(`${at.start.line}:${at.start.column}: there is no ${kind} "${name}"`);
  return found;
}
