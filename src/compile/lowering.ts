// What the families of lowering share: the state of one compilation, and subroutines for what recurs or is used often.
import type { Expectation } from "../grammar/expectation.ts";
import { childrenOf, type Node } from "../grammar/node.ts";
import { type Analysis, deref } from "./analysis.ts";
import type { Assembler } from "./assembler.ts";
import { setsValue } from "./lower-read.ts";
import { cycleShown } from "./shown.ts";
import type { Skips } from "./skips.ts";

/**
 * What a parser's code leaves behind. "nothing": no value is built and the value register is left alone; "value": it is
 * in the register; "key": the same, and it is text that will name a property; "record": pairs gathered to an object; "text":
 * texts put together to one.
 */
export type Want = "nothing" | "value" | "key" | "record" | "text";

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
  /** Writes the code of a node. */
  lower(node: Node, want: Want): void;
  /** Writes it in place, its parts by means of a lowering of their own. */
  lowerIn(parts: Lowering, node: Node, want: Want): void;
  /** The same up to what comes last in it and can only be skipped, which is put by (`lower-head.ts`). */
  head(node: Node, want: Want, strictly: boolean): void;
  /** Writes that something is put by. */
  putBy(items: readonly Node[]): void;
}

/** What of a parser is written. */
export type Part = "all" | "head" | "strict head";

interface Pending {
  readonly node: Node;
  readonly want: Want;
  readonly part: Part;
  readonly operand: number;
}

/** Writes calls, and at the end the code of what was called. */
export class Subroutines {
  readonly #uses = new Map<Node, number>();
  readonly #entries = new Map<Node, Map<string, number>>();
  readonly #pending: Pending[] = [];
  /** What is put by, each as one parser. */
  readonly #tails = new Map<Node, Node>();
  readonly #putByNodes = new Set<Node>();
  readonly #weights = new Map<Node, number>();
  readonly #unrolled = new Set<Node>();
  readonly #leftRecursive: ReadonlyMap<Node, readonly string[]>;

  constructor(analysis: Analysis) {
    for (const node of analysis.nodes) {
      this.#weigh(node);
      for (const child of node.kind === "lazy" ? [deref(node)] : childrenOf(node)) {
        this.#uses.set(child, (this.#uses.get(child) ?? 0) + 1);
      }
    }
    this.#leftRecursive = analysis.leftRecursive;
  }

  /** Whether a node is called rather than written in place: every rule, every recursion, and what is big and shared. */
  wants(node: Node): boolean {
    if (node.kind === "rule" || node.kind === "lazy") return true;
    const weight = this.#weights.get(node) ?? 1;
    if (this.#unrolled.has(node) && weight > UNROLLED_WEIGHT) return true;
    return (this.#uses.get(node) ?? 0) > 1 && weight > INLINE_WEIGHT;
  }

  call(context: Lowering, node: Node, want: Want, part: Part = "all"): void {
    const { asm } = context;
    const target = deref(node);
    const nests = context.counts && node.kind === "lazy";
    if (nests) asm.emit("NEST");
    else if (context.counts && target.kind === "rule") asm.emit("STEP");
    const at = target.kind === "rule" ? asm.emit("RULE", 0, asm.rule(target, target.name)) : asm.emit("CALL", 0);
    this.#pending.push({ node: target, want, part, operand: at + 1 });
    if (nests) asm.emit("NEST_END");
  }

  /** Writes that these are run later, by a `TAIL`. */
  putBy({ asm }: Lowering, items: readonly Node[]): void {
    const [first, ...others] = items;
    if (first === undefined) return;
    const known = others.length === 0 ? this.#tails.get(first) : undefined;
    const node: Node = known ?? { kind: "seq", items, keep: [], tuple: false };
    if (others.length === 0) this.#tails.set(first, node);
    this.#putByNodes.add(node);
    const operand = asm.emit("PUT_BY", 0) + 1;
    this.#pending.push({ node, want: "nothing", part: "all", operand });
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
        const cycle = this.#cycleOf(next.node);
        if (cycle !== undefined) asm.emit("LEFT_RECURSION", asm.message(cycleShown(next.node, cycle)));
        // it runs behind a value that is kept
        const keeps = this.#putByNodes.has(next.node) && setsValue(next.node);
        if (keeps) asm.emit("PUSH");
        body(next.node.kind === "rule" ? next.node.p : next.node, want, part);
        if (keeps) asm.emit("POP");
        if (next.node.kind !== "rule") asm.emit("RET");
        else asm.emit(part === "all" ? "RULE_RET" : "RULE_RET_TAIL");
      }
      asm.code[next.operand] = entry;
    }
  }

  #cycleOf(node: Node): readonly string[] | undefined {
    const own = this.#leftRecursive.get(node);
    if (own !== undefined) return own;
    for (const [recursive, cycle] of this.#leftRecursive) {
      if (recursive.kind === "lazy" && deref(recursive) === node) return cycle;
    }
    return undefined;
  }

  /** Parts are weighed before what they are part of; what stands in itself counts once. */
  #weigh(node: Node): void {
    let sum = 1;
    if (node.kind !== "rule" && node.kind !== "lazy") {
      for (const child of childrenOf(node)) sum += this.#weights.get(child) ?? 1;
    }
    if (node.kind === "repeat" && (node.min > 0 || node.sep !== undefined)) {
      sum *= 2;
      for (const child of childrenOf(node)) {
        this.#unrolled.add(child);
        // a pair that is built into an object is written part by part
        if (child.kind === "seq") for (const item of child.items) this.#unrolled.add(item);
      }
    }
    this.#weights.set(node, node.kind === "text" ? Math.min(sum + node.text.length, INLINE_WEIGHT) : sum);
  }
}
