// Parsers that read nothing, or only give a name to the parser inside.
import { described } from "../../misuse/described.ts";
import * as make from "../make.ts";
import { type Literal, nodeOf, Parser } from "../parser.ts";

/**
 * Succeeds with `value` and reads nothing.
 *
 * @example
 * ```ts
 * import { ok, run, unwrap } from "sluice";
 * unwrap(run(ok(7), "")); // => 7
 * ```
 */
export function ok<T extends Literal>(value: T): Parser<T> {
  return Parser.of(make.ok(value));
}

/**
 * Fails and reads nothing.
 *
 * To refuse a value that was read, write {@link tryMap} with {@link refuse}, or {@link verify}: then the span of the
 * failure is the text that was read.
 *
 * @param message the message of the diagnostic, if this is among what failed farthest into the input. Without it, the
 * diagnostic only lists what else was expected there.
 * @throws TypeError if it is not a string, or is empty.
 *
 * @example
 * ```ts
 * import { fail, or, run } from "sluice";
 * import { string } from "sluice/lex";
 * const frame = or(string("F"), fail("a frame begins with F"));
 * run(frame, "G").diagnostics[0]?.message; // => "a frame begins with F"
 * ```
 */
export function fail(message?: string): Parser<never> {
  if (message !== undefined && (typeof message !== "string" || message === "")) {
    throw new TypeError(`fail takes a message, a non-empty text, or nothing; got ${described(message)}`);
  }
  return Parser.of(make.fail(message));
}

/**
 * Succeeds at the end of the input, and only there.
 *
 * @example
 * ```ts
 * import { eof, run } from "sluice";
 * run(eof, "").ok; // => true
 * ```
 */
export const eof: Parser<undefined> = /* @__PURE__ */ Parser.of({ kind: "eof" });

/**
 * Gives `p` a name that diagnostics show: a diagnostic inside `p` says that it occurred while parsing `name`.
 *
 * @example
 * ```ts
 * import { rule, run } from "sluice";
 * import { string } from "sluice/lex";
 * run(rule("greeting", string("hi")), "ho").diagnostics[0]?.context; // => ["greeting"]
 * ```
 */
export function rule<T, E>(name: string, p: Parser<T, E>): Parser<T, E> {
  return Parser.of(make.rule(name, nodeOf(p)));
}

/**
 * Names what `p` expects at its own start: a failure there is reported as `name`, a failure further on is reported as
 * it is.
 *
 * @example
 * ```ts
 * import { label, run } from "sluice";
 * import { oneOf } from "sluice/lex";
 * run(label("digit", oneOf("0123456789")), "x").diagnostics[0]?.message; // => "expected digit"
 * ```
 */
export function label<T, E>(name: string, p: Parser<T, E>): Parser<T, E> {
  return Parser.of(make.label(name, nodeOf(p)));
}

/**
 * `p`, but what it expects at its own start is not listed in errors. For what is allowed nearly everywhere, and rarely
 * meant. A failure further on is reported as it is.
 *
 * @example
 * ```ts
 * import { hidden, opt, run, seq } from "sluice";
 * import { string } from "sluice/lex";
 * const p = seq(opt(hidden(string("_"))), string("a"));
 * run(p, "x").diagnostics[0]?.message; // => 'expected "a"'
 * ```
 */
export function hidden<T, E>(p: Parser<T, E>): Parser<T, E> {
  return Parser.of(make.hidden(nodeOf(p)));
}

/**
 * A parser that is defined further down, or that contains itself. `body` is called once, when the parser is first
 * entered.
 *
 * Give a parser that contains itself a name, and refer to that: `const list = or(seq(a, lazy(() => list)), b)`. A
 * function that makes a new parser each time (`lazy(() => block(n + 1))`) also works, as deep as the input goes, but
 * each new parser is compiled.
 *
 * @example
 * ```ts
 * import { between, lazy, ok, or, type Parser, run, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * const depth: Parser<number> = or(between(string("("), lazy(() => depth), string(")")).map((n) => n + 1), ok(0));
 * unwrap(run(depth, "((()))")); // => 3
 * ```
 */
export function lazy<T, E = never>(body: () => Parser<T, E>): Parser<T, E> {
  return Parser.of(make.lazy(body));
}

/**
 * Attaches a description for readers of the grammar; it does not change the parse.
 *
 * @example
 * ```ts
 * import { run, withDoc } from "sluice";
 * import { string } from "sluice/lex";
 * run(withDoc(string("a"), "the letter a"), "a").ok; // => true
 * ```
 */
export function withDoc<T, E>(p: Parser<T, E>, text: string): Parser<T, E> {
  return Parser.of(make.doc(text, nodeOf(p)));
}
