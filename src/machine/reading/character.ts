// Characters that a class table can't answer for by itself: met for the first time, or two units long.
import type { ClassTable } from "../../compile/code/class-table.ts";
import type { DispatchTable, Program } from "../../compile/code/program.ts";
import type { Window } from "../memory/window.ts";

/**
 * How many units the character at a place takes if it is in a set, else 0; looks up the set's page on the way.
 *
 * @param offset where the set's table begins.
 * @param index the set's number.
 */
export function member(window: Window, classes: ClassTable, offset: number, index: number, pos: number): number {
  const set = classes.sets[index];
  if (set === undefined) return 0;
  const codePoint = codePointAt(window, pos);
  if (codePoint > 0xffff) return set.has(codePoint) ? 2 : 0;
  classes.learn(offset, codePoint);
  return set.has(codePoint) ? 1 : 0;
}

/** Where a choice goes for a character beyond ASCII: a place in the code, shifted as in its table; 0 for nowhere. */
export function wide(window: Window, program: Program, table: number, pos: number): number {
  const codePoint = codePointAt(window, pos);
  for (const { set, target } of (program.tables[table] as DispatchTable).wide) {
    if (set.has(codePoint)) return target & ~1;
  }
  return 0;
}

/** The character at a place before the end: both halves of a pair, or a lone one. */
export function codePointAt({ units, end, binary }: Window, pos: number): number {
  const unit = units[pos] as number;
  if (binary || unit < 0xd800 || unit >= 0xdc00 || pos + 1 >= end) return unit;
  const low = units[pos + 1] as number;
  return low >= 0xdc00 && low < 0xe000 ? (unit - 0xd800) * 0x400 + low - 0xdc00 + 0x10000 : unit;
}
