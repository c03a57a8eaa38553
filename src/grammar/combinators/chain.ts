// Operands with operators between them, folded to one value. It is iterative: a million operators need no depth.
import { described } from "../../misuse/described.ts";
import * as make from "../make.ts";
import type { Node } from "../node.ts";
import { nodeOf, Parser } from "../parser.ts";

type Operator = (a: unknown, b: unknown) => unknown;
type Chain = readonly [first: unknown, rest: readonly (readonly [operator: Operator, operand: unknown])[]];

/**
 * One `term` or more with `op` between them, grouped to the left: `a - b - c` is `(a - b) - c`. Once an operator has
 * read something, its operand is required. The operators' functions are called once the chain has ended.
 *
 * @param op its value is the function that combines its left and its right operand.
 * @throws TypeError while running, if the value is not a function.
 *
 * @example
 * ```ts
 * import { chainl1, run, unwrap } from "sluice";
 * import { int10, string } from "sluice/lex";
 * const minus = string("-").map(() => (a: number, b: number) => a - b);
 * unwrap(run(chainl1(int10.map(Number), minus), "9-3-2")); // => 4
 * ```
 */
export function chainl1<T, E, F>(term: Parser<T, E>, op: Parser<(a: T, b: T) => T, F>): Parser<T, E | F> {
  return Parser.of(make.map(chain(nodeOf(term), nodeOf(op)), foldLeft));
}

/**
 * One `term` or more with `op` between them, grouped to the right: `a ^ b ^ c` is `a ^ (b ^ c)`. Once an operator has
 * read something, its operand is required. The operators' functions are called once the chain has ended, the last one
 * first.
 *
 * @param op its value is the function that combines its left and its right operand.
 * @throws TypeError while running, if the value is not a function.
 *
 * @example
 * ```ts
 * import { chainr1, run, unwrap } from "sluice";
 * import { int10, string } from "sluice/lex";
 * const power = string("^").map(() => (a: number, b: number) => a ** b);
 * unwrap(run(chainr1(int10.map(Number), power), "2^3^2")); // => 512
 * ```
 */
export function chainr1<T, E, F>(term: Parser<T, E>, op: Parser<(a: T, b: T) => T, F>): Parser<T, E | F> {
  return Parser.of(make.map(chain(nodeOf(term), nodeOf(op)), foldRight));
}

function chain(term: Node, op: Node): Node {
  return make.seq([term, make.repeat(make.seq([op, term]), {})]);
}

function foldLeft([first, rest]: Chain): unknown {
  let left = first;
  for (const [operator, operand] of rest) left = functionOf(operator, "chainl1")(left, operand);
  return left;
}

function foldRight([first, rest]: Chain): unknown {
  const operands = [first, ...rest.map(([, operand]) => operand)];
  let right = operands.at(-1);
  for (let i = rest.length - 1; i >= 0; i--) right = functionOf(rest[i]?.[0], "chainr1")(operands[i], right);
  return right;
}

function functionOf(operator: Operator | undefined, combinator: string): Operator {
  if (typeof operator === "function") return operator;
  throw new TypeError(
    `the operators of ${combinator} give the function that joins two operands, this one gave ${described(operator)}; write op.as((a, b) => …)`,
  );
}
