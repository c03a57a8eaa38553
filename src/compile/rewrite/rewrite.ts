// Grammars with some of their nodes replaced. What a `lazy` stands for is replaced once it is known; a node from which nothing
// replaced can be reached stays as it is.
import { changed } from "../../grammar/lazies.ts";
import { childrenOf, type Node, withChildren } from "../../grammar/node.ts";
import { below } from "../facts/unit.ts";

/** What is replaced, and by what. */
interface Rewriting {
  asks(node: Node): boolean;
  /** What takes the place of a node that asks; `of` gives what has taken the place of one of its children. */
  remade(node: Node, of: (node: Node) => Node): Node;
  /** Whether what is inside a node is left alone. */
  seals?(node: Node): boolean;
}

/** The same node over what has taken the place of its children. */
export function over(node: Node, of: (node: Node) => Node): Node {
  return withChildren(node, childrenOf(node).map(of));
}

/** A function that gives what takes the place of a parser; of each node that is once, so that later only what is new costs. */
export function rewriter({ asks, remade, seals = () => false }: Rewriting): (root: Node) => Node {
  const made = new WeakMap<Node, Node>();
  const of = (node: Node): Node => made.get(node) ?? node;
  const parts = (node: Node): readonly Node[] =>
    made.has(node) || node.kind === "lazy" || seals(node) ? [] : childrenOf(node);
  const rewritten = (root: Node): Node => {
    if (!made.has(root)) for (const node of below(root, parts)) if (!made.has(node)) made.set(node, replaced(node));
    return of(root);
  };
  const replaced = (node: Node): Node => {
    if (node.kind === "lazy") return changed(node, rewritten);
    if (asks(node)) return remade(node, of);
    return parts(node).some((part) => of(part) !== part) ? over(node, of) : node;
  };
  return rewritten;
}
