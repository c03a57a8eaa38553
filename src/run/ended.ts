// The result of a machine that has finished.
import { checkTaken } from "../grammar/combinators/refine.ts";
import { failureOf, type Machine, STATUS, type Status } from "../machine/index.ts";
import type { Span } from "../text/index.ts";
import { onDemand } from "./on-demand.ts";
import { collectedDiagnostics } from "./report/collected.ts";
import { diagnosticOf, othersIn } from "./report/failure.ts";
import { keepInput, lineRead, type TextOf } from "./report/kept-text.ts";
import type { Parsed, ParseResult, Recovered } from "./result.ts";

/** Computes the span of a success on demand. */
type SpanOf = () => Span;

/**
 * @internal The result of a machine that has finished.
 *
 * @param textOf what to keep of the text for excerpts.
 */
export function resultOf<T, E>(
  machine: Machine,
  status: Status,
  emitted: readonly E[],
  span: SpanOf,
  textOf: TextOf = lineRead,
): ParseResult<T, E> {
  const collected = collectedDiagnostics(machine, textOf);
  if (status === STATUS.DONE) {
    checkTaken(machine.val);
    const recovered = machine.recoveries.taken > 0;
    const known = { ok: !recovered, recovered, value: machine.val as T, diagnostics: collected, emitted };
    // positions are computed on demand
    return onDemand(known, "span", span) as Parsed<T, E> | Recovered<T, E>;
  }
  const failure = failureOf(machine, status);
  const diagnostics = [diagnosticOf(failure, machine.options), ...othersIn(failure, machine.options)];
  for (const one of diagnostics) keepInput(machine, one, textOf);
  return { ok: false, recovered: false, diagnostics: [...collected, ...diagnostics], emitted };
}
