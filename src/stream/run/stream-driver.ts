// A run that is pushed to: one step at a time, each outcome passed to a sink.
import type { Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { checkFlow, type FlowController, flowController } from "../flow/flow.ts";
import { type Bytes, type Chunk, CLOSED, checkChunk } from "../input/chunk.ts";
import type { StreamingConfig, StreamOutcome } from "../session/outcome.ts";
import { Session } from "../session/session.ts";
import { RunDriver } from "./run-driver.ts";

/**
 * A run in steps. `push` takes a chunk and parses nothing; `pump` parses as far as the pushed input, the flow and
 * `yieldEvery` allow, passes the outcome to the sink and returns it. Values that were passed to the sink count as
 * taken.
 *
 * @example
 * ```ts
 * import { each } from "sluice";
 * import { string } from "sluice/lex";
 * import { StreamDriver } from "sluice/stream";
 * const seen: string[] = [];
 * const driver = new StreamDriver(each(string("a")), (outcome) => seen.push(...outcome.emitted));
 * driver.push("aa");
 * driver.pump();
 * driver.close();
 * seen; // => ["a", "a"]
 * ```
 */
export class StreamDriver<out T, out E = never> {
  readonly #driver: RunDriver<T, E>;
  /** Passes the outcome to the sink. */
  readonly #deliver: () => void;
  #outcome: StreamOutcome<T, E> | undefined;
  /** A step is in progress: a call during it comes from a function of the grammar, or from a listener. */
  #moving = false;
  /** The run was aborted during that step: another step ends it. */
  #aborted = false;

  /**
   * @param sink is called with every outcome, once; what it throws reaches the caller of `pump`.
   *
   * @throws TypeError if the parser, the sink or the configuration is wrong; RangeError for impossible watermarks.
   */
  constructor(p: Parser<T, E>, sink: (outcome: StreamOutcome<T, E>) => void, config: StreamingConfig = {}) {
    if (typeof sink !== "function") throw new TypeError("a StreamDriver takes a function that is handed the outcomes");
    const session = Session.start(p, config);
    session.flow ??= flowController();
    this.#driver = new RunDriver(session);
    this.#deliver = () => {
      if (this.#outcome !== undefined) sink(this.#outcome);
    };
  }

  /** The watermarks and the mode; may be set at any time. */
  get flow(): FlowController {
    return this.#driver.session.flow ?? flowController();
  }

  /** @throws as `flowController`. */
  set flow(flow: FlowController) {
    checkFlow(flow);
    this.#driver.session.flow = flow;
  }

  /**
   * Takes a chunk, whatever the watermarks say. What is kept of bytes is copied.
   *
   * @returns whether to continue: false above the high watermark until the waiting amount is below the low one (in mode
   * "pull": while anything waits), and once the run is over. A chunk that can't be taken (of another kind than the
   * first one, or after the end) makes the stream fail at the next `pump`.
   * @throws TypeError if it is not a chunk.
   */
  push(chunk: Chunk | Bytes): boolean {
    this.#driver.give(checkChunk(chunk));
    return this.#driver.wants;
  }

  /**
   * Makes one step and passes the outcome to the sink. Once the run is over, it returns the completed outcome again,
   * without calling the sink. An error that a function of the grammar throws ends the run: every later `pump` throws it
   * again, and `push` returns false.
   *
   * @throws whatever a function of the grammar or the sink throws; Error if it is called by a function of the grammar
   * or a listener, during a step.
   */
  pump(): StreamOutcome<T, E> {
    if (this.#moving) throw new Error("a driver can't be pumped from inside its own step; the sink is where it can be");
    this.#driver.session.throwIfAborted();
    let outcome: StreamOutcome<T, E>;
    try {
      this.#moving = true;
      this.#driver.session.beginTurn();
      const moved = this.#driver.move();
      outcome = typeof moved === "object" ? moved : this.#driver.session.outcome(moved);
    } finally {
      this.#moving = false;
    }
    if (outcome !== this.#outcome) this.#hand(outcome);
    if (!this.#aborted) return outcome;
    this.#aborted = false;
    return this.pump();
  }

  /** Ends the input, and pumps: the outcome is pending if values must be taken, or the turn is over, first. */
  close(): StreamOutcome<T, E> {
    this.#driver.give(CLOSED);
    return this.pump();
  }

  /**
   * Ends the run where it is, with the diagnostic `stream.cancelled`. Does nothing once the run is over. If a function
   * of the grammar or a listener calls it, it ends the run after the step in progress.
   */
  abort(reason?: unknown): void {
    if (this.#driver.over) return;
    const words =
      reason instanceof Error
        ? reason.message
        : reason === undefined
          ? ""
          : typeof reason === "string"
            ? reason
            : described(reason);
    const message = words === "" ? "the run was aborted" : `the run was aborted: ${words}`;
    const error = { kind: "UserCancelled", message, cause: reason } as const;
    if (this.#moving) {
      this.#aborted = true;
      this.#driver.break(error);
    } else this.#hand(this.#driver.end(this.#driver.session.broken(error)));
  }

  #hand(outcome: StreamOutcome<T, E>): StreamOutcome<T, E> {
    // captured now: what is pushed later does not belong to it
    if (outcome.kind === "pending") void outcome.continuation;
    this.#outcome = outcome;
    this.#deliver();
    return outcome;
  }
}
