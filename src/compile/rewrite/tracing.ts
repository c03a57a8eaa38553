// Traces are put into the grammar for a run that traces, and taken out for every other run: there a trace costs nothing.
import type { Node } from "../../grammar/node.ts";
import { over, rewriter } from "./rewrite.ts";

const traced = rewriter({
  asks: (node) => node.kind === "rule",
  remade: (node, of) => {
    return node.kind === "rule" ? { ...node, p: { kind: "trace", name: node.name, p: of(node.p) } } : over(node, of);
  },
});

const untraced = rewriter({
  asks: (node) => node.kind === "trace",
  remade: (node, of) => (node.kind === "trace" ? of(node.p) : over(node, of)),
});

/** The grammar with every rule traced under its name; or with no `trace` left in it. */
export function resolveTraces(root: Node, traces: boolean): Node {
  return traces ? traced(root) : untraced(root);
}
