// The value that replaces one that could not be parsed.
import type { Diagnostic } from "./diagnostic.ts";

/**
 * Makes the value of a recovery.
 *
 * @param error the diagnostic that is reported.
 * @param skipped the text from where the parser failed to where parsing continues, `extensions.recover.resyncUnits`
 * units; with `input: "binary"` one character below U+0100 for each byte.
 */
export type RecoveryValue<U> = (error: Diagnostic, skipped: string) => U;
