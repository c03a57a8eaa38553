// Comments: to the end of the line, or between two delimiters. They return nothing, and fail where they stop.
import * as make from "../../grammar/make.ts";
import { later, type Node } from "../../grammar/node.ts";
import { Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { checkOptions } from "../../misuse/options.ts";
import { CharSet, charSet } from "../../text/index.ts";

const inLine: CharSet = /* @__PURE__ */ charSet("^\\n\\r");

/**
 * A comment from `prefix` to the end of its line, which is not read. It may end with the input.
 *
 * @throws TypeError if `prefix` is not a string, or is empty.
 *
 * @example
 * ```ts
 * import { run, seq } from "sluice";
 * import { commentLine, lineEnding } from "sluice/lex";
 * run(seq(commentLine("#"), lineEnding), "# why\r\n").ok; // => true
 * ```
 */
export function commentLine(prefix: string): Parser<undefined> {
  return Parser.of(lineComment(mark(prefix, "commentLine", "the text that it begins with")));
}

/**
 * A comment from `start` to `end`. If it is not closed, it fails at the end of the input, expects `end`, and has a note
 * where it was opened; this also holds in the space between tokens. It is committed once it is opened.
 *
 * @param options.nested whether comments inside it count: each `start` then needs its own `end`. Only memory limits how
 * deep they may be nested. Default: false.
 * @throws TypeError if `start` or `end` is not a string, or is empty; if nested comments begin and end with the same
 * text; or if `nested` is not a boolean.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { commentBlock } from "sluice/lex";
 * run(commentBlock("{-", "-}", { nested: true }), "{- a {- b -} c -}").ok; // => true
 * ```
 */
export function commentBlock(
  start: string,
  end: string,
  options: { nested?: boolean | undefined } = {},
): Parser<undefined> {
  mark(start, "commentBlock", "the text that it begins with");
  mark(end, "commentBlock", "the text that ends it");
  checkOptions(options, ["nested"], "commentBlock takes its options as an object, such as { nested: true }");
  const { nested = false } = options;
  if (typeof nested !== "boolean")
    throw new TypeError(`commentBlock takes nested as a boolean, got ${described(nested)}`);
  return Parser.of(blockComment(start, end, nested));
}

/** @internal A line comment that begins with what a parser reads. */
export function lineComment(opener: string | Node): Node {
  return make.skip(make.seq([asNode(opener), make.span(inLine, 0)]));
}

/**
 * @internal A block comment.
 *
 * @param opener what reads its `start`, if that is more than the text.
 */
export function blockComment(start: string, end: string, nested: boolean, opener: Node = make.text(start)): Node {
  if (!nested) return block(opener, make.repeat(within(end), {}), end);
  if (start === end)
    throw new TypeError(`a nested comment must end otherwise than it begins, got ${JSON.stringify(start)} for both`);
  const inner = later();
  const heads = setOf(start[0] as string, end[0] as string);
  const plain = make.choice([
    make.span(heads.complement(), 1),
    inner.node,
    make.seq([make.notFollowedBy(make.text(end)), make.set(heads)]),
  ]);
  const body = make.repeat(plain, {});
  inner.resolve(block(make.text(start), body, end));
  return block(opener, body, end);
}

/** Nothing that is read inside records a failure; a missing end does, also inside trivia. */
function block(opener: Node, body: Node, end: string): Node {
  return make.skip(make.between(opener, make.trivia(make.skip(body)), make.leafInTrivia(end, "token", make.text(end))));
}

/** Text before `end`: a sequence of characters other than its first one, or that one if the rest does not follow. */
function within(end: string): Node {
  const [head = ""] = end;
  const others = make.span(setOf(head).complement(), 1);
  const rest = end.slice(head.length);
  if (rest === "") return others;
  const [next = ""] = rest;
  const follows = rest === next ? make.set(setOf(next)) : make.text(rest);
  return make.choice([others, make.attempt(make.seq([make.text(head), make.notFollowedBy(follows)]))]);
}

function setOf(...chars: readonly string[]): CharSet {
  return CharSet.fromMembers(chars.map((char) => [...char][0]).join(""));
}

function asNode(opener: string | Node): Node {
  return typeof opener === "string" ? make.text(opener) : opener;
}

function mark(text: unknown, name: string, what: string): string {
  if (typeof text === "string" && text !== "") return text;
  throw new TypeError(`${name} takes ${what}, got ${text === "" ? "an empty one" : described(text)}`);
}
