// The state of a machine as a value: what a continuation holds. Each part of it is a copy that is never written to; what the
// machine knows from its options or keeps for the next call only is in no part.
import type { MachineOptions } from "../control/options.ts";
import type { Registers } from "../control/registers.ts";
import type { EmissionsState } from "../emission/emissions-state.ts";
import type { FailureRecord } from "../failure/record.ts";
import type { PositionsState } from "../positions/positions-state.ts";
import type { Input } from "./input.ts";
import type { FrozenStack } from "./stack.ts";
import type { WindowView } from "./window.ts";

/** Registers that name places of the stack are relative to its top: all of it is frozen. */
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
