export { OP } from "./instructions.ts";
export { listProgram } from "./listing.ts";
export type { Program, RecoveryEntry } from "./program.ts";
export { programOf } from "./programs.ts";
