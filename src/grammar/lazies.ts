// Parsers that are made on demand. Code that walks through a grammar enters a `lazy` only if its parser is known
// already, since finding it calls a function of the user, which may make a new parser each time (semantics, rule 39).
import { bodyOf, isKnown, type LazyNode, type Node } from "./node.ts";
import { nodeOf, Parser } from "./parser.ts";

/** The parser behind a `lazy`; its function is called now, if it was not called before. */
export function asked(node: LazyNode): Node {
  return bodyOf(node, nodeOf);
}

/** How far each `lazy` was followed: a long chain of them is walked only once. */
const seenThrough = new WeakMap<LazyNode, Node>();

/** Follows each `lazy` that is known; ends at one that is not. */
export function deref(node: Node): Node {
  if (node.kind !== "lazy") return node;
  let at: Node = node;
  const path = new Set<LazyNode>();
  while (at.kind === "lazy" && isKnown(at)) {
    if (path.has(at)) throw new TypeError("this lazy(…) leads back to itself without ever reaching a parser");
    path.add(at);
    at = seenThrough.get(at) ?? asked(at);
  }
  for (const passed of path) seenThrough.set(passed, at);
  return at;
}

/** A parser that is made when it is first needed. */
export function deferred(body: () => Node): LazyNode {
  return { kind: "lazy", body: () => Parser.of(body()), isKnown: () => true };
}

/** The parser behind another `lazy`, changed; it is known when that one is. */
export function changed(node: LazyNode, change: (body: Node) => Node): LazyNode {
  return { kind: "lazy", body: () => Parser.of(change(asked(node))), isKnown: () => isKnown(node) };
}
