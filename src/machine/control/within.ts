// `within`: a parser that runs on the next so many units, and sees the input end after them. The frame holds the end that was
// in force around it, and how many units it has. Whatever leaves the frame, a success or a failure on its way down, restores
// that end.
import { OP, widthOf } from "../../compile/code/instructions.ts";
import * as operand from "../../compile/code/operands.ts";
import { flushRecord } from "../failure/saved-record.ts";
import { shortage } from "../failure/shortage.ts";
import * as slot from "../memory/frame-slots.ts";
import { FRAME, QUIET } from "../memory/frames.ts";
import type { Machine } from "./machine.ts";

/** Enters a `within`; an end that lies beyond the end around it changes nothing. */
export function enterWithin(m: Machine): void {
  const { program, window, offset, pc } = m;
  const constant = program.code[pc + operand.WITHIN_CONST] as number;
  const length = (constant < 0 ? m.val : program.constants[constant]) as number;
  // no scope of its own: a cut inside reaches the one around it
  m.push(FRAME.WITHIN, slot.WITHIN_SIZE, length, 0);
  m.stack.offsets[m.fp + slot.WITHIN_OUTER_END] = window.withinEnd;
  // where the length is not known, as when a parse is tried without its functions, the end stays
  if (length >= 0) window.setWithinEnd(Math.min(window.withinEnd, offset + length));
  m.pc = pc + widthOf(OP.WITHIN);
}

/** Leaves it, for what comes next or (where `pc` is 0) for a failure to go on. */
export function leaveWithin(m: Machine): void {
  m.pop();
  m.window.setWithinEnd(m.stack.offsets[m.sp + slot.WITHIN_OUTER_END] as number);
  if (m.pc !== 0) m.pc += widthOf(OP.WITHIN_END);
  else explainShortage(m, m.stack.offsets[m.sp] as number, m.stack.values[m.sp] as number);
}

/** A failure where the input ends too soon, and for which no problem is recorded yet, is one for want of units. */
function explainShortage(m: Machine, start: number, length: number): void {
  const { failure, window } = m;
  const end = window.base + window.filled;
  if (!window.ended || m.far === QUIET || start + length <= end || window.withinEnd <= end) return;
  flushRecord(m);
  const { count, entries, programs } = failure;
  const far = window.base + m.far;
  if (count === 0 || far < start || failure.problem(far) !== undefined) return;
  const pc = entries[2 * count - 1] as number;
  const op = programs[entries[2 * count - 2] as number]?.code[pc] ?? 0;
  if (far === end || COUNTED.includes(op)) failure.refuse(far, pc, shortage(m, length, end - start));
}

/** Instructions that fail at their start, and only for want of units. */
const COUNTED: readonly number[] = [OP.TAKE, OP.READ];
