// A grammar with some of its nodes replaced: what has none of them in reach stays as it is, and recursion stays recursion.
import { childrenOf, later, type Node, withChildren } from "../grammar/node.ts";
import { deref } from "./analysis.ts";

/** What is replaced, and by what. */
export interface Rewriting {
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

export function rewritten(root: Node, { asks, remade, seals = () => false }: Rewriting): Node {
  const childrenIn = (node: Node): readonly Node[] => {
    if (seals(node)) return [];
    return node.kind === "lazy" ? [deref(node)] : childrenOf(node);
  };
  const order = ordered(root, childrenIn);
  const asking = new Set(order.filter(asks));
  const own = new Set(asking);
  if (asking.size === 0) return root;
  for (let size = -1; size !== asking.size; ) {
    size = asking.size;
    for (const node of order) if (childrenIn(node).some((child) => asking.has(child))) asking.add(node);
  }
  const made = new Map<Node, Node>();
  const lazies = new Map<Node, ReturnType<typeof later>>();
  for (const node of order) {
    if (node.kind !== "lazy" || !asking.has(node)) continue;
    const placeholder = later();
    lazies.set(node, placeholder);
    made.set(node, placeholder.node);
  }
  const of = (node: Node): Node => made.get(node) ?? node;
  for (const node of order) {
    if (asking.has(node) && !made.has(node)) made.set(node, own.has(node) ? remade(node, of) : over(node, of));
  }
  for (const [node, placeholder] of lazies) placeholder.resolve(of(deref(node)));
  return of(root);
}

/**
 * All nodes in reach, children before their parents. What a `lazy` stands for is no child here, since it may be what the
 * `lazy` stands in.
 */
function ordered(root: Node, childrenIn: (node: Node) => readonly Node[]): Node[] {
  const seen = new Set<Node>();
  const order: Node[] = [];
  const roots = [root];
  const stack: { readonly node: Node; next: number; readonly children: readonly Node[] }[] = [];
  const push = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const children = childrenIn(node);
    if (node.kind === "lazy") roots.push(...children);
    stack.push({ node, next: 0, children: node.kind === "lazy" ? [] : children });
  };
  for (let start = roots.pop(); start !== undefined; start = roots.pop()) {
    push(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = top.children[top.next++];
      if (child !== undefined) push(child);
      else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}
