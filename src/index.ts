// Everything public under "sluice": grammars, running, and what a run gives.
import { listProgram, programOf } from "./compile/index.ts";
import { type AnyParser, nodeOf } from "./grammar/parser.ts";

export { grammarOf, type LintFinding, lint, type RuleInfo } from "./compile/index.ts";
export type { Diagnostic, ExpectationSummary, FixIt, TraceStep } from "./diagnostics/index.ts";
export * from "./grammar/index.ts";
export {
  type Bytes,
  type Extensions,
  type Failed,
  type Limits,
  type Parsed,
  ParseError,
  type ParseResult,
  type Recovered,
  type ResultParts,
  type RunConfig,
  run,
  runPartial,
  unwrap,
  withExtension,
} from "./run/index.ts";
export type { Position, Span } from "./text/index.ts";

/**
 * The program that a grammar becomes, readable: an instruction a line, rules by name.
 *
 * @example
 * ```ts
 * import { listing, ok } from "sluice";
 * listing(ok(1)); // => "start:\n    1  const 1\n    3  halt\n"
 * ```
 */
export function listing(p: AnyParser): string {
  return listProgram(programOf(nodeOf(p)));
}
