// Sources of every kind that know whether they were let go of, and how often; and a clock that never waits.
import { Readable } from "node:stream";
import { from } from "ix/asynciterable";
import { fromFeeder, toFeeder } from "../../src/ix.ts";
import type { Clock } from "../../src/stream/flow/clock.ts";
import type { Chunk, Source } from "../../src/stream/index.ts";

/** What a source does when its turn comes: gives a chunk, or does something before, such as failing or waiting for ever. */
export type Turn = string | (() => string | Promise<string>);

export interface Probe {
  readonly source: Source;
  /** How often it was begun, and how often it has come to its end, failed, or was closed. */
  readonly count: { begun: number; over: number };
  /** What it is waiting for keeps it from closing: nothing can wake a generator. */
  readonly stubborn?: boolean;
  /** Node's own. */
  readonly readable?: Readable;
}

type Made = (turns: readonly Turn[]) => Probe;

const taken = (turn: Turn): string | Promise<string> => (typeof turn === "function" ? turn() : turn);
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function iterator(turns: readonly Turn[]): { iterator: AsyncIterator<Chunk>; count: Probe["count"] } {
  const count = { begun: 0, over: 0 };
  const left = [...turns];
  let ended = false;
  const next = async (): Promise<IteratorResult<Chunk>> => {
    try {
      const turn = left.shift();
      if (turn !== undefined) return { done: false, value: await taken(turn) };
    } catch (error) {
      ended = true;
      throw error;
    }
    ended = true;
    return { done: true, value: undefined };
  };
  return {
    count,
    iterator: {
      next() {
        count.begun = 1;
        const step = next();
        // who asked knows of its end from here on, and may not close it
        const over = (): void => {
          if (ended && count.over === 0) count.over += 1;
        };
        step.then(over, over);
        return step;
      },
      async return() {
        count.begun = 1;
        count.over += 1;
        return { done: true, value: undefined };
      },
    },
  };
}

function webStream(turns: readonly Turn[], bytes: boolean): Probe {
  const count = { begun: 1, over: 0 };
  const left = [...turns];
  const source = {
    async pull(controller: { enqueue(chunk: never): void; close(): void }) {
      const turn = left.shift();
      if (turn === undefined) {
        count.over += 1;
        controller.close();
        return;
      }
      let chunk: string;
      try {
        chunk = await taken(turn);
      } catch (error) {
        count.over += 1;
        throw error;
      }
      // cancelled while it worked
      if (count.over === 0) controller.enqueue((bytes ? utf8(chunk) : chunk) as never);
    },
    cancel() {
      count.over += 1;
    },
  };
  const stream = bytes
    ? new ReadableStream({ ...source, type: "bytes" } as UnderlyingByteSource)
    : new ReadableStream<Chunk>(source, { highWaterMark: 0 });
  return { source: stream as ReadableStream<Chunk>, count };
}

function nodeReadable(turns: readonly Turn[], objectMode: boolean): Probe {
  const count = { begun: 1, over: 0 };
  const left = [...turns];
  const readable = new Readable({
    objectMode,
    ...(objectMode ? {} : { encoding: "utf8" as const }),
    read() {
      const turn = left.shift();
      if (turn === undefined) this.push(null);
      else {
        void (async () => taken(turn))().then(
          (chunk) => this.push(chunk),
          (error: Error) => this.destroy(error),
        );
      }
    },
    destroy(error, done) {
      count.over += 1;
      done(error);
    },
  });
  return { source: readable, count, readable };
}

export const probes: Readonly<Record<string, Made>> = {
  "async iterable"(turns) {
    const { iterator: chunks, count } = iterator(turns);
    return { source: { [Symbol.asyncIterator]: () => chunks }, count };
  },
  generator(turns) {
    const count = { begun: 0, over: 0 };
    const source = (function* (): Generator<string> {
      count.begun += 1;
      try {
        for (const turn of turns) {
          const chunk = taken(turn);
          if (!(chunk instanceof Promise)) yield chunk;
        }
      } finally {
        count.over += 1;
      }
    })();
    return { source, count };
  },
  "async generator"(turns) {
    const count = { begun: 0, over: 0 };
    const source = (async function* (): AsyncGenerator<string> {
      count.begun += 1;
      try {
        for (const turn of turns) yield await taken(turn);
      } finally {
        count.over += 1;
      }
    })();
    return { source, count, stubborn: true };
  },
  "web stream": (turns) => webStream(turns, false),
  "web stream of bytes": (turns) => webStream(turns, true),
  "node stream": (turns) => nodeReadable(turns, false),
  "node stream of objects": (turns) => nodeReadable(turns, true),
  body(turns) {
    const { source, count } = webStream(turns, true);
    return { source: { body: source as ReadableStream<Uint8Array> }, count };
  },
  "something that streams"(turns) {
    const { source, count } = webStream(turns, false);
    return { source: { stream: () => source as ReadableStream<Chunk> }, count };
  },
  ix(turns) {
    const { iterator: chunks, count } = iterator(turns);
    // ix wraps what it is given in a generator
    return { source: from({ [Symbol.asyncIterator]: () => chunks }), count, stubborn: true };
  },
  feeder(turns) {
    const { iterator: chunks, count } = iterator(turns);
    return { source: fromFeeder(toFeeder({ [Symbol.asyncIterator]: () => chunks })), count };
  },
};

/** Time passes as soon as anyone waits for it. */
export class HastyClock implements Clock {
  #now = 0;
  readonly #timers = new Map<unknown, number>();

  now(): number {
    return this.#now;
  }

  later(call: () => void, ms: number): unknown {
    // whatever can go on without time passing goes on first
    let turns = 4;
    const timer = {};
    const turn = (): void => {
      if (!this.#timers.has(timer)) return;
      if (--turns > 0) {
        setImmediate(turn);
        return;
      }
      this.#timers.delete(timer);
      this.#now += ms;
      call();
    };
    this.#timers.set(timer, ms);
    setImmediate(turn);
    return timer;
  }

  cancel(timer: unknown): void {
    this.#timers.delete(timer);
  }

  /** How many timers are set that are more than a turn for others. */
  get timers(): number {
    return [...this.#timers.values()].filter((ms) => ms > 0).length;
  }
}

/** A signal that counts who listens to it. */
export function counted(signal: AbortSignal): () => number {
  const listeners = new Set<unknown>();
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...given: Parameters<typeof add>): void => {
    listeners.add(given[1]);
    add(...given);
  };
  signal.removeEventListener = (...given: Parameters<typeof remove>): void => {
    listeners.delete(given[1]);
    remove(...given);
  };
  return () => listeners.size;
}
