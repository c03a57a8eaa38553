// The rules of a grammar as data, for tools that draw, document or compare grammars.
import type { Expectation } from "../../grammar/expectation.ts";
import type { Node, NodeOf } from "../../grammar/node.ts";
import { type AnyParser, nodeOf } from "../../grammar/parser.ts";
import { Analysis } from "../facts/analysis.ts";
import { expectedAt } from "../facts/expected.ts";
import { askAll } from "../facts/unit.ts";
import { entriesOf, partsOf } from "./graph.ts";

/** A rule of a grammar. */
export interface RuleInfo {
  /** Its place in the list. */
  readonly id: number;
  readonly name: string;
  /** What `withDoc` said, directly around the rule or directly inside. */
  readonly doc?: string;
  /** It can succeed without reading. */
  readonly nullable: boolean;
  /** What it can begin with: texts quoted, classes of characters in brackets, names: `"-" or [0-9]`. */
  readonly first: string;
  /** The rules that its own text names, in order of their ids. */
  readonly uses: readonly number[];
  /** It begins with itself. */
  readonly leftRecursive: boolean;
}

/**
 * The rules of a grammar, in the order in which one reads it: each with what it can begin with and which rules it uses.
 *
 * @throws TypeError if `p` is not a parser, or a `lazy` in it gives none.
 *
 * @example
 * ```ts
 * import { grammarOf, many, rule } from "sluice";
 * import { string } from "sluice/lex";
 * const item = rule("item", string("a"));
 * grammarOf(rule("list", many(item))).map(({ name, uses }) => [name, uses]); // => [["list", [1]], ["item", []]]
 * ```
 */
export function grammarOf(p: AnyParser): readonly RuleInfo[] {
  const root = nodeOf(p);
  askAll(root, partsOf);
  const nodes = entriesOf(root).map(({ node }) => node);
  // what stands in a space belongs to the grammar, and is no part of what it is in
  const analysis = new Analysis({ kind: "choice", items: nodes.filter((node) => node.kind !== "lazy") });
  const rules = nodes.filter((node) => node.kind === "rule");
  const ids = new Map<Node, number>(rules.map((rule, id) => [rule, id]));
  const docs = docsAround(nodes);
  return rules.map((rule, id) => {
    const doc = docs.get(rule) ?? (rule.p.kind === "doc" ? rule.p.text : undefined);
    const first = expectedAt(rule.p, analysis).map(nameOf);
    return {
      id,
      name: rule.name,
      ...(doc === undefined ? {} : { doc }),
      nullable: analysis.of(rule).nullable,
      first: [...new Set(first)].join(" or "),
      uses: usesOf(rule, ids),
      leftRecursive: analysis.leftRecursive.has(rule),
    };
  });
}

function docsAround(nodes: readonly Node[]): Map<Node, string> {
  const docs = new Map<Node, string>();
  for (const node of nodes) if (node.kind === "doc") docs.set(node.p, node.text);
  return docs;
}

function nameOf(expected: Expectation): string {
  if (expected.kind === "eof") return "end of input";
  if (expected.kind === "token" || expected.kind === "keyword") return JSON.stringify(expected.text);
  return expected.kind === "class" ? `[${expected.text}]` : expected.text;
}

/** The rules that are reached from a rule without passing another. */
function usesOf(rule: NodeOf<"rule">, ids: ReadonlyMap<Node, number>): number[] {
  const uses = new Set<number>();
  const seen = new Set<Node>();
  const left = [rule.p];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const id = ids.get(node);
    if (id === undefined) left.push(...partsOf(node));
    else uses.add(id);
  }
  return [...uses].sort((a, b) => a - b);
}
