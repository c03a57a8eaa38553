// Text that is handed out while it is read (`pieces`). Its leaf pushes no frame above its own and never goes back, so that what
// was read is known to belong to it: it leaves when the run rests, when the leaf ends, and before a failure goes on.
import type { Machine } from "../control/machine.ts";

/** What was read up to a place, and has not left, leaves, emitted by the frame at a place; says whether there was any. */
export function handOut(m: Machine, pos: number, frame: number, cut: number): boolean {
  const { window, stack } = m;
  const from = m.pieceAt - window.base;
  const to = window.parts(pos) ? pos - 1 : pos;
  if (to <= from) return false;
  m.pieceAt = window.base + to;
  const ofBytes = stack.valueAt(stack.shift + frame) === 1;
  m.emit(ofBytes ? window.bytes(from, to) : window.slice(from, to), frame, frame, m.pieceAt, cut);
  return true;
}

/**
 * The same at the end of a chunk; says whether the run is to rest before it takes the next one. Where all of the input is there,
 * one piece is all.
 */
export function handOutChunk(m: Machine): boolean {
  if (m.input.ended) return false;
  return handOut(m, m.pos, m.fp, m.cut) && m.emissions.full && m.input.waiting > 0;
}
