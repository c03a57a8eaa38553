// Which characters a parser can begin with, as far as a table of jumps tells them apart: each ASCII character, and all others.
import type { CharSet } from "../../text/index.ts";

/** The place that stands for every character beyond ASCII. */
export const WIDE = 128;

/** A set of places from 0 to {@link WIDE}; never changed. */
export class First {
  /** 32 places to a word. */
  readonly #words: readonly number[];

  constructor(words: readonly number[]) {
    this.#words = words;
  }

  /** @param place of an ASCII character its code, or {@link WIDE}. */
  has(place: number): boolean {
    return (((this.#words[place >>> 5] as number) >>> (place & 31)) & 1) === 1;
  }

  union(other: First): First {
    if (this.includes(other)) return this;
    return new First(this.#words.map((word, i) => word | (other.#words[i] as number)));
  }

  includes(other: First): boolean {
    return this === other || other.#words.every((word, i) => (word & ~(this.#words[i] as number)) === 0);
  }

  overlaps(other: First): boolean {
    return this.#words.some((word, i) => (word & (other.#words[i] as number)) !== 0);
  }

  equals(other: First): boolean {
    return this === other || this.#words.every((word, i) => word === other.#words[i]);
  }
}

export const NOTHING: First = /* @__PURE__ */ new First([0, 0, 0, 0, 0]);
export const ANYTHING: First = /* @__PURE__ */ new First([-1, -1, -1, -1, 1]);

/** @param unit the first of a text, or a byte. */
export function starting(unit: number): First {
  const words = [0, 0, 0, 0, 0];
  const place = Math.min(unit, WIDE);
  words[place >>> 5] = 1 << (place & 31);
  return new First(words);
}

const known = new WeakMap<CharSet, First>();

export function startingIn(set: CharSet): First {
  let first = known.get(set);
  if (first === undefined) {
    const words = [0, 0, 0, 0, set.reachesBeyond(WIDE - 1) ? 1 : 0];
    for (let c = 0; c < WIDE; c++) if (mayHold(set, c)) words[c >>> 5] = (words[c >>> 5] as number) | (1 << (c & 31));
    first = new First(words);
    known.set(set, first);
  }
  return first;
}

/** A predicate that throws is asked again when its character is really read. */
function mayHold(set: CharSet, codePoint: number): boolean {
  try {
    return set.has(codePoint);
  } catch {
    return true;
  }
}
