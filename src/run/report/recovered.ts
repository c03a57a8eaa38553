// The report of a recovery: the failure that it handled, and what it did.
import type { RecoveryEntry } from "../../compile/index.ts";
import type { Diagnostic } from "../../diagnostics/data/model.ts";
import { merged, nameOf } from "../../diagnostics/messages/expected.ts";
import type { Recovery } from "../../machine/index.ts";

/** `diagnostic.extensions.recover`. */
interface RecoverNote {
  readonly mode: "collect";
  readonly action: "default" | "skip" | "insert" | "context";
  /** What was searched for. */
  readonly sync?: string;
  /** The text whose insertion fixes it. */
  readonly inserted?: string;
  readonly context?: string;
  /** Units between where it failed and where parsing continued. */
  readonly resyncUnits: number;
  /** How many errors that only follow from it are merged into it. */
  readonly merged?: number;
}

/** The diagnostic of a failure that is being recovered from; `finished` sets `resyncUnits`. */
export function recovering(failure: Diagnostic, entry: RecoveryEntry, locale: string | undefined): Diagnostic {
  const { action } = entry.node;
  const sync = merged(entry.sync()).map((expected) => nameOf(expected, locale));
  const note: RecoverNote = {
    mode: "collect",
    action: action.kind,
    ...(sync.length === 0 ? {} : { sync: sync.join(", ") }),
    ...(action.kind === "insert" ? { inserted: action.token } : {}),
    ...(action.kind === "context" ? { context: action.message } : {}),
    resyncUnits: 0,
  };
  const notes = action.kind === "context" ? [...failure.notes, { message: action.message }] : failure.notes;
  return { ...failure, notes, extensions: { ...failure.extensions, recover: note } };
}

/** The same once parsing continues. */
export function finished({ diagnostic, skipped, rejected }: Recovery): Diagnostic {
  const completed = changed(diagnostic as Diagnostic, { resyncUnits: skipped });
  return rejected === undefined ? completed : { ...completed, extensions: { ...completed.extensions, rejected } };
}

/** One diagnostic for two recoveries, if the second only follows from the first. */
export function joined(first: Diagnostic, { skipped }: Recovery): Diagnostic {
  const { resyncUnits, merged = 0 } = noteOf(first);
  return changed(first, { resyncUnits: resyncUnits + skipped, merged: merged + 1 });
}

function changed(diagnostic: Diagnostic, change: Partial<RecoverNote>): Diagnostic {
  const recover: RecoverNote = { ...noteOf(diagnostic), ...change };
  return { ...diagnostic, extensions: { ...diagnostic.extensions, recover } };
}

function noteOf(diagnostic: Diagnostic): RecoverNote {
  return diagnostic.extensions.recover as RecoverNote;
}
