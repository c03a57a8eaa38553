// Bytes around a place, for the report of a diagnostic about bytes: the row that it lies in, and the one before.
//
//     00000000 | 89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 00 | .PNG........IHD.
//              |                                               ^^
import type { Span } from "../../text/index.ts";
import type { Paint, Style } from "./paint.ts";

/** Some bytes of an input. */
export interface Bytes {
  /** Offset of the first one. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Bytes that a place needs before it and behind it, at most. */
export const AROUND = 32;
/** Digits of an offset, at least. */
const DIGITS = 8;
/** Between the halves of a row. */
const GAP = " ";

/** The rows of a place; none if its bytes are not here. */
export function dumpOf(
  { offset, bytes }: Bytes,
  { start, end }: Span,
  width: number,
  style: Style,
  paint: Paint,
): readonly string[] {
  const end_ = offset + bytes.length;
  const from = start.byteOffset;
  if (from < offset || from > end_) return [];
  const to = Math.max(from + 1, end.byteOffset);
  const digits = Math.max(DIGITS, to.toString(16).length);
  const columns = [16, 8, 4].find((n) => digits + 3 * n + n + 7 <= width) ?? 4;
  const row = from - (from % columns);
  const rows: string[] = [];
  for (const first of [row - columns, row]) {
    const shown = Array.from({ length: columns }, (_, i) => bytes[first + i - offset]);
    if (first < row && shown.every((byte) => byte === undefined)) continue;
    const text = shown.map((byte) => (byte === undefined ? " " : printable(byte))).join("");
    const hex = cells(shown.map((byte) => (byte === undefined ? "  " : hexOf(byte))));
    const number = first.toString(16).padStart(digits, "0");
    rows.push(`${paint("frame", `${number} |`)} ${hex} ${paint("frame", "|")} ${text}`.trimEnd());
  }
  const marks = Array.from({ length: columns }, (_, i) => (row + i >= from && row + i < to ? "^^" : "  "));
  const under = cells(marks)
    .replaceAll("^^ ^^", "^^^^^")
    .replaceAll("^^ ^^", "^^^^^")
    .replaceAll(`^^ ${GAP}^^`, "^^^^^^");
  const indent = " ".repeat(under.length - under.trimStart().length);
  rows.push(`${paint("frame", `${" ".repeat(digits)} |`)} ${indent}${paint(style, under.trim())}`);
  return rows;
}

/** In two halves. */
function cells(texts: readonly string[]): string {
  const half = texts.length / 2;
  return [...texts.slice(0, half), ...texts.slice(half).map((text, i) => (i === 0 ? GAP + text : text))].join(" ");
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";
}
