// Options that are given as an object.
import { described } from "./described.ts";
import { nearHint } from "./near-name.ts";

/**
 * Checks that options are an object with no names but those that there are.
 *
 * @param takes what is wanted, as in `each takes its options as an object: each(p, { sep, end })`.
 * @throws TypeError that says so, or which name there isn't.
 */
export function checkOptions(options: unknown, names: readonly string[], takes: string): void {
  // no array, map, promise or parser
  if (typeof options !== "object" || options === null || described(options) !== "an object") {
    throw new TypeError(`${takes}, got ${described(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) {
      throw new TypeError(`${takes}; there is no option "${name}"${nearHint(name, names, "the options are")}`);
    }
  }
}
