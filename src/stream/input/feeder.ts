// A feeder that reads an async iterable.
import {
  awaiting,
  type Bytes,
  type Chunk,
  CLOSED,
  chunk,
  type Feeder,
  type FeederYield,
  failedBy,
  feederError,
} from "./chunk.ts";
import { chunksOf } from "./source.ts";

/** A feeder that says when to ask it again. */
export interface ReadyFeeder extends Feeder {
  /** Resolves when `pull` has something after it returned `awaiting()`. */
  ready(): Promise<void>;
  /** Closes what it reads from. */
  close(): Promise<void>;
}

/**
 * A feeder that gives the chunks of an async iterable, one read at a time and not before it is asked. It returns
 * `awaiting()` while a read is in progress; `ready()` resolves when the read is done.
 *
 * @example
 * ```ts
 * import { string } from "sluice/lex";
 * import { runStream, toFeeder } from "sluice/stream";
 * const feeder = toFeeder((async function* () {
 *   yield "a";
 * })());
 * const first = runStream(string("a"), feeder);
 * first.kind === "pending" && first.reason; // => "feederAwait"
 * ```
 */
export function toFeeder(source: AsyncIterable<Chunk | Bytes>): ReadyFeeder {
  return new Reads(source);
}

class Reads implements ReadyFeeder {
  readonly capability = "pull";
  readonly #source: AsyncIterator<Chunk>;
  #read: FeederYield | undefined;
  #reading: Promise<void> | undefined;
  #ended = false;

  constructor(source: AsyncIterable<Chunk | Bytes>) {
    this.#source = chunksOf(source);
  }

  pull(): FeederYield {
    const read = this.#read;
    if (read !== undefined) {
      this.#read = undefined;
      return read;
    }
    if (this.#ended) return CLOSED;
    void this.ready();
    return awaiting();
  }

  async ready(): Promise<void> {
    if (this.#read !== undefined || this.#ended) return;
    this.#reading ??= this.#next();
    await this.#reading;
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const closing = this.#source.return?.();
    // during a read it closes after the read, which may never end
    if (this.#reading === undefined) await closing;
    else closing?.catch(() => {});
  }

  async #next(): Promise<void> {
    try {
      const next = await this.#source.next();
      if (this.#ended) return;
      if (next.done === true) {
        this.#ended = true;
        this.#read = CLOSED;
      } else this.#read = chunk(next.value);
    } catch (cause) {
      if (this.#ended) return;
      this.#ended = true;
      this.#read = feederError(failedBy(cause));
    } finally {
      this.#reading = undefined;
    }
  }
}
