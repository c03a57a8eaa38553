// Fixed texts in parts of a grammar: what comments begin with is among those in its space.
import { deref } from "../../grammar/lazies.ts";
import type { Node } from "../../grammar/node.ts";
import { askAll, reachable } from "./unit.ts";

/** The fixed texts in a parser that are not space. */
export function textsIn(root: Node): readonly string[] {
  return reachable(root).flatMap((node) => (node.kind === "text" && node.text.trim() !== "" ? [node.text] : []));
}

/** The fixed texts in the space of a grammar, as far as that is known by now. */
export function textsInSpace(root: Node): readonly string[] {
  return [...new Set(reachable(root).flatMap((node) => (node.kind === "trivia" ? textsIn(node) : [])))];
}

/** What reads more than the text it begins with, or reads it as something else. */
const UNFIXED: readonly Node["kind"][] = ["repeat", "rule", "fold", "times", "sized", "decode"];

/** The text of a parser that reads fixed text and perhaps space after it, as far as it is known. */
export function fixedText(parser: Node): string | undefined {
  const seen = new Set<Node>();
  for (let node = deref(parser); !seen.has(node); ) {
    seen.add(node);
    if (node.kind === "text") return node.text;
    const inner = node.kind === "seq" ? node.items[0] : "p" in node ? node.p : undefined;
    if (inner === undefined || UNFIXED.includes(node.kind)) return undefined;
    node = deref(inner);
  }
  return undefined;
}

/** The same for a report, which does not depend on what was entered before. */
export function fixedTextOfAll(parser: Node): string | undefined {
  askAll(parser);
  return fixedText(parser);
}
