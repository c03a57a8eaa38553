// Which kind of input a grammar is for. Parsers of bytes give wrong values over text. In binary the characters are the bytes
// (semantics, rule 38): parsers of characters read them, but for those that could meet a character that is no byte.
import { childrenOf, type Node } from "../grammar/node.ts";
import { deref, reachable } from "./analysis.ts";
import { ownExpectation } from "./expected.ts";

/** Parsers as a diagnostic calls them; what is asked only of bytes is worked out then. */
export class Reads {
  /** One that can only read bytes. */
  readonly bytes: string | undefined;
  readonly #root: Node;
  #known: { readonly text: string | undefined; readonly sliced: string | undefined } | undefined;

  constructor(root: Node, nodes: readonly Node[]) {
    const bytes = nodes.find(isOfBytes);
    this.bytes = bytes && nameOf(bytes);
    this.#root = root;
  }

  /** One that could meet a character that is no byte. */
  get text(): string | undefined {
    return this.#look().text;
  }

  /** One of bytes in a `slice`. */
  get sliced(): string | undefined {
    return this.#look().sliced;
  }

  #look(): { readonly text: string | undefined; readonly sliced: string | undefined } {
    this.#known ??= { text: namedText(this.#root), sliced: this.bytes && slicedIn(reachable(this.#root)) };
    return this.#known;
  }
}

function isOfBytes(node: Node): boolean {
  switch (node.kind) {
    case "bytes":
    case "take":
    case "takeCount":
    case "read":
      return true;
    case "slice":
      return node.bytes === true;
    default:
      return false;
  }
}

/** Whether it could meet a character that is no byte. */
function isOfText(node: Node): boolean {
  switch (node.kind) {
    case "set":
    case "span":
      return !node.set.fitsBytes();
    case "longest":
      return !node.dfa.fitsBytes;
    case "text":
    case "until":
      return [...node.text].some((char) => char > "\xff");
    case "primitive":
      return node.leaf.textOnly === true;
    default:
      return false;
  }
}

/** A parser of text by its name, that of the leaf it stands in if it is in one. What only must not follow gives no text. */
function namedText(root: Node): string | undefined {
  const left: { readonly node: Node; readonly leaf: Node | undefined }[] = [{ node: root, leaf: undefined }];
  const seen = new Set<Node>();
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, leaf } = next;
    if (seen.has(node) || node.kind === "notFollowedBy") continue;
    seen.add(node);
    if (isOfText(node)) return nameOf(leaf ?? node);
    const inner = node.kind === "leaf" ? node : leaf;
    for (const child of [...partsOf(node)].reverse()) left.push({ node: child, leaf: inner });
  }
  return undefined;
}

function partsOf(node: Node): readonly Node[] {
  return node.kind === "lazy" ? [deref(node)] : childrenOf(node);
}

function slicedIn(nodes: readonly Node[]): string | undefined {
  for (const node of nodes) {
    const inside = node.kind === "slice" && node.bytes !== true ? reachable(node.p).find(isOfBytes) : undefined;
    if (inside !== undefined) return nameOf(inside);
  }
  return undefined;
}

function nameOf(node: Node): string {
  if (node.kind === "takeCount") return "as many as a length says";
  if (node.kind === "slice") return "sliceBytes";
  if (node.kind === "set" || node.kind === "span") return `characters of [${node.set.description}]`;
  if (node.kind === "longest") return node.dfa.description;
  const own = ownExpectation(node);
  if (own === undefined || own.kind === "eof") return node.kind;
  return own.kind === "token" ? JSON.stringify(own.text) : own.text;
}
