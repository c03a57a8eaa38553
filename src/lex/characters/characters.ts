// Characters and sequences of them. A character is a code point: halves of a surrogate pair are never seen separately.
import * as make from "../../grammar/make.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { type CharClass, CharSet, toCharSet } from "../../text/index.ts";

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
  if (typeof text !== "string") throw new TypeError(`string takes a text, got ${described(text)}`);
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
 * As many characters of a class as there are, as one text; possibly none.
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
 * One or more characters of a class, as one text.
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
 * Everything up to a text, which is not read. If the text never comes, this fails at the end of the input. For a line
 * that must end soon, `takeWhile(charSet("^\\r\\n"))` before the line end reports immediately what is there instead.
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

/**
 * The next character, which is not read; `undefined` at the end of the input. It never fails, and waits at the end of a
 * chunk.
 *
 * @example
 * ```ts
 * import { run, seq, unwrap } from "sluice";
 * import { anyChar, peekChar } from "sluice/lex";
 * unwrap(run(seq(peekChar, anyChar, peekChar), "x")); // => ["x", "x", undefined]
 * ```
 */
export const peekChar: Parser<string | undefined> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.trivia(
    /* @__PURE__ */ make.opt(/* @__PURE__ */ make.lookahead(/* @__PURE__ */ nodeOf(anyChar)), undefined),
  ),
);

/**
 * The next `n` characters (code points), as one text. If there are fewer, it fails empty at its start.
 *
 * @param n the number of characters; a whole number, 0 or larger.
 * @throws RangeError if `n` is not such a number.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { takeCodepoints } from "sluice/lex";
 * unwrap(run(takeCodepoints(2), "é😀")); // => "é😀"
 * ```
 */
export function takeCodepoints(n: number): Parser<string> {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeError(`takeCodepoints takes a number of characters, got ${described(n)}`);
  if (n === 0) return Parser.of(make.ok(""));
  const counted = make.primitive({
    name: n === 1 ? "a character" : `${n} characters`,
    // how many are still to come
    start: n,
    least: n,
    scan({ text, from, ended }, state) {
      let left = state as number;
      let to = from;
      for (; left > 0 && to < text.length; left--) to += (text.codePointAt(to) as number) > 0xffff ? 2 : 1;
      if (left === 0) return { kind: "matched", value: undefined, to };
      return ended ? { kind: "failed" } : { kind: "more", state: left, to, min: left };
    },
  });
  return Parser.of(make.slice(counted));
}
