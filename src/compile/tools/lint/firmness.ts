// Which parsers never fail empty, so that nothing is ever tried in their place.
import { deref } from "../../../grammar/lazies.ts";
import { type Node, wrapped } from "../../../grammar/node.ts";
import type { Analysis } from "../../facts/analysis.ts";

/**
 * The parsers that, as far as one can see, never fail empty: they succeed, or they have read something, or a cut was passed.
 * Of two that stand in each other only one is seen through, which is on the safe side.
 */
export function neverEmpty(analysis: Analysis): ReadonlySet<Node> {
  const found = new Set<Node>();
  const passing = new Set<Node>();
  for (const node of analysis.nodes) {
    if (passesCut(node, passing)) passing.add(node);
    if (!analysis.leftRecursive.has(node) && isFirm(node, analysis, found, passing)) found.add(node);
  }
  return found;
}

/** Whether what comes after it in its sequence is committed for certain. */
function passesCut(node: Node, passing: ReadonlySet<Node>): boolean {
  switch (node.kind) {
    case "cutHere":
      return true;
    case "lazy":
      return passing.has(deref(node));
    case "seq":
      return node.items.some((item) => passing.has(item));
    default:
      return inWrapped(node, passing);
  }
}

function inWrapped(node: Node, nodes: ReadonlySet<Node>): boolean {
  const p = wrapped(node);
  return p !== undefined && nodes.has(p);
}

function isFirm(node: Node, analysis: Analysis, found: ReadonlySet<Node>, passing: ReadonlySet<Node>): boolean {
  const alwaysSucceeds = (p: Node): boolean => analysis.of(p).sure && analysis.of(p).nullable;
  const nullable = (p: Node): boolean => analysis.of(p).nullable;
  const inRow = (items: readonly Node[]): boolean => {
    for (const item of items) {
      if (!found.has(item)) return false;
      if (passing.has(item) || !nullable(item)) return true;
    }
    return true;
  };
  switch (node.kind) {
    case "ok":
    case "position":
    case "cutHere":
    case "cut":
    case "opt":
    case "fold":
      return true;
    case "span":
      return node.min === 0;
    case "take":
      return node.length === 0;
    case "lazy":
      return found.has(deref(node));
    case "seq":
      return inRow(node.items);
    case "between":
      return inRow([node.open, node.p, node.close]);
    case "choice":
      return node.items.some((item) => found.has(item));
    case "repeat":
      if (node.end !== undefined) return found.has(node.end) || (found.has(node.p) && !nullable(node.p));
      return node.min === 0 || found.has(node.p);
    case "attempt":
    case "lookahead":
    case "leaf":
    case "whole":
      return alwaysSucceeds(node.p);
    case "refine":
    case "andThen":
      return found.has(node.p) && !nullable(node.p);
    default:
      return inWrapped(node, found);
  }
}
