// Sources that keep count of what is done with them.
import type { Chunk, Source } from "../../src/stream/index.ts";

interface Watched<S> {
  readonly source: S;
  /** Chunks given out. */
  readonly given: () => number;
  /** How often it was closed before its end. */
  readonly closed: () => number;
}

function watchedIterable(chunks: Iterable<unknown>): Watched<Iterable<Chunk>> {
  let given = 0;
  let closed = 0;
  const iterator = chunks[Symbol.iterator]() as Iterator<Chunk>;
  const source: Iterator<Chunk> = {
    next() {
      const step = iterator.next();
      if (step.done !== true) given += 1;
      return step;
    },
    return() {
      closed += 1;
      return { done: true, value: undefined };
    },
  };
  return { source: { [Symbol.iterator]: () => source }, given: () => given, closed: () => closed };
}

function watchedAsync(chunks: Iterable<unknown>): Watched<AsyncIterable<Chunk>> {
  const { source, given, closed } = watchedIterable(chunks);
  const iterator = source[Symbol.iterator]();
  const asynchronous: AsyncIterator<Chunk> = {
    async next() {
      return iterator.next();
    },
    async return() {
      iterator.return?.();
      return { done: true, value: undefined };
    },
  };
  return { source: { [Symbol.asyncIterator]: () => asynchronous }, given, closed };
}

export function watchedStream(chunks: Iterable<unknown>): Watched<ReadableStream<Chunk>> {
  let given = 0;
  let closed = 0;
  const iterator = chunks[Symbol.iterator]() as Iterator<Chunk>;
  const source = new ReadableStream<Chunk>(
    {
      pull(controller) {
        const step = iterator.next();
        if (step.done === true) controller.close();
        else {
          given += 1;
          controller.enqueue(step.value);
        }
      },
      cancel() {
        closed += 1;
      },
    },
    { highWaterMark: 0 },
  );
  return { source, given: () => given, closed: () => closed };
}

export const watchers: Readonly<Record<string, (chunks: Iterable<unknown>) => Watched<Source>>> = {
  iterable: watchedIterable,
  "async iterable": watchedAsync,
  stream: watchedStream,
};

/** A source that gives some chunks and then nothing for ever, not even an end. */
export async function* endless(chunks: readonly Chunk[]): AsyncGenerator<Chunk> {
  yield* chunks;
  await new Promise(() => {});
}
