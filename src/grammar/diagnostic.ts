// Diagnostics as plain data.

import type { Position, Span } from "../text/index.ts";
import type { Expectation } from "./expectation.ts";

/** A change of the text that would fix an error: what `span` covers is replaced by `insert`. */
export interface FixIt {
  readonly span: Span;
  readonly insert: string;
  /** The fix-its of a diagnostic with the same number are one change. */
  readonly group?: number;
  /** `false` if the parse would fail right after the change: a report does not propose it. */
  readonly likely?: false;
}

/** A success of a parser in a trace: its name, and what it read. */
export interface TraceStep {
  readonly name: string;
  readonly span: Span;
}

/** What was expected: a template's key and arguments, the same in words, and as data. */
export interface ExpectationSummary {
  readonly messageKey: string;
  readonly localeArgs: readonly string[];
  readonly humanized: string;
  readonly contextNote?: string;
  readonly alternatives: readonly Expectation[];
}

/** A message about an input, as plain JSON. */
export interface Diagnostic {
  readonly severity: "error" | "warning" | "info";
  readonly code?: string;
  readonly message: string;
  readonly at: Span;
  readonly expected?: ExpectationSummary;
  readonly notes: readonly { readonly span?: Span; readonly message: string }[];
  readonly fixits: readonly FixIt[];
  /** Names of the innermost rules (at most 8) that were open, innermost first. */
  readonly context: readonly string[];
  /** Where each of them began. */
  readonly contextAt?: readonly Position[];
  /** In a run with `trace: true`: the last successes before the failure, latest last, at most 1000. */
  readonly spanTrace?: readonly TraceStep[];
  /** For an error of the stream (`stream.*`): the `StreamMeta` of `sluice/stream`. */
  readonly streamMeta?: object;
  readonly extensions: Readonly<Record<string, unknown>>;
}
