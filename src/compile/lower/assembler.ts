// Writes code and fills the tables that it names; the other files of this folder say what to write.
import type { Expectation } from "../../grammar/expectation.ts";
import type { Leaf, Node, Refiner } from "../../grammar/node.ts";
import type { Problem } from "../../grammar/problem.ts";
import type { CharSet, Dfa } from "../../text/index.ts";
import { placeOfSet } from "../code/class-table.ts";
import { type InstructionName, OP, targetOf } from "../code/instructions.ts";
import type { Closer, CodeRange, DispatchTable, LeafTable, RecoveryEntry, RuleEntry } from "../code/program.ts";
import type { WordList } from "../code/word-list.ts";

/** Sets that a new one is compared with: of very many, one may stand twice. */
const MOST_COMPARED = 256;
const MINUS_ZERO: unique symbol = Symbol("-0");

export class Assembler {
  /** Place 0 goes on with a failure; no parser is there, so that 0 can also mean "nowhere". */
  readonly code: number[] = [OP.REFAIL];
  readonly constants: unknown[] = [];
  readonly functions: ((value: unknown) => unknown)[] = [];
  readonly leaves: LeafTable[] = [];
  readonly sets: CharSet[] = [];
  readonly tables: DispatchTable[] = [];
  readonly words: WordList[] = [];
  readonly lists: Map<number, WordList> = new Map();
  readonly jumps: number[] = [];
  readonly rules: RuleEntry[] = [];
  readonly labels: string[] = [];
  readonly messages: string[] = [];
  readonly expectations: Map<number, () => readonly Expectation[]> = new Map();
  readonly owners: Map<number, number> = new Map();
  readonly tried: Map<number, () => readonly Expectation[]> = new Map();
  readonly closers: Closer[] = [];
  readonly hidden: CodeRange[] = [];
  readonly refiners: Refiner[] = [];
  readonly recoveries: RecoveryEntry[] = [];
  /** Whether the code is for the text of a literal: it need not be reported that the text could go on. */
  inLiteral = false;
  readonly problems: Map<number, Problem> = new Map();
  /** The messages of `fail`, by place. */
  readonly failMessages: Map<number, string> = new Map();
  /** The repetitions whose rounds are watched, by where that is. */
  readonly repetitions: Map<number, Node> = new Map();
  readonly inner: Map<number, () => readonly string[]> = new Map();
  readonly #ruleIds = new Map<Node, number>();
  readonly #numbers = new Map<readonly unknown[], Map<unknown, number>>();

  get here(): number {
    return this.code.length;
  }

  /** Writes one instruction and says where it stands. */
  emit(name: InstructionName, ...operands: number[]): number {
    const at = this.code.length;
    this.code.push(OP[name], ...operands);
    return at;
  }

  /** Puts a place into the operand of the instruction at `at` that says where the code goes on. */
  point(at: number, place: number): void {
    this.code[at + targetOf(this.code[at] ?? 0)] = place;
  }

  /** The same with the place that comes next. */
  land(at: number): void {
    this.point(at, this.code.length);
  }

  /**
   * Says what is expected where the instruction at `pc` fails, and which rules would be open if it were not this one
   * instruction that stands for what is inside them.
   */
  expects(pc: number, expected: () => readonly Expectation[], within?: () => readonly string[]): number {
    this.expectations.set(pc, once(expected));
    if (within !== undefined) this.inner.set(pc, once(within));
    return pc;
  }

  /** Watches that each round of a repetition reads something. */
  progress(repetition: Node): void {
    this.repetitions.set(this.emit("PROGRESS"), repetition);
  }

  refiner(f: Refiner): number {
    return this.#numbered(this.refiners, f);
  }

  constant(value: unknown): number {
    // a map does not tell the two zeros apart
    return this.#numbered(this.constants, value, Object.is(value, -0) ? MINUS_ZERO : value);
  }

  function(f: (value: unknown) => unknown): number {
    return this.#numbered(this.functions, f);
  }

  set(set: CharSet): [offset: number, bit: number, index: number] {
    const numbers = this.#numbersOf(this.sets);
    let at = numbers.get(set);
    if (at === undefined) {
      at = this.sets.slice(0, MOST_COMPARED).findIndex((known) => known.sameAs(set));
      if (at < 0) at = this.sets.push(set) - 1;
      numbers.set(set, at);
    }
    return placeOfSet(at);
  }

  /** The place of something in a table, where it stands once. */
  #numbered<T>(table: T[], item: T, key: unknown = item): number {
    const numbers = this.#numbersOf(table);
    let at = numbers.get(key);
    if (at === undefined) {
      at = table.push(item) - 1;
      numbers.set(key, at);
    }
    return at;
  }

  #numbersOf(table: readonly unknown[]): Map<unknown, number> {
    let numbers = this.#numbers.get(table);
    if (numbers === undefined) {
      numbers = new Map();
      this.#numbers.set(table, numbers);
    }
    return numbers;
  }

  leaf(text: string, leaf?: Leaf, dfa?: Dfa): number {
    const units = new Uint16Array(text.length);
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
    return this.leaves.push({ units, text, leaf, dfa }) - 1;
  }

  label(name: string): number {
    return this.labels.push(name) - 1;
  }

  message(text: string): number {
    return this.messages.push(text) - 1;
  }

  rule(node: Node, name: string): number {
    let id = this.#ruleIds.get(node);
    if (id === undefined) {
      id = this.rules.push({ name, node }) - 1;
      this.#ruleIds.set(node, id);
    }
    return id;
  }
}

/** A function that is asked at most once. */
function once<T>(worked: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: worked() };
    return known.value;
  };
}
