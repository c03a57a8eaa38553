// What the families of lowering share: the state of one compilation, and subroutines for what recurs or is used often.

import type { Expectation } from "../../grammar/expectation.ts";
import { deref } from "../../grammar/lazies.ts";
import { childrenOf, type Node } from "../../grammar/node.ts";
import type { Analysis } from "../facts/analysis.ts";
import { recursive } from "../facts/recursion.ts";
import { cycleShown } from "../facts/shown.ts";
import type { Skips } from "../facts/skips.ts";
import { partsOf } from "../facts/unit.ts";
import type { Assembler } from "./assembler.ts";
import type { Least } from "./least.ts";

/**
 * What a parser's code leaves behind. "nothing": no value is built and the value register is left alone; "value": it is
 * in the register; "key": the same, and it is text that will name a property; "record": pairs gathered to an object; "text":
 * texts put together to one.
 */
export type Want = (typeof WANTS)[number];

/** A link says by the place in this list what it wants. */
const WANTS = ["nothing", "value", "key", "record", "text"] as const;

/** Beyond this many nodes a parser that is used twice becomes a subroutine. */
const INLINE_WEIGHT = 10;
/** The same for one that is used once, in a repetition whose first time round is written on its own. */
const UNROLLED_WEIGHT = 100;

export interface Lowering {
  readonly asm: Assembler;
  readonly analysis: Analysis;
  /** Whether the program is for runs that recover. */
  readonly recovers: boolean;
  /** Whether it is for runs that count steps and depth. */
  readonly counts: boolean;
  /** What a node expects where it begins. */
  expectedAt(node: Node): Expectation[];
  /** What can only be skipped where it stands last. */
  readonly skips: Skips;
  /** How many units a node reads at least. */
  readonly least: Least;
  /** Writes the code of a node. */
  lower(node: Node, want: Want): void;
  /** Writes it in place, its parts by means of a lowering of their own. */
  lowerIn(parts: Lowering, node: Node, want: Want): void;
  /** The same up to what comes last in it and can only be skipped, which is deferred (`head.ts`). */
  head(node: Node, want: Want, strictly: boolean): void;
  /** Writes the instruction that defers some parsers. */
  defer(items: readonly Node[]): void;
}

/** What of a parser is written. */
export type Part = (typeof PARTS)[number];

const PARTS = ["all", "head", "strict head"] as const;

/** What a link says of what is wanted, and of the part that is written, as one number. */
function numberOf(want: Want, part: Part): number {
  return WANTS.indexOf(want) * PARTS.length + PARTS.indexOf(part);
}

/** The same, taken apart. */
export function wantedBy(number: number): { readonly want: Want; readonly part: Part } {
  const want = WANTS[Math.floor(number / PARTS.length)] as Want;
  return { want, part: PARTS[number % PARTS.length] as Part };
}

interface Pending {
  readonly node: Node;
  readonly want: Want;
  readonly part: Part;
  /** The instruction that leads there. */
  readonly at: number;
}

/** Writes calls, and at the end the code of what was called. */
export class Subroutines {
  readonly #links: ReadonlySet<Node>;
  readonly #uses = new Map<Node, number>();
  readonly #entries = new Map<Node, Map<string, number>>();
  readonly #pending: Pending[] = [];
  /** What is deferred, each as one parser. */
  readonly #deferred = new Map<Node, Node>();
  readonly #deferredNodes = new Set<Node>();
  readonly #unrolled = new Set<Node>();
  /** What begins with itself, and the names on the way. */
  readonly #cycles = new Map<Node, readonly string[]>();
  /** What begins with itself on a way without rules. */
  readonly #nameless: ReadonlySet<Node> = new Set();

  constructor(analysis: Analysis) {
    this.#links = analysis.links;
    for (const node of analysis.nodes) {
      weigh(node);
      if (node.kind === "repeat" && (node.min > 0 || node.sep !== undefined)) this.#unroll(node);
      if (this.#links.has(node)) continue;
      for (const part of partsOf(node)) this.#uses.set(part, (this.#uses.get(part) ?? 0) + 1);
    }
    for (const [node, names] of analysis.leftRecursive) {
      if (node.kind === "lazy" && !this.#cycles.has(deref(node))) this.#cycles.set(deref(node), names);
    }
    for (const [node, names] of analysis.leftRecursive) this.#cycles.set(node, names);
    if (this.#cycles.size === 0) return;
    const nameless = (node: Node): boolean => node.kind !== "rule";
    const starts = (node: Node): readonly Node[] =>
      this.#links.has(node) ? [] : analysis.startsOf(node).filter(nameless);
    this.#nameless = recursive(analysis.nodes.filter(nameless), starts);
  }

  /** Whether a node is called rather than written in place: every rule, every recursion, and what is big and shared. */
  wants(node: Node): boolean {
    if (node.kind === "rule" || node.kind === "lazy" || this.#links.has(node)) return true;
    const weight = weightOf(node);
    if (this.#unrolled.has(node) && weight > UNROLLED_WEIGHT) return true;
    return (this.#uses.get(node) ?? 0) > 1 && weight > INLINE_WEIGHT;
  }

  call(context: Lowering, node: Node, want: Want, part: Part = "all"): void {
    const { asm } = context;
    const target = this.#links.has(node) ? node : deref(node);
    const nests = context.counts && node.kind === "lazy";
    if (nests) asm.emit("NEST");
    if (this.#links.has(target)) this.link(context, target, want, part);
    else {
      if (!nests && context.counts && target.kind === "rule") asm.emit("STEP");
      const at = target.kind === "rule" ? asm.emit("RULE", 0, asm.rule(target, target.name)) : asm.emit("CALL", 0);
      this.#pending.push({ node: target, want, part, at });
    }
    if (nests) asm.emit("NEST_END");
  }

  /** Writes the way to the program of a node. */
  link({ asm }: Lowering, node: Node, want: Want, part: Part): void {
    asm.emit("LINK", asm.constant(node), numberOf(want, part));
  }

  /** Whether something is deferred. */
  get defers(): boolean {
    return this.#deferredNodes.size > 0;
  }

  /** Writes the instruction that defers these parsers: a `RUN_DEFERRED` runs them. */
  defer({ asm }: Lowering, items: readonly Node[]): void {
    const [first, ...others] = items;
    if (first === undefined) return;
    const known = others.length === 0 ? this.#deferred.get(first) : undefined;
    const node: Node = known ?? { kind: "seq", items, keep: [], tuple: false };
    if (others.length === 0) this.#deferred.set(first, node);
    this.#deferredNodes.add(node);
    const at = asm.emit("DEFER", 0);
    this.#pending.push({ node, want: "nothing", part: "all", at });
  }

  /** Guards the code of what begins with itself: on each cycle its rules, or, if there is none, each `lazy`. */
  guard({ analysis, asm }: Lowering, node: Node): void {
    const isRule = node.kind === "rule";
    if (!this.#cycles.has(node) || !(isRule || this.#nameless.has(node))) return;
    const first = analysis.beginningOf(node);
    asm.emit("LEFT_RECURSION", asm.message(cycleShown(first, this.#cycles.get(first) ?? [])), isRule ? 1 : 0);
  }

  /** Writes the code of everything called so far and of what that calls in turn. */
  finish(context: Lowering, body: (node: Node, want: Want, part: Part) => void): void {
    const { asm } = context;
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      let entries = this.#entries.get(next.node);
      if (entries === undefined) {
        entries = new Map();
        this.#entries.set(next.node, entries);
      }
      const { want, part } = next;
      let entry = entries.get(`${part} ${want}`);
      if (entry === undefined) {
        entry = asm.here;
        entries.set(`${part} ${want}`, entry);
        this.guard(context, next.node);
        // it runs behind a value that is kept
        const keeps = this.#deferredNodes.has(next.node) && context.analysis.of(next.node).sets;
        if (keeps) asm.emit("PUSH");
        body(next.node.kind === "rule" ? next.node.p : next.node, want, part);
        if (keeps) asm.emit("POP");
        if (next.node.kind !== "rule") asm.emit("RET");
        else asm.emit(part === "all" ? "RULE_RET" : "RULE_RET_DEFERRED");
      }
      asm.point(next.at, entry);
    }
  }

  /** What stands in a repetition whose first time round is written on its own. */
  #unroll(node: Node): void {
    for (const child of childrenOf(node)) {
      this.#unrolled.add(child);
      // a pair that is built into an object is written part by part
      if (child.kind === "seq") for (const item of child.items) this.#unrolled.add(item);
    }
  }
}

const weights = new WeakMap<Node, number>();

/** How much code a node is, about; what it calls counts little. */
export function weightOf(node: Node): number {
  return weights.get(node) ?? 1;
}

/** Parts are weighed before what they are part of; what stands in itself counts once. */
function weigh(node: Node): void {
  if (weights.has(node)) return;
  let sum = 1;
  if (node.kind !== "rule" && node.kind !== "lazy") for (const child of childrenOf(node)) sum += weightOf(child);
  if (node.kind === "repeat" && (node.min > 0 || node.sep !== undefined)) sum *= 2;
  weights.set(node, node.kind === "text" ? Math.min(sum + node.text.length, INLINE_WEIGHT) : sum);
}
