// What the twin emitted so far (rule 16 of the semantics), each value with whether it is certain yet.
import type { Problem } from "../../../src/grammar/problem.ts";

/** A warning waits among emitted values and is dropped as they are. */
export class Warned {
  readonly problem: Problem;

  constructor(problem: Problem) {
    this.problem = problem;
  }
}

interface Held {
  readonly value: unknown;
  certain: boolean;
}

export class Emissions {
  #list: Held[] = [];
  /** How many attempts, look-aheads and leaves are open: nothing inside them is certain. */
  returnPoints = 0;
  /** How many judgements are to come that may send back what they judge. */
  judgements = 0;

  get length(): number {
    return this.#list.length;
  }

  get values(): unknown[] {
    return this.#list.map((held) => held.value).filter((value) => !(value instanceof Warned));
  }

  get warnings(): Problem[] {
    return this.#list.flatMap(({ value }) => (value instanceof Warned ? [value.problem] : []));
  }

  add(value: unknown): void {
    this.#list.push({ value, certain: false });
  }

  /** The branch that began at `mark` has read something or is committed: it can't be taken back any more. */
  settle(mark: number): void {
    if (this.returnPoints > 0 || this.judgements > 0) return;
    for (const held of this.#list.slice(mark)) held.certain = true;
  }

  /** The branch that began at `mark` failed empty. */
  dropUncertain(mark: number): void {
    this.#list = this.#list.filter((held, i) => i < mark || held.certain);
  }

  /** A return point that began at `mark` rewinds. */
  dropAll(mark: number): void {
    this.#list = this.#list.slice(0, mark);
  }
}
