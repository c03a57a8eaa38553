export {
  between,
  delimited,
  emit,
  lengthValue,
  lookahead,
  notFollowedBy,
  position,
  preceded,
  separatedPair,
  slice,
  sliceBytes,
  spanned,
  terminated,
} from "./combinators/around.ts";
export { eof, fail, hidden, label, lazy, ok, rule, withDoc } from "./combinators/basic.ts";
export { chainl1, chainr1 } from "./combinators/chain.ts";
export { as, attempt, concat, cut, cutHere, expect, map } from "./combinators/change.ts";
export { checkpoint, frame, trace } from "./combinators/observe.ts";
export { pieces } from "./combinators/pieces.ts";
export { failed, matched, more, primitive, type Scan, type ScanInput } from "./combinators/primitive.ts";
export {
  panicBlock,
  panicUntil,
  recover,
  recoverMissing,
  recoverUntil,
  recoverWithContext,
  recoverWithDefault,
  recoverWithInsert,
  type SkipOptions,
  syncTo,
} from "./combinators/recover.ts";
export { decode, type Refusal, type RefusalOptions, refuse, tryMap, validated, verify } from "./combinators/refine.ts";
export {
  count,
  each,
  fold,
  lengthCount,
  many,
  many1,
  manyTill,
  opt,
  repeat,
  sepBy,
  sepBy1,
  sepEndBy,
  skipMany,
  skipMany1,
} from "./combinators/repeat.ts";
export { andThen, choice, or, seq, seqObject, skipL, skipR } from "./combinators/sequence.ts";
export { type UserState, userState } from "./combinators/state.ts";
export type { Expectation } from "./expectation.ts";
export {
  type AnyParser,
  type EachOptions,
  type EmittedOf,
  type Hinted,
  type Joined,
  type Literal,
  Parser,
  type SepByOptions,
  type Spanned,
  type ValueOf,
} from "./parser.ts";
export type { RecoveryValue } from "./recovery-value.ts";
export type { StandardIssue, StandardResult, StandardSchema } from "./standard-schema.ts";
