// What a parser answers where it finds nothing to read: at the end of the input, or before a character that none of its
// parts begins with. Both are decided by the grammar alone, except where a function or a cut has a say.
import { deref } from "../../../grammar/lazies.ts";
import type { Node, RepeatNode } from "../../../grammar/node.ts";
import type { Analysis } from "../../facts/analysis.ts";

/** "succeeds" and "fails" without having read anything; undefined: it may read, or it can't be told. */
type Answer = "succeeds" | "fails" | undefined;

/** A place in an input: its end, or before a character (ASCII). */
export type Next = "end" | number;

export class Answers {
  readonly #analysis: Analysis;
  readonly #known = new Map<Next, Map<Node, Answer>>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  at(node: Node, next: Next): Answer {
    return this.#all(next).get(node);
  }

  #all(next: Next): Map<Node, Answer> {
    let all = this.#known.get(next);
    if (all === undefined) {
      all = new Map();
      this.#known.set(next, all);
      // parts come before what they are part of, unless it begins with itself: that stays untold
      for (const node of this.#analysis.nodes) all.set(node, this.#compute(node, next, all));
    }
    return all;
  }

  #compute(node: Node, next: Next, all: ReadonlyMap<Node, Answer>): Answer {
    const reads = (begins: boolean): Answer => (next !== "end" && begins ? undefined : "fails");
    switch (node.kind) {
      case "ok":
      case "position":
      case "cutHere":
        return "succeeds";
      case "fail":
        return "fails";
      case "eof":
        return next === "end" ? "succeeds" : "fails";
      case "text":
        return reads(node.text.charCodeAt(0) === next);
      case "bytes":
        return reads(node.bytes[0] === next);
      case "set":
        return reads(this.#begins(node, next));
      case "span":
        return node.min === 1 || this.#begins(node, next) ? reads(this.#begins(node, next)) : "succeeds";
      case "until":
      case "read":
        return reads(true);
      case "take":
        return node.length === 0 ? "succeeds" : reads(true);
      case "lazy":
        return all.get(deref(node));
      case "seq":
        return this.#sequence(node.items, all);
      case "between":
        return this.#sequence([node.open, node.p, node.close], all);
      case "choice":
        return firstOf(
          node.items.map((item) => all.get(item)),
          "fails",
        );
      case "notFollowedBy": {
        const p = all.get(node.p);
        return p === undefined ? p : p === "fails" ? "succeeds" : "fails";
      }
      case "cut":
        return all.get(node.p) === "succeeds" ? "succeeds" : undefined;
      case "opt":
        return firstOf([all.get(node.p)], "succeeds");
      case "repeat":
        return this.#repetition(node, all);
      case "fold":
        return all.get(node.p) === "fails" ? "succeeds" : undefined;
      case "times":
      case "sized":
        return all.get(node.count) === "fails" ? "fails" : undefined;
      case "refine":
      case "andThen":
      case "takeCount":
      case "within":
      case "decode":
        return all.get(node.p) === "fails" ? "fails" : undefined;
      default:
        return "p" in node ? all.get(node.p) : undefined;
    }
  }

  #begins(node: Node, next: Next): boolean {
    return next !== "end" && this.#analysis.of(node).first.has(next);
  }

  #sequence(items: readonly Node[], all: ReadonlyMap<Node, Answer>): Answer {
    let cut = false;
    for (const item of items) {
      const answer = all.get(item);
      if (answer !== "succeeds") return cut ? undefined : answer;
      cut ||= this.#analysis.of(item).cuts;
    }
    return "succeeds";
  }

  #repetition({ p, sep, end, min, max }: RepeatNode, all: ReadonlyMap<Node, Answer>): Answer {
    if (max === 0) return "succeeds";
    const element = all.get(p);
    if (end !== undefined) {
      const ended = all.get(end);
      if (ended === "fails") return element === "fails" ? "fails" : undefined;
      return min > 0 ? undefined : ended;
    }
    if (element === "fails") return min === 0 ? "succeeds" : "fails";
    if (element === undefined) return undefined;
    if (sep !== undefined) return all.get(sep) === "fails" ? "succeeds" : undefined;
    return max === Number.POSITIVE_INFINITY ? undefined : "succeeds";
  }
}

/** The first that doesn't fail. */
function firstOf(answers: readonly Answer[], otherwise: Answer): Answer {
  for (const answer of answers) if (answer !== "fails") return answer;
  return otherwise;
}
