// Combinators that change a value, or how a failure counts.
import * as make from "../make.ts";
import { type Literal, nodeOf, Parser } from "../parser.ts";

/**
 * The value of `p`, passed through `f`. `f` should be pure: it is not called if the value is not used. `Number` of a
 * text and `Object.fromEntries` of a repetition of pairs are done by the engine itself.
 *
 * @example
 * ```ts
 * import { map, run, unwrap } from "sluice";
 * import { takeWhile1 } from "sluice/lex";
 * unwrap(run(map(takeWhile1("0123456789"), Number), "42")); // => 42
 * ```
 */
export function map<T, U, E>(p: Parser<T, E>, f: (value: T) => U): Parser<U, E> {
  return Parser.of(make.map(nodeOf(p), f));
}

/**
 * `value` instead of the value of `p`.
 *
 * @example
 * ```ts
 * import { as, run, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(as(string("yes"), true), "yes")); // => true
 * ```
 */
export function as<U extends Literal, E>(p: Parser<unknown, E>, value: U): Parser<U, E> {
  return Parser.of(make.as(nodeOf(p), value));
}

/**
 * The texts that `p` returns, as one text.
 *
 * @throws TypeError while running, if the value of `p` is not made of texts.
 *
 * @example
 * ```ts
 * import { choice, concat, many, run, unwrap } from "sluice";
 * import { string, takeWhile1 } from "sluice/lex";
 * const plain = takeWhile1("abc");
 * unwrap(run(concat(many(choice([plain, string("\\n").as("\n")]))), "a\\nb")); // => "a\nb"
 * ```
 */
export function concat<E>(p: Parser<readonly string[], E>): Parser<string, E> {
  return Parser.of(make.concat(nodeOf(p)));
}

/**
 * Commits to `p`: if it fails, no alternative is tried, even if it has read nothing.
 *
 * @example
 * ```ts
 * import { cut, or, run } from "sluice";
 * import { string } from "sluice/lex";
 * run(or(cut(string("a")), string("b")), "b").ok; // => false
 * ```
 */
export function cut<T, E>(p: Parser<T, E>): Parser<T, E> {
  return Parser.of(make.cut(nodeOf(p)));
}

/**
 * Commits to what follows it in the same sequence (more exactly: in the innermost alternative, option or iteration).
 *
 * @example
 * ```ts
 * import { cutHere, or, run, seq } from "sluice";
 * import { string } from "sluice/lex";
 * run(or(seq(cutHere(), string("a")), string("b")), "b").ok; // => false
 * ```
 */
export function cutHere(): Parser<undefined> {
  return Parser.of({ kind: "cutHere" });
}

/**
 * Turns any failure of `p` into one that has read nothing, so that an alternative is tried; the effect of a cut inside
 * ends here.
 *
 * While streaming, the text is kept from where `p` began until `p` has ended.
 *
 * @example
 * ```ts
 * import { attempt, or, run, seq } from "sluice";
 * import { string } from "sluice/lex";
 * run(or(attempt(seq(string("a"), string("b"))), seq(string("a"), string("c"))), "ac").ok; // => true
 * ```
 */
export function attempt<T, E>(p: Parser<T, E>): Parser<T, E> {
  return Parser.of(make.attempt(nodeOf(p)));
}

/**
 * `label` and `cut`: `p` is required here, and an error calls it `name`.
 *
 * @example
 * ```ts
 * import { expect, run } from "sluice";
 * import { string } from "sluice/lex";
 * run(expect("a sign", string("+")), "x").diagnostics[0]?.message; // => "expected a sign"
 * ```
 */
export function expect<T, E>(name: string, p: Parser<T, E>): Parser<T, E> {
  return Parser.of(make.label(name, make.cut(nodeOf(p))));
}
