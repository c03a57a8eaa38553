// One streamed run: a machine, the rules for its input, and its counters.

import type { Diagnostic } from "../../diagnostics/data/model.ts";
import { keep, keepAlso } from "../../diagnostics/report/kept.ts";
import { nodeOf, type Parser } from "../../grammar/parser.ts";
import {
  ENDS,
  Machine,
  type MachineOptions,
  type Snapshot,
  STATUS,
  type Status,
  silently,
  successesOf,
} from "../../machine/index.ts";
import {
  checkConfig,
  checkpointOf,
  collectedDiagnostics,
  limitsOf,
  type ParseResult,
  recoverOf,
  resultOf,
  rootOf,
  traceOf,
  triviaProfileOf,
} from "../../run/index.ts";
import type { Span } from "../../text/index.ts";
import { nextChunkSizeHint } from "../flow/chunk-size-hint.ts";
import { type Cap, capOf, checkFlow, type FlowController, flowController, Gate, least } from "../flow/flow.ts";
import { YieldBudget } from "../flow/yield-budget.ts";
import { type ChunkInput, CLOSED, checkChunk, type DemandHint, type StreamError } from "../input/chunk.ts";
import type { Silence } from "../input/source.ts";
import { Report } from "../report/events.ts";
import { SnapshotContinuation } from "./continuation.ts";
import { firstChunkSizeHintOf, flowOf } from "./handed-over.ts";
import type {
  Completed,
  ContinuationMeta,
  Pending,
  PendingReason,
  StreamingConfig,
  StreamMeta,
  StreamOutcome,
} from "./outcome.ts";
import { SessionState } from "./state.ts";

/** The code and message of a failed stream in a diagnostic. */
const streamCodes: Readonly<Record<StreamError["kind"], string>> = {
  IoFailed: "stream.io",
  DecoderFailed: "stream.decode",
  FeederBug: "stream.feeder",
  UserCancelled: "stream.cancelled",
};

/** The most continuations that a lineage names (semantics, rule 23). */
const MOST_ANCESTORS = 16;

/** A chunk arrived after the run had completed. */
export const FED_LATE: StreamError = feederBug("a chunk was fed after the run had completed");

export class Session<T, E> {
  readonly machine: Machine;
  /** Increases whenever the machine continues: a continuation of an earlier moment then needs a copy. */
  version = 0;
  /** Values that were passed to the driver of the run, but not taken from it. */
  untaken = 0;
  readonly #state: SessionState;
  /** The limits of the last demand, for the values of the step that answers it. */
  #asked: Cap | undefined;
  #yieldBudget: YieldBudget | undefined;
  /** The error that a function of the grammar threw, which has ended the run. */
  #thrown: { readonly error: unknown } | undefined;
  /** Whether there was a listener at the last step. */
  #reports: boolean;
  /** How the run ended. */
  #end: Status | undefined;

  private constructor(machine: Machine, state: SessionState) {
    this.machine = machine;
    this.#state = state;
    const { yieldEvery, report } = state;
    if (yieldEvery !== undefined) this.#yieldBudget = new YieldBudget(yieldEvery, () => performance.now());
    this.#reports = report.hasListeners;
  }

  /** @param mostEmitted how many emitted values may wait before the run pauses. */
  static start<T, E>(
    p: Parser<T, E>,
    config: StreamingConfig = {},
    mostEmitted: number = Number.POSITIVE_INFINITY,
  ): Session<T, E> {
    nodeOf(p);
    checkConfig(config);
    const options: MachineOptions = {
      binary: config?.input === "binary",
      decode: config?.decode ?? "fatal",
      source: config?.source,
      locale: config?.locale,
      from: checkpointOf(config),
      mostEmitted,
      triviaProfile: triviaProfileOf(config),
      recover: recoverOf(config),
      trace: traceOf(config),
      limits: limitsOf(config?.limits),
    };
    const machine = Machine.start(rootOf(p, config?.requireEof ?? true), options);
    const state = new SessionState(new Report(config ?? {}));
    state.cap = config?.demandCap;
    state.yieldEvery = config?.yieldEvery;
    state.signal = config.signal;
    state.chunkSizeHint = firstChunkSizeHintOf(config);
    const { mode } = config;
    const flow = flowOf(config);
    state.timed = flow !== undefined || mode !== undefined;
    if (flow !== undefined) checkFlow(flow);
    const session = new Session<T, E>(machine, state);
    if (mode !== undefined) session.flow = flowController({ ...flow, mode });
    else if (flow !== undefined) session.flow = flow;
    return session;
  }

  /**
   * A separate session that continues from a snapshot.
   *
   * @param mostEmitted set if it only looks ahead: then its trace is not reported.
   */
  static from<T, E>(snapshot: Snapshot, state: SessionState, mostEmitted?: number): Session<T, E> {
    const options = mostEmitted === undefined ? snapshot.options : { ...silently(snapshot.options), mostEmitted };
    return new Session<T, E>(Machine.from(snapshot, options), state.copy());
  }

  /** Whether the turn is over, even if the run has not noticed it. */
  get turnOver(): boolean {
    return this.#yieldBudget?.over ?? false;
  }

  /** The event loop has run. */
  beginTurn(): void {
    this.#yieldBudget?.begin();
  }

  /** What a continuation keeps of it, besides the machine. */
  get state(): SessionState {
    return this.#state.copy();
  }

  get flow(): FlowController | undefined {
    return this.#state.gate?.flow;
  }

  /** Takes effect immediately, also while the run is paused. */
  set flow(flow: FlowController) {
    this.#asked = undefined;
    if (this.#state.gate === undefined) this.#state.gate = new Gate(flow);
    else this.#state.gate.flow = flow;
  }

  /** Whether the feeder is to pause: as the watermarks say, for what waits now. */
  get paused(): boolean {
    const { pending } = this;
    return this.#state.gate?.update(pending, this.#state.idle && pending === 0) ?? false;
  }

  /** What counts for the watermarks: units that were fed but not read, and values not taken. */
  get pending(): number {
    return this.waiting + this.machine.emissions.certain.length + this.untaken;
  }

  /** Units that were fed but not read. */
  get waiting(): number {
    const { window, pos, input } = this.machine;
    return input.waiting + (this.#state.idle ? 0 : window.filled - pos);
  }

  /** Takes input and runs; returns why the machine pauses, or the failure of the stream. */
  feed(more: ChunkInput | undefined): Status | StreamError {
    return this.give(more) ?? this.run();
  }

  /** Takes input; returns the failure of the stream. */
  give(more: ChunkInput | undefined): StreamError | undefined {
    this.version++;
    const { machine } = this;
    if (more === CLOSED) {
      this.#state.closed = true;
      machine.input.end();
    } else if (more !== undefined) {
      const data = checkChunk(more);
      if (data.length > 0) {
        const kind = typeof data === "string" ? "text" : "bytes";
        if (this.#state.closed) return feederBug("a chunk was fed after the end of the input");
        if (this.#state.kind !== undefined && this.#state.kind !== kind) {
          return feederBug(`a stream of ${this.#state.kind} was fed ${kind}: the first chunk fixes the kind`);
        }
        if (kind === "text" && machine.options.binary)
          return feederBug(`input: "binary" takes bytes, and was fed text`);
        this.#state.kind = kind;
        this.#state.chunks++;
        this.#state.fed += data.length;
        if (this.#state.since === undefined && this.#isTimed) this.#state.since = performance.now();
        machine.input.write(data);
      }
    }
    return undefined;
  }

  /** A function of the grammar threw: the run can't continue. */
  get gaveUp(): boolean {
    return this.#thrown !== undefined;
  }

  /**
   * Runs; returns why the machine pauses.
   *
   * @throws what a function of the grammar throws, then and at each later call.
   */
  run(): Status {
    if (this.#thrown !== undefined) throw this.#thrown.error;
    if (this.#end !== undefined) return this.#end;
    this.version++;
    const status = this.#step();
    const ended = status !== STATUS.INPUT && ENDS.includes(status);
    if (ended) this.#end = status;
    this.#reports = this.#state.report.hasListeners;
    // one chunk alone says nothing about the sizes of later ones
    if (this.#state.chunks > 1)
      this.#state.chunkSizeHint = nextChunkSizeHint(
        this.#state.chunkSizeHint,
        this.#state.fed,
        this.#state.idle ? 0 : this.waiting,
      );
    this.#state.fed = 0;
    if (this.#state.since !== undefined) {
      this.#state.lag = performance.now() - this.#state.since;
      if (ended || this.#state.idle) this.#state.since = undefined;
    } else this.#state.lag = 0;
    this.#state.report.lap++;
    if (this.#reports) this.#state.report.stepped(this.machine, status === STATUS.FAILED);
    return status;
  }

  #step(): Status {
    const { machine } = this;
    const { emissions, options } = machine;
    if (this.#state.gate !== undefined || this.#state.cap !== undefined) {
      const { frames } = this.#asked ?? this.ask();
      const most = Math.min(this.flow?.highWatermark ?? options.mostEmitted, frames ?? options.mostEmitted);
      // one value may always be taken, or the run could never continue
      emissions.most = Math.max(1, Math.min(most, options.mostEmitted));
    }
    for (;;) {
      const status = this.#move();
      this.#state.idle = status === STATUS.INPUT;
      if (status !== STATUS.EMITTED || this.#state.gate === undefined) return status;
      // as many values as the high watermark allows, and no input besides: that is not above it yet
      const { certain } = emissions;
      if (certain.length > emissions.most || this.waiting > 0 || emissions.most < this.#state.gate.flow.highWatermark)
        return status;
      emissions.most++;
    }
  }

  #move(): Status {
    try {
      return this.#yieldBudget === undefined ? this.machine.step() : this.#yieldBudget.run(this.machine);
    } catch (error) {
      this.#thrown = { error };
      throw error;
    }
  }

  /** @throws the reason of the configuration's signal, if that is aborted before the run has ended. */
  throwIfAborted(): void {
    if (this.#end === undefined) this.#state.signal?.throwIfAborted();
  }

  /** `feed`, as an outcome. */
  advance(more: ChunkInput | undefined, reason?: PendingReason): StreamOutcome<T, E> {
    this.beginTurn();
    const status = this.feed(more);
    if (typeof status === "object") return this.broken(status);
    return this.outcome(status, reason);
  }

  /** The outcome for a chunk that arrived after the run had completed. */
  fedLate(): Completed<T, E> {
    return this.broken(FED_LATE);
  }

  /** @param name of the continuation that was resumed. @param meta returns its meta. */
  resumed(name: string, meta: () => ContinuationMeta): void {
    this.#state.resumes++;
    this.#state.report.resumed(meta);
    this.#state.lineage = [...this.#state.lineage, name].slice(-MOST_ANCESTORS);
  }

  /** @param given why it pauses, if the machine does not know it. */
  outcome(status: Status, given?: PendingReason): StreamOutcome<T, E> {
    if (ENDS.includes(status)) return this.completed(status);
    const { paused } = this;
    return this.#pending(status, given, this.machine.emissions.take() as E[], paused);
  }

  /** The outcome of a run that has ended. */
  completed(status: Status): Completed<T, E> {
    const emitted = this.machine.emissions.take() as E[];
    return this.#completed(resultOf<T, E>(this.machine, status, [], this.#spanOf()), emitted, status === STATUS.FAILED);
  }

  /** The current state of the run, as a value. */
  capture(demand: DemandHint): SnapshotContinuation<T, E> {
    return new SnapshotContinuation(this, demand, Session.from);
  }

  /** Reports to listeners that the run pauses: for a runner that returns no outcome. */
  rests(status: Status): void {
    if (!this.#reports) return;
    const reason = this.#reason(status, undefined);
    // the driver of the run asks by itself: here only its last demand is reported
    const demand = this.demand(status, reason, status === STATUS.EMITTED, this.#asked ?? {});
    this.#state.report.rests(this.machine, reason, () => this.capture(demand).meta);
  }

  /** The outcome of a stream that failed: the run stops where it is (semantics, rule 24). */
  broken({ kind, message, cause }: StreamError): Completed<T, E> {
    // like the cause of an Error it is not enumerable: it may contain anything, and need not be JSON
    const stream = cause === undefined ? {} : Object.defineProperty({}, "cause", { value: cause });
    return this.#stopped(streamCodes[kind], message, cause === undefined ? {} : { stream });
  }

  /** The outcome of a stream that gave nothing for too long. */
  silent({ message, waited, limit }: Silence): Completed<T, E> {
    return this.#stopped("stream.timeout", message, { stream: { waited, limit } });
  }

  #stopped(code: string, message: string, extensions: Diagnostic["extensions"]): Completed<T, E> {
    this.version++;
    this.#reports = this.#state.report.hasListeners;
    const at = this.machine.position(this.machine.offset);
    const successes = successesOf(this.machine);
    const { source } = this.machine.options;
    const span: Span = source === undefined ? { start: at, end: at } : { source, start: at, end: at };
    const diagnostic: Diagnostic = {
      severity: "error",
      code,
      message,
      at: span,
      notes: [],
      fixits: [],
      context: [],
      contextAt: [],
      ...(successes === undefined ? {} : { spanTrace: successes }),
      extensions,
    };
    const diagnostics = [...collectedDiagnostics(this.machine), diagnostic];
    keep(diagnostic, [], this.machine.options.locale);
    const emitted = this.machine.emissions.take() as E[];
    return this.#completed({ ok: false, recovered: false, diagnostics, emitted: [] }, emitted);
  }

  #completed(result: ParseResult<T, E>, emitted: E[], failed = false): Completed<T, E> {
    const meta = this.#meta(undefined, emitted.length, failed);
    // a diagnostic is plain JSON, which has no bigint
    const { lagNanos: _, ...streamMeta } = meta;
    const diagnostics = result.diagnostics.map((d) =>
      d.code?.startsWith("stream.") ? keepAlso(d, { ...d, streamMeta }) : d,
    );
    const reported = result.ok || result.recovered ? result : { ...result, diagnostics };
    const outcome = { kind: "completed", result: reported, emitted, meta } as const;
    if (this.#reports) this.#report(emitted, () => this.#state.report.completed(this.machine, outcome));
    return outcome;
  }

  #pending(status: Status, given: PendingReason | undefined, emitted: E[], paused: boolean): Pending<T, E> {
    const reason = this.#reason(status, given);
    if (reason === "feederAwait") this.#state.awaits++;
    if (reason === "backpressure" || reason === "feederClosed") this.#state.rests++;
    const rests = status === STATUS.EMITTED || given === "backpressure" || (status === STATUS.FUEL && paused);
    const demand = this.demand(status, reason, rests);
    const outcome = new PendingOutcome(this, demand, reason, emitted, this.#meta(reason, emitted.length));
    if (this.#reports) {
      this.#report(emitted, () => this.#state.report.rests(this.machine, reason, () => outcome.continuation.meta));
    }
    return outcome;
  }

  /**
   * Reports an outcome. If a listener throws, the emitted values are not returned: they are kept for the next outcome.
   */
  #report(emitted: readonly E[], report: () => void): void {
    try {
      report();
    } catch (error) {
      this.machine.emissions.giveBack(emitted);
      throw error;
    }
  }

  /** A new demand: its limits. */
  ask(): Cap {
    this.#asked = capOf(this.flow, this.#state.cap);
    return this.#asked;
  }

  /** What is asked for while the machine is paused. */
  demand(
    status: Status,
    reason: PendingReason = "inputExhausted",
    rests = false,
    within: Cap = this.ask(),
  ): DemandHint {
    const { frameBoundary } = this.machine;
    const minBytes = status === STATUS.INPUT ? this.machine.minBytes() : 1;
    const bytes = least(this.#state.chunkSizeHint, within.bytes);
    const action = rests ? "pause" : "continue";
    // written out: spreads would cost as much as a small chunk
    if (bytes === undefined)
      return frameBoundary === undefined ? { action, minBytes, reason } : { action, minBytes, frameBoundary, reason };
    const preferredBytes = Math.max(minBytes, bytes);
    return frameBoundary === undefined
      ? { action, minBytes, preferredBytes, reason }
      : { action, minBytes, preferredBytes, frameBoundary, reason };
  }

  #reason(status: Status, given: PendingReason | undefined): PendingReason {
    if (given === "backpressure") return this.#state.closed ? "feederClosed" : given;
    if (status === STATUS.FUEL) return "yield";
    if (status === STATUS.EMITTED) return this.#state.closed ? "feederClosed" : "backpressure";
    return given ?? "inputExhausted";
  }

  #meta(lastReason: PendingReason | undefined, emitted: number, failed = false): StreamMeta {
    const consumedBytes = this.machine.consumedBytes(failed);
    const chunks = this.#state.chunks;
    const resumeCount = this.#state.resumes;
    const awaitCount = this.#state.awaits;
    const backpressureCount = this.#state.rests;
    const checkpointsClosed = this.machine.emissions.checkpoints;
    if (this.#state.gate === undefined && !this.#isTimed)
      return lastReason === undefined
        ? { consumedBytes, chunks, resumeCount, awaitCount, backpressureCount, checkpointsClosed }
        : { consumedBytes, chunks, resumeCount, awaitCount, backpressureCount, checkpointsClosed, lastReason };
    const counts = { consumedBytes, chunks, resumeCount, awaitCount, backpressureCount, checkpointsClosed };
    const timed = this.#isTimed ? { lagNanos: BigInt(Math.max(0, Math.round(this.#state.lag * 1e6))) } : undefined;
    const filled = this.#state.gate === undefined ? undefined : { bufferFillRatio: this.#fillRatio(emitted) };
    const reason = lastReason === undefined ? undefined : { lastReason };
    return { ...counts, ...timed, ...filled, ...reason };
  }

  get #isTimed(): boolean {
    return this.#state.timed || this.#reports;
  }

  /** @param emitted how many values were just taken: they count as waiting. */
  #fillRatio(emitted: number): number {
    return (this.pending + emitted) / Math.max(1, this.#state.gate?.flow.highWatermark ?? 0);
  }

  #spanOf(): () => Span {
    const { machine } = this;
    const { start } = machine;
    const end = machine.offset;
    let span: Span | undefined;
    return () => {
      if (span === undefined) {
        const { source } = machine.options;
        const bounds = { start, end: machine.position(end) };
        span = source === undefined ? bounds : { source, ...bounds };
      }
      return span;
    };
  }
}

/** A pending outcome captures its continuation when that is first read, or when `capture` is called. */
class PendingOutcome<T, E> implements Pending<T, E> {
  readonly kind = "pending";
  readonly demand: DemandHint;
  readonly reason: PendingReason;
  readonly emitted: readonly E[];
  readonly meta: StreamMeta;
  readonly #session: Session<T, E>;
  readonly #version: number;
  #continuation: SnapshotContinuation<T, E> | undefined;

  constructor(
    session: Session<T, E>,
    demand: DemandHint,
    reason: PendingReason,
    emitted: readonly E[],
    meta: StreamMeta,
  ) {
    this.#session = session;
    this.#version = session.version;
    this.demand = demand;
    this.reason = reason;
    this.emitted = emitted;
    this.meta = meta;
  }

  /** @throws Error if the run continued before this was read: only `parseLoopSync` lets that happen. */
  get continuation(): SnapshotContinuation<T, E> {
    if (this.#continuation === undefined) {
      if (this.#session.version !== this.#version) {
        throw new Error("this Pending's continuation must be read before the next call of next()");
      }
      this.#continuation = this.#session.capture(this.demand);
    }
    return this.#continuation;
  }
}

function feederBug(message: string): StreamError {
  return { kind: "FeederBug", message };
}
