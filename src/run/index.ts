export type { Bytes } from "./bytes.ts";
export { type Extensions, type RunConfig, withExtension } from "./config.ts";
export type { Limits } from "./limits.ts";
export {
  type Failed,
  type Parsed,
  ParseError,
  type ParseResult,
  type Recovered,
  type ResultParts,
  unwrap,
} from "./result.ts";
export { run, runPartial } from "./run.ts";

// For other rooms of this package; not in its types.

/** @internal */
export { bytesOf } from "./bytes.ts";
/** @internal */
export { checkConfig, checkpointOf, profileOf, traceOf } from "./config.ts";
/** @internal */
export { boundsOf } from "./limits.ts";
/** @internal */
export { onDemand } from "./on-demand.ts";
/** @internal */
export { expectationsOf, newsOf, noticesOf, recoverOf, resultOf, spanTraceOf } from "./result.ts";
/** @internal */
export { rootOf } from "./run.ts";
