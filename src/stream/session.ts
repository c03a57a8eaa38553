// One streamed run: a machine, the rules for what may be fed to it, and what has been counted on the way.
import { keep, keepAlso } from "../diagnostics/kept.ts";
import type { Diagnostic } from "../diagnostics/model.ts";
import { nodeOf, type Parser } from "../grammar/parser.ts";
import { Machine, type Snapshot, STATUS, type Status, silently } from "../machine/index.ts";
import {
  boundsOf,
  checkConfig,
  noticesOf,
  type ParseResult,
  profileOf,
  recoverOf,
  resultOf,
  rootOf,
  spanTraceOf,
  traceOf,
} from "../run/index.ts";
import type { Position, Span } from "../text/index.ts";
import { type ChunkInput, CLOSED, checkChunk, type DemandHint, type StreamError } from "./chunk.ts";
import { SnapshotContinuation } from "./continuation.ts";
import { type Cap, capOf, checkFlow, type FlowController, flowController, Gate } from "./flow.ts";
import type { Completed, Pending, PendingReason, StreamingConfig, StreamMeta, StreamOutcome } from "./outcome.ts";
import { type Ration, rationed } from "./ration.ts";
import type { Silence } from "./source.ts";

/** What is counted, besides the machine's own state. */
export interface Counts {
  readonly kind: "text" | "bytes" | undefined;
  readonly closed: boolean;
  readonly chunks: number;
  readonly resumes: number;
  readonly awaits: number;
  readonly rests: number;
  readonly start: Position;
  readonly flow: FlowController | undefined;
  readonly paused: boolean;
  readonly cap: Cap | undefined;
  readonly ration: Ration | undefined;
}

/** Which code and words a broken stream has in a diagnostic. */
const streamCodes: Readonly<Record<StreamError["kind"], string>> = {
  IoFailed: "stream.io",
  DecoderFailed: "stream.decode",
  FeederBug: "stream.feeder",
  UserCancelled: "stream.cancelled",
};

export class Session<T, E> {
  readonly machine: Machine;
  /** Goes up whenever the machine moves on: a continuation of an earlier moment then needs a copy. */
  version = 0;
  #kind: "text" | "bytes" | undefined;
  #closed = false;
  #chunks = 0;
  #resumes = 0;
  #awaits = 0;
  #rests = 0;
  #gate: Gate | undefined;
  #cap: Cap | undefined;
  #ration: Ration | undefined;
  /** The machine needs input: it has looked at all that it was given. */
  #idle = true;

  private constructor(machine: Machine) {
    this.machine = machine;
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
      mostEmitted,
      profile: profileOf(config),
      recover: recoverOf(config),
      trace: traceOf(config),
      bounds: boundsOf(config?.limits),
    } as const;
    const session = new Session<T, E>(Machine.start(rootOf(p, config?.requireEof ?? true), options));
    session.#cap = config?.demandCap;
    session.#ration = config?.yieldEvery;
    const { flow, mode } = config ?? {};
    if (flow !== undefined) checkFlow(flow);
    if (mode !== undefined) session.flow = flowController({ ...flow, mode });
    else if (flow !== undefined) session.flow = flow;
    return session;
  }

  /**
   * A session that goes on from a snapshot, on its own.
   *
   * @param mostEmitted if it only looks ahead: then nobody hears of its trace.
   */
  static from<T, E>(snapshot: Snapshot, counts: Counts, mostEmitted?: number): Session<T, E> {
    const options = mostEmitted === undefined ? snapshot.options : { ...silently(snapshot.options), mostEmitted };
    const session = new Session<T, E>(Machine.from(snapshot, options));
    session.#cap = counts.cap;
    session.#ration = counts.ration;
    if (counts.flow !== undefined) session.#gate = new Gate(counts.flow, counts.paused);
    session.#kind = counts.kind;
    session.#closed = counts.closed;
    session.#chunks = counts.chunks;
    session.#resumes = counts.resumes;
    session.#awaits = counts.awaits;
    session.#rests = counts.rests;
    return session;
  }

  get counts(): Counts {
    return {
      kind: this.#kind,
      closed: this.#closed,
      chunks: this.#chunks,
      resumes: this.#resumes,
      awaits: this.#awaits,
      rests: this.#rests,
      start: this.#start(),
      flow: this.#gate?.flow,
      paused: this.#gate?.paused ?? false,
      cap: this.#cap,
      ration: this.#ration,
    };
  }

  get flow(): FlowController | undefined {
    return this.#gate?.flow;
  }

  /** Takes effect at once, also while the run rests. */
  set flow(flow: FlowController) {
    if (this.#gate === undefined) this.#gate = new Gate(flow);
    else this.#gate.flow = flow;
  }

  /** Whether whoever feeds it is to rest: its watermarks say so, for what waits now. */
  get paused(): boolean {
    const { input, emissions } = this.machine;
    const certain = emissions.certain.length;
    const idle = this.#idle && certain === 0 && input.waiting === 0;
    return this.#gate?.update(this.#waiting + certain, idle) ?? false;
  }

  /** Units that were fed and not looked at. */
  get #waiting(): number {
    const { window, pos, input } = this.machine;
    return input.waiting + (this.#idle ? 0 : window.filled - pos);
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
      this.#closed = true;
      machine.input.end();
    } else if (more !== undefined) {
      const data = checkChunk(more);
      if (data.length > 0) {
        const kind = typeof data === "string" ? "text" : "bytes";
        if (this.#closed) return feederBug("a chunk was fed after the end of the input");
        if (this.#kind !== undefined && this.#kind !== kind) {
          return feederBug(`a stream of ${this.#kind} was fed ${kind}: the first chunk fixes the kind`);
        }
        if (kind === "text" && machine.options.binary)
          return feederBug(`input: "binary" takes bytes, and was fed text`);
        this.#kind = kind;
        this.#chunks++;
        machine.input.write(data);
      }
    }
    return undefined;
  }

  /** Runs on; says why the machine rests. */
  run(): Status {
    this.version++;
    const { machine } = this;
    const { emissions, options } = machine;
    if (this.#gate !== undefined || this.#cap !== undefined) {
      const { frames } = capOf(this.flow, this.#cap);
      const most = Math.min(this.flow?.highWatermark ?? options.mostEmitted, frames ?? options.mostEmitted);
      // one value may always be taken, or nothing would ever go on
      emissions.most = Math.max(1, Math.min(most, options.mostEmitted));
    }
    for (;;) {
      const status = this.#ration === undefined ? machine.step() : rationed(machine, this.#ration);
      this.#idle = status === STATUS.INPUT;
      if (status !== STATUS.EMITTED || this.#gate === undefined) return status;
      // as many values as the high watermark lets wait, and no input besides: that is not above it yet
      const { certain } = emissions;
      if (certain.length > emissions.most || this.#waiting > 0 || emissions.most < this.#gate.flow.highWatermark)
        return status;
      emissions.most++;
    }
  }

  /** `feed`, as an outcome. */
  advance(more: ChunkInput | undefined, reason?: PendingReason): StreamOutcome<T, E> {
    const status = this.feed(more);
    if (typeof status === "object") return this.broken(status);
    return this.outcome(status, reason);
  }

  /** The outcome of a chunk that came when the run had completed. */
  fedLate(): Completed<T, E> {
    return this.broken(feederBug("a chunk was fed after the run had completed"));
  }

  resumed(): void {
    this.#resumes++;
  }

  /** @param given why it rests, where the machine does not know it. */
  outcome(status: Status, given?: PendingReason): StreamOutcome<T, E> {
    const { paused } = this;
    const emitted = this.machine.emissions.take() as E[];
    if (status === STATUS.INPUT || status === STATUS.EMITTED || status === STATUS.FUEL) {
      return this.#pending(status, given, emitted, paused);
    }
    return this.#completed(resultOf<T, E>(this.machine, status, [], this.#spanOf()), emitted, status === STATUS.FAILED);
  }

  /** The outcome of a stream that broke: the run stops as it stands (semantics, rule 24). */
  broken({ kind, message }: StreamError): Completed<T, E> {
    return this.#stopped(streamCodes[kind], message, {});
  }

  /** The outcome of a stream that was waited for in vain. */
  silent({ message, waited, limit }: Silence): Completed<T, E> {
    return this.#stopped("stream.timeout", message, { stream: { waited, limit } });
  }

  #stopped(code: string, message: string, extensions: Diagnostic["extensions"]): Completed<T, E> {
    this.version++;
    const at = this.machine.position(this.machine.offset);
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
      ...spanTraceOf(this.machine),
      extensions,
    };
    keep(diagnostic, [], this.machine.options.locale);
    const emitted = this.machine.emissions.take() as E[];
    const diagnostics = [...noticesOf(this.machine), diagnostic];
    return this.#completed({ ok: false, recovered: false, diagnostics, emitted: [] }, emitted);
  }

  #completed(result: ParseResult<T, E>, emitted: E[], failed = false): Completed<T, E> {
    const meta = this.#meta(undefined, failed);
    const diagnostics = result.diagnostics.map((d) =>
      d.code?.startsWith("stream.") ? keepAlso(d, { ...d, streamMeta: meta }) : d,
    );
    const told = result.ok || result.recovered ? result : { ...result, diagnostics };
    return { kind: "completed", result: told, emitted, meta };
  }

  #pending(status: Status, given: PendingReason | undefined, emitted: E[], paused: boolean): Pending<T, E> {
    const reason = this.#reason(status, given);
    if (reason === "feederAwait") this.#awaits++;
    if (reason === "backpressure" || reason === "feederClosed") this.#rests++;
    const rests = status === STATUS.EMITTED || given === "backpressure" || (status === STATUS.FUEL && paused);
    const demand = this.demand(status, reason, rests);
    return new PendingOutcome(this, demand, reason, emitted, this.#meta(reason));
  }

  /** What is asked for while the machine rests. */
  demand(status: Status, reason: PendingReason = "inputExhausted", rests = false): DemandHint {
    const { frameBoundary } = this.machine;
    const minBytes = status === STATUS.INPUT ? this.machine.minBytes() : 1;
    const bounded = this.#gate !== undefined || this.#cap !== undefined;
    const bytes = bounded ? capOf(this.flow, this.#cap).bytes : undefined;
    return {
      action: rests ? "pause" : "continue",
      minBytes,
      ...(bytes === undefined ? {} : { preferredBytes: Math.max(minBytes, bytes) }),
      ...(frameBoundary === undefined ? {} : { frameBoundary }),
      reason,
    };
  }

  #reason(status: Status, given: PendingReason | undefined): PendingReason {
    if (given === "backpressure") return this.#closed ? "feederClosed" : given;
    if (status === STATUS.FUEL) return "yield";
    if (status === STATUS.EMITTED) return this.#closed ? "feederClosed" : "backpressure";
    return given ?? "inputExhausted";
  }

  #meta(lastReason: PendingReason | undefined, failed = false): StreamMeta {
    const consumedBytes = this.machine.consumedBytes(failed);
    const chunks = this.#chunks;
    const resumeCount = this.#resumes;
    const awaitCount = this.#awaits;
    const backpressureCount = this.#rests;
    const checkpointsClosed = this.machine.emissions.checkpoints;
    return lastReason === undefined
      ? { consumedBytes, chunks, resumeCount, awaitCount, backpressureCount, checkpointsClosed }
      : { consumedBytes, chunks, resumeCount, awaitCount, backpressureCount, checkpointsClosed, lastReason };
  }

  #start(): Position {
    return this.machine.input.mark
      ? { offset: 1, byteOffset: 3, line: 1, column: 1 }
      : { offset: 0, byteOffset: 0, line: 1, column: 1 };
  }

  #spanOf(): () => Span {
    const { machine } = this;
    const start = this.#start();
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
      this.#continuation = new SnapshotContinuation(this.#session, this.demand);
    }
    return this.#continuation;
  }
}

function feederBug(message: string): StreamError {
  return { kind: "FeederBug", message };
}
