// The core of whatever drives a run from chunk to chunk: it is fed, moves on, and says whether to go on feeding.
import { ENDS, type Status } from "../../machine/index.ts";
import { type ChunkInput, CLOSED, type StreamError } from "../input/chunk.ts";
import type { Completed } from "../session/outcome.ts";
import { FED_LATE, type Session } from "../session/session.ts";

export class Drive<T, E> {
  readonly session: Session<T, E>;
  /** What the run has ended with. */
  completed: Completed<T, E> | undefined;
  #broken: StreamError | undefined;

  constructor(session: Session<T, E>) {
    this.session = session;
  }

  /** The run has ended, or a function of the grammar has thrown. */
  get over(): boolean {
    return this.completed !== undefined || this.session.gaveUp;
  }

  /** Whether whoever feeds it is to go on. In `pull` that is when nothing waits, else as the watermarks say. */
  get wants(): boolean {
    const { session } = this;
    if (this.over || this.#broken !== undefined) return false;
    return !session.paused && (session.flow?.mode !== "pull" || session.pending === 0);
  }

  /** Takes a chunk or the end, whatever the watermarks say. What can't be taken breaks the stream when it moves on. */
  give(more: ChunkInput): void {
    if (this.session.gaveUp) return;
    if (this.completed === undefined) this.#broken ??= this.session.give(more);
    else if (more !== CLOSED && more.length > 0) this.#broken ??= FED_LATE;
  }

  /** Breaks the stream when it moves on. */
  break(error: StreamError): void {
    this.#broken ??= error;
  }

  /**
   * Moves on as far as it can; says why it rests, or what it ends with.
   *
   * @throws what a function of the grammar throws, then and whenever it is called again.
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

  /** Ends the run as it stands. */
  end(completed: Completed<T, E>): Completed<T, E> {
    this.#broken = undefined;
    this.completed = completed;
    return completed;
  }
}
