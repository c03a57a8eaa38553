// What a step of a stream gives: a result, or a continuation and what it waits for.
import type { Expectation } from "../../grammar/expectation.ts";
import type { ParseResult, RunConfig } from "../../run/index.ts";
import type { Span } from "../../text/index.ts";
import type { FlowController, FlowMode } from "../flow/flow.ts";
import type { DemandHint } from "../input/chunk.ts";
import type { StreamEvent } from "../report/events.ts";

/**
 * Why a run rests. "inputExhausted": all that was fed is read. "feederAwait": the feeder had nothing now. "feederClosed":
 * the input has ended and emitted values wait to be taken. "backpressure": emitted values wait. "yield": its turn is over.
 */
export type PendingReason = "inputExhausted" | "feederAwait" | "feederClosed" | "backpressure" | "yield";

/** How far a streamed run has come, counted over the whole of it. */
export interface StreamMeta {
  /** Bytes of the input (UTF-8 for text) that the parse has read. */
  readonly consumedBytes: number;
  /** Chunks fed, empty ones aside. */
  readonly chunks: number;
  /** How often it was resumed. */
  readonly resumeCount: number;
  /** How often its feeder had nothing. */
  readonly awaitCount: number;
  /** How often it rested because emitted values waited. */
  readonly backpressureCount: number;
  /** How many `checkpoint`s have ended. */
  readonly checkpointsClosed: number;
  /** In a run whose configuration has a flow, or that somebody listens to: how long ago the oldest input came that this step looked at. */
  readonly lagNanos?: bigint;
  /** In a run with a flow: what waited after this step, of what its high watermark lets wait. */
  readonly bufferFillRatio?: number;
  /** Kept for `RunConfig.packrat`, which is not built: no run has it. */
  readonly memoBytes?: number;
  /** Absent once the run is complete. */
  readonly lastReason?: PendingReason;
}

/** Where a run rests, and what would help it on. */
export interface ContinuationMeta {
  /** Offset before which no text is needed any more. */
  readonly commitWatermark: number;
  /** Units that are held: from the watermark on, and what was fed and not looked at. */
  readonly buffered: number;
  readonly resumeHint: DemandHint;
  /** What would be expected if the input ended here; worked out when first read. */
  readonly expectedTokens: readonly Expectation[];
  /** What the last `checkpoint` that has ended has read. */
  readonly lastCheckpoint?: Span;
  /** In a run that traces: the name of the innermost parser that is traced and open. */
  readonly traceLabel?: string;
  /**
   * The continuations that were resumed to come here, at most the last 16, latest last: each as its lap and offset, such as
   * `"3@120"`, and `"3@120#2"` where it was resumed for the second time.
   */
  readonly resumeLineage: readonly string[];
}

/** A run that rests, as a value: it may be resumed more than once, each time with an outcome of its own. */
export interface Continuation<out T, out E = never> {
  readonly meta: ContinuationMeta;
  /** Whether the input could end here. */
  readonly canFinish: boolean;
  /** The result that it would give if it ended here. */
  preview(): ParseResult<T, E>;
}

/** A run that needs more input, or a turn: the answer to `kind: "pending"` is `resume`. */
export interface Pending<out T, out E = never> {
  readonly kind: "pending";
  readonly continuation: Continuation<T, E>;
  readonly demand: DemandHint;
  readonly reason: PendingReason;
  /** What was emitted since the outcome before. */
  readonly emitted: readonly E[];
  readonly meta: StreamMeta;
}

/** A run that has ended, with its result. `emitted` is what was emitted since the outcome before; `parse` has it all. */
export interface Completed<out T, out E = never> {
  readonly kind: "completed";
  readonly result: ParseResult<T, E>;
  readonly emitted: readonly E[];
  readonly meta: StreamMeta;
}

/** What a step of a streamed run gives: told apart by `kind`. */
export type StreamOutcome<T, E = never> = Completed<T, E> | Pending<T, E>;

/** How a streamed run is configured: what `run` takes, and how its input arrives. */
export interface StreamingConfig extends RunConfig {
  /** The mode of the flow, where it is another than `flow` says. */
  mode?: FlowMode | undefined;
  /** How much may wait before the run rests. Default: none, values never make it rest. */
  flow?: FlowController | undefined;
  /** What a demand asks for at most: bytes as `preferredBytes`, frames as emitted values in one outcome. */
  demandCap?: { bytes?: number | undefined; frames?: number | undefined } | undefined;
  /** Is called with what happens on the way. What it throws reaches the caller, as from a function of the grammar. */
  onDiagnostic?: ((event: StreamEvent) => void) | undefined;
  /** Whether the "pending" events say in words what is waited for. Default: false. */
  resumeNotes?: boolean | undefined;
  /** Milliseconds that `parse` and `parseEach` wait for a chunk before they end with `stream.timeout`. Default: for ever. */
  pendingTimeout?: number | undefined;
  /** After how many steps of the machine, or milliseconds, the run gives others a turn. Default: never. */
  yieldEvery?: { steps: number } | { ms: number } | undefined;
  /** Aborting it ends a run with its reason and closes the source; where chunks are handed over, the next step throws it. */
  signal?: AbortSignal | undefined;
}
