// The grammar of expressions: operands and operators in a flat list, which a function then groups by how tightly each binds.
//
//   - a ! + b ? c : d        term   = prefix term | operand
//   └┬┘ │ └┬┘ └────┬┘        row    = term step*
//   term│ step    step       step   = postfix | infix term | head row mid term
//      step
//
// So neither a long list nor operators that group to the right need depth. Brackets in the user's operand need depth on the
// machine's stack, like every recursion, and so does the middle of a ternary operator.
import * as make from "../grammar/make.ts";
import { later, type Node } from "../grammar/node.ts";
import { Refusal, type Site } from "../grammar/problem.ts";
import type { Position } from "../text/index.ts";
import { alternativesOf, bare, fixedText } from "./fixed-text.ts";
import { type Apply, type Declared, Noted, type Operator, type Rank, Step } from "./operator.ts";
import { resolve } from "./resolve.ts";

interface ExpressionOptions {
  /** The name of an operand in messages; if it is not given, operands have a name only after an operator. */
  readonly operandLabel: string | undefined;
  /** What is read after each operator. */
  readonly space: Node;
}

/** The value of a missing operand. */
const MISSING: unique symbol = Symbol("missing operand");

/** An operator in the grammar of an expression. */
interface Part {
  readonly operator: Operator;
  readonly declared: Declared;
  readonly node: Node;
}

/** The grammar of an expression; `ranks`: the level that binds tightest first, checked. */
export function expression(operand: Node, ranks: readonly Rank[], options: ExpressionOptions): Node {
  return new Expression(operand, ranks, options).row();
}

class Expression {
  readonly #operandLabel: string | undefined;
  readonly #noun: string;
  readonly #space: Node;
  readonly #prefixes: readonly Part[];
  readonly #others: readonly Part[];
  /**
   * The tightest level of operators that can't be chained; operators that bind less tightly record where their operand
   * begins.
   */
  readonly #unchained: number;
  readonly #term: Node;
  readonly #row: ReturnType<typeof later> = later();

  constructor(operand: Node, ranks: readonly Rank[], { operandLabel, space }: ExpressionOptions) {
    this.#operandLabel = operandLabel;
    this.#noun = operandLabel ?? "expression";
    this.#space = make.trivia(space);
    const parts = ranks.flatMap(({ operators }, level) => operators.flatMap((declared) => partsOf(declared, level)));
    this.#prefixes = longestFirst(parts.filter(({ operator }) => operator.kind === "prefix"));
    this.#others = longestFirst(parts.filter(({ operator }) => operator.kind !== "prefix"));
    const unchained = ranks.findIndex(({ operators }) => operators[0]?.kind === "infixn");
    this.#unchained = unchained < 0 ? Number.POSITIVE_INFINITY : unchained;
    const term = later();
    this.#term = this.#prefixes.length > 0 ? term.node : operand;
    term.resolve(make.choice([...this.#prefixes.map((part) => this.#part(part)), operand]));
  }

  row(): Node {
    const steps = make.repeat(make.choice(this.#others.map((part) => this.#part(part))), {});
    const first = this.#operandLabel === undefined ? this.#term : make.label(this.#operandLabel, this.#term);
    const parts = this.#others.length === 0 ? make.seq([first]) : make.seq([first, steps]);
    const row =
      this.#unchained === Number.POSITIVE_INFINITY ? make.map(parts, resolve) : make.refine(parts, resolve, false);
    // a subroutine: the user's operand calls it too, and a ternary operator does
    this.#row.resolve(row);
    return this.#row.node;
  }

  #part(part: Part): Node {
    return part.declared.mid === undefined ? this.#plain(part) : this.#ternary(part, part.declared.mid);
  }

  #plain({ operator, node }: Part): Node {
    const { core, space } = bare(node);
    const notes = operator.kind === "infixn" || operator.text === undefined;
    const sign = notes ? make.refine(core, noting(operator)) : core;
    const head = [operator.kind === "prefix" ? sign : make.label("operator", sign), ...this.#spaceAfter(space)];
    if (operator.kind === "postfix") {
      return make.map(
        make.pick(0, ...head),
        (read: unknown) => new Step(operator, read, undefined, undefined, undefined),
      );
    }
    if (operator.text !== undefined) return this.#step(operator, head, this.#after(operator.text));
    // the text is known only after it was read: a function makes the message about what is missing
    const operand = make.cut(make.opt(make.label(this.#noun, this.#term), MISSING));
    return make.refine(this.#step(operator, head, operand), (step, site) => this.#present(step as Step, site), false);
  }

  /** `head` and `mid` are brackets around an expression. */
  #ternary({ operator, declared, node }: Part, mid: Node): Node {
    const [head, colon] = [bare(node), bare(mid)];
    const opens = make.pick(0, make.label("operator", head.core), ...this.#spaceAfter(head.space));
    const closes = make.pick(0, colon.core, ...this.#spaceAfter(colon.space));
    const middle = make.label(this.#wanted(operator.text), this.#row.node);
    const brackets = make.between(opens, middle, closes);
    return this.#step(operator, [brackets], this.#after(fixedText(mid)), declared.build);
  }

  /** What was read of an operator, then its operand. */
  #step(operator: Operator, head: readonly Node[], operand: Node, build?: Apply): Node {
    const ends = head.length;
    const makes = (read: unknown, operand: unknown, after: Position | undefined): Step =>
      build === undefined
        ? new Step(operator, read, operand, after, undefined)
        : new Step(operator, build, operand, after, read);
    if (operator.level < this.#unchained) {
      const row = make.tuple([0, ends], ...head, operand);
      return make.map(row, ([read, found]: readonly [unknown, unknown]) => makes(read, found, undefined));
    }
    const row = make.tuple([0, ends, ends + 1], ...head, { kind: "position" }, operand);
    return make.map(row, ([read, after, found]: readonly [unknown, Position, unknown]) => makes(read, found, after));
  }

  /** The operand that an operator requires. */
  #after(text: string | undefined): Node {
    return make.cut(make.label(this.#wanted(text), this.#term));
  }

  #wanted(text: string | undefined): string {
    return text === undefined ? this.#noun : `${this.#noun} after operator '${text}'`;
  }

  #present(step: Step, site: Site): Step | Refusal {
    if (step.operand !== MISSING) return step;
    const wanted = this.#wanted(step.text);
    const wording = { message: `expected ${wanted}`, messageKey: "expected", args: [wanted] };
    return new Refusal({ code: "E1001", ...wording, at: site.span(site.end, site.end) });
  }

  /** The space after an operator; space that the operator reads itself is not read again. */
  #spaceAfter(own: readonly Node[]): readonly Node[] {
    return own.some((node) => unwrapped(node) === unwrapped(this.#space)) ? own : [...own, this.#space];
  }
}

function unwrapped(node: Node): Node {
  return node.kind === "trivia" ? unwrapped(node.p) : node;
}

function partsOf(declared: Declared, level: number): Part[] {
  const { kind } = declared;
  const operators = kind === "ternary" ? [declared.node] : alternativesOf(declared.node);
  return operators.map((node) => ({ operator: { kind, level, text: fixedText(node) }, declared, node }));
}

/** Fixed texts first, the longest before the others, so that none is taken for the beginning of another. */
function longestFirst(parts: readonly Part[]): readonly Part[] {
  const length = ({ operator }: Part): number => operator.text?.length ?? 0;
  return [...parts].sort((a, b) => length(b) - length(a));
}

/** Records an operator's text, and its place if a message may name two operators. */
function noting({ kind, text }: Operator): (apply: unknown, site: Site) => Noted {
  return (apply, site) => {
    const { start, end } = site;
    const place = kind === "infixn" ? { span: site.span(start, end), before: site.blankBefore(start) } : undefined;
    return new Noted(apply, text ?? site.text(), place);
  };
}
