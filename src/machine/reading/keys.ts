// Property names. Records repeat their keys, mostly in the same order: the key after the last one is guessed first, then a
// table is asked; only a new key is cut out of the input and interned. What is in here never changes a result.

import { CharSet } from "../../text/index.ts";
import type { Window } from "../memory/window.ts";

const BITS = 11;
const SIZE = 1 << BITS;

class Key {
  readonly text: string;
  /** The set of characters that it was read with: a guess is only right where the same characters may stand. */
  readonly set: CharSet;
  readonly units: Uint16Array;
  /** The key that came after this one the last time. */
  next: Key;

  constructor(text: string, set: CharSet) {
    this.text = text;
    this.set = set;
    this.units = new Uint16Array(text.length);
    for (let i = 0; i < text.length; i++) this.units[i] = text.charCodeAt(i);
    this.next = this;
  }
}

export class KeyTable {
  /** The key read last. */
  last: Key;
  readonly #slots: Key[];

  constructor() {
    const none = new Key("\uffff", CharSet.fromRanges([], "nothing"));
    this.last = none;
    this.#slots = new Array<Key>(SIZE).fill(none);
  }

  /** The key in units [from, to), whose hash was made on the way, if it is known. */
  find(units: Uint16Array, from: number, to: number, hash: number, set: CharSet): string | undefined {
    const key = this.#slots[(hash ^ (hash >>> BITS)) & (SIZE - 1)] as Key;
    const name = key.units;
    if (name.length !== to - from || key.set !== set) return undefined;
    for (let i = 0; i < name.length; i++) if (units[from + i] !== name[i]) return undefined;
    this.last.next = key;
    this.last = key;
    return key.text;
  }

  /** A key met for the first time, or again after another took its place. */
  add(text: string, hash: number, set: CharSet): string {
    const key = new Key(interned(text), set);
    this.#slots[(hash ^ (hash >>> BITS)) & (SIZE - 1)] = key;
    this.last.next = key;
    this.last = key;
    return key.text;
  }
}

/** Longer keys are not kept: the table lives as long as the process. */
const LONGEST = 256;

/** The key in the window's units [from, to), which are a run of a set. */
export function keyAt(keys: KeyTable, window: Window, from: number, to: number, hash: number, set: CharSet): string {
  if (to - from > LONGEST) return window.slice(from, to);
  return keys.find(window.units, from, to, hash, set) ?? keys.add(window.slice(from, to), hash, set);
}

const names: Record<string, true> = Object.create(null) as Record<string, true>;

/** The one copy of a string that the engine keeps for property names: using it as a key needs no look-up. */
function interned(text: string): string {
  names[text] = true;
  for (const name in names) {
    delete names[name];
    return name;
  }
  return text;
}
