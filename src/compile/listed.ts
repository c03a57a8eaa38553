// Lists with a separator between brackets: what a separator with nothing behind it is known by. Worked out only when a
// parse has failed between such brackets.
import type { Expectation } from "../grammar/expectation.ts";
import { childrenOf, type Node, wrapped } from "../grammar/node.ts";
import { type Analysis, deref } from "./analysis.ts";
import { expectedAt } from "./expected.ts";

/** A list whose separator is a fixed text. */
export interface Listed {
  readonly separator: string;
  /** What is expected where an element begins. */
  readonly starts: readonly Expectation[];
}

/** Text on one line that is no space: where it begins is known from where it ends. */
const PLAIN = /^[!-~]+$/;
/** Parts of what stands between brackets that are looked through for lists. */
const MOST_PARTS = 100;

/** The lists that what stands between brackets may end with; not those whose elements have such a separator themselves. */
export function listsAtEnd(inside: Node, analysis: Analysis): readonly Listed[] {
  const found: Listed[] = [];
  const seen = new Set<Node>();
  const left = [inside];
  for (let next = left.pop(); next !== undefined && seen.size < MOST_PARTS; next = left.pop()) {
    const node = deref(next);
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "repeat") {
      const separator = node.sep && !node.trailing && node.min < 2 ? fixedText(node.sep) : undefined;
      if (separator !== undefined && PLAIN.test(separator) && !reads(node.p, separator)) {
        found.push({ separator, starts: expectedAt(node.p, analysis) });
      }
    } else left.push(...endsOf(node, analysis));
  }
  return found;
}

/** What a parser may end with. */
function endsOf(node: Node, analysis: Analysis): readonly Node[] {
  if (node.kind === "choice") return node.items;
  if (node.kind === "seq") {
    const last = node.items.findLastIndex((item) => item.kind === "repeat" || !isSpace(item, analysis));
    return node.items.slice(Math.max(0, last), last + 1);
  }
  if (node.kind === "opt" || node.kind === "attempt" || node.kind === "cut") return [node.p];
  const inner = wrapped(node);
  return inner === undefined ? [] : [inner];
}

/** Whether a parser always succeeds and need not read: as space does. */
function isSpace(node: Node, analysis: Analysis): boolean {
  const facts = analysis.of(node);
  return node.kind === "trivia" || (node.kind === "span" && facts.nullable && facts.sure);
}

/** Whether a parser may read a text, but in brackets of its own. */
function reads(root: Node, text: string): boolean {
  const seen = new Set<Node>();
  const left = [root];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const node = deref(next);
    if (seen.has(node) || node.kind === "between") continue;
    seen.add(node);
    if (node.kind === "andThen" || (node.kind === "text" && node.text.includes(text))) return true;
    if (node.kind === "recover") left.push(node.p);
    else if (node.kind !== "lookahead" && node.kind !== "notFollowedBy") left.push(...childrenOf(node));
  }
  return false;
}

/** The text of a parser that reads fixed text and perhaps space after it. */
export function fixedText(parser: Node): string | undefined {
  const seen = new Set<Node>();
  for (let node = deref(parser); !seen.has(node); ) {
    seen.add(node);
    if (node.kind === "text") return node.text;
    const inner = node.kind === "seq" ? node.items[0] : "p" in node ? node.p : undefined;
    if (inner === undefined || node.kind === "repeat" || node.kind === "rule") return undefined;
    node = deref(inner);
  }
  return undefined;
}
