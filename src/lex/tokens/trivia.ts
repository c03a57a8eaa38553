// Trivia profiles: what counts as space between the tokens of a language, as data.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { Parser } from "../../grammar/parser.ts";
import { Refusal } from "../../grammar/problem.ts";
import { described } from "../../misuse/described.ts";
import { checkOptions } from "../../misuse/options.ts";
import { type CharClass, type CharSet, charSet, toCharSet } from "../../text/index.ts";
import { blockComment, lineComment } from "./comments.ts";

/** @internal White space if a profile does not specify it. */
export const whiteSpace: CharSet = /* @__PURE__ */ charSet("\\p{White_Space}");

/** What counts as space between tokens: white space, and the comments named here. */
export interface TriviaProfile {
  /** What line comments begin with. They go up to the end of their line, or of the input. */
  readonly line: readonly string[];
  /** Block comments. If one is not closed, the error has a note where it was opened. */
  readonly block: readonly {
    readonly start: string;
    readonly end: string;
    readonly nested?: boolean | undefined;
  }[];
  /** Whether `#!` at the very start of the input (after a byte order mark, if there is one) begins a line comment. */
  readonly shebang?: boolean | undefined;
  /**
   * Whether `#` begins a line comment wherever space is allowed, also after a token on the same line: short for `line:
   * ["#"]`.
   */
  readonly hashInline?: boolean | undefined;
  /**
   * What documentation comments begin with, such as `///` or `/**`: these are not space, the grammar reads them. An
   * empty block comment is never documentation, for example `/**` followed by `/`.
   */
  readonly docComment?: string | undefined;
  /** White space. Default: Unicode's `White_Space`. */
  readonly space?: CharClass | undefined;
}

const plain = " \t\n\r";

/** JSON as in RFC 8259 §2: space, tab and line ends, no comments. */
export const strictJson: TriviaProfile = /* @__PURE__ */ Object.freeze({ line: [], block: [], space: plain });

/** JSON with comments: `//` to the end of the line, and C's block comments, which don't nest. */
export const jsonRelaxed: TriviaProfile = /* @__PURE__ */ Object.freeze({
  line: ["//"],
  block: [{ start: "/*", end: "*/" }],
  space: plain,
});

/**
 * TOML's comments (`#` to the end of the line) and space, including line ends: for grammars in which line ends have no
 * meaning.
 */
export const tomlRelaxed: TriviaProfile = /* @__PURE__ */ Object.freeze({
  line: ["#"],
  block: [],
  hashInline: true,
  space: plain,
});

/**
 * The space that a profile describes, possibly none: what `lexeme`, `symbol` and similar parsers read after a token. If
 * several openers match, the longest one wins.
 *
 * @throws TypeError if the profile is malformed; the message names the part and what it accepts.
 *
 * @example
 * ```ts
 * import { many, run } from "sluice";
 * import { jsonRelaxed, symbol, trivia } from "sluice/lex";
 * run(many(symbol("a", trivia(jsonRelaxed))), "a // one\na // two").ok; // => true
 * ```
 */
export function trivia(profile: TriviaProfile): Parser<undefined> {
  return Parser.of(triviaOf(profile));
}

/** A cache: grammars are lowered once for each profile, and need its space at every token. */
const known: WeakMap<object, Node> = /* @__PURE__ */ new WeakMap();

/**
 * @internal The node of a profile's space.
 *
 * @throws TypeError if it is not a profile.
 */
export function triviaOf(profile: unknown): Node {
  checkProfile(profile);
  let node = known.get(profile);
  if (node === undefined) {
    node = madeOf(profile);
    known.set(profile, node);
  }
  return node;
}

function madeOf(profile: TriviaProfile): Node {
  const blank = make.span(profile.space === undefined ? whiteSpace : toCharSet(profile.space), 0);
  const comments = commentsOf(profile);
  if (comments.length === 0) return make.trivia(make.skip(blank));
  const more = make.repeat(make.seq([make.choice(comments), blank]), {});
  return make.trivia(make.skip(make.seq([blank, more])));
}

interface Comment {
  readonly opener: string;
  made(opener: Node): Node;
}

function commentsOf(profile: TriviaProfile): Node[] {
  const { line, block, shebang, hashInline, docComment } = profile;
  const prefixes = new Set(hashInline === true ? [...line, "#"] : line);
  const all: Comment[] = [
    ...[...prefixes].map((opener): Comment => ({ opener, made: lineComment })),
    ...block.map(({ start, end, nested }): Comment => {
      return { opener: start, made: (opener) => blockComment(start, end, nested === true, opener) };
    }),
  ].sort((a, b) => b.opener.length - a.opener.length);
  const nodes = all.flatMap(({ opener, made }) => {
    const node = openerOf(opener, docComment);
    return node === undefined ? [] : [made(node)];
  });
  const empty = docComment === undefined ? [] : block.map(({ start, end }) => make.text(start + end));
  return [...(shebang === true ? [lineComment(interpreter)] : []), ...empty, ...nodes];
}

/** The parser of an opener, except where documentation begins; nothing if documentation always begins there. */
function openerOf(opener: string, docComment: string | undefined): Node | undefined {
  const text = make.text(opener);
  if (docComment === undefined || (!docComment.startsWith(opener) && !opener.startsWith(docComment))) return text;
  if (docComment.length <= opener.length) return undefined;
  const documents = make.text(docComment.slice(opener.length));
  return make.attempt(make.pick(0, text, make.notFollowedBy(documents)));
}

const notFirst: Refusal = /* @__PURE__ */ new Refusal({ message: "#! stands at the start of a text only" });

/** `#!` at offset 0, or at 1 after a byte order mark of three bytes that takes no column. */
const interpreter: Node = /* @__PURE__ */ make.attempt(
  /* @__PURE__ */ make.refine(
    /* @__PURE__ */ make.text("#!"),
    (value, site) => {
      if (site.start === 0) return value;
      if (site.start > 1) return notFirst;
      const { byteOffset, column } = site.position(1);
      return byteOffset === 3 && column === 1 ? value : notFirst;
    },
    false,
  ),
);

const names: readonly (keyof TriviaProfile)[] = ["line", "block", "shebang", "hashInline", "docComment", "space"];

function checkProfile(value: unknown): asserts value is TriviaProfile {
  checkOptions(value, names, 'a trivia profile is an object such as { line: ["//"], block: [] }');
  const { line, block, shebang, hashInline, docComment } = value as Record<keyof TriviaProfile, unknown>;
  if (!Array.isArray(line) || !line.every(isMark))
    throw wrong(`takes "line", the texts that line comments begin with, such as ["//"], or []`);
  if (!Array.isArray(block) || !block.every(isBlock))
    throw wrong(`takes "block", such as [{ start: "/*", end: "*/", nested: false }], or []`);
  for (const [name, flag] of Object.entries({ shebang, hashInline })) {
    if (flag !== undefined && typeof flag !== "boolean")
      throw wrong(`takes true or false for "${name}", got ${described(flag)}`);
  }
  if (docComment !== undefined && !isMark(docComment))
    throw wrong(`takes "docComment", the text that documentation begins with, got ${described(docComment)}`);
}

function wrong(what: string): TypeError {
  return new TypeError(`a trivia profile ${what}`);
}

function isMark(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isBlock(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { start, end, nested, ...others } = value as Record<string, unknown>;
  return (
    Object.keys(others).length === 0 &&
    isMark(start) &&
    isMark(end) &&
    (nested === undefined || typeof nested === "boolean")
  );
}
