// Text that is handed out while it is read (`pieces`). Its leaf pushes no frame above its own and never goes back, so that what
// was read is known to belong to it: it leaves when the run rests, when the leaf ends, and before a failure goes on.
import type { Machine } from "./machine.ts";

/**
 * What was read up to a place, and has not left, leaves; says whether there was any.
 *
 * @param frame that of the leaf: one that says how many units there are to be is a leaf of bytes.
 */
export function handOut(m: Machine, frame: number, pos: number, sp: number, fp: number, cut: number): boolean {
  const { window, stack } = m;
  const from = m.pieceAt - window.base;
  const to = window.parts(pos) ? pos - 1 : pos;
  if (to <= from) return false;
  m.pieceAt = window.base + to;
  const counted = (stack.offsetAt(stack.shift + frame + 1) as number) > 0;
  m.emit(counted ? window.bytes(from, to) : window.slice(from, to), sp, fp, m.pieceAt, cut);
  return true;
}

/**
 * The same at the end of a chunk; says whether the run is to rest before it takes the next one. Where all of the input is there,
 * one piece is all.
 */
export function handOutChunk(m: Machine): boolean {
  if (m.input.ended) return false;
  return handOut(m, m.fp, m.pos, m.sp, m.fp, m.cut) && m.emissions.full && m.input.waiting > 0;
}
