// Which kind of input a grammar is for. Parsers of bytes give wrong values over text. In binary the characters are the bytes
// (semantics, rule 38): parsers of characters read them, but for those that could meet a character that is no byte.
import type { Node } from "../../grammar/node.ts";
import { ownExpectation } from "./expected.ts";
import { askAll, partsOf, reachable, type Unit } from "./unit.ts";

/** Parsers as a diagnostic calls them; what is asked only of bytes is worked out then. */
export class Reads {
  /** One that can only read bytes. */
  readonly bytes: string | undefined;
  readonly #root: Node;
  readonly #unit: Unit;
  #known: { readonly text: string | undefined; readonly sliced: string | undefined } | undefined;

  /** @param unit what the program holds; what it links to is looked at when that is entered. */
  constructor(root: Node, unit: Unit) {
    const bytes = unit.nodes.find(isOfBytes);
    this.bytes = bytes && nameOf(bytes);
    this.#root = root;
    this.#unit = unit;
  }

  /** One that could meet a character that is no byte, or asks for the place in a line. */
  get text(): string | undefined {
    return this.#look().text;
  }

  /** One of bytes in a `slice`. */
  get sliced(): string | undefined {
    return this.#look().sliced;
  }

  #look(): { readonly text: string | undefined; readonly sliced: string | undefined } {
    this.#known ??= { text: namedText(this.#root, this.#unit), sliced: slicedIn(this.#unit.nodes) };
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

/** Whether it could meet a character that is no byte, or asks for the place in a line. */
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
    case "position":
      return node.inLine !== undefined;
    default:
      return false;
  }
}

/** A parser of text by its name, that of the leaf it stands in if it is in one. What only must not follow gives no text. */
function namedText(root: Node, { links }: Unit): string | undefined {
  const left: { readonly node: Node; readonly leaf: Node | undefined }[] = [{ node: root, leaf: undefined }];
  const seen = new Set<Node>();
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, leaf } = next;
    if (seen.has(node) || node.kind === "notFollowedBy") continue;
    seen.add(node);
    if (isOfText(node)) return nameOf(leaf ?? node);
    const inner = node.kind === "leaf" ? node : leaf;
    const parts = links.has(node) ? [] : partsOf(node);
    for (const child of [...parts].reverse()) left.push({ node: child, leaf: inner });
  }
  return undefined;
}

/** What a `lazy` in a `slice` stands for is asked for: a text of it would be wrong from the first. */
function slicedIn(nodes: readonly Node[]): string | undefined {
  for (const node of nodes) {
    if (node.kind !== "slice" || node.bytes === true) continue;
    askAll(node.p);
    const inside = reachable(node.p).find(isOfBytes);
    if (inside !== undefined) return nameOf(inside);
  }
  return undefined;
}

function nameOf(node: Node): string {
  if (node.kind === "takeCount") return "as many as a length says";
  if (node.kind === "slice") return "sliceBytes";
  if (node.kind === "set" || node.kind === "span") return `characters of [${node.set.description}]`;
  if (node.kind === "longest") return node.dfa.description;
  if (node.kind === "position") return node.inLine ?? node.kind;
  const own = ownExpectation(node);
  if (own === undefined || own.kind === "eof") return node.kind;
  return own.kind === "token" ? JSON.stringify(own.text) : own.text;
}
