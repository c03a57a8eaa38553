// How many units a parser reads at least where it succeeds: what a waiting `lengthCount` knows of elements that are to come.
import type { Node } from "../../grammar/node.ts";
import type { Analysis } from "../facts/analysis.ts";
import { below } from "../facts/unit.ts";

/** Beyond this it makes no difference; an operand of an instruction holds it. */
const MOST = 0x7fffffff;

export class Least {
  readonly #analysis: Analysis;
  readonly #known = new Map<Node, number>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** Units, at most 2^31 - 1; of what never succeeds 0. */
  of(root: Node): number {
    const fresh = below(root, (node) => this.#analysis.partsOf(node).filter((part) => !this.#known.has(part)));
    // from above downwards: what stands in itself is left at last by an alternative that does not
    for (const node of fresh) this.#known.set(node, Number.POSITIVE_INFINITY);
    for (let changed = true; changed; ) {
      changed = false;
      for (const node of fresh) {
        const now = this.#compute(node);
        changed ||= now !== this.#of(node);
        this.#known.set(node, now);
      }
    }
    const least = this.#of(root);
    return least === Number.POSITIVE_INFINITY ? 0 : Math.min(least, MOST);
  }

  #of(node: Node): number {
    return this.#known.get(node) ?? 0;
  }

  #sum(nodes: readonly Node[]): number {
    return nodes.reduce((sum, node) => sum + this.#of(node), 0);
  }

  #compute(node: Node): number {
    switch (node.kind) {
      case "fail":
        return Number.POSITIVE_INFINITY;
      case "text":
        // a character of two units may lack a single byte
        return [...node.text].length;
      case "bytes":
        return node.bytes.length;
      case "set":
        return 1;
      case "span":
        return node.min;
      case "longest":
        return node.dfa.nullable ? 0 : 1;
      case "take":
      case "within":
        return node.length;
      case "read":
        return Math.max(1, node.format.width);
      case "primitive":
        return node.leaf.least ?? 0;
      case "seq":
      case "between":
        return this.#sum(this.#analysis.partsOf(node));
      case "choice":
        return node.items.reduce((least, item) => Math.min(least, this.#of(item)), Number.POSITIVE_INFINITY);
      case "repeat":
        return this.#repeat(node);
      case "times":
      case "sized":
        return this.#of(node.count);
      case "opt":
      case "fold":
      case "lookahead":
      case "notFollowedBy":
      case "recover":
        return 0;
      case "lazy":
        return this.#sum(this.#analysis.partsOf(node));
      default:
        return "p" in node ? this.#of(node.p) : 0;
    }
  }

  #repeat({ p, sep, end, min }: Extract<Node, { readonly kind: "repeat" }>): number {
    const rounds = min > 0 ? min * this.#of(p) : 0;
    const between = sep !== undefined && min > 1 ? (min - 1) * this.#of(sep) : 0;
    return rounds + between + (end === undefined ? 0 : this.#of(end));
  }
}
