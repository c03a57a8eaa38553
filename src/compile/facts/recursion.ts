// Which parsers of a grammar go round.
import type { Node } from "../../grammar/node.ts";

/**
 * The parsers from which `parts` leads back to themselves: Tarjan's strongly connected components, with a stack of its
 * own, in time that is linear in the grammar.
 */
export function recursive(nodes: readonly Node[], parts: (node: Node) => readonly Node[]): ReadonlySet<Node> {
  const numbers = new Map<Node, number>();
  const lowest = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const found = new Set<Node>();
  const path: { readonly node: Node; readonly below: readonly Node[]; next: number }[] = [];
  const enter = (node: Node): void => {
    numbers.set(node, numbers.size);
    lowest.set(node, numbers.size - 1);
    open.push(node);
    isOpen.add(node);
    path.push({ node, below: parts(node), next: 0 });
  };
  const sink = (node: Node, to: number): void => {
    if (to < (lowest.get(node) as number)) lowest.set(node, to);
  };
  const leave = (node: Node, below: readonly Node[]): void => {
    if (lowest.get(node) !== numbers.get(node)) return;
    const alone = open.at(-1) === node && !below.includes(node);
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      isOpen.delete(member);
      if (!alone) found.add(member);
      if (member === node) return;
    }
  };
  for (const root of nodes) {
    if (numbers.has(root)) continue;
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const part = top.below[top.next++];
      if (part === undefined) {
        path.pop();
        const above = path.at(-1);
        if (above !== undefined) sink(above.node, lowest.get(top.node) as number);
        leave(top.node, top.below);
      } else if (!numbers.has(part)) enter(part);
      else if (isOpen.has(part)) sink(top.node, numbers.get(part) as number);
    }
  }
  return found;
}
