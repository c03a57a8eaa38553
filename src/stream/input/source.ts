// Sources of chunks: everything that the platform calls a source, as one async iteration that closes it.
import { type Bytes, type Chunk, readChunk } from "./chunk.ts";

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
  | Bytes
  | Iterable<Chunk | Bytes>
  | AsyncIterable<Chunk | Bytes>
  | StreamLike<Chunk | Bytes>
  | { stream(): StreamLike<Chunk | Bytes> }
  | { readonly body: StreamLike<Chunk | Bytes> | null };

/** @internal A source gave nothing for too long; both in milliseconds. */
export class Silence {
  readonly message: string;
  readonly waited: number;
  readonly limit: number;

  constructor(waited: number, limit: number) {
    this.message = `the source was silent for ${Math.round(waited)} ms; pendingTimeout allows ${limit} ms`;
    this.waited = waited;
    this.limit = limit;
  }
}

/**
 * @internal The chunks of a source, as it gives them; the consumer checks them. Its `return` closes the source, and may
 * be called while `next` is in progress.
 *
 * @throws TypeError if the source is of no known kind.
 */
export function chunksOf(source: Source): AsyncIterator<Chunk> {
  // typed arrays can be iterated, but are not iterables of chunks
  const whole = readChunk(source);
  if (whole !== undefined) return fromIterator([whole][Symbol.iterator]());
  if (typeof source === "object" && source !== null) {
    if ("getReader" in source && typeof source.getReader === "function") return fromReader(source.getReader());
    if (Symbol.asyncIterator in source) {
      const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Chunk>;
      return isDestroyable(source) ? fromDestroyable(chunks, source) : chunks;
    }
    if (Symbol.iterator in source) return fromIterator(source[Symbol.iterator]() as Iterator<Chunk>);
    if ("stream" in source && typeof source.stream === "function") return chunksOf(source.stream());
    if ("body" in source) return source.body === null ? fromIterator([][Symbol.iterator]()) : chunksOf(source.body);
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

/** A Node Readable, structurally. */
interface Destroyable {
  destroy(): unknown;
}

function isDestroyable(source: object): source is Destroyable {
  return "destroy" in source && typeof source.destroy === "function";
}

/** An iterator that was never asked, or that is reading, would leave its stream open. */
function fromDestroyable(chunks: AsyncIterator<Chunk>, stream: Destroyable): AsyncIterator<Chunk> {
  return {
    next: () => chunks.next(),
    async return() {
      stream.destroy();
      return (await chunks.return?.()) ?? { done: true, value: undefined };
    },
  };
}

function fromReader(reader: ReturnType<StreamLike<unknown>["getReader"]>): AsyncIterator<Chunk> {
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
