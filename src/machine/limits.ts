// Limits: a parser that runs on the next so many units, and sees the input end after them. The frame holds the limit that
// was in force around it; whatever leaves the frame, a success or a failure on its way down, puts that back.
import { FRAME } from "./frames.ts";
import type { Machine } from "./machine.ts";

/** Begins a limit; one that lies beyond the limit around it changes nothing. */
export function narrow(m: Machine): void {
  const { program, window, cut, offset, pc } = m;
  const length = program.constants[program.code[pc + 1] as number] as number;
  // no scope of its own: a cut inside reaches the one around it
  m.cut = 0;
  m.push(FRAME.LIMIT, undefined, window.limit);
  m.cut = cut;
  window.limitTo(Math.min(window.limit, offset + length));
  m.pc = pc + 2;
}

/** Ends it, for what comes next or (at 0) for a failure to go on. */
export function widen(m: Machine): void {
  m.pop();
  m.window.limitTo(m.stack.offsets[m.sp + 1] as number);
  if (m.pc !== 0) m.pc += 2;
}
