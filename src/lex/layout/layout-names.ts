// A parser with some of its nodes replaced, however deep they are.
import { changed } from "../../grammar/lazies.ts";
import { childrenOf, type Node, withChildren } from "../../grammar/node.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";

/**
 * `root` with each node replaced that has another name. The parser behind a `lazy` or an `andThen` is changed when it
 * is reached; a recursive parser becomes a recursive parser.
 */
export function renamed(root: Node, names: ReadonlyMap<Node, Node>): Node {
  const made = new WeakMap<Node, Node>(names);

  function of(from: Node): Node {
    const stack: Node[] = [from];
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      const missing = made.has(node) ? [] : childrenOf(node).filter((child) => !made.has(child));
      stack.push(...missing);
      if (missing.length > 0) continue;
      stack.pop();
      if (!made.has(node)) made.set(node, remade(node));
    }
    return made.get(from) ?? from;
  }

  function remade(node: Node): Node {
    if (node.kind === "lazy") return changed(node, of);
    const children = childrenOf(node);
    const others = children.map((child) => made.get(child) ?? child);
    const parent = children.every((child, i) => child === others[i]) ? node : withChildren(node, others);
    if (parent.kind !== "andThen") return parent;
    const { f } = parent;
    return { ...parent, f: (value: unknown) => Parser.of(of(nodeOf(f(value)))) };
  }

  return of(root);
}
