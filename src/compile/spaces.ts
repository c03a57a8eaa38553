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
  readonly #spaces = new Map<NodeOf<"withSpace">, Node>();
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

  /** The space of a `withSpace`, in which tokens have a space of their own. */
  #ownSpace(node: NodeOf<"withSpace">): Node {
    const known = this.#spaces.get(node);
    if (known !== undefined) return known;
    // it may lead back to the parser whose space it is
    const placeholder = later();
    this.#spaces.set(node, placeholder.node);
    const own = this.under(node.space, undefined);
    placeholder.resolve(own);
    this.#spaces.set(node, own);
    return own;
  }

  /** What stands in a `withSpace` is the same wherever that stands, unless its space asks for the one around it. */
  #inner(node: NodeOf<"withSpace">, around: Node | undefined): Node {
    const space = node.space.kind === "space" ? this.#spaceAt(node.space, around) : this.#ownSpace(node);
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
 * All nodes in reach that no inner `withSpace` covers, children before their parents. What a `lazy` stands for is no child
 * here, since it may be what the `lazy` stands in.
 */
function ordered(root: Node): Node[] {
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
