// Static analysis: facts about a node, such as whether it can succeed without reading. The facts of a recursive grammar are a least
// fixpoint: computed from the bottom upwards until nothing changes any more.
import { childrenOf, type LazyNode, type Node, type NodeOf, orderOf } from "../../grammar/node.ts";
import { CharSet } from "../../text/index.ts";
import { ANYTHING, type First, NOTHING, starting, startingIn } from "./first.ts";
import { recursive } from "./recursion.ts";
import { below, partsOf, type Unit, unitOf } from "./unit.ts";

interface Facts {
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
  /** It may set the value register although its value is dropped. */
  sets: boolean;
  /** Not all of it is known: its facts are on the safe side. */
  open: boolean;
}

const ENDLESS = Number.POSITIVE_INFINITY;

/** The facts of nodes that are wholly known: they never change, whatever grammar the nodes are part of. */
const settled = new WeakMap<Node, Facts>();

/** Whether a node was analysed before, as part of any grammar, and all of it is known. */
export function isSettled(node: Node): boolean {
  return settled.has(node);
}

/** Facts and exact first sets of a grammar. */
export class Analysis {
  readonly nodes: readonly Node[];
  /** The nodes that it does not look into. */
  readonly links: Set<Node>;
  readonly #facts = new Map<Node, Facts>();
  readonly #sets = new Map<Node, CharSet>();

  /** Rules and lazies that begin with themselves, each with the names of the rules on its cycle. */
  readonly leftRecursive: ReadonlyMap<Node, readonly string[]>;

  constructor(root: Node, { nodes, links }: Unit = unitOf(root)) {
    this.nodes = nodes;
    this.links = links;
    this.leftRecursive = new Map();
    const fresh = nodes.filter((node) => !settled.has(node));
    this.#computeAll(fresh);
    this.leftRecursive = leftRecursion(this);
    if (this.leftRecursive.size > 0) this.#computeAll(fresh);
    this.#settle(fresh);
  }

  /** Finds the facts of nodes from those of all others. */
  #computeAll(nodes: readonly Node[]): void {
    for (const node of nodes) this.#facts.set(node, bottom());
    for (const node of nodes) this.#update(node);
    // what has no parts is known by now
    const made = nodes.filter((node) => this.partsOf(node).length > 0);
    for (let changed = true; changed; ) {
      changed = false;
      for (const node of made) if (this.#update(node)) changed = true;
    }
  }

  #settle(nodes: readonly Node[]): void {
    for (const node of nodes) {
      const facts = this.#facts.get(node);
      if (facts !== undefined && !facts.open) settled.set(node, facts);
    }
  }

  /**
   * Where a cycle that a parser is part of is said to begin: at the `lazy` that was resolved first. So it does not depend on how
   * much was known when the cycle was entered.
   */
  beginningOf(onCycle: Node): Node {
    const reached = this.#startsBelow(onCycle);
    let first: LazyNode | undefined;
    for (const node of reached) {
      if (node.kind !== "lazy" || !this.leftRecursive.has(node)) continue;
      if (first !== undefined && orderOf(first) <= orderOf(node)) continue;
      if (this.#startsBelow(node).has(onCycle)) first = node;
    }
    return first ?? onCycle;
  }

  #startsBelow(root: Node): ReadonlySet<Node> {
    return new Set(below(root, (node) => this.startsOf(node)));
  }

  /** What a node is made of, as far as that is known. */
  partsOf(node: Node): readonly Node[] {
    return this.links.has(node) && !settled.has(node) ? [] : partsOf(node);
  }

  /** Facts of a node of the grammar, or of one derived from its nodes. */
  of(node: Node): Facts {
    const known = this.#facts.get(node) ?? settled.get(node);
    if (known !== undefined) return known;
    const fresh = below(node, (part) => {
      if (part.kind === "lazy" && !this.#facts.has(part)) this.links.add(part);
      return this.partsOf(part).filter((inner) => !this.#facts.has(inner) && !settled.has(inner));
    });
    this.#computeAll(fresh);
    this.#settle(fresh);
    return this.#facts.get(node) as Facts;
  }

  /** The characters a node can start with, exactly. Only for nodes that are not `early`. */
  firstSet(root: Node): CharSet {
    const known = this.#sets.get(root);
    if (known !== undefined) return known;
    const startsIn = (node: Node): readonly Node[] =>
      this.#sets.has(node) || this.#ownBeginning(node) !== undefined ? [] : this.startsOf(node);
    // each from the sets of what it starts with; only cycles are computed as a whole
    for (const node of below(root, startsIn)) {
      if (this.#sets.has(node)) continue;
      const own = this.#ownBeginning(node);
      const starts = own === undefined ? this.startsOf(node) : [];
      const round = starts.some((start) => !this.#sets.has(start));
      const sets = round ? this.#beginnings(node) : starts.map((start) => this.#sets.get(start) as CharSet);
      this.#sets.set(node, own ?? unionOf(sets));
    }
    return this.#sets.get(root) as CharSet;
  }

  #beginnings(root: Node): CharSet[] {
    const found: CharSet[] = [];
    const seen = new Set<Node>();
    const left = [root];
    for (let node = left.pop(); node !== undefined; node = left.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      const own = this.#sets.get(node) ?? this.#ownBeginning(node);
      if (own !== undefined) found.push(own);
      else for (const start of [...this.startsOf(node)].reverse()) left.push(start);
    }
    return found;
  }

  #ownBeginning(node: Node): CharSet | undefined {
    return node.kind === "lazy" && this.partsOf(node).length === 0 ? ANY : ownBeginning(node);
  }

  /** The parsers in a node that can run where it begins, in the order in which they do. */
  startsOf(node: Node): readonly Node[] {
    switch (node.kind) {
      case "lazy":
        return this.partsOf(node);
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
    const computed = this.#compute(node);
    // no character decides whether left recursion is entered
    const now = this.leftRecursive.has(node) ? { ...computed, firm: false, sure: false, early: true } : computed;
    now.recovers = this.#may(node, "recovers", node.kind === "recover" || node.kind === "andThen");
    now.sets = this.#may(node, "sets", SETTERS.includes(node.kind));
    now.open = this.#may(node, "open", false);
    let changed =
      old.nullable !== now.nullable || old.firm !== now.firm || old.sure !== now.sure || old.cuts !== now.cuts;
    changed ||= old.emits !== now.emits || old.early !== now.early || old.recovers !== now.recovers;
    changed ||= !old.first.equals(now.first) || old.sets !== now.sets || old.open !== now.open;
    if (changed) Object.assign(old, now);
    return changed;
  }

  /** Whether a predicate holds for a node by itself or for one of its parts; it is taken to hold for what is not known. */
  #may(node: Node, what: "recovers" | "sets" | "open", itself: boolean): boolean {
    if (itself || (node.kind === "lazy" && this.links.has(node))) return true;
    return this.partsOf(node).some((part) => this.of(part)[what]);
  }

  #compute(node: Node): Facts {
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
        // a length that reads nothing: it begins with what is taken
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
      case "lazy": {
        const [body] = this.partsOf(node);
        return { ...(body === undefined ? UNKNOWN : this.of(body)) };
      }
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
        return this.#repeat({ kind: "repeat", p: node.p, trailing: false, min: 0, max: ENDLESS, collects: "array" });
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
    // what never runs is in the grammar all the same: it may be all that emits
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
  // without one there is no way round
  if (!analysis.nodes.some((node) => node.kind === "lazy" && !analysis.links.has(node))) return found;
  const starts = (node: Node): readonly Node[] => (analysis.links.has(node) ? [] : analysis.startsOf(node));
  for (const start of recursive(analysis.nodes, starts)) {
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
      return ANY;
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
    sets: false,
    open: false,
  };
}

/** The facts of a parser that is not made yet, on the safe side. */
const UNKNOWN: Facts = {
  nullable: true,
  first: ANYTHING,
  firm: false,
  sure: false,
  cuts: true,
  emits: true,
  early: true,
  recovers: true,
  sets: true,
  open: true,
};

/** Whether a node uses the value register although its value is dropped: a value that is kept across it goes to the stack. */
const SETTERS: readonly Node["kind"][] = [
  "emit",
  "andThen",
  "take",
  "takeCount",
  "read",
  "refine",
  "primitive",
  "times",
  "sized",
  "decode",
  "pieces",
];

const ANY: CharSet = /* @__PURE__ */ CharSet.fromRanges([[0, 0x10ffff]], "any character");

/** The union of sets, in their order; joined in pairs, so that many sets cost little more than all their members. */
function unionOf(sets: readonly CharSet[]): CharSet {
  let left = [...new Set(sets)];
  while (left.length > 1) {
    const pairs: CharSet[] = [];
    for (let i = 0; i < left.length; i += 2) {
      const [a, b] = [left[i] as CharSet, left[i + 1]];
      const both = b === undefined ? a : a.union(b);
      pairs.push(both.sameAs(a) ? a : both);
    }
    left = pairs;
  }
  return left[0] ?? CharSet.fromRanges([], "nothing");
}

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800;
}
