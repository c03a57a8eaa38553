// The events of a run, for its listeners: `onDiagnostic`, and the channels of a platform that has them. While there is
// no listener, nothing is computed.
import type { Diagnostic } from "../../diagnostics/data/model.ts";
import type { Machine } from "../../machine/index.ts";
import { diagnosticsSince } from "../../run/index.ts";
import type { Completed, ContinuationMeta, PendingReason, StreamingConfig } from "../session/outcome.ts";
import { resumeNotes } from "./notes.ts";

/**
 * What happens in a streamed run. "progress": a step was made; so far `consumed` bytes are read (UTF-8 for text) and
 * `produced` values emitted, in `lap` steps. "pending": it pauses. "error": something is wrong; `continuation` is
 * present if the run continues, and if the stream failed while the run was paused.
 */
export type StreamEvent =
  | { readonly kind: "progress"; readonly consumed: number; readonly produced: number; readonly lap: number }
  | {
      readonly kind: "pending";
      readonly reason: PendingReason;
      readonly meta: ContinuationMeta;
      /** With `resumeNotes`: what it waits for, in words. */
      readonly notes?: readonly string[];
    }
  | { readonly kind: "error"; readonly diagnostic: Diagnostic; readonly continuation?: ContinuationMeta };

type Listener = (event: StreamEvent) => void;

/** As in Node's `diagnostics_channel`. */
interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}
type Channels = Readonly<Record<StreamEvent["kind"], Channel>>;

let channels: Channels | "none" | undefined;

/** The channels `sluice:stream.progress|pending|error`, if the platform has such. */
function platformChannels(): Channels | "none" {
  if (channels === undefined) {
    const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
    const found = process?.getBuiltinModule?.("node:diagnostics_channel") as
      | { channel(name: string): Channel }
      | undefined;
    const named = (kind: StreamEvent["kind"]): Channel | undefined => found?.channel(`sluice:stream.${kind}`);
    const [progress, pending, error] = [named("progress"), named("pending"), named("error")];
    channels =
      progress === undefined || pending === undefined || error === undefined ? "none" : { progress, pending, error };
  }
  return channels;
}

/**
 * @internal What one run has reported so far, and its listeners. A continuation holds a copy: each branch reports on
 * its own.
 */
export class Report {
  readonly #onDiagnostic: Listener | undefined;
  readonly #notes: boolean;
  readonly #silent: boolean;
  /** Steps made. */
  lap = 0;
  /** Warnings and recoveries that were processed, and how many diagnostics they made: two that were merged make one. */
  #processed = 0;
  #reported = 0;
  /** Returns where the run paused last, if there was a listener. */
  #lastPause: (() => ContinuationMeta) | undefined;

  /** @param config has the listeners; without one there are none. */
  constructor(config?: Pick<StreamingConfig, "onDiagnostic" | "resumeNotes">) {
    this.#onDiagnostic = config?.onDiagnostic;
    this.#notes = config?.resumeNotes ?? false;
    this.#silent = config === undefined;
  }

  /** Without the place where it paused: a continuation that knew the one before it would keep all of them in memory. */
  copy(): Report {
    const copy = new Report(this.#silent ? undefined : { onDiagnostic: this.#onDiagnostic, resumeNotes: this.#notes });
    copy.lap = this.lap;
    copy.#processed = this.#processed;
    copy.#reported = this.#reported;
    return copy;
  }

  /** Whether there is any listener. */
  get hasListeners(): boolean {
    if (this.#silent) return false;
    if (this.#onDiagnostic !== undefined) return true;
    const found = platformChannels();
    return (
      found !== "none" && (found.progress.hasSubscribers || found.pending.hasSubscribers || found.error.hasSubscribers)
    );
  }

  /** @param failed whether the step ended the run with a failure. */
  stepped(machine: Machine, failed: boolean): void {
    if (!this.#hasListener("progress")) return;
    const { produced } = machine.emissions;
    this.#emit({ kind: "progress", consumed: machine.consumedBytes(failed), produced, lap: this.lap });
  }

  /** @param rested returns the meta of the continuation that was resumed. */
  resumed(rested: () => ContinuationMeta): void {
    if (this.hasListeners) this.#lastPause = rested;
  }

  /** @param meta returns that of the continuation, which may have to be captured first. */
  rests(machine: Machine, reason: PendingReason, meta: () => ContinuationMeta): void {
    const isPendingHeard = this.#hasListener("pending");
    const errors = this.#hasListener("error") ? this.#recovered(machine) : [];
    if (!isPendingHeard && errors.length === 0) return;
    const continuation = meta();
    this.#lastPause = () => continuation;
    for (const diagnostic of errors) this.#emit({ kind: "error", diagnostic, continuation });
    if (!isPendingHeard) return;
    const notes = this.#notes ? { notes: resumeNotes(reason, continuation, machine.options.locale) } : {};
    this.#emit({ kind: "pending", reason, meta: continuation, ...notes });
  }

  /** Reports the errors that were not reported before. */
  completed(machine: Machine, { result }: Completed<unknown, unknown>): void {
    if (!this.#hasListener("error")) return;
    const rested = this.#lastPause;
    const unreported = result.diagnostics.slice(this.#reported);
    this.#recovered(machine);
    for (const diagnostic of unreported) {
      if (diagnostic.severity !== "error") continue;
      const broke = rested !== undefined && diagnostic.code?.startsWith("stream.") === true;
      this.#emit({ kind: "error", diagnostic, ...(broke ? { continuation: rested() } : {}) });
    }
  }

  /** The errors that were recovered from since the last call. */
  #recovered(machine: Machine): Diagnostic[] {
    const collected = diagnosticsSince(machine, this.#processed);
    this.#processed = machine.emissions.reported.length;
    this.#reported += collected.length;
    return collected.filter(({ severity }) => severity === "error");
  }

  #hasListener(kind: StreamEvent["kind"]): boolean {
    if (this.#silent) return false;
    if (this.#onDiagnostic !== undefined) return true;
    const found = platformChannels();
    return found !== "none" && found[kind].hasSubscribers;
  }

  #emit(event: StreamEvent): void {
    const found = platformChannels();
    if (found !== "none" && found[event.kind].hasSubscribers) found[event.kind].publish(event);
    this.#onDiagnostic?.(event);
  }
}

/** @internal No listener is called in a run that only looks ahead. */
export const NO_REPORT: Report = /* @__PURE__ */ new Report();
