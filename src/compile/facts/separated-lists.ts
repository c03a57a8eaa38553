// Lists with a separator between brackets: what a separator with nothing behind it is known by. Worked out only when a
// parse has failed between such brackets.

import type { Expectation } from "../../grammar/expectation.ts";
import { deref } from "../../grammar/lazies.ts";
import { childrenOf, type Node, wrapped } from "../../grammar/node.ts";
import type { Analysis } from "./analysis.ts";
import { expectedAt } from "./expected.ts";
import { fixedText, textsIn } from "./fixed-texts.ts";

/** A list whose separator is a fixed text. */
export interface SeparatedList {
  readonly separator: string;
  /** What comments after it may begin with, among other texts. */
  readonly comments: readonly string[];
  /** What is expected where an element begins. */
  readonly starts: readonly Expectation[];
}

/** Text on one line that is no space: where it begins is known from where it ends. */
const PLAIN = /^[!-~]+$/;
/** Parts of what stands between brackets that are looked through for lists. */
const MOST_PARTS = 100;

/** The lists that what stands between brackets may end with; not those whose elements have such a separator themselves. */
export function listsAtEnd(inside: Node, analysis: Analysis): readonly SeparatedList[] {
  const found: SeparatedList[] = [];
  const seen = new Set<Node>();
  const left: End[] = [{ node: inside, before: [] }];
  for (let next = left.pop(); next !== undefined && seen.size < MOST_PARTS; next = left.pop()) {
    const node = deref(next.node);
    const { before } = next;
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind !== "repeat") {
      left.push(...endsOf(node, before, analysis));
      continue;
    }
    const { sep, p } = node;
    const separator = sep && !node.trailing && node.min < 2 ? fixedText(sep) : undefined;
    if (sep === undefined || separator === undefined || !PLAIN.test(separator)) continue;
    if ([p, ...before].some((part) => reads(part, separator))) continue;
    const comments = [sep, ...leadingSpace(p, analysis)].flatMap(textsIn).filter((text) => text !== separator);
    found.push({ separator, comments, starts: expectedAt(p, analysis) });
  }
  return found;
}

/** Something that what stands between brackets may end with, and what may stand there before it. */
interface End {
  readonly node: Node;
  readonly before: readonly Node[];
}

/** What a parser may end with. */
function endsOf(node: Node, before: readonly Node[], analysis: Analysis): readonly End[] {
  const same = (inner: Node): End => ({ node: inner, before });
  if (node.kind === "choice") return node.items.map(same);
  if (node.kind === "seq") {
    const { items } = node;
    const last = items.findLastIndex((item) => item.kind === "repeat" || !isSpace(item, analysis));
    const item = items[last];
    return item === undefined ? [] : [{ node: item, before: [...before, ...items.slice(0, last)] }];
  }
  if (node.kind === "opt" || node.kind === "attempt" || node.kind === "cut") return [same(node.p)];
  const inner = wrapped(node);
  return inner === undefined ? [] : [same(inner)];
}

/** What a parser may pass over before its first token. */
function leadingSpace(parser: Node, analysis: Analysis): readonly Node[] {
  const found: Node[] = [];
  const seen = new Set<Node>();
  for (let node: Node | undefined = deref(parser); node !== undefined && !seen.has(node); ) {
    seen.add(node);
    const items: readonly Node[] = node.kind === "seq" ? node.items : [];
    const first = items.findIndex((item) => !analysis.of(item).nullable);
    found.push(...items.slice(0, Math.max(0, first)));
    const inner: Node | undefined = first < 0 ? wrapped(node) : items[first];
    node = inner && deref(inner);
  }
  return found;
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
