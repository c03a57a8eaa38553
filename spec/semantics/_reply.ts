// What a rule of the semantics says about one parser on one input, asserted for every way of feeding it.
import type { ExecutionContext } from "ava";
import { fail, ok, or, type ParseResult, type Parser, type RunConfig } from "../../src/index.ts";
import { everyWay } from "../_chunks.ts";
import { expectedIn, withoutLines } from "../reference/canonical.ts";

/** The parser need not reach the end of input. */
export const partly: RunConfig = { requireEof: false };

/** It succeeds with this value; positions in it are compared by offset. */
export function gives(
  t: ExecutionContext,
  parser: Parser<unknown, unknown>,
  input: string,
  value: unknown,
  config: RunConfig = {},
): void {
  const result = everyWay(t, parser, input, config);
  t.deepEqual(expectedIn(result.diagnostics[0]), []);
  t.true(result.ok);
  t.deepEqual(withoutLines(result.value), value);
}

/** It fails there, expecting exactly these (as `token:a`, `rule:name`, `not`, `eof` …). */
export function refuses(
  t: ExecutionContext,
  parser: Parser<unknown, unknown>,
  input: string,
  at: number,
  expected: readonly string[],
  config: RunConfig = partly,
): ParseResult<unknown, unknown> {
  const result = everyWay(t, parser, input, config);
  t.false(result.ok);
  t.is(result.diagnostics.length, 1);
  const found = { at: result.diagnostics[0]?.at.start.offset, expected: expectedIn(result.diagnostics[0]) };
  t.deepEqual(found, { at, expected: [...expected].sort() });
  return result;
}

const ELSE = "something else";

/** It fails empty: an alternative after it is tried. */
export function failsEmpty(t: ExecutionContext, parser: Parser<unknown, unknown>, input: string): void {
  t.false(everyWay(t, or(parser, fail()), input, partly).ok, "it is a failure");
  t.is(everyWay(t, or(parser, ok(ELSE)), input, partly).value, ELSE);
}

/** It fails consumed or committed: no alternative is tried. */
export function failsForGood(t: ExecutionContext, parser: Parser<unknown, unknown>, input: string): void {
  t.false(everyWay(t, or(parser, ok(ELSE)), input, partly).ok);
}

/** It ends at once with this code, whatever stands around it. */
export function isFatal(
  t: ExecutionContext,
  parser: Parser<unknown, unknown>,
  input: string,
  code: string,
  at: number,
  config: RunConfig = {},
): void {
  const result = everyWay(t, parser, input, { ...partly, ...config });
  t.false(result.ok);
  t.is(result.diagnostics[0]?.code, code);
  t.is(result.diagnostics[0]?.at.start.offset, at);
}

/** It emits these, in this order. */
export function emits(
  t: ExecutionContext,
  parser: Parser<unknown, unknown>,
  input: string,
  emitted: readonly unknown[],
): void {
  t.deepEqual(everyWay(t, parser, input, partly).emitted, emitted);
}
