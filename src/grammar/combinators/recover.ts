// Going on after an error. Under `extensions.recover.mode: "collect"` a failure that nothing else could still avert becomes a
// diagnostic, input is skipped to a place where parsing can go on, and a value takes the place of what failed. Otherwise
// these are their first parser and nothing more. Input that parses is never changed by them (semantics, rules 14 and 15).
import { CharSet } from "../../text/index.ts";
import { deferred } from "../lazies.ts";
import * as make from "../make.ts";
import type { Node, RecoverAction } from "../node.ts";
import { type Literal, nodeOf, Parser } from "../parser.ts";
import type { RecoveryValue } from "../recovery-value.ts";

type Any = Parser<unknown, unknown>;

function recovering(p: Any, until: Node, value: unknown, action: RecoverAction, skips = true): Parser<never, never> {
  return Parser.of(make.recover(nodeOf(p), until, value, action, skips));
}

/**
 * `p`; where it fails for good, input is skipped until `until` matches (which reads what it reads), and `value` is the
 * value. If `until` matches nowhere, the failure of `p` stands.
 *
 * It does so only in a run with `extensions: { recover: { mode: "collect" } }`; in any other it is `p`. A repetition of it ends where
 * `p` fails empty, so say where the list ends: `manyTill(recover(item, …), eof)` or `each(recover(item, …), { end: eof })`. What `p`
 * has read is not shown to `until`: to go on at the next blank line, ask for one from its start, `seq(bol, hspace0, lineEnding)`.
 *
 * @param value the value, or a {@link RecoveryValue}: a function that makes it from the error and the text that was skipped.
 * It is called once, when parsing goes on, and not where the value is dropped.
 *
 * @example
 * ```ts
 * import { many, recover, run, seq } from "sluice";
 * import { oneOf, string } from "sluice/lex";
 * const collect = { extensions: { recover: { mode: "collect" } } } as const;
 * const part = seq(oneOf("ab"), string(";"));
 * run(many(recover(part, string(";"), "?")), "a;b!!;a;", collect).diagnostics.length; // => 1
 * const bad = recover(part, string(";"), (error, skipped) => ({ at: error.at.start.offset, skipped }));
 * run(many(bad), "a;b!!;", collect).value; // => [["a", ";"], { at: 3, skipped: "!!;" }]
 * ```
 */
export function recover<T, E, F, U extends T>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  value: U | RecoveryValue<U>,
): Parser<T, E | F>;
export function recover<T, E, F, U extends Literal>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  value: U | RecoveryValue<U>,
): Parser<T | U, E | F>;
export function recover(p: Any, until: Any, value: unknown): Any {
  return recovering(p, nodeOf(until), value, { kind: "default" });
}

/** The same as {@link recover}: a default takes the place of what failed. */
export const recoverWithDefault: typeof recover = recover;

/** As {@link recover}, for what is skipped rather than replaced: its diagnostic says so (`action: "skip"`). */
export function recoverUntil<T, E, F, U extends T>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  value: U | RecoveryValue<U>,
): Parser<T, E | F>;
export function recoverUntil<T, E, F, U extends Literal>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  value: U | RecoveryValue<U>,
): Parser<T | U, E | F>;
export function recoverUntil(p: Any, until: Any, value: unknown): Any {
  return recovering(p, nodeOf(until), value, { kind: "skip" });
}

/**
 * As {@link recover}, where the insertion of a text would mend the error: the diagnostic has the fix-it.
 *
 * @param token the text to insert where `p` failed.
 */
export function recoverWithInsert<T, E, F, U extends T>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  token: string,
  value: U | RecoveryValue<U>,
): Parser<T, E | F>;
export function recoverWithInsert<T, E, F, U extends Literal>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  token: string,
  value: U | RecoveryValue<U>,
): Parser<T | U, E | F>;
export function recoverWithInsert(p: Any, until: Any, token: string, value: unknown): Any {
  return recovering(p, nodeOf(until), value, { kind: "insert", token: texted(token, "recoverWithInsert") });
}

/**
 * As {@link recover}, with a note that says more than what was expected.
 *
 * @param message the note.
 */
export function recoverWithContext<T, E, F, U extends T>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  message: string,
  value: U | RecoveryValue<U>,
): Parser<T, E | F>;
export function recoverWithContext<T, E, F, U extends Literal>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  message: string,
  value: U | RecoveryValue<U>,
): Parser<T | U, E | F>;
export function recoverWithContext(p: Any, until: Any, message: string, value: unknown): Any {
  return recovering(p, nodeOf(until), value, { kind: "context", message: texted(message, "recoverWithContext") });
}

/**
 * `p`; where only `token` is missing, which is where `until` stands at the very place of the failure, the diagnostic has the
 * fix-it that inserts it, `value` is the value, and parsing goes on there: nothing is skipped, `until` is not read.
 *
 * @example
 * ```ts
 * import { many, recoverMissing, run, seq } from "sluice";
 * import { oneOf, string } from "sluice/lex";
 * const item = recoverMissing(seq(oneOf("ab"), string(";")), oneOf("ab"), ";", "?");
 * const { diagnostics } = run(many(item), "a;ba;", { extensions: { recover: { mode: "collect" } } });
 * diagnostics[0]?.fixits[0]?.insert; // => ";"
 * ```
 */
export function recoverMissing<T, E, F, U extends T>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  token: string,
  value: U | RecoveryValue<U>,
): Parser<T, E | F>;
export function recoverMissing<T, E, F, U extends Literal>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  token: string,
  value: U | RecoveryValue<U>,
): Parser<T | U, E | F>;
export function recoverMissing(p: Any, until: Any, token: string, value: unknown): Any {
  const action = { kind: "insert", token: texted(token, "recoverMissing") } as const;
  return recovering(p, make.lookahead(nodeOf(until)), value, action, false);
}

/**
 * Skips input up to where `p` matches, and reads it; where it does not come any more, reads nothing. For the second place
 * of {@link recover}, or on its own.
 *
 * @example
 * ```ts
 * import { run, seq, syncTo } from "sluice";
 * import { string } from "sluice/lex";
 * run(seq(syncTo(string(";")), string("a")), "x y;a").ok; // => true
 * ```
 */
export function syncTo<F>(p: Parser<unknown, F>): Parser<undefined, F> {
  const skipped = make.repeat(anyOther, { end: nodeOf(p), gather: "count" });
  // a skip inside, as space is one: that it is kept till it has ended is nothing to warn of
  return Parser.of(make.opt(make.attempt(make.skip(skipped)), undefined));
}

/**
 * `p`; where it fails for good, input is skipped up to `sync`, which is left to what comes next: panic mode.
 *
 * @example
 * ```ts
 * import { eof, manyTill, panicUntil, run, skipR } from "sluice";
 * import { oneOf, string } from "sluice/lex";
 * const item = skipR(panicUntil(oneOf("ab"), string(";"), "?"), string(";"));
 * run(manyTill(item, eof), "a;!!;b;", { extensions: { recover: { mode: "collect" } } }).value; // => ["a", "?", "b"]
 * ```
 */
export function panicUntil<T, E, F, U extends T>(
  p: Parser<T, E>,
  sync: Parser<unknown, F>,
  value: U | RecoveryValue<U>,
): Parser<T, E | F>;
export function panicUntil<T, E, F, U extends Literal>(
  p: Parser<T, E>,
  sync: Parser<unknown, F>,
  value: U | RecoveryValue<U>,
): Parser<T | U, E | F>;
export function panicUntil(p: Any, sync: Any, value: unknown): Any {
  return recovering(p, make.lookahead(nodeOf(sync)), value, { kind: "skip" });
}

/**
 * `p`, which stands in a block; where it fails for good, the rest of the block is skipped, whole blocks in it included, and
 * `close` is read. Where the failure lies before the block's `open`, the block is skipped with it.
 *
 * @example
 * ```ts
 * import { between, many, panicBlock, run } from "sluice";
 * import { oneOf, string } from "sluice/lex";
 * const block = panicBlock(between(string("{"), many(oneOf("ab")), string("}")), string("{"), string("}"), "?");
 * run(many(block), "{a}{a{!}!}{b}", { extensions: { recover: { mode: "collect" } } }).recovered; // => true
 * ```
 */
export function panicBlock<T, E, F, G, U extends T>(
  p: Parser<T, E>,
  open: Parser<unknown, F>,
  close: Parser<unknown, G>,
  value: U | RecoveryValue<U>,
): Parser<T, E | F | G>;
export function panicBlock<T, E, F, G, U extends Literal>(
  p: Parser<T, E>,
  open: Parser<unknown, F>,
  close: Parser<unknown, G>,
  value: U | RecoveryValue<U>,
): Parser<T | U, E | F | G>;
export function panicBlock(p: Any, open: Any, close: Any, value: unknown): Any {
  const [opener, closer] = [nodeOf(open), nodeOf(close)];
  const rest: Node = deferred(() => restOfBlock);
  const inner = make.pick(0, make.attempt(opener), rest);
  const restOfBlock = make.repeat(make.or(make.hidden(inner), anyOther), { end: closer, gather: "count" });
  return recovering(p, make.skip(restOfBlock), value, { kind: "skip" });
}

const anything: CharSet = /* @__PURE__ */ CharSet.fromRanges([[0, 0x10ffff]], "any character");
/** What is skipped is nothing that anybody expects. */
const anyOther: Node = /* @__PURE__ */ make.hidden(/* @__PURE__ */ make.set(anything));

function texted(text: unknown, combinator: string): string {
  if (typeof text !== "string" || text === "") throw new TypeError(`${combinator} takes a text, not an empty one`);
  return text;
}
