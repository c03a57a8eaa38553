// Diagnostics made by hand, and texts that are hard to align.
import fc from "fast-check";
import type { Diagnostic, FixIt, Position, Span } from "../../src/index.ts";
import { LineIndex, unitsOf } from "../../src/text/index.ts";

/** The position of an offset in a text. */
export function at(text: string, offset: number): Position {
  return new LineIndex().at(unitsOf(text), offset);
}

/** A stretch of a text, by offsets, or by what stands there. */
export function spanIn(text: string, from: number | string, to?: number): Span {
  const start = typeof from === "string" ? text.indexOf(from) : from;
  const end = to ?? (typeof from === "string" ? start + from.length : start);
  return { start: at(text, start), end: at(text, end) };
}

/** A diagnostic that says "wrong" about a stretch. */
export function wrong(span: Span, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    severity: "error",
    message: "wrong",
    at: span,
    notes: [],
    fixits: [],
    context: [],
    extensions: {},
    ...more,
  };
}

export function fix(span: Span, insert: string): FixIt {
  return { span, insert };
}

/** Lines of a report as one text: a case reads as what is printed. */
export function lines(...rows: readonly string[]): string {
  return rows.join("\n");
}

/** Pieces of text of every width; none of them is a space, a backslash or a line end. */
const PIECES: readonly string[] = [
  ..."abcXYZ019_-+*/{}[]",
  ...[
    "é",
    "e\u0301",
    "e\u0301\u0323",
    "漢",
    "字",
    "ｱ",
    "ｶﾞ",
    "Ａ",
    "한",
    "\u1112\u1161\u11ab",
    "\u1112",
    "กำ",
    "नि",
    "क्ष",
  ],
  ...[
    "😀",
    "👨‍👩‍👧‍👦",
    "👍🏽",
    "☝🏽",
    "❤️",
    "❤",
    "🇯🇵",
    "🇯",
    "1️⃣",
    "1\u20e3",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "\u26a0\ufe0f",
    "\u2764\u200d\u{1f525}",
  ],
  ...["\t", "\0", "\x1b", "\x7f", "\x85", "\u00ad", "\u200b", "\u200c", "\u200d", "\ufeff", "\u2028"],
  ...["\u202e", "\u2066", "\u2069", "\u200f", "\u061c", "\u0301", "\u20dd", "\u0600", "\ud800", "\udc00", "\u093f"],
];

export const hardText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  // a byte order mark at the start is not shown
  .map((pieces) => pieces.join("").replace(/^\ufeff+/, ""));

/** The clusters of a text with where each begins. */
export function clusters(text: string): { readonly index: number; readonly segment: string }[] {
  return [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(text)];
}
