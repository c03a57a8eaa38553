export { OP } from "./instructions.ts";
export { listProgram } from "./listing.ts";
export { programOf } from "./lower.ts";
export type { Program } from "./program.ts";
