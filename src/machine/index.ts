export { CONTEXT } from "./failure.ts";
export { Machine } from "./machine.ts";
export { type Recovery, type Step, Warning } from "./notice.ts";
export { openTrace } from "./open.ts";
export { type Fatal, type MachineOptions, silently, type TraceOptions } from "./options.ts";
export type { RecoverOptions } from "./recovery.ts";
export type { Snapshot } from "./snapshot.ts";
export { Stack } from "./stack.ts";
export { ENDS, STATUS, type Status } from "./status.ts";
