// String literals on one line, with escapes, and character literals.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { Parser } from "../../grammar/parser.ts";
import { charSet } from "../../text/index.ts";
import { escapeNode } from "./escapes.ts";
import { quoted, wrong, wrongLineEnd } from "./literals.ts";

function stringNode(): Node {
  const run = make.span(charSet('^"\\\\\\n\\r'), 1);
  const body = make.concat(make.repeat(make.choice([run, escapeNode()]), {}));
  return quoted(make.text('"'), body, make.choice([make.text('"'), wrongLineEnd()]));
}

/**
 * A string in double quotes, on one line, as the text it means. Escapes: `\n \t \r \b \f \v \0 \\ \" \' \/`, `\xHH`,
 * `\uHHHH` (two that are a surrogate pair are one character), `\u{H…}` with one to six digits. Any other escape is
 * `E7201` at its place; one for a code point that is not a Unicode scalar value is `E7202`; a line end inside is
 * `E7203`. A literal that isn't closed is an unexpected end of input, with a note where it was opened. After its `"` it
 * fails consumed and committed.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { stringLit } from "sluice/lex";
 * unwrap(run(stringLit, '"a\\tb \\u{1F600}"')); // => "a\tb 😀"
 * ```
 */
export const stringLit: Parser<string> = /* @__PURE__ */ Parser.of(/* @__PURE__ */ stringNode());

function charNode(): Node {
  const empty = wrong(charSet("'"), {
    code: "E7204",
    message: "a character literal must hold one character, but this one is empty",
    messageKey: "E7204.none",
    args: [],
  });
  const more = wrong(charSet("^'\\n\\r"), {
    code: "E7204",
    message: "a character literal must hold one character (code point), but this one holds more",
    messageKey: "E7204.more",
    args: [],
  });
  const body = make.choice([make.set(charSet("^'\\\\\\n\\r")), escapeNode(), empty, wrongLineEnd()]);
  return quoted(make.text("'"), make.label("character", body), make.choice([make.text("'"), more, wrongLineEnd()]));
}

/**
 * One character in single quotes: one code point, or one escape as in `stringLit`. No character, or more than one, is
 * `E7204`; a letter followed by a combining mark is two code points.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { charLit } from "sluice/lex";
 * unwrap(run(charLit, "'\\n'")); // => "\n"
 * ```
 */
export const charLit: Parser<string> = /* @__PURE__ */ Parser.of(/* @__PURE__ */ charNode());
