// Class tables: one bit for each set of characters, in a table of 65,536 entries for seven sets; the eighth bit says that an entry
// has not been looked up. A table fills page by page as its characters occur. Until it is worth its memory, one empty table is used
// for all programs: a program that reads few characters, as those of `andThen` do, never has a table of its own.
import type { CharSet } from "../../text/index.ts";
import type { Program } from "./program.ts";

/** In a class table: this unit has not been looked up, or it is half of a pair, or the sentinel of the window. */
const UNKNOWN = 128;
const SETS_PER_BANK = 7;
const BANK = 65536;
const PAGE = 256;
/** So many characters are looked up one by one: after that, making the table costs no more. */
const WORTH = 256;
/** How many tables are searched for one with the same sets, which programs can share. */
const MOST_SHARED = 64;

/** The empty table; never written to. */
let blank: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/** Tables that are in use. */
let inUse: { readonly sets: readonly CharSet[]; readonly table: WeakRef<Uint8Array> }[] = [];

/** Where the set with a number stands in the class tables: offset, bit, number. */
export function placeOfSet(index: number): [offset: number, bit: number, index: number] {
  const bank = Math.floor(index / SETS_PER_BANK);
  return [bank * BANK, 1 << (index - bank * SETS_PER_BANK), index];
}

function sizeOf(sets: readonly CharSet[]): number {
  return Math.ceil(Math.max(1, sets.length) / SETS_PER_BANK) * BANK;
}

function blankOf(size: number): Uint8Array {
  if (blank.length < size) blank = new Uint8Array(size).fill(UNKNOWN);
  return blank;
}

/** A table for these sets: that of another program with the same sets, or a new one. */
function tableOf(sets: readonly CharSet[]): Uint8Array {
  inUse = inUse.filter(({ table }) => table.deref() !== undefined).slice(-MOST_SHARED);
  for (const one of inUse) {
    const table = one.table.deref();
    if (table !== undefined && one.sets.length === sets.length && one.sets.every((set, i) => isSame(set, sets[i])))
      return table;
  }
  const table = new Uint8Array(sizeOf(sets)).fill(UNKNOWN);
  inUse.push({ sets, table: new WeakRef(table) });
  return table;
}

function isSame(a: CharSet, b: CharSet | undefined): boolean {
  return b !== undefined && (a === b || a.sameAs(b));
}

export class ClassTable {
  readonly sets: readonly CharSet[];
  #asked = 0;
  #own = false;
  /** The table in which the loop looks up characters. */
  table: Uint8Array;

  constructor(sets: readonly CharSet[]) {
    this.sets = sets;
    this.table = blankOf(sizeOf(sets));
  }

  /**
   * A unit is not known in the table at `offset`: looks up its page, for all sets there, once that is worth it. If a predicate
   * throws, its character stays unknown: the predicate is called again when that character is really read, and its error then
   * reaches the caller.
   */
  learn(offset: number, unit: number): void {
    if (!this.#own) {
      if (++this.#asked < WORTH) return;
      this.table = tableOf(this.sets);
      this.#own = true;
    }
    const page = unit & ~(PAGE - 1);
    if (page >= 0xd800 && page < 0xe000) return;
    const bank = offset / BANK;
    const known = new Uint8Array(PAGE);
    const members = new Uint8Array(PAGE);
    const bits = new Uint8Array(PAGE);
    known.fill(1);
    for (let k = 0; k < SETS_PER_BANK; k++) {
      const set = this.sets[bank * SETS_PER_BANK + k];
      if (set === undefined) break;
      try {
        set.fill(page, members);
        for (let i = 0; i < PAGE; i++) if (members[i] === 1) bits[i] = (bits[i] as number) | (1 << k);
      } catch {
        for (let i = 0; i < PAGE; i++) {
          try {
            if (set.has(page + i)) bits[i] = (bits[i] as number) | (1 << k);
          } catch {
            known[i] = 0;
          }
        }
      }
    }
    for (let i = 0; i < PAGE; i++)
      if (known[i] === 1 && page + i !== 0xffff) this.table[offset + page + i] = bits[i] as number;
  }
}

/** Kept beside the programs: tables fill while programs run, and programs never change. */
const classes = new WeakMap<Program, ClassTable>();

/** The table in which a program looks up characters. */
export function classesOf(program: Program): ClassTable {
  let table = classes.get(program);
  if (table === undefined) {
    table = new ClassTable(program.sets);
    classes.set(program, table);
  }
  return table;
}
