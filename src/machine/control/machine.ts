// The machine of one run: the registers between two entries of the loop, the stack, the window, and what the loop calls for
// everything that is rare. Numbers of slots are relative to the live part of the stack; `shift` slots lie frozen below it.

import { classesOf } from "../../compile/code/class-table.ts";
import { OP } from "../../compile/code/instructions.ts";
import type { Program } from "../../compile/code/program.ts";

import { programOf } from "../../compile/index.ts";
import type { Node } from "../../grammar/node.ts";
import type { Position, Span } from "../../text/index.ts";
import { Emissions } from "../emission/emissions.ts";
import { handOut, handOutChunk } from "../emission/pieces.ts";
import { FailureRecord, type Opened } from "../failure/record.ts";
import { type MachineSite, passOn } from "../failure/refine.ts";
import { flushRecord, settleRecord } from "../failure/saved-record.ts";
import { KIND, RUN_SIZE } from "../memory/frame-slots.ts";
import { FRAME, NONE, QUIET } from "../memory/frames.ts";
import { Input, type Piece } from "../memory/input.ts";
import type { Snapshot } from "../memory/snapshot.ts";
import { Stack } from "../memory/stack.ts";
import { freezeStack, thaw, thawToFrame } from "../memory/thawing.ts";
import { Window } from "../memory/window.ts";
import { Positions } from "../positions/positions.ts";
import { checkInputKind } from "../reading/input-kind.ts";
import { KeyTable } from "../reading/keys.ts";
import { runDeferredOfOther } from "./deferred.ts";
import { bytesNeeded, bytesNeededFirst } from "./demand.ts";
import { entered, leaveProgram } from "./entering.ts";
import { barrierAfterRewind, exceedsAtBarrier, firstBarrier, NO_LIMITS } from "./limits.ts";
import { beginLookahead, endLookahead } from "./lookahead.ts";
import { loop } from "./loop.ts";
import { type MachineOptions, silently, variantOf } from "./options.ts";
import { recovering } from "./recovery.ts";
import { Registers } from "./registers.ts";
import { ENDS, STATUS, type Status } from "./status.ts";
import { enterWithin, leaveWithin } from "./within.ts";

/** The fuel of a run that has no limit of it. */
const ENDLESS = 0x3fffffff;
/** How many units that are not needed any more a snapshot may keep: to drop so few costs more than to copy them. */
const MOST_DEAD = 4096;
/** How many live frames may be visited each time text is let go; if there are more, the stack is frozen. */
const MOST_PASSED = 256;

/** Property names are shared by all runs. */
const sharedKeys: KeyTable = /* @__PURE__ */ new KeyTable();

export class Machine extends Registers {
  fuel: number = ENDLESS;
  /** Whether the run rests when its fuel is used up. */
  hasFuelLimit = false;

  readonly stack: Stack = new Stack();
  readonly window: Window;
  readonly input: Input;
  readonly keys: KeyTable = sharedKeys;
  readonly failure: FailureRecord;
  readonly emissions: Emissions;
  readonly options: MachineOptions;
  readonly positions: Positions;
  /** Live frames were passed over that are to be frozen, so that it is known what lies below them. */
  mustFreeze = false;
  /** What the functions of `refine` are given. */
  site: MachineSite | undefined = undefined;

  constructor(program: Program, options: MachineOptions, input: Input, window: Window) {
    super(program);
    this.options = options;
    this.input = input;
    this.window = window;
    this.positions = new Positions(window);
    this.emissions = new Emissions(options.mostEmitted, options.limits?.maxDiagnostics, options.trace?.onTrace);
    this.failure = new FailureRecord([program]);
    this.stack.ints[0] = 0;
    this.stack.ints[KIND] = FRAME.RUN;
    this.stack.offsets[0] = 0;
    this.sp = RUN_SIZE;
  }

  static start(root: Node, options: MachineOptions, capacity = 0): Machine {
    const { binary, decode, whole = false } = options;
    const program = checkInputKind(programOf(root, variantOf(options)), binary);
    const machine = new Machine(program, options, new Input(binary, decode), new Window(binary, !whole, capacity));
    machine.#startAt(options.origin ?? 0, options.origin ?? 0);
    return machine;
  }

  /** Runs as far as possible with the input that was fed. */
  step(): Status {
    if (!this.begun && !this.#begin()) return STATUS.INPUT;
    for (;;) {
      const fuel = this.fuel;
      const status = loop(this);
      this.work += fuel - this.fuel;
      if (this.mustFreeze && (status === STATUS.EMITTED || status === STATUS.INPUT)) {
        freezeStack(this);
        this.mustFreeze = false;
        if (status === STATUS.EMITTED && !this.emissions.full) continue;
      }
      if (status === STATUS.THAW_FRAME) thawToFrame(this);
      else if (status === STATUS.THAW_TOP) thaw(this, 1);
      else if (status === STATUS.GROW) this.stack.grow();
      else if (status === STATUS.PASS_ON) passOn(this);
      else if (status === STATUS.RUN_DEFERRED) {
        if (runDeferredOfOther(this)) return this.#rest(STATUS.EMITTED);
      } else if (status === STATUS.LOOKAHEAD) beginLookahead(this);
      else if (status === STATUS.LOOKAHEAD_END) endLookahead(this);
      else if (status === STATUS.WITHIN) enterWithin(this);
      else if (status === STATUS.WITHIN_END) leaveWithin(this);
      else if (status === STATUS.ENTER || status === STATUS.LINK) {
        if (!entered(this, status)) return this.#rest(STATUS.FATAL);
      } else if (status === STATUS.LEAVE) leaveProgram(this);
      else if (status === STATUS.ABANDON) leaveProgram(this, 0);
      else if (status >= STATUS.RECOVER) {
        if (!recovering(this, status)) return this.#rest(STATUS.FATAL);
      } else if (status === STATUS.REWOUND) barrierAfterRewind(this, this.stack.offsets[this.fp] as number);
      else if (status === STATUS.INPUT && this.window.endsAtBarrier) {
        if (exceedsAtBarrier(this)) return this.#rest(STATUS.FATAL);
      } else if (status === STATUS.INPUT) {
        if (this.pieceAt < Infinity && handOutChunk(this)) return this.#rest(STATUS.EMITTED);
        const piece = this.input.take();
        if (piece !== undefined) this.#append(piece);
        else if (this.input.broken !== undefined) return this.#rest(STATUS.BROKEN);
        else if (this.input.ended && !this.window.closed) this.window.close();
        else return this.#rest(STATUS.INPUT);
      } else if (status === STATUS.FUEL && !this.hasFuelLimit) this.fuel = ENDLESS;
      else return this.#rest(status);
    }
  }

  /**
   * Takes the first text, up to where parsing begins. Until that has come nothing runs: a byte order mark moves that place.
   */
  #begin(): boolean {
    const { from = 0, binary } = this.options;
    for (let first = !binary; first || this.#before(from) > 0; first = false) {
      const piece = this.input.take();
      if (piece === undefined && !this.input.ended && this.input.broken === undefined) return false;
      // a byte order mark counts in offsets and is not read (semantics, rule 30)
      if (this.input.hadByteOrderMark && this.window.base === 0) this.#startAt(1, 3);
      if (piece === undefined) break;
      this.#append(piece);
      this.pos = Math.max(0, Math.min(this.window.filled, from - this.window.base));
    }
    if (from > 0) this.start = this.position(this.offset);
    this.begun = true;
    return true;
  }

  /** How many units up to an offset have not come. */
  #before(offset: number): number {
    return offset - this.window.base - this.window.filled;
  }

  #startAt(offset: number, byteOffset: number): void {
    this.window.base = offset;
    this.window.textAt = offset;
    this.start = { offset, byteOffset, line: 1, column: 1 };
    const { limits = NO_LIMITS, from = 0 } = this.options;
    this.window.setBarrier(firstBarrier(limits, Math.max(offset, from)));
    this.positions.startAt(offset, byteOffset);
  }

  #rest(status: Status): Status {
    if (this.pieceAt < Infinity) handOut(this, this.pos, this.fp, this.cut);
    if (ENDS.includes(status)) this.window.removeEnds();
    if (this.holding && status === STATUS.FAILED) this.emissions.settleAll();
    else if (this.holding) this.settle(this.fp, this.window.base + this.pos, this.cut);
    // chunks that came and were not looked at may hold the rest of the line that a report shows (semantics, rule 31)
    while (status === STATUS.FAILED && !this.window.binary && !this.window.hasLine(this.farthest)) {
      const piece = this.input.take();
      if (piece === undefined) break;
      this.#append(piece);
    }
    return status;
  }

  /** Where the machine stands, from the input's start. */
  get offset(): number {
    return this.window.base + this.pos;
  }

  /** Where the farthest failure lies. */
  get farthest(): number {
    return this.window.base + Math.max(0, this.far === QUIET ? this.pos : this.far);
  }

  /** Whether the last failure was not recorded, as in trivia, and lies beyond the farthest one that was. */
  get failedUnrecorded(): boolean {
    return this.offset > this.farthest;
  }

  /** The offset before which no text is needed any more. */
  get watermark(): number {
    return Math.min(this.textMark === NONE ? this.offset : this.textMarkAt, this.pieceAt);
  }

  // ── called by the loop ──

  mark(frame: number, offset: number): void {
    if (this.textMark !== NONE) return;
    this.textMark = frame;
    this.textMarkAt = offset;
  }

  markReturn(frame: number, offset: number): void {
    if (this.returnMark !== NONE) return;
    this.returnMark = frame;
    this.returnMarkAt = offset;
  }

  markRefined(frame: number, offset: number): void {
    if (this.refineMark !== NONE) return;
    this.refineMark = frame;
    this.refineMarkAt = offset;
  }

  unmark(frame: number): void {
    if (this.textMark === frame) this.textMark = NONE;
    if (this.returnMark === frame) this.returnMark = NONE;
    if (this.refineMark === frame) this.refineMark = NONE;
  }

  /** Records a failure at the farthest place so far, or one that is reported as a label. */
  noteSlowly(pc: number, pos: number, far: number, stale: number): void {
    const { failure, rule, farRule } = this;
    if (pos === far) flushRecord(this);
    const labelled = pos === this.labelAt;
    const number = labelled ? failure.numberOf(this.labelProgram) : this.programNumber;
    const place = labelled ? this.labelPc : pc;
    const origin = labelled ? { program: this.program, pc, before: undefined, depth: 1 } : undefined;
    if (pos === far && stale === 1) failure.restarted = true;
    if (pos > far || stale === 1 || failure.count === 0) failure.start(number, place, origin);
    else {
      if (rule !== farRule) failure.splitAt(farRule);
      failure.add(number, place, origin);
      if (this.program.code[pc] !== OP.MISSED) failure.notes++;
    }
  }

  /** The record of the farthest failure, complete. */
  record(): FailureRecord {
    flushRecord(this);
    return this.failure;
  }

  /** The brackets that were open where the parse failed. */
  get opened(): Opened | undefined {
    const { opened } = this.failure;
    return opened?.far === this.farthest ? opened : undefined;
  }

  /** Hands a value out, or holds it; says whether the loop is to be left. */
  emit(value: unknown, sp: number, fp: number, offset: number, cut: number): boolean {
    this.emissions.emit(value, this.stack.shift + sp, this, fp, offset, cut);
    this.holding = this.emissions.holding;
    return this.breaksOff;
  }

  /** Whether the loop is to be left after a value. */
  get breaksOff(): boolean {
    return this.emissions.full || this.mustFreeze;
  }

  settle(fp: number, offset: number, cut: number): void {
    this.emissions.settle(this, fp, offset, cut);
    this.holding = this.emissions.holding;
  }

  /** A committed scope ends, whose frame is at a place: what was emitted in it stays, whatever becomes of what is around it. */
  settleScope(frame: number, offset: number): void {
    this.emissions.settle(this, frame, offset, 1);
    this.emissions.settleAbove(this, this.stack.shift + frame);
    this.holding = this.emissions.holding;
  }

  /** Called before a failure undoes anything: hands out what the failure can't take back. */
  settleFailure(fp: number, offset: number, cut: number): void {
    // a failure that nothing catches takes nothing back, unless a recovery takes it
    if (cut === 1 && this.returnMark === NONE && this.recoveries.open === 0) this.emissions.settleAll();
    else this.emissions.settle(this, fp, offset, cut);
    this.holding = this.emissions.holding;
  }

  /** A frame comes to stand here: what is held was emitted before it. */
  lowerHeld(frame: number): void {
    this.emissions.lower(this.stack.shift + frame);
  }

  dropHeld(frame: number): void {
    this.emissions.drop(this.stack.shift + frame);
    this.holding = this.emissions.holding;
  }

  // ── frames that the loop leaves to the machine ──

  /**
   * Pushes a frame that begins here. What else it holds is for the caller to write.
   *
   * @param size how many slots it takes. @param cut whether the scope below is cut, if the frame keeps that; else 0.
   */
  push(kind: number, size: number, value: unknown, cut: number): void {
    const { sp } = this;
    this.stack.ints[sp] = ((sp - this.fp) << 1) | cut;
    this.stack.ints[sp + KIND] = kind;
    this.stack.offsets[sp] = this.offset;
    this.stack.values[sp] = value;
    this.fp = sp;
    this.sp = sp + size;
  }

  /** Pops the innermost frame; returns whether the scope below it is cut. */
  pop(): number {
    this.sp = this.fp;
    const link = this.stack.ints[this.sp] as number;
    this.fp = this.sp - (link >> 1);
    return link & 1;
  }

  /** Another program goes on. */
  switch(program: Program): void {
    flushRecord(this);
    this.program = program;
    this.classes = classesOf(program);
    this.programNumber = this.failure.numberOf(program);
  }

  fatal(code: string, detail: string, offset: number): void {
    this.error = { code, detail, offset };
  }

  position(offset: number): Position {
    return this.positions.at(offset);
  }

  /** The span of what began with the frame at a slot of the live stack. */
  span(start: number, end: number, frame: number): Span {
    const { failure, positions } = this;
    const span = { start: positions.startOf(this.stack.shift + frame, start, failure), end: positions.at(end) };
    return this.options.source === undefined ? span : { source: this.options.source, ...span };
  }

  /** Bytes (UTF-8 for text) that it needs at least to go on; at least 1. */
  minBytes(): number {
    if (this.begun) return bytesNeeded(this);
    const before = this.#before(this.options.from ?? 0);
    if (before > 0) return before;
    const program = this.program.withoutFunctions();
    const { recover: _, ...options } = silently(this.options);
    const ahead = Machine.from(this.capture(), options);
    ahead.switch(program);
    ahead.labelProgram = program;
    ahead.begun = true;
    return bytesNeededFirst(ahead);
  }

  /** Bytes of the input that were read: up to where the machine stands, or where it failed. */
  consumedBytes(failed: boolean): number {
    const at = failed ? Math.max(this.farthest, this.offset) : this.offset;
    return at === this.window.base + this.window.filled ? this.positions.bytes : this.position(at).byteOffset;
  }

  // ── the window ──

  #append(piece: Piece): void {
    const { window, positions, stack } = this;
    const length = piece.bytes?.length ?? piece.text.length;
    // an offset may be a double, and its place in the window would be one too: slower, and a field of another kind
    const keepFrom = (this.watermark - window.base) | 0;
    if (keepFrom > 0 && window.wouldMove(keepFrom, length)) {
      const passed = positions.letGo(stack, stack.shift + this.fp, window.base + keepFrom, settleRecord(this));
      // what is frozen is not gone through again
      if (passed > MOST_PASSED) freezeStack(this);
    }
    const by = window.makeRoom(keepFrom, length);
    this.windowMoved(by);
    positions.appended(piece);
    if (piece.bytes !== undefined) window.appendBytes(piece.bytes);
    else window.append(piece.text);
  }

  /** Where a bracket or a rule began that the record refers to, or that is open. */
  begunAt(offset: number): Position | undefined {
    return this.positions.begunAt(offset, settleRecord(this));
  }

  /** The name of the innermost `frame` that is open. */
  get frameBoundary(): string | undefined {
    return this.stack.valueAt(this.stack.shift + this.boundary) as string | undefined;
  }

  // ── freezing and thawing ──

  /** Freezes the live stack. What the machine is from here on can be copied at a constant cost. */
  #freeze(): void {
    freezeStack(this);
    if (this.window.base + this.window.filled > this.positions.gone) this.window.pinned = true;
  }

  /** Everything that another machine needs to go on from here. Freezes the stack. */
  capture(): Snapshot {
    if (this.watermark - this.positions.gone > MOST_DEAD) {
      this.positions.letGo(this.stack, this.stack.shift + this.fp, this.watermark, settleRecord(this));
    }
    this.#freeze();
    flushRecord(this);
    settleRecord(this);
    const { offset, watermark, stack, options } = this;
    return {
      offset,
      watermark,
      registers: this.copy(),
      stack: { shift: stack.shift, frozen: stack.frozen },
      failure: this.failure.copy(),
      positions: this.positions.copy(),
      emissions: this.emissions.copy(),
      window: this.window.view(),
      input: this.input.fork(),
      options,
    };
  }

  /** Takes over what a copy has computed from the text that both have, so that the next copy need not do it again. */
  adopt(copy: Machine): void {
    const { window, positions } = this;
    if (window.base + window.filled !== copy.window.base + copy.window.filled) return;
    window.joined = copy.window.joined;
    positions.adopt(copy.positions);
  }

  /** A machine that goes on from a snapshot, on its own. */
  static from(snapshot: Snapshot, options: MachineOptions = snapshot.options): Machine {
    const { registers, stack, failure, positions, emissions, window: view, input } = snapshot;
    const keepFrom = (positions.gone - view.base) | 0;
    const window = Window.of(view, keepFrom, options.binary, options.whole !== true);
    const m = new Machine(registers.program, options, input.fork(), window);
    m.assign(registers);
    m.windowMoved(keepFrom);
    m.stack.standOn(stack);
    m.failure.assign(failure);
    m.positions.assign(positions);
    m.emissions.assign(emissions);
    return m;
  }
}
