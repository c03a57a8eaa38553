// Groups a list of operands and operators by how tightly each operator binds: Dijkstra's shunting-yard algorithm, with
// a stack of its own. It groups as a recursive precedence-climbing parser does (Pratt 1973): the operand of an operator
// is the longest one that contains only operators that bind tighter, and a prefix operator begins an operand wherever
// it stands.
import { Refusal, type Site } from "../grammar/problem.ts";
import { described } from "../misuse/described.ts";
import type { Position, Span } from "../text/index.ts";
import { type Apply, type Kind, type Place, Step } from "./operator.ts";

/** An operand, or the step of a prefix operator before it. */
type Term = unknown;

/**
 * The value of a list: a term, and the steps after it if there can be any; a refusal if operators are chained that
 * can't be.
 *
 * @param site where the list was read; given if there are such operators.
 */
export function resolve(row: unknown, site?: Site): unknown | Refusal {
  const [first, steps] = row as readonly [first: Term, steps?: readonly Step[]];
  const operands: unknown[] = [];
  const waiting: Step[] = [];
  const read = (term: Term): void => {
    let at = term;
    for (; at instanceof Step; at = at.operand) waiting.push(at);
    operands.push(at);
  };
  read(first);
  for (const step of steps ?? []) {
    const { kind, level } = step.operator;
    let top = waiting.at(-1);
    for (; top !== undefined && yields(top, step); top = waiting.at(-1)) {
      waiting.pop();
      apply(top, operands);
    }
    if (kind === "postfix") {
      apply(step, operands);
      continue;
    }
    if (kind === "infixn" && top !== undefined && top.operator.level === level) {
      return chained(top, step, waiting.at(-2)?.after, site);
    }
    waiting.push(step);
    read(step.operand);
  }
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) apply(top, operands);
  return operands[0];
}

/** Whether an operator has its last operand when `next` comes. */
function yields({ operator }: Step, { operator: next }: Step): boolean {
  return operator.level < next.level || (operator.level === next.level && next.kind === "infixl");
}

/** Applies an operator to the last operands. */
function apply(step: Step, operands: unknown[]): void {
  const { kind } = step.operator;
  const join = functionOf(step);
  const last = operands.pop();
  if (kind === "prefix" || kind === "postfix") operands.push(join(last));
  else if (kind === "ternary") operands.push(join(operands.pop(), step.middle, last));
  else operands.push(join(operands.pop(), last));
}

const TAKES: Readonly<Record<Kind, string>> = {
  prefix: "(x) => …",
  postfix: "(x) => …",
  infixl: "(left, right) => …",
  infixr: "(left, right) => …",
  infixn: "(left, right) => …",
  ternary: "(condition, yes, no) => …",
};

function functionOf(step: Step): Apply {
  const join = step.apply;
  if (typeof join === "function") return join as Apply;
  const { kind } = step.operator;
  throw new TypeError(
    `the parser of the ${kind} operator '${step.text}' gives ${described(join)}, not the function that makes the value; write p.as(${TAKES[kind]})`,
  );
}

/**
 * Two operators in sequence that can't be chained; parentheses around the first and its operands would fix it.
 *
 * @param begins where the left operand of the first begins, if not at the start of the list.
 */
function chained(first: Step, second: Step, begins: Position | undefined, site: Site | undefined): Refusal {
  const args = [first.text, second.text];
  const refused = {
    code: "E2001",
    message: `operator '${first.text}' can't be chained with '${second.text}': parentheses must say which comes first`,
    messageKey: "E2001",
    args,
  };
  const [a, b] = [first.place, second.place] as readonly (Place | undefined)[];
  const from = begins ?? site?.position(site.start);
  if (a === undefined || b === undefined || from === undefined) return new Refusal(refused);
  // both or none
  const insertion = (at: Position, insert: string): { span: Span; insert: string; group: number } => ({
    span: { ...b.span, start: at, end: at },
    insert,
    group: 1,
  });
  return new Refusal({
    ...refused,
    at: b.span,
    notes: [
      { span: a.span, message: "the first operator", messageKey: "E2001.first" },
      { span: b.span, message: "the second operator", messageKey: "E2001.second" },
    ],
    fixits: [insertion(from, "("), insertion(b.before, ")")],
  });
}
