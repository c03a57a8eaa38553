// A paused run, as a value. The first `resume` continues in place; a later one continues from the snapshot.
import { merged } from "../../diagnostics/messages/expected.ts";
import type { Expectation } from "../../grammar/expectation.ts";
import { openTrace, type Snapshot, Stack } from "../../machine/index.ts";
import { onDemand, type ParseResult } from "../../run/index.ts";
import type { FlowController } from "../flow/flow.ts";
import { CLOSED, type DemandHint } from "../input/chunk.ts";
import type { Continuation, ContinuationMeta } from "./outcome.ts";
import type { Session } from "./session.ts";
import type { SessionState } from "./state.ts";

interface Preview<T, E> {
  readonly result: ParseResult<T, E>;
  readonly expected: readonly Expectation[];
}

export class SnapshotContinuation<T, E> implements Continuation<T, E> {
  readonly #snapshot: Snapshot;
  readonly #state: SessionState;
  readonly #demand: DemandHint;
  readonly #version: number;
  readonly #from: typeof Session.from;
  #resumes = 0;
  #live: Session<T, E> | undefined;
  #ahead: Preview<T, E> | undefined;

  /** @param from makes a session that continues from a snapshot. */
  constructor(session: Session<T, E>, demand: DemandHint, from: typeof Session.from) {
    this.#snapshot = session.machine.capture();
    this.#state = session.state;
    this.#demand = demand;
    this.#version = session.version;
    this.#live = session;
    this.#from = from;
  }

  get meta(): ContinuationMeta {
    const { watermark, window, input, emissions } = this.#snapshot;
    const known = {
      commitWatermark: watermark,
      buffered: window.base + window.filled - watermark + input.waiting,
      resumeHint: this.#demand,
      ...(emissions.lastCheckpoint === undefined ? {} : { lastCheckpoint: emissions.lastCheckpoint }),
      ...this.#traceLabel(),
      resumeLineage: this.#state.lineage,
    };
    return onDemand(known, "expectedTokens", () => this.#lookAhead().expected);
  }

  #traceLabel(): Pick<ContinuationMeta, "traceLabel"> {
    const { options, registers, stack: frozen } = this.#snapshot;
    if (options.trace === undefined) return {};
    const stack = new Stack();
    stack.standOn(frozen);
    const traceLabel = openTrace(stack, stack.shift + registers.fp);
    return traceLabel === undefined ? {} : { traceLabel };
  }

  /** The flow of the run. */
  get flow(): FlowController | undefined {
    return this.#state.gate?.flow;
  }

  /** The offset where the run began. */
  get beginning(): number {
    return this.#snapshot.registers.start.offset;
  }

  get canFinish(): boolean {
    return this.preview().ok;
  }

  preview(): ParseResult<T, E> {
    return this.#lookAhead().result;
  }

  /** The session to continue with: the one that was captured, if it has not been moved on since. */
  take(): Session<T, E> {
    const live = this.#live;
    this.#live = undefined;
    const inPlace = live !== undefined && live.version === this.#version;
    const session = inPlace ? live : this.#from<T, E>(this.#snapshot, this.#state);
    const again = ++this.#resumes === 1 ? "" : `#${this.#resumes}`;
    session.resumed(`${this.#state.report.lap}@${this.#snapshot.offset}${again}`, () => this.meta);
    return session;
  }

  #lookAhead(): Preview<T, E> {
    if (this.#ahead === undefined) {
      const session = this.#from<T, E>(this.#snapshot, this.#state.unhurried(), Number.POSITIVE_INFINITY);
      const outcome = session.advance(CLOSED);
      if (outcome.kind === "pending") throw new Error("a closed run can't wait");
      const live = this.#live;
      if (live !== undefined && live.version === this.#version) live.machine.adopt(session.machine);
      const { machine } = session;
      // what could have come before the place where it ended is not reported: whether it was recorded depends on the
      // chunks
      const isPast = outcome.result.ok && machine.farthest < machine.offset;
      const alternatives = isPast ? [] : machine.record().expectations();
      const expected = outcome.result.ok ? [...alternatives, { kind: "eof" } as const] : alternatives;
      this.#ahead = { result: outcome.result, expected: merged(expected) };
    }
    return this.#ahead;
  }
}
