// Brackets, pairs, look-ahead, positions, the text that was read, and values that are emitted during the parse.
import type { Position } from "../../text/index.ts";
import { lengthOf } from "../length.ts";
import * as make from "../make.ts";
import { type AnyParser, nodeOf, Parser, type Spanned } from "../parser.ts";

/**
 * `p` between `open` and `close`. Once `open` has read something the parse is committed: a missing `close` is an error
 * with a note at the place where it was opened.
 *
 * @example
 * ```ts
 * import { between, run, unwrap } from "sluice";
 * import { string, takeWhile } from "sluice/lex";
 * unwrap(run(between(string("("), takeWhile("abc"), string(")")), "(ab)")); // => "ab"
 * ```
 */
export function between<T, E, F, G>(
  open: Parser<unknown, F>,
  p: Parser<T, E>,
  close: Parser<unknown, G>,
): Parser<T, E | F | G> {
  return Parser.of(make.between(nodeOf(open), nodeOf(p), nodeOf(close)));
}

/**
 * `before`, then `p`. The value is that of `p`.
 *
 * @example
 * ```ts
 * import { preceded, run, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(preceded(string("#"), string("a")), "#a")); // => "a"
 * ```
 */
export function preceded<T, E, F>(before: Parser<unknown, F>, p: Parser<T, E>): Parser<T, E | F> {
  return Parser.of(make.pick(1, nodeOf(before), nodeOf(p)));
}

/**
 * `p`, then `after`. The value is that of `p`.
 *
 * @example
 * ```ts
 * import { run, terminated, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(terminated(string("a"), string(";")), "a;")); // => "a"
 * ```
 */
export function terminated<T, E, F>(p: Parser<T, E>, after: Parser<unknown, F>): Parser<T, E | F> {
  return Parser.of(make.pick(0, nodeOf(p), nodeOf(after)));
}

/**
 * Like `between`, without its commit.
 *
 * @example
 * ```ts
 * import { delimited, run, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(delimited(string("<"), string("a"), string(">")), "<a>")); // => "a"
 * ```
 */
export function delimited<T, E, F, G>(
  open: Parser<unknown, F>,
  p: Parser<T, E>,
  close: Parser<unknown, G>,
): Parser<T, E | F | G> {
  return Parser.of(make.pick(1, nodeOf(open), nodeOf(p), nodeOf(close)));
}

/**
 * `a`, `sep`, `b`; the value is the pair of the first and the last.
 *
 * @example
 * ```ts
 * import { run, separatedPair, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(separatedPair(string("a"), string("="), string("b")), "a=b")); // => ["a", "b"]
 * ```
 */
export function separatedPair<A, B, E, F, G>(
  a: Parser<A, E>,
  sep: Parser<unknown, F>,
  b: Parser<B, G>,
): Parser<[A, B], E | F | G> {
  return Parser.of(make.tuple([0, 2], nodeOf(a), nodeOf(sep), nodeOf(b)));
}

/**
 * The value of `p`, without reading it. If `p` fails, this fails empty.
 *
 * @example
 * ```ts
 * import { lookahead, run, seq } from "sluice";
 * import { string } from "sluice/lex";
 * run(seq(lookahead(string("ab")), string("abc")), "abc").ok; // => true
 * ```
 */
export function lookahead<T>(p: Parser<T, unknown>): Parser<T> {
  return Parser.of(make.lookahead(nodeOf(p)));
}

/**
 * Succeeds where `p` fails, and reads nothing.
 *
 * @example
 * ```ts
 * import { notFollowedBy, run, seq } from "sluice";
 * import { string } from "sluice/lex";
 * run(seq(string("if"), notFollowedBy(string("x"))), "ifx").ok; // => false
 * ```
 */
export function notFollowedBy(p: AnyParser): Parser<undefined> {
  return Parser.of(make.notFollowedBy(nodeOf(p)));
}

/**
 * The value of `p` and where it was read.
 *
 * @example
 * ```ts
 * import { run, spanned, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(spanned(string("ab")), "ab")).span.end.offset; // => 2
 * ```
 */
export function spanned<T, E>(p: Parser<T, E>): Parser<Spanned<T>, E> {
  return Parser.of(make.spanned(nodeOf(p)));
}

/**
 * The current position; reads nothing.
 *
 * @example
 * ```ts
 * import { position, run, skipL, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(skipL(string("a\n"), position), "a\n")).line; // => 2
 * ```
 */
export const position: Parser<Position> = /* @__PURE__ */ Parser.of({ kind: "position" });

/**
 * The text that `p` reads, unchanged; `p` builds no values inside. With `input: "binary"` each byte is the character
 * with the same number (Latin-1). Around parsers of bytes it is refused before anything runs: use `sliceBytes` for
 * those.
 *
 * @example
 * ```ts
 * import { many, run, seq, slice, unwrap } from "sluice";
 * import { oneOf, string } from "sluice/lex";
 * unwrap(run(slice(seq(string("-"), many(oneOf("01")))), "-10")); // => "-10"
 * ```
 */
export function slice(p: AnyParser): Parser<string> {
  return Parser.of(make.slice(nodeOf(p)));
}

/**
 * The bytes that `p` reads, as a copy; for `input: "binary"`.
 *
 * @example
 * ```ts
 * import { run, sliceBytes, unwrap } from "sluice";
 * import { takeBytes } from "sluice/binary";
 * unwrap(run(sliceBytes(takeBytes(2)), new Uint8Array([1, 2]), { input: "binary" })); // => new Uint8Array([1, 2])
 * ```
 */
export function sliceBytes(p: AnyParser): Parser<Uint8Array> {
  return Parser.of(make.sliceBytes(nodeOf(p)));
}

/**
 * `p` on as many units as `n` says (bytes for binary input, UTF-16 units for text); `p` must read all of them. `p` sees
 * the input end after them, also while streaming, and starts before all of them have arrived. A length that is
 * negative, not a whole number, or above `max` is an error at the place of the length.
 *
 * @param n a parser of the length, a number or a bigint, such as `uint16be` or `uleb128`.
 * @param max the largest length that is accepted; without it, any.
 * @throws RangeError if `max` is not a whole number, 0 or larger.
 *
 * @example
 * ```ts
 * import { lengthValue, many, run, unwrap } from "sluice";
 * import { uint8, uint16be } from "sluice/binary";
 * const frames = many(lengthValue(uint8, many(uint16be)));
 * unwrap(run(frames, new Uint8Array([4, 0, 7, 0, 8, 2, 0, 9]), { input: "binary" })); // => [[7, 8], [9]]
 * ```
 */
export function lengthValue<T, E, F>(n: Parser<number | bigint, F>, p: Parser<T, E>, max?: number): Parser<T, E | F> {
  return Parser.of(make.sized(lengthOf("lengthValue", nodeOf(n), max), nodeOf(p)));
}

/**
 * Emits the value of `p` as soon as nothing can take it back: to `result.emitted` in `run`, to `outcome.emitted` and
 * `for await` while streaming. Text at the end of `p` that can only be skipped, such as space, is read after that.
 *
 * @example
 * ```ts
 * import { emit, run, seq } from "sluice";
 * import { string } from "sluice/lex";
 * run(seq(emit(string("a")), string("b")), "ab").emitted; // => ["a"]
 * ```
 */
export function emit<T, E>(p: Parser<T, E>): Parser<T, T | E> {
  return Parser.of(make.emit(nodeOf(p)));
}
