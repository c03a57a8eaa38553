// The state of a machine as a value: what a continuation holds. Nothing in it is written to after it was made.
import type { Program } from "../../compile/code/program.ts";
import type { Position } from "../../text/index.ts";
import type { Used } from "../control/limits.ts";
import type { MachineOptions } from "../control/options.ts";
import type { Recoveries } from "../control/recovery.ts";
import type { Tail } from "../control/tail.ts";
import type { EmissionsCopy } from "../emission/emissions.ts";
import type { SavedRecord } from "../failure/record.ts";
import type { PlacesCopy } from "../positions/places.ts";
import type { Frozen } from "./frozen.ts";
import type { Input } from "./input.ts";
import type { WindowView } from "./window.ts";

/** Places are relative to the frozen top: all of the stack is frozen. */
export interface Snapshot {
  readonly program: Program;
  readonly pc: number;
  readonly offset: number;
  readonly start: Position;
  readonly watermark: number;
  readonly fp: number;
  readonly rule: number;
  readonly boundary: number;
  readonly val: unknown;
  readonly cut: number;
  readonly quiet: boolean;
  readonly shift: number;
  readonly frozen: Frozen | undefined;
  readonly textMark: number;
  readonly textMarkAt: number;
  readonly pieceAt: number;
  readonly returnMark: number;
  readonly returnMarkAt: number;
  readonly judgeMark: number;
  readonly judgeMarkAt: number;
  readonly labelAt: number;
  readonly labelPc: number;
  readonly labelProgram: Program;
  readonly wanted: number;
  readonly work: number;
  readonly tail: Tail | undefined;
  readonly failure: SavedRecord;
  readonly recoveries: Recoveries;
  readonly used: Readonly<Used>;
  readonly places: PlacesCopy;
  readonly boundAt: number;
  readonly bound: number;
  readonly begun: boolean;
  readonly emissions: EmissionsCopy;
  readonly window: WindowView;
  readonly input: Input;
  readonly options: MachineOptions;
}
