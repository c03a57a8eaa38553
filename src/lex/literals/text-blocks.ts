// String literals on several lines, in three double quotes.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { checkOptions } from "../../misuse/options.ts";
import { charSet } from "../../text/index.ts";
import { escapeNode } from "./escapes.ts";
import { quoted } from "./literals.ts";

const QUOTES = '"""';

/** A piece of the text as it is, or what an escape means. */
type Piece = string | { readonly escaped: string };

/** The pieces, up to the closing quotes, which are read. */
function blockNode(escaped: Node): Node {
  const piece = make.choice([make.span(charSet('^"\\\\'), 1), escaped, make.text('"')]);
  return make.repeat(make.label("text", piece), { end: make.text(QUOTES) });
}

function block(pieces: Node): Parser<string> {
  return Parser.of(quoted(make.text(QUOTES), pieces, make.ok(undefined)));
}

/**
 * A string between `"""` and the next `"""`, on any number of lines, with the escapes of `stringLit`; quotes inside
 * need no escape unless there are three in a row.
 *
 * With `dedent` the indentation of the program around the text is removed, as in Swift, C# and (except for its last
 * line end) Java:
 *
 * - if only blanks and a line end follow the opening quotes, they are dropped; so are the last line end and the blanks
 *   before the closing quotes, if nothing else is on that line;
 * - the blanks that all lines begin with are dropped from each. Lines of blanks don't count, and become empty; the line
 *   of the closing quotes counts even if it has only blanks. Text directly after the opening quotes doesn't count and
 *   is not changed;
 * - a tab and a space are different blanks: only what is the same in all lines is dropped;
 * - line ends become `\n`;
 * - escapes are replaced last: blanks and line ends that they mean are kept.
 *
 * @param options `dedent`: false if not given.
 * @throws TypeError if `dedent` is not a boolean.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { stringMultiline } from "sluice/lex";
 * unwrap(run(stringMultiline({ dedent: true }), '"""\n    one\n      two\n    """')); // => "one\n  two"
 * ```
 */
export function stringMultiline(options: { dedent?: boolean | undefined } = {}): Parser<string> {
  checkOptions(options, ["dedent"], "stringMultiline takes its options as an object, such as { dedent: true }");
  const { dedent = false } = options;
  if (typeof dedent !== "boolean")
    throw new TypeError(`stringMultiline takes dedent as a boolean, got ${described(dedent)}`);
  if (!dedent) return block(make.concat(blockNode(escapeNode())));
  const marked = make.map(escapeNode(), (escaped: string): Piece => ({ escaped }));
  return block(make.map(blockNode(marked), dedented));
}

/** Represents an escape while lines are processed: no other `\` is in the text. */
const ESCAPE = "\\";

function dedented(pieces: readonly Piece[]): string {
  const text = pieces.map((piece) => (typeof piece === "string" ? piece : ESCAPE)).join("");
  const [first = "", ...lines] = text.split(/\r\n|\r|\n/);
  const last = lines.length - 1;
  const counted = lines.filter((line, i) => i === last || !isBlank(line));
  const common = counted.map(blanksOf).reduce(commonStart, counted[0] ?? "");
  const kept = lines.map((line) => (isBlank(line) ? "" : line.slice(common.length)));
  if (last >= 0 && isBlank(lines[last] ?? "")) kept.pop();
  const plain = [...(lines.length > 0 && isBlank(first) ? [] : [first]), ...kept].join("\n");
  const escapes = pieces.filter((piece) => typeof piece !== "string").values();
  return plain.replaceAll(ESCAPE, () => escapes.next().value?.escaped ?? "");
}

function isBlank(line: string): boolean {
  return /^[ \t]*$/.test(line);
}

function blanksOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
