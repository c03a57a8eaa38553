// From a failure, as the machine returns it, to the diagnostic that reports it.
import type { Diagnostic, ExpectationSummary } from "../../diagnostics/data/model.ts";
import { merged, summaryOf } from "../../diagnostics/messages/expected.ts";
import { formatMessage } from "../../diagnostics/messages/templates.ts";
import type { Expectation } from "../../grammar/expectation.ts";
import type { Problem } from "../../grammar/problem.ts";
import type { Failure } from "../../machine/index.ts";
import { fixItOf } from "./fix-it.ts";
import { limitDiagnostic } from "./limit.ts";
import { problemParts } from "./problem.ts";
import { spanOf, type Wording } from "./span-of.ts";
import { suggested } from "./suggested.ts";

type Unexpected = Extract<Failure, { kind: "unexpected" }>;
/** The record of the farthest failure. */
type Recorded = Unexpected | Extract<Failure, { kind: "problem" }>;

/** The diagnostic of a failure. */
export function diagnosticOf(failure: Failure, wording: Wording): Diagnostic {
  const { locale } = wording;
  switch (failure.kind) {
    case "malformed":
      return error(
        failure,
        wording,
        "stream.decode",
        formatMessage(locale, "stream.decode", String(failure.byteOffset)),
      );
    case "fault":
      return error(failure, wording, failure.code, faultInWords(failure, locale));
    case "limit":
      return limitDiagnostic(failure, error(failure, wording, failure.code, ""), wording);
    case "unrecorded":
      return error(failure, wording, "E1001", formatMessage(locale, failure.atEnd ? "end" : "refused"));
    case "problem":
      return problemDiagnostic(failure, failure.problem, wording, summaryIn(failure, merged(failure.expected), locale));
    case "unexpected":
      return unexpected(failure, wording);
  }
}

/** What else is wrong with a value that was refused, each as a diagnostic of its own. */
export function othersIn(failure: Failure, wording: Wording): readonly Diagnostic[] {
  if (failure.kind !== "problem") return [];
  return (failure.problem.others ?? []).map((other) => problemDiagnostic(failure, other, wording));
}

/** The same as notes of its diagnostic: a run that continues reports one diagnostic for each recovery. */
export function withOthers(diagnostic: Diagnostic, failure: Failure): Diagnostic {
  if (failure.kind !== "problem") return diagnostic;
  const others = (failure.problem.others ?? []).map(({ message }) => ({ message }));
  return { ...diagnostic, notes: [...diagnostic.notes, ...others] };
}

function error(failure: Failure, wording: Wording, code: string, message: string): Diagnostic {
  const { at } = failure;
  return {
    severity: "error",
    code,
    message,
    at: spanOf(wording, at, at),
    notes: [],
    fixits: [],
    ...around(failure),
    extensions: {},
  };
}

/** The rules around it, and what had succeeded before. */
function around({ rules, successes }: Failure): Pick<Diagnostic, "context" | "contextAt" | "spanTrace"> {
  const context = { context: rules.map(({ name }) => name), contextAt: rules.map(({ at }) => at) };
  return successes === undefined ? context : { ...context, spanTrace: successes };
}

function faultInWords(
  { code, detail, rules }: Extract<Failure, { kind: "fault" }>,
  locale: string | undefined,
): string {
  const [rule] = rules;
  const key = detail === "andThen" ? "E4001.andThen" : code === "E3001" && rule !== undefined ? "E3001.rule" : code;
  return formatMessage(locale, key, detail, rule?.name ?? "");
}

function problemDiagnostic(
  failure: Recorded,
  problem: Problem,
  wording: Wording,
  expected?: ExpectationSummary,
): Diagnostic {
  const { code, message, notes, fixits } = problemParts(problem, wording.locale);
  return {
    severity: "error",
    ...code,
    message,
    at: problem.at ?? spanOf(wording, failure.at, failure.at),
    ...(expected === undefined ? {} : { expected }),
    notes: notes ?? bracketNotes(failure, wording),
    fixits,
    ...around(failure),
    extensions: {},
  };
}

function unexpected(failure: Unexpected, wording: Wording): Diagnostic {
  const { locale } = wording;
  const alternatives = merged(failure.expected);
  const expected = summaryIn(failure, alternatives, locale);
  const inWords =
    expected === undefined
      ? formatMessage(locale, failure.atEnd ? "end" : "refused")
      : formatMessage(locale, expected.messageKey, expected.humanized);
  const more = suggested(failure, alternatives, wording);
  return {
    ...error(failure, wording, "E1001", failure.message ?? inWords),
    ...(expected === undefined ? {} : { expected }),
    notes: [...bracketNotes(failure, wording), ...more.notes],
    fixits: [...failure.closers.map((closer) => fixItOf(closer, wording)), ...more.fixits],
  };
}

function summaryIn(
  { atEnd, rule }: Recorded,
  alternatives: readonly Expectation[],
  locale: string | undefined,
): ExpectationSummary | undefined {
  return alternatives.length === 0
    ? undefined
    : summaryOf(alternatives, atEnd ? "expected.end" : "expected", locale, rule);
}

/** Where the bracket was opened whose closer is missing; at the end of input all open brackets. */
function bracketNotes({ brackets }: Recorded, wording: Wording): Diagnostic["notes"] {
  return brackets.map(({ at, isMissed }) => ({
    span: spanOf(wording, at, at),
    message: formatMessage(wording.locale, isMissed ? "opened" : "open"),
  }));
}
