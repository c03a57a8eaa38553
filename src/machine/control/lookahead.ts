// Look-ahead: whatever it reads, the machine then stands where it began, and knows what it knew.

import type { FailureCopy } from "../failure/failure.ts";
import { copyRecord, restoreRecord } from "../failure/record.ts";
import { FRAME, QUIET } from "../memory/frames.ts";
import { rewound } from "./limits.ts";
import type { Machine } from "./machine.ts";

/** It begins. */
export function look(m: Machine): void {
  if (m.holding) m.lowerHeld(m.sp);
  m.mark(m.sp, m.offset);
  m.markReturn(m.sp, m.offset);
  m.push(FRAME.LOOK, m.far === QUIET ? undefined : copyRecord(m), 0);
  m.cut = 0;
  m.pc++;
}

/** It has succeeded. */
export function looked(m: Machine): void {
  m.cut = m.pop();
  m.unmark(m.sp);
  m.dropHeld(m.sp);
  m.pos = (m.stack.offsets[m.sp] as number) - m.window.base;
  const copy = m.stack.values[m.sp] as FailureCopy | undefined;
  if (copy !== undefined) restoreRecord(m, copy);
  rewound(m, m.offset);
  m.pc++;
}
