// The result of a run: a value with its span, or diagnostics.
import type { Diagnostic } from "../diagnostics/data/model.ts";
import { described } from "../misuse/described.ts";
import type { Span } from "../text/index.ts";

/** The members of every result. */
export interface ResultParts<E> {
  readonly diagnostics: readonly Diagnostic[];
  /** What was emitted, in order; while streaming it is in the outcomes instead. */
  readonly emitted: readonly E[];
  /** Reserved for `RunConfig.profile`, which is not implemented: no result has it. */
  readonly profile?: Readonly<Record<string, number>>;
}
/** There is a value, and no error. */
export interface Parsed<T, E = never> extends ResultParts<E> {
  readonly ok: true;
  readonly recovered: false;
  readonly value: T;
  readonly span: Span;
}
/** There is a value, and errors that were recovered from. */
export interface Recovered<T, E = never> extends ResultParts<E> {
  readonly ok: false;
  readonly recovered: true;
  readonly value: T;
  readonly span: Span;
}
/** There is no value. */
export interface Failed<E = never> extends ResultParts<E> {
  readonly ok: false;
  readonly recovered: false;
  readonly value?: never;
  readonly span?: Span;
}
/** The result of a run; `ok` and `recovered` distinguish the three kinds. */
export type ParseResult<T, E = never> = Parsed<T, E> | Recovered<T, E> | Failed<E>;

/**
 * @internal Checks that something is a result.
 *
 * @param taker the name of the function that it was passed to, for the message.
 * @throws TypeError if it is not one.
 */
export function checkResult(result: unknown, taker: string): asserts result is ParseResult<unknown, unknown> {
  const { ok, diagnostics } = (result ?? {}) as { ok?: unknown; diagnostics?: unknown };
  if (ok === true || (ok === false && Array.isArray(diagnostics))) return;
  const hint =
    typeof result === "object" && result !== null && "result" in result ? "; give it the outcome's result" : "";
  throw new TypeError(`${taker} takes the result of a run, got ${described(result)}${hint}`);
}
