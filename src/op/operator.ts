// Operators as data: how they were declared, and what of them was read.
import type { Node } from "../grammar/node.ts";
import type { Position, Span } from "../text/index.ts";

/** How an operator stands to its operands. */
export type Kind = "prefix" | "postfix" | "infixl" | "infixr" | "infixn" | "ternary";

/** What joins operands; given by the user, its types were checked where the level was declared. */
export type Apply = (...operands: unknown[]) => unknown;

/** An operator as it was declared. */
export interface Declared {
  readonly kind: Kind;
  /** What the kind is called where it was declared. */
  readonly said: string;
  /** Gives the function that joins; that of a ternary operator is `build`. */
  readonly node: Node;
  /** What stands between the second and the third operand. */
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
  /** What it is called in messages, if it is one fixed text. */
  readonly text: string | undefined;
}

/** Where an operator stood that may not be chained. */
export interface Place {
  readonly span: Span;
  /** Where the text before it ends, space aside. */
  readonly before: Position;
}

/** What was noted of an operator when it was read, where its function alone is not enough. */
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

/** An operator that was read, with what belongs to it in the row: its operand, and the middle of a ternary one. */
export class Step {
  readonly operator: Operator;
  /** The function that joins, or that with what was noted. */
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

  /** What it is called in messages. */
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
    const kinds = [...new Set(operators.map(({ said }) => said))];
    if (kinds.length === 0) throw new TypeError(`${name} has no operators: give it some, or leave it out`);
    if (kinds.length > 1) {
      throw new TypeError(
        `${name} mixes ${kinds.slice(0, -1).join(", ")} and ${kinds.at(-1)}: give each kind of operator a level of its own`,
      );
    }
  }
}
