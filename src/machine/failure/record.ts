// The farthest failure: which instructions failed there, and which rules were open. Texts are looked up only when a
// diagnostic is made. Where it lies is a register of the loop, and so is its first entry: most farthest failures are passed
// by the next one before a second is recorded, and then nothing of this is touched.
import type { Closer, Program, RuleEntry } from "../../compile/code/program.ts";
import type { Expectation } from "../../grammar/expectation.ts";
import type { Problem } from "../../grammar/problem.ts";
import { NONE } from "../memory/frames.ts";
import { NONE_RETAINED, type RecordOffsets, type RetainedPosition, retain } from "../positions/retained.ts";

const FIRST_CAPACITY = 64;
/** The innermost rules that a diagnostic names. */
export const CONTEXT = 8;

/** At one place, so many of the instructions that are reported as labels are kept. */
const MOST_HIDDEN = 64;

/** An instruction that failed and is reported as a label. */
interface Origin {
  readonly program: Program;
  readonly pc: number;
  /** The one that failed before it at the same place, and how many there are including it. Set once. */
  before: Origin | undefined;
  depth: number;
}

/** What a function found wrong with what was read. */
interface Refused {
  /** Where the failure lies, and the instruction whose failure it is. */
  readonly far: number;
  readonly pc: number;
  readonly problem: Problem;
}

/** A bracket that is open. */
export interface Bracket {
  /** Where it was opened. */
  readonly at: number;
  readonly closer: Closer | undefined;
}

/** What is open at a failure. */
export interface Opened {
  /** Where the failure lies. */
  readonly far: number;
  /** Innermost first: one, or all (at most 8) where the input has ended. */
  readonly brackets: readonly Bracket[];
  /** Whether what closes the first is among what failed. */
  readonly closes: boolean;
  /** The depth of the frame that was the innermost one. */
  readonly frame: number;
}

/** The instructions that are reported as labels, in the order in which they failed. */
function inOrder(last: Origin | undefined): Origin[] {
  const found: Origin[] = [];
  for (let one = last; one !== undefined; one = one.before) found.push(one);
  return found.reverse();
}

/** Where in a record the alternatives begin that were tried last: what the choice expects that gave up comes before them. */
function firstOf(found: readonly (readonly Expectation[])[], tried: readonly Expectation[]): number {
  const names = new Set(tried.map(keyOf));
  const missing = new Set(names);
  let first = found.length;
  while (first > 0 && missing.size > 0) {
    const keys = (found[first - 1] as readonly Expectation[]).map(keyOf);
    if (!keys.every((key) => names.has(key))) break;
    for (const key of keys) missing.delete(key);
    first--;
  }
  return first;
}

function keyOf(expectation: Expectation): string {
  return expectation.kind === "eof" ? "eof" : `${expectation.kind}:${expectation.text}`;
}

/** Its fields are public, so that a test can compare a copy with it. */
export class FailureRecord implements RecordOffsets {
  /** Pairs: number of the program, place in its code. */
  entries: Int32Array;
  count = 0;
  /** How many failures there were: an entry may stand for several. */
  notes = 0;
  /**
   * The frame of a rule: not all that failed at the place failed inside one of the rules above it that began there. `NONE` if
   * all did. While the loop holds the first entries, it counts only if there are two.
   */
  shared: number = NONE;
  /** The programs that entries refer to; the first is that of the run. */
  programs: Program[];
  /** Rules that were open when the last entry was made and have ended since, innermost first. */
  rules: RuleEntry[] = [];
  /** Where each of these began. */
  starts: number[] = [];
  /** Where the last closer began that has a CLOSING instruction. */
  closing = -1;
  /** Where the last text between quotes was opened that did not end at once, and the instruction that reads it. */
  quoteAt = -1;
  quotePc = 0;
  /** The positions that this refers to, of those whose text is gone. */
  retained: readonly RetainedPosition[] = NONE_RETAINED;
  opened: Opened | undefined = undefined;
  refused: Refused | undefined = undefined;
  /** Entries of the farthest place were replaced, since a cut was passed there. */
  restarted = false;
  /** Which instruction the last entry comes from, where it is reported as a label. */
  origin: Origin | undefined = undefined;
  /** All instructions that are reported as labels, up to a number. */
  hidden: Origin | undefined = undefined;

  /** @param programs the first is that of the run. @param entries room for them. */
  constructor(programs: Program[], entries: Int32Array = new Int32Array(2 * FIRST_CAPACITY)) {
    this.programs = programs;
    this.entries = entries;
  }

  /** Everything that was expected, in the order in which it would be if alternatives were tried one after the other. */
  expectations(): readonly Expectation[] {
    if (this.count === 1) return this.#expectationsOf(0);
    const found: (readonly Expectation[])[] = [];
    for (let i = 0; i < this.count; i++) {
      const program = this.programs[this.entries[2 * i] as number];
      const tried = program?.triedBefore(this.entries[2 * i + 1] as number) ?? [];
      found.splice(firstOf(found, tried), 0, this.#expectationsOf(i));
    }
    return found.flat();
  }

  #expectationsOf(entry: number): readonly Expectation[] {
    const program = this.programs[this.entries[2 * entry] as number];
    return program?.expectationsAt(this.entries[2 * entry + 1] as number) ?? [];
  }

  /** The instructions that failed there, including those that are reported as labels; some may be there twice. */
  origins(): Pick<Origin, "program" | "pc">[] {
    const found: Pick<Origin, "program" | "pc">[] = inOrder(this.hidden);
    for (let i = 0; i < this.count; i++) {
      const program = this.programs[this.entries[2 * i] as number];
      if (program !== undefined) found.push({ program, pc: this.entries[2 * i + 1] as number });
    }
    return found;
  }

  /** Rules that all failures lie in, although the instruction that stands for them lies outside, innermost first. */
  rulesWithin(): readonly string[] {
    let silent = 0;
    while (silent < this.count && this.#isSilent(silent)) silent++;
    if (this.count === 0 || this.notes - silent > 1) return [];
    if (this.origin !== undefined) return this.origin.program.rulesWithin(this.origin.pc);
    const program = this.programs[this.entries[2 * this.count - 2] as number];
    return program?.rulesWithin(this.entries[2 * this.count - 1] as number) ?? [];
  }

  #isSilent(entry: number): boolean {
    return this.programs[this.entries[2 * entry] as number]?.isSilent(this.entries[2 * entry + 1] as number) === true;
  }

  /** The next failure lies in rules that were entered since the last failure there, above the rule at `frame`. */
  splitAt(frame: number): void {
    const alone = this.count === 1 && this.#isSilent(0);
    if (!alone && frame < this.shared) this.shared = frame;
  }

  /** The live part of the stack has moved up by so many places. */
  stackMoved(by: number): void {
    if (this.shared !== NONE) this.shared += by;
  }

  /** The last problem that was recorded there, unless a cut was passed since. */
  problem(far: number): Problem | undefined {
    const { refused } = this;
    if (refused?.far !== far) return undefined;
    for (let i = this.count - 1; i >= 0; i--) if (this.entries[2 * i + 1] === refused.pc) return refused.problem;
    return undefined;
  }

  /** The message of the last `fail` that failed there. */
  failMessage(): string | undefined {
    for (let i = this.count - 1; i >= 0; i--) {
      const message = this.programs[this.entries[2 * i] as number]?.failMessageAt(this.entries[2 * i + 1] as number);
      if (message !== undefined) return message;
    }
    return undefined;
  }

  /** The instruction at `pc` is about to fail with a problem, which will be recorded at `far`. */
  refuse(far: number, pc: number, problem: Problem): void {
    this.refused = { far, pc, problem };
  }

  /** The first failure at a new farthest place, or the first after a cut. */
  start(program: number, pc: number, origin?: Origin): void {
    this.origin = origin;
    this.hidden = origin;
    this.entries[0] = program;
    this.entries[1] = pc;
    this.count = 1;
    this.notes = 1;
    this.shared = NONE;
  }

  /** One more at the same place. */
  add(program: number, pc: number, origin?: Origin): void {
    this.origin = origin;
    if (origin !== undefined) this.#hide(origin);
    const { entries, count } = this;
    if (count > 0 && entries[2 * count - 1] === pc && entries[2 * count - 2] === program) return;
    if (2 * count === entries.length) {
      this.#compact();
      this.add(program, pc, origin);
      return;
    }
    entries[2 * count] = program;
    entries[2 * count + 1] = pc;
    this.count = count + 1;
  }

  #hide(origin: Origin): void {
    const last = this.hidden;
    if (last !== undefined) {
      if (last.depth === MOST_HIDDEN || (last.pc === origin.pc && last.program === origin.program)) return;
      origin.before = last;
      origin.depth = last.depth + 1;
    }
    this.hidden = origin;
  }

  /** Nothing of what was recorded counts any more: a cut was passed. */
  drop(): void {
    this.count = 0;
    this.notes = 0;
    this.shared = NONE;
    this.refused = undefined;
    this.hidden = undefined;
  }

  /** Nothing was recorded so far. */
  clear(): void {
    this.drop();
    this.programs = this.programs.slice(0, 1);
    this.retained = NONE_RETAINED;
    this.opened = undefined;
    this.restarted = false;
    this.origin = undefined;
  }

  /** A copy that is only looked at: it has no room for more. */
  copy(): FailureRecord {
    const copy = new FailureRecord(this.programs, new Int32Array(2 * this.count));
    copy.assign(this);
    return copy;
  }

  /** Copies all of another record, into the arrays that this one has. */
  assign(from: FailureRecord): void {
    const length = 2 * from.count;
    if (this.entries.length < length) this.entries = new Int32Array(2 * length);
    // mostly one or two: less than a call of the platform costs
    for (let i = 0; i < length; i++) this.entries[i] = from.entries[i] as number;
    this.count = from.count;
    this.notes = from.notes;
    this.shared = from.shared;
    this.programs = from.programs.slice();
    this.rules = from.rules.slice();
    this.starts = from.starts.slice();
    this.retained = from.retained;
    this.closing = from.closing;
    this.quoteAt = from.quoteAt;
    this.quotePc = from.quotePc;
    this.opened = from.opened;
    this.refused = from.refused;
    this.restarted = from.restarted;
    this.origin = from.origin;
    this.hidden = from.hidden;
  }

  /**
   * Adds what was recorded later at the same place, and takes over what was open then, except for rules that began at `from` or
   * later.
   */
  join(later: FailureRecord, from: number): void {
    for (let i = 0; i < 2 * later.count; i += 2) {
      const program = later.programs[later.entries[i] as number];
      if (program !== undefined) this.add(this.numberOf(program), later.entries[i + 1] as number);
    }
    this.notes += later.notes;
    const inner = later.starts.filter((start) => start >= from).length;
    this.rules = later.rules.slice(inner);
    this.starts = later.starts.slice(inner);
    this.opened = later.opened ?? this.opened;
    this.closing = later.closing;
    this.quoteAt = later.quoteAt;
    this.quotePc = later.quotePc;
    retain(this, later.retained);
    if (later.refused !== undefined && later.refused.far >= (this.refused?.far ?? 0)) this.refused = later.refused;
    this.origin = later.origin;
    for (const { program, pc } of inOrder(later.hidden)) this.#hide({ program, pc, before: undefined, depth: 1 });
  }

  /** The number by which entries refer to a program; programs that no entry refers to any more are dropped. */
  numberOf(program: Program): number {
    const known = this.programs.indexOf(program);
    if (known >= 0) return known;
    if (this.programs.length >= 64) this.#forgetPrograms();
    return this.programs.push(program) - 1;
  }

  #forgetPrograms(): void {
    const kept = this.programs.slice(0, 1);
    for (let i = 0; i < this.count; i++) {
      const program = this.programs[this.entries[2 * i] as number] as Program;
      let at = kept.indexOf(program);
      if (at < 0) at = kept.push(program) - 1;
      this.entries[2 * i] = at;
    }
    this.programs = kept;
  }

  /** Drops entries that occur twice; doubles the array if there were not many. */
  #compact(): void {
    const seen = new Set<string>();
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const program = this.entries[2 * i] as number;
      const pc = this.entries[2 * i + 1] as number;
      const name = `${program}:${pc}`;
      if (seen.has(name)) continue;
      seen.add(name);
      this.entries[2 * kept] = program;
      this.entries[2 * kept + 1] = pc;
      kept++;
    }
    this.count = kept;
    if (4 * kept > this.entries.length) {
      const larger = new Int32Array(this.entries.length * 2);
      larger.set(this.entries);
      this.entries = larger;
    }
  }
}
