// What a result tells, in short.
import type { ParseResult } from "../../src/index.ts";

/** Each diagnostic as `E1001 2-3 message`. */
export function told(result: ParseResult<unknown, unknown>): string[] {
  return result.diagnostics.map(({ code, at, message }) => `${code} ${at.start.offset}-${at.end.offset} ${message}`);
}

/** The notes of the first diagnostic, each with where it points to, if it does: `opened here 0`. */
export function notes(result: ParseResult<unknown, unknown>): string[] {
  return (result.diagnostics[0]?.notes ?? []).map(({ message, span }) => {
    return span === undefined ? message : `${message} ${span.start.offset}`;
  });
}

/** The fix-its of the first diagnostic: place and text. */
export function fixes(result: ParseResult<unknown, unknown>): [number, string][] {
  return (result.diagnostics[0]?.fixits ?? []).map(({ span, insert }) => [span.start.offset, insert]);
}
