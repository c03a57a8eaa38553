// Operators as data: their declarations, and what was read.
import type { Node } from "../grammar/node.ts";
import type { Position, Span } from "../text/index.ts";

/** The position of an operator relative to its operands. */
export type Kind = "prefix" | "postfix" | "infixl" | "infixr" | "infixn" | "ternary";

/** The function that combines operands; given by the user, its types were checked where the level was declared. */
export type Apply = (...operands: unknown[]) => unknown;

/** An operator as it was declared. */
export interface Declared {
  readonly kind: Kind;
  /** The name of the method that declared it. */
  readonly description: string;
  /** Its value is the function that combines; for a ternary operator this is `build`. */
  readonly node: Node;
  /** The parser between the second and the third operand. */
  readonly mid?: Node;
  readonly build?: Apply;
}

/** A level of operators that bind equally tight: its name in messages, and what was declared on it. */
export interface Rank {
  readonly name: string;
  readonly operators: readonly Declared[];
}

/** One operator of an expression's grammar. */
export interface Operator {
  readonly kind: Kind;
  /** 0 binds tightest. */
  readonly level: number;
  /** Its name in messages, if it is one fixed text. */
  readonly text: string | undefined;
}

/** The place of an operator that may not be chained. */
export interface Place {
  readonly span: Span;
  /** The end of the text before it, ignoring space. */
  readonly before: Position;
}

/** What was recorded when an operator was read, if its function alone is not enough. */
export class Noted {
  readonly apply: unknown;
  readonly text: string;
  readonly place: Place | undefined;

  constructor(apply: unknown, text: string, place: Place | undefined) {
    this.apply = apply;
    this.text = text;
    this.place = place;
  }
}

/** An operator that was read, with its parts: its operand, and the middle of a ternary operator. */
export class Step {
  readonly operator: Operator;
  /** The function that combines, or this function with what was recorded. */
  readonly read: unknown;
  readonly operand: unknown;
  /** Where the operand begins, if a message may need it. */
  readonly after: Position | undefined;
  readonly middle: unknown;

  constructor(operator: Operator, read: unknown, operand: unknown, after: Position | undefined, middle: unknown) {
    this.operator = operator;
    this.read = read;
    this.operand = operand;
    this.after = after;
    this.middle = middle;
  }

  get apply(): unknown {
    return this.read instanceof Noted ? this.read.apply : this.read;
  }

  get place(): Place | undefined {
    return this.read instanceof Noted ? this.read.place : undefined;
  }

  /** Its name in messages. */
  get text(): string {
    return this.operator.text ?? (this.read instanceof Noted ? this.read.text : "?");
  }
}

/**
 * Checks that each level has operators, all of one kind.
 *
 * @throws TypeError that says which level is wrong and what to do.
 */
export function checkRanks(ranks: readonly Rank[]): void {
  for (const { name, operators } of ranks) {
    const kinds = [...new Set(operators.map(({ description }) => description))];
    if (kinds.length === 0) throw new TypeError(`${name} has no operators: give it some, or leave it out`);
    if (kinds.length > 1) {
      throw new TypeError(
        `${name} mixes ${kinds.slice(0, -1).join(", ")} and ${kinds.at(-1)}: give each kind of operator a level of its own`,
      );
    }
  }
}
