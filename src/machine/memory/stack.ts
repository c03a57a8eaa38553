// The stack of a run: a live part in three arrays that share one index (drawn in `frames.ts`), over parts that are frozen
// (`frozen.ts`). Places of the live part are relative to it; a depth counts from the bottom of everything.
import { FRAME } from "./frame-kinds.ts";
import { KIND } from "./frame-slots.ts";
import { type Frozen, freeze } from "./frozen.ts";

const FIRST_PLACES = 256;
/** The least number of slots that are thawed: fewer cost more to find than to copy. */
const LEAST_THAWED = 16;
/** How many slots stay free where new arrays are made. */
const SPARE_PLACES = 64;

/** A stack of which all is frozen. */
export interface FrozenStack {
  readonly shift: number;
  readonly frozen: Frozen | undefined;
}

export class Stack {
  ints: Int32Array = new Int32Array(FIRST_PLACES);
  offsets: Float64Array = new Float64Array(FIRST_PLACES);
  values: unknown[] = emptyValues(FIRST_PLACES);
  /** How many slots lie frozen below the live part. */
  shift = 0;
  frozen: Frozen | undefined = undefined;

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

  /** Begins with an empty live part on frozen parts. */
  standOn({ shift, frozen }: FrozenStack): void {
    this.shift = shift;
    this.frozen = frozen;
  }

  /** Freezes the lowest `places` of the live part, which are all of it. */
  freeze(places: number): void {
    const { ints, offsets, values } = this;
    this.frozen = freeze(this.frozen, { ints, offsets, values, length: places });
    this.shift += places;
  }

  /**
   * Thaws at least `needed` slots below the live part, of which `live` are in use. No more than was asked for, or pushed since the
   * last capture: so a capture costs no more than what was done since the one before.
   *
   * @returns by how much the live part has moved up.
   */
  thaw(needed: number, live: number): number {
    const places = Math.min(this.shift, Math.max(needed, live, LEAST_THAWED));
    this.#makeRoom(places, live);
    for (let at = places; at > 0 && this.frozen !== undefined; ) {
      const part = this.frozen;
      const taken = Math.min(at, part.length);
      const from = part.length - taken;
      at -= taken;
      this.ints.set(part.ints.subarray(from, part.length), at);
      this.offsets.set(part.offsets.subarray(from, part.length), at);
      for (let i = 0; i < taken; i++) this.values[at + i] = part.values[from + i];
      this.frozen = from === 0 ? part.below : part.without(taken);
    }
    this.shift -= places;
    return places;
  }

  /** Makes room for so many slots below the live part: all at once, since a copy of a machine has small arrays and thaws much. */
  #makeRoom(places: number, live: number): void {
    const { ints, offsets } = this;
    const length = live + places + SPARE_PLACES;
    if (length > ints.length) {
      this.ints = new Int32Array(length);
      this.offsets = new Float64Array(length);
      while (this.values.length < length) this.values.push(undefined);
    }
    this.ints.set(ints.subarray(0, live), places);
    this.offsets.set(offsets.subarray(0, live), places);
    this.values.copyWithin(places, 0, live);
  }

  /**
   * Takes the values from a depth on, of which the lowest lie frozen, and drops their slots and those of the frame below them: so
   * a long list is made without being thawed.
   *
   * @param live how many slots of the live part are in use. @param frame the depth of the frame.
   */
  takeFrom(depth: number, live: number, frame: number): unknown[] {
    const parts = [this.values.slice(0, live)];
    let part = this.frozen;
    for (; part !== undefined && part.top > depth; part = part.below) {
      parts.push(part.values.slice(Math.max(0, depth - part.top + part.length), part.length));
    }
    const cut = this.partAt(frame);
    this.frozen = cut !== undefined && frame > cut.top - cut.length ? cut.without(cut.top - frame) : cut?.below;
    this.shift = frame;
    return inOrder(parts.reverse());
  }

  intAt(depth: number): number | undefined {
    const part = this.partAt(depth);
    return part === undefined ? this.ints[depth - this.shift] : part.ints[depth - part.top + part.length];
  }

  offsetAt(depth: number): number | undefined {
    const part = this.partAt(depth);
    return part === undefined ? this.offsets[depth - this.shift] : part.offsets[depth - part.top + part.length];
  }

  valueAt(depth: number): unknown {
    const part = this.partAt(depth);
    return part === undefined ? this.values[depth - this.shift] : part.values[depth - part.top + part.length];
  }

  /** The kind of the frame at a depth. */
  kindAt(depth: number): number {
    return this.intAt(depth + KIND) ?? FRAME.RUN;
  }

  /** The depth of the frame below the one at a depth. */
  belowAt(depth: number): number {
    return depth - ((this.intAt(depth) ?? 0) >> 1);
  }

  /** The frozen part that a depth lies in; none if it is live. */
  partAt(depth: number): Frozen | undefined {
    return depth >= this.shift ? undefined : this.frozen?.partAt(depth);
  }
}

/** How many arrays are joined at a time: each is an argument of a call. */
const MOST_JOINED = 1024;

function inOrder(parts: readonly unknown[][]): unknown[] {
  if (parts.length <= MOST_JOINED) return ([] as unknown[]).concat(...parts);
  const groups: unknown[][] = [];
  for (let at = 0; at < parts.length; at += MOST_JOINED) groups.push(inOrder(parts.slice(at, at + MOST_JOINED)));
  return inOrder(groups);
}

function emptyValues(length: number): unknown[] {
  const values: unknown[] = [];
  for (let i = 0; i < length; i++) values.push(undefined);
  return values;
}
