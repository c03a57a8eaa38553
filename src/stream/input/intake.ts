// Asks a source for chunks and feeds them to a run: when the flow allows it, and for at most as long as is allowed.

import type { Clock } from "../flow/clock.ts";
import { pacesOf } from "../flow/flow.ts";
import type { StreamingConfig } from "../session/outcome.ts";
import type { Session } from "../session/session.ts";
import { type Chunk, CLOSED, checkChunk, failedBy, type StreamError } from "./chunk.ts";
import { chunksOf, Silence, type Source } from "./source.ts";

export class Intake {
  readonly #session: Session<unknown, unknown>;
  readonly #chunks: AsyncIterator<Chunk>;
  readonly #signal: AbortSignal | undefined;
  readonly #patience: number | undefined;
  readonly #clock: Clock;
  /** The read in progress, with the pause before it. */
  #asking: Promise<void> | undefined;
  /** The source itself is working. */
  #pulling = false;
  /** When the source may be asked next. */
  #next = Number.NEGATIVE_INFINITY;
  #pause: unknown;
  /** The most units of the last demand: that many may wait unread. */
  #wanted = Number.POSITIVE_INFINITY;
  /** The run was fed since it last asked. */
  #hasNew = false;
  /** The error. The run gets it when it has read all input before it. */
  #fault: StreamError | Silence | { readonly thrown: unknown } | undefined;
  /** The source has ended, or failed: there is nothing to close. */
  #ended = false;
  #closed = false;
  /** Ends the wait for the read in progress. */
  #wake: () => void = () => {};

  /** @throws TypeError if it is not a source. */
  constructor(
    session: Session<unknown, unknown>,
    source: Source,
    { signal, pendingTimeout }: StreamingConfig,
    clock: Clock,
  ) {
    this.#session = session;
    this.#chunks = chunksOf(source);
    this.#signal = signal;
    this.#patience = pendingTimeout;
    this.#clock = clock;
  }

  /** Asks for the next chunk before it is needed, if the mode and the flow allow it. */
  ahead(): void {
    const { mode } = this.#session.flow ?? {};
    if (mode !== "push" && mode !== "hybrid") return;
    if (this.#asking !== undefined || this.#over || this.#signal?.aborted === true) return;
    if (!this.#session.paused && this.#session.waiting < this.#wanted) void this.#ask();
  }

  /**
   * Waits until the run has something new.
   *
   * @returns the failure of the stream, after all input before it was read.
   * @throws the reason of the signal when that is aborted; TypeError if the source gives something that is not a chunk.
   */
  async more(): Promise<StreamError | Silence | undefined> {
    const signal = this.#signal;
    signal?.throwIfAborted();
    const hurry = signal !== undefined || this.#patience !== undefined;
    while (!this.#hasNew && this.#fault === undefined) await (hurry ? this.#wait() : this.#ask());
    const { debounce } = pacesOf(this.#session.flow);
    if (debounce > 0) await this.#gather(debounce);
    signal?.throwIfAborted();
    if (this.#hasNew) {
      this.#hasNew = false;
      return undefined;
    }
    if (this.#fault !== undefined && "thrown" in this.#fault) throw this.#fault.thrown;
    return this.#fault;
  }

  /**
   * Closes the source, unless it has ended. During a read it closes after the read, which may never end, so this is not
   * waited for.
   *
   * @throws (as a rejection) what the source throws.
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#fault ??= { thrown: new Error("the source was closed") };
    this.#clock.cancel(this.#pause);
    this.#wake();
    if (this.#ended) return;
    const signal = this.#signal;
    const closing = this.#chunks.return?.(signal?.aborted === true ? signal.reason : undefined);
    if (this.#pulling) closing?.catch(() => {});
    else await closing;
  }

  get #over(): boolean {
    return this.#ended || this.#closed || this.#fault !== undefined;
  }

  async #wait(): Promise<void> {
    const since = this.#clock.now();
    const pause = Math.max(0, this.#next - since);
    const limit = this.#patience;
    if (await this.#within(limit === undefined ? undefined : pause + limit, this.#ask())) return;
    this.#fault ??= new Silence(this.#clock.now() - since - pause, limit ?? 0);
  }

  /**
   * After a first chunk: takes the chunks that arrive within this many milliseconds, until they are as much as is
   * wanted.
   */
  async #gather(debounce: number): Promise<void> {
    const end = this.#clock.now() + debounce;
    const most = Math.max(1, this.#session.flow?.highWatermark ?? 1);
    while (!this.#over && this.#session.waiting < Math.min(most, this.#wanted)) {
      const left = end - this.#clock.now();
      if (left <= 0 || !(await this.#within(left, this.#ask()))) return;
    }
  }

  /**
   * Whether something happens within this many milliseconds.
   *
   * @throws the reason of the signal when that is aborted before.
   */
  async #within(ms: number | undefined, happens: Promise<void>): Promise<boolean> {
    const signal = this.#signal;
    let onAbort: () => void = () => {};
    let timer: unknown;
    const enough = new Promise<boolean>((resolve, reject) => {
      onAbort = () => reject(signal?.reason);
      signal?.addEventListener("abort", onAbort, { once: true });
      if (ms !== undefined) timer = this.#clock.later(() => resolve(false), ms);
    });
    try {
      return await Promise.race([happens.then(() => true), enough]);
    } finally {
      if (timer !== undefined) this.#clock.cancel(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Asks for the next chunk, once. Resolves when it has arrived, or when the source is closed; it never rejects. */
  #ask(): Promise<void> {
    this.#asking ??= new Promise((resolve) => {
      this.#wake = resolve;
      void this.#pull();
    });
    return this.#asking;
  }

  async #pull(): Promise<void> {
    const { throttle } = pacesOf(this.#session.flow);
    const pause = throttle > 0 ? this.#next - this.#clock.now() : 0;
    if (pause > 0) {
      await new Promise<void>((resolve) => {
        this.#pause = this.#clock.later(resolve, pause);
      });
    }
    try {
      this.#wanted = Math.max(1, this.#session.ask().bytes ?? Number.POSITIVE_INFINITY);
    } catch (thrown) {
      // thrown by a manual policy: it must reach the caller of this run, as it does where the policy is called
      // elsewhere
      this.#fault ??= { thrown };
      this.#asking = undefined;
      this.#wake();
      return;
    }
    if (throttle > 0) this.#next = this.#clock.now() + throttle;
    try {
      this.#pulling = true;
      const next = await this.#chunks.next();
      this.#take(next);
    } catch (cause) {
      this.#ended = true;
      this.#fault ??= failedBy(cause);
    } finally {
      this.#pulling = false;
      this.#asking = undefined;
      this.#wake();
    }
    this.ahead();
  }

  #take({ done, value }: IteratorResult<Chunk>): void {
    if (done === true) this.#ended = true;
    if (this.#closed || this.#fault !== undefined) return;
    try {
      const more = done === true ? CLOSED : checkChunk(value);
      this.#fault = this.#session.give(more);
      if (this.#fault === undefined && (more === CLOSED || more.length > 0)) this.#hasNew = true;
    } catch (thrown) {
      this.#fault = { thrown };
    }
  }
}
