// What a run that traces records is worked into the grammar, and out of it for every other run: there a trace costs nothing.
import type { Node } from "../grammar/node.ts";
import { over, rewritten } from "./rewrite.ts";

/** The grammar with every rule traced under its name; or with no `trace` left in it. */
export function resolveTraces(root: Node, traces: boolean): Node {
  return rewritten(root, {
    asks: (node) => node.kind === "trace" || (traces && node.kind === "rule"),
    remade(node, of) {
      if (node.kind === "rule") return { ...node, p: { kind: "trace", name: node.name, p: of(node.p) } };
      return node.kind === "trace" && !traces ? of(node.p) : over(node, of);
    },
  });
}
