// The core of everything that drives a run from chunk to chunk: it is fed, runs, and says whether to continue feeding.
import { ENDS, type Status } from "../../machine/index.ts";
import { type ChunkInput, CLOSED, type StreamError } from "../input/chunk.ts";
import type { Completed } from "../session/outcome.ts";
import { FED_LATE, type Session } from "../session/session.ts";

export class RunDriver<T, E> {
  readonly session: Session<T, E>;
  /** How the run has ended. */
  completed: Completed<T, E> | undefined;
  #broken: StreamError | undefined;

  constructor(session: Session<T, E>) {
    this.session = session;
  }

  /** The run has ended, or a function of the grammar has thrown. */
  get over(): boolean {
    return this.completed !== undefined || this.session.gaveUp;
  }

  /** Whether to continue feeding. In mode `pull` if nothing waits, else as the watermarks say. */
  get wants(): boolean {
    const { session } = this;
    if (this.over || this.#broken !== undefined) return false;
    return !session.paused && (session.flow?.mode !== "pull" || session.pending === 0);
  }

  /**
   * Takes a chunk or the end, whatever the watermarks say. A chunk that can't be taken makes the stream fail when the
   * run continues.
   */
  give(more: ChunkInput): void {
    if (this.session.gaveUp) return;
    if (this.completed === undefined) this.#broken ??= this.session.give(more);
    else if (more !== CLOSED && more.length > 0) this.#broken ??= FED_LATE;
  }

  /** Makes the stream fail when the run continues. */
  break(error: StreamError): void {
    this.#broken ??= error;
  }

  /**
   * Runs as far as it can; returns why it pauses, or how it ends.
   *
   * @throws what a function of the grammar throws, then and at each later call.
   */
  move(): Status | Completed<T, E> {
    const broken = this.#broken;
    if (broken !== undefined && !this.session.gaveUp) {
      this.#broken = undefined;
      return this.end(this.session.broken(broken));
    }
    if (this.completed !== undefined) return this.completed;
    const status = this.session.run();
    return ENDS.includes(status) ? this.end(this.session.completed(status)) : status;
  }

  /** Ends the run where it is. */
  end(completed: Completed<T, E>): Completed<T, E> {
    this.#broken = undefined;
    this.completed = completed;
    return completed;
  }
}
