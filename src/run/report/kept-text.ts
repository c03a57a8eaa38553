// The text that is kept for the excerpts of a diagnostic. It is copied: a slice would keep the whole input in memory.

import type { Diagnostic } from "../../diagnostics/data/model.ts";
import { AROUND, type Bytes } from "../../diagnostics/report/dump.ts";
import { type Fragment, lineAt } from "../../diagnostics/report/fragment.ts";
import { KEPT_BEFORE, keep } from "../../diagnostics/report/kept.ts";
import type { Machine, Warning } from "../../machine/index.ts";
import { apart, isLineEnd, textOf } from "../../machine/memory/window.ts";

/** Whole lines above a place that are kept, for the text between two places that are close together. */
const LINES_ABOVE = 2;

/** The text to keep for a diagnostic. */
export type TextOf = (machine: Machine, diagnostic: Diagnostic) => readonly Fragment[];

/** If all of the text is in memory: the lines of every place in the diagnostic. */
export const wholeText: TextOf = (machine, { at, notes, fixits }) => {
  const fragments = [stretchAround(machine, at.start.offset)];
  for (const span of [...notes.map((note) => note.span), ...fixits.map((fix) => fix.span)]) {
    // a place far away on the line of the failure has no line of its own
    if (span === undefined || span.start.line === at.start.line) continue;
    if (fragments.every((fragment) => lineAt(fragment, span.start) === undefined)) {
      fragments.push(stretchAround(machine, span.start.offset));
    }
  }
  return fragments;
};

/** Keeps the input around a diagnostic's place for a report. */
export function keepInput(machine: Machine, diagnostic: Diagnostic, textOf: TextOf): void {
  const { binary, locale } = machine.options;
  if (binary) keep(diagnostic, [], locale, bytesAround(machine, diagnostic));
  else keep(diagnostic, textOf(machine, diagnostic), locale);
}

function stretchAround(machine: Machine, offset: number): Fragment {
  const { base, units } = machine.window;
  const at = offset - base;
  let from = at;
  for (let lines = 0; from > 0 && from > at - KEPT_BEFORE; from--) {
    const ends = isLineEnd(units[from - 1] as number) && !isWithinLineEnd(units, from);
    if (ends && lines++ === LINES_ABOVE) break;
  }
  const { to, cutAfter } = restOfLine(machine, isWithinLineEnd(units, at) ? at + 1 : at);
  const cutBefore = from > 0 && !isLineEnd(units[from - 1] as number);
  return cutAt(cutBefore, { offset: base + from, text: textOf(units, from, to), cutAfter });
}

/**
 * How far the line of a place is kept, and whether it is cut there. A line whose rest has not arrived counts as cut,
 * unless the input was not split.
 */
function restOfLine(
  { window, input, start }: Machine,
  place: number,
): { readonly to: number; readonly cutAfter: boolean } {
  const { units, end } = window;
  let to = window.lineFrom(place);
  if (isHigh(units[to - 1]) && to < end) to++;
  if (to < end) return { to, cutAfter: !isLineEnd(units[to] as number) };
  return { to, cutAfter: input.broken !== undefined || !(input.ended || window.isOnePiece(start.offset)) };
}

/**
 * While streaming (semantics, rule 31): the same as long as all of the text is in memory; otherwise the part of the
 * failure's line before the failure, and as much of the rest as has arrived.
 */
export const lineRead: TextOf = (machine, diagnostic) => {
  if (isWhole(machine)) return wholeText(machine, diagnostic);
  const { positions, window } = machine;
  const { offset } = diagnostic.at.start;
  const { to, cutAfter } = restOfLine(machine, Math.max(0, offset - window.base));
  const end = window.base + to;
  const text = positions.textBefore(end, end - offset + KEPT_BEFORE + 1);
  const place = text.length - (end - offset);
  if (place < 0) return [];
  const before = text.slice(0, place);
  const read = before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1);
  const line = read.slice(-KEPT_BEFORE);
  const [rest = ""] = text.slice(place).split(/\r|\n/, 1);
  const isCut = cutAfter && rest.length === text.length - place;
  return [cutAt(line.length < read.length, { offset: offset - line.length, text: line + rest, cutAfter: isCut })];
};

/** Whether all of the text is in the window, from where parsing began. */
function isWhole({ window, start }: Machine): boolean {
  return window.base <= start.offset;
}

/** For binary input: the bytes before the place of a diagnostic, and as many after it as have arrived. */
function bytesAround({ positions, window }: Machine, { at }: Diagnostic): Bytes {
  const { offset } = at.start;
  const before = positions.textBefore(offset, AROUND);
  const { base, end, units } = window;
  const from = Math.max(0, offset - base);
  const text = before + (offset < base ? "" : textOf(units, from, Math.min(end, from + AROUND)));
  return { offset: offset - before.length, bytes: Uint8Array.from(text, (char) => char.charCodeAt(0)) };
}

/** The lines of a warning, kept when it is reported, since its text may be gone later. */
export function lineOfWarning(machine: Machine, { read, end }: Warning, warning: Diagnostic): readonly Fragment[] {
  if (isWhole(machine)) return wholeText(machine, warning);
  const { at } = warning;
  const start = Math.max(0, read.length - (end - at.start.offset));
  const line = Math.max(read.lastIndexOf("\n", start - 1), read.lastIndexOf("\r", start - 1)) + 1;
  const from = Math.max(line, read.length - KEPT_BEFORE);
  if (at.start.offset > end || (start === 0 && end - at.start.offset > read.length)) return [];
  return [cutAt(from > line, { offset: end - (read.length - from), text: read.slice(from), cutAfter: true })];
}

/** A fragment that does not begin inside a surrogate pair. */
function cutAt(cutBefore: boolean, { offset, text, cutAfter }: Omit<Fragment, "cutBefore">): Fragment {
  const parted = cutBefore && isLow(text.charCodeAt(0));
  return { offset: parted ? offset + 1 : offset, text: apart(parted ? text.slice(1) : text), cutBefore, cutAfter };
}

/** Whether a place lies between the two halves of a line end. */
function isWithinLineEnd(units: Uint16Array, at: number): boolean {
  return units[at] === 10 && at > 0 && units[at - 1] === 13;
}

function isHigh(unit: number | undefined): boolean {
  return unit !== undefined && (unit & 0xfc00) === 0xd800;
}

function isLow(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}
