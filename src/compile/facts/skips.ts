// Which parsers can only be skipped where they stand last: space, and whatever else can't fail (semantics, rule 17).

import { deref } from "../../grammar/lazies.ts";
import type { Node, NodeOf } from "../../grammar/node.ts";
import type { Analysis } from "./analysis.ts";
import { reachable } from "./unit.ts";

/** How a parser may fail, as bits: with nothing read, with something read, committed. */
const EMPTY = 1;
const CONSUMED = 2;
const COMMITTED = 4;
const ANY: number = EMPTY | CONSUMED | COMMITTED;

/** How many levels deep parsers are looked into. */
const DEEPEST = 100;

/** Kinds that hand something out, or whose effect depends on what was handed out before. */
const TELLING: readonly Node["kind"][] = ["emit", "pieces", "andThen", "checkpoint", "trace"];

/** What can be skipped in one grammar. */
export class Skips {
  readonly #analysis: Analysis;
  readonly #fails = new Map<Node, number>();
  readonly #skips = new Map<Node, number>();
  readonly #ends = [new Map<Node, boolean>(), new Map<Node, boolean>()] as const;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /**
   * Whether a parser whose value is dropped can only be skipped.
   *
   * @param strictly it can't fail at all; else it may be trivia that fails for good: a comment that is not closed.
   */
  skips(node: Node, strictly: boolean): boolean {
    let fails = this.#skips.get(node);
    if (fails === undefined) {
      fails = this.#isPlain(node) ? this.#failuresOf(node, 0) : ANY;
      this.#skips.set(node, fails);
    }
    return fails === 0 || (!strictly && fails === COMMITTED && isTrivia(node));
  }

  #isPlain(node: Node): boolean {
    const { nullable, cuts } = this.#analysis.of(node);
    return nullable && !cuts && !reachable(node).some(({ kind }) => TELLING.includes(kind));
  }

  /** What a sequence ends with that can be skipped, its own parts taken apart; and what is left of it. */
  splitSeq(
    node: NodeOf<"seq">,
    strictly: boolean,
  ): { readonly items: readonly Node[]; readonly skipped: readonly Node[] } {
    const last = node.keep.at(-1);
    if (last === undefined) return { items: node.items, skipped: [] };
    const dropped = node.items.slice(last + 1).flatMap((item) => partsOf(item));
    const needed = dropped.findLastIndex((item) => !this.skips(item, strictly)) + 1;
    if (needed === dropped.length) return { items: node.items, skipped: [] };
    return { items: [...node.items.slice(0, last + 1), ...dropped.slice(0, needed)], skipped: dropped.slice(needed) };
  }

  /** Whether it is not known what a sequence ends with that is dropped. */
  isOpen(node: Node): boolean {
    return droppedIn(node).some((item) => this.#analysis.of(item).open);
  }

  /** Whether some way through a parser ends with something that can be skipped, and that reads. */
  endsSo(root: Node, strictly: boolean): boolean {
    const known = this.#ends[strictly ? 1 : 0];
    const seen = new Set<Node>();
    const left: { readonly node: Node; readonly strictly: boolean }[] = [{ node: root, strictly }];
    let found = known.get(root) ?? false;
    if (known.has(root)) return found;
    for (let at = left.pop(); at !== undefined && !found; at = left.pop()) {
      if (seen.has(at.node)) continue;
      seen.add(at.node);
      const { node } = at;
      found = node.kind === "seq" && this.splitSeq(node, at.strictly).skipped.some((item) => reads(item));
      // what is not known may end so
      found ||=
        this.isOpen(node) || (node.kind === "lazy" && this.#analysis.of(node).open && this.#analysis.links.has(node));
      const inner = at.strictly || node.kind === "attempt" || node.kind === "recover";
      for (const next of this.lastOf(node, at.strictly)) left.push({ node: next, strictly: inner });
    }
    if (found) known.set(root, true);
    else for (const node of seen) known.set(node, false);
    return found;
  }

  /** The parsers that stand last in one, with which it ends as they do. */
  lastOf(node: Node, strictly: boolean): readonly Node[] {
    switch (node.kind) {
      case "seq":
        return this.splitSeq(node, strictly).items.slice(-1);
      case "choice":
        return node.items;
      case "between":
        return [node.close];
      case "repeat":
        return node.end === undefined ? [] : [node.end];
      case "lazy":
        return [deref(node)];
      case "label":
        // what fails at its start is reported as the label
        return this.#analysis.of(node.p).nullable ? [] : [node.p];
      case "map":
      case "as":
      case "skip":
      case "doc":
      case "rule":
      case "attempt":
      case "cut":
      case "opt":
      case "frame":
      case "recover":
      case "emit":
        return [node.p];
      default:
        return [];
    }
  }

  #failuresOf(node: Node, depth: number): number {
    let known = this.#fails.get(node);
    if (known === undefined) {
      // for a parser that stands in itself the worst is assumed
      this.#fails.set(node, ANY);
      known = depth > DEEPEST ? ANY : this.#compute(node, depth + 1);
      this.#fails.set(node, known);
    }
    return known;
  }

  #compute(node: Node, depth: number): number {
    switch (node.kind) {
      case "ok":
      case "position":
      case "cutHere":
        return 0;
      case "span":
        return node.min === 0 ? 0 : EMPTY;
      case "longest":
        return node.dfa.nullable ? 0 : EMPTY;
      case "fail":
      case "eof":
      case "text":
      case "bytes":
      case "set":
      case "read":
      case "primitive":
      case "notFollowedBy":
        return EMPTY;
      case "attempt":
      case "lookahead":
      case "leaf":
        return this.#failuresOf(node.p, depth) === 0 ? 0 : EMPTY;
      case "cut":
        return this.#failuresOf(node.p, depth) === 0 ? 0 : COMMITTED;
      case "seq":
        return this.#inRow(node.items, depth);
      case "between": {
        if (this.#analysis.of(node.open).nullable) return ANY;
        const inside = this.#failuresOf(node.p, depth) | this.#failuresOf(node.close, depth);
        return this.#failuresOf(node.open, depth) | (inside === 0 ? 0 : COMMITTED);
      }
      case "choice": {
        const all = node.items.map((item) => this.#failuresOf(item, depth));
        const empty = all.every((fails) => (fails & EMPTY) !== 0) ? EMPTY : 0;
        return all.reduce((sum, fails) => sum | (fails & ~EMPTY), empty);
      }
      case "opt":
        return this.#failuresOf(node.p, depth) & ~EMPTY;
      case "repeat":
        return this.#repeated(node, depth);
      case "rule":
      case "label":
      case "doc":
      case "map":
      case "as":
      case "concat":
      case "skip":
      case "spanned":
      case "slice":
      case "trivia":
      case "frame":
        return this.#failuresOf(node.p, depth);
      case "lazy":
        return this.#failuresOf(deref(node), depth);
      default:
        return ANY;
    }
  }

  #inRow(items: readonly Node[], depth: number): number {
    let all = 0;
    let read = false;
    for (const item of items) {
      const fails = this.#failuresOf(item, depth);
      const { nullable, cuts } = this.#analysis.of(item);
      if (cuts) return ANY;
      if (fails !== 0 && item !== items[0]) all |= (fails & ~EMPTY) | ((fails & EMPTY) !== 0 ? CONSUMED : 0);
      if (!read) all |= fails;
      read ||= !nullable;
    }
    return all;
  }

  #repeated({ p, sep, end, min, max }: NodeOf<"repeat">, depth: number): number {
    const idle = this.#analysis.of(p).nullable && (sep === undefined || this.#analysis.of(sep).nullable);
    if (end !== undefined || min > 0 || (idle && max === Number.POSITIVE_INFINITY)) return ANY;
    const element = this.#failuresOf(p, depth);
    if (sep === undefined) return element & ~EMPTY;
    // after a separator an element is required
    return ((element | this.#failuresOf(sep, depth)) & ~EMPTY) | ((element & EMPTY) !== 0 ? CONSUMED : 0);
  }
}

/** What a sequence drops behind the last value that it keeps. */
export function droppedIn(node: Node): readonly Node[] {
  const last = node.kind === "seq" ? node.keep.at(-1) : undefined;
  return node.kind === "seq" && last !== undefined ? node.items.slice(last + 1) : [];
}

/** What a dropped sequence is made of. */
function partsOf(node: Node, depth = 0): readonly Node[] {
  if (node.kind !== "seq" || depth > DEEPEST) return [node];
  return node.items.flatMap((item) => partsOf(item, depth + 1));
}

function isTrivia(node: Node): boolean {
  let at = node;
  while (at.kind === "skip" || at.kind === "doc") at = at.p;
  return at.kind === "trivia";
}

function reads({ kind }: Node): boolean {
  return kind !== "ok" && kind !== "position";
}
