// Recovery (semantics, rules 14 and 15). A `recover` keeps the failure record of its parser apart from the rest; when that
// parser fails for good, its frame becomes one that skips: `until` is tried where it failed, then after each character.

import { OP, widthOf } from "../../compile/code/instructions.ts";
import * as operand from "../../compile/code/operands.ts";
import type { Program, RecoveryEntry } from "../../compile/code/program.ts";
import type { RecoveryValue } from "../../grammar/recovery-value.ts";
import { Recovery, StateChange } from "../emission/internal-event.ts";
import { joinRecord, restoreRecord, type SavedRecord, saveRecord, startRecord } from "../failure/saved-record.ts";
import * as slot from "../memory/frame-slots.ts";
import { FRAME, NONE, QUIET } from "../memory/frames.ts";
import type { Stack } from "../memory/stack.ts";
import { barrierAfterRewind, exceed } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { STATUS, type Status } from "./status.ts";

/** How a run recovers. */
export interface RecoverOptions {
  readonly maxResyncUnits: number;
  readonly maxRecoveries: number;
  /** Whether a recovery that only follows from the one before is reported together with that. */
  readonly merges: boolean;
  /** The diagnostic of the failure that the machine stands at. */
  diagnose(machine: Machine, entry: RecoveryEntry): unknown;
  /** The machine goes on behind what was skipped, which a report of the failure shows too. */
  skipped?(machine: Machine, diagnostic: unknown): void;
  /** The value that a function of the user makes of a recovery and the text that it skipped. */
  valueOf(make: RecoveryValue<unknown>, recovery: Recovery, skipped: string): unknown;
}

/** What the frame of a `recover` holds while its parser runs. */
export class Watch {
  /** The record of what came before it. */
  readonly earlier: SavedRecord;
  /** No record that was saved so far refers to an offset beyond this. */
  readonly reach: number;
  readonly nesting: RecoverNesting;
  /** How many recoveries there were before it. */
  readonly taken: number;
  /** The last recovery skipped something, and nothing but space lies between its end and where this began. */
  readonly follows: boolean;
  /** Where its parser began. */
  readonly began: number;

  constructor(
    earlier: SavedRecord,
    reach: number,
    nesting: RecoverNesting,
    taken: number,
    follows: boolean,
    began: number,
  ) {
    this.earlier = earlier;
    this.reach = reach;
    this.nesting = nesting;
    this.taken = taken;
    this.follows = follows;
    this.began = began;
  }
}

/** Where a `recover` stands: numbers go up as rows and recoveries are entered. */
interface RecoverNesting {
  /** The number of the innermost row around it. */
  readonly row: number;
  readonly number: number;
}

/** What the frame of a `recover` holds while input is skipped. */
export class Skip {
  readonly diagnostic: unknown;
  /** The record of the parser that failed. */
  readonly own: SavedRecord;
  readonly watch: Watch;
  readonly cut: number;
  /** It only follows from the recovery before it: its parser could not even begin where that ended. */
  readonly joins: boolean;

  constructor(diagnostic: unknown, own: SavedRecord, watch: Watch, cut: number, joins: boolean) {
    this.diagnostic = diagnostic;
    this.own = own;
    this.watch = watch;
    this.cut = cut;
    this.joins = joins;
  }
}

/** The state of the recoveries of a machine. */
export interface Recoveries {
  /** How many frames of `recover` could take a failure. */
  readonly open: number;
  readonly taken: number;
  /** No record that one of them saved refers to an offset beyond this. */
  readonly reach: number;
  /** Where the last one began, at the failure, and where it ended; -1 before the first. */
  readonly beganAt: number;
  readonly endedAt: number;
  readonly nesting: RecoverNesting;
  /** The recoveries whose `until` was not found from where the parse failed last: it is not searched there again. */
  readonly notFound: UntilNotFound | undefined;
}

export const UNRECOVERED: Recoveries = {
  open: 0,
  taken: 0,
  reach: -1,
  beganAt: -1,
  endedAt: -1,
  nesting: { row: 0, number: 0 },
  notFound: undefined,
};

interface UntilNotFound {
  readonly entry: RecoveryEntry;
  readonly offset: number;
  /** Where the input seemed to end, and the state of the run: what else the search may depend on. */
  readonly withinEnd: number;
  readonly state: unknown;
  readonly below: UntilNotFound | undefined;
  readonly count: number;
}

/** How many are remembered at one place. */
const MOST_NOT_FOUND = 16;

/** The entry of the `recover` that the instruction at a place belongs to. */
function entryAt(m: Machine, pc: number): RecoveryEntry {
  return m.program.recoveries[m.program.code[pc + operand.RECOVER_RECOVERY] as number] as RecoveryEntry;
}

/** A `recover` begins. */
function enter(m: Machine): void {
  const { stack, sp, recoveries } = m;
  const active = m.options.recover !== undefined && m.far !== QUIET;
  const around = stack.shift + m.fp;
  if (m.holding) m.lowerHeld(sp);
  m.push(FRAME.RECOVER, slot.RECOVER_SIZE, undefined, m.cut);
  stack.ints[sp + slot.RECOVER_INSTRUCTION] = m.pc;
  stack.values[sp + slot.RECOVER_STATE] = m.emissions.state;
  if (active) {
    const { taken, beganAt, endedAt } = recoveries;
    const stands = { row: rowAround(stack, around), number: ++m.usage.entered };
    const follows = endedAt > beganAt && m.positions.isBlank(endedAt, m.offset);
    const earlier = saveRecord(m);
    const reach = Math.max(recoveries.reach, earlier.far);
    stack.values[sp] = new Watch(earlier, reach, stands, taken, follows, m.offset);
    if (entryAt(m, m.pc).node.rejects) m.mark(sp, m.offset);
    startRecord(m);
    m.recoveries = { ...recoveries, open: recoveries.open + 1, reach };
  }
  m.cut = 0;
  m.pc += widthOf(OP.RECOVER);
}

/** The number of the innermost row around a frame, which may be that frame; 0 outside of all. */
function rowAround(stack: Stack, frame: number): number {
  for (let depth = frame; ; depth = stack.belowAt(depth)) {
    const kind = stack.kindAt(depth);
    if (kind === FRAME.RUN) return 0;
    if (kind === FRAME.ROW) return stack.offsetAt(depth + slot.ROW_NUMBER) ?? 0;
    const watch = kind === FRAME.RECOVER ? stack.valueAt(depth) : undefined;
    if (watch instanceof Watch) return watch.nesting.row;
  }
}

/** It has succeeded: what was recorded in it joins what was recorded before. */
function leave(m: Machine): void {
  m.cut = pop(m);
  m.pc = m.program.code[m.pc + operand.RECOVER_END_TO] as number;
}

/** Pops its frame; returns whether the scope below it is cut. */
function pop(m: Machine): number {
  const { stack, fp } = m;
  const watch = stack.values[fp] as Watch | undefined;
  if (watch !== undefined) {
    rejoin(m, watch);
    m.recoveries = { ...m.recoveries, open: m.recoveries.open - 1 };
    m.unmark(fp);
  }
  return m.pop();
}

/** Puts the record together with the one before it, unless a recovery came between: since then it is a new one. */
function rejoin(m: Machine, { earlier, taken }: Watch): void {
  if (taken === m.recoveries.taken) joinRecord(m, earlier);
}

/** A failure has come to it: it is taken, or goes on, or is one too many. Returns whether the run goes on. */
function fail(m: Machine): boolean {
  const { stack, fp } = m;
  const pc = stack.ints[fp + slot.RECOVER_INSTRUCTION] as number;
  const entry = entryAt(m, pc);
  const watch = stack.values[fp] as Watch | undefined;
  const state = stack.values[fp + slot.RECOVER_STATE];
  if (watch === undefined || !takes(m, watch, entry, state)) {
    m.cut |= pop(m);
    m.pc = 0;
    return true;
  }
  const most = m.options.limits?.maxDiagnostics ?? Number.POSITIVE_INFINITY;
  if (m.recoveries.taken >= most) {
    const unreported = diagnosed(m, entry);
    exceed(m, m.farthest, { name: "maxDiagnostics", most, reached: m.recoveries.taken + 1, unreported });
    return false;
  }
  const diagnostic = diagnosed(m, entry);
  const isFirst = !watch.follows || entry.node.rejects;
  const joins = !isFirst && m.positions.isBlank(stack.offsets[fp] as number, Math.max(m.offset, m.farthest));
  const skip = new Skip(diagnostic, saveRecord(m), watch, m.cut, joins);
  m.pc = m.program.code[pc + operand.RECOVER_SKIP] as number;
  if (m.holding) m.lowerHeld(fp);
  m.mark(fp, m.offset);
  // what is skipped does not count as read until `until` is found: no held value becomes certain by it
  m.markReturn(fp, m.offset);
  // in the place of the frame of the `recover`, whose instruction and state it keeps
  stack.ints[fp + slot.KIND] = FRAME.SKIP;
  stack.offsets[fp] = m.offset;
  stack.values[fp] = skip;
  m.far = QUIET;
  m.cut = 0;
  m.sp = fp + slot.SKIP_SIZE;
  m.recoveries = { ...m.recoveries, open: m.recoveries.open - 1 };
  // the state is what it was before the parser that failed
  if (state !== m.emissions.state) m.emit(new StateChange(state), fp, m.fp, m.offset, m.cut);
  return true;
}

/** The diagnostic of the failure. The barrier is lifted for it: a report shows the text behind it too. */
function diagnosed(m: Machine, entry: RecoveryEntry): unknown {
  const { window } = m;
  const { barrier } = window;
  window.setBarrier(Number.POSITIVE_INFINITY);
  const diagnostic = m.options.recover?.diagnose(m, entry);
  window.setBarrier(barrier);
  return diagnostic;
}

/** Whether the failure that has come to a `recover` is for it. */
function takes(m: Machine, watch: Watch, entry: RecoveryEntry, state: unknown): boolean {
  const { recoveries, options, offset } = m;
  if (m.returnMark !== NONE || options.recover === undefined) return false;
  if (recoveries.taken >= options.recover.maxRecoveries) return false;
  // nothing was read since the last one began: only what lies further out may go on
  if (recoveries.beganAt === offset && !isFurtherOut(watch.nesting, recoveries.nesting)) return false;
  if (!isFinal(m)) return false;
  const { withinEnd } = m.window;
  for (let one = recoveries.notFound; one !== undefined && one.offset === offset; one = one.below) {
    if (one.entry === entry && one.withinEnd === withinEnd && one.state === state) return false;
  }
  return true;
}

/** Whether a `recover` holds another one, or stands in a row that holds the row of that. */
function isFurtherOut(place: RecoverNesting, last: RecoverNesting): boolean {
  return place.row < last.row || (place.row === last.row && place.number < last.number);
}

/** Frames that don't hold where they began. */
const PLACELESS: readonly number[] = [FRAME.LIST, FRAME.COUNTER];

/** Whether nothing around the `recover` could still try something else. */
function isFinal(m: Machine): boolean {
  const { stack, fp, offset } = m;
  if (m.cut === 1) return true;
  let committed = (stack.ints[fp] as number) & 1;
  let depth = stack.shift + fp;
  let { program } = m;
  for (;;) {
    depth = stack.belowAt(depth);
    const kind = stack.kindAt(depth);
    // what began before the failure is in alternatives that did
    if (kind === FRAME.RUN || (!PLACELESS.includes(kind) && stack.offsetAt(depth) !== offset)) return true;
    const scope = kind > 0 && program.code[kind] === OP.SCOPE_END;
    if (kind > 0 && !scope) return committed === 1;
    if (scope || kind === FRAME.RECOVER || kind === FRAME.OPENED || kind === FRAME.CUT)
      committed = (stack.intAt(depth) ?? 0) & 1;
    else if (kind === FRAME.PROGRAM) program = stack.valueAt(depth) as Program;
  }
}

/** `until` was not found, or only too far away: the failure stands. */
function giveUp(m: Machine): void {
  const { stack, fp, recoveries } = m;
  const { own, watch, cut } = stack.values[fp] as Skip;
  const offset = stack.offsets[fp] as number;
  const below = recoveries.notFound?.offset === offset ? recoveries.notFound : undefined;
  if ((below?.count ?? 0) < MOST_NOT_FOUND) {
    const entry = entryAt(m, stack.ints[fp + slot.SKIP_INSTRUCTION] as number);
    const { withinEnd } = m.window;
    const state = stack.values[fp + slot.SKIP_STATE];
    m.recoveries = {
      ...recoveries,
      notFound: { entry, offset, withinEnd, state, below, count: (below?.count ?? 0) + 1 },
    };
  }
  m.pos = offset - m.window.base;
  m.unmark(fp);
  barrierAfterRewind(m, m.offset);
  m.cut = cut | m.pop();
  restoreRecord(m, own);
  rejoin(m, watch);
  m.pc = 0;
}

/** Whether one more character may be skipped. */
export function maySkip(m: Machine, fp: number, offset: number): boolean {
  const { stack } = m;
  const entry = entryAt(m, stack.ints[fp + slot.SKIP_INSTRUCTION] as number);
  const skipped = offset - (stack.offsets[fp] as number);
  return entry.node.skips && skipped < (m.options.recover?.maxResyncUnits ?? 0);
}

/** `until` was found: the run goes on here, and reports the failure that it has recovered from. */
function resume(m: Machine): void {
  const { stack, fp, window, options } = m;
  const { diagnostic, joins, watch } = stack.values[fp] as Skip;
  const failedAt = stack.offsets[fp] as number;
  const { node } = entryAt(m, stack.ints[fp + slot.SKIP_INSTRUCTION] as number);
  const rejected = node.rejects ? shown(window.slice(watch.began - window.base, m.pos)) : undefined;
  const recovery = new Recovery(diagnostic, m.offset - failedAt, joins, rejected);
  options.recover?.skipped?.(m, diagnostic);
  if (m.program.code[m.pc + operand.RESYNC_INT] === 1) {
    const make = node.value as RecoveryValue<unknown>;
    m.val = options.recover?.valueOf(make, recovery, shown(window.slice(failedAt - window.base, m.pos)));
  }
  m.unmark(fp);
  m.cut = m.pop();
  startRecord(m);
  const taken = m.recoveries.taken + 1;
  m.recoveries = { ...m.recoveries, taken, beganAt: failedAt, endedAt: m.offset, nesting: watch.nesting };
  m.pc += widthOf(OP.RESYNC);
  // it is final, also if the branch fails; what is certain by now is reported before it
  m.settle(m.fp, m.offset, m.cut);
  m.emissions.reported.push(recovery);
}

/** Bytes as the characters with the same numbers. */
function shown(text: string | Uint8Array): string {
  return typeof text === "string" ? text : Array.from(text, (byte) => String.fromCharCode(byte)).join("");
}

/** Handles the statuses of a recovery; returns whether the run goes on. */
export function recovering(m: Machine, status: Status): boolean {
  if (status === STATUS.UNRECOVERED) return fail(m);
  if (status === STATUS.RECOVER) enter(m);
  else if (status === STATUS.RECOVERED) leave(m);
  else if (status === STATUS.RESYNCED) resume(m);
  else giveUp(m);
  return true;
}
