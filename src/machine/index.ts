export { CONTEXT } from "./failure.ts";
export { Machine } from "./machine.ts";
export { type Recovery, Warning } from "./notice.ts";
export type { Fatal, MachineOptions } from "./options.ts";
export type { RecoverOptions } from "./recovery.ts";
export type { Snapshot } from "./snapshot.ts";
export { STATUS, type Status } from "./status.ts";
