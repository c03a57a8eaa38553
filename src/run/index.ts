export { type Bytes, bytesOf } from "./bytes.ts";
export {
  checkConfig,
  checkpointOf,
  type Extensions,
  profileOf,
  type RunConfig,
  traceOf,
  withExtension,
} from "./config.ts";
export { boundsOf, type Limits } from "./limits.ts";
export { onDemand } from "./on-demand.ts";
export {
  expectationsOf,
  type Failed,
  newsOf,
  noticesOf,
  type Parsed,
  ParseError,
  type ParseResult,
  type Recovered,
  recoverOf,
  resultOf,
  spanTraceOf,
  unwrap,
} from "./result.ts";
export { rootOf, run, runPartial } from "./run.ts";
