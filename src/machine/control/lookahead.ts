// Lookahead: whatever it reads, the machine goes back to where it began, and restores the failure record.

import { OP, widthOf } from "../../compile/code/instructions.ts";
import { restoreRecord, type SavedRecord, saveRecord } from "../failure/saved-record.ts";
import { LOOKAHEAD_SIZE } from "../memory/frame-slots.ts";
import { FRAME, QUIET } from "../memory/frames.ts";
import { barrierAfterRewind } from "./limits.ts";
import type { Machine } from "./machine.ts";

/** It begins. */
export function beginLookahead(m: Machine): void {
  if (m.holding) m.lowerHeld(m.sp);
  m.mark(m.sp, m.offset);
  m.markReturn(m.sp, m.offset);
  m.push(FRAME.LOOKAHEAD, LOOKAHEAD_SIZE, m.far === QUIET ? undefined : saveRecord(m), m.cut);
  m.cut = 0;
  m.pc += widthOf(OP.LOOKAHEAD);
}

/** It has succeeded. */
export function endLookahead(m: Machine): void {
  m.cut = m.pop();
  m.unmark(m.sp);
  m.dropHeld(m.sp);
  m.pos = (m.stack.offsets[m.sp] as number) - m.window.base;
  const saved = m.stack.values[m.sp] as SavedRecord | undefined;
  if (saved !== undefined) restoreRecord(m, saved);
  barrierAfterRewind(m, m.offset);
  m.pc += widthOf(OP.LOOKAHEAD_END);
}
