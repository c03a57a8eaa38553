export type { Bytes } from "./bytes.ts";
export { type Extensions, type RunConfig, withExtension } from "./config.ts";
export type { Limits } from "./limits.ts";
export { ParseError, unwrap } from "./parse-error.ts";
export type { Failed, Parsed, ParseResult, Recovered, ResultParts } from "./result.ts";
export { run, runPartial } from "./run.ts";

// For other folders of this package; not in its types.

/** @internal */
export { bytesOf } from "./bytes.ts";
/** @internal */
export { checkConfig, checkpointOf, traceOf, triviaProfileOf } from "./config.ts";
/** @internal */
export { resultOf } from "./ended.ts";
/** @internal */
export { limitsOf } from "./limits.ts";
/** @internal */
export { onDemand } from "./on-demand.ts";
/** @internal */
export { recoverOf } from "./recovery.ts";
/** @internal */
export { collectedDiagnostics, diagnosticsSince } from "./report/collected.ts";
/** @internal */
export { rootOf } from "./run.ts";
