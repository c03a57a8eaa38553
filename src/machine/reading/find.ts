// Looking for a fixed text in the window.
import type { LeafTable } from "../../compile/code/program.ts";
import type { Window } from "../memory/window.ts";

/** The place of a text at or after `pos`; where it isn't, the complement (`~`) of the place to go on from. */
export function find(window: Window, leaf: LeafTable, pos: number): number {
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
    // the chunk's text goes on behind the end that a `within` sets
    return found >= 0 && found + shift <= last ? found + shift : ~Math.max(pos, last + 1);
  }
  for (; at <= last; at++) {
    if (matches(units, at, wanted) && !(broken && splitsPair(units, pos, at, at + wanted.length, end))) return at;
  }
  return ~Math.max(pos, last + 1);
}

function matches(units: Uint16Array, at: number, wanted: Uint16Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (units[at + i] !== wanted[i]) return false;
  return true;
}

function hasLoneHalf(text: string): boolean {
  return isLow(text.charCodeAt(0)) || isHigh(text.charCodeAt(text.length - 1));
}

/** Whether a text found at [from, to) begins or ends inside a surrogate pair of the input. */
function splitsPair(units: Uint16Array, start: number, from: number, to: number, end: number): boolean {
  if (from > start && isLow(units[from]) && isHigh(units[from - 1])) return true;
  return to < end && isHigh(units[to - 1]) && isLow(units[to]);
}

function isHigh(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0xdc00 && unit < 0xe000;
}
