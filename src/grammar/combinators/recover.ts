// Continuing after an error. With `extensions.recover.mode: "collect"` a failure that nothing else could still avoid
// becomes a diagnostic, input is skipped to a place where parsing can continue, and a value replaces what failed.
// Otherwise each of these is its first parser and nothing more. They never change the result of input that parses
// (semantics, rules 14 and 15).
import { checkOptions } from "../../misuse/options.ts";
import { CharSet } from "../../text/index.ts";
import { deferred } from "../lazies.ts";
import * as make from "../make.ts";
import type { Node, RecoverAction } from "../node.ts";
import { type Literal, nodeOf, Parser } from "../parser.ts";
import type { RecoveryValue } from "../recovery-value.ts";

type Any = Parser<unknown, unknown>;

function recovering(
  p: Any,
  until: Node,
  value: unknown,
  action: RecoverAction,
  skips = true,
  rejects?: boolean,
): Parser<never, never> {
  return Parser.of(make.recover(nodeOf(p), until, value, action, skips, rejects));
}

/**
 * `p`; if it fails for good, input is skipped until `until` matches (`until` is read), and the value is `value`. If
 * `until` matches nowhere, the failure of `p` remains.
 *
 * Recovery is on only in a run with `extensions: { recover: { mode: "collect" } }`; in any other run this is `p`. A
 * repetition of it ends where `p` fails empty, so give the list an explicit end: `manyTill(recover(item, …), eof)` or
 * `each(recover(item, …), { end: eof })`. `until` does not see what `p` has read: to continue at the next blank line,
 * match a blank line from its start, `seq(bol, hspace0, lineEnding)`.
 *
 * @param value the value, or a {@link RecoveryValue}: a function that makes it from the error and the skipped text. It
 * is called once, when parsing continues, and not if the value is dropped.
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

/** The same as {@link recover}: a default replaces what failed. */
export const recoverWithDefault: typeof recover = recover;

/** Options of {@link recoverUntil}. */
export interface SkipOptions {
  readonly rejected?: boolean | undefined;
}

/**
 * Like {@link recover}, for input that is skipped and not replaced: its diagnostic says so (`action: "skip"`).
 *
 * @param options.rejected whether the diagnostic has the text of all that is left out in `extensions.rejected`: from where `p`
 * began to where parsing continues. The text is kept in memory while `p` runs. Such a diagnostic is never merged with the one before.
 * @throws TypeError if an option does not exist.
 *
 * @example
 * ```ts
 * import { eof, lookahead, manyTill, recoverUntil, run, seq, skipR } from "sluice";
 * import { charSet, int10, lineEnding, takeWhile } from "sluice/lex";
 * const rest = takeWhile(charSet("^\\n"));
 * const line = skipR(recoverUntil(seq(int10, lookahead(lineEnding)), rest, "?", { rejected: true }), lineEnding);
 * const { diagnostics } = run(manyTill(line, eof), "1\n2x\n3\n", { extensions: { recover: { mode: "collect" } } });
 * diagnostics.map((d) => d.extensions.rejected); // => ["2x"]
 * ```
 */
export function recoverUntil<T, E, F, U extends T>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  value: U | RecoveryValue<U>,
  options?: SkipOptions,
): Parser<T, E | F>;
export function recoverUntil<T, E, F, U extends Literal>(
  p: Parser<T, E>,
  until: Parser<unknown, F>,
  value: U | RecoveryValue<U>,
  options?: SkipOptions,
): Parser<T | U, E | F>;
export function recoverUntil(p: Any, until: Any, value: unknown, options: SkipOptions = {}): Any {
  checkOptions(options, ["rejected"], "recoverUntil takes its options as an object, such as { rejected: true }");
  return recovering(p, nodeOf(until), value, { kind: "skip" }, true, options.rejected);
}

/**
 * Like {@link recover}, for an error that the insertion of a text would fix: the diagnostic has the fix-it.
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
 * Like {@link recover}, with a note that says more than what was expected.
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
 * `p`; if only `token` is missing, that is if `until` matches exactly where `p` failed, the diagnostic has the fix-it
 * that inserts `token`, the value is `value`, and parsing continues there: nothing is skipped, and `until` is not read.
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
 * Skips input up to where `p` matches, and reads it; if `p` does not match any more, reads nothing. For the second
 * argument of {@link recover}, or on its own.
 *
 * @example
 * ```ts
 * import { run, seq, syncTo } from "sluice";
 * import { string } from "sluice/lex";
 * run(seq(syncTo(string(";")), string("a")), "x y;a").ok; // => true
 * ```
 */
export function syncTo<F>(p: Parser<unknown, F>): Parser<undefined, F> {
  const skipped = make.repeat(anyOther, { end: nodeOf(p), collects: "count" });
  // a skip inside, like space: its text is kept until it has ended, and that is not worth a warning
  return Parser.of(make.opt(make.attempt(make.skip(skipped)), undefined));
}

/**
 * `p`; if it fails for good, input is skipped up to `sync`, which is left to the next parser: panic mode.
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
 * `p`, which is inside a block; if it fails for good, the rest of the block is skipped, including whole blocks in it,
 * and `close` is read. If the failure is before the block's `open`, the block is skipped as well.
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
  const restOfBlock = make.repeat(make.or(make.hidden(inner), anyOther), { end: closer, collects: "count" });
  return recovering(p, make.skip(restOfBlock), value, { kind: "skip" });
}

const anything: CharSet = /* @__PURE__ */ CharSet.fromRanges([[0, 0x10ffff]], "any character");
/** Skipped input is never listed as expected. */
const anyOther: Node = /* @__PURE__ */ make.hidden(/* @__PURE__ */ make.set(anything));

function texted(text: unknown, combinator: string): string {
  if (typeof text !== "string" || text === "") throw new TypeError(`${combinator} takes a text, not an empty one`);
  return text;
}
