export { checkConfig, type Extensions, type Limits, profileOf, type RunConfig, withExtension } from "./config.ts";
export { isDetached } from "./detached.ts";
export {
  expectationsOf,
  type Failed,
  type Parsed,
  ParseError,
  type ParseResult,
  type Recovered,
  recoverOf,
  resultOf,
  unwrap,
} from "./result.ts";
export { rootOf, run, runPartial } from "./run.ts";
