// What the twin remembers of failures: the farthest offset, what was expected there, and which rules were open.

/** A snapshot of the record, for look-ahead to put back. */
export interface Remembered {
  readonly offset: number;
  readonly expected: readonly string[];
  readonly context: readonly string[];
  readonly stale: boolean;
  readonly code: string | undefined;
}

/** What an empty name stands for: it is recorded, and not told. */
const HIDDEN = "rule:";

interface OpenLabel {
  readonly name: string;
  readonly start: number;
}

/** Rule 2, 4 and 7 of the semantics: the farthest failure, cuts, labels, and the rules around it. */
export class FailureRecord {
  /** -1: nothing was recorded yet. */
  offset = -1;
  /** Trivia, `notFollowedBy` and the inside of a leaf record nothing: how many of them are open. */
  quiet = 0;
  /** Those of them, trivia aside, that not even what speaks aloud is heard through. */
  sealed = 0;
  readonly rules: string[] = [];
  readonly labels: OpenLabel[] = [];
  #expected = new Set<string>();
  #context: readonly string[] = [];
  /** The code of the last problem that was recorded there. */
  #code: string | undefined;
  /** A cut was passed since the last entry was made. */
  #stale = false;

  get expected(): string[] {
    return [...this.#expected].filter((entry) => entry !== HIDDEN).sort();
  }

  get context(): readonly string[] {
    return this.#context;
  }

  get code(): string | undefined {
    return this.#code;
  }

  /** The innermost eight rules that are open now, innermost first. */
  openRules(): string[] {
    return this.rules.slice(-8).reverse();
  }

  /**
   * A failure at `offset`; `expectation` is undefined for a bare `fail()`, which only says how far it got. A label that
   * stands for what is expected stands for what is wrong, too.
   *
   * @param code of the problem that is told of it, if it has one.
   * @param aloud it is recorded inside trivia too.
   */
  add(offset: number, expectation: string | undefined, code?: string, aloud = false): void {
    if ((aloud ? this.sealed : this.quiet) > 0 || offset < this.offset) return;
    const label = this.labels.find((open) => open.start === offset);
    const entry = label === undefined ? expectation : `rule:${label.name}`;
    const anew = offset > this.offset || this.#stale;
    if (anew) {
      this.#expected = new Set();
      this.#code = undefined;
    }
    if (label === undefined && code !== undefined) this.#code = code;
    if (entry !== undefined) this.#expected.add(entry);
    if (anew || entry !== undefined || code !== undefined) this.#context = this.openRules();
    this.offset = offset;
    this.#stale = false;
  }

  /** What was recorded beyond a place counts no more than a failure there: the next one starts anew. */
  forgetBeyond(offset: number): void {
    if (this.quiet > 0 || this.offset <= offset) return;
    this.offset = offset;
    this.#stale = true;
  }

  /** What failed at an offset has this reason, if it has none. */
  explain(offset: number, code: string): void {
    if (this.quiet === 0 && this.offset === offset) this.#code ??= code;
  }

  passCut(): void {
    if (this.quiet === 0) this.#stale = true;
  }

  /** Nothing is recorded so far. */
  clear(): void {
    this.offset = -1;
    this.#expected = new Set();
    this.#context = [];
    this.#stale = false;
    this.#code = undefined;
  }

  /** Puts an earlier record together with what was recorded since. */
  join(earlier: Remembered): void {
    if (earlier.offset < this.offset) return;
    const since = this.save();
    this.restore(earlier);
    this.#stale ||= since.stale;
    if (earlier.offset > since.offset || since.offset < 0) return;
    this.#expected = new Set(earlier.stale ? since.expected : [...earlier.expected, ...since.expected]);
    this.#context = since.context;
    this.#stale = since.stale;
    this.#code = since.code ?? (earlier.stale ? undefined : earlier.code);
  }

  save(): Remembered {
    return {
      offset: this.offset,
      expected: this.expected,
      context: this.#context,
      stale: this.#stale,
      code: this.#code,
    };
  }

  restore(before: Remembered): void {
    this.offset = before.offset;
    this.#expected = new Set(before.expected);
    this.#context = before.context;
    this.#stale = before.stale;
    this.#code = before.code;
  }
}
