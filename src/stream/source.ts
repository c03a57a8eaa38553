// Where chunks come from: everything that the platform calls a source, as one async iteration that closes it.
import type { Chunk } from "./chunk.ts";

/** A Web stream, structurally, so that neither DOM nor Node types are needed to compile against it. */
export interface StreamLike<C> {
  getReader(): {
    read(): Promise<{ done: boolean; value?: C | undefined }>;
    releaseLock(): void;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** A text or bytes, chunks in any iterable, a stream, a `Blob`, a `Response`. */
export type Source =
  | Chunk
  | Iterable<Chunk>
  | AsyncIterable<Chunk>
  | StreamLike<Chunk>
  | { stream(): StreamLike<Chunk> }
  | { readonly body: StreamLike<Chunk> | null };

/** Thrown by a source that gave nothing for too long; both in milliseconds. */
export class Silence extends Error {
  readonly waited: number;
  readonly limit: number;

  constructor(waited: number, limit: number) {
    super(`the source was silent for ${Math.round(waited)} ms; pendingTimeout allows ${limit} ms`);
    this.waited = waited;
    this.limit = limit;
  }
}

/**
 * The chunks of a source. Leaving the iteration early closes the source; so does `signal`, whose reason is then thrown.
 *
 * @param limit milliseconds that a chunk is waited for; then a `Silence` is thrown.
 * @throws TypeError if the source is of no kind that is known.
 */
export function chunksOf(source: Source, signal?: AbortSignal, limit?: number): AsyncIterator<Chunk> {
  const iterator = open(source);
  return signal === undefined && limit === undefined ? iterator : impatient(iterator, signal, limit);
}

function open(source: Source): AsyncIterator<Chunk> {
  if (typeof source === "string" || source instanceof Uint8Array) return fromIterator([source][Symbol.iterator]());
  if (typeof source === "object" && source !== null) {
    if ("getReader" in source && typeof source.getReader === "function") return fromReader(source.getReader());
    if (Symbol.asyncIterator in source) return source[Symbol.asyncIterator]();
    if (Symbol.iterator in source) return fromIterator(source[Symbol.iterator]());
    if ("stream" in source && typeof source.stream === "function") return open(source.stream());
    if ("body" in source) return source.body === null ? fromIterator([][Symbol.iterator]()) : open(source.body);
  }
  throw new TypeError(
    "a source is a string, a Uint8Array, an iterable or async iterable of chunks, a ReadableStream, a Blob or a Response",
  );
}

function fromIterator(iterator: Iterator<Chunk>): AsyncIterator<Chunk> {
  return {
    async next() {
      return iterator.next();
    },
    async return() {
      iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}

function fromReader(reader: ReturnType<StreamLike<Chunk>["getReader"]>): AsyncIterator<Chunk> {
  return {
    async next() {
      let ended = true;
      try {
        const { done, value } = await reader.read();
        ended = done;
        return done ? { done, value: undefined } : { done, value: value as Chunk };
      } finally {
        if (ended) reader.releaseLock();
      }
    },
    async return(reason?: unknown) {
      try {
        await reader.cancel(reason);
      } finally {
        reader.releaseLock();
      }
      return { done: true, value: undefined };
    },
  };
}

function impatient(
  iterator: AsyncIterator<Chunk>,
  signal: AbortSignal | undefined,
  limit: number | undefined,
): AsyncIterator<Chunk> {
  let pulling = false;
  return {
    async next() {
      signal?.throwIfAborted();
      let onAbort: () => void = () => {};
      let timer: ReturnType<typeof setTimeout> | undefined;
      const enough = new Promise<never>((_, reject) => {
        onAbort = () => reject(signal?.reason);
        signal?.addEventListener("abort", onAbort, { once: true });
        if (limit === undefined) return;
        const since = performance.now();
        timer = setTimeout(() => reject(new Silence(performance.now() - since, limit)), limit);
      });
      try {
        pulling = true;
        const next = await Promise.race([iterator.next(), enough]);
        pulling = false;
        return next;
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      }
    },
    async return(reason?: unknown) {
      const closing = iterator.return?.(reason);
      if (!pulling) return (await closing) ?? { done: true, value: undefined };
      // a source in the middle of a pull closes after it, and that may never end: who has had enough does not wait for it
      closing?.catch(() => {});
      return { done: true, value: undefined };
    },
  };
}
