// How one run takes over from another: what the `stream` namespace of a configuration says, read and written.
import { described } from "../misuse/described.ts";
import { checkConfig, type ParseResult, type RunConfig } from "../run/index.ts";
import { SnapshotContinuation } from "./continuation.ts";
import type { FlowController } from "./flow.ts";
import type { Continuation, StreamingConfig } from "./outcome.ts";

/** @internal The flow of a streamed run: its own, or the one that was handed over to it. */
export function flowOf(config: StreamingConfig): FlowController | undefined {
  return config.flow ?? (config.extensions?.stream?.flow as FlowController | undefined);
}

/**
 * @internal What a streamed run asks for before it has learnt from its chunks.
 *
 * @throws TypeError if the hint is none.
 */
export function firstAppetiteOf({ extensions }: StreamingConfig): number | undefined {
  const bytes = extensions?.stream?.resumeHint?.preferredBytes;
  if (bytes !== undefined && !(typeof bytes === "number" && bytes > 0)) {
    throw new TypeError(
      `extensions.stream.resumeHint.preferredBytes takes a number of bytes above 0, got ${described(bytes)}`,
    );
  }
  return bytes;
}

/**
 * A configuration for the run that takes over: in its `extensions.stream` stand the offset where that is to begin, what it
 * is to ask for, and the flow. The run gets the same input from its start, `run` as a whole and a stream in chunks, and begins
 * at that offset, with the positions that the input has there.
 *
 * @param from a continuation: what was read up to the end of its last `checkpoint` is done (nothing, if there was none). Or a
 * result: what its value covers is done.
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
