// What is reported before the end: warnings, and failures that were recovered from.
import type { Diagnostic } from "../../diagnostics/data/model.ts";
import { keepAlso } from "../../diagnostics/report/kept.ts";
import { type Machine, Recovery, type Warning } from "../../machine/index.ts";
import { keepInput, lineOfWarning, lineRead, type TextOf } from "./kept-text.ts";
import { untoldWarnings } from "./limit.ts";
import { problemParts } from "./problem.ts";
import { finished, joined } from "./recovered.ts";

/**
 * @internal Warnings and recoveries, in order.
 *
 * @param from how many of them to skip; those that are merged into one of these are skipped too.
 * @param textOf what to keep of the text for excerpts.
 */
export function newsOf(machine: Machine, from: number, textOf: TextOf = lineRead): Diagnostic[] {
  const notices: Diagnostic[] = [];
  const all = machine.emissions.reported.items;
  for (let k = from; k < all.length; k++) {
    const notice = all[k] as Warning | Recovery;
    if (!(notice instanceof Recovery)) {
      const warning = warningOf(notice, machine.options.locale);
      keepInput(machine, warning, textOf === lineRead ? () => lineOfWarning(machine, notice, warning) : textOf);
      notices.push(warning);
    } else if (notice.joins && machine.options.recover?.merges === true && all[k - 1] instanceof Recovery) {
      const last = notices.pop();
      if (last !== undefined) notices.push(keepAlso(last, joined(last, notice)));
    } else notices.push(keepAlso(notice.diagnostic as Diagnostic, finished(notice)));
  }
  return notices;
}

/** @internal What was reported before the end, in order; then the number of warnings that were not kept. */
export function noticesOf(machine: Machine, textOf: TextOf = lineRead): Diagnostic[] {
  const notices = newsOf(machine, 0, textOf);
  const { unreported, firstUnreported } = machine.emissions;
  if (firstUnreported !== undefined) {
    const { locale, limits } = machine.options;
    notices.push(untoldWarnings(locale, limits?.maxDiagnostics ?? 0, unreported, firstUnreported.problem.at));
  }
  return notices;
}

function warningOf({ problem }: Warning, locale: string | undefined): Diagnostic {
  const { code, message, notes = [], fixits } = problemParts(problem, locale);
  const { at } = problem;
  return { severity: "warning", ...code, message, at, notes, fixits, context: [], contextAt: [], extensions: {} };
}
