// Together with ix: parsers as operators of its async iterables, and feeders as such iterables. The only file that knows ix.
import { AsyncIterableX } from "ix/asynciterable";
import type { OperatorAsyncFunction } from "ix/interfaces";
import type { Parser } from "./grammar/parser.ts";
import {
  type Chunk,
  CLOSED,
  type Completed,
  type DemandHint,
  type Feeder,
  type ItemOf,
  parse,
  parseEach,
  type ReadyFeeder,
  type StreamError,
  type StreamingConfig,
} from "./stream/index.ts";
import { readYield } from "./stream/input/feeder-answer.ts";

export {
  type Chunk,
  type Completed,
  type Feeder,
  type ItemOf,
  type ReadyFeeder,
  type StreamingConfig,
  toFeeder,
} from "./stream/index.ts";

/** Made of a generator for each iteration: ix's own wrapper hides when its source is closed. */
class Iteration<T> extends AsyncIterableX<T> {
  readonly #begin: (signal: AbortSignal | undefined) => AsyncIterator<T>;

  constructor(begin: (signal: AbortSignal | undefined) => AsyncIterator<T>) {
    super();
    this.#begin = begin;
  }

  /** @param signal the signal that ix's operators pass on. */
  override [Symbol.asyncIterator](signal?: AbortSignal): AsyncIterator<T> {
    return this.#begin(signal);
  }
}

/**
 * `parse` as an operator for `pipe`: its only item is the completed outcome.
 *
 * @throws (as a rejection) as `parse`.
 *
 * @example
 * ```ts
 * import { from } from "ix/asynciterable";
 * import { string } from "sluice/lex";
 * import { parsing } from "sluice/ix";
 * const seen: boolean[] = [];
 * for await (const { result } of from(["a", "b"]).pipe(parsing(string("ab")))) seen.push(result.ok);
 * seen; // => [true]
 * ```
 */
export function parsing<T, E>(
  p: Parser<T, E>,
  config: StreamingConfig = {},
): OperatorAsyncFunction<Chunk, Completed<T, E>> {
  return (source) =>
    new Iteration(async function* (signal) {
      yield await parse(p, source, under(signal, config));
    });
}

/**
 * `parseEach` as an operator for `pipe`. Taking fewer items than there are closes the source.
 *
 * @throws (as a rejection) as `parseEach`.
 *
 * @example
 * ```ts
 * import { from } from "ix/asynciterable";
 * import { take } from "ix/asynciterable/operators";
 * import { lexeme, string } from "sluice/lex";
 * import { parsingEach } from "sluice/ix";
 * const seen: string[] = [];
 * for await (const a of from(["a ", "a a"]).pipe(parsingEach(lexeme(string("a"))), take(2))) seen.push(a);
 * seen; // => ["a", "a"]
 * ```
 */
export function parsingEach<T, E>(
  p: Parser<T, E>,
  config: StreamingConfig = {},
): OperatorAsyncFunction<Chunk, ItemOf<T, E>> {
  return (source) => new Iteration((signal) => parseEach(p, source, under(signal, config)));
}

/** The configuration with one more signal. */
function under(signal: AbortSignal | undefined, config: StreamingConfig): StreamingConfig {
  if (signal === undefined) return config;
  return { ...config, signal: config?.signal === undefined ? signal : AbortSignal.any([config.signal, signal]) };
}

const ANY: DemandHint = { action: "continue", minBytes: 1 };

/**
 * The chunks of a feeder, as an async iterable that can be iterated once. If it returns `awaiting()`, its `ready()` is
 * awaited if there is one; otherwise it is called again in a later turn of the event loop.
 *
 * @throws TypeError if the argument is not a feeder; (as a rejection) Error with the message and cause of a
 * `feederError`; TypeError for an unknown result.
 *
 * @example
 * ```ts
 * import { fromFeeder } from "sluice/ix";
 * import { feederOf } from "sluice/stream";
 * const seen: unknown[] = [];
 * for await (const chunk of fromFeeder(feederOf(["a", "b"]))) seen.push(chunk);
 * seen; // => ["a", "b"]
 * ```
 */
export function fromFeeder(feeder: Feeder | ReadyFeeder): AsyncIterableX<Chunk> {
  if (typeof feeder?.pull !== "function") throw new TypeError("fromFeeder takes a feeder, which has a function pull()");
  return new Iteration((signal) => leavable(feeder, signal));
}

/** A generator that waits can't be reached: if it is left during a read, a signal ends the read. */
function leavable(feeder: Feeder | ReadyFeeder, signal: AbortSignal | undefined): AsyncIterator<Chunk> {
  const left = new AbortController();
  const chunks = pulled(feeder, signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]));
  const done = { done: true, value: undefined } as const;
  return {
    next: () =>
      chunks.next().catch((error: unknown) => {
        if (!left.signal.aborted || error !== left.signal.reason) throw error;
        return done;
      }),
    async return() {
      left.abort();
      await chunks.return(undefined);
      return done;
    },
  };
}

async function* pulled(feeder: Feeder | ReadyFeeder, signal: AbortSignal): AsyncGenerator<Chunk> {
  let ended = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const given = readYield(feeder.pull(ANY));
      if (given === CLOSED) {
        ended = true;
        return;
      }
      if (given === undefined) await unless(signal, anotherTurn(feeder));
      else if (typeof given === "string" || !("error" in given)) yield given;
      else throw given.error.kind === "FeederBug" ? new TypeError(given.error.message) : broken(given.error);
    }
  } finally {
    if (!ended && "close" in feeder) await feeder.close();
  }
}

function broken({ message, cause }: StreamError): Error {
  return new Error(message, { cause });
}

/** Waits for something, or until the signal is aborted. */
function unless(signal: AbortSignal, happens: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    void happens.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

function anotherTurn(feeder: Feeder | ReadyFeeder): Promise<void> {
  return "ready" in feeder ? feeder.ready() : new Promise((resolve) => setTimeout(resolve));
}
