// What takes the place of a value that could not be parsed.
import type { Diagnostic } from "./diagnostic.ts";

/**
 * Makes the value of a recovery.
 *
 * @param error what is reported of it.
 * @param skipped the text from where the parser failed to where parsing goes on, `extensions.recover.resyncUnits` units;
 * with `input: "binary"` a character below U+0100 for each byte.
 */
export type RecoveryValue<U> = (error: Diagnostic, skipped: string) => U;
