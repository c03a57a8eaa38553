// NDJSON (JSON Lines): a JSON value on each line. A line is found by its end and decoded by the platform's `JSON.parse`; the
// grammar of JSON reads only a line that this refuses, for the diagnostic.
import {
  as,
  attempt,
  cutHere,
  decode,
  each,
  emit,
  eof,
  fold,
  notFollowedBy,
  opt,
  or,
  type Parser,
  recoverUntil,
  type StandardSchema,
  seq,
  skipL,
  skipR,
  validated,
} from "../index.ts";
import { charSet, string, takeUntil, takeWhile, takeWhile1, till } from "../lex/index.ts";
import { described } from "../misuse/described.ts";
import { checkOptions } from "../misuse/options.ts";
import { type Json, json } from "./json.ts";

export type { Json };

/** What to do with lines that are wrong. */
export interface LinesOptions {
  /**
   * `"error"` (default): a line that is wrong ends the run. `"skip"`: with `extensions: { recover: { mode: "collect" } }` it is left out,
   * and its diagnostic has the text of the line in `extensions.rejected`.
   */
  readonly badLines?: "error" | "skip" | undefined;
}

const lineFeed = "\n";
const blank = takeWhile(" \t\r\n");
const line = or(attempt(takeUntil(lineFeed)), takeWhile1(charSet("^\\n")));
const restOfLine = till(seq(opt(string("\r")), or(string(lineFeed), eof)));
const value: Parser<Json> = decode(line, JSON.parse as (text: string) => Json, json);

/**
 * NDJSON: each value is emitted once its line has ended; the result is how many there were. Empty lines are skipped. A line that is no
 * JSON is an error at its place.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { ndjson } from "sluice/formats/ndjson";
 * run(ndjson, '{"a": 1}\n[2]\n').emitted; // => [{ a: 1 }, [2]]
 * ```
 */
export const ndjson: Parser<number, Json> = skipL(blank, each(skipR(value, blank)));

/**
 * NDJSON with options: lines that are left out, and a schema for the values.
 *
 * @param options `badLines`: what a line that is wrong does; `schema`: a Standard Schema (standardschema.dev) that each value must pass, and
 * that makes what is emitted. A value that does not pass makes its line a wrong one.
 * @throws TypeError if there is no such option or value of it, or if `schema` is not a Standard Schema.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { ndjsonWith } from "sluice/formats/ndjson";
 * const lines = ndjsonWith({ badLines: "skip" });
 * const { emitted, diagnostics } = run(lines, "1\n{2\n3\n", { extensions: { recover: { mode: "collect" } } });
 * emitted; // => [1, 3]
 * diagnostics[0]?.extensions.rejected; // => "{2"
 * ```
 */
export function ndjsonWith<T = Json>(
  options: LinesOptions & { readonly schema?: StandardSchema<unknown, T> | undefined },
): Parser<number, T> {
  checkOptions(
    options,
    ["badLines", "schema"],
    'ndjsonWith takes its options as an object, such as { badLines: "skip" }',
  );
  const { badLines = "error", schema } = options;
  if (badLines !== "error" && badLines !== "skip")
    throw new TypeError(`ndjsonWith: badLines is "error" or "skip", but it was given ${described(badLines)}`);
  const checked = schema === undefined ? (value as unknown as Parser<T>) : validated(value, schema);
  if (badLines === "error") return skipL(blank, each(skipR(checked, blank)));
  const counted = recoverUntil(as(emit(checked), 1), restOfLine, 0, { rejected: true });
  return skipL(blank, fold(skipR(skipL(seq(notFollowedBy(eof), cutHere()), counted), blank), zero, plus));
}

const zero = (): number => 0;
const plus = (sum: number, one: number): number => sum + one;
