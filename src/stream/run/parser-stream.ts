// The Web Streams bridge: chunks are written to one side, items are read from the other.
import type { Parser } from "../../grammar/parser.ts";
import { type Clock, platformClock } from "../flow/clock.ts";
import { type Chunk, checkChunk } from "../input/chunk.ts";
import type { StreamingConfig } from "../session/outcome.ts";
import { type ItemOf, itemsOf, runOfItems } from "./parse.ts";

export interface ParserStream<O> extends TransformStream<Chunk, O> {}

// The types of Node before @types/node 26 allow neither Web streams in a pipeline nor the options that a step gets.
// Without types of Node, these declare nothing.
declare module "node:stream/promises" {
  /** With a parser after the source. */
  function pipeline<C, O, R = void>(
    source: PipelineFrom<C>,
    parser: PipelineStep<C, O>,
    last: PipelineLast<O, R>,
    options?: PipelineSignal,
  ): Promise<R>;
  /** With a parser and one more step, in any order. */
  function pipeline<C, I, O, R = void>(
    source: PipelineFrom<C>,
    before: PipelineStep<C, I> | NodeDuplex<I>,
    after: PipelineStep<I, O> | NodeDuplex<O>,
    last: PipelineLast<O, R>,
    options?: PipelineSignal,
  ): Promise<R>;
}
declare module "node:stream" {
  /** With a parser after the source. */
  function pipeline<C, O, R = void>(
    source: PipelineFrom<C>,
    parser: PipelineStep<C, O>,
    last: PipelineLast<O, R>,
    done: (error: Error | null, value: R) => void,
  ): unknown;
  /** With a parser and one more step, in any order. */
  function pipeline<C, I, O, R = void>(
    source: PipelineFrom<C>,
    before: PipelineStep<C, I> | NodeDuplex<I>,
    after: PipelineStep<I, O> | NodeDuplex<O>,
    last: PipelineLast<O, R>,
    done: (error: Error | null, value: R) => void,
  ): unknown;
}

type PipelineFrom<C> = Iterable<C> | AsyncIterable<C> | (() => Iterable<C> | AsyncIterable<C>);
type PipelineStep<I, O> =
  | ParserStream<O>
  | ((source: AsyncIterable<I>, options: { readonly signal: AbortSignal }) => AsyncIterable<O>);
type PipelineLast<I, R> =
  | NodeWritable
  | WritableStream<I>
  | ((items: AsyncIterable<I>, options: { readonly signal: AbortSignal }) => Promise<R> | AsyncIterable<unknown>);
interface PipelineSignal {
  readonly signal?: AbortSignal | undefined;
  readonly end?: boolean | undefined;
}
/** Node's `Writable`, structurally. */
interface NodeWritable {
  readonly writable: boolean;
  write(chunk: never): boolean;
  end(): unknown;
}
interface NodeDuplex<O> extends NodeWritable, AsyncIterable<O> {}

/**
 * A parser as a `TransformStream`: chunks in, items out, the same items as from `parseEach`. Nothing is parsed before
 * an item is requested, however much a chunk contains; a write is done when the parser has taken its chunk. In the
 * modes "push" and "hybrid" chunks are taken before, as long as the watermarks allow it.
 *
 * Reading rejects with `ParseError` after the last certain value, if the parse gave no value; the writable side fails
 * with the same error. Aborting the writable side fails the readable one with the reason, cancelling the readable side
 * fails the writable one, and `config.signal` fails both. If a run is complete before its input is (`requireEof:
 * false`), the readable side closes and the writable one accepts no more.
 *
 * @throws TypeError if the parser or the configuration is wrong.
 *
 * @example
 * ```ts
 * import { lexeme, string } from "sluice/lex";
 * import { ParserStream } from "sluice/stream";
 * const items = new Blob(["a a"]).stream().pipeThrough(new ParserStream(lexeme(string("a"))));
 * (await items.getReader().read()).value; // => "a"
 * ```
 */
export const ParserStream: {
  new <T, E>(p: Parser<T, E>, config?: StreamingConfig): ParserStream<ItemOf<T, E>>;
} = class<T, E> extends TransformStream<Chunk, ItemOf<T, E>> {
  readonly #readable: ReadableStream<ItemOf<T, E>>;

  constructor(p: Parser<T, E>, config: StreamingConfig = {}, clock: Clock = platformClock) {
    const hand = new Handover();
    const run = runOfItems(clock, p, hand, config);
    let writing: TransformStreamDefaultController<ItemOf<T, E>> | undefined;
    super(
      {
        start(controller): void {
          writing = controller;
        },
        transform: (chunk) => hand.give(owned(checkChunk(chunk))),
        flush: () => hand.end(),
      },
      { highWaterMark: 1 },
      // nothing passes through the readable side of the base class: a transformer does not learn when items are
      // requested, so it could not pause inside a chunk. That side is only watched for errors of the writable one.
      { highWaterMark: 1 },
    );
    const items = itemsOf(() => run);
    let reading: ReadableStreamDefaultController<ItemOf<T, E>> | undefined;
    let over = false;
    const stop = (reason: unknown): void => {
      over = true;
      hand.fail(reason);
      run.leave();
      config.signal?.removeEventListener("abort", onAbort);
      writing?.error(reason);
    };
    const fail = (reason: unknown): void => {
      if (over) return;
      stop(reason);
      reading?.error(reason);
    };
    const onAbort = (): void => fail(config.signal?.reason);
    this.#readable = new ReadableStream<ItemOf<T, E>>(
      {
        start(controller): void {
          reading = controller;
        },
        async pull(controller): Promise<void> {
          try {
            const next = await items.next();
            if (over) return;
            if (next.done !== true) controller.enqueue(next.value);
            else {
              stop(new TypeError("the parse is complete: this stream takes no more chunks"));
              controller.close();
            }
          } catch (error) {
            fail(error);
          }
        },
        cancel: stop,
      },
      { highWaterMark: 0 },
    );
    super.readable.getReader().closed.catch(fail);
    run.intake.ahead();
    if (config.signal?.aborted === true) onAbort();
    else config.signal?.addEventListener("abort", onAbort);
  }

  override get readable(): ReadableStream<ItemOf<T, E>> {
    return this.#readable;
  }
};

/** The owner may reuse what was written once the write is done, which may be before it is parsed. */
function owned(chunk: Chunk): Chunk {
  return typeof chunk === "string" ? chunk : Uint8Array.prototype.slice.call(chunk);
}

/** Passes chunks from a writer to a reader; a write is done when the chunk was requested. */
class Handover implements AsyncIterable<Chunk> {
  #given: { readonly chunk: Chunk; readonly taken: () => void } | undefined;
  #asked:
    | { readonly answer: (next: IteratorResult<Chunk>) => void; readonly refuse: (why: unknown) => void }
    | undefined;
  #ended = false;
  #failed: { readonly reason: unknown } | undefined;

  give(chunk: Chunk): Promise<void> | undefined {
    if (this.#asked === undefined) {
      return new Promise((taken) => {
        this.#given = { chunk, taken };
      });
    }
    this.#asked.answer({ done: false, value: chunk });
    this.#asked = undefined;
    return undefined;
  }

  end(): void {
    this.#ended = true;
    this.#asked?.answer({ done: true, value: undefined });
    this.#asked = undefined;
  }

  /** Ends both sides. */
  fail(reason: unknown): void {
    this.#failed = { reason };
    this.#asked?.refuse(reason);
    this.#asked = undefined;
    this.#given?.taken();
    this.#given = undefined;
  }

  [Symbol.asyncIterator](): AsyncIterator<Chunk> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<Chunk>> {
    if (this.#failed !== undefined) throw this.#failed.reason;
    if (this.#given !== undefined) {
      const { chunk, taken } = this.#given;
      this.#given = undefined;
      taken();
      return { done: false, value: chunk };
    }
    if (this.#ended) return { done: true, value: undefined };
    return new Promise((answer, refuse) => {
      this.#asked = { answer, refuse };
    });
  }
}
