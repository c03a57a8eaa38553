// A source that keeps count of how it is used, and can be told to throw or to wait.
import type { Chunk } from "../../src/stream/index.ts";

interface Watched {
  readonly source: AsyncIterable<Chunk>;
  /** How often it was asked for a chunk, and how often it was closed before its end. */
  readonly count: { pulls: number; closed: number };
}

/** Gives these chunks in order; a function among them is called in its turn and may throw, or wait. */
export function watched(chunks: readonly (Chunk | (() => Chunk | Promise<Chunk>))[]): Watched {
  const count = { pulls: 0, closed: 0 };
  const left = [...chunks];
  const source: AsyncIterable<Chunk> = {
    [Symbol.asyncIterator]: () => ({
      async next() {
        count.pulls += 1;
        const given = left.shift();
        if (given === undefined) return { done: true, value: undefined };
        return { done: false, value: typeof given === "function" ? await given() : given };
      },
      async return() {
        count.closed += 1;
        return { done: true, value: undefined };
      },
    }),
  };
  return { source, count };
}

/** Never answers. */
export function never(): Promise<Chunk> {
  return new Promise<Chunk>(() => {});
}
