// A failed run as an exception.
import type { Diagnostic } from "../diagnostics/data/model.ts";
import { keptFor } from "../diagnostics/report/kept.ts";
import { pretty } from "../diagnostics/report/pretty.ts";
import type { Position } from "../text/index.ts";
import { checkResult, type ParseResult } from "./result.ts";

/**
 * A failed run as an exception. Its message is the diagnostics as printed by `pretty`, or a short form if the text is
 * not known.
 */
export class ParseError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly result: ParseResult<unknown, unknown>;

  constructor(result: ParseResult<unknown, unknown>) {
    checkResult(result, "a ParseError");
    const { diagnostics } = result;
    const known = diagnostics.some((diagnostic) => {
      const kept = keptFor(diagnostic);
      return kept !== undefined && (kept.fragments.length > 0 || kept.bytes !== undefined);
    });
    super(known ? pretty(diagnostics) : diagnostics.map(inWords).join("\n"), causeOf(diagnostics));
    this.name = "ParseError";
    this.diagnostics = result.diagnostics;
    this.result = result;
  }
}

/** The cause of a failed stream. */
function causeOf(diagnostics: readonly Diagnostic[]): ErrorOptions {
  for (const { extensions } of diagnostics) {
    const { stream } = extensions;
    if (typeof stream === "object" && stream !== null && "cause" in stream) return { cause: stream.cause };
  }
  return {};
}

function inWords({ at, message, notes }: Diagnostic): string {
  const place = ({ line, column }: Position): string => `${line}:${column}: `;
  const source = at.source === undefined ? "" : `${at.source}:`;
  const noteLines = notes.map(
    ({ span, message: note }) => `  note: ${span === undefined ? "" : place(span.start)}${note}`,
  );
  return [`${source}${place(at.start)}${message}`, ...noteLines].join("\n");
}

/**
 * The value of a result.
 *
 * @throws ParseError with the diagnostics in words, if there were errors; TypeError if it is not a result.
 *
 * @example
 * ```ts
 * import { ok, run, unwrap } from "sluice";
 * unwrap(run(ok(1), "")); // => 1
 * ```
 */
export function unwrap<T>(result: ParseResult<T, unknown>): T {
  checkResult(result, "unwrap");
  if (result.ok) return result.value;
  throw new ParseError(result);
}
