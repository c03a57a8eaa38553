// A run on a source from start to end. Nothing is captured on the way.
import { STATUS, type Status } from "../../machine/index.ts";
import type { Clock } from "../flow/clock.ts";
import type { StreamError } from "../input/chunk.ts";
import { Intake } from "../input/intake.ts";
import { Silence, type Source } from "../input/source.ts";
import type { Completed, StreamingConfig } from "../session/outcome.ts";
import type { Session } from "../session/session.ts";
import { RunDriver } from "./run-driver.ts";

export class SourceRun<T, E> {
  readonly session: Session<T, E>;
  readonly intake: Intake;
  readonly signal: AbortSignal | undefined;
  readonly #driver: RunDriver<T, E>;
  readonly #clock: Clock;
  /** A step is in progress. */
  moving = false;
  /** The run was left during a step. */
  left = false;
  #turn: unknown;
  #endTurn: () => void = () => {};

  /** @throws TypeError if it is not a source. */
  constructor(session: Session<T, E>, source: Source, config: StreamingConfig, clock: Clock) {
    this.session = session;
    this.intake = new Intake(session, source, config, clock);
    this.signal = config.signal;
    this.#driver = new RunDriver(session);
    this.#clock = clock;
  }

  /** The emitted values, a batch at a time. However the iteration is left, the source is closed. */
  async *steps(): AsyncGenerator<readonly E[], Completed<T, E>, void> {
    const { session, intake, signal } = this;
    let wrong = false;
    session.beginTurn();
    try {
      for (;;) {
        intake.ahead();
        let moved: Status | Completed<T, E>;
        try {
          moved = this.#driver.move();
          if (typeof moved !== "object") session.rests(moved);
        } catch (error) {
          // a function of the grammar threw: what was certain by then comes first
          yield session.machine.emissions.take() as E[];
          throw error;
        }
        signal?.throwIfAborted();
        if (typeof moved === "object") {
          if (moved.emitted.length > 0) yield this.#out(moved.emitted);
          wrong = !moved.result.ok;
          return { ...moved, emitted: [] };
        }
        const emitted = session.machine.emissions.take() as E[];
        if (emitted.length > 0) yield this.#out(emitted);
        if (session.turnOver) await this.turn();
        if (moved === STATUS.INPUT) this.#endWith(await intake.more());
      }
    } catch (error) {
      wrong = true;
      throw error;
    } finally {
      await this.#close(wrong);
    }
  }

  /** Values that are being returned count as not taken, until the consumer says otherwise. */
  #out(emitted: readonly E[]): readonly E[] {
    this.session.untaken = emitted.length;
    return emitted;
  }

  #endWith(fault: StreamError | Silence | undefined): void {
    if (fault === undefined) return;
    const { session } = this;
    this.#driver.end(fault instanceof Silence ? session.silent(fault) : session.broken(fault));
  }

  /** Leaves the run where it is, during a step: the step then fails, whatever it waits for. */
  leave(): void {
    this.left = true;
    this.#clock.cancel(this.#turn);
    this.#endTurn();
    this.intake.close().catch(() => {});
  }

  /**
   * Waits until the event loop has run once. Emitting a value or reading a chunk does not let it run, since a source
   * and a consumer may both respond without it.
   */
  async turn(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#endTurn = resolve;
      this.#turn = this.#clock.later(resolve, 0);
    });
    this.session.beginTurn();
    if (this.left) throw new Error("the run was left");
    this.signal?.throwIfAborted();
  }

  /** Closes the source. An error from closing is ignored if there was one before: the first error says more. */
  async #close(wrong: boolean): Promise<void> {
    try {
      await this.intake.close();
    } catch (error) {
      if (!wrong) throw error;
    }
  }
}
