// What is known about an operator's parser without running it: which fixed texts it reads.
import * as make from "../grammar/make.ts";
import { childrenOf, type Node, type NodeOf } from "../grammar/node.ts";

/** A class with more characters than this is not a list of operators. */
const MOST_SIGNS = 32;
const ASCII = 128;

/** The alternatives of an operator's parser, as far as splitting it only changes the order in which operators are tried. */
export function alternativesOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "choice":
      return node.items.flatMap(alternativesOf);
    case "set":
      return signsOf(node);
    case "map":
    case "as":
    case "skip":
    case "doc":
    case "label":
      return alternativesOf(node.p).map((p) => ({ ...node, p }));
    case "seq": {
      const [first, ...rest] = node.items;
      return first === undefined ? [node] : alternativesOf(first).map((head) => ({ ...node, items: [head, ...rest] }));
    }
    default:
      return [node];
  }
}

/** The characters of a small class, each as a fixed text. */
function signsOf(node: NodeOf<"set">): readonly Node[] {
  if (node.set.reachesBeyond(ASCII - 1)) return [node];
  const signs: Node[] = [];
  for (let code = 0; code < ASCII; code++) if (node.set.has(code)) signs.push(make.text(String.fromCharCode(code)));
  return signs.length === 0 || signs.length > MOST_SIGNS ? [node] : signs;
}

/** The text that a parser reads if it succeeds, ignoring space around it; undefined if it is not a single text. */
export function fixedText(node: Node): string | undefined {
  const text = textIn(node)?.trim();
  return text === "" ? undefined : text;
}

function textIn(node: Node): string | undefined {
  switch (node.kind) {
    case "text":
      return node.text;
    case "trivia":
    case "space":
      return " ";
    case "ok":
    case "fail":
    case "eof":
    case "cutHere":
    case "position":
    case "lookahead":
    case "notFollowedBy":
      return "";
    case "choice":
      // such as the check at the end of a keyword, which reads nothing
      return node.items.every((item) => textIn(item) === "") ? "" : undefined;
    case "seq": {
      const texts = node.items.map(textIn);
      return texts.includes(undefined) ? undefined : texts.join("");
    }
    case "lazy":
    case "repeat":
    case "opt":
    case "andThen":
    case "between":
    case "fold":
    case "times":
    case "sized":
    case "decode":
      return undefined;
    default: {
      const [only] = childrenOf(node);
      return only === undefined ? undefined : textIn(only);
    }
  }
}

/** A parser without the space that it reads at its end, and that space. */
interface Bare {
  readonly core: Node;
  readonly space: readonly Node[];
}

/** Separates an operator from the space after it, which is not part of the operator's place. */
export function bare(node: Node): Bare {
  if (node.kind === "map" || node.kind === "as" || node.kind === "doc") {
    const { core, space } = bare(node.p);
    return { core: { ...node, p: core }, space };
  }
  if (node.kind !== "seq" || node.tuple) return { core: node, space: [] };
  const last = node.items.findLastIndex((item) => item.kind !== "trivia");
  const [first] = node.items;
  const space = node.items.slice(last + 1);
  if (first === undefined || !node.keep.every((kept) => kept <= last)) return { core: node, space: [] };
  if (last > 0) return { core: { ...node, items: node.items.slice(0, last + 1) }, space };
  const inner = node.keep.length === 1 ? bare(first) : { core: { ...node, items: [first] }, space: [] };
  return { core: inner.core, space: [...inner.space, ...space] };
}
