// Which space is in force where: `withSpace` and the run's own profile are worked into the grammar before anything else
// looks at it, so that no instruction has to ask.
import { later, type Node, type NodeOf } from "../grammar/node.ts";
import { over, rewritten } from "./rewrite.ts";

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
    return rewritten(root, {
      asks,
      remade: (node, of) => this.#remade(node, inForce, of),
      seals: (node) => node.kind === "withSpace",
    });
  }

  #remade(node: Node, inForce: Node | undefined, of: (node: Node) => Node): Node {
    if (node.kind === "withSpace") return this.#inner(node, inForce);
    if (node.kind === "space") return this.#spaceAt(node, inForce);
    const remade = over(node, of);
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
