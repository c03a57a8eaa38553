/** @internal */
export { emits } from "./facts/emits.ts";
export { grammarOf, type RuleInfo } from "./tools/grammar-of.ts";
export { type LintFinding, lint } from "./tools/lint/index.ts";

// For other rooms of this package; not in its types.

/** @internal */
/** @internal */
export type { RecoveryEntry } from "./code/program.ts";
/** @internal */
export { textsInSpace } from "./facts/fixed-texts.ts";
/** @internal */
export { linkedProgram, programOf, programOfMade } from "./programs.ts";
/** @internal */
export { listProgram } from "./tools/listing.ts";
