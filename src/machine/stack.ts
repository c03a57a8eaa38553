// The stack of a run: a live part in three arrays that share one index (drawn in `frames.ts`), over parts that are frozen
// (`frozen.ts`). Places of the live part are relative to it; a depth counts from the bottom of everything.
import { type Frozen, freeze } from "./frozen.ts";

const FIRST_PLACES = 256;

export class Stack {
  ints: Int32Array = new Int32Array(FIRST_PLACES);
  offsets: Float64Array = new Float64Array(FIRST_PLACES);
  values: unknown[] = emptyValues(FIRST_PLACES);
  /** How many places lie frozen below the live part. */
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

  /** Freezes the lowest `places` of the live part, which are all of it. */
  freeze(places: number): void {
    this.frozen = freeze(this.frozen, this.ints, this.offsets, this.values, places);
    this.shift += places;
  }

  /**
   * Thaws at least `needed` places below the live part, of which `live` are in use.
   *
   * @returns by how much the live part has moved up.
   */
  sink(needed: number, live: number): number {
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
    this.shift -= places;
    return places;
  }

  intAt(depth: number): number | undefined {
    const part = this.#partAt(depth);
    return part === undefined ? this.ints[depth - this.shift] : part.ints[depth - part.top + part.length];
  }

  offsetAt(depth: number): number | undefined {
    const part = this.#partAt(depth);
    return part === undefined ? this.offsets[depth - this.shift] : part.offsets[depth - part.top + part.length];
  }

  valueAt(depth: number): unknown {
    const part = this.#partAt(depth);
    return part === undefined ? this.values[depth - this.shift] : part.values[depth - part.top + part.length];
  }

  /** The frozen part that a depth lies in; none if it is live. */
  #partAt(depth: number): Frozen | undefined {
    if (depth >= this.shift) return undefined;
    let part = this.frozen;
    while (part?.below !== undefined && depth < part.top - part.length) part = part.below;
    return part;
  }
}

function emptyValues(length: number): unknown[] {
  const values: unknown[] = [];
  for (let i = 0; i < length; i++) values.push(undefined);
  return values;
}
