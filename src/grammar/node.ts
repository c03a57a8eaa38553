// The nodes that parsers are made of: an immutable graph of plain objects. No node knows the `Parser` class, the
// compiler or the machine.
import type { CharSet, Dfa } from "../text/index.ts";
import type { Problem, Refusal, Site } from "./problem.ts";

/** A function given by the user; its types were checked where the parser was built. */
export type UserFunction = (value: unknown) => unknown;

/** Checks a value and where it was read: returns the value to continue with, or refuses it. */
export type Refiner = (value: unknown, site: Site) => unknown | Refusal;

/** The arguments of `primitive`, without their types. */
export interface Leaf {
  readonly name: string;
  readonly start?: unknown;
  /** Whether it works on text only, and not on bytes. */
  readonly textOnly?: boolean;
  /** The least number of units that it reads. */
  readonly least?: number;
  scan(input: { readonly text: string; readonly from: number; readonly ended: boolean }, state: unknown): unknown;
}

/** How a value is read from units: a number with a fixed width, or one that contains its own width. */
export interface Format {
  /** Its name in a diagnostic. */
  readonly name: string;
  /** The number of units; 0 if the units themselves contain it. */
  readonly width: number;
  /** The number of units, from those in [from, to); while these don't decide it, one more than there are. */
  readonly measure: (units: Uint16Array, from: number, to: number) => number;
  /** The value of the units from `from` on, `width` of them. */
  readonly read: (units: Uint16Array, from: number, width: number) => unknown;
}

/** The value of a repetition: its values, their number, or (`skip`) nothing. */
export type Collects = "array" | "count";

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
  readonly collects: Collects;
}

/**
 * A sequence: `keep` names the items whose values are kept; `tuple` collects them, otherwise the only one that is kept
 * is the value.
 */
interface SeqNode {
  readonly kind: "seq";
  readonly items: readonly Node[];
  readonly keep: readonly number[];
  readonly tuple: boolean;
}

/**
 * A value that a function checks. `goesBack`: its failure may be before the end of `p`, even at its start. `accepts`:
 * texts that it is known to accept unchanged, for code that looks at the grammar.
 */
interface RefineNode {
  readonly kind: "refine";
  readonly p: Node;
  readonly f: Refiner;
  readonly keepsText: boolean;
  readonly goesBack: boolean;
  readonly accepts?: ((text: string) => boolean) | undefined;
}

/** `p`, as often as it matches, its values combined into one: `start` makes the first result, `step` the next one. */
export interface FoldNode {
  readonly kind: "fold";
  readonly p: Node;
  readonly start: () => unknown;
  readonly step: (sum: unknown, value: unknown) => unknown;
}

/** A number, and what it counts: elements (`times`), or the units that `p` runs on (`sized`). */
export interface CountedNode {
  readonly kind: "times" | "sized";
  /** Its value is a number that was checked: a whole number, 0 or larger. */
  readonly count: Node;
  readonly p: Node;
}

/** `f` of the text that `p` returns; if it throws, `otherwise` runs on the same text. */
export interface DecodeNode {
  readonly kind: "decode";
  readonly p: Node;
  readonly f: UserFunction;
  readonly otherwise: Node;
}

/**
 * Brackets. Those of a `literal` contain text, and whatever fails between them has a note at the place where they were
 * opened.
 */
interface BetweenNode {
  readonly kind: "between";
  readonly open: Node;
  readonly p: Node;
  readonly close: Node;
  readonly literal: boolean;
}

/**
 * Parsers that fail as a unit, at their start; `inTrivia`: the failure is reported even inside trivia, which otherwise
 * records nothing.
 */
interface LeafNode {
  readonly kind: "leaf";
  readonly expected: string;
  readonly class: LeafClass;
  readonly p: Node;
  readonly inTrivia?: boolean;
}

/** The space in force: that of the innermost `withSpace`, else `fallback`; `ofProfile` makes it of a run's profile. */
interface SpaceNode {
  readonly kind: "space";
  readonly fallback: Node;
  readonly ofProfile: (profile: object) => Node;
}

/** What a recovery does besides continuing after `until` with `value`. */
export type RecoverAction =
  | { readonly kind: "default" | "skip" }
  | { readonly kind: "insert"; readonly token: string }
  | { readonly kind: "context"; readonly message: string };

/** `p`; if it fails for good, `until` is searched from there on, and `value` replaces the value of `p`. */
export interface RecoverNode {
  readonly kind: "recover";
  readonly p: Node;
  readonly until: Node;
  /** The value, or a function that makes it. */
  readonly value: unknown;
  readonly action: RecoverAction;
  /** Whether input may be skipped to find `until`; otherwise it must match where `p` failed. */
  readonly skips: boolean;
  /** Whether the diagnostic has the text of all that is left out, from where `p` began. */
  readonly rejects: boolean;
}

/**
 * The current position; `inLine`: the name of the parser that needs the position in its line, which bytes don't have.
 */
interface PositionNode {
  readonly kind: "position";
  readonly inLine?: string;
}

/**
 * A parser that is made later. `isKnown`: if it stands for another `lazy`, whether the function of that one has been
 * called.
 */
export interface LazyNode {
  readonly kind: "lazy";
  readonly body: () => unknown;
  readonly isKnown?: () => boolean;
}

export type Node =
  | { readonly kind: "ok"; readonly value: unknown }
  | { readonly kind: "fail"; readonly message: string | undefined; readonly problem?: Problem | undefined }
  | { readonly kind: "eof" }
  | { readonly kind: "text"; readonly text: string; readonly expectedAs?: string }
  | { readonly kind: "bytes"; readonly bytes: readonly number[] }
  | { readonly kind: "set"; readonly set: CharSet; readonly expectedAs?: string }
  | { readonly kind: "span"; readonly set: CharSet; readonly min: 0 | 1; readonly expectedAs?: string }
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

/** The name of a leaf made of other parsers, in a diagnostic. */
export type LeafClass = "token" | "keyword" | "rule" | "class" | "custom";

/** One kind of node. */
export type NodeOf<K extends Node["kind"]> = Extract<Node, { readonly kind: K }>;

const bodies = new WeakMap<LazyNode, Node>();
const orders = new WeakMap<LazyNode, number>();
let asks = 0;

/** A number that is smaller for a `lazy` that was called earlier. */
export function orderOf(node: LazyNode): number {
  return orders.get(node) ?? Number.POSITIVE_INFINITY;
}

/**
 * The parser behind a `lazy`; its function is called once.
 *
 * @throws TypeError if the function returns something that is not a parser (`nodeOf` does so).
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

/** Whether the parser behind a `lazy` is known, so that finding it calls no function of the user. */
export function isKnown(node: LazyNode): boolean {
  return bodies.has(node) || node.isKnown?.() === true;
}

/** A `lazy` for a node that is not made yet, and the function that sets it. */
export function later(): { readonly node: LazyNode; resolve(body: Node): void } {
  const node: LazyNode = {
    kind: "lazy",
    body: () => {
      throw new Error("a parser was looked at before it was made");
    },
  };
  return { node, resolve: (body) => bodies.set(node, body) };
}

/** The inner parser of a parser that reads, and commits to, exactly what the inner one does; else nothing. */
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

/** The same node with other children, in the order of `childrenOf`. */
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

/** The parsers that a node is directly made of, in the order in which they run; a `lazy` has none here. */
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
