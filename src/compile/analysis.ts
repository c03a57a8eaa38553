// What can be said of a node before anything runs. Facts of a recursive grammar are a fixpoint: computed from the bottom
// upward until nothing changes any more.
import { bodyOf, childrenOf, type Node, type NodeOf } from "../grammar/node.ts";
import { nodeOf } from "../grammar/parser.ts";
import { CharSet } from "../text/index.ts";
import { ANYTHING, type First, NOTHING, starting, startingIn } from "./first.ts";
import { recursive } from "./recursion.ts";

export interface Facts {
  /** It can succeed without reading. */
  nullable: boolean;
  /** Which characters it can start with. */
  first: First;
  /** Given a character it can start with, it never fails empty; if nullable, it never fails empty at all. */
  firm: boolean;
  /** Given a character it can start with, it succeeds; if nullable, always. */
  sure: boolean;
  /** A cut in it can reach the scope around it. */
  cuts: boolean;
  /** It can emit before it has read anything. */
  emits: boolean;
  /** Something in it that must not be skipped can run before its first character (rule 8). */
  early: boolean;
  /** It may hold a `recover`. */
  recovers: boolean;
}

const ENDLESS = Number.POSITIVE_INFINITY;

/** Sees through `lazy`. */
export function deref(node: Node): Node {
  let at = node;
  for (let steps = 0; at.kind === "lazy"; steps++) {
    if (steps > 1000) throw new TypeError("this lazy(…) leads back to itself without ever reaching a parser");
    at = bodyOf(at, nodeOf);
  }
  return at;
}

/** All nodes reachable from `root`, each once, children before their parents where there is no cycle. */
export function reachable(root: Node): Node[] {
  const seen = new Set<Node>([root]);
  const order: Node[] = [];
  const stack: { node: Node; next: number; children: readonly Node[] }[] = [];
  const push = (node: Node): void => {
    stack.push({ node, next: 0, children: node.kind === "lazy" ? [deref(node)] : childrenOf(node) });
  };
  push(root);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = top.children[top.next++];
    if (child === undefined) {
      order.push(top.node);
      stack.pop();
    } else if (!seen.has(child)) {
      seen.add(child);
      push(child);
    }
  }
  return order;
}

/** Facts and exact first sets of a grammar. */
export class Analysis {
  readonly nodes: readonly Node[];
  readonly #facts = new Map<Node, Facts>();
  readonly #sets = new Map<Node, CharSet>();

  /** Rules and lazies that begin with themselves, each with the names of the rules on its cycle. */
  readonly leftRecursive: ReadonlyMap<Node, readonly string[]>;

  constructor(root: Node) {
    this.nodes = reachable(root);
    this.leftRecursive = new Map();
    this.#settle();
    this.leftRecursive = leftRecursion(this);
    if (this.leftRecursive.size > 0) this.#settle();
  }

  #settle(): void {
    for (const node of this.nodes) this.#facts.set(node, bottom());
    for (const node of this.nodes) this.#update(node);
    // what has no parts is known by now
    const made = this.nodes.filter((node) => node.kind === "lazy" || childrenOf(node).length > 0);
    for (let changed = true; changed; ) {
      changed = false;
      for (const node of made) if (this.#update(node)) changed = true;
    }
  }

  /** Facts of a node of the grammar, or of one derived from its nodes. */
  of(node: Node): Facts {
    let facts = this.#facts.get(node);
    if (facts === undefined) {
      facts = bottom();
      this.#facts.set(node, facts);
      for (const child of childrenOf(node)) this.of(child);
      this.#update(node);
    }
    return facts;
  }

  /** The characters a node can start with, exactly. Only for nodes that are not `early`. */
  firstSet(node: Node): CharSet {
    // down to where it is not one parser that stands at the start of another: what they begin with is the same
    const chain = new Set<Node>();
    let at = node;
    for (let starts = this.startsOf(at); starts.length === 1 && !chain.has(at); starts = this.startsOf(at)) {
      if (this.#sets.has(at)) break;
      chain.add(at);
      at = starts[0] as Node;
    }
    let set = this.#sets.get(at);
    if (set === undefined) {
      const [head = CharSet.fromRanges([], "nothing"), ...rest] = this.#beginnings(at);
      set = rest.reduce((sum, next) => sum.union(next), head);
      this.#sets.set(at, set);
    }
    for (const around of chain) this.#sets.set(around, set);
    return set;
  }

  #beginnings(root: Node): CharSet[] {
    const found: CharSet[] = [];
    const seen = new Set<Node>();
    const left = [root];
    for (let node = left.pop(); node !== undefined; node = left.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      const own = ownBeginning(node);
      if (own !== undefined) found.push(own);
      else for (const start of [...this.startsOf(node)].reverse()) left.push(start);
    }
    return found;
  }

  /** The parsers in a node that can run where it begins, in the order in which they do. */
  startsOf(node: Node): readonly Node[] {
    switch (node.kind) {
      case "lazy":
        return [deref(node)];
      case "seq":
      case "between":
        return this.#upToReading(childrenOf(node));
      case "repeat": {
        if (node.max === 0) return [];
        const first = node.end === undefined ? [node.p] : [node.end, node.p];
        return node.sep !== undefined && this.of(node.p).nullable ? [...first, node.sep] : first;
      }
      case "recover":
        return [node.p];
      case "times":
      case "sized":
        return this.#upToReading(childrenOf(node));
      default:
        return childrenOf(node);
    }
  }

  #upToReading(items: readonly Node[]): readonly Node[] {
    const reading = items.findIndex((item) => !this.of(item).nullable);
    return reading < 0 ? items : items.slice(0, reading + 1);
  }

  #update(node: Node): boolean {
    const old = this.#facts.get(node) ?? bottom();
    const judged = this.#judge(node);
    // no character decides whether left recursion is entered
    const now = this.leftRecursive.has(node) ? { ...judged, firm: false, sure: false, early: true } : judged;
    now.recovers = this.#mayRecover(node);
    let changed =
      old.nullable !== now.nullable || old.firm !== now.firm || old.sure !== now.sure || old.cuts !== now.cuts;
    changed ||= old.emits !== now.emits || old.early !== now.early || old.recovers !== now.recovers;
    changed ||= !old.first.equals(now.first);
    if (changed) Object.assign(old, now);
    return changed;
  }

  #mayRecover(node: Node): boolean {
    if (node.kind === "recover" || node.kind === "andThen") return true;
    return (node.kind === "lazy" ? [deref(node)] : childrenOf(node)).some((child) => this.of(child).recovers);
  }

  #judge(node: Node): Facts {
    switch (node.kind) {
      case "ok":
        return { ...bottom(), nullable: true, early: true };
      case "fail":
        return { ...bottom(), firm: false, sure: false, early: true };
      case "eof":
      case "notFollowedBy":
      case "position":
        return { ...bottom(), nullable: true, firm: false, sure: node.kind === "position", early: true };
      case "lookahead":
        return { ...bottom(), nullable: true, firm: false, sure: false, early: true };
      case "cutHere":
        return { ...bottom(), nullable: true, cuts: true, early: true };
      case "text": {
        const single = node.text.length === 1 && !isSurrogate(node.text.charCodeAt(0));
        return { ...bottom(), first: starting(node.text.charCodeAt(0)), firm: single, sure: single };
      }
      case "bytes":
        return {
          ...bottom(),
          first: starting(node.bytes[0] ?? 0),
          firm: node.bytes.length === 1,
          sure: node.bytes.length === 1,
        };
      case "set":
        return { ...bottom(), first: startingIn(node.set) };
      case "span":
        return { ...bottom(), first: startingIn(node.set), nullable: node.min === 0 };
      case "longest": {
        const { first, nullable, acceptsAnyFirst } = node.dfa;
        const sure = nullable || acceptsAnyFirst;
        return { ...bottom(), first: startingIn(first), nullable, firm: sure, sure };
      }
      case "until":
        return { ...bottom(), first: ANYTHING, nullable: true, firm: false, sure: false };
      case "take":
        return { ...bottom(), first: ANYTHING, nullable: node.length === 0, firm: false, sure: false };
      case "read":
        return { ...bottom(), first: ANYTHING, firm: false, sure: false };
      case "takeCount": {
        const p = this.of(node.p);
        // a length that reads nothing: what is taken begins it
        return {
          ...p,
          first: p.nullable ? ANYTHING : p.first,
          firm: false,
          sure: false,
          early: p.early || p.nullable,
        };
      }
      case "within": {
        const p = this.of(node.p);
        return { ...p, nullable: p.nullable && node.length === 0, firm: false, sure: false, early: true };
      }
      case "times": {
        const [count, p] = [this.of(node.count), this.of(node.p)];
        return {
          ...count,
          first: count.nullable ? count.first.union(p.first) : count.first,
          firm: false,
          sure: false,
          emits: count.emits || (count.nullable && p.emits),
          early: count.early || (count.nullable && p.early),
        };
      }
      case "sized": {
        const all = this.#sequence([node.count, node.p]);
        return { ...all, firm: false, sure: false, early: all.early || this.of(node.count).nullable };
      }
      case "decode": {
        const [p, otherwise] = [this.of(node.p), this.of(node.otherwise)];
        return {
          ...p,
          firm: false,
          sure: false,
          cuts: otherwise.cuts,
          emits: p.emits || p.nullable || otherwise.emits,
          early: p.early || p.nullable || otherwise.early || otherwise.nullable,
        };
      }
      case "primitive":
        return { ...bottom(), first: ANYTHING, nullable: true, firm: false, sure: false, early: true };
      case "lazy":
        return { ...this.of(deref(node)) };
      case "seq":
        return this.#sequence(node.items);
      case "between": {
        const open = this.of(node.open);
        const all = this.#sequence([node.open, node.p, node.close]);
        return { ...all, cuts: open.cuts, early: all.early || open.nullable };
      }
      case "choice":
        return this.#choice(node);
      case "attempt": {
        const p = this.of(node.p);
        return { ...p, firm: p.sure, cuts: false };
      }
      case "cut": {
        const p = this.of(node.p);
        return { ...p, firm: false, sure: p.sure && p.nullable, cuts: false, early: true };
      }
      case "leaf":
      case "whole": {
        const p = this.of(node.p);
        return { ...p, firm: p.sure, cuts: false };
      }
      case "space":
        return { ...this.of(node.fallback) };
      case "recover":
        return { ...this.of(node.p), cuts: false };
      case "refine": {
        const p = this.of(node.p);
        const told = { emits: p.emits || p.nullable, early: p.early || p.nullable };
        return { ...p, ...told, firm: !node.goesBack && p.firm && !p.nullable, sure: false };
      }
      case "pieces":
        // nothing leaves before a character is read
        return { ...this.of(node.p), firm: false, sure: false };
      case "checkpoint":
      case "trace":
      case "emit": {
        const p = this.of(node.p);
        return { ...p, emits: p.emits || p.nullable, early: p.early || p.nullable };
      }
      case "andThen": {
        const p = this.of(node.p);
        const first = p.nullable ? ANYTHING : p.first;
        return { ...p, first, sure: false, cuts: true, emits: p.emits || p.nullable, early: p.early || p.nullable };
      }
      case "opt": {
        const p = this.of(node.p);
        return { ...p, nullable: true, cuts: false };
      }
      case "repeat":
        return this.#repeat(node);
      case "fold":
        return this.#repeat({ kind: "repeat", p: node.p, trailing: false, min: 0, max: ENDLESS, gather: "array" });
      default:
        return { ...this.of(node.p) };
    }
  }

  #sequence(items: readonly Node[]): Facts {
    const all = { ...bottom(), nullable: true };
    for (const item of items) {
      const facts = this.of(item);
      all.cuts ||= facts.cuts;
      if (all.nullable) {
        all.first = all.first.union(facts.first);
        all.firm &&= facts.firm;
        all.emits ||= facts.emits;
        all.early ||= facts.early;
        all.nullable = facts.nullable;
        all.sure &&= facts.sure;
      } else all.sure &&= facts.sure && facts.nullable;
    }
    return all;
  }

  #choice(node: NodeOf<"choice">): Facts {
    const all = { ...bottom(), firm: node.items.length > 0, sure: node.items.length > 0 };
    for (const item of node.items) {
      const facts = this.of(item);
      all.nullable ||= facts.nullable;
      all.first = all.first.union(facts.first);
      all.firm &&= facts.firm;
      all.sure &&= facts.sure;
      all.emits ||= facts.emits;
      all.early ||= facts.early;
    }
    return all;
  }

  #repeat(node: NodeOf<"repeat">): Facts {
    // what never runs still is in the grammar: it may be all that emits
    if (node.max === 0) return { ...bottom(), nullable: true, early: true };
    const p = this.of(node.p);
    const sep = node.sep && this.of(node.sep);
    const end = node.end && this.of(node.end);
    let first = p.first;
    if (end) first = first.union(end.first);
    if (sep && p.nullable) first = first.union(sep.first);
    const nullable = end ? end.nullable : node.min === 0 || p.nullable;
    // it may turn out fatal (E3001) on whatever comes next
    const endless = node.max === Number.POSITIVE_INFINITY && p.nullable && (sep?.nullable ?? true);
    return {
      ...bottom(),
      nullable,
      first,
      firm: p.firm && !p.nullable && (end?.firm ?? true) && node.min <= 1,
      sure: p.sure && !p.nullable && !sep && !end && node.min <= 1,
      emits: p.emits || (end?.emits ?? false) || (p.nullable && (sep?.emits ?? false)),
      early: endless || p.early || (end?.early ?? false) || (p.nullable && (sep?.early ?? false)),
    };
  }
}

/** Left-recursive rules and lazies, each with the names on its cycle, if there are any. */
function leftRecursion(analysis: Analysis): Map<Node, readonly string[]> {
  const found = new Map<Node, readonly string[]>();
  for (const start of recursive(analysis.nodes, (node) => analysis.startsOf(node))) {
    if (start.kind !== "lazy" && start.kind !== "rule") continue;
    const cycle = cycleFrom(start, analysis);
    if (cycle !== undefined) found.set(start, cycle);
  }
  return found;
}

function cycleFrom(start: Node, analysis: Analysis): string[] | undefined {
  const seen = new Set<Node>();
  const stack: { node: Node; names: readonly string[] }[] = [{ node: start, names: [] }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const names = at.node.kind === "rule" ? [...at.names, at.node.name] : at.names;
    for (const next of analysis.startsOf(at.node)) {
      if (next === start) return names[0] === undefined ? [] : [...names, names[0]];
      if (!seen.has(next)) {
        seen.add(next);
        stack.push({ node: next, names });
      }
    }
  }
  return undefined;
}

/** The characters that a node reads first by itself. */
function ownBeginning(node: Node): CharSet | undefined {
  switch (node.kind) {
    case "text": {
      const cp = node.text.codePointAt(0) ?? 0;
      return CharSet.fromRanges([[cp, cp]], JSON.stringify(String.fromCodePoint(cp)));
    }
    case "bytes": {
      const byte = node.bytes[0] ?? 0;
      return CharSet.fromRanges([[byte, byte]], `byte ${byte}`);
    }
    case "set":
    case "span":
      return node.set;
    case "longest":
      return node.dfa.first;
    case "take":
    case "read":
    case "until":
    case "primitive":
      return CharSet.fromRanges([[0, 0x10ffff]], "any character");
    default:
      return undefined;
  }
}

function bottom(): Facts {
  return {
    nullable: false,
    first: NOTHING,
    firm: true,
    sure: true,
    cuts: false,
    emits: false,
    early: false,
    recovers: false,
  };
}

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800;
}
