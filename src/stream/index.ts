export { type AuditRecord, type AuditStamp, auditLine, auditRecord } from "./audit.ts";
export {
  awaiting,
  type Bytes,
  type Chunk,
  type ChunkInput,
  CLOSED,
  type Closed,
  chunk,
  closed,
  type DemandHint,
  type Feeder,
  type FeederYield,
  type FlowCapability,
  feederError,
  feederOf,
  type StreamError,
} from "./chunk.ts";
export { StreamDriver } from "./driver.ts";
export type { StreamEvent } from "./events.ts";
export { type ReadyFeeder, toFeeder } from "./feeder.ts";
export { type Demand, type FlowController, type FlowMode, type FlowPolicy, flowController } from "./flow.ts";
export { type ParseLoop, parseLoop, parseLoopSync } from "./loop.ts";
export type {
  Completed,
  Continuation,
  ContinuationMeta,
  Pending,
  PendingReason,
  StreamingConfig,
  StreamMeta,
  StreamOutcome,
} from "./outcome.ts";
export { type ItemOf, parse, parseEach } from "./parse.ts";
export { ParserStream } from "./parser-stream.ts";
export { resume, runStream } from "./run-stream.ts";
export type { Source, StreamLike } from "./source.ts";
export { handOver } from "./takeover.ts";
