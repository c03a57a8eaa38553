// What keeps text or values back while streaming.
import { deref } from "../../../grammar/lazies.ts";
import type { Node, NodeOf } from "../../../grammar/node.ts";
import type { CharSet } from "../../../text/index.ts";
import type { Analysis } from "../../facts/analysis.ts";
import { ANYTHING } from "../../facts/first.ts";
import { recursive } from "../../facts/recursion.ts";
import { shown } from "../../facts/shown.ts";
import { havingInside, partsOf } from "../graph.ts";
import type { Finding } from "./finding.ts";

/** Characters beyond ASCII on which a class is tried that seems to hold every character. */
const SAMPLES: readonly number[] = [0x80, 0xe9, 0x3b1, 0x4e00, 0xffff, 0x1f600, 0x10ffff];

/** What goes back to where it began. */
type Returning = NodeOf<"attempt" | "lookahead" | "notFollowedBy">;

export class Holding {
  readonly #analysis: Analysis;
  readonly #unbounded: ReadonlySet<Node>;
  readonly #greedy: ReadonlySet<Node>;
  readonly #emitting: ReadonlySet<Node>;
  readonly #wanted: ReadonlySet<Node>;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    const { nodes } = analysis;
    const inside = (goal: (node: Node) => boolean, through = partsOf): ReadonlySet<Node> =>
      havingInside(nodes, nodes.filter(goal), through);
    const structured = inside((node) => node.kind === "rule" || node.kind === "lazy");
    // a token, and space, is of a length that people write
    const outsideTokens = (node: Node): readonly Node[] => {
      const token =
        node.kind === "slice" ||
        node.kind === "leaf" ||
        node.kind === "whole" ||
        node.kind === "concat" ||
        node.kind === "trivia";
      return token || (node.kind === "skip" && node.p.kind === "repeat" && !structured.has(node.p))
        ? []
        : partsOf(node);
    };
    const goesRound = recursive(nodes, partsOf);
    this.#unbounded = inside((node) => isUnbounded(node) || goesRound.has(node), outsideTokens);
    this.#greedy = inside((node) => this.#readsOn(node));
    this.#emitting = inside((node) => node.kind === "emit" || node.kind === "pieces");
    this.#wanted = wantedNodes(nodes);
  }

  *returning(node: Returning): Generator<Finding> {
    const what = `${node.kind}(${shown(node.p)})`;
    if (this.#unbounded.has(node)) {
      yield {
        code: "L107",
        message: `${what} may read any amount, and all of it is kept until it has ended, since it may have to go back`,
        help:
          node.kind === "attempt"
            ? "wrap only the part that tells the alternatives apart, or read what they share before the choice"
            : "look only as far ahead as it takes to decide",
      };
    }
    if (!this.#emitting.has(node)) return;
    yield node.kind === "attempt"
      ? {
          code: "L109",
          message: `${what} holds back what is emitted in it until it has ended`,
          help: "emit what the attempt gives, emit(attempt(…)), or end the attempt before the part that emits",
        }
      : {
          code: "L109",
          message: `what is emitted in ${what} is dropped: looking ahead emits nothing`,
          help: "emit where the input is really read",
        };
  }

  /** A token that nothing but the end of the input need stop. */
  token(node: NodeOf<"span" | "slice" | "concat">): Finding | undefined {
    if (!this.#wanted.has(node)) return undefined;
    if (node.kind === "span" ? !this.#readsOn(node) : !this.#greedy.has(node)) return undefined;
    return {
      code: "L108",
      message: `${shown(node)} may read on to the end of the input, and keeps all of it as one text`,
      help: "say what ends it, or take it apart: each(…) hands out piece by piece",
    };
  }

  /** A pattern that looks on after its match. */
  pattern({ dfa }: NodeOf<"longest">): Finding | undefined {
    if (!dfa.overruns) return undefined;
    return {
      code: "L112",
      message: `regex(${dfa.description}) may look at any amount of text past its match for a longer one, and again for the next match`,
      help: "split the pattern where it has matched, so that what may follow is a parser of its own",
    };
  }

  /** Whether it reads on whatever character comes. */
  #readsOn(node: Node): boolean {
    if (node.kind === "span") return this.#isEverything(node, () => node.set);
    if (!isUnbounded(node)) return false;
    if (node.kind === "repeat" && (node.sep !== undefined || node.end !== undefined)) return false;
    const { p } = node;
    return !this.#analysis.of(p).early && this.#isEverything(p, () => this.#analysis.firstSet(p));
  }

  #isEverything(node: Node, exactly: () => CharSet): boolean {
    if (!this.#analysis.of(node).first.includes(ANYTHING)) return false;
    const set = exactly();
    try {
      return SAMPLES.every((sample) => set.has(sample));
    } catch {
      // a predicate that throws at a sample is told of when its character is read
      return false;
    }
  }
}

function isUnbounded(node: Node): node is NodeOf<"repeat" | "fold"> {
  return node.kind === "fold" || (node.kind === "repeat" && node.max === Number.POSITIVE_INFINITY);
}

/** The parsers whose values are built; the last of `nodes` is where the grammar starts. */
function wantedNodes(nodes: readonly Node[]): ReadonlySet<Node> {
  const wanted = new Set<Node>();
  const left = nodes.slice(-1);
  for (const node of nodes) {
    // these are called whatever becomes of what they give
    if (node.kind === "emit" || node.kind === "andThen" || node.kind === "refine" || node.kind === "decode")
      left.push(node.p);
  }
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (wanted.has(node)) continue;
    wanted.add(node);
    left.push(...wantedParts(node));
  }
  return wanted;
}

function wantedParts(node: Node): readonly Node[] {
  switch (node.kind) {
    case "lazy":
      return [deref(node)];
    case "seq":
      return node.items.filter((_, i) => node.keep.includes(i));
    case "choice":
      return node.items;
    case "repeat":
      return node.collects === "array" ? [node.p] : [];
    case "fold":
      return [];
    case "decode":
      return [node.otherwise];
    case "skip":
    case "as":
    case "slice":
    case "trivia":
    case "notFollowedBy":
    case "pieces":
      return [];
    default:
      return "p" in node ? [node.p] : [];
  }
}
