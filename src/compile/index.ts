/** @internal */
export { emits } from "./emits.ts";
export { grammarOf, type RuleInfo } from "./grammar-of.ts";
export { type LintFinding, lint } from "./lint/index.ts";

// For other rooms of this package; not in its types.

/** @internal */
export { OP } from "./instructions.ts";
/** @internal */
export { listProgram } from "./listing.ts";
/** @internal */
export type { Program, RecoveryEntry } from "./program.ts";
/** @internal */
export { boundProgram, linkedProgram, programOf } from "./programs.ts";
/** @internal */
export { textsInSpace } from "./texts.ts";
