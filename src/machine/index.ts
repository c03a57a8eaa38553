export { CONTEXT } from "./failure.ts";
export { ENDLESS, type Fatal, Machine, type MachineOptions } from "./machine.ts";
export type { Snapshot } from "./snapshot.ts";
export { STATUS, type Status } from "./status.ts";
