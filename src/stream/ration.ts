// How long a run may go on before it gives others a turn.
import { type Machine, STATUS, type Status } from "../machine/index.ts";

/** So many steps of the machine, or about so many milliseconds. */
export type Ration = { readonly steps: number } | { readonly ms: number };

/** Steps between two looks at the clock: some tens of microseconds. */
const BETWEEN_LOOKS = 4096;

/** A step may first have to thaw what it needs, which a capture freezes again: with less a run might never get on. */
const LEAST = 8;

/** Runs a machine on until it rests or has used up its ration. */
export function rationed(machine: Machine, ration: Ration): Status {
  machine.rationed = true;
  if ("steps" in ration) {
    machine.fuel = Math.max(LEAST, ration.steps);
    return machine.step();
  }
  const end = performance.now() + ration.ms;
  for (;;) {
    machine.fuel = BETWEEN_LOOKS;
    const status = machine.step();
    if (status !== STATUS.FUEL || performance.now() >= end) return status;
  }
}
