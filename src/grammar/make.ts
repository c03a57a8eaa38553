// Node constructors: every combinator, as a function from nodes to a node. They check only what can't be checked
// elsewhere.
import { described } from "../misuse/described.ts";
import type { CharSet, Dfa } from "../text/index.ts";
import type { Collects, Format, Leaf, LeafClass, Node, RecoverAction, Refiner, UserFunction } from "./node.ts";
import type { Problem } from "./problem.ts";

export const ok = (value: unknown): Node => ({ kind: "ok", value });
export const fail = (message: string | undefined): Node => ({ kind: "fail", message });
/** Fails with its own message; inside a leaf, on behalf of the leaf. */
export const raise = (problem: Problem): Node => ({ kind: "fail", message: undefined, problem });
export const text = (value: string): Node => (value === "" ? ok("") : { kind: "text", text: value });
export const bytes = (values: readonly number[]): Node => ({ kind: "bytes", bytes: values });
export const set = (chars: CharSet): Node => ({ kind: "set", set: chars });
export const span = (chars: CharSet, min: 0 | 1): Node => ({ kind: "span", set: chars, min });
export const until = (end: string): Node => ({ kind: "until", text: end });
export const longest = (dfa: Dfa): Node => ({ kind: "longest", dfa });
export const take = (length: number): Node => ({ kind: "take", length });
/** As many units as the value of `p` says, which is a whole number, 0 or larger. */
export const takeCount = (p: Node): Node => ({ kind: "takeCount", p });
export const read = (format: Format): Node => ({ kind: "read", format });
export const primitive = (leaf: Leaf): Node => ({ kind: "primitive", leaf });

/** All in sequence; the value is the tuple of all values. */
export const seq = (items: readonly Node[]): Node => ({
  kind: "seq",
  items,
  keep: items.map((_, i) => i),
  tuple: true,
});
/** All in sequence; the value is that of the item `keep`. */
export const pick = (keep: number, ...items: Node[]): Node => ({ kind: "seq", items, keep: [keep], tuple: false });
/** All in sequence; the value is the tuple of the named items. */
export const tuple = (keep: readonly number[], ...items: Node[]): Node => ({ kind: "seq", items, keep, tuple: true });
export const choice = (items: readonly Node[]): Node => ({ kind: "choice", items });
/** `choice` of two; a chain of them is one choice, whose alternatives are listed when they are first needed. */
export const or = (p: Node, q: Node): Node => {
  let items: readonly Node[] | undefined;
  const node: Node = {
    kind: "choice",
    get items() {
      items ??= alternatives(p, q);
      return items;
    },
  };
  halves.set(node, [p, q]);
  return node;
};

const halves = new WeakMap<Node, readonly [Node, Node]>();

function alternatives(p: Node, q: Node): Node[] {
  const found: Node[] = [];
  const left = [q, p];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    const [first, second] = halves.get(node) ?? [];
    if (first !== undefined && second !== undefined) left.push(second, first);
    else if (node.kind === "choice") for (const item of node.items) found.push(item);
    else found.push(node);
  }
  return found;
}

export const map = (p: Node, f: (value: never) => unknown): Node => ({ kind: "map", p, f: func(f, "map") });
export const andThen = (p: Node, f: (value: never) => unknown): Node => ({ kind: "andThen", p, f: func(f, "andThen") });
export const as = (p: Node, value: unknown): Node => ({ kind: "as", p, value });
export const concat = (p: Node): Node => ({ kind: "concat", p });
export const skip = (p: Node): Node => ({ kind: "skip", p });
export const rule = (name: string, p: Node): Node => ({ kind: "rule", name: named(name, "rule"), p });
export const label = (name: string, p: Node): Node => called(named(name, "label"), p);
export const hidden = (p: Node): Node => called("", p);
export const doc = (value: string, p: Node): Node => {
  if (typeof value !== "string") throw new TypeError(`withDoc takes a text, got ${described(value)}`);
  return { kind: "doc", text: value, p };
};
export const lazy = (body: () => unknown): Node => ({ kind: "lazy", body: func(body, "lazy") as () => unknown });
export const attempt = (p: Node): Node => ({ kind: "attempt", p });
export const cut = (p: Node): Node => ({ kind: "cut", p });
export const opt = (p: Node, otherwise: unknown): Node => ({ kind: "opt", p, otherwise });
export const between = (open: Node, p: Node, close: Node, literal = false): Node => ({
  kind: "between",
  open,
  p,
  close,
  literal,
});
export const lookahead = (p: Node): Node => ({ kind: "lookahead", p });
export const notFollowedBy = (p: Node): Node => ({ kind: "notFollowedBy", p });
export const spanned = (p: Node): Node => ({ kind: "spanned", p });
/** The position in the line. Bytes have no lines: for them it is refused with its name. */
export const placeInLine = (inLine: string): Node => ({ kind: "position", inLine });
export const slice = (p: Node): Node => ({ kind: "slice", p });
export const leaf = (expected: string, kind: LeafClass, p: Node): Node => ({ kind: "leaf", expected, class: kind, p });
/** Parsers that fail as a unit, at their start, expecting what they expect there. */
export const whole = (p: Node): Node => ({ kind: "whole", p });
export const sliceBytes = (p: Node): Node => ({ kind: "slice", p, bytes: true });
/** `p` on the next `length` units, all of them. */
export const within = (length: number, p: Node): Node => ({ kind: "within", length, p });
/** A leaf whose failure is reported even inside trivia: what closes a comment. */
export const leafInTrivia = (expected: string, kind: LeafClass, p: Node): Node => ({
  kind: "leaf",
  expected,
  class: kind,
  p,
  inTrivia: true,
});
export const trivia = (p: Node): Node => ({ kind: "trivia", p });
/**
 * `f` checks the value of `p`. `keepsText`: it looks at positions inside what was read. `goesBack`: its refusals may
 * lie before the end of that. `accepts`: texts that it is known to accept.
 */
export const refine = (
  p: Node,
  f: Refiner,
  keepsText = true,
  goesBack = false,
  accepts?: (text: string) => boolean,
): Node => ({ kind: "refine", p, f, keepsText, goesBack, accepts });
export const fold = (p: Node, start: () => unknown, step: (sum: never, value: never) => unknown): Node => ({
  kind: "fold",
  p,
  start: func(start, "fold") as () => unknown,
  step: func(step, "fold") as (sum: unknown, value: unknown) => unknown,
});
/** `p` as often as the value of `count` says, which is a whole number, 0 or larger. */
export const times = (count: Node, p: Node): Node => ({ kind: "times", count, p });
/** `p` on as many units as the value of `count` says, which is a whole number, 0 or larger, all of them. */
export const sized = (count: Node, p: Node): Node => ({ kind: "sized", count, p });
export const decode = (p: Node, f: (text: never) => unknown, otherwise: Node): Node => ({
  kind: "decode",
  p,
  f: func(f, "decode"),
  otherwise,
});
export const space = (fallback: Node, ofProfile: (profile: object) => Node): Node => ({
  kind: "space",
  fallback,
  ofProfile,
});
export const withSpace = (p: Node, inForce: Node): Node => ({ kind: "withSpace", p, space: inForce });
export const recover = (
  p: Node,
  until: Node,
  value: unknown,
  action: RecoverAction,
  skips = true,
  rejects = false,
): Node => ({ kind: "recover", p, until, value, action, skips, rejects });
export const checkpoint = (p: Node): Node => ({ kind: "checkpoint", p });
export const frame = (name: string, p: Node): Node => ({ kind: "frame", name: named(name, "frame"), p });
export const trace = (p: Node, name: string = ownName(p)): Node => ({ kind: "trace", name: named(name, "trace"), p });
export const emit = (p: Node): Node => ({ kind: "emit", p });
/** `p` reads text, or bytes, that it never goes back into: "span", "until", "take" or "takeCount". */
export const pieces = (p: Node): Node => ({ kind: "pieces", p });

interface RepeatOptions {
  readonly sep?: Node | undefined;
  readonly end?: Node | undefined;
  readonly trailing?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly collects?: Collects;
}

export function repeat(p: Node, options: RepeatOptions): Node {
  const { sep, end, trailing = false, min = 0, max = Number.POSITIVE_INFINITY, collects = "array" } = options;
  return { kind: "repeat", p, sep, end, trailing, min, max, collects };
}

export function each(p: Node, options: { sep?: Node | undefined; end?: Node | undefined }): Node {
  return repeat(emit(p), { ...options, collects: "count" });
}

/** The name of a parser that was given none. */
function ownName(p: Node): string {
  if ("expectedAs" in p && p.expectedAs !== undefined) return p.expectedAs;
  switch (p.kind) {
    case "rule":
    case "label":
    case "frame":
    case "trace":
      return p.name;
    case "leaf":
      return p.expected;
    case "text":
      return p.text;
    case "doc":
      return ownName(p.p);
    case "seq": {
      const kept = p.tuple ? undefined : p.items[p.keep[0] ?? -1];
      return kept === undefined ? p.kind : ownName(kept);
    }
    default:
      return p.kind;
  }
}

function func(f: unknown, combinator: string): UserFunction {
  if (typeof f !== "function") throw new TypeError(`${combinator} takes a function, got ${described(f)}`);
  return f as UserFunction;
}

/**
 * A parser that fails only at its own start gets the name itself, so that it keeps its kind for code that looks at the
 * grammar.
 */
function called(name: string, p: Node): Node {
  const leaf = p.kind === "text" || p.kind === "set" || (p.kind === "span" && p.min === 1);
  return leaf ? { ...p, expectedAs: name } : { kind: "label", name, p };
}

function named(name: unknown, combinator: string): string {
  if (typeof name !== "string" || name === "")
    throw new TypeError(`${combinator} takes its name, a non-empty string${combinator === "trace" ? "" : ", first"}`);
  return name;
}
