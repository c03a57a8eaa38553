// One run: the registers between two entries of the loop, the stack, the window, and what the loop calls for everything
// that is rare. Numbers that name places of the stack are relative to its live part; `shift` places lie frozen below it.
import { OP, programOf } from "../compile/index.ts";
import type { DispatchTable, LeafTable, Program } from "../compile/program.ts";
import type { Leaf, Node } from "../grammar/node.ts";
import { nodeOf } from "../grammar/parser.ts";
import { LineIndex, type Position, type Span, type UnitSource, utf8Length } from "../text/index.ts";
import { Emissions } from "./emissions.ts";
import { Failure, type FailureCopy, type Opened } from "./failure.ts";
import { FRAME, NONE, QUIET } from "./frames.ts";
import { type Frozen, freeze } from "./frozen.ts";
import { Input, type Piece } from "./input.ts";
import { KeyTable } from "./keys.ts";
import { loop } from "./loop.ts";
import { type Outcome, readScan } from "./scan.ts";
import type { Anchor, Place, Snapshot } from "./snapshot.ts";
import { STATUS, type Status } from "./status.ts";
import { firstGraphemes } from "./rest.ts";
import { textOf, Window } from "./window.ts";

/** Instructions that can say how much they wait for. */
const WAITING: readonly number[] = [OP.CHAR, OP.CHAR_SPAN, OP.MORE, OP.SCAN];
const FIRST_PLACES = 256;
/** How many parsers made while running may begin at one place (semantics, rule 13). */
const MOST_BOUND = 10_000;
/** Fuel of a run that nobody asks to rest. */
export const ENDLESS = 0x3fffffff;

export interface MachineOptions {
  readonly binary: boolean;
  readonly decode: "fatal" | "replace";
  readonly source: string | undefined;
  /** How many certain values may wait before the machine rests. */
  readonly mostEmitted: number;
  /** Offset of the first unit, if the input is the rest of a longer one. */
  readonly origin?: number;
}

export interface Fatal {
  readonly code: string;
  readonly detail: string;
  readonly offset: number;
}

/** Property names are shared by all runs: what one has learnt serves the next. */
const sharedKeys: KeyTable = /* @__PURE__ */ new KeyTable();

export class Machine {
  // registers of the loop
  program: Program;
  pc: number;
  pos = 0;
  sp = 0;
  fp = 0;
  rule = 0;
  val: unknown = undefined;
  /** Whether the innermost scope is committed: 0 or 1. */
  cut = 0;
  /** The farthest failure, as a place of the window; QUIET while none is recorded. */
  far = -1;
  /** The first entries of the record, as places in the code of `program`; 0 when the record is in `failure`. */
  farPc = 0;
  farPc2 = 0;
  /** The frame of the innermost rule that was open when the last entry was made and still is. */
  farRule = 0;
  /** A cut was passed since the last entry (1): the next one replaces them all (semantics, rule 2). */
  stale = 0;
  /** How many rules have been left that were open then: the first of `failure.rules`. */
  left = 0;
  fuel: number = ENDLESS;
  /** Whether the run is to rest when its fuel is used up. */
  rationed = false;

  // the stack
  ints: Int32Array = new Int32Array(FIRST_PLACES);
  offsets: Float64Array = new Float64Array(FIRST_PLACES);
  values: unknown[] = emptyValues(FIRST_PLACES);
  shift = 0;
  frozen: Frozen | undefined = undefined;

  // marks: the lowest frame that needs text, and the lowest one that can come back
  textMark: number = NONE;
  textMarkAt = 0;
  returnMark: number = NONE;
  returnMarkAt = 0;

  // the outermost label that began where the innermost one did
  /** Where it began, as a place of the window; -1 if there is none. */
  labelAt = -1;
  labelPc = 0;
  labelProgram: Program;

  readonly window: Window;
  readonly input: Input;
  readonly keys: KeyTable = sharedKeys;
  readonly failure: Failure = new Failure();
  readonly emissions: Emissions;
  readonly options: MachineOptions;
  lines: LineIndex;
  /** Units that the waiting leaf needs at least, where it said so. */
  wanted = 0;
  error: Fatal | undefined = undefined;
  /** The parse has failed; what is still read is only shown. */
  reading = false;
  /** Instructions run and units gone back: the work done so far. */
  work = 0;
  /** Whether emitted values are held that a failure could take back. */
  holding = false;
  #begun = false;
  /** Positions before this were worked out where they can still be asked for. */
  #gone = 0;
  #number = 0;
  /** Bytes of the input up to the window's end. */
  #bytes = 0;
  #anchors: Anchor | undefined = undefined;
  /** Where the space began that ended the text let go. */
  #blank: Place | undefined = undefined;
  #boundAt = -1;
  #bound = 0;

  constructor(program: Program, options: MachineOptions, input: Input, window: Window, lines: LineIndex) {
    this.program = program;
    this.labelProgram = program;
    this.pc = program.entry;
    this.options = options;
    this.input = input;
    this.window = window;
    this.lines = lines;
    this.emissions = new Emissions(options.mostEmitted);
    this.failure.clear(program);
    this.ints[0] = 0;
    this.ints[1] = FRAME.RUN;
    this.offsets[0] = 0;
    this.sp = 2;
  }

  static start(root: Node, options: MachineOptions, capacity = 0): Machine {
    const window = new Window(options.binary, capacity);
    const machine = new Machine(programOf(root), options, new Input(options.binary, options.decode), window, new LineIndex());
    if (options.origin !== undefined) machine.#startAt(options.origin, options.origin);
    return machine;
  }

  /** Runs on as far as what was fed allows. */
  step(): Status {
    if (this.reading) return this.#readOn();
    if (!this.#begun && !this.#begin()) return STATUS.INPUT;
    for (;;) {
      const fuel = this.fuel;
      const status = loop(this);
      this.work += fuel - this.fuel;
      if (status === STATUS.SINK) this.#sink();
      else if (status === STATUS.GROW) this.grow();
      else if (status === STATUS.LOOK) this.#look();
      else if (status === STATUS.LOOKED) this.#looked();
      else if (status === STATUS.ENTER) {
        if (!this.#enter()) return this.#rest(STATUS.FATAL);
      } else if (status === STATUS.LEAVE) this.#leave(undefined);
      else if (status === STATUS.ABANDON) this.#leave(0);
      else if (status === STATUS.INPUT) {
        const piece = this.input.take();
        if (piece !== undefined) this.#append(piece);
        else if (this.input.broken !== undefined) return this.#rest(STATUS.BROKEN);
        else if (this.input.ended && !this.window.closed) this.window.closed = true;
        else return this.#rest(STATUS.INPUT);
      } else if (status === STATUS.FUEL && !this.rationed) this.fuel = ENDLESS;
      else return this.#rest(status);
    }
  }

  /** Takes the first text. Until it is there nothing runs: a byte order mark in it moves where parsing starts. */
  #begin(): boolean {
    if (!this.options.binary) {
      const piece = this.input.take();
      if (piece === undefined && !this.input.ended && this.input.broken === undefined) return false;
      if (this.input.mark) this.#skipMark();
      if (piece !== undefined) this.#append(piece);
    }
    this.#begun = true;
    return true;
  }

  #startAt(offset: number, byteOffset: number): void {
    this.window.base = offset;
    this.window.textAt = offset;
    this.#gone = offset;
    this.#bytes = byteOffset;
    this.lines = new LineIndex({ offset, byteOffset, line: 1, column: 1 });
  }

  /** A byte order mark counts in offsets and is not read (semantics, rule 30). */
  #skipMark(): void {
    this.#startAt(1, 3);
  }

  #rest(status: Status): Status {
    if (status === STATUS.FAILED && this.#readsOn()) {
      // for the note alone: the text from the failure on stays, and more is asked for
      this.pos = Math.max(0, this.far);
      this.textMark = NONE;
      return this.#readOn();
    }
    if (this.holding) this.settle(this.fp, this.window.base + this.pos, this.cut);
    return status;
  }

  /** Whether a failure that expected the end needs more text to show what stands there instead (semantics, rule 10). */
  #readsOn(): boolean {
    return this.expectsEnd() && this.restOfLine() === undefined;
  }

  #readOn(): Status {
    this.reading = true;
    for (;;) {
      if (this.restOfLine() !== undefined) return STATUS.FAILED;
      const piece = this.input.take();
      if (piece !== undefined) this.#append(piece);
      else if (this.input.broken !== undefined) this.window.closed = true;
      else if (this.input.ended) this.window.closed = true;
      else return STATUS.INPUT;
    }
  }

  /** Whether the end of the input is among what was expected at the farthest place. */
  expectsEnd(): boolean {
    this.#flush();
    const { count, entries, programs } = this.failure;
    for (let i = 0; i < count; i++) {
      const expected = programs[entries[2 * i] as number]?.expectationsAt(entries[2 * i + 1] as number);
      if (expected?.some((e) => e.kind === "eof") === true) return true;
    }
    return false;
  }

  /** The line from the farthest failure on, at most 32 graphemes; nothing while more input could still change it. */
  restOfLine(): string | undefined {
    const { window } = this;
    const from = this.farthest - window.base;
    if (window.binary) return "";
    return firstGraphemes(textOf(window.units, from, window.end), window.closed);
  }

  /** Where the machine stands, from the input's start. */
  get offset(): number {
    return this.window.base + this.pos;
  }

  /** Where the farthest failure lies. */
  get farthest(): number {
    return this.window.base + Math.max(0, this.far === QUIET ? this.pos : this.far);
  }

  /** The place before which nothing is needed any more. */
  get watermark(): number {
    return this.textMark === NONE ? this.offset : this.textMarkAt;
  }

  // ── called by the loop ──

  grow(): void {
    const length = this.ints.length * 2;
    const ints = new Int32Array(length);
    ints.set(this.ints);
    this.ints = ints;
    const offsets = new Float64Array(length);
    offsets.set(this.offsets);
    this.offsets = offsets;
    while (this.values.length < length) this.values.push(undefined);
  }

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

  unmark(frame: number): void {
    if (this.textMark === frame) this.textMark = NONE;
    if (this.returnMark === frame) this.returnMark = NONE;
  }

  /** A failure at the farthest place so far, or one that a label speaks for. */
  noteSlowly(pc: number, pos: number, far: number, farPc: number, farPc2: number, stale: number): void {
    const { failure } = this;
    if (pos === far && farPc !== 0) {
      failure.start(this.#number, farPc);
      if (farPc2 !== 0) failure.add(this.#number, farPc2);
    }
    const labelled = pos === this.labelAt;
    const number = labelled ? failure.numberOf(this.labelProgram) : this.#number;
    const place = labelled ? this.labelPc : pc;
    if (pos > far || stale === 1 || failure.count === 0) failure.start(number, place);
    else failure.add(number, place);
  }

  /** Puts the record's only entry where the others would be: another program goes on, or the record is looked at. */
  #flush(): void {
    if (this.farPc === 0) return;
    this.failure.start(this.#number, this.farPc);
    if (this.farPc2 !== 0) this.failure.add(this.#number, this.farPc2);
    this.farPc = 0;
    this.farPc2 = 0;
  }

  /** Keeps where a bracket was opened whose closer has just failed at its start. */
  noteOpened(program: Program, pc: number, frame: number, offset: number): void {
    if (program.closers.length === 0) return;
    const closer = program.closerAt(pc);
    for (let depth = this.shift + frame; ; ) {
      const kind = this.intAt(depth + 1) ?? FRAME.RUN;
      if (kind === FRAME.OPENED) {
        if (closer?.fixed !== true && this.offsetAt(depth + 1) !== offset) return;
        this.failure.opened = { far: offset, at: this.offsetAt(depth) ?? 0, closer: closer?.insert };
        return;
      }
      if (kind === FRAME.RUN || (kind > 0 && this.offsetAt(depth) !== offset)) return;
      depth -= (this.intAt(depth) ?? 0) >> 1;
    }
  }

  /** The farthest failure, to be looked at. */
  record(): Failure {
    this.#flush();
    return this.failure;
  }

  /** The bracket whose closer is missing where the parse failed. */
  get opened(): Opened | undefined {
    const { opened } = this.failure;
    return opened?.far === this.farthest ? opened : undefined;
  }

  #copyFailure(): FailureCopy {
    this.#flush();
    const { failure } = this;
    return {
      far: this.window.base + this.far,
      entries: failure.entries.slice(0, 2 * failure.count),
      stale: this.stale,
      programs: failure.programs.slice(),
      rules: failure.rules.slice(0, this.left),
      rule: this.shift + this.farRule,
      opened: failure.opened,
    };
  }

  #restoreFailure(copy: FailureCopy): void {
    const { failure } = this;
    if (failure.entries.length < copy.entries.length) failure.entries = new Int32Array(copy.entries.length * 2);
    failure.entries.set(copy.entries);
    failure.count = copy.entries.length / 2;
    failure.programs = copy.programs.slice();
    failure.rules = copy.rules.slice();
    failure.opened = copy.opened;
    this.far = Math.max(-1, copy.far - this.window.base);
    this.farPc = 0;
    this.farPc2 = 0;
    this.farRule = copy.rule - this.shift;
    this.stale = copy.stale;
    this.left = copy.rules.length;
    this.#number = failure.numberOf(this.program);
  }

  /** How many units the character at a place takes if it is in a set, else 0; looks the set's page up on the way. */
  member(program: Program, offset: number, index: number, pos: number): number {
    const { units, end } = this.window;
    const unit = units[pos] as number;
    const set = program.sets[index];
    if (set === undefined) return 0;
    if (unit >= 0xd800 && unit < 0xdc00 && !this.options.binary && pos + 1 < end) {
      const low = units[pos + 1] as number;
      if (low >= 0xdc00 && low < 0xe000) return set.has((unit - 0xd800) * 0x400 + low - 0xdc00 + 0x10000) ? 2 : 0;
    }
    program.tabulate(offset, unit);
    return set.has(unit) ? 1 : 0;
  }

  /** Where a choice goes for a character beyond ASCII. */
  wide(program: Program, table: number, pos: number): number {
    for (const { set, target } of (program.tables[table] as DispatchTable).wide) {
      if (set.has(this.#codePointAt(pos))) return target & ~1;
    }
    return 0;
  }

  #codePointAt(pos: number): number {
    const { units, end } = this.window;
    const unit = units[pos] as number;
    if (unit >= 0xd800 && unit < 0xdc00 && pos + 1 < end) {
      const low = units[pos + 1] as number;
      if (low >= 0xdc00 && low < 0xe000) return (unit - 0xd800) * 0x400 + low - 0xdc00 + 0x10000;
    }
    return unit;
  }

  key(from: number, to: number, hash: number): string {
    const { window, keys } = this;
    return keys.find(window.units, from, to, hash) ?? keys.add(window.slice(from, to) as string, hash);
  }

  /** The place of a text at or after `pos`; where it isn't, the complement of the place to go on from. */
  find(leaf: LeafTable, pos: number): number {
    const { window } = this;
    const { units, end } = window;
    const wanted = leaf.units;
    const last = end - wanted.length;
    const shift = window.textAt - window.base;
    const broken = !window.binary && hasLoneHalf(leaf.text);
    let at = pos;
    if (!window.binary && !broken) {
      // what an earlier chunk left over is too short to hold the text: look where the two meet, then in the chunk
      for (const to = Math.min(shift - 1, last); at <= to; at++) if (matches(units, at, wanted)) return at;
      if (at > last) return ~Math.max(pos, at);
      const found = window.text.indexOf(leaf.text, Math.max(0, at - shift));
      return found >= 0 ? found + shift : ~Math.max(pos, last + 1);
    }
    for (; at <= last; at++) {
      if (matches(units, at, wanted) && !(broken && splitsPair(units, pos, at, at + wanted.length, end))) return at;
    }
    return ~Math.max(pos, last + 1);
  }

  scan(leaf: Leaf, state: unknown, pos: number): Outcome {
    return readScan(leaf, state, pos, this.window);
  }

  /** Hands a value out, or holds it; says whether the machine is to rest. */
  emit(value: unknown, sp: number, fp: number, offset: number, cut: number): boolean {
    this.emissions.hold(value, this.shift + sp, offset);
    this.settle(fp, offset, cut);
    return this.emissions.full;
  }

  settle(fp: number, offset: number, cut: number): void {
    this.emissions.settle(this, fp, offset, cut);
    this.holding = this.emissions.held.length > 0;
  }

  /** Before a failure undoes anything: what could not be taken back by it leaves. */
  settleFailure(fp: number, offset: number, cut: number): void {
    if (cut === 1 && this.returnMark === NONE) this.emissions.settleAll();
    else this.emissions.settle(this, fp, offset, cut);
    this.holding = this.emissions.held.length > 0;
  }

  /** A frame comes to stand here: what is held was emitted before it. */
  lowerHeld(frame: number): void {
    this.emissions.lower(this.shift + frame);
  }

  dropHeld(frame: number): void {
    this.emissions.drop(this.shift + frame);
    this.holding = this.emissions.held.length > 0;
  }

  // ── frames that the loop leaves to the machine ──

  /** Pushes a frame of two places. */
  #push(kind: number, value: unknown, returnTo: number): void {
    const { sp } = this;
    this.ints[sp] = ((sp - this.fp) << 1) | this.cut;
    this.ints[sp + 1] = kind;
    this.offsets[sp] = this.offset;
    this.offsets[sp + 1] = returnTo;
    this.values[sp] = value;
    this.fp = sp;
    this.sp = sp + 2;
  }

  #pop(): number {
    this.sp = this.fp;
    const link = this.ints[this.sp] as number;
    this.fp = this.sp - (link >> 1);
    return link & 1;
  }

  #look(): void {
    if (this.holding) this.lowerHeld(this.sp);
    this.mark(this.sp, this.offset);
    this.markReturn(this.sp, this.offset);
    this.#push(FRAME.LOOK, this.far === QUIET ? undefined : this.#copyFailure(), 0);
    this.cut = 0;
    this.pc++;
  }

  #looked(): void {
    this.cut = this.#pop();
    this.unmark(this.sp);
    this.dropHeld(this.sp);
    this.pos = (this.offsets[this.sp] as number) - this.window.base;
    const copy = this.values[this.sp] as FailureCopy | undefined;
    if (copy !== undefined) this.#restoreFailure(copy);
    this.pc++;
  }

  /** Enters the parser that a function made; says whether it could. */
  #enter(): boolean {
    const make = this.program.functions[this.program.code[this.pc + 1] as number];
    const parser = make?.(this.val);
    let node: Node;
    try {
      node = nodeOf(parser);
    } catch (error) {
      throw new TypeError(`the function given to andThen must return a parser: ${(error as Error).message}`);
    }
    const { offset } = this;
    this.#bound = offset === this.#boundAt ? this.#bound + 1 : 1;
    this.#boundAt = offset;
    if (this.#bound > MOST_BOUND) {
      this.fatal("E4001", "andThen", offset);
      return false;
    }
    if (this.sp + 8 > this.ints.length) this.grow();
    const cut = this.cut;
    this.cut = 0;
    this.#push(FRAME.BOUND, this.program, this.pc + 2);
    this.cut = cut;
    this.#switch(programOf(node));
    this.pc = this.program.entry;
    return true;
  }

  /** Leaves it again, for what comes next or for a failure to go on. */
  #leave(pc: number | undefined): void {
    this.#pop();
    this.#switch(this.values[this.sp] as Program);
    this.pc = pc ?? (this.offsets[this.sp + 1] as number);
  }

  #switch(program: Program): void {
    this.#flush();
    this.program = program;
    this.#number = this.failure.numberOf(program);
  }

  fatal(code: string, detail: string, offset: number): void {
    this.error = { code, detail, offset };
  }

  position(offset: number): Position {
    if (this.options.binary) return { offset, byteOffset: offset, line: 1, column: offset + 1 };
    return this.lines.at(this.window, offset);
  }

  /** The span of what began in the frame at a place of the live stack. */
  span(start: number, end: number, frame: number): Span {
    const from = start < this.#gone ? this.#anchored(this.shift + frame) : undefined;
    const span = { start: from ?? this.position(start), end: this.position(end) };
    return this.options.source === undefined ? span : { source: this.options.source, ...span };
  }

  /** Where the bracket was opened that the farthest failure should have closed. */
  openedPosition(): Position | undefined {
    const { opened } = this;
    if (opened === undefined || opened.at >= this.#gone) return opened && this.position(opened.at);
    for (let at = this.#anchors; at !== undefined; at = at.below) {
      if (at.offset === opened.at) return positionOf(at);
    }
    return undefined;
  }

  #anchored(depth: number): Position | undefined {
    while (this.#anchors !== undefined && this.#anchors.depth > depth) this.#anchors = this.#anchors.below;
    return this.#anchors?.depth === depth ? positionOf(this.#anchors) : undefined;
  }

  /** Bytes (UTF-8 for text) that the waiting leaf still needs; 1 where its failure could be caught (semantics, rule 21). */
  minBytes(): number {
    if (!this.#begun) {
      const ahead = Machine.from(this.capture());
      ahead.#begun = true;
      return ahead.step() === STATUS.INPUT ? ahead.minBytes() : 1;
    }
    const { code } = this.program;
    const op = code[this.pc] as number;
    if (this.reading || !WAITING.includes(op)) return 1;
    const top = this.shift + this.fp;
    const inLeaf = this.intAt(top + 1) === FRAME.LEAF;
    const start = inLeaf ? (this.offsetAt(top) ?? 0) : this.offset;
    if (this.#isCaught(top, inLeaf, start)) return 1;
    if (op === OP.MORE) return Math.max(1, start + (code[this.pc - 1] as number) - this.offset);
    if (op === OP.SCAN) return Math.max(1, this.wanted);
    let bytes = 0;
    for (let pc = this.pc; code[pc] === OP.CHAR || code[pc] === OP.CHAR_SPAN; pc += 2) {
      const unit = code[pc + 1] as number;
      const half = unit >= 0xd800 && unit < 0xe000;
      bytes += this.options.binary || unit < 0x80 ? 1 : unit < 0x800 || half ? 2 : 3;
      if (!inLeaf) break;
    }
    return Math.max(1, bytes);
  }

  /** Whether something would take the failure of the leaf that waits. */
  #isCaught(top: number, inLeaf: boolean, start: number): boolean {
    if (this.returnMark !== NONE && !(inLeaf && this.shift + this.returnMark === top)) return true;
    if (inLeaf && this.program.isOwned(this.intAt(top + 2) ?? 0)) return true;
    if (this.cut === 1) return false;
    for (let depth = top; ; ) {
      const kind = this.intAt(depth + 1) ?? FRAME.RUN;
      if (kind > 0) return this.offsetAt(depth) === start;
      if (kind === FRAME.RUN || kind === FRAME.OPENED || kind === FRAME.CUT) return false;
      depth -= (this.intAt(depth) ?? 0) >> 1;
    }
  }

  /** Bytes of the input that were read: up to where the machine stands, or where it failed. */
  consumedBytes(failed: boolean): number {
    const at = failed ? this.farthest : this.offset;
    return at === this.window.base + this.window.end ? this.#bytes : this.position(at).byteOffset;
  }

  // ── the window ──

  #append(piece: Piece): void {
    const { window } = this;
    const length = piece.bytes?.length ?? piece.text.length;
    const keepFrom = this.watermark - window.base;
    if (keepFrom > 0 && window.wouldMove(keepFrom, length)) this.#letGo(window.base + keepFrom);
    const by = window.makeRoom(keepFrom, length);
    this.pos -= by;
    if (this.far !== QUIET) this.far = Math.max(-1, this.far - by);
    this.labelAt = Math.max(-1, this.labelAt - by);
    for (const repair of piece.repairs) this.lines.repaired(window.base + window.end + repair.index, repair.bytes);
    this.#bytes += piece.bytes?.length ?? utf8Length(piece.text);
    for (const repair of piece.repairs) this.#bytes += repair.bytes - 3;
    if (piece.bytes !== undefined) window.appendBytes(piece.bytes);
    else window.append(piece.text);
  }

  /** Remembers the places that can still be asked for in text that is about to go. */
  #letGo(before: number): void {
    const from = this.#gone;
    if (this.options.binary || before <= from) return;
    const opened: { depth: number; offset: number }[] = [];
    for (let depth = this.shift + this.fp; ; ) {
      const kind = this.intAt(depth + 1) ?? FRAME.RUN;
      if (kind === FRAME.RUN) break;
      if (kind === FRAME.SPANNED || kind === FRAME.OPENED || kind === FRAME.OPENING) {
        const offset = this.offsetAt(depth) ?? 0;
        if (offset < from) break;
        if (offset < before) opened.push({ depth, offset });
      }
      depth -= (this.intAt(depth) ?? 0) >> 1;
    }
    const lowest = opened.at(-1)?.depth ?? Number.POSITIVE_INFINITY;
    while (this.#anchors !== undefined && this.#anchors.depth >= lowest) this.#anchors = this.#anchors.below;
    for (let i = opened.length - 1; i >= 0; i--) {
      const { depth, offset } = opened[i] as { depth: number; offset: number };
      this.#anchors = { depth, offset, lines: this.#linesAt(offset), below: this.#anchors };
    }
    const blank = this.#blankBefore(before, from);
    if (blank === before) this.#blank = undefined;
    else if (blank > from || this.#blank === undefined) {
      this.#blank = blank >= this.#gone ? { offset: blank, lines: this.#linesAt(blank) } : undefined;
    }
    this.#forget(before);
  }

  #forget(before: number): void {
    const { base } = this.window;
    this.lines.letGo(this.window.slice(this.#gone - base, before - base) as string);
    this.#gone = before;
  }

  /** What tells the position of a place later on, when its text is gone. */
  #linesAt(offset: number): LineIndex {
    this.#forget(offset);
    return this.lines.fork();
  }

  #blankBefore(offset: number, from: number): number {
    const { units, base } = this.window;
    let at = offset;
    while (at > from && isSpace(units[at - 1 - base] as number)) at--;
    return at;
  }

  /** Where a closer is missing: after the last thing read, before the space that follows it. */
  insertionPoint(): Position {
    const start = this.#blankBefore(this.farthest, this.#gone);
    return start === this.#gone && this.#blank !== undefined ? positionOf(this.#blank) : this.position(start);
  }

  /** One place of the whole stack, live or frozen. */
  intAt(depth: number): number | undefined {
    if (depth >= this.shift) return this.ints[depth - this.shift];
    let part = this.frozen;
    while (part !== undefined && depth < part.top - part.length) part = part.below;
    return part?.ints[depth - (part.top - part.length)];
  }

  offsetAt(depth: number): number | undefined {
    if (depth >= this.shift) return this.offsets[depth - this.shift];
    let part = this.frozen;
    while (part !== undefined && depth < part.top - part.length) part = part.below;
    return part?.offsets[depth - (part.top - part.length)];
  }

  /**
   * Names of the innermost rules that were open where the farthest failure was recorded (after a fatal error: where that
   * arose), innermost first.
   */
  context(most: number): string[] {
    const fatal = this.error !== undefined;
    const names = fatal ? [] : this.failure.rules.slice(0, this.left).map((rule) => rule.name);
    let depth = this.shift + (fatal ? this.rule : this.farRule);
    while (names.length < most && depth > 0) {
      const rule = this.#valueAt(depth) as { name: string } | undefined;
      const below = this.intAt(depth + 2);
      if (rule === undefined || below === undefined) break;
      names.push(rule.name);
      depth -= below;
    }
    return names.slice(0, most);
  }

  #valueAt(depth: number): unknown {
    if (depth >= this.shift) return this.values[depth - this.shift];
    let part = this.frozen;
    while (part !== undefined && depth < part.top - part.length) part = part.below;
    return part?.values[depth - (part.top - part.length)];
  }

  // ── freezing and thawing ──

  /** Freezes the live stack. What the machine is from here on can be copied at a constant cost. */
  freeze(): void {
    const places = this.sp;
    if (places === 0) return;
    this.frozen = freeze(this.frozen, this.ints, this.offsets, this.values, places);
    this.#shift(-places);
    this.sp = 0;
    if (this.window.base + this.window.end > this.watermark) this.window.pinned = true;
  }

  /** Thaws as much as the next instruction needs: a frame, or the topmost part. */
  #sink(): void {
    const live = this.sp;
    const needed = Math.max(1, -this.fp);
    const parts: Frozen[] = [];
    let places = 0;
    for (let part = this.frozen; part !== undefined && places < needed; part = part.below) {
      parts.push(part);
      places += part.length;
    }
    while (this.ints.length < live + places + 16) this.grow();
    this.ints.copyWithin(places, 0, live);
    this.offsets.copyWithin(places, 0, live);
    this.values.copyWithin(places, 0, live);
    let at = places;
    for (const part of parts) {
      at -= part.length;
      this.ints.set(part.ints, at);
      this.offsets.set(part.offsets, at);
      for (let i = 0; i < part.length; i++) this.values[at + i] = part.values[i];
      this.frozen = part.below;
    }
    this.sp += places;
    this.#shift(places);
  }

  #shift(by: number): void {
    this.shift -= by;
    this.fp += by;
    this.rule += by;
    this.farRule += by;
    if (this.textMark !== NONE) this.textMark += by;
    if (this.returnMark !== NONE) this.returnMark += by;
  }

  /** Everything that another machine needs to go on from here. Freezes the stack. */
  capture(): Snapshot {
    this.#letGo(this.watermark);
    this.freeze();
    const quiet = this.far === QUIET;
    const failure = this.#copyFailure();
    return {
      program: this.program,
      pc: this.pc,
      offset: this.offset,
      watermark: this.watermark,
      fp: this.fp,
      rule: this.rule,
      val: this.val,
      cut: this.cut,
      quiet,
      shift: this.shift,
      frozen: this.frozen,
      textMark: this.textMark,
      textMarkAt: this.textMarkAt,
      returnMark: this.returnMark,
      returnMarkAt: this.returnMarkAt,
      labelAt: this.labelAt < 0 ? -1 : this.window.base + this.labelAt,
      labelPc: this.labelPc,
      labelProgram: this.labelProgram,
      wanted: this.wanted,
      work: this.work,
      reading: this.reading,
      failure,
      anchors: this.#anchors,
      blank: this.#blank,
      boundAt: this.#boundAt,
      bound: this.#bound,
      bytes: this.#bytes,
      begun: this.#begun,
      gone: this.#gone,
      emissions: this.emissions.copy(),
      window: this.window.view(),
      input: this.input.fork(),
      lines: this.lines.fork(),
      options: this.options,
    };
  }

  /** A machine that goes on from a snapshot, on its own. */
  static from(snapshot: Snapshot, options: MachineOptions = snapshot.options): Machine {
    const keepFrom = snapshot.watermark - snapshot.window.base;
    const window = Window.of(snapshot.window, keepFrom, options.binary);
    const m = new Machine(snapshot.program, options, snapshot.input.fork(), window, snapshot.lines.fork());
    m.pc = snapshot.pc;
    m.pos = snapshot.offset - window.base;
    m.sp = 0;
    m.fp = snapshot.fp;
    m.rule = snapshot.rule;
    m.val = snapshot.val;
    m.cut = snapshot.cut;
    m.shift = snapshot.shift;
    m.frozen = snapshot.frozen;
    m.textMark = snapshot.textMark;
    m.textMarkAt = snapshot.textMarkAt;
    m.returnMark = snapshot.returnMark;
    m.returnMarkAt = snapshot.returnMarkAt;
    m.labelAt = snapshot.labelAt < 0 ? -1 : Math.max(-1, snapshot.labelAt - window.base);
    m.labelPc = snapshot.labelPc;
    m.labelProgram = snapshot.labelProgram;
    m.wanted = snapshot.wanted;
    m.work = snapshot.work;
    m.reading = snapshot.reading;
    m.#restoreFailure(snapshot.failure);
    if (snapshot.quiet) m.far = QUIET;
    m.#anchors = snapshot.anchors;
    m.#blank = snapshot.blank;
    m.#boundAt = snapshot.boundAt;
    m.#bound = snapshot.bound;
    m.#bytes = snapshot.bytes;
    m.#begun = snapshot.begun;
    m.#gone = snapshot.gone;
    m.emissions.restore(snapshot.emissions);
    m.holding = m.emissions.held.length > 0;
    return m;
  }
}

const nowhere: UnitSource = { copyUnits: () => {} };

function positionOf({ offset, lines }: Place): Position {
  return lines.at(nowhere, offset);
}

function isHigh(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0xdc00 && unit < 0xe000;
}

function hasLoneHalf(text: string): boolean {
  return isLow(text.charCodeAt(0)) || isHigh(text.charCodeAt(text.length - 1));
}

/** Whether a text found at [from, to) begins or ends inside a surrogate pair of the input. */
function splitsPair(units: Uint16Array, start: number, from: number, to: number, end: number): boolean {
  if (from > start && isLow(units[from]) && isHigh(units[from - 1])) return true;
  return to < end && isHigh(units[to - 1]) && isLow(units[to]);
}

function isSpace(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0 || unit === 0xfeff || unit === 0x2028 || unit === 0x2029;
}

function matches(units: Uint16Array, at: number, wanted: Uint16Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (units[at + i] !== wanted[i]) return false;
  return true;
}

function emptyValues(length: number): unknown[] {
  const values: unknown[] = [];
  for (let i = 0; i < length; i++) values.push(undefined);
  return values;
}
