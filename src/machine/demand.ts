// How much a waiting machine needs.
import { OP } from "../compile/index.ts";
import type { Format } from "../grammar/node.ts";
import { passesAt } from "./bounds.ts";
import { FRAME, NONE } from "./frames.ts";
import type { Machine } from "./machine.ts";

/** Instructions that can say how much they wait for. */
const WAITING: readonly number[] = [OP.CHAR, OP.CHAR_SPAN, OP.MORE, OP.SCAN, OP.READ, OP.PASS];

/** Frames that take a failure, wherever it lies. */
const TAKING: readonly number[] = [FRAME.ATTEMPT, FRAME.LOOK, FRAME.NOT, FRAME.LEAF];

/**
 * Bytes (UTF-8 for text) that the waiting leaf still needs; 1 where its failure could be caught, since then less decides
 * (semantics, rule 21). No more than are left up to a limit: with those it fails.
 */
export function bytesNeeded(m: Machine): number {
  const { base, filled, limit } = m.window;
  const left = Math.min(limit, passesAt(m)) - base - filled;
  return Math.max(1, Math.min(Math.max(leafNeeds(m), limit < Number.POSITIVE_INFINITY ? frameNeeds(m) : 1), left));
}

/** Frames that are looked through for the one with the limit in force. */
const MOST_FRAMES = 64;

/** Units that are missing in the frame whose length was read, if nothing would take its failure (semantics, rule 36). */
function frameNeeds({ returnMark, recoveries, stack, fp, window: { base, filled } }: Machine): number {
  if (recoveries.open > 0) return 1;
  let depth = stack.shift + fp;
  for (let i = 0; i < MOST_FRAMES; i++) {
    const kind = stack.intAt(depth + 1) ?? FRAME.RUN;
    if (kind === FRAME.RUN || TAKING.includes(kind)) return 1;
    if (kind === FRAME.LIMIT) {
      // what could come back around it would take its failure
      if (stack.valueAt(depth + 1) !== true || returnMark !== NONE) return 1;
      return (stack.offsetAt(depth) ?? 0) + (stack.valueAt(depth) as number) - base - filled;
    }
    depth -= (stack.intAt(depth) ?? 0) >> 1;
  }
  return 1;
}

function leafNeeds(m: Machine): number {
  const { code } = m.program;
  const op = code[m.pc] as number;
  if (!WAITING.includes(op)) return 1;
  const top = m.stack.shift + m.fp;
  const inLeaf = m.stack.intAt(top + 1) === FRAME.LEAF;
  const start = inLeaf ? (m.stack.offsetAt(top) ?? 0) : m.offset;
  const counted =
    op === OP.MORE ? start + (m.stack.valueAt(top) as number) : op === OP.PASS ? passesTo(m, top) : undefined;
  const needed = counted === undefined ? unitsNeeded(m, op, inLeaf) : counted - m.offset;
  // what needs no more than one is the common case: then nobody looks at what is open
  return needed > 1 && isCaught(m, top, inLeaf, start) ? 1 : needed;
}

/** The offset up to which bytes are handed out. */
function passesTo({ stack }: Machine, top: number): number {
  return (stack.offsetAt(top) ?? 0) + (stack.offsetAt(top + 1) ?? 0);
}

function unitsNeeded(m: Machine, op: number, inLeaf: boolean): number {
  const { code } = m.program;
  if (op === OP.SCAN) return m.wanted;
  if (op === OP.READ) return missing(m.program.constants[code[m.pc + 1] as number] as Format, m);
  let bytes = 0;
  for (let pc = m.pc; code[pc] === OP.CHAR || code[pc] === OP.CHAR_SPAN; pc += 2) {
    const unit = code[pc + 1] as number;
    const half = unit >= 0xd800 && unit < 0xe000;
    bytes += m.options.binary || unit < 0x80 ? 1 : unit < 0x800 || half ? 2 : 3;
    if (!inLeaf) break;
  }
  return bytes;
}

/** Units that a value of a format needs more than there are. */
function missing({ width, measure }: Format, { pos, window: { units, end } }: Machine): number {
  return (width > 0 ? width : measure(units, pos, end)) - (end - pos);
}

/** Whether something would take the failure of the leaf that waits, or may. */
function isCaught(m: Machine, top: number, inLeaf: boolean, start: number): boolean {
  const { stack } = m;
  if (m.returnMark !== NONE && !(inLeaf && stack.shift + m.returnMark === top)) return true;
  if (inLeaf && m.program.isOwned(stack.intAt(top + 2) ?? 0)) return true;
  if (m.cut === 1) return false;
  for (let depth = top, i = 0; i < MOST_FRAMES; i++) {
    const kind = stack.intAt(depth + 1) ?? FRAME.RUN;
    if (kind > 0) return stack.offsetAt(depth) === start;
    if (kind === FRAME.RUN || kind === FRAME.OPENED || kind === FRAME.CUT) return false;
    depth -= (stack.intAt(depth) ?? 0) >> 1;
  }
  return true;
}
