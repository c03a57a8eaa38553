// The state of a machine as a value, which a continuation holds. Each part is a copy that is never written to. What a machine has
// from its options, or keeps only for the next call, is in no part.
import type { MachineOptions } from "../control/options.ts";
import type { Registers } from "../control/registers.ts";
import type { EmissionsState } from "../emission/emissions-state.ts";
import type { FailureRecord } from "../failure/record.ts";
import type { PositionsState } from "../positions/positions-state.ts";
import type { Input } from "./input.ts";
import type { FrozenStack } from "./stack.ts";
import type { WindowView } from "./window.ts";

/** Registers that hold numbers of slots are relative to the top of the stack: all of it is frozen. */
export interface Snapshot {
  /** Where the machine stands, and before which place it needs no text. */
  readonly offset: number;
  readonly watermark: number;
  readonly registers: Readonly<Registers>;
  readonly stack: FrozenStack;
  readonly failure: FailureRecord;
  readonly positions: PositionsState;
  readonly emissions: EmissionsState;
  readonly window: WindowView;
  readonly input: Input;
  readonly options: MachineOptions;
}
