// What a parser is made of: an immutable graph of plain nodes. No node knows the `Parser` class, the compiler or the machine.
import type { CharSet, Dfa } from "../text/index.ts";
import type { Problem, Refusal, Site } from "./problem.ts";

/** A function given by the user; its types were checked where the parser was built. */
export type UserFunction = (value: unknown) => unknown;

/** Judges a value and where it was read: gives the value to go on with, or refuses it. */
export type Judge = (value: unknown, site: Site) => unknown | Refusal;

/** What `primitive` was given, without its types. */
export interface Leaf {
  readonly name: string;
  readonly start?: unknown;
  /** Whether it makes sense of text only, and not of bytes. */
  readonly textOnly?: boolean;
  /** Units that it takes at least. */
  readonly least?: number;
  scan(input: { readonly text: string; readonly from: number; readonly ended: boolean }, state: unknown): unknown;
}

/** How a value is read out of units: those of a number with a fixed width, or of one that tells its width itself. */
export interface Format {
  /** What a diagnostic calls it. */
  readonly name: string;
  /** Units it takes; 0 if they tell that themselves. */
  readonly width: number;
  /** Units it takes by what those in [from, to) tell; one more than there are while they don't. */
  readonly measure: (units: Uint16Array, from: number, to: number) => number;
  /** The value of the units from `from` on, `width` of them. */
  readonly read: (units: Uint16Array, from: number, width: number) => unknown;
}

/** What a repetition gives: its values, how many there were, or (`skip`) nothing. */
export type Gather = "array" | "count";

/**
 * A repetition. Without `sep` and `end` it is `many`; `sep` makes it `sepBy` (`trailing`: `sepEndBy`), `end` makes it
 * `manyTill`; with both, `end` may stand wherever `sep` or the first element may.
 */
export interface RepeatNode {
  readonly kind: "repeat";
  readonly p: Node;
  readonly sep?: Node | undefined;
  readonly end?: Node | undefined;
  readonly trailing: boolean;
  readonly min: number;
  readonly max: number;
  readonly gather: Gather;
}

/** A sequence: `keep` names the items whose values are kept; `tuple` gathers them, else the one kept is the value. */
interface SeqNode {
  readonly kind: "seq";
  readonly items: readonly Node[];
  readonly keep: readonly number[];
  readonly tuple: boolean;
}

/**
 * What a function judges. `goesBack`: it may lay a failure before where `p` ended, even at its start. `accepts`: which texts
 * it is known to let pass as they are, for who looks at the grammar.
 */
interface RefineNode {
  readonly kind: "refine";
  readonly p: Node;
  readonly f: Judge;
  readonly keepsText: boolean;
  readonly goesBack: boolean;
  readonly accepts?: ((text: string) => boolean) | undefined;
}

/** `p` as often as it comes, its values folded into one: `start` makes the first sum, `step` the next one. */
export interface FoldNode {
  readonly kind: "fold";
  readonly p: Node;
  readonly start: () => unknown;
  readonly step: (sum: unknown, value: unknown) => unknown;
}

/** A number, and what it counts: elements (`times`), or the units that `p` is given (`sized`). */
export interface CountedNode {
  readonly kind: "times" | "sized";
  /** Gives a number that was judged: a whole number from 0. */
  readonly count: Node;
  readonly p: Node;
}

/** `f` of the text that `p` gives; where it throws, `otherwise` runs over the same text. */
export interface DecodeNode {
  readonly kind: "decode";
  readonly p: Node;
  readonly f: UserFunction;
  readonly otherwise: Node;
}

/** Brackets; those of a `literal` hold text, and whatever fails between them points back to where they were opened. */
interface BetweenNode {
  readonly kind: "between";
  readonly open: Node;
  readonly p: Node;
  readonly close: Node;
  readonly literal: boolean;
}

/** Parsers that fail as one, at their start; `aloud`: that is told even inside trivia, which else records nothing. */
interface LeafNode {
  readonly kind: "leaf";
  readonly expected: string;
  readonly class: LeafClass;
  readonly p: Node;
  readonly aloud?: boolean;
}

/** The space in force: that of the innermost `withSpace`, else `fallback`; `ofProfile` makes it of a run's profile. */
interface SpaceNode {
  readonly kind: "space";
  readonly fallback: Node;
  readonly ofProfile: (profile: object) => Node;
}

/** What a recovery does besides going on after `until` with `value`. */
export type RecoverAction =
  | { readonly kind: "default" | "skip" }
  | { readonly kind: "insert"; readonly token: string }
  | { readonly kind: "context"; readonly message: string };

/** `p`; where it fails for good, `until` is looked for from there on, and `value` takes the place of p's. */
export interface RecoverNode {
  readonly kind: "recover";
  readonly p: Node;
  readonly until: Node;
  /** The value; a function makes it. */
  readonly value: unknown;
  readonly action: RecoverAction;
  /** Whether input may be skipped to find `until`; else it must stand where `p` failed. */
  readonly skips: boolean;
}

/** Where the parse stands; `inLine`: the name of what asks for the place in its line, which bytes have none of. */
interface PositionNode {
  readonly kind: "position";
  readonly inLine?: string;
}

/** A parser that is made later. `isKnown`, where it stands for another `lazy`: whether that one has been asked. */
export interface LazyNode {
  readonly kind: "lazy";
  readonly body: () => unknown;
  readonly isKnown?: () => boolean;
}

export type Node =
  | { readonly kind: "ok"; readonly value: unknown }
  | { readonly kind: "fail"; readonly message: string | undefined; readonly problem?: Problem | undefined }
  | { readonly kind: "eof" }
  | { readonly kind: "text"; readonly text: string; readonly said?: string }
  | { readonly kind: "bytes"; readonly bytes: readonly number[] }
  | { readonly kind: "set"; readonly set: CharSet; readonly said?: string }
  | { readonly kind: "span"; readonly set: CharSet; readonly min: 0 | 1; readonly said?: string }
  | { readonly kind: "until"; readonly text: string }
  | { readonly kind: "longest"; readonly dfa: Dfa }
  | { readonly kind: "take"; readonly length: number }
  | { readonly kind: "takeCount"; readonly p: Node }
  | { readonly kind: "read"; readonly format: Format }
  | { readonly kind: "primitive"; readonly leaf: Leaf }
  | SeqNode
  | { readonly kind: "choice"; readonly items: readonly Node[] }
  | { readonly kind: "map"; readonly p: Node; readonly f: UserFunction }
  | { readonly kind: "as"; readonly p: Node; readonly value: unknown }
  | { readonly kind: "concat"; readonly p: Node }
  | { readonly kind: "skip"; readonly p: Node }
  | { readonly kind: "andThen"; readonly p: Node; readonly f: UserFunction; readonly space?: Node | undefined }
  | { readonly kind: "rule"; readonly name: string; readonly p: Node }
  | { readonly kind: "label"; readonly name: string; readonly p: Node }
  | { readonly kind: "doc"; readonly text: string; readonly p: Node }
  | LazyNode
  | { readonly kind: "attempt"; readonly p: Node }
  | { readonly kind: "cut"; readonly p: Node }
  | { readonly kind: "cutHere" }
  | { readonly kind: "opt"; readonly p: Node; readonly otherwise: unknown }
  | RepeatNode
  | BetweenNode
  | { readonly kind: "lookahead"; readonly p: Node }
  | { readonly kind: "notFollowedBy"; readonly p: Node }
  | { readonly kind: "spanned"; readonly p: Node }
  | PositionNode
  | { readonly kind: "slice"; readonly p: Node; readonly bytes?: boolean }
  | LeafNode
  | { readonly kind: "whole"; readonly p: Node }
  | { readonly kind: "trivia"; readonly p: Node }
  | RefineNode
  | FoldNode
  | CountedNode
  | DecodeNode
  | SpaceNode
  | { readonly kind: "withSpace"; readonly p: Node; readonly space: Node }
  | { readonly kind: "checkpoint"; readonly p: Node }
  | RecoverNode
  | { readonly kind: "frame"; readonly name: string; readonly p: Node }
  | { readonly kind: "trace"; readonly name: string; readonly p: Node }
  | { readonly kind: "within"; readonly length: number; readonly p: Node }
  | { readonly kind: "emit"; readonly p: Node }
  | { readonly kind: "pieces"; readonly p: Node };

/** How a leaf made of other parsers is named in a diagnostic. */
export type LeafClass = "token" | "keyword" | "rule" | "class" | "custom";

/** One kind of node. */
export type NodeOf<K extends Node["kind"]> = Extract<Node, { readonly kind: K }>;

const bodies = new WeakMap<LazyNode, Node>();
const orders = new WeakMap<LazyNode, number>();
let asks = 0;

/** A number that is less for what was asked earlier. */
export function orderOf(node: LazyNode): number {
  return orders.get(node) ?? Number.POSITIVE_INFINITY;
}

/**
 * What a `lazy` stands for; its function is called once.
 *
 * @throws TypeError if the function gives something that is not a parser (`nodeOf` says so).
 */
export function bodyOf(node: LazyNode, nodeOf: (value: unknown) => Node): Node {
  let body = bodies.get(node);
  if (body === undefined) {
    body = nodeOf(node.body());
    bodies.set(node, body);
    orders.set(node, asks++);
  }
  return body;
}

/** Whether what a `lazy` stands for is known: to look at it calls no function of the user. */
export function isKnown(node: LazyNode): boolean {
  return bodies.has(node) || node.isKnown?.() === true;
}

/** A `lazy` that stands for a node not made yet, and the function that says which it is. */
export function later(): { readonly node: LazyNode; resolve(body: Node): void } {
  const node: LazyNode = {
    kind: "lazy",
    body: () => {
      throw new Error("a parser was looked at before it was made");
    },
  };
  return { node, resolve: (body) => bodies.set(node, body) };
}

/** What stands in a parser that reads, and commits to, just what this one part of it does; nothing for all others. */
export function wrapped(node: Node): Node | undefined {
  switch (node.kind) {
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
    case "withSpace":
    case "checkpoint":
    case "frame":
    case "trace":
    case "emit":
      return node.p;
    default:
      return undefined;
  }
}

/** The same node over other children, given in the order of `childrenOf`. */
export function withChildren(node: Node, children: readonly Node[]): Node {
  switch (node.kind) {
    case "seq":
    case "choice":
      return { ...node, items: children };
    case "repeat": {
      const [p = node.p, ...others] = children;
      return { ...node, p, sep: node.sep && others.shift(), end: node.end && others.shift() };
    }
    case "recover": {
      const [p = node.p, until = node.until] = children;
      return { ...node, p, until };
    }
    case "between": {
      const [open = node.open, p = node.p, close = node.close] = children;
      return { ...node, open, p, close };
    }
    case "times":
    case "sized": {
      const [count = node.count, p = node.p] = children;
      return { ...node, count, p };
    }
    case "decode": {
      const [p = node.p, otherwise = node.otherwise] = children;
      return { ...node, p, otherwise };
    }
    default:
      return "p" in node ? { ...node, p: children[0] ?? node.p } : node;
  }
}

/** The parsers a node is directly made of, in the order in which they run; a `lazy` has none here. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "seq":
    case "choice":
      return node.items;
    case "repeat":
      return [node.p, ...(node.sep ? [node.sep] : []), ...(node.end ? [node.end] : [])];
    case "between":
      return [node.open, node.p, node.close];
    case "recover":
      return [node.p, node.until];
    case "times":
    case "sized":
      return [node.count, node.p];
    case "decode":
      return [node.p, node.otherwise];
    default:
      return "p" in node ? [node.p] : [];
  }
}
