export { type Demand, type FlowController, type FlowMode, type FlowPolicy, flowController } from "./flow/flow.ts";
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
} from "./input/chunk.ts";
export { type ReadyFeeder, toFeeder } from "./input/feeder.ts";
export type { Source, StreamLike } from "./input/source.ts";
export { type AuditRecord, type AuditStamp, auditLine, auditRecord } from "./report/audit.ts";
export type { StreamEvent } from "./report/events.ts";
export { type ParseLoop, parseLoop, parseLoopSync } from "./run/loop.ts";
export { type ItemOf, parse, parseEach } from "./run/parse.ts";
export { ParserStream } from "./run/parser-stream.ts";
export { resume, runStream } from "./run/run-stream.ts";
export { StreamDriver } from "./run/stream-driver.ts";
export type {
  Completed,
  Continuation,
  ContinuationMeta,
  Pending,
  PendingReason,
  StreamingConfig,
  StreamMeta,
  StreamOutcome,
} from "./session/outcome.ts";
export { handOver } from "./session/takeover.ts";
