// The farthest failure: which instructions failed there, and which rules were open. Texts are looked up only when a
// diagnostic is made. Where it lies is a register of the loop.
import type { Program } from "../compile/program.ts";
import type { RuleEntry } from "../compile/program.ts";

const FIRST_CAPACITY = 64;
/** The innermost rules that a diagnostic names. */
export const CONTEXT = 8;

export interface FailureCopy {
  readonly far: number;
  readonly entries: Int32Array;
  readonly stale: boolean;
  readonly programs: readonly Program[];
  readonly rules: readonly RuleEntry[];
  readonly ruleFrame: number;
  readonly openedAt: number;
  readonly closer: string | undefined;
}

export class Failure {
  /** Pairs: number of the program, place in its code. */
  entries: Int32Array = new Int32Array(2 * FIRST_CAPACITY);
  count = 0;
  /** A cut was passed since the last entry: the next one replaces them all (semantics, rule 2). */
  stale = false;
  /** Programs that entries speak of; the first is that of the run. */
  programs: Program[] = [];
  /** Rules that were open when the last entry was made and have been left since, innermost first. */
  rules: RuleEntry[] = [];
  /** Place on the live stack of the innermost rule that was open then and still is. */
  ruleFrame = 0;
  /** Where the bracket was opened whose closer is among what failed; -1 if none. */
  openedAt = -1;
  /** What would close it, if that is one fixed text. */
  closer: string | undefined = undefined;

  /** The first failure at a new farthest place. */
  start(program: number, pc: number, rule: number): void {
    this.entries[0] = program;
    this.entries[1] = pc;
    this.count = 1;
    this.stale = false;
    this.ruleFrame = rule;
    this.openedAt = -1;
    if (this.rules.length > 0) this.rules.length = 0;
  }

  /** One more at the same place. */
  add(program: number, pc: number, rule: number): void {
    if (this.stale) {
      this.start(program, pc, rule);
      return;
    }
    this.ruleFrame = rule;
    if (this.rules.length > 0) this.rules.length = 0;
    const { entries, count } = this;
    if (count > 0 && entries[2 * count - 1] === pc && entries[2 * count - 2] === program) return;
    if (2 * count === entries.length) {
      this.#compact();
      this.add(program, pc, rule);
      return;
    }
    entries[2 * count] = program;
    entries[2 * count + 1] = pc;
    this.count = count + 1;
  }

  /** A rule was left: if the last entry was made in it, the entry keeps its name. */
  leave(frame: number, below: number, rule: RuleEntry): void {
    if (this.ruleFrame !== frame) return;
    this.ruleFrame = below;
    if (this.rules.length < CONTEXT) this.rules.push(rule);
  }

  copy(far: number, depth: number): FailureCopy {
    return {
      far,
      entries: this.entries.slice(0, 2 * this.count),
      stale: this.stale,
      programs: this.programs.slice(),
      rules: this.rules.slice(),
      ruleFrame: this.ruleFrame + depth,
      openedAt: this.openedAt,
      closer: this.closer,
    };
  }

  restore(copy: FailureCopy, depth: number): void {
    if (this.entries.length < copy.entries.length) this.entries = new Int32Array(copy.entries.length * 2);
    this.entries.set(copy.entries);
    this.count = copy.entries.length / 2;
    this.stale = copy.stale;
    this.programs = copy.programs.slice();
    this.rules = copy.rules.slice();
    this.ruleFrame = copy.ruleFrame - depth;
    this.openedAt = copy.openedAt;
    this.closer = copy.closer;
  }

  clear(program: Program): void {
    this.count = 0;
    this.stale = false;
    this.programs = [program];
    this.rules = [];
    this.ruleFrame = 0;
    this.openedAt = -1;
  }

  /** The number under which entries speak of a program; programs that no entry names any more are let go. */
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

  /** Drops what stands twice; doubles the room if that was not the trouble. */
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
