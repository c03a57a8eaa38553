// A parser as one would write it, in few words, for messages.
import { deref } from "../../grammar/lazies.ts";
import type { Node } from "../../grammar/node.ts";

const DEEPEST = 3;
const MOST_PARTS = 3;

/**
 * Names stand for what they name; what lies deep is left out.
 *
 * @param self what is called "itself" where it stands in its own parts.
 */
export function shown(parser: Node, depth = 0, self?: Node): string {
  const node = bare(parser);
  if (node === self && depth > 0) return "itself";
  const one = (p: Node): string => (depth >= DEEPEST && bare(p) !== self ? "…" : shown(p, depth + 1, self));
  const list = (nodes: readonly Node[]): string =>
    [...nodes.slice(0, MOST_PARTS).map(one), ...(nodes.length > MOST_PARTS ? ["…"] : [])].join(", ");
  switch (node.kind) {
    case "text":
      return JSON.stringify(node.text.length > 20 ? `${node.text.slice(0, 20)}…` : node.text);
    case "set":
      return `[${node.set.description}]`;
    case "span":
      return `takeWhile${node.min === 1 ? "1" : ""}([${node.set.description}])`;
    case "longest":
      return `regex(${node.dfa.description})`;
    case "until":
      return `takeUntil(${JSON.stringify(node.text)})`;
    case "primitive":
      return node.leaf.name;
    case "leaf":
      return node.class === "rule" ? node.expected : JSON.stringify(node.expected);
    case "rule":
    case "label":
      return node.name;
    case "seq": {
      const items = node.items.filter((item) => item.kind !== "trivia");
      const [only] = items;
      return only !== undefined && items.length === 1 ? one(only) : `seq(${list(items)})`;
    }
    case "choice":
      return `choice([${list(node.items)}])`;
    case "repeat":
      return repetition(node, one);
    case "times":
      return `lengthCount(${list([node.count, node.p])})`;
    case "sized":
      return `lengthValue(${list([node.count, node.p])})`;
    case "whole":
      return one(node.p);
    case "between":
      return `between(${list([node.open, node.p, node.close])})`;
    default:
      return "p" in node ? `${node.kind}(${one(node.p)})` : node.kind;
  }
}

/** A parser that begins with itself: the names on its cycle, or the parser where none of them has a name. */
export function cycleShown(node: Node, names: readonly string[]): string {
  return names.length > 0 ? names.join(" → ") : shown(node, 0, bare(node));
}

/** What is left without the parsers around it that change only what it gives. */
function bare(parser: Node): Node {
  let node = parser;
  // a chain of lazies that leads back to itself has no end
  for (let steps = 0; steps < 10_000; steps++) {
    switch (node.kind) {
      case "lazy":
        node = deref(node);
        break;
      case "map":
      case "as":
      case "skip":
      case "concat":
      case "doc":
      case "refine":
      case "trivia":
      case "withSpace":
        node = node.p;
        break;
      default:
        return node;
    }
  }
  return node;
}

function repetition(node: Extract<Node, { kind: "repeat" }>, one: (p: Node) => string): string {
  const counts = node.collects === "count" && node.p.kind === "emit";
  const p = one(counts ? node.p.p : node.p);
  const sep = node.sep && one(node.sep);
  const end = node.end && one(node.end);
  if (counts || (sep !== undefined && end !== undefined)) {
    const options = [sep === undefined ? [] : `sep: ${sep}`, end === undefined ? [] : `end: ${end}`].flat();
    return options.length === 0 ? `each(${p})` : `each(${p}, { ${options.join(", ")} })`;
  }
  if (sep !== undefined) return `${node.trailing ? "sepEndBy" : "sepBy"}(${p}, ${sep})`;
  if (end !== undefined) return `manyTill(${p}, ${end})`;
  if (node.max !== Number.POSITIVE_INFINITY) return `repeat(${p}, ${node.min}, ${node.max})`;
  return node.min > 1 ? `repeat(${p}, ${node.min})` : `${node.min === 1 ? "many1" : "many"}(${p})`;
}
