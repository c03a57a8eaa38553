// Expressions whose operators are given as data.
import * as make from "../grammar/make.ts";
import type { Node } from "../grammar/node.ts";
import { nodeOf, Parser } from "../grammar/parser.ts";
import { spaceInForce } from "../lex/tokens/space.ts";
import { described } from "../misuse/described.ts";
import { type CharSet, charSet } from "../text/index.ts";
import { expression } from "./expression.ts";
import { checkRanks, type Declared, type Kind } from "./operator.ts";

/** The position of an operator, and how it groups; operators with `infixNon` can't be chained. */
export type Fixity = "prefix" | "postfix" | "infixLeft" | "infixRight" | "infixNon";

/** An operator with its operands, one or two. */
export interface Operation<T> {
  readonly operator: string;
  readonly fixity: Fixity;
  readonly operands: readonly [T] | readonly [T, T];
}

interface Entry {
  readonly strength: number;
  readonly fixity: Fixity;
  readonly operators: readonly string[];
}

const kinds: Readonly<Record<Fixity, Kind>> = {
  prefix: "prefix",
  postfix: "postfix",
  infixLeft: "infixl",
  infixRight: "infixr",
  infixNon: "infixn",
};
const inWords: CharSet = /* @__PURE__ */ charSet("\\p{XID_Continue}");

/**
 * A table of operators, as data. It is immutable: each call returns a new one.
 *
 * An operator is its text and the space in force after it. An operator that ends in a letter or a digit is a word: it
 * does not match the beginning of a longer word, so `or` does not match in `order`. Everything else is as in
 * `precedence`.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int10, lexeme } from "sluice/lex";
 * import { OpBuilder } from "sluice/op";
 * const table = new OpBuilder().level(70, "infixLeft", ["*", "/"]).level(60, "infixLeft", ["+", "-"]);
 * const sum = table.build(lexeme(int10), ({ operator, operands }) => `(${operands.join(operator)})`);
 * unwrap(run(sum, "1 + 2 * 3 - 4")); // => "((1+(2*3))-4)"
 * ```
 */
export class OpBuilder {
  #entries: readonly Entry[] = [];

  /**
   * Operators of one strength.
   *
   * @param strength a number; a higher one binds tighter. Calls with the same number add to one level.
   * @param fixity the same for all operators of a level.
   * @param operators their texts.
   * @throws TypeError or RangeError if one of these is wrong.
   */
  level(strength: number, fixity: Fixity, operators: readonly string[]): OpBuilder {
    if (typeof strength !== "number" || Number.isNaN(strength)) {
      throw new RangeError(`the strength of a level is a number, got ${described(strength)}`);
    }
    if (typeof fixity !== "string" || !Object.hasOwn(kinds, fixity)) {
      throw new TypeError(`the fixity of a level is one of ${Object.keys(kinds).join(", ")}, got ${described(fixity)}`);
    }
    if (!Array.isArray(operators) || operators.some((text) => typeof text !== "string" || text === "")) {
      throw new TypeError(`the operators of a level are an array of texts, none of them empty: ["+", "-"]`);
    }
    const next = new OpBuilder();
    next.#entries = [...this.#entries, { strength, fixity, operators: [...operators] }];
    return next;
  }

  /**
   * The parser of expressions.
   *
   * @param atom the parser of an operand.
   * @param make makes a value from an operator and its operands.
   * @throws TypeError that says what to do, if a level is empty or mixes fixities, or if `atom` is not a parser.
   */
  build<T, E>(atom: Parser<T, E>, make: (o: Operation<T>) => T): Parser<T, E> {
    if (typeof make !== "function") throw new TypeError("build takes the atom and then a function that joins operands");
    const levels = new Map<number, Declared[]>();
    for (const { strength, fixity, operators } of this.#entries) {
      const level = levels.get(strength) ?? [];
      levels.set(strength, level);
      level.push(...operators.map((operator) => declared(operator, fixity, make as Joins)));
    }
    const ranks = [...levels]
      .sort(([a], [b]) => b - a)
      .map(([strength, operators]) => ({ name: `level ${strength}`, operators }));
    checkRanks(ranks);
    return Parser.of(expression(nodeOf(atom), ranks, { operandLabel: undefined, space: nodeOf(spaceInForce) }));
  }
}

type Joins = (o: Operation<unknown>) => unknown;

function declared(operator: string, fixity: Fixity, join: Joins): Declared {
  const apply = (...operands: [unknown] | [unknown, unknown]): unknown => join({ operator, fixity, operands });
  return { kind: kinds[fixity], description: fixity, node: make.as(textOf(operator), apply) };
}

function textOf(operator: string): Node {
  const text = make.text(operator);
  const last = [...operator].at(-1)?.codePointAt(0) ?? 0;
  if (!inWords.has(last)) return text;
  return make.leaf(operator, "keyword", make.pick(0, text, make.notFollowedBy(make.set(inWords))));
}
