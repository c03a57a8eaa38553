// What the twin remembers of failures: the farthest offset, what was expected there, and which rules and brackets were open.
import type { Problem } from "../../../src/grammar/problem.ts";
import { type Brackets, bracketsAt, NO_BRACKETS, type OpenBracket } from "./brackets.ts";

/** One record; never written to. */
export interface Remembered {
  /** -1: nothing was recorded yet. */
  readonly offset: number;
  readonly expected: ReadonlySet<string>;
  /** The rules around it, outermost first: those that began before it, and of the others those that hold all that failed there. */
  readonly rules: readonly OpenRule[];
  /** Whether anything failed there but what says nothing. */
  readonly tells: boolean;
  /** The last problem that was recorded there. */
  readonly problem: Problem | undefined;
  /** The brackets that were open there. */
  readonly brackets: Brackets;
  /** A cut was passed since the last entry was made. */
  readonly stale: boolean;
}

const EMPTY: Remembered = {
  offset: -1,
  expected: new Set(),
  rules: [],
  tells: false,
  problem: undefined,
  brackets: NO_BRACKETS,
  stale: false,
};

/** A failure of which nothing is known but its place. */
export function nothingAt(offset: number): Remembered {
  return { ...EMPTY, offset };
}

/** What an empty name stands for: it is recorded, and not told. */
const HIDDEN = "rule:";

/** One for each time that a rule is entered. */
export interface OpenRule {
  readonly name: string;
  readonly start: number;
}

interface OpenLabel {
  readonly name: string;
  readonly start: number;
}

/** Rule 2, 4 and 7 of the semantics: the farthest failure, cuts, labels, and the rules around it. */
export class FailureRecord {
  /** Trivia, `notFollowedBy` and the inside of a leaf record nothing: how many of them are open. */
  quiet = 0;
  /** Those of them, trivia aside, through which not even a leaf that is reported in trivia is recorded. */
  sealed = 0;
  readonly rules: OpenRule[] = [];
  readonly labels: OpenLabel[] = [];
  readonly brackets: OpenBracket[] = [];
  /** That of the run, and for each `recover` around what runs that of its parser, innermost last. */
  #records: readonly Remembered[] = [EMPTY];

  get #run(): Remembered {
    return this.#records[0] ?? EMPTY;
  }

  /** That of the run. */
  get whole(): Remembered {
    return this.#run;
  }

  get offset(): number {
    return this.#run.offset;
  }

  get expected(): string[] {
    return named(this.#run);
  }

  /** The innermost eight rules that are open now, innermost first. */
  openRules(): readonly OpenRule[] {
    return innermost(this.rules);
  }

  /**
   * A failure at `offset`; `expectation` is undefined for a bare `fail()`, which only says how far it got. A label that
   * stands for what is expected stands for what is wrong, too.
   *
   * @param ended whether the input ends there.
   * @param problem what is told of it, if it has words of its own.
   * @param inTrivia whether it is recorded inside trivia too.
   */
  add(offset: number, expectation: string | undefined, ended: boolean, problem?: Problem, inTrivia = false): void {
    if ((inTrivia ? this.sealed : this.quiet) > 0) return;
    const label = this.labels.find((open) => open.start === offset);
    const entry = label === undefined ? expectation : `rule:${label.name}`;
    this.#records = this.#records.map((record) => {
      if (offset < record.offset) return record;
      const anew = offset > record.offset || record.stale;
      const expected = new Set(anew ? [] : record.expected);
      if (entry !== undefined) expected.add(entry);
      const told = label === undefined ? problem : undefined;
      const tells = entry !== undefined || problem !== undefined;
      const parts = !anew && record.tells;
      const around = this.rules.filter((rule) => rule.start < offset || !parts || record.rules.includes(rule));
      return {
        offset,
        expected,
        rules: anew || tells ? around : record.rules,
        tells: tells || parts,
        problem: told ?? (anew ? undefined : record.problem),
        brackets: bracketsAt(offset, this.brackets, ended, anew ? NO_BRACKETS : record.brackets),
        stale: false,
      };
    });
  }

  /** What was recorded beyond a place counts no more than a failure there: the next one starts anew. */
  forgetBeyond(offset: number): void {
    if (this.quiet > 0) return;
    this.#records = this.#records.map((record) =>
      record.offset <= offset ? record : { ...record, offset, stale: true },
    );
  }

  /** What failed at an offset has this reason, if it has none. */
  explain(offset: number, problem: Problem): void {
    if (this.quiet > 0) return;
    this.#records = this.#records.map((record) =>
      record.offset === offset ? { ...record, problem: record.problem ?? problem } : record,
    );
  }

  passCut(): void {
    if (this.quiet === 0) this.#records = this.#records.map((record) => ({ ...record, stale: true }));
  }

  /** From here on the failures of one parser are recorded on their own as well. */
  open(): void {
    this.#records = [...this.#records, EMPTY];
  }

  /** Gives what was recorded on its own since. */
  close(): Remembered {
    const own = this.#records.at(-1) ?? EMPTY;
    this.#records = this.#records.slice(0, -1);
    return own;
  }

  /** Nothing is recorded so far. */
  clear(): void {
    this.#records = this.#records.map(() => EMPTY);
  }

  save(): readonly Remembered[] {
    return this.#records;
  }

  restore(before: readonly Remembered[]): void {
    this.#records = before;
  }
}

/** The innermost eight, innermost first. */
export function innermost(rules: readonly OpenRule[]): readonly OpenRule[] {
  return rules.slice(-8).reverse();
}

/** What was expected, sorted. */
export function named({ expected }: Remembered): string[] {
  return [...expected].filter((entry) => entry !== HIDDEN).sort();
}
