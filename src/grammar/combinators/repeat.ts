// Repetitions. The body must read something each time; an unbounded repetition whose body reads nothing is the error
// E3001.
import { described } from "../../misuse/described.ts";
import { lengthOf } from "../length.ts";
import * as make from "../make.ts";
import {
  type AnyParser,
  type EachOptions,
  endOf,
  type Literal,
  nodeOf,
  noMore,
  optionNodes,
  Parser,
  type SepByOptions,
} from "../parser.ts";

/**
 * `p`, or nothing if it fails empty: then the value is `otherwise`, or `undefined`.
 *
 * @example
 * ```ts
 * import { opt, run, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(opt(string("-"), "+"), "")); // => "+"
 * ```
 */
export function opt<T, E>(p: Parser<T, E>): Parser<T | undefined, E>;
export function opt<T, E, U extends T>(p: Parser<T, E>, otherwise: U): Parser<T, E>;
export function opt<T, E, U extends Literal>(p: Parser<T, E>, otherwise: U): Parser<T | U, E>;
export function opt(p: Parser<unknown, unknown>, otherwise?: unknown): Parser<unknown, unknown> {
  return Parser.of(make.opt(nodeOf(p), otherwise));
}

/**
 * `p`, as often as it matches.
 *
 * @example
 * ```ts
 * import { many, run, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(many(string("a")), "aa")); // => ["a", "a"]
 * ```
 */
export function many<T, E>(p: Parser<T, E>): Parser<T[], E>;
export function many(p: AnyParser, ...more: readonly unknown[]): AnyParser {
  noMore(more, "many takes one parser: sepBy(p, separator) and manyTill(p, end) take two");
  return Parser.of(make.repeat(nodeOf(p), {}));
}

/**
 * `p` once or more.
 *
 * @example
 * ```ts
 * import { many1, run } from "sluice";
 * import { string } from "sluice/lex";
 * run(many1(string("a")), "").ok; // => false
 * ```
 */
export function many1<T, E>(p: Parser<T, E>): Parser<[T, ...T[]], E>;
export function many1(p: AnyParser, ...more: readonly unknown[]): AnyParser {
  noMore(more, "many1 takes one parser: sepBy1(p, separator) takes two");
  return Parser.of(make.repeat(nodeOf(p), { min: 1 }));
}

/**
 * `p` at least `min` times and at most `max` times (without `max`: as often as it matches).
 *
 * @throws RangeError if a bound is not a whole number, 0 or larger, or `max` is below `min`.
 *
 * @example
 * ```ts
 * import { repeat, run, unwrap } from "sluice";
 * import { oneOf } from "sluice/lex";
 * unwrap(run(repeat(oneOf("01"), 1, 3), "101")); // => ["1", "0", "1"]
 * ```
 */
export function repeat<T, E>(p: Parser<T, E>, min: number, max?: number): Parser<T[], E> {
  const most = max ?? Number.POSITIVE_INFINITY;
  if (!Number.isInteger(min) || min < 0)
    throw new RangeError(`repeat: min must be a whole number from 0, got ${described(min)}`);
  if (most !== Number.POSITIVE_INFINITY && !Number.isInteger(most)) {
    throw new RangeError(`repeat: max must be a whole number, got ${described(most)}`);
  }
  if (most < min) throw new RangeError(`repeat: max (${most}) is below min (${min})`);
  return Parser.of(make.repeat(nodeOf(p), { min, max: most }));
}

/**
 * `p` exactly `n` times.
 *
 * @throws RangeError if `n` is not a whole number, 0 or larger.
 *
 * @example
 * ```ts
 * import { count, run, unwrap } from "sluice";
 * import { oneOf } from "sluice/lex";
 * unwrap(run(count(oneOf("01"), 2), "10")); // => ["1", "0"]
 * ```
 */
export function count<T, E>(p: Parser<T, E>, n: number): Parser<T[], E> {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`count takes a whole number from 0, got ${described(n)}`);
  return repeat(p, n, n);
}

/**
 * `p`, as often as it matches; the values are dropped.
 *
 * @example
 * ```ts
 * import { run, skipMany, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(skipMany(string(" ")), "   ")); // => undefined
 * ```
 */
export function skipMany<E>(p: Parser<unknown, E>): Parser<undefined, E> {
  return Parser.of(make.skip(make.repeat(nodeOf(p), {})));
}

/**
 * `p` once or more; the values are dropped.
 *
 * @example
 * ```ts
 * import { run, skipMany1 } from "sluice";
 * import { string } from "sluice/lex";
 * run(skipMany1(string(" ")), "").ok; // => false
 * ```
 */
export function skipMany1<E>(p: Parser<unknown, E>): Parser<undefined, E> {
  return Parser.of(make.skip(make.repeat(nodeOf(p), { min: 1 })));
}

/**
 * `p`, as often as it matches, with `sep` between.
 *
 * With `end` the list continues until `end` matches, which is read and dropped: nothing else ends the list. Then a
 * `recover` around `sep` can replace a missing separator, and one around `p` a missing element.
 *
 * @throws TypeError if there is an option other than `end`.
 *
 * @example
 * ```ts
 * import { recoverMissing, run, sepBy, skipL, unwrap } from "sluice";
 * import { int10, lexeme, string, symbol } from "sluice/lex";
 * unwrap(run(sepBy(int10, string(",")), "1,2")); // => ["1", "2"]
 * const comma = recoverMissing(symbol(","), int10, ",", undefined);
 * const list = skipL(symbol("["), sepBy(lexeme(int10), comma, { end: symbol("]") }));
 * run(list, "[1 2]", { extensions: { recover: { mode: "collect" } } }).value; // => ["1", "2"]
 * ```
 */
export function sepBy<T, E, F, N = never>(
  p: Parser<T, E>,
  sep: Parser<unknown, F>,
  options: SepByOptions<N> = {},
): Parser<T[], E | F | N> {
  return Parser.of(make.repeat(nodeOf(p), { sep: nodeOf(sep), ...endOf(options) }));
}

/**
 * `p` once or more, with `sep` between.
 *
 * @example
 * ```ts
 * import { run, sepBy1 } from "sluice";
 * import { oneOf, string } from "sluice/lex";
 * run(sepBy1(oneOf("abc"), string(",")), "").ok; // => false
 * ```
 */
export function sepBy1<T, E, F>(p: Parser<T, E>, sep: Parser<unknown, F>): Parser<[T, ...T[]], E | F> {
  return Parser.of(make.repeat(nodeOf(p), { sep: nodeOf(sep), min: 1 }));
}

/**
 * `p`, as often as it matches, with `sep` between and optionally after the last.
 *
 * @example
 * ```ts
 * import { run, sepEndBy, unwrap } from "sluice";
 * import { oneOf, string } from "sluice/lex";
 * unwrap(run(sepEndBy(oneOf("abc"), string(",")), "a,b,")); // => ["a", "b"]
 * ```
 */
export function sepEndBy<T, E, F>(p: Parser<T, E>, sep: Parser<unknown, F>): Parser<T[], E | F> {
  return Parser.of(make.repeat(nodeOf(p), { sep: nodeOf(sep), trailing: true }));
}

/**
 * `p`, until `end` matches; `end` is read and dropped.
 *
 * @example
 * ```ts
 * import { manyTill, run, unwrap } from "sluice";
 * import { anyChar, string } from "sluice/lex";
 * unwrap(run(manyTill(anyChar, string("--")), "ab--")); // => ["a", "b"]
 * ```
 */
export function manyTill<T, E, F>(p: Parser<T, E>, end: Parser<unknown, F>): Parser<T[], E | F> {
  return Parser.of(make.repeat(nodeOf(p), { end: nodeOf(end) }));
}

/**
 * `p`, as often as it matches; its values are combined as they come: `many` without the list.
 *
 * @param start makes the first result, each time that the repetition begins. Its return type is the type of the result:
 * if that type is too narrow, annotate it, as in `(): string[] => []`.
 * @param step makes the next result from the last one and a value; pure, so that a continuation can be resumed twice.
 * It is not called if the result is not used.
 * @throws TypeError if `start` or `step` is not a function.
 *
 * @example
 * ```ts
 * import { fold, run, unwrap } from "sluice";
 * import { oneOf } from "sluice/lex";
 * const number = fold(oneOf("01"), () => 0, (sum, digit) => 2 * sum + Number(digit));
 * unwrap(run(number, "101")); // => 5
 * ```
 */
export function fold<T, E, A>(p: Parser<T, E>, start: () => A, step: (sum: A, value: T) => A): Parser<A, E> {
  return Parser.of(make.fold(nodeOf(p), start, step));
}

/**
 * `p`, as often as `n` says; a count of 0 gives `[]`. A count that is negative, not a whole number, or above `max` is
 * an error at the place of the count. Nothing is compiled while running, so different counts cost nothing.
 *
 * @param n a parser of the count, a number or a bigint, such as `uint16be` or `uleb128`.
 * @param max the largest count that is accepted; give one for untrusted input, since the values are collected.
 * @throws RangeError if `max` is not a whole number, 0 or larger.
 *
 * @example
 * ```ts
 * import { lengthCount, run, unwrap } from "sluice";
 * import { uint8, uint16be } from "sluice/binary";
 * unwrap(run(lengthCount(uint8, uint16be), new Uint8Array([2, 0, 7, 0, 8]), { input: "binary" })); // => [7, 8]
 * ```
 */
export function lengthCount<T, E, F>(n: Parser<number | bigint, F>, p: Parser<T, E>, max?: number): Parser<T[], E | F> {
  return Parser.of(make.times(lengthOf("lengthCount", nodeOf(n), max), nodeOf(p)));
}

/**
 * A repetition whose values are emitted one by one, as soon as each is certain, and not collected; its own value is
 * their number. Without options like `many`, with `sep` like `sepBy`, with `end` like `manyTill`; with both, `end` may
 * stand wherever `sep` or the first value may.
 *
 * @example
 * ```ts
 * import { each, run } from "sluice";
 * import { oneOf, string } from "sluice/lex";
 * run(each(oneOf("abc"), { sep: string(",") }), "a,b").emitted; // => ["a", "b"]
 * ```
 */
export function each<T, E, S = never, N = never>(
  p: Parser<T, E>,
  options: EachOptions<S, N> = {},
): Parser<number, T | E | S | N> {
  return Parser.of(make.each(nodeOf(p), optionNodes(options)));
}
