// Rule 6 in the twin: where brackets were opened that a failure points back to.
import type { Node } from "../../../src/grammar/node.ts";

/** A `between` that has read its opener. */
export interface OpenBracket {
  readonly at: number;
  readonly close: Node;
  /** Where its closer began, once it has. */
  closing: number | undefined;
}

/** Those that a failure tells of, innermost first. */
export interface Brackets {
  readonly open: readonly OpenBracket[];
  /** Whether the closer of the first has failed there at its own start. */
  readonly missed: boolean;
}

export const NO_BRACKETS: Brackets = { open: [], missed: false };
const MOST = 8;

/**
 * What a failure tells: the innermost bracket if what closes it has failed at its start, where the input ends all.
 *
 * @param open outermost first.
 * @param ended whether the input ends there.
 * @param before what failed there before has told.
 */
export function bracketsAt(offset: number, open: readonly OpenBracket[], ended: boolean, before: Brackets): Brackets {
  const missed = open.length > 0 && open.at(-1)?.closing === offset;
  if (!missed && (!ended || before.missed || open.length === 0)) return before;
  return { open: [...open].reverse().slice(0, ended ? MOST : 1), missed };
}

const READS_MORE: readonly Node["kind"][] = ["repeat", "rule", "fold", "times", "sized", "decode"];

/** The text of what is fixed text, perhaps with space behind it. */
export function textOf(node: Node, bodyOf: (lazy: Node) => Node, depth = 50): string | undefined {
  if (node.kind === "text") return node.text;
  if (depth === 0 || READS_MORE.includes(node.kind)) return undefined;
  const inner =
    node.kind === "lazy" ? bodyOf(node) : node.kind === "seq" ? node.items[0] : "p" in node ? node.p : undefined;
  return inner === undefined ? undefined : textOf(inner, bodyOf, depth - 1);
}
