// Input: chunks, the end, and what else a feeder can return.
import { described } from "../../misuse/described.ts";
import { type Bytes, bytesOf } from "../../run/index.ts";

export type { Bytes };

/**
 * A piece of the input: text, or bytes (UTF-8 unless `input: "binary"`). Where a chunk is accepted, any other object
 * that contains bytes is accepted too (`Bytes`).
 */
export type Chunk = string | Uint8Array;

/** Says that there is no more input. */
export const CLOSED: unique symbol = Symbol("closed");
/** The type of {@link CLOSED}. */
export type Closed = typeof CLOSED;
/** What a run is resumed with: a chunk, or the end of the input. */
export type ChunkInput = Chunk | Closed;

/** Why a stream failed; it becomes a diagnostic of the result, and what was parsed before is kept. */
export interface StreamError {
  readonly kind: "IoFailed" | "DecoderFailed" | "FeederBug" | "UserCancelled";
  readonly message: string;
  readonly cause?: unknown;
}

/** How much input would help, and whether any is wanted now. */
export interface DemandHint {
  /** "pause": take what was emitted first. */
  readonly action: "continue" | "pause";
  /**
   * The least number of bytes (UTF-8 for text) that the parse needs to continue; at least 1. Fewer are accepted too.
   */
  readonly minBytes: number;
  readonly preferredBytes?: number;
  readonly frameBoundary?: string;
  readonly reason?: string;
}

/** When a feeder can give input: when it has some, when it is asked, or both. */
export type FlowCapability = "push" | "pull" | "both";

/** The possible results of a feeder. */
export type FeederYield =
  | Chunk
  | Closed
  | { readonly kind: "chunk"; readonly data: Chunk }
  | { readonly kind: "awaiting" }
  | { readonly kind: "error"; readonly error: StreamError };

/** A source that is asked for each chunk. */
export interface Feeder {
  pull(demand: DemandHint): FeederYield;
  readonly capability?: FlowCapability | undefined;
}

/** A feeder's result: a chunk. */
export function chunk(data: Chunk | Bytes): FeederYield {
  return { kind: "chunk", data: data as Chunk };
}

/** A feeder's result: nothing now, but later. */
export function awaiting(): FeederYield {
  return { kind: "awaiting" };
}

/** A feeder's result: the end of the input. */
export function closed(): Closed {
  return CLOSED;
}

/** A feeder's result: the source has failed. */
export function feederError(error: StreamError): FeederYield {
  return { kind: "error", error };
}

/**
 * A feeder that gives chunks in order and then closes.
 *
 * @throws TypeError if the argument is not iterable.
 *
 * @example
 * ```ts
 * import { string } from "sluice/lex";
 * import { feederOf, runStream } from "sluice/stream";
 * runStream(string("ab"), feederOf(["a", "b"])).kind; // => "completed"
 * ```
 */
export function feederOf(chunks: Iterable<Chunk | Bytes>): Feeder {
  if (typeof chunks?.[Symbol.iterator] !== "function") {
    throw new TypeError(`feederOf takes an iterable of chunks, but it was given ${described(chunks)}`);
  }
  const iterator = chunks[Symbol.iterator]();
  return {
    pull(): FeederYield {
      const next = iterator.next();
      return next.done === true ? CLOSED : { kind: "chunk", data: next.value as Chunk };
    },
    capability: "pull",
  };
}

/** @internal The error of a source that threw. */
export function failedBy(cause: unknown): StreamError {
  const reason = cause instanceof Error ? cause.message : typeof cause === "string" ? cause : described(cause);
  return { kind: "IoFailed", message: `the source failed: ${reason}`, cause };
}

const DETACHED = "this chunk's buffer was transferred away; feed a chunk before its buffer is";

/** @internal A value as a chunk, if it is one: bytes of any kind and realm as a `Uint8Array`. */
export function readChunk(value: unknown): Chunk | undefined {
  return typeof value === "string" ? value : bytesOf(value, DETACHED);
}

/**
 * @internal The same.
 *
 * @throws TypeError if it isn't one, or is a view of a buffer that was transferred.
 */
export function checkChunk(value: unknown): Chunk {
  const read = readChunk(value);
  if (read !== undefined) return read;
  const what = value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
  throw new TypeError(`a chunk is a string or a Uint8Array, got ${what}`);
}

/**
 * @internal A chunk, or the end.
 * @throws as `checkChunk`.
 */
export function checkInput(value: unknown): ChunkInput {
  return value === CLOSED ? value : checkChunk(value);
}
