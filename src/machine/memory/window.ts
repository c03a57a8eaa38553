// The text that can still be needed, as units in one array, with a sentinel after the last one:
//
//     base            mark        position                 end
//      │   let go      │  may be    │      not read yet      │
//      │   at the next │  needed    │                        │
//      ▼   chunk       ▼  again     ▼                        ▼
//     ┌───────────────┬────────────┬────────────────────────┬──────┐
//     │               │            │ units of the last chunk│ FFFF │
//     └───────────────┴────────────┴────────────────────────┴──────┘
//
// Places in it are relative to `base`, so that they stay small integers; `base` is exact up to 2^53. A chunk is written
// once; it moves only when the array is full, and then the array at least doubles, so the cost per unit is constant. What
// a continuation may need is not written over: the array is left to it then (`pinned`).
//
// Inside a `within` the input seems to end at `withinEnd`, whatever has come after it: the sentinel replaces the unit there,
// which is saved in `covered`. So nothing that reads the window has to know of `within`:
//
//     position    withinEnd = end      filled
//      ▼              ▼                ▼
//     ┌──────────────┬──────┬─────────┬──────┐
//     │              │ FFFF │ hidden  │ FFFF │
//     └──────────────┴──────┴─────────┴──────┘
//
// A barrier hides what lies behind it in the same way, but the input does not end there: whoever gets there waits, as if a
// chunk had ended, and the machine checks how much text it holds (`control/limits.ts`).
import type { UnitSource } from "../../text/index.ts";

/** After the last unit; no class table has it, so that loops need no test for the end. */
const SENTINEL = 0xffff;
const SMALLEST = 64;
/** Whoever feeds more than once gets room for many small chunks: what they let go of is looked at in larger parts. */
const GROWN = 4096;
/** Up to this, copying unit by unit beats a call of the platform. */
const BLOCK = 24;
/** Pieces of this many units are let go one by one. */
const AT_HAND = 1024;
/** Of a line that goes on, so many units behind a place are kept for a report. */
const KEPT_AFTER = 1024;
/** Texts of several chunks from this length on are remembered as they are put together. */
const LONG = 1024;
/** Strings up to this length are copied when put together or cut out, neither chained nor linked to what they are part of. */
const SHORT = 12;

interface NodeBuffer {
  ucs2Write(text: string, offset: number): number;
}
interface BufferModule {
  from(buffer: ArrayBuffer): NodeBuffer;
}
/** Node's, Deno's and Bun's fast copy of a string's units; elsewhere a loop does it. */
const platformBuffer: BufferModule | undefined = (globalThis as unknown as { Buffer?: BufferModule }).Buffer;
const littleEndian: boolean = /* @__PURE__ */ new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** No such end. */
const NO_END: number = Number.POSITIVE_INFINITY;

/** The unit that the sentinel has replaced, and where; -1 if there is none. It belongs to the array: continuations that keep
 * the array read it here. */
interface CoveredUnit {
  at: number;
  unit: number;
}

/** A window as it was at some moment. */
export interface WindowView {
  readonly units: Uint16Array;
  readonly covered: CoveredUnit;
  readonly base: number;
  readonly filled: number;
  readonly text: string;
  readonly textAt: number;
  readonly ended: boolean;
  readonly withinEnd: number;
  readonly barrier: number;
  readonly joined: Joined | undefined;
}

/** A long text of several chunks that was put together, and where it begins. */
interface Joined {
  readonly offset: number;
  readonly text: string;
}

/** Above this an array is left to the garbage collector. */
const MOST_SPARE = 1 << 22;
/** The array of a run that has ended, for the next one: what is new costs a page fault for every 2,048 units. */
let spare: Uint16Array<ArrayBuffer> | undefined;

export class Window implements UnitSource {
  units: Uint16Array<ArrayBuffer>;
  base = 0;
  /** Where what may be read ends. */
  end = 0;
  /** Where what is there ends: `end`, unless a `within` or the barrier hides the rest. */
  filled = 0;
  /** The last chunk as a string (text only) and the absolute offset of its first unit. */
  text = "";
  textAt = 0;
  /** Nothing more will come before the end of the `within`; outside of all, nothing more at all. */
  closed = false;
  /** Nothing more will come. */
  ended = false;
  /** Where the innermost `within` ends, as an offset in the input; infinity outside of all. */
  withinEnd: number = NO_END;
  /** Where reading pauses until the limits are checked, as an offset in the input. */
  barrier: number = NO_END;
  readonly binary: boolean;
  /** A text that is taken out is to hold itself alone: whoever keeps one of 20 units would keep a chunk of 65,536. */
  readonly copies: boolean;
  /** A continuation needs what is in the array now. */
  pinned = false;
  /** What was put together last: who asks for it again, and for what has come since, gets that without a look at its units. */
  joined: Joined | undefined = undefined;
  #bytes: NodeBuffer | undefined;
  #covered: CoveredUnit = { at: -1, unit: 0 };

  constructor(binary: boolean, copies: boolean, capacity: number = SMALLEST) {
    this.binary = binary;
    this.copies = copies;
    if (spare !== undefined && spare.length > capacity) {
      this.units = spare;
      spare = undefined;
    } else this.units = new Uint16Array(Math.max(SMALLEST, capacity + 1));
    this.units[0] = SENTINEL;
  }

  /** What a continuation keeps of it. The array must be pinned if some of its text may be needed. */
  view(): WindowView {
    const { units, base, filled, text, textAt, ended, withinEnd, barrier, joined } = this;
    return { units, covered: this.#covered, base, filled, text, textAt, ended, withinEnd, barrier, joined };
  }

  /** A window of its own on what was kept, from place `keepFrom` on. */
  static of(view: WindowView, keepFrom: number, binary: boolean, copies: boolean): Window {
    const { covered } = view;
    const window = new Window(binary, copies, view.filled - keepFrom);
    window.units.set(view.units.subarray(keepFrom, view.filled));
    if (covered.at >= keepFrom && covered.at < view.filled) window.units[covered.at - keepFrom] = covered.unit;
    window.base = view.base + keepFrom;
    window.filled = view.filled - keepFrom;
    window.units[window.filled] = SENTINEL;
    window.text = view.text;
    window.textAt = view.textAt;
    window.ended = view.ended;
    window.withinEnd = view.withinEnd;
    window.barrier = view.barrier;
    window.joined = view.joined;
    window.#findEnd();
    return window;
  }

  /** Lets the input seem to end at an offset, however much of it is there; at infinity it ends where it does. */
  setWithinEnd(offset: number): void {
    if (offset === this.withinEnd) return;
    this.withinEnd = offset;
    this.#findEnd();
  }

  /** Puts the barrier elsewhere; at infinity there is none. */
  setBarrier(offset: number): void {
    if (offset === this.barrier) return;
    this.barrier = offset;
    this.#findEnd();
  }

  /** Takes both ends away. */
  removeEnds(): void {
    this.withinEnd = NO_END;
    this.barrier = NO_END;
    this.#findEnd();
  }

  /** Whether what may be read ends at the barrier. */
  get endsAtBarrier(): boolean {
    const { barrier, base, filled, withinEnd } = this;
    return barrier - base <= filled && barrier <= withinEnd;
  }

  /** Says that nothing more will come. */
  close(): void {
    this.ended = true;
    this.#findEnd();
  }

  /** Finds where what may be read ends, after an end, the barrier or what is there has changed. */
  #findEnd(): void {
    this.#uncover();
    const { units, filled, endsAtBarrier } = this;
    let readable = (endsAtBarrier ? this.barrier : this.withinEnd) - this.base;
    if (endsAtBarrier && readable < filled && !this.binary && isPair(units, readable)) {
      readable++;
      this.barrier++;
    }
    this.closed = !endsAtBarrier && (this.ended || readable <= filled);
    this.end = readable < filled ? readable | 0 : filled;
    if (this.end < filled) {
      this.#covered.at = this.end;
      this.#covered.unit = units[this.end] as number;
      units[this.end] = SENTINEL;
    }
  }

  #uncover(): void {
    const covered = this.#covered;
    if (covered.at >= 0) this.units[covered.at] = covered.unit;
    covered.at = -1;
  }

  /** Gives the array back; nothing may look at the window afterwards. */
  release(): void {
    const { units } = this;
    if (units.length <= MOST_SPARE && (spare === undefined || spare.length < units.length)) spare = units;
  }

  /** Whether making room will let go of what lies before `keepFrom`. */
  wouldMove(keepFrom: number, length: number): boolean {
    if (keepFrom === 0) return false;
    // what goes is then the last piece, whose text is at hand; what stays is no more than what comes
    if (length >= AT_HAND && this.filled - keepFrom <= length) return true;
    return this.filled + length + 1 > this.units.length || keepFrom >= this.units.length >> 1;
  }

  /**
   * Makes room for `length` units after what is there, letting go of what lies before `keepFrom`.
   * @returns by how much the base moved.
   */
  makeRoom(keepFrom: number, length: number): number {
    const needed = this.filled - keepFrom + length + 1;
    if (!this.wouldMove(keepFrom, length) && this.filled + length + 1 <= this.units.length) return 0;
    this.#uncover();
    const old = this.units;
    if (keepFrom < this.filled && !this.pinned && needed <= old.length && keepFrom >= this.filled - keepFrom) {
      old.copyWithin(0, keepFrom, this.filled);
    } else if (keepFrom < this.filled || this.pinned || needed > old.length) {
      this.units = new Uint16Array(Math.max(GROWN, keepFrom < this.filled ? needed * 2 : needed));
      this.#covered = { at: -1, unit: 0 };
      this.#bytes = undefined;
      this.pinned = false;
      this.units.set(old.subarray(keepFrom, this.filled));
    }
    this.base += keepFrom;
    if (this.joined !== undefined && this.joined.offset < this.base) this.joined = undefined;
    this.#fill(this.filled - keepFrom);
    return keepFrom;
  }

  /** So much is there now. */
  #fill(filled: number): void {
    this.filled = filled;
    this.units[filled] = SENTINEL;
    if (this.withinEnd === NO_END && this.barrier - this.base > filled) this.end = filled;
    else this.#findEnd();
  }

  /** Writes text after what is there; there is room. */
  append(text: string): void {
    const { units, filled } = this;
    const length = text.length;
    if (length < BLOCK) for (let i = 0; i < length; i++) units[filled + i] = text.charCodeAt(i);
    else if (platformBuffer !== undefined && littleEndian) {
      this.#bytes ??= platformBuffer.from(units.buffer);
      this.#bytes.ucs2Write(text, filled * 2);
    } else for (let i = 0; i < length; i++) units[filled + i] = text.charCodeAt(i);
    this.text = text;
    this.textAt = this.base + filled;
    this.#fill(filled + length);
  }

  /** Writes bytes after what is there, each as a unit; there is room. */
  appendBytes(bytes: Uint8Array): void {
    this.units.set(bytes, this.filled);
    this.#fill(this.filled + bytes.length);
  }

  /** A copy of the bytes between two places of the window. */
  bytes(from: number, to: number): Uint8Array {
    return bytesOf(this.units, from, to);
  }

  /** The text between two places of the window; of bytes, that of the characters with their numbers (Latin-1). */
  slice(from: number, to: number): string {
    if (to - from >= LONG && !this.binary && from < this.textAt - this.base) return this.#join(from, to);
    return this.copies && !this.binary ? apart(this.lend(from, to)) : this.lend(from, to);
  }

  /** Text that is looked at and not kept: it may hold the chunk that it is part of. */
  lend(from: number, to: number): string {
    if (this.binary) return textOf(this.units, from, to);
    const shift = this.textAt - this.base;
    if (from >= shift) return this.text.slice(from - shift, to - shift);
    if (to <= shift) return this.textOf(from, to);
    return this.textOf(from, shift) + this.text.slice(0, to - shift);
  }

  /** A long text, which may go on from the one that was put together last. */
  #join(from: number, to: number): string {
    const { units, base, joined } = this;
    const goesOn = joined !== undefined && joined.offset === base + from && joined.text.length <= to - from;
    const text = goesOn ? joined.text + textOf(units, from + joined.text.length, to) : textOf(units, from, to);
    this.joined = { offset: base + from, text: apart(text) };
    return this.joined.text;
  }

  /** Whether all that a report shows of the line behind an offset is there. */
  hasLine(offset: number): boolean {
    const { base, end } = this;
    return this.lineFrom(offset - base) < end || offset + KEPT_AFTER <= base + end;
  }

  /** Where the line ends, at most `KEPT_AFTER` units behind a place, or where what is there ends. */
  lineFrom(place: number): number {
    const { units, end } = this;
    const most = Math.min(end, place + KEPT_AFTER);
    let to = place;
    while (to < most && !isLineEnd(units[to] as number)) to++;
    return to;
  }

  /** Whether all that has come so far came as one piece of text, from an offset on. */
  isOnePiece(from: number): boolean {
    return this.textAt <= from;
  }

  /** Whether a place lies between the two halves of a character. */
  parts(at: number): boolean {
    return !this.binary && at > 0 && at < this.end && isPair(this.units, at);
  }

  copyUnits(from: number, to: number, target: Uint16Array): void {
    const { units, base } = this;
    if (to - from > BLOCK) target.set(units.subarray(from - base, to - base));
    else for (let i = from - base, k = 0; i < to - base; i++, k++) target[k] = units[i] as number;
    const { at, unit } = this.#covered;
    if (at >= from - this.base && at < to - this.base) target[at - (from - this.base)] = unit;
  }

  /** The unit at a place of what is there, also where it is hidden. */
  unitAt(place: number): number {
    return this.#covered.at === place ? this.#covered.unit : (this.units[place] as number);
  }

  /** The text between two places of what is there, also where some of it is hidden. */
  textOf(from: number, to: number): string {
    const { at, unit } = this.#covered;
    if (at < from || at >= to) return textOf(this.units, from, to);
    return textOf(this.units, from, at) + String.fromCharCode(unit) + textOf(this.units, at + 1, to);
  }
}

/** Whether a unit ends a line. */
export function isLineEnd(unit: number): boolean {
  return unit === 10 || unit === 13;
}

/** Whether a place lies between the two halves of a character. */
function isPair(units: Uint16Array, at: number): boolean {
  return ((units[at - 1] as number) & 0xfc00) === 0xd800 && ((units[at] as number) & 0xfc00) === 0xdc00;
}

/** A copy of the bytes [from, to). */
function bytesOf(units: Uint16Array, from: number, to: number): Uint8Array {
  if (to - from > BLOCK) return new Uint8Array(units.subarray(from, to));
  const bytes = new Uint8Array(to - from);
  for (let i = 0; i < bytes.length; i++) bytes[i] = units[from + i] as number;
  return bytes;
}

/**
 * The same text, holding no other alive: engines make a slice a link to its string, and a sum a tree of its parts. What a slice
 * of a sum is a slice of is made for that alone.
 */
export function apart(text: string): string {
  return text.length <= SHORT ? text : ` ${text}`.slice(1);
}

/** A string of units [from, to). */
export function textOf(units: Uint16Array, from: number, to: number): string {
  if (to - from <= SHORT) {
    let text = "";
    for (let at = from; at < to; at++) text += String.fromCharCode(units[at] as number);
    return text;
  }
  if (to - from <= 4096) return String.fromCharCode.apply(null, units.subarray(from, to) as unknown as number[]);
  const parts: string[] = [];
  for (let at = from; at < to; at += 4096) {
    parts.push(String.fromCharCode.apply(null, units.subarray(at, Math.min(to, at + 4096)) as unknown as number[]));
  }
  return parts.join("");
}
