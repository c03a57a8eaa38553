// Demand: how many bytes a waiting machine needs.
import { OP, widthOf } from "../../compile/code/instructions.ts";
import * as operand from "../../compile/code/operands.ts";
import type { Format } from "../../grammar/node.ts";
import * as slot from "../memory/frame-slots.ts";
import { FRAME, NONE } from "../memory/frames.ts";
import type { Stack } from "../memory/stack.ts";
import { textLimit } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { STATUS } from "./status.ts";

/** Instructions that can say how much they wait for. */
const WAITING: readonly number[] = [OP.CHAR, OP.MORE, OP.SCAN, OP.READ, OP.PIECES_BYTES];

/** Frames that catch a failure, wherever it lies. */
const TAKING: readonly number[] = [FRAME.ATTEMPT, FRAME.LOOKAHEAD, FRAME.NOT, FRAME.LEAF];

/** How many frames around the leaf are searched. */
const MOST_FRAMES = 64;

/**
 * How many bytes (UTF-8 for text) are needed to go on: what the waiting leaf still needs, unless its failure could be caught, since
 * then less may decide (semantics, rule 21); and what the `within`, or the number of elements, around it still needs (rule 36). At
 * least 1.
 */
export function bytesNeeded(m: Machine): number {
  const { base, filled, withinEnd } = m.window;
  const end = base + filled;
  const leaf = leafNeeds(m);
  if (m.counted || withinEnd < Number.POSITIVE_INFINITY) {
    return Math.max(1, Math.min(neededUpTo(m, leaf), textLimit(m), Number.MAX_SAFE_INTEGER) - end);
  }
  // mostly no more than one is needed: then the frames need not be searched
  if (leaf <= 1 || isCaught(m)) return 1;
  return Math.max(1, Math.min(leaf, textLimit(m) - end));
}

/**
 * The offset up to which there must be input for the open parsers to succeed. Frames are searched from the inside outwards, as a
 * failure of the waiting leaf would go: those that the failure would leave need nothing, those around them still do.
 */
function neededUpTo(m: Machine, leaf: number): number {
  const { stack, window, input } = m;
  if (m.recoveries.open > 0) return 0;
  let depth = stack.shift + m.fp;
  let start = m.offset;
  let isCut = m.cut === 1;
  if (leaf > 0 && stack.kindAt(depth) === FRAME.LEAF) {
    start = stack.offsetAt(depth) ?? 0;
    isCut = isCutAt(stack, depth);
    depth = stack.belowAt(depth);
  }
  let until = leaf > 0 && !isOwned(m) ? window.base + window.filled + leaf : start;
  // it can't succeed, however much comes
  let isShort = false;
  // the last byte of a character of two units brings both
  const both = input.unfinished.come === 3 ? 1 : 0;
  for (let i = 0; i < MOST_FRAMES; i++) {
    const kind = stack.kindAt(depth);
    if (kind === FRAME.RUN) return until;
    const began = stack.offsetAt(depth) ?? 0;
    if (TAKING.includes(kind) || (kind > 0 && !isCut && began === start)) {
      start = began;
      until = began;
      isShort = false;
      isCut = isCutAt(stack, depth);
    } else if (kind > 0) isCut ||= isCutAt(stack, depth);
    else if (kind === FRAME.TIMES && !isShort) {
      const least = stack.valueAt(depth) as number;
      const left = stack.offsetAt(depth + slot.TIMES_LEFT) ?? 1;
      until = Math.max(until, began + least - both) + (left - 1) * least;
    } else if (kind === FRAME.WITHIN) {
      const length = stack.valueAt(depth);
      // the length is not known when a parse is tried without its functions
      const end = typeof length === "number" ? began + length : until;
      isShort ||= until > end;
      until = Math.max(Math.min(until, end), end - both);
    }
    depth = stack.belowAt(depth);
  }
  // what lies further out may catch the failure
  if (!isCut || (m.returnMark !== NONE && stack.shift + m.returnMark <= depth)) return 0;
  return Math.min(until, window.withinEnd);
}

/** How many bytes the waiting leaf still needs; 0 if it does not say. */
function leafNeeds(m: Machine): number {
  const op = m.program.code[m.pc] as number;
  if (!WAITING.includes(op)) return 0;
  const top = m.stack.shift + m.fp;
  if (op === OP.MORE || op === OP.PIECES_BYTES) return countedLeft(m, op, top);
  return bytesMissing(m, op, m.stack.kindAt(top) === FRAME.LEAF);
}

/** Units that a leaf of a given length still needs. The length may be near 2^53: nothing is added to it. */
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

/** What a machine needs that has not begun, found with the program without functions: no function of the user is called. */
export function bytesNeededFirst(ahead: Machine): number {
  try {
    const needed = ahead.step() === STATUS.INPUT ? bytesNeeded(ahead) : 1;
    // what depends on a value is not known
    return Number.isNaN(needed) ? 1 : needed;
  } catch {
    return 1;
  }
}

/** How many units a value of a format still needs. */
function missing({ width, measure }: Format, { pos, window: { units, end } }: Machine): number {
  return (width > 0 ? width : measure(units, pos, end)) - (end - pos);
}

/** Whether something would, or may, catch the failure of the leaf that waits. */
function isCaught(m: Machine): boolean {
  const { stack } = m;
  const top = stack.shift + m.fp;
  const inLeaf = stack.kindAt(top) === FRAME.LEAF;
  const start = inLeaf ? (stack.offsetAt(top) ?? 0) : m.offset;
  if (m.returnMark !== NONE && !(inLeaf && stack.shift + m.returnMark === top)) return true;
  if (isOwned(m)) return true;
  if (m.cut === 1) return false;
  for (let depth = top, i = 0; i < MOST_FRAMES; i++) {
    const kind = stack.kindAt(depth);
    if (kind > 0) return stack.offsetAt(depth) === start;
    if (kind === FRAME.RUN || kind === FRAME.OPENED || kind === FRAME.CUT) return false;
    depth = stack.belowAt(depth);
  }
  return true;
}

/** Whether the leaf that waits is an alternative that was dispatched to. */
function isOwned({ stack, fp, program }: Machine): boolean {
  const top = stack.shift + fp;
  return stack.kindAt(top) === FRAME.LEAF && program.isOwned(stack.intAt(top + slot.LEAF_INSTRUCTION) ?? 0);
}

/** Whether the scope around a frame was cut when that was pushed. */
function isCutAt(stack: Stack, depth: number): boolean {
  return ((stack.intAt(depth) ?? 0) & 1) === 1;
}
