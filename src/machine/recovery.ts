// Recovery (semantics, rules 14 and 15). A `recover` keeps the failure record of its parser apart from the rest; when that
// parser fails for good, its frame becomes one that skips: `until` is tried where it failed, then after each character.
import { OP } from "../compile/index.ts";
import type { Program, RecoveryEntry } from "../compile/program.ts";
import { pass, rewound } from "./bounds.ts";
import type { FailureCopy } from "./failure.ts";
import { FRAME, NONE, QUIET } from "./frames.ts";
import type { Machine } from "./machine.ts";
import { Recovery, Turned } from "./notice.ts";
import { copyRecord, joinRecord, restoreRecord, startRecord } from "./record.ts";
import { STATUS, type Status } from "./status.ts";

/** What a run that recovers is told. */
export interface RecoverOptions {
  readonly maxResyncUnits: number;
  readonly maxRecoveries: number;
  /** Whether neighbours are told as one. */
  readonly merges: boolean;
  /** What is to be told of the failure that the machine stands at. */
  diagnose(machine: Machine, entry: RecoveryEntry): unknown;
  /** The machine goes on behind what was skipped, which a report of the failure shows too. */
  skipped?(machine: Machine, diagnostic: unknown): void;
}

/** A failure that is being recovered from: what its frame holds while input is skipped. */
export class Skip {
  readonly diagnostic: unknown;
  /** The record of the parser that failed, and of what came before it. */
  readonly own: FailureCopy;
  readonly outer: FailureCopy | undefined;
  readonly cut: number;
  /** Nothing but space lies between the recovery before it and where the parser began. */
  readonly joins: boolean;

  constructor(diagnostic: unknown, own: FailureCopy, outer: FailureCopy | undefined, cut: number, joins: boolean) {
    this.diagnostic = diagnostic;
    this.own = own;
    this.outer = outer;
    this.cut = cut;
    this.joins = joins;
  }
}

/** What a machine knows of its recoveries. */
export interface Recoveries {
  /** Frames of `recover` that could take a failure. */
  readonly open: number;
  readonly taken: number;
  /** Where the last one began, at the failure, and where it ended; -1 before the first. */
  readonly beganAt: number;
  readonly endedAt: number;
}

const PLACES = 3;

/** What the instruction at a place belongs to. */
function entryAt(m: Machine, pc: number): RecoveryEntry {
  return m.program.recoveries[m.program.code[pc + 2] as number] as RecoveryEntry;
}

/** A `recover` begins. */
function enter(m: Machine): void {
  const { stack, sp } = m;
  const active = m.options.recover !== undefined && m.far !== QUIET;
  if (m.holding) m.lowerHeld(sp);
  stack.ints[sp] = ((sp - m.fp) << 1) | m.cut;
  stack.ints[sp + 1] = FRAME.RECOVER;
  stack.ints[sp + 2] = m.pc;
  stack.offsets[sp] = m.offset;
  stack.offsets[sp + 1] = active ? 1 : 0;
  stack.values[sp] = active ? copyRecord(m) : undefined;
  stack.values[sp + 1] = m.emissions.state;
  const { endedAt } = m.recoveries;
  stack.offsets[sp + 2] = endedAt >= 0 && m.places.isBlank(endedAt, m.offset) ? 1 : 0;
  if (active) {
    startRecord(m);
    m.recoveries = { ...m.recoveries, open: m.recoveries.open + 1 };
  }
  m.cut = 0;
  m.fp = sp;
  m.sp = sp + PLACES;
  m.pc += 3;
}

/** It has succeeded: what was recorded in it joins what was recorded before. */
function leave(m: Machine): void {
  const { ints } = m.stack;
  m.cut = (ints[m.fp] as number) & 1;
  pop(m);
  m.pc = m.program.code[m.pc + 1] as number;
}

function pop(m: Machine): void {
  const { stack, fp } = m;
  if (stack.offsets[fp + 1] === 1) {
    joinRecord(m, stack.values[fp] as FailureCopy);
    m.recoveries = { ...m.recoveries, open: m.recoveries.open - 1 };
  }
  m.sp = fp;
  m.fp = fp - ((stack.ints[fp] as number) >> 1);
}

/** A failure has come to it: it is taken, or goes on; or it is one too many. Says whether the run goes on. */
function fail(m: Machine): boolean {
  const { stack, fp } = m;
  const entry = entryAt(m, stack.ints[fp + 2] as number);
  if (stack.offsets[fp + 1] !== 1 || !takes(m)) {
    m.cut |= (stack.ints[fp] as number) & 1;
    pop(m);
    m.pc = 0;
    return true;
  }
  const most = m.options.bounds?.maxDiagnostics ?? Number.POSITIVE_INFINITY;
  if (m.recoveries.taken >= most) {
    const untold = diagnosed(m, entry);
    pass(m, m.farthest, { name: "maxDiagnostics", most, reached: m.recoveries.taken + 1, untold });
    return false;
  }
  const outer = stack.values[fp] as FailureCopy;
  const diagnostic = diagnosed(m, entry);
  const skip = new Skip(diagnostic, copyRecord(m), outer, m.cut, stack.offsets[fp + 2] === 1);
  const { code } = m.program;
  m.pc = code[(stack.ints[fp + 2] as number) + 1] as number;
  if (m.holding) m.lowerHeld(fp);
  m.mark(fp, m.offset);
  // what is skipped in vain is not read: nothing held becomes certain by it
  m.markReturn(fp, m.offset);
  stack.ints[fp + 1] = FRAME.SKIP;
  stack.offsets[fp] = m.offset;
  stack.values[fp] = skip;
  m.far = QUIET;
  m.cut = 0;
  m.sp = fp + PLACES;
  m.recoveries = { ...m.recoveries, open: m.recoveries.open - 1 };
  // the state is what it was before the parser that failed
  const state = stack.values[fp + 1];
  if (state !== m.emissions.state) m.emit(new Turned(state), fp, m.fp, m.offset, m.cut);
  return true;
}

/** What is told of the failure: a wall hides nothing of the text around it. */
function diagnosed(m: Machine, entry: RecoveryEntry): unknown {
  const { window } = m;
  const { wall } = window;
  window.wallAt(Number.POSITIVE_INFINITY);
  const diagnostic = m.options.recover?.diagnose(m, entry);
  window.wallAt(wall);
  return diagnostic;
}

/** Whether the failure is final: nothing around the `recover` could still try something else. */
function takes(m: Machine): boolean {
  const { stack, fp, recoveries, options } = m;
  if (m.returnMark !== NONE || options.recover === undefined) return false;
  if (recoveries.taken >= options.recover.maxRecoveries || recoveries.beganAt === m.offset) return false;
  if (m.cut === 1) return true;
  let committed = (stack.ints[fp] as number) & 1;
  let depth = stack.shift + fp;
  let { program } = m;
  for (;;) {
    depth -= (stack.intAt(depth) ?? 0) >> 1;
    const kind = stack.intAt(depth + 1) ?? FRAME.RUN;
    if (kind === FRAME.RUN) return true;
    const scope = kind > 0 && program.code[kind] === OP.SCOPE_END;
    if (kind > 0 && !scope) return committed === 1 || stack.offsetAt(depth) !== m.offset;
    if (scope || kind === FRAME.RECOVER || kind === FRAME.OPENED || kind === FRAME.CUT)
      committed = (stack.intAt(depth) ?? 0) & 1;
    else if (kind === FRAME.BOUND) program = stack.valueAt(depth) as Program;
  }
}

/** `until` was not found yet and can't be found any more, or only too far away: the failure stands. */
function giveUp(m: Machine): void {
  const { stack, fp } = m;
  const skip = stack.values[fp] as Skip;
  m.cut = skip.cut | ((stack.ints[fp] as number) & 1);
  m.pos = (stack.offsets[fp] as number) - m.window.base;
  m.unmark(fp);
  rewound(m, m.offset);
  m.sp = fp;
  m.fp = fp - ((stack.ints[fp] as number) >> 1);
  restoreRecord(m, skip.own);
  if (skip.outer !== undefined) joinRecord(m, skip.outer);
  m.pc = 0;
}

/** Whether one more character may be skipped. */
export function maySkip(m: Machine, fp: number, offset: number): boolean {
  const { stack } = m;
  const entry = entryAt(m, stack.ints[fp + 2] as number);
  const skipped = offset - (stack.offsets[fp] as number);
  return entry.node.skips && skipped < (m.options.recover?.maxResyncUnits ?? 0);
}

/** `until` was found: the run goes on here, and tells what it has recovered from. */
function resume(m: Machine): void {
  const { stack, fp } = m;
  const skip = stack.values[fp] as Skip;
  const failedAt = stack.offsets[fp] as number;
  m.unmark(fp);
  m.sp = fp;
  m.fp = fp - ((stack.ints[fp] as number) >> 1);
  m.cut = (stack.ints[fp] as number) & 1;
  startRecord(m);
  m.recoveries = { ...m.recoveries, taken: m.recoveries.taken + 1, beganAt: failedAt, endedAt: m.offset };
  m.pc++;
  // it is final, whatever becomes of the branch: what is certain by now was told before it
  m.settle(m.fp, m.offset, m.cut);
  m.options.recover?.skipped?.(m, skip.diagnostic);
  m.emissions.told.push(new Recovery(skip.diagnostic, m.offset - failedAt, skip.joins));
}

/** What the loop leaves to this file; says whether the run goes on. */
export function recovering(m: Machine, status: Status): boolean {
  if (status === STATUS.UNRECOVERED) return fail(m);
  if (status === STATUS.RECOVER) enter(m);
  else if (status === STATUS.RECOVERED) leave(m);
  else if (status === STATUS.RESYNCED) resume(m);
  else giveUp(m);
  return true;
}
