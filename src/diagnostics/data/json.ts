// A diagnostic as JSON, whatever its extensions contain.
import { described } from "../../misuse/described.ts";
import type { Diagnostic } from "./model.ts";

/**
 * A diagnostic as plain JSON data, as described by `schemas/diagnostic.json`: members that are `undefined` are left
 * out, and a bigint becomes a string.
 *
 * @throws TypeError if it is not a diagnostic, or an extension contains a cycle.
 *
 * @example
 * ```ts
 * import { fail, run } from "sluice";
 * import { toJSON } from "sluice/diagnostics";
 * const [diagnostic] = run(fail("no"), "").diagnostics;
 * diagnostic && "code" in toJSON(diagnostic); // => true
 * ```
 */
export function toJSON(diagnostic: Diagnostic): object {
  if (typeof diagnostic !== "object" || diagnostic === null || Array.isArray(diagnostic)) {
    throw new TypeError(`toJSON takes a diagnostic, as in the diagnostics of a result; got ${described(diagnostic)}`);
  }
  try {
    const text = JSON.stringify(diagnostic, (_, value) => (typeof value === "bigint" ? String(value) : value));
    return JSON.parse(text) as object;
  } catch (error) {
    throw new TypeError("toJSON: an extension of this diagnostic can't be JSON", { cause: error });
  }
}
