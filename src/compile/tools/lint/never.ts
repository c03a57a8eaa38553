// Parsers that can't succeed, though they look as if they could.
import type { NodeOf } from "../../../grammar/node.ts";
import type { Finding } from "./finding.ts";

/** A choice without alternatives, or a class without characters. */
export function never(node: NodeOf<"choice" | "set" | "span">): Finding | undefined {
  if (node.kind === "choice") {
    if (node.items.length > 0) return undefined;
    return {
      code: "L114",
      message: "choice([]) always fails: it has no alternatives",
      help: "give it alternatives, or write fail(message), which says why",
    };
  }
  if (node.set.description !== "(none)" || (node.kind === "span" && node.min === 0)) return undefined;
  return {
    code: "L114",
    message: "a class without characters never matches",
    help: "list the characters that it should match, or write fail(message), which says why",
  };
}
