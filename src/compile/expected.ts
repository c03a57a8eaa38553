// What a node expects where it begins, worked out from the grammar alone: for instructions that stand for many parsers.
import type { Expectation } from "../grammar/expectation.ts";
import { childrenOf, type Node } from "../grammar/node.ts";
import type { Analysis } from "./analysis.ts";
import { deref } from "./analysis.ts";

/** What is recorded when none of a node's first parsers finds its character. */
export function expectedAt(root: Node, analysis: Analysis): Expectation[] {
  return startOf(root, analysis).expected;
}

/** The rules around the last of these, innermost first. */
export function rulesAt(root: Node, analysis: Analysis): readonly string[] {
  return startOf(root, analysis).rules;
}

function startOf(root: Node, analysis: Analysis): { expected: Expectation[]; rules: readonly string[] } {
  const found: Expectation[] = [];
  let rules: readonly string[] = [];
  const open: string[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const own = ownExpectation(node);
    if (own !== undefined) {
      found.push(own);
      if (node.kind === "label") {
        const inside = startOf(node.p, analysis);
        rules = [...inside.rules, ...[...open].reverse()];
      } else rules = [...open].reverse();
      return;
    }
    switch (node.kind) {
      case "rule":
        open.push(node.name);
        visit(node.p);
        open.pop();
        return;
      case "trivia":
      case "notFollowedBy":
        return;
      case "recover":
        visit(node.p);
        return;
      case "lazy":
        visit(deref(node));
        return;
      case "seq":
      case "between":
        for (const child of childrenOf(node)) {
          visit(child);
          if (!analysis.of(child).nullable) return;
        }
        return;
      case "choice":
        for (const item of node.items) {
          visit(item);
          if (analysis.of(item).nullable) return;
        }
        return;
      case "repeat":
        if (node.end !== undefined) visit(node.end);
        visit(node.p);
        if (node.sep !== undefined && analysis.of(node.p).nullable) visit(node.sep);
        return;
      default:
        for (const child of childrenOf(node)) visit(child);
    }
  };
  visit(root);
  return { expected: found, rules };
}

/** What a node records when it fails at its own start, if it is one that records. */
export function ownExpectation(node: Node): Expectation | undefined {
  if ("said" in node && node.said !== undefined) return { kind: "rule", text: node.said };
  switch (node.kind) {
    case "text":
    case "until":
      return { kind: "token", text: node.text };
    case "bytes":
      return { kind: "token", text: node.bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ") };
    case "set":
      return { kind: "class", text: node.set.description };
    case "span":
      return node.min === 1 ? { kind: "class", text: node.set.description } : undefined;
    case "longest":
      return node.dfa.nullable ? undefined : { kind: "custom", text: node.dfa.description };
    case "take":
      return { kind: "custom", text: bytesSaid(node.length) };
    case "read":
      return { kind: "custom", text: node.format.name };
    case "primitive":
      return { kind: "custom", text: node.leaf.name };
    case "eof":
      return { kind: "eof" };
    case "label":
      return { kind: "rule", text: node.name };
    case "leaf":
      return { kind: node.class, text: node.expected };
    case "fail":
      return node.message === undefined ? undefined : { kind: "custom", text: node.message };
    default:
      return undefined;
  }
}

/** So many bytes, in words. */
export function bytesSaid(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

/** How the refusal of `notFollowedBy` names what it found. */
export function forbidden(node: Node, analysis: Analysis): Expectation {
  const names = expectedAt(node, analysis).map((e) => (e.kind === "eof" ? "end of input" : e.text));
  return { kind: "not", text: names.slice(0, 3).join(" or ") || "what follows" };
}
