// How one run continues another: the `stream` namespace of a configuration, written for the next run.
import { checkConfig, type ParseResult, type RunConfig } from "../../run/index.ts";
import { SnapshotContinuation } from "./continuation.ts";
import type { Continuation } from "./outcome.ts";

/**
 * A configuration for the run that continues: its `extensions.stream` has the offset where that run begins, its first
 * demand, and the flow. The run gets the same input from its start, `run` as a whole and a stream in chunks, and begins
 * at that offset, with the positions that the input has there.
 *
 * @param from a continuation: what was read up to the end of its last `checkpoint` is done (nothing, if there was
 * none). Or a result: what its value covers is done.
 * @throws TypeError if it is neither, a result without a value, or the configuration is wrong.
 *
 * @example
 * ```ts
 * import { checkpoint, many, run } from "sluice";
 * import { int10, lexeme } from "sluice/lex";
 * import { handOver, runStream } from "sluice/stream";
 * const numbers = many(checkpoint(lexeme(int10)));
 * const begun = runStream(numbers, "1 2 3");
 * if (begun.kind !== "pending") throw new Error("it waits for more");
 * run(numbers, "1 2 34 5", handOver({}, begun.continuation)).value; // => ["34", "5"]
 * ```
 */
export function handOver<C extends RunConfig>(
  config: C,
  from: Continuation<unknown, unknown> | ParseResult<unknown, unknown>,
): C & Pick<RunConfig, "extensions"> {
  if (config === undefined) throw new TypeError("handOver takes a configuration first, such as {}, got undefined");
  checkConfig(config);
  const known = config.extensions?.stream;
  return { ...config, extensions: { ...config.extensions, stream: { ...known, ...standing(from) } } };
}

function standing(
  from: Continuation<unknown, unknown> | ParseResult<unknown, unknown>,
): NonNullable<NonNullable<RunConfig["extensions"]>["stream"]> {
  if (from instanceof SnapshotContinuation) {
    const { lastCheckpoint, resumeHint } = from.meta;
    const { flow } = from;
    const at = { checkpoint: lastCheckpoint?.end.offset ?? from.beginning, resumeHint };
    return flow === undefined ? at : { ...at, flow };
  }
  if (typeof from !== "object" || from === null || !("span" in from) || from.span === undefined) {
    throw new TypeError("handOver takes the continuation of a pending outcome, or a result with a value");
  }
  return { checkpoint: from.span.end.offset };
}
