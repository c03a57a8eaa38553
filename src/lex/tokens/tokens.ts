// Tokens: a parser and the space around it. If no space is given, it is the space in force.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { type CharSet, charSet } from "../../text/index.ts";
import { spaceInForce } from "./space.ts";

function trailed(p: Node, space: Parser<unknown>): Node {
  return make.pick(0, p, make.trivia(nodeOf(space)));
}

/**
 * `p` and the space after it.
 *
 * @param space what counts as space; if not given, the space in force (`withSpace`), else `spaces0`.
 *
 * @example
 * ```ts
 * import { many, run, unwrap } from "sluice";
 * import { lexeme, string } from "sluice/lex";
 * unwrap(run(many(lexeme(string("a"))), "a a ")); // => ["a", "a"]
 * ```
 */
export function lexeme<T, E>(p: Parser<T, E>, space: Parser<unknown> = spaceInForce): Parser<T, E> {
  return Parser.of(trailed(nodeOf(p), space));
}

/**
 * The space before `p`, and `p`. If `p` fails after space, something was read: alternatives of such parsers need an
 * `attempt`, those of `lexeme` don't.
 *
 * @param space what counts as space; if not given, the space in force (`withSpace`), else `spaces0`.
 *
 * @example
 * ```ts
 * import { many, run, unwrap } from "sluice";
 * import { leading, string } from "sluice/lex";
 * unwrap(run(many(leading(string("a"))), " a a")); // => ["a", "a"]
 * ```
 */
export function leading<T, E>(p: Parser<T, E>, space: Parser<unknown> = spaceInForce): Parser<T, E> {
  return Parser.of(make.pick(1, make.trivia(nodeOf(space)), nodeOf(p)));
}

/**
 * `p` and the space on both sides of it.
 *
 * @param space what counts as space; if not given, the space in force (`withSpace`), else `spaces0`.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { string, trim } from "sluice/lex";
 * unwrap(run(trim(string("a")), "  a ")); // => "a"
 * ```
 */
export function trim<T, E>(p: Parser<T, E>, space: Parser<unknown> = spaceInForce): Parser<T, E> {
  return leading(lexeme(p, space), space);
}

/**
 * `p` as one token, and the space after it: if `p` fails, however far it got, the token fails empty at its start and is
 * reported there as `kind`. It is a scope: the effect of a cut inside ends with it.
 *
 * @param kind its name in a diagnostic.
 * @param space what counts as space; if not given, the space in force (`withSpace`), else `spaces0`.
 * @throws TypeError if `kind` is not a string, or is empty.
 *
 * @example
 * ```ts
 * import { run, seq } from "sluice";
 * import { oneOf, string, token } from "sluice/lex";
 * const color = token("a color", seq(string("#"), oneOf("0123456789abcdef").many1()));
 * run(color, "#x").diagnostics[0]?.message; // => "expected a color"
 * ```
 */
export function token<T, E>(kind: string, p: Parser<T, E>, space: Parser<unknown> = spaceInForce): Parser<T, E> {
  if (typeof kind !== "string" || kind === "")
    throw new TypeError("token takes what it is called, a non-empty string, first");
  return Parser.of(trailed(make.leaf(kind, "rule", make.attempt(nodeOf(p))), space));
}

/**
 * A fixed text, which is not empty, and the space after it. The character after the text is not checked: for words use
 * `keyword`.
 *
 * @param space what counts as space; if not given, the space in force (`withSpace`), else `spaces0`.
 * @throws TypeError if `text` is not a string, or is empty.
 *
 * @example
 * ```ts
 * import { run, seq, unwrap } from "sluice";
 * import { symbol } from "sluice/lex";
 * unwrap(run(seq(symbol("("), symbol(")")), "( ) ")); // => ["(", ")"]
 * ```
 */
export function symbol<const S extends string>(text: S, space: Parser<unknown> = spaceInForce): Parser<S> {
  if (typeof text !== "string") throw new TypeError(`symbol takes a text, got ${described(text)}`);
  if (text === "") throw new TypeError("symbol takes a text, not an empty one; space alone is spaces0");
  return Parser.of(trailed(make.text(text), space));
}

/** Characters that would continue a word: `XID_Continue` (UAX #31), and all other combining marks. */
const goesOn: CharSet = /* @__PURE__ */ charSet("\\p{XID_Continue}\\p{M}");

/**
 * A whole word, and the space after it. If the next character could continue an identifier (`XID_Continue` of UAX #31
 * in the Unicode version of the platform, or a combining mark), it fails with `E1203`. It fails empty at its start.
 *
 * @param space what counts as space; if not given, the space in force (`withSpace`), else `spaces0`.
 * @throws TypeError if `text` does not end in a character of an identifier, as `<=` does not: use `symbol` for that.
 *
 * @example
 * ```ts
 * import { or, run, unwrap } from "sluice";
 * import { identifier, keyword } from "sluice/lex";
 * unwrap(run(or(keyword("if"), identifier), "ifx")); // => "ifx"
 * ```
 */
export function keyword<const S extends string>(text: S, space: Parser<unknown> = spaceInForce): Parser<S> {
  if (typeof text !== "string") throw new TypeError(`keyword takes a word, got ${described(text)}`);
  const written = JSON.stringify(text);
  if (!/\w$/.test(text) && !goesOn.has([...text].at(-1)?.codePointAt(0) ?? 0))
    throw new TypeError(`keyword takes a word, which ends in a letter or digit; write symbol(${written})`);
  const border = make.choice([
    make.notFollowedBy(make.set(goesOn)),
    make.raise({
      code: "E1203",
      message: `the keyword ${written} runs together with what follows it`,
      messageKey: "keywordRunTogether",
      args: [text],
      notes: [{ message: `write a space after ${written}`, messageKey: "E1203.space", args: [text] }],
    }),
  ]);
  return Parser.of(trailed(make.leaf(text, "keyword", make.pick(0, make.text(text), border)), space));
}
