// The outcome of a step of a stream: a result, or a continuation and what it waits for.
import type { Expectation } from "../../grammar/expectation.ts";
import type { ParseResult, RunConfig } from "../../run/index.ts";
import type { Span } from "../../text/index.ts";
import type { FlowController, FlowMode } from "../flow/flow.ts";
import type { DemandHint } from "../input/chunk.ts";
import type { StreamEvent } from "../report/events.ts";

/**
 * Why a run pauses. "inputExhausted": all that was fed is read. "feederAwait": the feeder has nothing yet.
 * "feederClosed": the input has ended and emitted values wait to be taken. "backpressure": emitted values wait.
 * "yield": its turn is over.
 */
export type PendingReason = "inputExhausted" | "feederAwait" | "feederClosed" | "backpressure" | "yield";

/** The progress of a streamed run, counted from its start. */
export interface StreamMeta {
  /** Bytes of the input (UTF-8 for text) that the parse has read. */
  readonly consumedBytes: number;
  /** Chunks fed, without empty ones. */
  readonly chunks: number;
  /** How often it was resumed. */
  readonly resumeCount: number;
  /** How often its feeder had nothing. */
  readonly awaitCount: number;
  /** How often it paused because emitted values waited. */
  readonly backpressureCount: number;
  /** How many `checkpoint`s have ended. */
  readonly checkpointsClosed: number;
  /** In a run with a flow or with a listener: how long ago the oldest input arrived that this step read. */
  readonly lagNanos?: bigint;
  /** In a run with a flow: what waited after this step, relative to what its high watermark allows. */
  readonly bufferFillRatio?: number;
  /** Reserved for `RunConfig.packrat`, which is not implemented: no run has it. */
  readonly memoBytes?: number;
  /** Absent once the run is complete. */
  readonly lastReason?: PendingReason;
}

/** Where a run is paused, and what it needs to continue. */
export interface ContinuationMeta {
  /** Offset before which no text is needed any more. */
  readonly commitWatermark: number;
  /** Units that are held: from the watermark on, and those that were fed but not read. */
  readonly buffered: number;
  readonly resumeHint: DemandHint;
  /** What would be expected if the input ended here; computed on demand. */
  readonly expectedTokens: readonly Expectation[];
  /** The span of the last `checkpoint` that has ended. */
  readonly lastCheckpoint?: Span;
  /** In a run with `trace: true`: the name of the innermost traced parser that is open. */
  readonly traceLabel?: string;
  /**
   * The continuations that were resumed to get here, at most the last 16, latest last: each as its lap and offset, such
   * as `"3@120"`, or `"3@120#2"` if it was resumed for the second time.
   */
  readonly resumeLineage: readonly string[];
}

/** A paused run, as a value: it may be resumed more than once, each time with an outcome of its own. */
export interface Continuation<out T, out E = never> {
  readonly meta: ContinuationMeta;
  /** Whether the input could end here. */
  readonly canFinish: boolean;
  /** The result that the run would have if the input ended here. */
  preview(): ParseResult<T, E>;
}

/** A run that needs more input, or a turn: after `kind: "pending"`, call `resume`. */
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

/** The outcome of a step of a streamed run; `kind` distinguishes the two. */
export type StreamOutcome<T, E = never> = Completed<T, E> | Pending<T, E>;

/** The configuration of a streamed run: the options of `run`, and how its input arrives. */
export interface StreamingConfig extends RunConfig {
  /** The mode of the flow, if it is not the one of `flow`. */
  mode?: FlowMode | undefined;
  /** How much may wait before the run pauses. Default: no limit, values never pause the run. */
  flow?: FlowController | undefined;
  /** The most that a demand asks for: bytes as `preferredBytes`, frames as emitted values in one outcome. */
  demandCap?: { bytes?: number | undefined; frames?: number | undefined } | undefined;
  /**
   * Called for the events of the run. What it throws reaches the caller, like an error from a function of the grammar.
   */
  onDiagnostic?: ((event: StreamEvent) => void) | undefined;
  /** Whether the "pending" events say in words what the run waits for. Default: false. */
  resumeNotes?: boolean | undefined;
  /**
   * Milliseconds that `parse` and `parseEach` wait for a chunk before they end with `stream.timeout`. Default: for
   * ever.
   */
  pendingTimeout?: number | undefined;
  /** After how many steps of the machine, or milliseconds, the run yields to the event loop. Default: never. */
  yieldEvery?: { steps: number } | { ms: number } | undefined;
  /**
   * Aborting it ends a run with its reason and closes the source; where you feed the chunks, the next step throws the
   * reason.
   */
  signal?: AbortSignal | undefined;
}
