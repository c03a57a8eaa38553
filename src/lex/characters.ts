// Characters and runs of them. A character is a code point: halves of a surrogate pair are never seen apart.
import * as make from "../grammar/make.ts";
import { Parser } from "../grammar/parser.ts";
import { type CharClass, CharSet, toCharSet } from "../text/index.ts";

/**
 * One character of a class.
 *
 * @param set a `CharSet`, a string of its members, or a pure predicate over one character.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { satisfy } from "sluice/lex";
 * unwrap(run(satisfy((c) => c >= "a"), "é")); // => "é"
 * ```
 */
export function satisfy(set: CharClass): Parser<string> {
  return Parser.of(make.set(toCharSet(set)));
}

/**
 * A fixed text. It fails empty, reported at its start, however far it matched.
 *
 * @throws TypeError if `text` is not a string.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(string("let"), "let")); // => "let"
 * ```
 */
export function string<const S extends string>(text: S): Parser<S> {
  if (typeof text !== "string") throw new TypeError(`string takes a text, got ${typeof text}`);
  return Parser.of(make.text(text));
}

/**
 * One character of a class; the same as `satisfy`.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { oneOf } from "sluice/lex";
 * unwrap(run(oneOf("+-"), "-")); // => "-"
 * ```
 */
export function oneOf(set: CharClass): Parser<string> {
  return satisfy(set);
}

/**
 * One character that is not in a class.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { noneOf } from "sluice/lex";
 * unwrap(run(noneOf("\""), "x")); // => "x"
 * ```
 */
export function noneOf(set: CharClass): Parser<string> {
  return Parser.of(make.set(toCharSet(set).complement()));
}

/**
 * As many characters of a class as come, as one text; perhaps none.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { takeWhile } from "sluice/lex";
 * unwrap(run(takeWhile("01"), "1001")); // => "1001"
 * ```
 */
export function takeWhile(set: CharClass): Parser<string> {
  return Parser.of(make.span(toCharSet(set), 0));
}

/**
 * One character of a class or more, as one text.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { takeWhile1 } from "sluice/lex";
 * run(takeWhile1("01"), "").ok; // => false
 * ```
 */
export function takeWhile1(set: CharClass): Parser<string> {
  return Parser.of(make.span(toCharSet(set), 1));
}

/**
 * Everything up to a text, which stays. Where it never comes, this fails at the end of the input.
 *
 * @throws TypeError if `end` is not a string, or is empty.
 *
 * @example
 * ```ts
 * import { run, seq, unwrap } from "sluice";
 * import { string, takeUntil } from "sluice/lex";
 * unwrap(run(seq(takeUntil("--"), string("--")), "a-b--")); // => ["a-b", "--"]
 * ```
 */
export function takeUntil(end: string): Parser<string> {
  if (typeof end !== "string" || end === "")
    throw new TypeError("takeUntil takes the text that ends it, not an empty one");
  return Parser.of(make.until(end));
}

/**
 * Any one character.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { anyChar } from "sluice/lex";
 * unwrap(run(anyChar, "😀")); // => "😀"
 * ```
 */
export const anyChar: Parser<string> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.set(/* @__PURE__ */ CharSet.fromRanges([[0, 0x10ffff]], "any character")),
);
