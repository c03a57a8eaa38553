// The offside rule: blocks that are defined by the indentation of their lines.
//
//     if a:⏎          "indent" reads the line end and the blanks of a deeper line, and opens a block
//         b⏎          "newline" reads the same before a line of the same depth
//         if c:⏎
//             d⏎
//     e               "dedent" reads nothing: here it comes twice before this line, once for each block that ends, and then
//                     "newline" reads the line end
//
// The open blocks are the state of the run (`Site.become`): it is undone if its branch fails, and kept by continuations.
import { changeState, enterState, leaveState, partOf } from "../../grammar/combinators/state.ts";
import * as make from "../../grammar/make.ts";
import type { Node, Refiner } from "../../grammar/node.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { type ProblemNote, Refusal, type Site } from "../../grammar/problem.ts";
import { described } from "../../misuse/described.ts";
import { checkOptions } from "../../misuse/options.ts";
import { charSet, type Span } from "../../text/index.ts";
import { spaceInForce } from "../tokens/space.ts";
import { renamed } from "./layout-names.ts";

/** The names of layout tokens in errors, and whether tabs and spaces may be mixed. */
export interface LayoutProfile {
  readonly indent?: string | undefined;
  readonly dedent?: string | undefined;
  readonly newline?: string | undefined;
  readonly allowMixedTabs?: boolean | undefined;
}

/** The tokens between lines inside `layout`. */
export type LayoutToken = "indent" | "dedent" | "newline";

/** An open block: the blanks that its lines begin with, and the start of its first line. */
interface Block {
  readonly blanks: string;
  readonly at: Span;
  readonly outer: Block | undefined;
}

/** The state of a run inside `layout`. */
class Layout {
  readonly block: Block;
  readonly mixedTabs: boolean;

  constructor(block: Block, mixedTabs: boolean) {
    this.block = block;
    this.mixedTabs = mixedTabs;
  }

  in(block: Block): Layout {
    return new Layout(block, this.mixedTabs);
  }
}

/** The key of that state. */
const LAYOUT: object = Layout;

/** The next line that is not blank. */
interface NextLine {
  readonly blanks: string;
  /** The offsets of its first unit and of the first unit after the blanks. */
  readonly start: number;
  readonly end: number;
}

const TAB_STOP = 8;

function blankSet(): Node {
  return make.trivia(make.skip(make.span(charSet("\\t\\p{Zs}"), 0)));
}

/** The space in force and line ends, as text, and whether the input ends there. Bytes have no lines. */
function upToNextLine(): Node {
  const space = nodeOf(spaceInForce);
  const lineEnd = make.span(charSet("\\n\\r"), 1);
  const read = make.seq([space, make.repeat(make.seq([lineEnd, space]), {})]);
  const end = make.choice([make.as(make.trivia({ kind: "eof" }), true), make.ok(false)]);
  return make.tuple([1, 2], make.placeInLine("layout"), make.slice(make.trivia(read)), end);
}

type Found = readonly [text: string, atEnd: boolean];

/** The line after a text that begins at `from`; nothing if there is no line end in the text. */
function lineAfter(text: string, from: number): NextLine | undefined {
  const start = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
  if (start === 0) return undefined;
  const blanks = blanksAt(text, start);
  return { blanks, start: from + start, end: from + start + blanks.length };
}

function blanksAt(text: string, start: number): string {
  return /^[\t\p{Zs}]*/u.exec(text.slice(start))?.[0] ?? "";
}

type Depth = "same" | "deeper" | "less" | "unclear";

/** How deep a line is that begins with `blanks`, compared with one that begins with `others`. */
function compared(blanks: string, others: string, mixedTabs: boolean): Depth {
  if (mixedTabs) {
    const [width, other] = [columnsOf(blanks), columnsOf(others)];
    return width === other ? "same" : width > other ? "deeper" : "less";
  }
  if (blanks === others) return "same";
  if (blanks.startsWith(others)) return "deeper";
  return others.startsWith(blanks) ? "less" : "unclear";
}

function columnsOf(blanks: string): number {
  let columns = 0;
  for (const blank of blanks) columns = blank === "\t" ? columns + TAB_STOP - (columns % TAB_STOP) : columns + 1;
  return columns;
}

function layoutOf(site: Site, token: LayoutToken): Layout {
  const part = partOf(site, LAYOUT);
  if (part !== undefined) return part.value as Layout;
  throw new TypeError(`layoutToken("${token}") was run outside of layout(…); put the parser that uses it into one`);
}

function misplaced(line: NextLine, site: Site, layout: Layout, message: string, key: string): Refusal {
  const notes: ProblemNote[] = [];
  for (let at: Block | undefined = layout.block; at !== undefined && notes.length < MOST_NOTES; at = at.outer) {
    const column = String(at.at.start.column);
    const words = `an open block begins here, at column ${column}`;
    notes.push({ span: at.at, message: words, messageKey: "E7301.block", args: [column] });
  }
  return new Refusal({ code: "E7301", message, messageKey: key, args: [], at: site.span(line.start, line.end), notes });
}

const MOST_NOTES = 4;

function mixed(line: NextLine, site: Site, block: Block): Refusal {
  return new Refusal({
    code: "E7302",
    message: "tabs and spaces are mixed, so that this line can't be compared with its block",
    messageKey: "E7302",
    args: [],
    at: site.span(line.start, line.end),
    notes: [{ span: block.at, message: "the block begins here, with other white space", messageKey: "E7302.block" }],
  });
}

const refineIndent: Refiner = (found, site) => {
  const [text, atEnd] = found as Found;
  const layout = layoutOf(site, "indent");
  const line = lineAfter(text, site.start);
  if (line === undefined || atEnd) return new Refusal();
  const depth = compared(line.blanks, layout.block.blanks, layout.mixedTabs);
  if (depth === "unclear") return mixed(line, site, layout.block);
  if (depth !== "deeper") return new Refusal();
  const block = { blanks: line.blanks, at: site.span(line.end, line.end), outer: layout.block };
  changeState(site, LAYOUT, layout.in(block));
  return undefined;
};

const refineNewline: Refiner = (found, site) => {
  const [text, atEnd] = found as Found;
  const layout = layoutOf(site, "newline");
  const line = lineAfter(text, site.start);
  if (line === undefined || atEnd) return new Refusal();
  const depth = compared(line.blanks, layout.block.blanks, layout.mixedTabs);
  if (depth === "unclear") return mixed(line, site, layout.block);
  if (depth === "deeper")
    return misplaced(line, site, layout, "this line is indented deeper than its block", "E7301.deeper");
  return depth === "same" ? undefined : new Refusal();
};

const refineDedent: Refiner = (found, site) => {
  const [text, atEnd] = found as Found;
  const layout = layoutOf(site, "dedent");
  const { block, mixedTabs } = layout;
  const line = lineAfter(text, site.start);
  if (block.outer === undefined || (line === undefined && !atEnd)) return new Refusal();
  if (line !== undefined && !atEnd) {
    const depth = compared(line.blanks, block.blanks, mixedTabs);
    if (depth === "unclear") return mixed(line, site, block);
    if (depth !== "less") return new Refusal();
    const fit = fits(line.blanks, block.outer, mixedTabs);
    if (fit !== undefined)
      return fit === "unfit" ? misplaced(line, site, layout, UNFIT, "E7301") : mixed(line, site, fit);
  }
  changeState(site, LAYOUT, layout.in(block.outer));
  return undefined;
};

const UNFIT = "the indentation of this line matches no open block";

/**
 * The error for a line that is less deep than the innermost block, unless it is as deep as an outer block or less deep
 * than all.
 */
function fits(blanks: string, around: Block, mixedTabs: boolean): Block | "unfit" | undefined {
  for (let at: Block | undefined = around; at !== undefined; at = at.outer) {
    const depth = compared(blanks, at.blanks, mixedTabs);
    if (depth === "same") return undefined;
    if (depth === "deeper") return "unfit";
    if (depth === "unclear") return at;
  }
  return undefined;
}

const tokens: Readonly<Record<LayoutToken, () => Node>> = {
  indent: () => make.refine(upToNextLine(), refineIndent),
  newline: () => make.refine(upToNextLine(), refineNewline),
  dedent: () => make.refine(make.lookahead(upToNextLine()), refineDedent),
};

const nodes: Partial<Record<LayoutToken, Node>> = {};

/** There is one node for each token. */
function tokenNode(name: LayoutToken): Node {
  let node = nodes[name];
  if (node === undefined) {
    node = make.leaf(name, "rule", tokens[name]());
    nodes[name] = node;
  }
  return node;
}

/**
 * A token between lines, for parsers inside `layout`; it fails empty if it is not the right one.
 *
 * - `"indent"`: the next line that is not blank is deeper than the block. Reads up to it and opens a block with its
 *   depth.
 * - `"newline"`: the next line is as deep as the block. Reads up to it.
 * - `"dedent"`: the next line is less deep, or the input ends. Reads nothing and closes the block: one token for each
 *   block.
 *
 * Lines that contain only the space in force are blank; so if that space includes comments, lines of comments are
 * skipped.
 *
 * @param name which token.
 * @throws TypeError if it is none of these; while running, if it is not inside a `layout`.
 *
 * @example
 * ```ts
 * import { between, run, sepBy1, unwrap } from "sluice";
 * import { identifier, layout, layoutToken, string } from "sluice/lex";
 * const lines = sepBy1(identifier, layoutToken("newline")).between(layoutToken("indent"), layoutToken("dedent"));
 * unwrap(run(layout(string("do:").skipL(lines)), "do:\n  a\n\n  b\n")); // => ["a", "b"]
 * ```
 */
export function layoutToken(name: LayoutToken): Parser<undefined> {
  if (typeof name !== "string" || !Object.hasOwn(tokens, name)) {
    throw new TypeError(`layoutToken takes "indent", "dedent" or "newline", got ${described(name)}`);
  }
  return Parser.of(tokenNode(name));
}

/**
 * Opens the outermost block, at the first line that is not blank; if something stands before it on that line, at its
 * column.
 */
function enter(mixedTabs: boolean): Node {
  const judge: Refiner = (found, site) => {
    const [text] = found as Found;
    const from = site.position(site.start);
    const line = lineAfter(text, site.start);
    const whole = blanksAt(text, 0);
    const blanks = line?.blanks ?? (from.column === 1 ? whole : " ".repeat(from.column - 1) + whole);
    const begin = line?.end ?? site.start + whole.length;
    enterState(site, LAYOUT, new Layout({ blanks, at: site.span(begin, begin), outer: undefined }, mixedTabs));
    return undefined;
  };
  return make.refine(upToNextLine(), judge);
}

/** The blank text up to the end of the input, if nothing else follows. */
function leave(): Node {
  const rest = make.trivia(make.opt(make.attempt(make.seq([upToNextLine(), { kind: "eof" }])), undefined));
  return make.refine(rest, (_, site) => {
    leaveState(site, LAYOUT);
    return undefined;
  });
}

/**
 * `p` under the offside rule: in it, `layoutToken` recognises by indentation where blocks begin and end.
 *
 * The outermost block is as deep as the first line that is not blank; if something stands before the `layout` on that
 * line, as deep as that place. Blank lines before the first line are read, and so are those at the end of the input.
 *
 * A line that is deeper than its block where no block may begin, or that is less deep but not as deep as any open
 * block, is `E7301`, with the places of the blocks. Indentation is compared as text: of two lines, one must begin with
 * all the blanks of the other. If tabs and spaces are mixed so that neither does, it is `E7302`; with `allowMixedTabs`
 * a tab goes to the next column that is a multiple of 8 instead.
 *
 * Inside, line ends are not space: the space in force is blanks, unless `withSpace` says otherwise. Give it a space
 * that stops at line ends; where lines don't matter, as between brackets, `withSpace(spaces0)`.
 *
 * Bytes have no lines: with `input: "binary"` it is refused, and so is `layoutToken`.
 *
 * @param profile `indent`, `dedent`, `newline`: names of the tokens in errors, if different; `allowMixedTabs`.
 * @throws TypeError if `p` is not a parser, or the profile is wrong.
 *
 * @example
 * ```ts
 * import { lazy, type Parser, run, sepBy1, seq, unwrap } from "sluice";
 * import { identifier, layout, layoutToken } from "sluice/lex";
 * const [open, line, close] = [layoutToken("indent"), layoutToken("newline"), layoutToken("dedent")];
 * const tree: Parser<unknown> = lazy(() => seq(identifier, sepBy1(tree, line).between(open, close).opt([])));
 * unwrap(run(layout(tree), "a\n  b\n  c\n    d\n")); // => ["a", [["b", []], ["c", [["d", []]]]]]
 * ```
 */
export function layout<T, E>(p: Parser<T, E>, profile: LayoutProfile = {}): Parser<T, E> {
  const inner = nodeOf(p);
  const known = ["indent", "dedent", "newline", "allowMixedTabs"];
  checkOptions(profile, known, "layout takes its profile as an object, such as layout(p, { allowMixedTabs: true })");
  const { allowMixedTabs = false } = profile;
  if (typeof allowMixedTabs !== "boolean") throw new TypeError("layout takes allowMixedTabs as a boolean");
  const names = new Map<Node, Node>();
  for (const token of ["indent", "dedent", "newline"] as const) {
    const name = profile[token] ?? token;
    if (typeof name !== "string" || name === "")
      throw new TypeError(`layout takes ${token} as a name, not an empty one`);
    if (name !== token) names.set(tokenNode(token), make.leaf(name, "rule", tokens[token]()));
  }
  const named = names.size === 0 ? inner : renamed(inner, names);
  const space = make.space(blankSet(), blankSet);
  return Parser.of(make.withSpace(make.pick(1, enter(allowMixedTabs), named, leave()), space));
}
