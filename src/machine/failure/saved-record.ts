// The failure record together with the registers of the loop that belong to it: read, saved, restored and joined.
import { OP } from "../../compile/code/instructions.ts";
import type { Machine } from "../control/machine.ts";
import { NONE } from "../memory/frames.ts";
import type { RecordOffsets } from "../positions/retained.ts";
import type { FailureRecord } from "./record.ts";

/** Moves the first entries from the registers to the record: another program goes on, or the record is read. */
export function flushRecord(m: Machine): void {
  if (m.farPc === 0) return;
  const { failure, farPc2, programNumber } = m;
  const { shared } = failure;
  failure.start(programNumber, m.farPc);
  if (farPc2 !== 0) {
    failure.add(programNumber, farPc2);
    if (m.program.code[farPc2] !== OP.MISSED) failure.notes++;
    failure.shared = shared;
  }
  m.farPc = 0;
  m.farPc2 = 0;
}

/** A record with the registers that belong to it, as offsets and as depths of the whole stack: window and stack may move. */
export class SavedRecord {
  readonly record: FailureRecord;
  readonly far: number;
  readonly stale: number;
  /** The farthest failure when the first cut was passed since the record began; infinity if none was. */
  readonly cutAt: number;
  /** Depths of the frames of rules: the innermost that was open; the `shared` one of the record, infinity if there is none. */
  readonly rule: number;
  readonly shared: number;

  constructor(m: Machine) {
    const { base } = m.window;
    this.record = m.failure.copy();
    this.far = base + m.far;
    this.stale = m.stale;
    this.cutAt = m.cutFar === NONE ? Number.POSITIVE_INFINITY : base + m.cutFar;
    this.rule = m.stack.shift + m.farRule;
    const { shared } = m.failure;
    this.shared = shared === NONE ? Number.POSITIVE_INFINITY : m.stack.shift + shared;
  }
}

export function saveRecord(m: Machine): SavedRecord {
  flushRecord(m);
  settleRecord(m);
  return new SavedRecord(m);
}

export function restoreRecord(m: Machine, saved: SavedRecord): void {
  const { base } = m.window;
  m.failure.assign(saved.record);
  m.far = Math.max(-1, saved.far - base) | 0;
  m.farPc = 0;
  m.farPc2 = 0;
  m.farRule = (saved.rule - m.stack.shift) | 0;
  m.failure.shared = placeOf(m, saved.shared);
  m.stale = saved.stale;
  m.cutFar = firstCut(m, saved);
  m.left = saved.record.rules.length;
  m.programNumber = m.failure.numberOf(m.program);
}

/** From now on the record holds all positions that it refers to, also those that only frames hold, which may end. */
export function settleRecord(m: Machine): RecordOffsets {
  const { failure, left, positions } = m;
  if (failure.starts.length > left) {
    failure.rules.length = left;
    failure.starts.length = left;
  }
  positions.settle(failure);
  return failure;
}

/** Nothing is recorded so far. */
export function startRecord(m: Machine): void {
  m.failure.clear();
  m.programNumber = m.failure.numberOf(m.program);
  m.far = -1;
  m.farPc = 0;
  m.farPc2 = 0;
  m.farRule = m.rule;
  m.stale = 0;
  m.cutFar = NONE;
  m.left = 0;
}

/** Puts an earlier record together with what was recorded since, as if all had been recorded in one (semantics, rule 2). */
export function joinRecord(m: Machine, earlier: SavedRecord): void {
  const before = Math.max(-1, earlier.far - m.window.base) | 0;
  const { far, stale, cutFar } = m;
  if (before < far) {
    m.cutFar = Math.min(firstCut(m, earlier), cutFar === NONE ? NONE : Math.max(before, cutFar));
    return;
  }
  const since = saveRecord(m);
  restoreRecord(m, earlier);
  if (cutFar !== NONE) {
    m.stale = 1;
    m.cutFar = Math.min(m.cutFar, before);
  }
  if (before > far || since.record.count === 0) return;
  // a cut came between what was recorded there before and since
  const renewed = earlier.stale === 1 || cutFar < far || since.record.restarted;
  if (!renewed && isBare(since)) {
    m.stale = stale;
    return;
  }
  // what failed there before lies in none of the rules that began there since
  const parted = !renewed && earlier.record.count > 0 && !isBare(earlier);
  if (renewed) m.failure.drop();
  m.failure.join(since.record, parted ? earlier.far : Number.POSITIVE_INFINITY);
  m.failure.restarted ||= renewed;
  m.failure.shared = placeOf(m, parted ? Math.min(earlier.shared, since.shared, earlier.rule) : since.shared);
  m.farRule = since.rule - m.stack.shift;
  m.left = m.failure.rules.length;
  m.stale = stale;
}

/** A place on the whole stack as one of its live part. */
function placeOf(m: Machine, place: number): number {
  return place === Number.POSITIVE_INFINITY ? NONE : (place - m.stack.shift) | 0;
}

/** Whether a record says only that something failed: beside another failure there it is not recorded. */
function isBare({ record: { count, entries, programs, refused }, far }: SavedRecord): boolean {
  if (refused?.far === far) return false;
  for (let i = 0; i < 2 * count; i += 2) {
    if (programs[entries[i] as number]?.isBare(entries[i + 1] as number) !== true) return false;
  }
  return true;
}

/** The farthest place of an earlier record when its first cut was passed, in the window. */
function firstCut(m: Machine, { cutAt }: SavedRecord): number {
  return cutAt === Number.POSITIVE_INFINITY ? NONE : Math.max(-1, cutAt - m.window.base) | 0;
}
