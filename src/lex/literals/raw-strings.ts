// String literals without escapes: the text between the quotes is the value, on any number of lines.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { quoted } from "./literals.ts";

function rawNode(level: number): Node {
  const hashes = "#".repeat(level);
  const open = make.choice([make.text(`${hashes}"`), make.text(`r${hashes}"`)]);
  return quoted(open, make.until(`"${hashes}`), make.text(`"${hashes}`));
}

/**
 * A string in double quotes in which there are no escapes: `r"…"` as in Rust and Python, or just `"…"`. It ends at the
 * next `"` and may have several lines. Its opener is a fixed text: an `r` without a quote is not a literal, and fails
 * empty.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { stringRaw } from "sluice/lex";
 * unwrap(run(stringRaw, 'r"C:\\new"')); // => "C:\\new"
 * ```
 */
export const stringRaw: Parser<string> = /* @__PURE__ */ Parser.of(/* @__PURE__ */ rawNode(0));

/**
 * Like `stringRaw`, with hashes around the quotes so that the text may contain quotes: `r#"…"#` as in Rust, or `#"…"#`
 * as in Swift.
 *
 * @param level the number of hashes, a whole number, 0 or larger; both sides must have the same number.
 * @throws RangeError if it is not such a number.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { stringRawHash } from "sluice/lex";
 * unwrap(run(stringRawHash(1), 'r#"say "hi""#')); // => 'say "hi"'
 * ```
 */
export function stringRawHash(level: number): Parser<string> {
  if (!Number.isSafeInteger(level) || level < 0) {
    throw new RangeError(`stringRawHash takes how many hashes, a whole number from 0, got ${described(level)}`);
  }
  return Parser.of(rawNode(level));
}
