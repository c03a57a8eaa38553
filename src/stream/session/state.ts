// The state of a streamed run besides its machine, as far as a continuation needs it.
import type { Cap, Gate } from "../flow/flow.ts";
import type { YieldEvery } from "../flow/yield-budget.ts";
import { NO_REPORT, type Report } from "../report/events.ts";

export class SessionState {
  /** What was fed so far, if anything: the first chunk decides it. */
  kind: "text" | "bytes" | undefined = undefined;
  closed = false;
  chunks = 0;
  resumes = 0;
  /** How often its feeder had nothing, and how often waiting values paused it. */
  awaits = 0;
  rests = 0;
  /** The continuations that were resumed to get here. */
  lineage: readonly string[] = [];
  gate: Gate | undefined = undefined;
  cap: Cap | undefined = undefined;
  yieldEvery: YieldEvery | undefined = undefined;
  report: Report;
  signal: AbortSignal | undefined = undefined;
  /** The demand that this run has learnt; and what was fed since it learnt last. */
  chunkSizeHint: number | undefined = undefined;
  fed = 0;
  /** When the oldest input arrived that was not read, if that is measured; and how long ago, at the last step. */
  since: number | undefined = undefined;
  lag = 0;
  /** Whether the lag is measured although there is no listener. */
  timed = false;
  /** The machine needs input: it has read all that it was given. */
  idle = true;

  constructor(report: Report) {
    this.report = report;
  }

  copy(): SessionState {
    const copy = new SessionState(this.report.copy());
    copy.kind = this.kind;
    copy.closed = this.closed;
    copy.chunks = this.chunks;
    copy.resumes = this.resumes;
    copy.awaits = this.awaits;
    copy.rests = this.rests;
    copy.lineage = this.lineage;
    copy.gate = this.gate?.copy();
    copy.cap = this.cap;
    copy.yieldEvery = this.yieldEvery;
    copy.signal = this.signal;
    copy.chunkSizeHint = this.chunkSizeHint;
    copy.fed = this.fed;
    copy.since = this.since;
    copy.lag = this.lag;
    copy.timed = this.timed;
    copy.idle = this.idle;
    return copy;
  }

  /** The same for a run that only looks ahead: it runs to the end without a pause, and has no listeners. */
  unhurried(): SessionState {
    const copy = this.copy();
    copy.gate = undefined;
    copy.cap = undefined;
    copy.yieldEvery = undefined;
    copy.report = NO_REPORT;
    return copy;
  }
}
