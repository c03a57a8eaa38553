// How long a run may continue before it yields to the event loop.
import { type Machine, STATUS, type Status } from "../../machine/index.ts";

/** That many steps of the machine, or about that many milliseconds. */
export type YieldEvery = { readonly steps: number } | { readonly ms: number };

/** Steps between two checks of the clock: some tens of microseconds. */
const BETWEEN_LOOKS = 4096;

/**
 * The least number of steps. A step may first have to thaw what it needs, which a capture freezes again: with fewer
 * steps a run might never make progress.
 */
const LEAST = 8;

/**
 * What is left of a run's turn. The turn lasts until the event loop has run, however often the run pauses in between to
 * wait for input or because a value is emitted: neither lets the event loop run.
 */
export class YieldBudget {
  readonly #every: YieldEvery;
  readonly #now: () => number;
  /** The steps that are left, or when the turn ends. */
  #steps = 0;
  #end = 0;

  constructor(every: YieldEvery, now: () => number) {
    this.#every = every;
    this.#now = now;
    this.begin();
  }

  begin(): void {
    if ("steps" in this.#every) this.#steps = Math.max(LEAST, this.#every.steps);
    else this.#end = this.#now() + this.#every.ms;
  }

  /** Whether the turn is over. */
  get over(): boolean {
    return "steps" in this.#every ? this.#steps <= 0 : this.#now() >= this.#end;
  }

  /** Runs a machine until it pauses or its turn is over. */
  run(machine: Machine): Status {
    machine.hasFuelLimit = true;
    if ("steps" in this.#every) {
      const { work } = machine;
      machine.fuel = Math.max(LEAST, this.#steps);
      const status = machine.step();
      this.#steps -= machine.work - work;
      return status;
    }
    for (;;) {
      machine.fuel = BETWEEN_LOOKS;
      const status = machine.step();
      if (status !== STATUS.FUEL || this.over) return status;
    }
  }
}
