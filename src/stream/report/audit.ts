// Audit records: the events of a run, as plain JSON that can be stored.
import { toJSON } from "../../diagnostics/data/json.ts";
import { described } from "../../misuse/described.ts";
import { checkOptions } from "../../misuse/options.ts";
import type { ContinuationMeta } from "../session/outcome.ts";
import type { StreamEvent } from "./events.ts";

/** What the application adds to each record; the engine has no clock and no names for runs. */
export interface AuditStamp {
  /** When it happened: ISO 8601, in UTC, as `Date.prototype.toISOString` returns it. */
  readonly time?: string | undefined;
  /** Which run it was. */
  readonly run?: string | undefined;
}

/** An event as plain JSON data, as `schemas/audit.json` describes it. */
export type AuditRecord = AuditStamp & {
  readonly event: "parser.stream.progress" | "parser.stream.pending" | "parser.stream.error";
  readonly [member: string]: unknown;
};

/**
 * An event as an audit record: plain JSON data that stays valid after the run continues. What was expected is computed
 * for it.
 *
 * @param stamp what to add: the time, and the name of the run.
 * @throws TypeError if it is not an event, the stamp has other members, or an extension of a diagnostic contains a
 * cycle.
 *
 * @example
 * ```ts
 * import { auditRecord } from "sluice/stream";
 * auditRecord({ kind: "progress", consumed: 3, produced: 1, lap: 2 }, { run: "a" }).event; // => "parser.stream.progress"
 * ```
 */
export function auditRecord(event: StreamEvent, stamp: AuditStamp = {}): AuditRecord {
  if (!isEvent(event)) throw new TypeError(`auditRecord takes what onDiagnostic is given, got ${described(event)}`);
  checkOptions(stamp, ["time", "run"], 'an audit record takes its stamp as an object, such as { run: "a" }');
  const { time, run } = stamp;
  return {
    event: `parser.stream.${event.kind}`,
    ...(time === undefined ? {} : { time }),
    ...(run === undefined ? {} : { run }),
    ...membersOf(event),
  };
}

/**
 * An audit record as a line of JSON Lines, with its line end.
 *
 * @throws as `auditRecord`.
 *
 * @example
 * ```ts
 * import { string } from "sluice/lex";
 * import { auditLine, runStream } from "sluice/stream";
 * const lines: string[] = [];
 * runStream(string("abc"), "ab", { onDiagnostic: (event) => lines.push(auditLine(event)) });
 * lines[0]; // => '{"event":"parser.stream.progress","consumed":2,"produced":0,"lap":1}\n'
 * ```
 */
export function auditLine(event: StreamEvent, stamp: AuditStamp = {}): string {
  return `${JSON.stringify(auditRecord(event, stamp))}\n`;
}

function isEvent(event: StreamEvent | undefined): boolean {
  switch (event?.kind) {
    case "progress":
      return true;
    case "pending":
      return typeof event.meta === "object";
    case "error":
      return typeof event.diagnostic === "object";
    default:
      return false;
  }
}

function membersOf(event: StreamEvent): object {
  switch (event.kind) {
    case "progress":
      return { consumed: event.consumed, produced: event.produced, lap: event.lap };
    case "pending": {
      const { reason, meta, notes } = event;
      return { reason, meta: plain(meta), ...(notes === undefined ? {} : { notes }) };
    }
    case "error": {
      const { diagnostic, continuation } = event;
      return {
        diagnostic: toJSON(diagnostic),
        ...(continuation === undefined ? {} : { continuation: plain(continuation) }),
      };
    }
  }
}

/** The meta without the members that are computed on demand. */
function plain(meta: ContinuationMeta): object {
  return JSON.parse(JSON.stringify(meta)) as object;
}
