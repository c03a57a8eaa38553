// Limits: a parser that runs on the next so many units, and sees the input end after them. The frame holds the limit that
// was in force around it, and how many units it has; whatever leaves the frame, a success or a failure on its way down, puts
// that limit back.
import { OP, widthOf } from "../../compile/code/instructions.ts";
import * as operand from "../../compile/code/operands.ts";
import { flushRecord } from "../failure/record.ts";
import { shortage } from "../failure/shortage.ts";
import * as place from "../memory/frame-places.ts";
import { FRAME, QUIET } from "../memory/frames.ts";
import type { Machine } from "./machine.ts";

/** Begins a limit; one that lies beyond the limit around it changes nothing. */
export function narrow(m: Machine): void {
  const { program, window, offset, pc } = m;
  const constant = program.code[pc + operand.LIMIT_CONST] as number;
  const length = (constant < 0 ? m.val : program.constants[constant]) as number;
  // no scope of its own: a cut inside reaches the one around it
  m.push(FRAME.LIMIT, place.LIMIT_SIZE, length, 0);
  m.stack.offsets[m.fp + place.LIMIT_OUTER] = window.limit;
  m.stack.values[m.fp + place.LIMIT_IS_READ] = constant < 0;
  // where nothing is counted, as when a parse is tried without its functions, there is no limit
  if (length >= 0) window.limitTo(Math.min(window.limit, offset + length));
  m.pc = pc + widthOf(OP.LIMIT);
}

/** Ends it, for what comes next or (at 0) for a failure to go on. */
export function widen(m: Machine): void {
  m.pop();
  m.window.limitTo(m.stack.offsets[m.sp + place.LIMIT_OUTER] as number);
  if (m.pc !== 0) m.pc += widthOf(OP.LIMIT_END);
  else explain(m, m.stack.offsets[m.sp] as number, m.stack.values[m.sp] as number);
}

/** A failure where the input ends before the limit, of which nothing is said yet, is one for want of units. */
function explain(m: Machine, start: number, length: number): void {
  const { failure, window } = m;
  const end = window.base + window.filled;
  if (!window.ended || m.far === QUIET || start + length <= end || window.limit <= end) return;
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
