// The grammar as a graph: its parsers in the order in which one reads them, and what reaches what.
import { deref } from "../../grammar/lazies.ts";
import { childrenOf, type Node } from "../../grammar/node.ts";

/** A parser of the grammar, and the innermost rule that it was first found in. */
export interface GraphEntry {
  readonly node: Node;
  readonly rule: string | undefined;
}

/** What a parser is directly made of; a space and what it may be are parts too. */
export function partsOf(node: Node): readonly Node[] {
  if (node.kind === "lazy") return [deref(node)];
  if (node.kind === "space") return [node.fallback];
  return node.kind === "withSpace" ? [node.p, node.space] : childrenOf(node);
}

/** Every parser of a grammar once, each before its parts. */
export function entriesOf(root: Node): GraphEntry[] {
  const places: GraphEntry[] = [];
  const seen = new Set<Node>();
  const left: GraphEntry[] = [{ node: root, rule: undefined }];
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    const { node } = place;
    if (seen.has(node)) continue;
    seen.add(node);
    places.push(place);
    const rule = node.kind === "rule" ? node.name : place.rule;
    const parts = partsOf(node);
    for (let i = parts.length - 1; i >= 0; i--) left.push({ node: parts[i] as Node, rule });
  }
  return places;
}

/** The parsers that have one of `goals` somewhere in them, where only `through` leads from a parser to what is in it. */
export function havingInside(
  nodes: readonly Node[],
  goals: Iterable<Node>,
  through: (node: Node) => readonly Node[],
): ReadonlySet<Node> {
  const users = new Map<Node, Node[]>();
  for (const node of nodes) {
    for (const part of through(node)) {
      const known = users.get(part);
      if (known === undefined) users.set(part, [node]);
      else known.push(node);
    }
  }
  const found = new Set<Node>();
  const left = [...goals];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    for (const user of users.get(node) ?? []) {
      if (found.has(user)) continue;
      found.add(user);
      left.push(user);
    }
  }
  return found;
}
