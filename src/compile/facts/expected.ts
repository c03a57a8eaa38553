// What a node expects where it begins, computed from the grammar alone: for instructions that stand for many parsers.
import type { Expectation } from "../../grammar/expectation.ts";
import { asked } from "../../grammar/lazies.ts";
import type { LazyNode, Node } from "../../grammar/node.ts";
import { Analysis } from "./analysis.ts";

/** How many parsers are looked at: the start of a grammar may have no end. */
const MOST_ASKED = 64;

/**
 * What is recorded when none of a node's first parsers finds its character. A `lazy` there that was never entered is resolved:
 * only a report needs this, and a report does not depend on what ran before.
 */
export function expectedAt(root: Node, lowered: Analysis): Expectation[] {
  const own = ownExpectation(root);
  if (own !== undefined) return [own];
  let analysis = lowered;
  for (let i = 0; ; i++) {
    const found: Expectation[] = [];
    const unknown = visitStarts(root, analysis, (expectation) => {
      found.push(expectation);
      return true;
    });
    if (unknown === undefined || i === MOST_ASKED) return found;
    asked(unknown);
    analysis = new Analysis(root);
  }
}

/** The rules that all of these lie in, innermost first; what is inside a label is reported as the label. */
export function rulesAt(root: Node, analysis: Analysis): readonly string[] {
  const rules: string[] = [];
  const seen = new Set<Node>();
  for (let node: Node | undefined = root; node !== undefined && !seen.has(node); ) {
    seen.add(node);
    if (node.kind === "rule") rules.unshift(node.name);
    if (node.kind !== "label" && ownExpectation(node) !== undefined) break;
    const telling: Node[] = [];
    for (const start of node.kind === "label" ? [node.p] : tellingStarts(node, analysis)) {
      if (telling.length < 2 && mayReport(start, analysis)) telling.push(start);
    }
    node = telling.length === 1 ? telling[0] : undefined;
  }
  return rules;
}

/** Whether a node expects anything at its start: trivia reports nothing. */
export function mayReport(node: Node, analysis: Analysis): boolean {
  let found = false;
  visitStarts(node, analysis, () => {
    found = true;
    return false;
  });
  return found;
}

/**
 * Shows what a node expects at its start, one by one.
 *
 * @param show returns whether it wants more.
 * @returns the first `lazy` that is not known to the analysis.
 */
function visitStarts(
  root: Node,
  analysis: Analysis,
  show: (expectation: Expectation) => boolean,
): LazyNode | undefined {
  let unknown: LazyNode | undefined;
  const seen = new Set<Node>();
  const left: Node[] = [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    // a leaf that may be empty does not fail here
    if (node.kind === "leaf" && analysis.of(node).nullable) continue;
    const own = ownExpectation(node);
    if (own !== undefined) {
      if (!show(own)) break;
      continue;
    }
    if (node.kind === "lazy" && analysis.partsOf(node).length === 0) unknown ??= node;
    for (const start of [...tellingStarts(node, analysis)].reverse()) left.push(start);
  }
  return unknown;
}

/** The parsers at a node's start whose failures are recorded there. */
function tellingStarts(node: Node, analysis: Analysis): readonly Node[] {
  if (node.kind === "trivia" || node.kind === "notFollowedBy") return [];
  // what runs where `decode` throws fails later
  if (node.kind === "decode") return [node.p];
  if (node.kind !== "choice") return analysis.startsOf(node);
  const last = node.items.findIndex((item) => analysis.of(item).nullable);
  return last < 0 ? node.items : node.items.slice(0, last + 1);
}

/** What a node records when it fails at its own start, if it is one that records. */
export function ownExpectation(node: Node): Expectation | undefined {
  if ("expectedAs" in node && node.expectedAs !== undefined) return { kind: "rule", text: node.expectedAs };
  switch (node.kind) {
    case "text":
    case "until":
      return { kind: "token", text: node.text };
    case "bytes":
      return { kind: "token", text: node.bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ") };
    case "set":
      return { kind: "class", text: node.set.description };
    case "span":
      return node.min === 1 ? { kind: "class", text: node.set.description } : undefined;
    case "longest":
      return node.dfa.nullable ? undefined : { kind: "custom", text: node.dfa.description };
    case "take":
      return { kind: "custom", text: bytesSaid(node.length) };
    case "read":
      return { kind: "custom", text: node.format.name };
    case "primitive":
      return { kind: "custom", text: node.leaf.name };
    case "eof":
      return { kind: "eof" };
    case "label":
      return { kind: "rule", text: node.name };
    case "leaf":
      return { kind: node.class, text: node.expected };
    case "fail":
      return node.message === undefined ? undefined : { kind: "custom", text: node.message };
    default:
      return undefined;
  }
}

/** So many bytes, in words. */
export function bytesSaid(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

/** How the refusal of `notFollowedBy` names what it found. */
export function forbidden(node: Node, analysis: Analysis): Expectation {
  const names = expectedAt(node, analysis).map(refused);
  return { kind: "not", text: names.slice(0, 3).join(" or ") || "what follows" };
}

/** Plain as it is written; with quotes and escapes what could not be seen, as a line end or a space. */
function refused(expectation: Expectation): string {
  if (expectation.kind === "eof") return "end of input";
  const { kind, text } = expectation;
  if (kind === "class" && /^\^?satisfies /.test(text))
    return `what ${text.replace(/^\^satisfies/, "does not satisfy")}`;
  return UNSEEN.test(text) || text.trim() !== text ? JSON.stringify(text) : text;
}

/** By ranges: it need not be all that is invisible, only what texts of grammars hold. */
const UNSEEN = /[\0-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
