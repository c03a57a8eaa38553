// Expressions whose operators are given as parsers, level by level.
import type { Node } from "../grammar/node.ts";
import { nodeOf, Parser } from "../grammar/parser.ts";
import { spaceInForce } from "../lex/tokens/space.ts";
import { described } from "../misuse/described.ts";
import { checkOptions } from "../misuse/options.ts";
import { expression } from "./expression.ts";
import { type Apply, checkRanks, type Declared, type Kind, type Rank } from "./operator.ts";

/**
 * Operators that bind equally tightly, all of one kind; the value of an operator's parser is the function that combines
 * its operands.
 */
export interface Level<T, E> {
  /** Before its operand: `-x`. There may be several before one operand. */
  prefix<F>(op: Parser<(x: T) => T, F>): Level<T, E | F>;
  /** After its operand: `x!`. There may be several after one operand. */
  postfix<F>(op: Parser<(x: T) => T, F>): Level<T, E | F>;
  /** Between its operands, grouped to the left: `a - b - c` is `(a - b) - c`. */
  infixl<F>(op: Parser<(left: T, right: T) => T, F>): Level<T, E | F>;
  /** Between its operands, grouped to the right: `a ^ b ^ c` is `a ^ (b ^ c)`. */
  infixr<F>(op: Parser<(left: T, right: T) => T, F>): Level<T, E | F>;
  /** Between its operands, and not chained: `a < b < c` is the error `E2001`. */
  infixn<F>(op: Parser<(left: T, right: T) => T, F>): Level<T, E | F>;
  /**
   * Between three operands, grouped to the right: `a ? b : c ? d : e` is `a ? b : (c ? d : e)`. Between `head` and
   * `mid` is a whole expression, as if in parentheses.
   */
  ternary<F, G>(op: {
    head: Parser<unknown, F>;
    mid: Parser<unknown, G>;
    build: (condition: T, yes: T, no: T) => T;
  }): Level<T, E | F | G>;
}

/** Levels of operators for one operand. Immutable: each call returns a new one. */
export interface PrecedenceBuilder<T, E> {
  /**
   * One more level, whose operators bind less tightly than those of the levels before it.
   *
   * @throws TypeError if the function does not return the level that its calls made.
   */
  level<F>(add: (level: Level<T, never>) => Level<T, F>): PrecedenceBuilder<T, E | F>;
  /**
   * The parser of expressions.
   *
   * @throws TypeError that says what to do, if a level is empty or mixes kinds of operators.
   */
  build(): Parser<T, E>;
}

class Operators<T, E> implements Level<T, E> {
  readonly declared: readonly Declared[];

  constructor(declared: readonly Declared[]) {
    this.declared = declared;
  }

  prefix<F>(op: Parser<(x: T) => T, F>): Level<T, E | F> {
    return this.#with("prefix", op);
  }
  postfix<F>(op: Parser<(x: T) => T, F>): Level<T, E | F> {
    return this.#with("postfix", op);
  }
  infixl<F>(op: Parser<(left: T, right: T) => T, F>): Level<T, E | F> {
    return this.#with("infixl", op);
  }
  infixr<F>(op: Parser<(left: T, right: T) => T, F>): Level<T, E | F> {
    return this.#with("infixr", op);
  }
  infixn<F>(op: Parser<(left: T, right: T) => T, F>): Level<T, E | F> {
    return this.#with("infixn", op);
  }
  ternary<F, G>(op: {
    head: Parser<unknown, F>;
    mid: Parser<unknown, G>;
    build: (condition: T, yes: T, no: T) => T;
  }): Level<T, E | F | G> {
    checkOptions(op, ["head", "mid", "build"], "ternary takes { head, mid, build }");
    const { head, mid, build } = op;
    if (typeof build !== "function") throw new TypeError(`ternary takes { head, mid, build }, and build is a function`);
    const declared = {
      kind: "ternary",
      description: "ternary",
      node: nodeOf(head),
      mid: nodeOf(mid),
      build: build as Apply,
    } as const;
    return new Operators([...this.declared, declared]);
  }

  #with<F>(kind: Kind, op: Parser<unknown, F>): Level<T, E | F> {
    return new Operators([...this.declared, { kind, description: kind, node: nodeOf(op) }]);
  }
}

class Precedence<T, E> implements PrecedenceBuilder<T, E> {
  readonly #operand: Node;
  readonly #operandLabel: string | undefined;
  readonly #space: Node;
  readonly #ranks: readonly Rank[];

  constructor(operand: Node, operandLabel: string | undefined, space: Node, ranks: readonly Rank[]) {
    this.#operand = operand;
    this.#operandLabel = operandLabel;
    this.#space = space;
    this.#ranks = ranks;
  }

  level<F>(add: (level: Level<T, never>) => Level<T, F>): PrecedenceBuilder<T, E | F> {
    if (typeof add !== "function") {
      throw new TypeError(`level takes a function, as in level((l) => l.infixl(…)), got ${described(add)}`);
    }
    const level = add(new Operators([]));
    if (!(level instanceof Operators)) {
      throw new TypeError("the function given to level gives back the level: level((l) => l.infixl(…))");
    }
    const rank = { name: `level ${this.#ranks.length + 1}`, operators: level.declared };
    return new Precedence(this.#operand, this.#operandLabel, this.#space, [...this.#ranks, rank]);
  }

  build(): Parser<T, E> {
    checkRanks(this.#ranks);
    return Parser.of(expression(this.#operand, this.#ranks, { operandLabel: this.#operandLabel, space: this.#space }));
  }
}

/**
 * Expressions with operators around `operand`, from the level that binds tightest to the one that binds least. The
 * value of an operator's parser is the function that computes a value from its operands.
 *
 * After an operator its operand is required: if it is missing, the diagnostic names the operator. Of the operators that
 * are fixed texts, the longest one that matches is taken, whatever its level; others are tried after these. The operand
 * of a prefix operator is the longest expression of operators that bind tighter, and a prefix operator may stand
 * wherever an operand may: if `-` is below `^`, `-2^2` is `-(2^2)`, and `2^-1` is `2^(-1)`. Neither long nor deeply
 * nested expressions need the native stack.
 *
 * @param operand the parser of an operand. If it contains the expression in brackets, write `lazy(() => …)` for that.
 * @param options `operandLabel`: the name of an operand in messages, instead of what it expects where it begins; after
 * an operator it is "expression" if not given. `space`: what is read after each operator; if not given, the space in
 * force.
 * @throws TypeError if `operand` or `space` is not a parser, the label is not a string, or an option does not exist.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int10, lexeme, symbol } from "sluice/lex";
 * import { precedence } from "sluice/op";
 * const sum = precedence(lexeme(int10).map(Number))
 *   .level((l) => l.prefix(symbol("-").as((x) => -x)))
 *   .level((l) => l.infixl(symbol("*").as((a, b) => a * b)))
 *   .level((l) => l.infixl(symbol("+").as((a, b) => a + b)).infixl(symbol("-").as((a, b) => a - b)))
 *   .build();
 * unwrap(run(sum, "1 + 2 * -3 - 4")); // => -9
 * ```
 */
export function precedence<T, E>(
  operand: Parser<T, E>,
  options: { operandLabel?: string | undefined; space?: Parser<unknown> | undefined } = {},
): PrecedenceBuilder<T, E> {
  const takes = "precedence takes its options as an object, such as precedence(operand, { space: q })";
  checkOptions(options, ["operandLabel", "space"], takes);
  const { operandLabel, space = spaceInForce } = options;
  if (operandLabel !== undefined && (typeof operandLabel !== "string" || operandLabel === "")) {
    throw new TypeError(`operandLabel is what an operand is called in messages, such as "expression"`);
  }
  return new Precedence(nodeOf(operand), operandLabel, nodeOf(space), []);
}
