// The diagnostics of a run that are collected before its end: warnings, and failures that were recovered from.
import type { Diagnostic } from "../../diagnostics/data/model.ts";
import { keepAlso } from "../../diagnostics/report/kept.ts";
import { type Machine, Recovery, type Warning } from "../../machine/index.ts";
import { keepInput, lineOfWarning, lineRead, type TextOf } from "./kept-text.ts";
import { unreportedWarnings } from "./limit.ts";
import { problemParts } from "./problem.ts";
import { finished, joined } from "./recovered.ts";

/**
 * @internal Warnings and recoveries, in order.
 *
 * @param from how many of them to skip; those that are merged into one of these are skipped too.
 * @param textOf what to keep of the text for excerpts.
 */
export function diagnosticsSince(machine: Machine, from: number, textOf: TextOf = lineRead): Diagnostic[] {
  const collected: Diagnostic[] = [];
  const all = machine.emissions.reported.items;
  for (let k = from; k < all.length; k++) {
    const event = all[k] as Warning | Recovery;
    if (!(event instanceof Recovery)) {
      const warning = warningOf(event, machine.options.locale);
      keepInput(machine, warning, textOf === lineRead ? () => lineOfWarning(machine, event, warning) : textOf);
      collected.push(warning);
    } else if (event.joins && machine.options.recover?.merges === true && all[k - 1] instanceof Recovery) {
      const last = collected.pop();
      if (last !== undefined) collected.push(keepAlso(last, joined(last, event)));
    } else collected.push(keepAlso(event.diagnostic as Diagnostic, finished(event)));
  }
  return collected;
}

/** @internal What was reported before the end, in order; then the number of warnings that were not kept. */
export function collectedDiagnostics(machine: Machine, textOf: TextOf = lineRead): Diagnostic[] {
  const collected = diagnosticsSince(machine, 0, textOf);
  const { unreported, firstUnreported } = machine.emissions;
  if (firstUnreported !== undefined) {
    const { locale, limits } = machine.options;
    collected.push(unreportedWarnings(locale, limits?.maxDiagnostics ?? 0, unreported, firstUnreported.problem.at));
  }
  return collected;
}

function warningOf({ problem }: Warning, locale: string | undefined): Diagnostic {
  const { code, message, notes = [], fixits } = problemParts(problem, locale);
  const { at } = problem;
  return { severity: "warning", ...code, message, at, notes, fixits, context: [], contextAt: [], extensions: {} };
}
