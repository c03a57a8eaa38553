// Whether a parser emits: its parts are looked at, what a function makes while it runs is not (semantics, rule 18).
import type { Node } from "../../grammar/node.ts";
import { askAll, reachable } from "./unit.ts";

const known = new WeakMap<Node, boolean>();

/**
 * Whether a parser has an `emit` in it. Only where none is found in the known parts, each `lazy` is resolved, up to a limit;
 * beyond it there is taken to be none.
 */
export function emits(root: Node): boolean {
  let found = known.get(root);
  if (found === undefined) {
    const has = (): boolean => reachable(root).some(({ kind }) => kind === "emit" || kind === "pieces");
    found = has();
    if (!found) {
      askAll(root);
      found = has();
    }
    known.set(root, found);
  }
  return found;
}
