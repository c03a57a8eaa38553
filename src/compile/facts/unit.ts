// How much of a grammar is compiled as one program. What lies beyond is linked to: it has a program of its own.
import { asked, deref } from "../../grammar/lazies.ts";
import { childrenOf, isKnown, type LazyNode, type Node } from "../../grammar/node.ts";

export interface Unit {
  /** Its nodes, children before their parents where there is no cycle, including the nodes that are linked to. */
  readonly nodes: readonly Node[];
  /** The nodes that are linked to: each `lazy` that is not known, and others by choice. */
  readonly links: Set<Node>;
}

export interface Extent {
  /** Once it has so many nodes, no further `lazy` is followed. */
  readonly most?: number;
  /** Whether a node that is no `lazy` is linked to. */
  isApart?(node: Node): boolean;
}

/** All that is known of the grammar at `root`, or the part of it that is nearest to the root. */
export function unitOf(root: Node, { most = Number.POSITIVE_INFINITY, isApart = () => false }: Extent = {}): Unit {
  const links = new Set<Node>();
  const apart = (node: Node): boolean => node !== root && node.kind !== "lazy" && isApart(node);
  const followed = nearest(root, most, apart);
  const parts = (node: Node): readonly Node[] => {
    if (node.kind === "lazy" ? followed.has(node) : !apart(node)) return partsOf(node);
    links.add(node);
    return [];
  };
  return { nodes: below(root, parts), links };
}

/** The direct parts of a parser; of a `lazy` what it stands for. */
export function partsOf(node: Node): readonly Node[] {
  return node.kind === "lazy" ? [deref(node)] : childrenOf(node);
}

/** All that can be reached from `root` without resolving a `lazy`, children before their parents where there is no cycle. */
export function reachable(root: Node): readonly Node[] {
  return unitOf(root).nodes;
}

/** All nodes from `root` downwards, each once. */
export function below(root: Node, parts: (node: Node) => readonly Node[]): Node[] {
  const seen = new Set<Node>([root]);
  const order: Node[] = [];
  const path: { readonly node: Node; next: number; readonly parts: readonly Node[] }[] = [];
  path.push({ node: root, next: 0, parts: parts(root) });
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const part = top.parts[top.next++];
    if (part === undefined) {
      order.push(top.node);
      path.pop();
    } else if (!seen.has(part)) {
      seen.add(part);
      path.push({ node: part, next: 0, parts: parts(part) });
    }
  }
  return order;
}

/** Each `lazy` that is known and followed: nearer ones first, until there are enough nodes. */
function nearest(root: Node, most: number, apart: (node: Node) => boolean): ReadonlySet<LazyNode> {
  const followed = new Set<LazyNode>();
  const seen = new Set<Node>();
  const roots: Node[] = [root];
  for (let next = 0; next < roots.length; next++) {
    const left = [roots[next] as Node];
    for (let node = left.pop(); node !== undefined; node = left.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (node.kind === "lazy") {
        if (!isKnown(node)) continue;
        const body = deref(node);
        if (seen.size > most && next > 0 && !seen.has(body)) continue;
        followed.add(node);
        roots.push(body);
      } else if (!apart(node)) for (const part of childrenOf(node)) left.push(part);
    }
  }
  return followed;
}

/** A grammar that makes new parsers each time has no end: at most so many are resolved. */
const MOST_ASKED = 5000;

/** Resolves each `lazy` in a parser, nearer ones first, up to a limit; returns whether all are known. */
export function askAll(root: Node, parts: (node: Node) => readonly Node[] = childrenOf): boolean {
  const seen = new Set<Node>();
  const roots: Node[] = [root];
  let left = MOST_ASKED;
  for (let next = 0; next < roots.length; next++) {
    const path = [roots[next] as Node];
    for (let node = path.pop(); node !== undefined; node = path.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (node.kind !== "lazy") {
        for (const part of parts(node)) path.push(part);
      } else if (isKnown(node) || left-- > 0) roots.push(asked(node));
      else return false;
    }
  }
  return true;
}
