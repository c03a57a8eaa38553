// One streamed run: a machine, the rules for what may be fed to it, and what has been counted on the way.
import { keep, keepAlso } from "../diagnostics/kept.ts";
import type { Diagnostic } from "../diagnostics/model.ts";
import { nodeOf, type Parser } from "../grammar/parser.ts";
import { Machine, type Snapshot, STATUS, type Status, silently } from "../machine/index.ts";
import {
  checkConfig,
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
import type { Completed, Pending, PendingReason, StreamingConfig, StreamMeta, StreamOutcome } from "./outcome.ts";

/** What is counted, besides the machine's own state. */
export interface Counts {
  readonly kind: "text" | "bytes" | undefined;
  readonly closed: boolean;
  readonly chunks: number;
  readonly resumes: number;
  readonly awaits: number;
  readonly rests: number;
  readonly start: Position;
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
    } as const;
    return new Session<T, E>(Machine.start(rootOf(p, config?.requireEof ?? true), options));
  }

  /**
   * A session that goes on from a snapshot, on its own.
   *
   * @param mostEmitted if it only looks ahead: then nobody hears of its trace.
   */
  static from<T, E>(snapshot: Snapshot, counts: Counts, mostEmitted?: number): Session<T, E> {
    const options = mostEmitted === undefined ? snapshot.options : { ...silently(snapshot.options), mostEmitted };
    const session = new Session<T, E>(Machine.from(snapshot, options));
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
    };
  }

  /** Takes what comes and runs on; says why the machine rests, or what broke the stream. */
  feed(more: ChunkInput | undefined): Status | StreamError {
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
    return machine.step();
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

  outcome(status: Status, reason?: PendingReason): StreamOutcome<T, E> {
    const emitted = this.machine.emissions.take() as E[];
    if (status === STATUS.INPUT || status === STATUS.EMITTED || status === STATUS.FUEL) {
      return this.#pending(status, reason, emitted);
    }
    return this.#completed(resultOf<T, E>(this.machine, status, [], this.#spanOf()), emitted, status === STATUS.FAILED);
  }

  /** The outcome of a stream that broke: the run stops as it stands (semantics, rule 24). */
  broken(error: StreamError): Completed<T, E> {
    this.version++;
    const at = this.machine.position(this.machine.offset);
    const { source } = this.machine.options;
    const span: Span = source === undefined ? { start: at, end: at } : { source, start: at, end: at };
    const diagnostic: Diagnostic = {
      severity: "error",
      code: streamCodes[error.kind],
      message: error.message,
      at: span,
      notes: [],
      fixits: [],
      context: [],
      ...spanTraceOf(this.machine),
      extensions: {},
    };
    keep(diagnostic, [], this.machine.options.locale);
    const emitted = this.machine.emissions.take() as E[];
    return this.#completed({ ok: false, recovered: false, diagnostics: [diagnostic], emitted: [] }, emitted);
  }

  #completed(result: ParseResult<T, E>, emitted: E[], failed = false): Completed<T, E> {
    const meta = this.#meta(undefined, failed);
    const diagnostics = result.diagnostics.map((d) =>
      d.code?.startsWith("stream.") ? keepAlso(d, { ...d, streamMeta: meta }) : d,
    );
    const told = result.ok || result.recovered ? result : { ...result, diagnostics };
    return { kind: "completed", result: told, emitted, meta };
  }

  #pending(status: Status, given: PendingReason | undefined, emitted: E[]): Pending<T, E> {
    const reason = this.#reason(status, given);
    if (reason === "feederAwait") this.#awaits++;
    if (reason === "backpressure" || reason === "feederClosed") this.#rests++;
    const { frameBoundary } = this.machine;
    const action = status === STATUS.EMITTED ? "pause" : "continue";
    const minBytes = status === STATUS.INPUT ? this.machine.minBytes() : 1;
    const demand: DemandHint =
      frameBoundary === undefined ? { action, minBytes, reason } : { action, minBytes, frameBoundary, reason };
    return new PendingOutcome(this, demand, reason, emitted, this.#meta(reason));
  }

  #reason(status: Status, given: PendingReason | undefined): PendingReason {
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
