// Checks of arguments: a diagnostic, or the input that it is about.
import { described } from "../../misuse/described.ts";
import type { Diagnostic } from "./model.ts";

/**
 * Checks that something is a diagnostic, as far as its members are used.
 *
 * @throws TypeError that says what to pass instead.
 */
export function checkDiagnostic(value: unknown, taker: string): asserts value is Diagnostic {
  const { at, message, notes, fixits } = (value ?? {}) as Partial<Diagnostic>;
  const isOne = typeof message === "string" && Array.isArray(notes) && Array.isArray(fixits);
  if (isOne && typeof at?.start?.offset === "number" && typeof at.end?.offset === "number") return;
  const hint =
    typeof value === "object" && value !== null && "diagnostics" in value
      ? "; give it the diagnostics of the result"
      : "";
  throw new TypeError(`${taker}, as in the diagnostics of a result; got ${described(value)}${hint}`);
}

/**
 * Checks that something is the input that a diagnostic is about, or nothing.
 *
 * @throws TypeError if it is something else.
 */
export function checkSource(source: unknown): void {
  if (source === undefined || typeof source === "string" || ArrayBuffer.isView(source)) return;
  throw new TypeError(`pretty takes the input second, a string or a Uint8Array, got ${described(source)}`);
}
