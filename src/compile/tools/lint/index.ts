// What is wrong or risky in a grammar, found by looking at it: nothing runs, and no function of the user's is called but
// those of `lazy` and predicates. Only what is certain is told.
import type { Node } from "../../../grammar/node.ts";
import { type AnyParser, nodeOf } from "../../../grammar/parser.ts";
import { Analysis } from "../../facts/analysis.ts";
import { cycleShown } from "../../facts/shown.ts";
import { askAll } from "../../facts/unit.ts";
import { resolveSpaces } from "../../rewrite/spaces.ts";
import { entriesOf, type GraphEntry, partsOf } from "../graph.ts";
import { alternatives } from "./alternatives.ts";
import { Answers } from "./answers.ts";
import type { Finding } from "./finding.ts";
import { neverEmpty } from "./firmness.ts";
import { Holding } from "./holding.ts";
import { label, seemingRange, sharedNames } from "./names.ts";
import { never } from "./never.ts";
import { option, repetition } from "./repetitions.ts";

/** One thing that is wrong or risky in a grammar. */
export interface LintFinding {
  /** Stable: `L101` and so on; the documentation of grammars has the list. */
  readonly code: string;
  /** The innermost rule that it is in. */
  readonly rule?: string;
  readonly message: string;
  /** What to do about it. */
  readonly help: string;
}

/**
 * What is wrong or risky in a grammar before anything runs: rules that begin with themselves, repetitions that can't advance
 * or end, alternatives that are never taken, what keeps text or values back while streaming, names that mislead. Only
 * what is certain is told; a parser that `andThen` makes while running is not looked at.
 *
 * @returns the findings, in the order in which one reads the grammar; none if there is nothing to say.
 * @throws TypeError if `p` is not a parser, or a `lazy` in it gives none.
 *
 * @example
 * ```ts
 * import { lint, or } from "sluice";
 * import { string } from "sluice/lex";
 * lint(or(string("a"), string("ab"))).map(({ code }) => code); // => ["L104"]
 * ```
 */
export function lint(p: AnyParser): LintFinding[] {
  const written = nodeOf(p);
  const endless = !askAll(written, partsOf);
  const root = resolveSpaces(written, undefined);
  const look = findingsOf(new Analysis(root));
  const found: LintFinding[] = [];
  const reported = new Set<string>();
  for (const { node, rule } of entriesOf(root)) {
    for (const { code, message, help } of look(node)) {
      const where = node.kind === "rule" ? node.name : rule;
      const finding = where === undefined ? { code, message, help } : { code, rule: where, message, help };
      const text = JSON.stringify(finding);
      if (!reported.has(text)) found.push(finding);
      reported.add(text);
    }
  }
  if (endless) found.push(madeAnew);
  // a space that is in force in two places is one, and so is what asks for it
  found.push(...sharedNames(entriesOf(written).map((place: GraphEntry) => place.node)));
  return found;
}

const madeAnew: LintFinding = {
  code: "L115",
  message:
    "a lazy(…) leads to new parsers without end: its function makes one each time, which has such a lazy(…) again",
  help: "make the parser once, in a constant, and let lazy(() => it) refer to it; what depends on a value is andThen",
};

/** What there is to say of one parser of a grammar. */
function findingsOf(analysis: Analysis): (node: Node) => readonly Finding[] {
  const answers = new Answers(analysis);
  const firm = neverEmpty(analysis);
  const holding = new Holding(analysis);
  const cycles = new Set<string>();
  return (node) => {
    switch (node.kind) {
      case "rule":
      case "lazy":
        return some(leftRecursion(node, analysis, cycles));
      case "repeat":
        return some(repetition(node, analysis, answers, firm));
      case "opt":
        return some(option(node, analysis, firm));
      case "choice":
        return [...some(never(node)), ...alternatives(node, analysis, firm)];
      case "attempt":
      case "lookahead":
      case "notFollowedBy":
        return [...holding.returning(node)];
      case "set":
        return [...some(never(node)), ...some(seemingRange(node))];
      case "span":
        return [...some(never(node)), ...some(seemingRange(node)), ...some(holding.token(node))];
      case "slice":
      case "concat":
        return some(holding.token(node));
      case "longest":
        return some(holding.pattern(node));
      case "label":
        return some(label(node, analysis));
      default:
        return [];
    }
  };
}

/** A cycle once, however many of its rules begin with themselves. */
function leftRecursion(node: Node, analysis: Analysis, reported: Set<string>): Finding | undefined {
  const cycle = analysis.leftRecursive.get(node);
  if (cycle === undefined) return undefined;
  const written = cycleShown(node, cycle);
  const names = cycle.length === 0 ? written : [...new Set(cycle)].sort().join(" ");
  if (reported.has(names)) return undefined;
  reported.add(names);
  return {
    code: "L101",
    message: `it begins with itself before anything is read: ${written}`,
    help: "write what repeats as a repetition: chainl1(operand, operator), or the operand and then many(…)",
  };
}

function some(finding: Finding | undefined): readonly Finding[] {
  return finding === undefined ? [] : [finding];
}
