// One streamed run: a machine, the rules for what may be fed to it, and what has been counted on the way.

import type { Diagnostic } from "../../diagnostics/data/model.ts";
import { keep, keepAlso } from "../../diagnostics/report/kept.ts";
import { nodeOf, type Parser } from "../../grammar/parser.ts";
import { ENDS, Machine, type Snapshot, STATUS, type Status, silently, successesOf } from "../../machine/index.ts";
import {
  boundsOf,
  checkConfig,
  checkpointOf,
  noticesOf,
  type ParseResult,
  profileOf,
  recoverOf,
  resultOf,
  rootOf,
  traceOf,
} from "../../run/index.ts";
import type { Span } from "../../text/index.ts";
import { nextAppetite } from "../flow/chunk-size-hint.ts";
import { type Cap, capOf, checkFlow, type FlowController, flowController, Gate, least } from "../flow/flow.ts";
import { Turn } from "../flow/yield-budget.ts";
import { type ChunkInput, CLOSED, checkChunk, type DemandHint, type StreamError } from "../input/chunk.ts";
import type { Silence } from "../input/source.ts";
import { Report } from "../report/events.ts";
import { SnapshotContinuation } from "./continuation.ts";
import { firstAppetiteOf, flowOf } from "./handed-over.ts";
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

/** Which code and words a broken stream has in a diagnostic. */
const streamCodes: Readonly<Record<StreamError["kind"], string>> = {
  IoFailed: "stream.io",
  DecoderFailed: "stream.decode",
  FeederBug: "stream.feeder",
  UserCancelled: "stream.cancelled",
};

/** How many continuations a lineage names at most (semantics, rule 23). */
const MOST_ANCESTORS = 16;

/** A chunk came when the run had completed. */
export const FED_LATE: StreamError = feederBug("a chunk was fed after the run had completed");

export class Session<T, E> {
  readonly machine: Machine;
  /** Goes up whenever the machine moves on: a continuation of an earlier moment then needs a copy. */
  version = 0;
  /** Values that were handed over to whoever drives the run, and not taken from there. */
  untaken = 0;
  readonly #state: SessionState;
  /** What the last demand was bounded by, for the values of the step that answers it. */
  #asked: Cap | undefined;
  #turn: Turn | undefined;
  /** What a function of the grammar threw: that has ended the run. */
  #thrown: { readonly error: unknown } | undefined;
  /** Whether somebody listened at the last step. */
  #heard: boolean;
  /** How the run ended. */
  #end: Status | undefined;

  private constructor(machine: Machine, state: SessionState) {
    this.machine = machine;
    this.#state = state;
    const { ration, report } = state;
    if (ration !== undefined) this.#turn = new Turn(ration, () => performance.now());
    this.#heard = report.isHeard;
  }

  /** @param mostEmitted how many emitted values may wait before the run rests. */
  static start<T, E>(
    p: Parser<T, E>,
    config: StreamingConfig = {},
    mostEmitted: number = Number.POSITIVE_INFINITY,
  ): Session<T, E> {
    nodeOf(p);
    checkConfig(config);
    const options = {
      binary: config?.input === "binary",
      decode: config?.decode ?? "fatal",
      source: config?.source,
      locale: config?.locale,
      from: checkpointOf(config),
      mostEmitted,
      profile: profileOf(config),
      recover: recoverOf(config),
      trace: traceOf(config),
      bounds: boundsOf(config?.limits),
    } as const;
    const machine = Machine.start(rootOf(p, config?.requireEof ?? true), options);
    const state = new SessionState(new Report(config ?? {}));
    state.cap = config?.demandCap;
    state.ration = config?.yieldEvery;
    state.signal = config.signal;
    state.appetite = firstAppetiteOf(config);
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
   * A session that goes on from a snapshot, on its own.
   *
   * @param mostEmitted if it only looks ahead: then nobody hears of its trace.
   */
  static from<T, E>(snapshot: Snapshot, state: SessionState, mostEmitted?: number): Session<T, E> {
    const options = mostEmitted === undefined ? snapshot.options : { ...silently(snapshot.options), mostEmitted };
    return new Session<T, E>(Machine.from(snapshot, options), state.copy());
  }

  /** Whether others have their turn next, though the run may not have noticed. */
  get turnOver(): boolean {
    return this.#turn?.over ?? false;
  }

  /** Others have had theirs. */
  beginTurn(): void {
    this.#turn?.begin();
  }

  /** What a continuation keeps of it, besides the machine. */
  get state(): SessionState {
    return this.#state.copy();
  }

  get flow(): FlowController | undefined {
    return this.#state.gate?.flow;
  }

  /** Takes effect at once, also while the run rests. */
  set flow(flow: FlowController) {
    this.#asked = undefined;
    if (this.#state.gate === undefined) this.#state.gate = new Gate(flow);
    else this.#state.gate.flow = flow;
  }

  /** Whether whoever feeds it is to rest: its watermarks say so, for what waits now. */
  get paused(): boolean {
    const { pending } = this;
    return this.#state.gate?.update(pending, this.#state.idle && pending === 0) ?? false;
  }

  /** What counts against the watermarks: units that were fed and not looked at, and values not taken. */
  get pending(): number {
    return this.waiting + this.machine.emissions.certain.length + this.untaken;
  }

  /** Units that were fed and not looked at. */
  get waiting(): number {
    const { window, pos, input } = this.machine;
    return input.waiting + (this.#state.idle ? 0 : window.filled - pos);
  }

  /** Takes what comes and runs on; says why the machine rests, or what broke the stream. */
  feed(more: ChunkInput | undefined): Status | StreamError {
    return this.give(more) ?? this.run();
  }

  /** Takes what comes; says what broke the stream. */
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

  /** A function of the grammar threw: there is nothing to go on with. */
  get gaveUp(): boolean {
    return this.#thrown !== undefined;
  }

  /**
   * Runs on; says why the machine rests.
   *
   * @throws what a function of the grammar throws, then and whenever it is called again.
   */
  run(): Status {
    if (this.#thrown !== undefined) throw this.#thrown.error;
    if (this.#end !== undefined) return this.#end;
    this.version++;
    const status = this.#step();
    const ended = status !== STATUS.INPUT && ENDS.includes(status);
    if (ended) this.#end = status;
    this.#heard = this.#state.report.isHeard;
    // one chunk alone tells nothing of those that will come
    if (this.#state.chunks > 1)
      this.#state.appetite = nextAppetite(this.#state.appetite, this.#state.fed, this.#state.idle ? 0 : this.waiting);
    this.#state.fed = 0;
    if (this.#state.since !== undefined) {
      this.#state.lag = performance.now() - this.#state.since;
      if (ended || this.#state.idle) this.#state.since = undefined;
    } else this.#state.lag = 0;
    this.#state.report.lap++;
    if (this.#heard) this.#state.report.stepped(this.machine, status === STATUS.FAILED);
    return status;
  }

  #step(): Status {
    const { machine } = this;
    const { emissions, options } = machine;
    if (this.#state.gate !== undefined || this.#state.cap !== undefined) {
      const { frames } = this.#asked ?? this.ask();
      const most = Math.min(this.flow?.highWatermark ?? options.mostEmitted, frames ?? options.mostEmitted);
      // one value may always be taken, or nothing would ever go on
      emissions.most = Math.max(1, Math.min(most, options.mostEmitted));
    }
    for (;;) {
      const status = this.#move();
      this.#state.idle = status === STATUS.INPUT;
      if (status !== STATUS.EMITTED || this.#state.gate === undefined) return status;
      // as many values as the high watermark lets wait, and no input besides: that is not above it yet
      const { certain } = emissions;
      if (certain.length > emissions.most || this.waiting > 0 || emissions.most < this.#state.gate.flow.highWatermark)
        return status;
      emissions.most++;
    }
  }

  #move(): Status {
    try {
      return this.#turn === undefined ? this.machine.step() : this.#turn.run(this.machine);
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

  /** The outcome of a chunk that came when the run had completed. */
  fedLate(): Completed<T, E> {
    return this.broken(FED_LATE);
  }

  /** @param name of the continuation that was resumed. @param meta gives its meta. */
  resumed(name: string, meta: () => ContinuationMeta): void {
    this.#state.resumes++;
    this.#state.report.resumed(meta);
    this.#state.lineage = [...this.#state.lineage, name].slice(-MOST_ANCESTORS);
  }

  /** @param given why it rests, where the machine does not know it. */
  outcome(status: Status, given?: PendingReason): StreamOutcome<T, E> {
    if (ENDS.includes(status)) return this.completed(status);
    const { paused } = this;
    return this.#pending(status, given, this.machine.emissions.take() as E[], paused);
  }

  /** The outcome of a run that has come to its end. */
  completed(status: Status): Completed<T, E> {
    const emitted = this.machine.emissions.take() as E[];
    return this.#completed(resultOf<T, E>(this.machine, status, [], this.#spanOf()), emitted, status === STATUS.FAILED);
  }

  /** The run as it stands, as a value. */
  capture(demand: DemandHint): SnapshotContinuation<T, E> {
    return new SnapshotContinuation(this, demand, Session.from);
  }

  /** Tells who listens that the run rests: for a runner that hands no outcome out. */
  rests(status: Status): void {
    if (!this.#heard) return;
    const reason = this.#reason(status, undefined);
    // whoever drives the run asks by itself: here only what it asked last is told
    const demand = this.demand(status, reason, status === STATUS.EMITTED, this.#asked ?? {});
    this.#state.report.rests(this.machine, reason, () => this.capture(demand).meta);
  }

  /** The outcome of a stream that broke: the run stops as it stands (semantics, rule 24). */
  broken({ kind, message, cause }: StreamError): Completed<T, E> {
    // as the cause of an Error it is not listed: what it holds may be anything, and no JSON
    const stream = cause === undefined ? {} : Object.defineProperty({}, "cause", { value: cause });
    return this.#stopped(streamCodes[kind], message, cause === undefined ? {} : { stream });
  }

  /** The outcome of a stream that was waited for in vain. */
  silent({ message, waited, limit }: Silence): Completed<T, E> {
    return this.#stopped("stream.timeout", message, { stream: { waited, limit } });
  }

  #stopped(code: string, message: string, extensions: Diagnostic["extensions"]): Completed<T, E> {
    this.version++;
    this.#heard = this.#state.report.isHeard;
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
    const diagnostics = [...noticesOf(this.machine), diagnostic];
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
    const told = result.ok || result.recovered ? result : { ...result, diagnostics };
    const outcome = { kind: "completed", result: told, emitted, meta } as const;
    if (this.#heard) this.#tell(emitted, () => this.#state.report.completed(this.machine, outcome));
    return outcome;
  }

  #pending(status: Status, given: PendingReason | undefined, emitted: E[], paused: boolean): Pending<T, E> {
    const reason = this.#reason(status, given);
    if (reason === "feederAwait") this.#state.awaits++;
    if (reason === "backpressure" || reason === "feederClosed") this.#state.rests++;
    const rests = status === STATUS.EMITTED || given === "backpressure" || (status === STATUS.FUEL && paused);
    const demand = this.demand(status, reason, rests);
    const outcome = new PendingOutcome(this, demand, reason, emitted, this.#meta(reason, emitted.length));
    if (this.#heard) {
      this.#tell(emitted, () => this.#state.report.rests(this.machine, reason, () => outcome.continuation.meta));
    }
    return outcome;
  }

  /** Tells of an outcome. If who listens throws, what was emitted is not handed out: it is there for the next one. */
  #tell(emitted: readonly E[], tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.machine.emissions.giveBack(emitted);
      throw error;
    }
  }

  /** A new demand: what bounds it. */
  ask(): Cap {
    this.#asked = capOf(this.flow, this.#state.cap);
    return this.#asked;
  }

  /** What is asked for while the machine rests. */
  demand(
    status: Status,
    reason: PendingReason = "inputExhausted",
    rests = false,
    within: Cap = this.ask(),
  ): DemandHint {
    const { frameBoundary } = this.machine;
    const minBytes = status === STATUS.INPUT ? this.machine.minBytes() : 1;
    const bytes = least(this.#state.appetite, within.bytes);
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
    return this.#state.timed || this.#heard;
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

  /**
   * @throws Error if the run went on before this was read: only `parseLoopSync` lets that happen.
   */
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
