// How a run recovers: the settings for the machine, and the reports.

import type { Diagnostic } from "../diagnostics/data/model.ts";
import { keepAlso } from "../diagnostics/report/kept.ts";
import { failureOf, insertionOf, type Machine, type RecoverOptions, STATUS } from "../machine/index.ts";
import type { RunConfig } from "./config.ts";
import { diagnosticOf, withOthers } from "./report/failure.ts";
import { fixItOf } from "./report/fix-it.ts";
import { keepInput, lineRead, type TextOf } from "./report/kept-text.ts";
import { finished, recovering } from "./report/recovered.ts";

/** @internal How a run recovers, if its configuration says that it does. */
export function recoverOf(config: RunConfig, textOf: TextOf = lineRead): RecoverOptions | undefined {
  const recover = config.extensions?.recover;
  if (recover?.mode !== "collect") return undefined;
  const { maxResyncUnits, maxRecoveries } = recover;
  const show = (machine: Machine, diagnostic: Diagnostic): void => keepInput(machine, diagnostic, textOf);
  return {
    maxResyncUnits: maxResyncUnits ?? Number.POSITIVE_INFINITY,
    maxRecoveries: maxRecoveries ?? Number.POSITIVE_INFINITY,
    merges: config.mergeWarnings ?? true,
    diagnose(machine, entry) {
      const { options } = machine;
      const { action } = entry.node;
      const failure = failureOf(machine, STATUS.FAILED, false);
      const reported = withOthers(diagnosticOf(failure, options), failure);
      const fixits =
        action.kind === "insert" ? [fixItOf(insertionOf(machine, action.token), options)] : reported.fixits;
      const diagnostic = recovering({ ...reported, fixits }, entry, options.locale);
      show(machine, diagnostic);
      return diagnostic;
    },
    ...(textOf === lineRead ? { skipped: (machine, diagnostic) => show(machine, diagnostic as Diagnostic) } : {}),
    valueOf: (make, recovery, skipped) =>
      make(keepAlso(recovery.diagnostic as Diagnostic, finished(recovery)), skipped),
  };
}
