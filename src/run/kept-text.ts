// What is kept of the text for the excerpts of a diagnostic. It is copied: a slice would keep the whole input alive.
import { type Fragment, lineAt } from "../diagnostics/fragment.ts";
import { KEPT_BEFORE } from "../diagnostics/kept.ts";
import type { Diagnostic } from "../diagnostics/model.ts";
import type { Machine, Warning } from "../machine/index.ts";
import { apart, textOf } from "../machine/window.ts";
import type { Span } from "../text/index.ts";

/** Of a line that goes on, so many units behind the place are kept. */
const KEPT_AFTER = 1024;
/** Whole lines above a place that are kept, for what lies between two places close together. */
const LINES_ABOVE = 2;

/** The text to keep for a diagnostic. */
export type TextOf = (machine: Machine, diagnostic: Diagnostic) => readonly Fragment[];

/** Where all of the text is there: the lines of every place that the diagnostic speaks of. */
export const wholeText: TextOf = (machine, { at, notes, fixits }) => {
  const fragments = [stretchAround(machine, at.start.offset)];
  for (const span of [...notes.map((note) => note.span), ...fixits.map((fix) => fix.span)]) {
    // what stands far off on the line of the failure has no line of its own
    if (span === undefined || span.start.line === at.start.line) continue;
    if (fragments.every((fragment) => lineAt(fragment, span.start) === undefined)) {
      fragments.push(stretchAround(machine, span.start.offset));
    }
  }
  return fragments;
};

function stretchAround({ window, input }: Machine, offset: number): Fragment {
  const { base, end, units } = window;
  const at = offset - base;
  let from = at;
  for (let lines = 0; from > 0 && from > at - KEPT_BEFORE; from--) {
    const ends = isLineEnd(units[from - 1] as number) && !isWithinLineEnd(units, from);
    if (ends && lines++ === LINES_ABOVE) break;
  }
  let to = isWithinLineEnd(units, at) ? at + 1 : at;
  while (to < end && to < at + KEPT_AFTER && !isLineEnd(units[to] as number)) to++;
  if (isHigh(units[to - 1]) && to < end) to++;
  const more = to < end ? !isLineEnd(units[to] as number) : input.broken !== undefined;
  return cutAt(from > 0 && !isLineEnd(units[from - 1] as number), {
    offset: base + from,
    text: textOf(units, from, to),
    cutAfter: more,
  });
}

/**
 * Where the text may be gone (semantics, rule 31): of the line of the failure what stands before it, what is
 * underlined, and what was read behind it for the note on what stands there instead of the end. It does not depend on where the chunks ended.
 */
export const lineRead: TextOf = (machine, { at, expected }) => {
  const { window } = machine;
  const { offset } = at.start;
  const before = machine.places.textBefore(offset, KEPT_BEFORE + 1);
  const read = before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1);
  const line = read.slice(-KEPT_BEFORE);
  const rest = expected?.alternatives.some((e) => e.kind === "eof") === true ? (machine.restOfLine() ?? "") : undefined;
  const wrong = underlined(machine, at);
  if (rest === undefined && wrong !== "") {
    // whether the line ends there is not asked: that may come with the next chunk
    return [cutAt(line.length < read.length, { offset: offset - line.length, text: line + wrong, cutAfter: true })];
  }
  const shown = rest ?? "";
  const next = offset + shown.length - window.base;
  const ended = next === window.end ? window.closed : rest !== undefined && isLineEnd(window.units[next] as number);
  const fragment = { offset: offset - line.length, text: line + shown, cutAfter: !ended };
  return [cutAt(line.length < read.length, fragment)];
};

/** What was read of the line that is wrong in itself, as a number out of range: it is all behind the failure that is sure to be here. */
function underlined({ places }: Machine, { start, end }: Span): string {
  const length = end.offset - start.offset;
  if (length <= 0 || length > KEPT_AFTER) return "";
  const text = places.textBefore(end.offset, length);
  const [line = ""] = text.length < length ? [] : text.split(/\r|\n/, 1);
  return line;
}

/** The lines of a warning that was told when its text may be gone by now. */
export function lineOfWarning({ read, end }: Warning, { at }: Diagnostic): readonly Fragment[] {
  const start = Math.max(0, read.length - (end - at.start.offset));
  const line = Math.max(read.lastIndexOf("\n", start - 1), read.lastIndexOf("\r", start - 1)) + 1;
  const from = Math.max(line, read.length - KEPT_BEFORE);
  if (at.start.offset > end || (start === 0 && end - at.start.offset > read.length)) return [];
  return [cutAt(from > line, { offset: end - (read.length - from), text: read.slice(from), cutAfter: true })];
}

/** A fragment that does not begin within a pair. */
function cutAt(cutBefore: boolean, { offset, text, cutAfter }: Omit<Fragment, "cutBefore">): Fragment {
  const parted = cutBefore && isLow(text.charCodeAt(0));
  return { offset: parted ? offset + 1 : offset, text: apart(parted ? text.slice(1) : text), cutBefore, cutAfter };
}

/** Whether a place lies between the two halves of a line end. */
function isWithinLineEnd(units: Uint16Array, at: number): boolean {
  return units[at] === 10 && at > 0 && units[at - 1] === 13;
}

function isLineEnd(unit: number): boolean {
  return unit === 10 || unit === 13;
}

function isHigh(unit: number | undefined): boolean {
  return unit !== undefined && (unit & 0xfc00) === 0xd800;
}

function isLow(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}
