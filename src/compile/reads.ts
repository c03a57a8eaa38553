// Which kind of input a grammar is for. Parsers of bytes give wrong values over text, and parsers of characters over
// bytes; most parsers don't mind. A fixed text of ASCII characters may be looked for among bytes.
import type { Node } from "../grammar/node.ts";
import { ownExpectation } from "./expected.ts";

/** A parser that can only read bytes, and one that can only read text, as a diagnostic calls them. */
export interface Reads {
  readonly bytes: string | undefined;
  readonly text: string | undefined;
}

export function readsOf(nodes: readonly Node[]): Reads {
  const of = (kind: "bytes" | "text"): string | undefined => {
    const node = nodes.find((one) => kindOf(one) === kind);
    return node && nameOf(node);
  };
  return { bytes: of("bytes"), text: of("text") };
}

function kindOf(node: Node): "bytes" | "text" | undefined {
  switch (node.kind) {
    case "bytes":
    case "take":
    case "takeCount":
    case "read":
      return "bytes";
    case "slice":
      return node.bytes === true ? "bytes" : undefined;
    case "set":
    case "span":
    case "until":
    case "longest":
      return "text";
    case "text":
      return [...node.text].every((char) => char < "\x80") ? undefined : "text";
    default:
      return undefined;
  }
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
