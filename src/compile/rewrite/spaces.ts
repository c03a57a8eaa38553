// Which space is in force where: `withSpace` and the trivia profile of the run are resolved in the grammar before anything else
// looks at it, so that no instruction has to ask for them.
import { deferred } from "../../grammar/lazies.ts";
import type { Node, NodeOf } from "../../grammar/node.ts";
import { over, rewriter } from "./rewrite.ts";

/** The grammar with each `space` replaced by what is in force there: a run's `profile`, the innermost space, its own. */
export function resolveSpaces(root: Node, triviaProfile: object | undefined, inForce?: Node): Node {
  const key = triviaProfile ?? NONE;
  // who refuses what is no profile is asked by the grammar
  if (typeof key !== "object") return new Spaces(triviaProfile).under(root, inForce);
  let spaces = known.get(key);
  if (spaces === undefined) {
    spaces = new Spaces(triviaProfile);
    known.set(key, spaces);
  }
  return spaces.under(root, inForce);
}

/** Stands for a profile, or a space, that there is not. */
const NONE: Node = { kind: "eof" };

const known = new WeakMap<object, Spaces>();

class Spaces {
  readonly #profile: object | undefined;
  readonly #rewriters = new WeakMap<Node, (root: Node) => Node>();
  readonly #ofProfile = new WeakMap<Node, Node>();
  readonly #spaces = new WeakMap<Node, Node>();
  readonly #inner = new WeakMap<Node, WeakMap<Node, Node>>();

  constructor(profile: object | undefined) {
    this.#profile = profile;
  }

  under(root: Node, inForce: Node | undefined): Node {
    const key = inForce ?? NONE;
    let rewritten = this.#rewriters.get(key);
    if (rewritten === undefined) {
      rewritten = rewriter({
        asks,
        remade: (node, of) => this.#remade(node, inForce, of),
        seals: (node) => node.kind === "withSpace",
      });
      this.#rewriters.set(key, rewritten);
    }
    return rewritten(root);
  }

  #remade(node: Node, inForce: Node | undefined, of: (node: Node) => Node): Node {
    if (node.kind === "withSpace") return this.#insideOf(node, inForce);
    if (node.kind === "space") return this.#spaceAt(node, inForce);
    const remade = over(node, of);
    return remade.kind === "andThen" ? { ...remade, space: inForce } : remade;
  }

  #spaceAt(node: NodeOf<"space">, inForce: Node | undefined): Node {
    const profile = this.#profile;
    if (profile === undefined) return inForce ?? node.fallback;
    return once(this.#ofProfile, node, () => node.ofProfile(profile));
  }

  /** What stands in a `withSpace` is the same wherever that stands, unless its space asks for the one around it. */
  #insideOf(node: NodeOf<"withSpace">, around: Node | undefined): Node {
    // in its own space tokens have a space of their own
    const space =
      node.space.kind === "space"
        ? this.#spaceAt(node.space, around)
        : once(this.#spaces, node, () => this.under(node.space, undefined));
    const bySpace = once(this.#inner, node, () => new WeakMap<Node, Node>());
    return once(bySpace, space, () => deferred(() => this.under(node.p, space)));
  }
}

function once<V>(map: WeakMap<Node, V>, node: Node, make: () => V): V {
  let value = map.get(node);
  if (value === undefined) {
    value = make();
    map.set(node, value);
  }
  return value;
}

/** What a function makes while running may ask too. */
function asks(node: Node): boolean {
  return node.kind === "space" || node.kind === "withSpace" || node.kind === "andThen";
}
