// Regular expressions: compiled when the parser is built, run by the machine as a table.
import * as make from "../../grammar/make.ts";
import { Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { automatonOf } from "./automaton.ts";
import { readPattern } from "./pattern.ts";
import { plainNode } from "./plain-pattern.ts";

/**
 * The longest text at the current position that a regular expression matches. Alternatives have no order: `a|ab`
 * matches `ab` on `ab`, as in POSIX and in lexer generators, not as in JavaScript. It fails empty at its start. Each
 * character is read once, whatever the pattern is, and nothing is read again after the end of a chunk: the pattern
 * becomes a deterministic automaton, which keeps its state.
 *
 * Constructs that such an automaton can't implement are refused: lazy quantifiers, `^`, `$`, `\b`, look-ahead,
 * look-behind and back-references. Groups only group. Characters are code points, with or without the flag `u`; `i`,
 * `s` and `v` mean the same as in JavaScript, all other flags have no effect.
 *
 * @param pattern what to match; `lastIndex` is neither read nor written.
 * @throws TypeError if it is not a regular expression, or has a refused construct: which one, where, and what to write
 * instead.
 * @throws SyntaxError if it is not valid with the flag `u`.
 * @throws RangeError if its automaton would have more than 10,000 states.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { regex } from "sluice/lex";
 * unwrap(run(regex(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?/u), "-12.50")); // => "-12.50"
 * ```
 */
export function regex(pattern: RegExp): Parser<string> {
  if (Object.prototype.toString.call(pattern) !== "[object RegExp]") {
    throw new TypeError(`regex takes a regular expression such as /[a-z]+/u, got ${described(pattern)}`);
  }
  const read = readPattern(pattern);
  return Parser.of(plainNode(read) ?? make.longest(automatonOf(read, pattern)));
}
