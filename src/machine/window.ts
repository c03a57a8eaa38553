// The text that can still be needed, as units in one array, with a mark after the last one:
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
import type { UnitSource } from "../text/index.ts";

/** After the last unit; no class table has it, so that loops need no bound. */
export const SENTINEL = 0xffff;
const SMALLEST = 64;
/** Whoever feeds more than once gets room for many small chunks: what they let go of is looked at in larger parts. */
const GROWN = 4096;
/** Below this, copying unit by unit beats a call of the platform. */
const BLOCK = 24;
/** Strings up to this length are copied when put together, not chained. */
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

/** A window as it was at some moment. */
export interface WindowView {
  readonly units: Uint16Array;
  readonly base: number;
  readonly end: number;
  readonly text: string;
  readonly textAt: number;
  readonly closed: boolean;
}

/** Above this an array is left to the garbage collector. */
const MOST_SPARE = 1 << 22;
/** The array of a run that has ended, for the next one: what is new costs a page fault for every 2,048 units. */
let spare: Uint16Array<ArrayBuffer> | undefined;

export class Window implements UnitSource {
  units: Uint16Array<ArrayBuffer>;
  base = 0;
  end = 0;
  /** The last chunk as a string (text only) and the absolute offset of its first unit. */
  text = "";
  textAt = 0;
  closed = false;
  readonly binary: boolean;
  /** A continuation needs what is in the array now. */
  pinned = false;
  #bytes: NodeBuffer | undefined;

  constructor(binary: boolean, capacity: number = SMALLEST) {
    this.binary = binary;
    if (spare !== undefined && spare.length > capacity) {
      this.units = spare;
      spare = undefined;
    } else this.units = new Uint16Array(Math.max(SMALLEST, capacity + 1));
    this.units[0] = SENTINEL;
  }

  /** What a continuation keeps of it. The array must be pinned if some of its text may be needed. */
  view(): WindowView {
    const { units, base, end, text, textAt, closed } = this;
    return { units, base, end, text, textAt, closed };
  }

  /** A window of its own on what was kept, from place `keepFrom` on. */
  static of(view: WindowView, keepFrom: number, binary: boolean): Window {
    const window = new Window(binary, view.end - keepFrom);
    window.units.set(view.units.subarray(keepFrom, view.end));
    window.base = view.base + keepFrom;
    window.end = view.end - keepFrom;
    window.units[window.end] = SENTINEL;
    window.text = view.text;
    window.textAt = view.textAt;
    window.closed = view.closed;
    return window;
  }

  /** Gives the array back; nothing may look at the window afterwards. */
  release(): void {
    const { units } = this;
    if (units.length <= MOST_SPARE && (spare === undefined || spare.length < units.length)) spare = units;
  }

  /** Whether making room will let go of what lies before `keepFrom`. */
  wouldMove(keepFrom: number, length: number): boolean {
    if (keepFrom === 0) return false;
    return this.end + length + 1 > this.units.length || keepFrom >= this.units.length >> 1;
  }

  /**
   * Makes room for `length` units after the end, letting go of what lies before `keepFrom`.
   * @returns by how much the base moved.
   */
  makeRoom(keepFrom: number, length: number): number {
    const needed = this.end - keepFrom + length + 1;
    if (!this.wouldMove(keepFrom, length) && this.end + length + 1 <= this.units.length) return 0;
    const old = this.units;
    if (keepFrom < this.end && !this.pinned && needed <= old.length && keepFrom >= this.end - keepFrom) {
      old.copyWithin(0, keepFrom, this.end);
    } else if (keepFrom < this.end || this.pinned || needed > old.length) {
      this.units = new Uint16Array(Math.max(GROWN, keepFrom < this.end ? needed * 2 : needed));
      this.#bytes = undefined;
      this.pinned = false;
      this.units.set(old.subarray(keepFrom, this.end));
    }
    return this.#move(keepFrom);
  }

  #move(by: number): number {
    this.base += by;
    this.end -= by;
    return by;
  }

  /** Writes text after the end; there is room. */
  append(text: string): void {
    const { units, end } = this;
    const length = text.length;
    if (length < BLOCK) for (let i = 0; i < length; i++) units[end + i] = text.charCodeAt(i);
    else if (platformBuffer !== undefined && littleEndian) {
      this.#bytes ??= platformBuffer.from(units.buffer);
      this.#bytes.ucs2Write(text, end * 2);
    } else for (let i = 0; i < length; i++) units[end + i] = text.charCodeAt(i);
    this.text = text;
    this.textAt = this.base + end;
    this.end = end + length;
    units[this.end] = SENTINEL;
  }

  /** Writes bytes after the end, each as a unit; there is room. */
  appendBytes(bytes: Uint8Array): void {
    this.units.set(bytes, this.end);
    this.end += bytes.length;
    this.units[this.end] = SENTINEL;
  }

  /** Text, or in binary a copy of the bytes, between two places of the window. */
  slice(from: number, to: number): string | Uint8Array {
    if (this.binary) return Uint8Array.from(this.units.subarray(from, to));
    const shift = this.textAt - this.base;
    if (from >= shift) return this.text.slice(from - shift, to - shift);
    if (to <= shift) return textOf(this.units, from, to);
    return textOf(this.units, from, shift) + this.text.slice(0, to - shift);
  }

  copyUnits(from: number, to: number, target: Uint16Array): void {
    target.set(this.units.subarray(from - this.base, to - this.base));
  }
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
