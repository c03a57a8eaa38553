// The diagnostic of a limit that was exceeded.
import type { Diagnostic } from "../../diagnostics/data/model.ts";
import { formatMessage } from "../../diagnostics/messages/templates.ts";
import type { LimitFailure } from "../../machine/index.ts";
import type { Span } from "../../text/index.ts";
import { spanOf, type Wording } from "./span-of.ts";

/** @param error the rest of the diagnostic. */
export function limitDiagnostic(
  { code, exceeded, from }: LimitFailure,
  error: Diagnostic,
  wording: Wording,
): Diagnostic {
  const { name, most, reached, unreported } = exceeded;
  const { locale } = wording;
  const cause = unreported as Diagnostic | undefined;
  const began =
    from === undefined ? [] : [{ span: spanOf(wording, from, from), message: formatMessage(locale, `${code}.from`) }];
  const notes = cause === undefined ? began : [{ message: cause.message }, ...cause.notes];
  const { expected, fixits = [], context = error.context } = cause ?? {};
  return {
    ...error,
    message: formatMessage(locale, code, String(most)),
    ...(expected === undefined ? {} : { expected }),
    notes,
    fixits,
    context,
    extensions: { limit: { name, limit: most, reached } },
  };
}

/** The diagnostic about warnings that were not kept. */
export function unreportedWarnings(locale: string | undefined, most: number, unreported: number, at: Span): Diagnostic {
  return {
    severity: "info",
    code: "limit.diagnostics",
    message: formatMessage(locale, "limit.diagnostics.warnings", String(unreported)),
    at,
    notes: [],
    fixits: [],
    context: [],
    extensions: { limit: { name: "maxDiagnostics", limit: most, reached: most + unreported } },
  };
}
