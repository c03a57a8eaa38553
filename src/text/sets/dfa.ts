// A deterministic automaton for characters, as a table, independent of where it comes from (a regular expression).
import { CharSet } from "./charset.ts";

/** Which column of the table the characters of a range have. */
export interface ColumnRange {
  readonly first: number;
  readonly last: number;
  readonly column: number;
}

interface DfaParts {
  /** Its name in error messages. */
  readonly description: string;
  /** Disjoint, in any order. A character outside all of them leads nowhere. */
  readonly ranges: readonly ColumnRange[];
  /** The number of columns without column 0, which is that of the characters that lead nowhere. */
  readonly columns: number;
  /**
   * For each state the state that each column from 1 on leads to, -1 for nowhere. States that accept come after all
   * others; the first of them is `accepting`.
   */
  readonly rows: readonly (readonly number[])[];
  readonly start: number;
  readonly accepting: number;
}

/** Below this a character's column is looked up in `latin`. */
export const LATIN = 256;

/**
 * The table. A state is the place where its row begins, so that `next[state + column]` is the state that comes next, or -1;
 * states from `accepting` on accept. Never changed once it is made.
 */
export class Dfa {
  readonly description: string;
  readonly start: number;
  readonly accepting: number;
  readonly next: Int32Array;
  /** Columns of the code points below 256. */
  readonly latin: Uint16Array;
  readonly #width: number;
  /** 1 for each state that leads anywhere. */
  readonly #goesOn: Uint8Array;
  readonly #ranges: readonly ColumnRange[];
  /** Columns of all code points up to U+FFFF; filled when the first one beyond 255 occurs. */
  #basic: Uint16Array | undefined;

  constructor({ description, ranges, columns, rows, start, accepting }: DfaParts) {
    const width = columns + 1;
    this.description = description;
    this.start = start * width;
    this.accepting = accepting * width;
    this.next = new Int32Array(rows.length * width).fill(-1);
    this.latin = new Uint16Array(LATIN);
    this.#width = width;
    this.#goesOn = new Uint8Array(rows.length);
    this.#ranges = [...ranges].sort((a, b) => a.first - b.first);
    this.#fill(this.latin);
    for (const [state, row] of rows.entries()) {
      for (const [column, to] of row.entries()) {
        if (to < 0) continue;
        this.next[state * width + column + 1] = to * width;
        this.#goesOn[state] = 1;
      }
    }
  }

  #fill(columns: Uint16Array): void {
    for (const { first, last, column } of this.#ranges) columns.fill(column, first, last + 1);
  }

  /**
   * Whether it is well defined for bytes: above U+00FF, all characters lead to the same states, or none leads anywhere.
   */
  get fitsBytes(): boolean {
    const columns = new Set(this.#ranges.map(({ column }) => column));
    for (const column of columns) {
      const members = this.#ranges.filter((range) => range.column === column);
      const set = CharSet.fromRanges(
        members.map(({ first, last }) => [first, last]),
        "",
      );
      if (!set.fitsBytes()) return false;
    }
    return true;
  }

  /** Whether it accepts the empty text. */
  get nullable(): boolean {
    return this.start >= this.accepting;
  }

  /** Whether any character leads on from a state. */
  goesOn(state: number): boolean {
    return this.#goesOn[state / this.#width] === 1;
  }

  /** The characters that lead on from the start. */
  get first(): CharSet {
    const firsts = this.#ranges.filter(({ column }) => (this.next[this.start + column] as number) >= 0);
    return CharSet.fromRanges(
      firsts.map(({ first, last }) => [first, last]),
      this.description,
    );
  }

  /** Whether every character that leads on from the start leads to a state that accepts. */
  get acceptsAnyFirst(): boolean {
    const row = this.next.subarray(this.start, this.start + this.#width);
    return row.every((to) => to < 0 || to >= this.accepting);
  }

  /** Whether it may read any number of characters after a match without reaching a longer one. */
  get overruns(): boolean {
    const width = this.#width;
    const row = (state: number): Int32Array => this.next.subarray(state, state + width);
    const beyond = (state: number): number[] => [...row(state)].filter((to) => to >= 0 && to < this.accepting);
    // 1: on the path, 2: leads to no cycle
    const seen = new Uint8Array(this.next.length / width);
    for (let match = this.accepting; match < this.next.length; match += width) {
      const path: { readonly state: number; readonly left: number[] }[] = [{ state: -1, left: beyond(match) }];
      for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
        const to = top.left.pop();
        if (to === undefined) {
          if (top.state >= 0) seen[top.state / width] = 2;
          path.pop();
        } else if (seen[to / width] === 1) return true;
        else if (seen[to / width] === 0) {
          seen[to / width] = 1;
          path.push({ state: to, left: beyond(to) });
        }
      }
    }
    return false;
  }

  /** The column of any character. */
  columnOf(codePoint: number): number {
    if (codePoint <= 0xffff) {
      if (this.#basic === undefined) {
        this.#basic = new Uint16Array(0x10000);
        this.#fill(this.#basic);
      }
      return this.#basic[codePoint] as number;
    }
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle] as ColumnRange).last < codePoint) low = middle + 1;
      else high = middle;
    }
    const range = this.#ranges[low];
    return range !== undefined && range.first <= codePoint ? range.column : 0;
  }
}
