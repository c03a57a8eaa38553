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
  readonly #known = new Map<NodeOf<"withSpace">, Node>();

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
    if (node.kind === "withSpace") return this.#inner(node);
    if (node.kind === "space")
      return this.#profile === undefined ? (inForce ?? node.fallback) : node.ofProfile(this.#profile);
    const remade = over(node, of);
    return remade.kind === "andThen" ? { ...remade, space: inForce } : remade;
  }

  /** What stands in a `withSpace` is the same wherever that stands. */
  #inner(node: NodeOf<"withSpace">): Node {
    let known = this.#known.get(node);
    if (known === undefined) {
      const placeholder = later();
      known = placeholder.node;
      this.#known.set(node, known);
      placeholder.resolve(this.under(node.p, node.space));
    }
    return known;
  }
}

/** What a function makes while running may ask too. */
function asks(node: Node): boolean {
  return node.kind === "space" || node.kind === "withSpace" || node.kind === "andThen";
}
