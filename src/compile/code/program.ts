// A program: the code of one grammar, and the tables that its instructions refer to. It never changes once it is made; the class
// tables, which fill during runs, are kept beside it (`class-table.ts`).
import type { Expectation } from "../../grammar/expectation.ts";
import type { Leaf, Node, RecoverNode, Refiner } from "../../grammar/node.ts";
import type { Problem } from "../../grammar/problem.ts";
import type { CharSet, Dfa } from "../../text/index.ts";
import type { Reads } from "../facts/input-kind.ts";
import type { SeparatedList } from "../facts/separated-lists.ts";
import { shown } from "../facts/shown.ts";
import { OP } from "./instructions.ts";
import type { WordList } from "./word-list.ts";

/** What a leaf compares with: a text, a function of the user, or an automaton. */
export interface LeafTable {
  readonly units: Uint16Array;
  readonly text: string;
  readonly leaf: Leaf | undefined;
  readonly dfa: Dfa | undefined;
}

/** Where a choice goes by the next character. */
export interface DispatchTable {
  /** For each ASCII character `pc << 1 | (1 if the character is read)`; 0 where no alternative begins with it. */
  readonly ascii: number;
  /** The same for characters beyond ASCII, by sets. */
  readonly wide: readonly { readonly set: CharSet; readonly target: number }[];
}

export interface RuleEntry {
  readonly name: string;
  readonly node: Node;
}

/** The closer of a bracket: failing in its code points back to where the bracket was opened. */
export interface Closer {
  readonly from: number;
  readonly to: number;
  /** The instruction that opens a `between`; of a text in quotes, which has no frame, the one that reads the text. */
  readonly opener: number;
  /** A text between quotes: one character, text that calls nothing, one character. */
  readonly quotes: boolean;
  /** The CLOSING instruction before a closer, which records where the closer began; -1 if there is none. */
  readonly closing: number;
  /** It begins with a fixed text and can't fail after that, so every failure in it lies at its start. */
  readonly fixed: boolean;
  /** All that stands between the brackets counts as their closer: a failure in it points back too. */
  readonly literal: boolean;
  /** The text whose insertion fixes a missing closer, if it is fixed text. */
  insert(): string | undefined;
  /** The lists that may stand last between the brackets. */
  lists(): readonly SeparatedList[];
}

/** Places [from, to) in the code. */
export interface CodeRange {
  readonly from: number;
  readonly to: number;
}

export interface RecoveryEntry {
  readonly node: RecoverNode;
  /** What `until` expects. */
  sync(): readonly Expectation[];
}

interface ProgramParts {
  readonly root: Node;
  readonly code: ArrayLike<number>;
  readonly entry: number;
  readonly halt: number;
  readonly deferredEnd: number;
  readonly constants: readonly unknown[];
  readonly functions: readonly ((value: unknown) => unknown)[];
  readonly leaves: readonly LeafTable[];
  readonly sets: readonly CharSet[];
  readonly tables: readonly DispatchTable[];
  readonly words: readonly WordList[];
  /** The words of a long choice, by the place where it is given up. */
  readonly lists: ReadonlyMap<number, WordList>;
  readonly jumps: readonly number[];
  readonly rules: readonly RuleEntry[];
  readonly labels: readonly string[];
  readonly messages: readonly string[];
  readonly expectations: ReadonlyMap<number, () => readonly Expectation[]>;
  readonly owners: ReadonlyMap<number, number>;
  readonly tried: ReadonlyMap<number, () => readonly Expectation[]>;
  readonly closers: readonly Closer[];
  readonly hidden: readonly CodeRange[];
  readonly refiners: readonly Refiner[];
  readonly recoveries: readonly RecoveryEntry[];
  readonly problems: ReadonlyMap<number, Problem>;
  readonly inner: ReadonlyMap<number, () => readonly string[]>;
  readonly failMessages: ReadonlyMap<number, string>;
  readonly repetitions: ReadonlyMap<number, Node>;
  readonly links: readonly Node[];
  readonly reads: Reads;
}

/** For each program the same one without functions, once it was needed. */
const silenced = new WeakMap<Program, Program>();

export class Program {
  readonly root: Node;
  readonly code: Int32Array;
  readonly entry: number;
  /** Where it ends. */
  readonly halt: number;
  /** The instruction at which deferred code leaves its rule; 0 if no code is deferred. */
  readonly deferredEnd: number;
  readonly constants: readonly unknown[];
  readonly functions: readonly ((value: unknown) => unknown)[];
  readonly leaves: readonly LeafTable[];
  readonly sets: readonly CharSet[];
  readonly tables: readonly DispatchTable[];
  readonly words: readonly WordList[];
  readonly jumps: Int32Array;
  readonly rules: readonly RuleEntry[];
  readonly labels: readonly string[];
  readonly messages: readonly string[];
  readonly refiners: readonly Refiner[];
  readonly recoveries: readonly RecoveryEntry[];
  /** The problem that the instruction at a place fails with. */
  readonly problems: ReadonlyMap<number, Problem>;
  /** The nodes that it enters by a link: they have programs of their own. */
  readonly links: readonly Node[];
  /** Whether functions of the user are left out. */
  readonly silent: boolean;
  /** Which kinds of input it has parsers for. */
  readonly reads: Reads;
  /** Places in the code of the closers of `between`, innermost last. */
  readonly closers: readonly Closer[];
  /** The parts of the code whose expectations are not reported. */
  readonly hidden: readonly CodeRange[];
  /** For each place in the code whether it belongs to a closer: a failure there records the open brackets. */
  readonly watched: Uint8Array;
  readonly #parts: ProgramParts;
  readonly #expectations: ReadonlyMap<number, () => readonly Expectation[]>;
  readonly #owners: ReadonlyMap<number, number>;
  readonly #inner: ReadonlyMap<number, () => readonly string[]>;

  constructor(parts: ProgramParts, silent = false) {
    this.silent = silent;
    this.#parts = parts;
    this.root = parts.root;
    this.code = Int32Array.from(parts.code);
    this.entry = parts.entry;
    this.halt = parts.halt;
    this.deferredEnd = parts.deferredEnd;
    this.constants = parts.constants;
    this.functions = parts.functions;
    this.leaves = parts.leaves;
    this.sets = parts.sets;
    this.tables = parts.tables;
    this.words = parts.words;
    this.jumps = Int32Array.from(parts.jumps);
    this.rules = parts.rules;
    this.labels = parts.labels;
    this.messages = parts.messages;
    this.links = parts.links;
    this.reads = parts.reads;
    this.closers = parts.closers;
    this.hidden = parts.hidden;
    this.watched = new Uint8Array(this.code.length);
    for (const { from, to } of parts.closers) this.watched.fill(1, from, to);
    this.#expectations = parts.expectations;
    this.#owners = parts.owners;
    this.#inner = parts.inner;
    this.refiners = parts.refiners;
    this.recoveries = parts.recoveries;
    this.problems = parts.problems;
  }

  /** What the instruction at a place expects; for an alternative that was dispatched to, what its whole choice expects. */
  expectationsAt(pc: number): readonly Expectation[] {
    return this.#expectations.get(this.#ownerOf(pc))?.() ?? [];
  }

  /** What the alternatives expect that were tried one by one before the choice was given up at a place. */
  triedBefore(pc: number): readonly Expectation[] {
    return this.#parts.tried.get(pc)?.() ?? [];
  }

  /** The words of the long choice that is given up at a place. */
  wordsAt(pc: number): WordList | undefined {
    return this.#parts.lists.get(pc);
  }

  /** Rules that were not entered although the instruction at a place stands for parsers inside them, innermost first. */
  rulesWithin(pc: number): readonly string[] {
    return this.#inner.get(this.#ownerOf(pc))?.() ?? [];
  }

  /** The message of the `fail` at a place. */
  failMessageAt(pc: number): string | undefined {
    return this.#parts.failMessages.get(pc);
  }

  /** The repetition whose progress is checked at a place, as one would write it. */
  repetitionAt(pc: number): string {
    const repetition = this.#parts.repetitions.get(pc);
    return repetition === undefined ? "" : shown(repetition);
  }

  /** Whether the failure of the instruction at a place has neither a problem nor an expectation. */
  isBare(pc: number): boolean {
    return !this.problems.has(pc) && this.expectationsAt(pc).length === 0;
  }

  /** Whether a `fail` without a message stands at a place: only the other failures there are reported. */
  isSilent(pc: number): boolean {
    return this.code[pc] === OP.FAIL && !this.problems.has(pc) && !this.#expectations.has(pc);
  }

  #ownerOf(pc: number): number {
    let at = pc;
    for (let owner = this.#owners.get(at); owner !== undefined; owner = this.#owners.get(at)) at = owner;
    return at;
  }

  /** Whether the leaf at a place is an alternative that was dispatched to. */
  isOwned(pc: number): boolean {
    return this.#owners.has(pc);
  }

  /** The same code without the functions of the user: it is used to try what may follow, whatever the values are. */
  withoutFunctions(): Program {
    if (this.silent) return this;
    const made = silenced.get(this);
    if (made !== undefined) return made;
    const { code, functions, refiners, leaves } = this;
    const scan = (): never => {
      throw new Error("only its author knows what this leaf reads");
    };
    const parts: ProgramParts = {
      ...this.#parts,
      code,
      functions: functions.map(() => () => undefined),
      refiners: refiners.map(() => () => undefined),
      leaves: leaves.map((table) => (table.leaf === undefined ? table : { ...table, leaf: { ...table.leaf, scan } })),
    };
    const silent = new Program(parts, true);
    silenced.set(this, silent);
    return silent;
  }

  /** The closer of what an instruction opens. */
  closerOf(opener: number): Closer | undefined {
    return this.closers.find((closer) => closer.opener === opener);
  }

  /** The closer that an instruction begins. */
  closerFrom(closing: number): Closer | undefined {
    return this.closers.find((closer) => closer.closing === closing);
  }

  /** Whether what an instruction itself expects may be reported, also where another one stands for it. */
  mayReport(pc: number): boolean {
    if (this.hidden.some(({ from, to }) => from <= pc && pc < to)) return false;
    return (
      this.#expectations
        .get(pc)?.()
        .some((one) => one.kind === "eof" || one.text !== "") ?? true
    );
  }

  /** The innermost closer whose code a place belongs to. */
  closerAt(pc: number): Closer | undefined {
    let found: Closer | undefined;
    for (const closer of this.closers) {
      if (closer.from <= pc && pc < closer.to && (found === undefined || closer.from >= found.from)) found = closer;
    }
    return found;
  }
}
