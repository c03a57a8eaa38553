// How long a run may go on before it gives others a turn.
import { type Machine, STATUS, type Status } from "../../machine/index.ts";

/** So many steps of the machine, or about so many milliseconds. */
export type Ration = { readonly steps: number } | { readonly ms: number };

/** Steps between two looks at the clock: some tens of microseconds. */
const BETWEEN_LOOKS = 4096;

/** A step may first have to thaw what it needs, which a capture freezes again: with less a run might never get on. */
const LEAST = 8;

/**
 * What is left of a run's turn. It lasts until others have had theirs, however often the run rests in between for want of
 * input or because a value leaves: neither lets the event loop go round.
 */
export class Turn {
  readonly #ration: Ration;
  readonly #now: () => number;
  /** Steps that are left, or when the turn ends. */
  #steps = 0;
  #end = 0;

  constructor(ration: Ration, now: () => number) {
    this.#ration = ration;
    this.#now = now;
    this.begin();
  }

  begin(): void {
    if ("steps" in this.#ration) this.#steps = Math.max(LEAST, this.#ration.steps);
    else this.#end = this.#now() + this.#ration.ms;
  }

  /** Whether others come next. */
  get over(): boolean {
    return "steps" in this.#ration ? this.#steps <= 0 : this.#now() >= this.#end;
  }

  /** Runs a machine on until it rests or its turn is over. */
  run(machine: Machine): Status {
    machine.rationed = true;
    if ("steps" in this.#ration) {
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
