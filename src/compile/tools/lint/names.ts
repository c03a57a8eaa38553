// Names that don't say what they seem to.
import type { Node, NodeOf } from "../../../grammar/node.ts";
import type { Analysis } from "../../facts/analysis.ts";
import { expectedAt } from "../../facts/expected.ts";
import { shown } from "../../facts/shown.ts";
import type { Finding } from "./finding.ts";

/** A label that no failure can ever show. */
export function label({ name, p }: NodeOf<"label">, analysis: Analysis): Finding | undefined {
  const { sure, nullable } = analysis.of(p);
  if (!sure || !nullable || expectedAt(p, analysis).length > 0) return undefined;
  return {
    code: "L110",
    message: `the label ${JSON.stringify(name)} is never shown: ${shown(p)} succeeds wherever it stands, and expects nothing`,
    help: "leave the label out, or label a parser that can fail",
  };
}

/** Characters listed one by one that look like a range. */
export function seemingRange({ set }: NodeOf<"set" | "span">): Finding | undefined {
  const range = set.seemingRange;
  if (range === undefined) return undefined;
  const characters = [...range].map((char) => JSON.stringify(char)).join(", ");
  return {
    code: "L113",
    message: `${JSON.stringify(range)} stands for ${characters} here: a text lists characters one by one`,
    help: 'write the range as charSet("…"), or put the "-" first or last',
  };
}

/** Rules that share a name, once for each name. */
export function* sharedNames(nodes: readonly Node[]): Generator<Finding & { readonly rule: string }> {
  const counts = new Map<string, number>();
  for (const node of nodes) if (node.kind === "rule") counts.set(node.name, (counts.get(node.name) ?? 0) + 1);
  for (const [rule, count] of counts) {
    if (count === 1) continue;
    yield {
      code: "L111",
      rule,
      message: `${count} different rules are named ${JSON.stringify(rule)}: errors, traces and trees can't tell them apart`,
      help: "give each a name of its own, or build the rule once and use it in both places",
    };
  }
}
