// What a run is given, and how it can end for good.

import type { Variant } from "../../compile/programs.ts";
import type { Step } from "../emission/internal-event.ts";
import type { ExceededLimit, MachineLimits } from "./limits.ts";
import type { RecoverOptions } from "./recovery.ts";

/** How a machine reads its input and what it may hold. */
export interface MachineOptions {
  readonly binary: boolean;
  /** The input is one text, which whoever runs over it holds: texts may be slices of it. */
  readonly whole?: boolean;
  readonly decode: "fatal" | "replace";
  readonly source: string | undefined;
  /** The language of its messages. */
  readonly locale?: string | undefined;
  /** How many certain values may wait before the machine rests. */
  readonly mostEmitted: number;
  /** What counts as space in this run, if not what the grammar says. */
  readonly triviaProfile?: object | undefined;
  /** How the run recovers, if it does. */
  readonly recover?: RecoverOptions | undefined;
  /** How the run traces, if it does. */
  readonly trace?: TraceOptions | undefined;
  /** The offset where parsing begins; what stands before it is passed over. */
  readonly from?: number;
  /** How much the run may take; without, anything. */
  readonly limits?: MachineLimits | undefined;
  /** Offset of the first unit, if the input is the rest of a longer one. */
  readonly origin?: number;
}

export interface TraceOptions {
  /** Called with each success once it is certain. */
  readonly onTrace?: ((step: Step) => void) | undefined;
}

/** An error that no parser catches (semantics, rule 9). */
export interface Fatal {
  readonly code: string;
  readonly detail: string;
  readonly offset: number;
  /** The limit that was exceeded, if that is the error. */
  readonly exceeded?: ExceededLimit;
}

/** What of it the program depends on. */
export function variantOf({ triviaProfile, recover, trace, limits }: MachineOptions): Variant {
  const counts = limits !== undefined && (limits.maxSteps < Infinity || limits.maxDepth < Infinity);
  return { triviaProfile, recovers: recover !== undefined, traces: trace !== undefined, counts };
}

/** The same for a run that only looks ahead, and reports nothing. */
export function silently(options: MachineOptions): MachineOptions {
  return options.trace?.onTrace === undefined ? options : { ...options, trace: {} };
}
