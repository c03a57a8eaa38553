// One run: the registers between two entries of the loop, the stack, the window, and what the loop calls for everything
// that is rare. Numbers that name places of the stack are relative to its live part; `shift` places lie frozen below it.
import { OP, programOf } from "../compile/index.ts";
import type { DispatchTable, LeafTable, Program } from "../compile/program.ts";
import type { Leaf, Node } from "../grammar/node.ts";
import { nodeOf } from "../grammar/parser.ts";
import { LineIndex, type Position, type Span } from "../text/index.ts";
import { Emissions } from "./emissions.ts";
import { Failure, type FailureCopy } from "./failure.ts";
import { FRAME, NONE, QUIET } from "./frames.ts";
import { type Frozen, freeze } from "./frozen.ts";
import { Input, type Piece, utf8Length } from "./input.ts";
import { KeyTable } from "./keys.ts";
import { loop } from "./loop.ts";
import { type Outcome, readScan } from "./scan.ts";
import type { Anchor, Snapshot } from "./snapshot.ts";
import { STATUS, type Status } from "./status.ts";
import { firstGraphemes } from "./rest.ts";
import { textOf, Window } from "./window.ts";

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
  #blank: Position | undefined = undefined;
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
    return new Machine(programOf(root), options, new Input(options.binary, options.decode), window, new LineIndex());
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

  /** A byte order mark counts in offsets and is not read (semantics, rule 30). */
  #skipMark(): void {
    this.window.base = 1;
    this.window.textAt = 1;
    this.#bytes = 3;
    this.lines = new LineIndex({ offset: 1, byteOffset: 3, line: 1, column: 1 });
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

  /** Another program goes on: the one of a parser made while running, or the one that it was made in. */
  enter(program: Program): void {
    this.#number = this.failure.numberOf(program);
  }

  note(pc: number, pos: number, rule: number): void {
    if (this.labelAt === this.window.base + pos) {
      this.failure.start(this.failure.numberOf(this.labelProgram), this.labelPc, rule);
    } else this.failure.start(this.#number, pc, rule);
  }

  noteAgain(pc: number, pos: number, rule: number): void {
    if (this.labelAt === this.window.base + pos) {
      this.failure.add(this.failure.numberOf(this.labelProgram), this.labelPc, rule);
    } else this.failure.add(this.#number, pc, rule);
  }

  /** Keeps where a bracket was opened whose closer has just failed at its start. */
  noteOpened(program: Program, pc: number, frame: number, offset: number): void {
    if (program.closers.length === 0) return;
    const closer = program.closerAt(pc);
    for (let depth = this.shift + frame; ; ) {
      const kind = this.intAt(depth + 1) ?? FRAME.RUN;
      if (kind === FRAME.OPENED) {
        if (closer?.fixed !== true && this.offsetAt(depth + 1) !== offset) return;
        this.failure.openedAt = this.offsetAt(depth) ?? -1;
        this.failure.closer = closer?.insert;
        return;
      }
      if (kind === FRAME.RUN || (kind > 0 && this.offsetAt(depth) !== offset)) return;
      depth -= (this.intAt(depth) ?? 0) >> 1;
    }
  }

  /** The text that would close what is open where the parse failed, if that is one fixed text. */
  missingCloser(): string | undefined {
    return this.failure.openedAt < 0 ? undefined : this.failure.closer;
  }

  copyFailure(far: number): FailureCopy | undefined {
    return far === QUIET ? undefined : this.failure.copy(this.window.base + far, this.shift);
  }

  restoreFailure(copy: FailureCopy | undefined): number {
    if (copy === undefined) return QUIET;
    this.failure.restore(copy, this.shift);
    return Math.max(-1, copy.far - this.window.base);
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

  bind(parser: unknown, offset: number): Program | undefined {
    let node: Node;
    try {
      node = nodeOf(parser);
    } catch (error) {
      throw new TypeError(`the function given to andThen must return a parser: ${(error as Error).message}`);
    }
    this.#bound = offset === this.#boundAt ? this.#bound + 1 : 1;
    this.#boundAt = offset;
    if (this.#bound > MOST_BOUND) {
      this.fatal("E4001", "andThen", offset);
      return undefined;
    }
    const program = programOf(node);
    this.#number = this.failure.numberOf(program);
    return program;
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
    const { openedAt } = this.failure;
    if (openedAt < 0) return undefined;
    if (openedAt >= this.#gone) return this.position(openedAt);
    for (let at = this.#anchors; at !== undefined; at = at.below) if (at.position.offset === openedAt) return at.position;
    return undefined;
  }

  #anchored(depth: number): Position | undefined {
    while (this.#anchors !== undefined && this.#anchors.depth > depth) this.#anchors = this.#anchors.below;
    return this.#anchors?.depth === depth ? this.#anchors.position : undefined;
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
    const top = this.shift + this.fp;
    const inLeaf = this.intAt(top + 1) === FRAME.LEAF;
    const start = inLeaf ? (this.offsetAt(top) ?? 0) : this.offset;
    if (this.reading || this.#isCaught(top, inLeaf, start)) return 1;
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
    for (const repair of piece.repairs) this.lines.repaired(window.base + window.end + repair.index, repair.bytes);
    this.#bytes += piece.bytes?.length ?? utf8Length(piece.text);
    for (const repair of piece.repairs) this.#bytes += repair.bytes - 3;
    if (piece.bytes !== undefined) window.appendBytes(piece.bytes);
    else window.append(piece.text);
  }

  /** Works out the positions that can still be asked for in text that is about to go. */
  #letGo(before: number): void {
    if (this.options.binary || before <= this.#gone) return;
    const base = this.#gone;
    this.#gone = before;
    const found: { depth: number; position: Position }[] = [];
    for (const frame of this.#frames()) {
      if (frame.kind !== FRAME.SPANNED && frame.kind !== FRAME.OPENED && frame.kind !== FRAME.OPENING) continue;
      if (frame.offset < base) break;
      if (frame.offset < before) found.push({ depth: frame.depth, position: this.position(frame.offset) });
    }
    this.#noteBlank(base, before);
    const deepest = found.at(-1)?.depth;
    if (deepest !== undefined) {
      while (this.#anchors !== undefined && this.#anchors.depth >= deepest) this.#anchors = this.#anchors.below;
      for (const { depth, position } of found.reverse()) this.#anchors = { depth, position, below: this.#anchors };
    }
    this.lines.letGo(this.window, before);
  }

  /** Keeps where the space began that ends the text that is about to go: a missing closer is inserted before it. */
  #noteBlank(from: number, before: number): void {
    const start = this.#blankBefore(before, from);
    if (start === before) this.#blank = undefined;
    else if (start > from || this.#blank === undefined) this.#blank = this.position(start);
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
    return start === this.#gone && this.#blank !== undefined ? this.#blank : this.position(start);
  }

  /** The frames of the whole stack, from the top down. */
  *#frames(): Generator<{ readonly depth: number; readonly kind: number; readonly offset: number }> {
    let part = this.frozen;
    let depth = this.shift + this.fp;
    for (;;) {
      const live = depth >= this.shift;
      while (part !== undefined && !live && depth < part.top - part.length) part = part.below;
      const at = live ? depth - this.shift : depth - ((part?.top ?? 0) - (part?.length ?? 0));
      const ints = live ? this.ints : part?.ints;
      const offsets = live ? this.offsets : part?.offsets;
      const link = ints?.[at];
      if (link === undefined) return;
      const kind = live || at + 1 < (part?.length ?? 0) ? ints?.[at + 1] : this.intAt(depth + 1);
      if (kind === undefined || kind === FRAME.RUN) return;
      yield { depth, kind, offset: offsets?.[at] ?? 0 };
      depth -= link >> 1;
    }
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
    const names = fatal ? [] : this.failure.rules.map((rule) => rule.name);
    let depth = this.shift + (fatal ? this.rule : this.failure.ruleFrame);
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
    this.failure.ruleFrame += by;
    if (this.textMark !== NONE) this.textMark += by;
    if (this.returnMark !== NONE) this.returnMark += by;
  }

  /** Everything that another machine needs to go on from here. Freezes the stack. */
  capture(): Snapshot {
    this.#letGo(this.watermark);
    this.freeze();
    const quiet = this.far === QUIET;
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
      labelAt: this.labelAt,
      labelPc: this.labelPc,
      labelProgram: this.labelProgram,
      wanted: this.wanted,
      work: this.work,
      reading: this.reading,
      failure: this.failure.copy(quiet ? -1 : this.window.base + this.far, this.shift),
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
    m.far = snapshot.quiet ? QUIET : Math.max(-1, snapshot.failure.far - window.base);
    m.shift = snapshot.shift;
    m.frozen = snapshot.frozen;
    m.textMark = snapshot.textMark;
    m.textMarkAt = snapshot.textMarkAt;
    m.returnMark = snapshot.returnMark;
    m.returnMarkAt = snapshot.returnMarkAt;
    m.labelAt = snapshot.labelAt;
    m.labelPc = snapshot.labelPc;
    m.labelProgram = snapshot.labelProgram;
    m.wanted = snapshot.wanted;
    m.work = snapshot.work;
    m.reading = snapshot.reading;
    m.failure.restore(snapshot.failure, m.shift);
    m.#number = m.failure.numberOf(m.program);
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
