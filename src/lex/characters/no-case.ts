// Fixed texts without regard to case.
import * as make from "../../grammar/make.ts";
import { Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { CharSet } from "../../text/index.ts";

/** The characters beyond ASCII that fold to these: the long s and the kelvin sign. */
const FOLDS_TO: Readonly<Record<string, string>> = { s: "\u017f", k: "\u212a" };

/**
 * A fixed text in any case; the value is the text as it is in the input. Two characters are equal if they have the same
 * simple case folding (Unicode, `CaseFolding.txt`, C and S, in the Unicode version of the platform; the comparison of a
 * regular expression with the flags `iu`). So `Σ`, `σ` and `ς` are equal, and `K` and the kelvin sign, but not `ß` and
 * `ss`, nor a letter with an accent and the same letter followed by a combining accent. It fails empty at its start.
 *
 * @throws TypeError if `text` is not a string.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { stringNoCase } from "sluice/lex";
 * unwrap(run(stringNoCase("select"), "Select")); // => "Select"
 * ```
 */
export function stringNoCase(text: string): Parser<string> {
  if (typeof text !== "string") throw new TypeError(`stringNoCase takes a text, got ${described(text)}`);
  if (text === "") return Parser.of(make.text(text));
  const characters = [...text].map((char) => make.set(anyCase(char)));
  return Parser.of(make.leaf(text, "token", make.slice(make.seq(characters))));
}

/** Every character with the same simple case folding. */
function anyCase(char: string): CharSet {
  if (char < "\x80") {
    const small = char.toLowerCase();
    return CharSet.fromMembers(small + char.toUpperCase() + (FOLDS_TO[small] ?? ""));
  }
  const codePoint = (char.codePointAt(0) as number).toString(16);
  const same = new RegExp(`^\\u{${codePoint}}$`, "iu");
  return CharSet.fromPredicate((other) => same.test(other), char);
}
