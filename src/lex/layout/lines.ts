// The position in the line. None of these parsers reads anything. Bytes have no lines: for binary input all are refused
// except `eol`, which only looks at the next character.
//
// A tab counts as one column, as in `Position.column`, however wide an editor shows it. These parsers count the columns
// before the position, whatever they contain. If only blanks may stand there, put `bol` before the blanks.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { Parser } from "../../grammar/parser.ts";
import { Refusal } from "../../grammar/problem.ts";
import { described } from "../../misuse/described.ts";
import { charSet, type Position } from "../../text/index.ts";

/** Succeeds, without reading, if the column meets a condition. */
function where(name: string, holds: (column: number) => boolean): Node {
  const refiner = (place: unknown): undefined | Refusal =>
    holds((place as Position).column) ? undefined : new Refusal();
  return make.leaf(name, "rule", make.refine(make.placeInLine(name), refiner, false));
}

/**
 * The beginning of a line: the beginning of the input, or directly after `\n` or `\r`. It reads nothing. Bytes have no
 * lines: with `input: "binary"` it is refused.
 *
 * @example
 * ```ts
 * import { many, run, seq, unwrap } from "sluice";
 * import { bol, string } from "sluice/lex";
 * unwrap(run(seq(string("a\n"), bol, string("b")), "a\nb")); // => ["a\n", undefined, "b"]
 * ```
 */
export const bol: Parser<undefined> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ where("beginning of a line", (column) => column === 1),
);

function endOfLine(): Node {
  const end = make.choice([make.skip(make.set(charSet("\\n\\r"))), { kind: "eof" }]);
  return make.leaf("end of a line", "rule", make.lookahead(end));
}

/**
 * The end of a line: before `\n` or `\r`, or at the end of the input. It reads nothing; `lineEnding` does.
 *
 * @example
 * ```ts
 * import { run, seq, unwrap } from "sluice";
 * import { eol, string } from "sluice/lex";
 * unwrap(run(seq(string("a"), eol), "a")); // => ["a", undefined]
 * ```
 */
export const eol: Parser<undefined> = /* @__PURE__ */ Parser.of(/* @__PURE__ */ endOfLine());

/**
 * The column of the position: 1 plus the number of grapheme clusters before it in its line. It reads nothing. Bytes
 * have no lines: with `input: "binary"` it is refused; `position` gives the offset.
 *
 * @example
 * ```ts
 * import { run, skipL, unwrap } from "sluice";
 * import { column, string } from "sluice/lex";
 * unwrap(run(skipL(string("a\né"), column), "a\né")); // => 2
 * ```
 */
export const column: Parser<number> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.map(/* @__PURE__ */ make.placeInLine("column"), (place: Position) => place.column),
);

function indentation(name: string, n: number): number {
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new RangeError(`${name} takes a number of columns, a whole number from 0, got ${described(n)}`);
  }
  return n;
}

/**
 * Succeeds, without reading, if there are exactly `n` columns before the position in its line: after the blanks of an
 * indentation, if that has `n` columns. `column` is one more than that. With `input: "binary"` it is refused, like
 * `column`.
 *
 * @param n the number of columns, 0 or larger; a tab is one.
 * @throws RangeError if it is not a whole number, 0 or larger.
 *
 * @example
 * ```ts
 * import { run, seq } from "sluice";
 * import { indentEq, spaces0, string } from "sluice/lex";
 * run(seq(spaces0, indentEq(2), string("x")), "\n  x").ok; // => true
 * ```
 */
export function indentEq(n: number): Parser<undefined> {
  const wanted = indentation("indentEq", n);
  return Parser.of(where(`indentation of ${n}`, (column) => column === wanted + 1));
}

/**
 * Succeeds, without reading, if there are more than `n` columns before the position in its line. With `input: "binary"`
 * it is refused, like `column`.
 *
 * @param n the number of columns, 0 or larger; a tab is one.
 * @throws RangeError if it is not a whole number, 0 or larger.
 *
 * @example
 * ```ts
 * import { andThen, run, skipL, skipR } from "sluice";
 * import { column, indentGt, lexeme, string } from "sluice/lex";
 * const item = andThen(skipR(column, lexeme(string("-"))), (at) => skipL(indentGt(at - 1), string("x")));
 * run(item, "-\n x").ok; // => true
 * ```
 */
export function indentGt(n: number): Parser<undefined> {
  const bound = indentation("indentGt", n);
  return Parser.of(where(`indentation of more than ${n}`, (column) => column > bound + 1));
}
