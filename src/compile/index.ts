export { grammarOf, type RuleInfo } from "./grammar-of.ts";
export { OP } from "./instructions.ts";
export { type LintFinding, lint } from "./lint/index.ts";
export { listProgram } from "./listing.ts";
export type { Program, RecoveryEntry } from "./program.ts";
export { programOf } from "./programs.ts";
export { textsInSpace } from "./texts.ts";
