// A run that is pushed to: one step at a time, each outcome handed to a sink.
import type { Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { checkFlow, type FlowController, flowController } from "../flow/flow.ts";
import { type Bytes, type Chunk, CLOSED, checkChunk } from "../input/chunk.ts";
import type { StreamingConfig, StreamOutcome } from "../session/outcome.ts";
import { Session } from "../session/session.ts";
import { Drive } from "./run-driver.ts";

/**
 * A run in steps. `push` takes a chunk and parses nothing; `pump` parses as far as what was pushed, the flow and `yieldEvery`
 * allow, hands the outcome to the sink and returns it. What the sink is handed counts as taken.
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
  readonly #drive: Drive<T, E>;
  /** Hands the outcome to the sink. */
  readonly #deliver: () => void;
  #outcome: StreamOutcome<T, E> | undefined;
  /** A step is under way: what is called during it is a function of the grammar, or a listener. */
  #moving = false;
  /** The run was aborted during that step: another one ends it. */
  #aborted = false;

  /**
   * @param sink is handed every outcome, once; what it throws reaches who pumped.
   * @throws TypeError if the parser, the sink or the configuration is not what it should be; RangeError for watermarks that
   * can't be.
   */
  constructor(p: Parser<T, E>, sink: (outcome: StreamOutcome<T, E>) => void, config: StreamingConfig = {}) {
    if (typeof sink !== "function") throw new TypeError("a StreamDriver takes a function that is handed the outcomes");
    const session = Session.start(p, config);
    session.flow ??= flowController();
    this.#drive = new Drive(session);
    this.#deliver = () => {
      if (this.#outcome !== undefined) sink(this.#outcome);
    };
  }

  /** The watermarks and the mode; may be set at any time. */
  get flow(): FlowController {
    return this.#drive.session.flow ?? flowController();
  }

  /** @throws as `flowController`. */
  set flow(flow: FlowController) {
    checkFlow(flow);
    this.#drive.session.flow = flow;
  }

  /**
   * Takes a chunk, whatever the watermarks say. What is kept of bytes is copied.
   *
   * @returns whether to go on: false above the high watermark until what waits has sunk below the low one (in mode "pull":
   * while anything waits), and once the run is over. A chunk that can't be taken (of another kind than the first one, or after
   * the end) breaks the stream at the next `pump`.
   * @throws TypeError if it is no chunk.
   */
  push(chunk: Chunk | Bytes): boolean {
    this.#drive.give(checkChunk(chunk));
    return this.#drive.wants;
  }

  /**
   * Moves one step on and hands the outcome to the sink. Once the run is over, it gives the completed outcome again, and the sink
   * nothing. What a function of the grammar throws ends the run: every later `pump` throws it again, `push` says false.
   *
   * @throws whatever a function of the grammar or the sink throws; Error if it is called by a function of the grammar or a
   * listener, in the middle of a step.
   */
  pump(): StreamOutcome<T, E> {
    if (this.#moving) throw new Error("a driver can't be pumped from inside its own step; the sink is where it can be");
    this.#drive.session.throwIfAborted();
    let outcome: StreamOutcome<T, E>;
    try {
      this.#moving = true;
      this.#drive.session.beginTurn();
      const moved = this.#drive.move();
      outcome = typeof moved === "object" ? moved : this.#drive.session.outcome(moved);
    } finally {
      this.#moving = false;
    }
    if (outcome !== this.#outcome) this.#hand(outcome);
    if (!this.#aborted) return outcome;
    this.#aborted = false;
    return this.pump();
  }

  /** Says that no more will come, and pumps: the outcome is pending where values or a turn of others come first. */
  close(): StreamOutcome<T, E> {
    this.#drive.give(CLOSED);
    return this.pump();
  }

  /**
   * Ends the run as it stands, with the diagnostic `stream.cancelled`. Does nothing once it is over. Called by a function of the
   * grammar or a listener, it ends the run after the step that is under way.
   */
  abort(reason?: unknown): void {
    if (this.#drive.over) return;
    const said =
      reason instanceof Error
        ? reason.message
        : reason === undefined
          ? ""
          : typeof reason === "string"
            ? reason
            : described(reason);
    const message = said === "" ? "the run was aborted" : `the run was aborted: ${said}`;
    const error = { kind: "UserCancelled", message, cause: reason } as const;
    if (this.#moving) {
      this.#aborted = true;
      this.#drive.break(error);
    } else this.#hand(this.#drive.end(this.#drive.session.broken(error)));
  }

  #hand(outcome: StreamOutcome<T, E>): StreamOutcome<T, E> {
    // captured now: what is pushed from here on does not belong to it
    if (outcome.kind === "pending") void outcome.continuation;
    this.#outcome = outcome;
    this.#deliver();
    return outcome;
  }
}
