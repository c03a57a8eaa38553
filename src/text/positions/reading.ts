// How far the text has been counted: the state between two blocks of units, and the step over a block.

import { utf8Length } from "../utf8/utf8-length.ts";
import { countClusters, extraBytesOf } from "./clusters.ts";
import type { Position } from "./position.ts";

/**
 * A place up to which lines, columns and bytes are known, with the text before it that still matters. Immutable. It is
 * never inside a surrogate pair: a high surrogate at the end is only carried along.
 */
export interface Reading extends Position {
  /** The text of the cluster open here, from its start; empty at a line's start. */
  readonly open: string;
  /** The last unit was `\r`: an `\n` that follows belongs to it. */
  readonly afterReturn: boolean;
  /** The high surrogate right after `offset`, when its other half hasn't been seen yet; else 0. */
  readonly high: number;
}

const LF = 10;
const CR = 13;
const ASCII = /* @__PURE__ */ String.fromCharCode(.../* @__PURE__ */ Array(0x80).keys());

/** A reading at a position where a line or a text begins. */
export function readingAt(origin: Position): Reading {
  const { offset, byteOffset, line, column } = origin;
  return { offset, byteOffset, line, column, open: "", afterReturn: false, high: 0 };
}

/** The offset behind the last unit that a reading knows. */
export function reach(reading: Reading): number {
  return reading.high === 0 ? reading.offset : reading.offset + 1;
}

/**
 * Counts a block.
 *
 * @param reading where the block begins.
 * @param block its units from 0 to `length`; if `reading.high` is set, that is the first of them, and not the only one.
 * @returns the reading at the block's end, or one before it if the block ends with a high surrogate.
 */
export function readOver(reading: Reading, block: Uint16Array, length: number): Reading {
  return readPlain(reading, block, length) ?? readAny(reading, block, length);
}

/** Reads on over a block of ASCII whose lines end in `\n` only, in one pass; nothing if it is none. */
function readPlain(reading: Reading, block: Uint16Array, length: number): Reading | undefined {
  const { open } = reading;
  if (reading.high !== 0 || reading.afterReturn || open.length > 1 || open > "\x7f") return undefined;
  let { line } = reading;
  let lineStart = -1;
  for (let i = 0; i < length; i++) {
    const unit = block[i] as number;
    if (unit === LF) {
      line++;
      lineStart = i + 1;
    } else if (unit >= 0x80 || unit === CR) return undefined;
  }
  return {
    offset: reading.offset + length,
    byteOffset: reading.byteOffset + length,
    line,
    column: lineStart < 0 ? reading.column + length : 1 + length - lineStart,
    open: lineStart === length ? "" : ASCII.charAt(block[length - 1] as number),
    afterReturn: false,
    high: 0,
  };
}

function readAny(reading: Reading, block: Uint16Array, length: number): Reading {
  const lastUnit = block[length - 1] as number;
  const high = (lastUnit & 0xfc00) === 0xd800 ? lastUnit : 0;
  const end = high === 0 ? length : length - 1;
  const offset = reading.offset + end;
  let { line, column, open } = reading;
  let start = 0;
  if (end > 0 && reading.afterReturn && block[0] === LF) start = 1;
  const lineEnd = lastLineEnd(block, start, end);
  let byteOffset = reading.byteOffset + end;
  if (lineEnd >= 0) {
    // The columns of the text before are never requested: a query within it starts from an earlier reading.
    line += linesEnded(block, start, lineEnd);
    byteOffset += extraBytesOf(block, start, lineEnd);
    column = 1;
    open = "";
    start = lineEnd + 1;
  }
  if (start < end) {
    const counted = countClusters(open, block, start, end);
    column += counted.clusters;
    open = counted.open;
    byteOffset += counted.extraBytes;
  }
  const afterReturn = end > 0 ? block[end - 1] === CR : reading.afterReturn;
  return { offset, byteOffset, line, column, open, afterReturn, high };
}

/**
 * Counts a text without looking at each unit, if that is possible: lines end only in `\n`, and the text after the last
 * line end is ASCII.
 *
 * @param end the byte offset where it ends, if that is known.
 */
export function leap(reading: Reading, text: string, end?: number): Reading | undefined {
  const lineEnd = text.lastIndexOf("\n");
  const open = lineEnd < 0 ? reading.open : "";
  const tail = lineEnd < 0 ? text : text.slice(lineEnd + 1);
  const last = text.charCodeAt(text.length - 1);
  if (reading.high !== 0 || reading.afterReturn || last >= 0x80 || open.length > 1 || open > "\x7f") return undefined;
  if (text.includes("\r") || utf8Length(tail) !== tail.length) return undefined;
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return {
    offset: reading.offset + text.length,
    byteOffset: end ?? reading.byteOffset + utf8Length(text),
    line: reading.line + lines,
    column: (lineEnd < 0 ? reading.column : 1) + tail.length,
    open: tail === "" ? open : tail.slice(-1),
    afterReturn: false,
    high: 0,
  };
}

/** Counts up to the last line end in a text, with a search. */
export function leapToLine(reading: Reading, text: string, end?: number): Reading | undefined {
  const line = text.lastIndexOf("\n") + 1;
  return leap(reading, text.slice(0, line), end === undefined ? undefined : end - utf8Length(text.slice(line)));
}

/** The position at `offset`, which is the reading's own or the one after the high surrogate that it carries. */
export function positionAt(reading: Reading, offset: number): Position {
  const { byteOffset, line, column } = reading;
  if (offset === reading.offset) return { offset, byteOffset, line, column };
  // A position depends only on what is before it: so far the half is a lone one, of three bytes.
  const { clusters, extraBytes } = countClusters(reading.open, Uint16Array.of(reading.high), 0, 1);
  return { offset, byteOffset: byteOffset + 1 + extraBytes, line, column: column + clusters };
}

/** Index of the last `\n` or `\r` in `block[start, end)`, or -1. */
function lastLineEnd(block: Uint16Array, start: number, end: number): number {
  for (let i = end - 1; i >= start; i--) {
    const unit = block[i] as number;
    if (unit === LF || unit === CR) return i;
  }
  return -1;
}

/** How many lines end in `block[start, last]`; the unit before `start` is no `\r` that an `\n` at `start` belongs to. */
function linesEnded(block: Uint16Array, start: number, last: number): number {
  let lines = 0;
  for (let i = start; i <= last; i++) {
    const unit = block[i] as number;
    if (unit === CR || (unit === LF && (i === start || block[i - 1] !== CR))) lines++;
  }
  return lines;
}
