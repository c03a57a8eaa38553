// A diagnostic as JSON, whatever its extensions hold.
import type { Diagnostic } from "./model.ts";

/**
 * A diagnostic as plain JSON data, as `schemas/diagnostic.json` describes it: members that are `undefined` are left out,
 * and a bigint becomes a string.
 *
 * @throws TypeError if an extension holds a cycle.
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
  const text = JSON.stringify(diagnostic, (_, value) => (typeof value === "bigint" ? String(value) : value));
  return JSON.parse(text) as object;
}
