// Which space is in force where: `withSpace` and the run's own profile are worked into the grammar before anything else
// looks at it, so that no instruction has to ask.
import { childrenOf, later, type Node, type NodeOf, withChildren } from "../grammar/node.ts";
import { deref } from "./analysis.ts";

/** The grammar with each `space` replaced by what is in force there: a run's `profile`, the innermost space, its own. */
export function resolveSpaces(root: Node, profile: object | undefined, inForce?: Node): Node {
  return new Spaces(profile).under(root, inForce);
}

class Spaces {
  readonly #profile: object | undefined;
  readonly #known = new Map<NodeOf<"withSpace">, Map<Node, Node>>();

  constructor(profile: object | undefined) {
    this.#profile = profile;
  }

  under(root: Node, inForce: Node | undefined): Node {
    const order = ordered(root);
    const asking = new Set(order.filter((node) => asks(node)));
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
    for (const node of order) if (asking.has(node) && !made.has(node)) made.set(node, this.#remade(node, inForce, of));
    for (const [node, placeholder] of lazies) placeholder.resolve(of(deref(node)));
    return of(root);
  }

  #remade(node: Node, inForce: Node | undefined, of: (node: Node) => Node): Node {
    if (node.kind === "withSpace") return this.#inner(node, inForce);
    if (node.kind === "space") return this.#spaceAt(node, inForce);
    const remade = withChildren(node, childrenOf(node).map(of));
    return remade.kind === "andThen" ? { ...remade, space: inForce } : remade;
  }

  #spaceAt(node: NodeOf<"space">, inForce: Node | undefined): Node {
    return this.#profile === undefined ? (inForce ?? node.fallback) : node.ofProfile(this.#profile);
  }

  /** What stands in a `withSpace` is the same wherever that stands, unless its space asks for the one around it. */
  #inner(node: NodeOf<"withSpace">, around: Node | undefined): Node {
    const space = node.space.kind === "space" ? this.#spaceAt(node.space, around) : node.space;
    const bySpace = this.#known.get(node) ?? new Map<Node, Node>();
    this.#known.set(node, bySpace);
    let known = bySpace.get(space);
    if (known === undefined) {
      const placeholder = later();
      known = placeholder.node;
      bySpace.set(space, known);
      placeholder.resolve(this.under(node.p, space));
    }
    return known;
  }
}

/** What a function makes while running may ask too. */
function asks(node: Node): boolean {
  return node.kind === "space" || node.kind === "withSpace" || node.kind === "andThen";
}

function childrenIn(node: Node): readonly Node[] {
  if (node.kind === "withSpace") return [];
  return node.kind === "lazy" ? [deref(node)] : childrenOf(node);
}

/**
 * All nodes in reach that no inner `withSpace` covers, children before their parents. Every cycle goes through a `lazy`: what
 * one stands for is looked at on its own.
 */
function ordered(root: Node): Node[] {
  const seen = new Set<Node>([root]);
  const order: Node[] = [];
  const roots: Node[] = [root];
  for (let from = roots.pop(); from !== undefined; from = roots.pop()) {
    const stack: { readonly node: Node; next: number; readonly children: readonly Node[] }[] = [];
    const push = (node: Node): void => {
      stack.push({ node, next: 0, children: node.kind === "lazy" ? [] : childrenIn(node) });
    };
    push(from);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = top.children[top.next++];
      if (child === undefined) {
        order.push(top.node);
        stack.pop();
        if (top.node.kind === "lazy" && !seen.has(deref(top.node))) {
          seen.add(deref(top.node));
          roots.push(deref(top.node));
        }
      } else if (!seen.has(child)) {
        seen.add(child);
        push(child);
      }
    }
  }
  return order;
}
