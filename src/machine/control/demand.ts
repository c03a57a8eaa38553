// How much a waiting machine needs.
import { OP, widthOf } from "../../compile/code/instructions.ts";
import * as operand from "../../compile/code/operands.ts";
import type { Format } from "../../grammar/node.ts";
import * as slot from "../memory/frame-slots.ts";
import { FRAME, NONE } from "../memory/frames.ts";
import { textLimit } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { STATUS } from "./status.ts";

/** Instructions that can say how much they wait for. */
const WAITING: readonly number[] = [OP.CHAR, OP.MORE, OP.SCAN, OP.READ, OP.PIECES_BYTES];

/** Frames that take a failure, wherever it lies. */
const TAKING: readonly number[] = [FRAME.ATTEMPT, FRAME.LOOKAHEAD, FRAME.NOT, FRAME.LEAF];

/**
 * Bytes (UTF-8 for text) that the waiting leaf still needs; 1 where its failure could be caught, since then less decides
 * (semantics, rule 21). No more than are left up to the end of a `within` or a limit: with those it fails.
 */
export function bytesNeeded(m: Machine): number {
  const { base, filled, withinEnd } = m.window;
  const left = Math.min(withinEnd, textLimit(m)) - base - filled;
  return Math.max(1, Math.min(Math.max(leafNeeds(m), withinEnd < Number.POSITIVE_INFINITY ? frameNeeds(m) : 1), left));
}

/** How many frames are searched for the innermost `within`. */
const MOST_FRAMES = 64;

/** Units that are missing in the frame whose length was read, if nothing would take its failure (semantics, rule 36). */
function frameNeeds({ returnMark, recoveries, stack, fp, window: { base, filled } }: Machine): number {
  if (recoveries.open > 0) return 1;
  let depth = stack.shift + fp;
  for (let i = 0; i < MOST_FRAMES; i++) {
    const kind = stack.kindAt(depth);
    if (kind === FRAME.RUN || TAKING.includes(kind)) return 1;
    if (kind === FRAME.WITHIN) {
      // what could come back around it would take its failure
      if (stack.valueAt(depth + slot.WITHIN_IS_READ) !== true || returnMark !== NONE) return 1;
      return (stack.offsetAt(depth) ?? 0) + (stack.valueAt(depth) as number) - base - filled;
    }
    depth = stack.belowAt(depth);
  }
  return 1;
}

function leafNeeds(m: Machine): number {
  const { code } = m.program;
  const op = code[m.pc] as number;
  if (!WAITING.includes(op)) return 1;
  const top = m.stack.shift + m.fp;
  const inLeaf = m.stack.kindAt(top) === FRAME.LEAF;
  const start = inLeaf ? (m.stack.offsetAt(top) ?? 0) : m.offset;
  const needed = op === OP.MORE || op === OP.PIECES_BYTES ? countedLeft(m, op, top) : bytesMissing(m, op, inLeaf);
  // what needs no more than one is the common case: then nobody looks at what is open
  return needed > 1 && isCaught(m, top, inLeaf, start) ? 1 : needed;
}

/** Units that a leaf of so many still needs. The length may be near 2^53: nothing is added to it. */
function countedLeft({ offset, stack }: Machine, op: number, top: number): number {
  const length = op === OP.MORE ? (stack.valueAt(top) as number) : (stack.offsetAt(top + slot.PIECES_LENGTH) ?? 0);
  return length - (offset - (stack.offsetAt(top) ?? 0));
}

/** A character that has come in part is not in the window yet. */
function bytesMissing(m: Machine, op: number, inLeaf: boolean): number {
  const { code } = m.program;
  const { come, missing: lacking } = m.input.unfinished;
  if (op === OP.SCAN) return come === 0 ? m.wanted : m.wanted - 1 + lacking;
  if (op === OP.READ) return missing(m.program.constants[code[m.pc + operand.READ_CONST] as number] as Format, m);
  let bytes = 0;
  for (let pc = m.pc; code[pc] === OP.CHAR; pc += widthOf(OP.CHAR)) {
    const unit = code[pc + operand.CHAR_CHAR] as number;
    const half = unit >= 0xd800 && unit < 0xe000;
    bytes += m.options.binary || unit < 0x80 ? 1 : unit < 0x800 || half ? 2 : 3;
    if (!inLeaf) break;
  }
  return bytes - come;
}

/** What a machine needs that has not begun, by the program without functions: nothing of the user is called. */
export function bytesNeededFirst(ahead: Machine): number {
  try {
    const needed = ahead.step() === STATUS.INPUT ? bytesNeeded(ahead) : 1;
    // what depends on a value is not known
    return Number.isNaN(needed) ? 1 : needed;
  } catch {
    return 1;
  }
}

/** Units that a value of a format needs more than there are. */
function missing({ width, measure }: Format, { pos, window: { units, end } }: Machine): number {
  return (width > 0 ? width : measure(units, pos, end)) - (end - pos);
}

/** Whether something would take the failure of the leaf that waits, or may. */
function isCaught(m: Machine, top: number, inLeaf: boolean, start: number): boolean {
  const { stack } = m;
  if (m.returnMark !== NONE && !(inLeaf && stack.shift + m.returnMark === top)) return true;
  if (inLeaf && m.program.isOwned(stack.intAt(top + slot.LEAF_INSTRUCTION) ?? 0)) return true;
  if (m.cut === 1) return false;
  for (let depth = top, i = 0; i < MOST_FRAMES; i++) {
    const kind = stack.kindAt(depth);
    if (kind > 0) return stack.offsetAt(depth) === start;
    if (kind === FRAME.RUN || kind === FRAME.OPENED || kind === FRAME.CUT) return false;
    depth = stack.belowAt(depth);
  }
  return true;
}
