export { CONTEXT } from "./failure.ts";
export { Machine } from "./machine.ts";
export type { Fatal, MachineOptions } from "./options.ts";
export type { Snapshot } from "./snapshot.ts";
export { STATUS, type Status } from "./status.ts";
