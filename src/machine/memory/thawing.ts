// Freezing and thawing the stack of a machine: slots move between its live part and the frozen parts below, and with them the
// registers that hold numbers of slots.
import { OP, widthOf } from "../../compile/code/instructions.ts";
import type { Machine } from "../control/machine.ts";
import { recordOf } from "./build-values.ts";
import { LIST_SIZE } from "./frame-slots.ts";

/** A list whose frame lies deeper than this is made without being thawed. */
const LONG_LIST = 256;
/** Instructions that make an array of a list; what the second does besides comes next. */
const LIST_ENDS: readonly number[] = [OP.LIST_END, OP.LIST_END_CLOSE];
/** The same, an object. */
const RECORD_ENDS: readonly number[] = [OP.RECORD_END, OP.RECORD_END_CLOSE];

/** Freezes all of the live stack. */
export function freezeStack(m: Machine): void {
  const places = m.sp;
  if (places === 0) return;
  m.stack.freeze(places);
  move(m, -places);
  m.sp = 0;
}

/** Thaws at least so many slots. */
export function thaw(m: Machine, needed: number): void {
  const places = m.stack.thaw(Math.max(1, needed), m.sp);
  m.sp += places;
  move(m, places);
}

/**
 * The loop needs its innermost frame: that is thawed with all above it, or, where a long list ends, the array or object is made
 * of it.
 */
export function thawToFrame(m: Machine): void {
  const { fp, sp, stack } = m;
  const op = m.program.code[m.pc] as number;
  const isRecord = RECORD_ENDS.includes(op);
  if (-fp <= LONG_LIST || !(isRecord || LIST_ENDS.includes(op))) {
    thaw(m, -fp);
    return;
  }
  const frame = stack.shift + fp;
  const below = stack.belowAt(frame);
  const before = stack.shift;
  const values = stack.takeFrom(frame + LIST_SIZE, sp, frame);
  m.val = isRecord ? recordOf(values, 0, values.length) : values;
  move(m, before - stack.shift);
  m.sp = 0;
  m.fp = below - stack.shift;
  m.pc += widthOf(isRecord ? OP.RECORD_END : OP.LIST_END);
}

/** The live part has moved up by so many slots. */
function move(m: Machine, by: number): void {
  m.stackMoved(by);
  m.failure.stackMoved(by);
}
