// Tests that decide by the next character whether a parser runs at all: then no frame is needed to undo it.
import type { Node } from "../../grammar/node.ts";
import { expectedAt, rulesAt } from "../facts/expected.ts";
import type { Lowering, Want } from "./lowering.ts";

/** Whether the next character alone says that a parser won't fail empty, so that nothing need be undone. */
export function isDecided(context: Lowering, node: Node): boolean {
  const facts = context.analysis.of(node);
  return facts.firm && !facts.nullable && !facts.early && !facts.cuts && !facts.emits;
}

/** Whether a parser that stands in no choice needs a scope: a cut in it has that, what it emits is certain by it. */
export function needsScope({ analysis }: Lowering, node: Node): boolean {
  const { cuts, emits } = analysis.of(node);
  return cuts || emits;
}

/**
 * Whether the last alternative needs a frame like the others: for its scope, and because what a recovery may take depends on
 * where the alternative around it began (semantics, rules 1, 14 and 16).
 */
export function needsFrame(context: Lowering, node: Node): boolean {
  return needsScope(context, node) || (context.recovers && context.analysis.of(node).recovers);
}

/** A test for a decided parser: the instruction `miss` goes elsewhere, or runs on into `rest`. */
interface Test {
  readonly miss: number;
  rest(want: Want): void;
}

/** Writes the test of a decided parser; a fixed character is read by the test itself. */
export function test(context: Lowering, node: Node): Test {
  const { asm, analysis } = context;
  const eaten = eat(node);
  const expected = () => expectedAt(node, analysis);
  const within = () => rulesAt(node, analysis);
  if (eaten !== undefined) {
    const at = asm.expects(asm.emit("TEST_CHAR", eaten.char, 0), expected, within);
    return { miss: at, rest: (want) => context.lower(eaten.rest, want) };
  }
  const at = asm.expects(asm.emit("TEST_SET", ...asm.set(analysis.firstSet(node)), 0), expected, within);
  return { miss: at, rest: (want) => context.lower(node, want) };
}

/** How many levels deep a first character is looked for. */
const DEEPEST = 100;

/** A parser that begins with one fixed character, as that character and what is left to do once it is read. */
export function eat(node: Node, depth = 0): Eaten | undefined {
  let eaten = known.get(node);
  if (eaten === undefined && !known.has(node)) {
    eaten = depth > DEEPEST ? undefined : eatAnew(node, depth + 1);
    known.set(node, eaten);
  }
  return eaten;
}

interface Eaten {
  readonly char: number;
  readonly rest: Node;
}

/** What is left of a node is always the same node, however often it is asked for: subroutines are found by it. */
const known = new WeakMap<Node, Eaten | undefined>();

/** What is left of a text of which all was read. */
const eatenTexts = new WeakSet<Node>();

/** Whether a node is, or was before it was eaten, a text of one character. */
export function isOneChar(node: Node): boolean {
  return node.kind === "text" ? isPlainChar(node.text) : eatenTexts.has(node);
}

function eatAnew(node: Node, depth: number): Eaten | undefined {
  switch (node.kind) {
    case "text": {
      if (!isPlainChar(node.text)) return undefined;
      const rest: Node = { kind: "ok", value: node.text };
      eatenTexts.add(rest);
      return { char: node.text.charCodeAt(0), rest };
    }
    case "seq": {
      const [first, ...others] = node.items;
      const eaten = first && eat(first, depth);
      return eaten && { char: eaten.char, rest: { ...node, items: [eaten.rest, ...others] } };
    }
    case "as":
    case "skip":
    case "map": {
      const eaten = eat(node.p, depth);
      return eaten && { char: eaten.char, rest: { ...node, p: eaten.rest } };
    }
    default:
      return undefined;
  }
}

/** Whether the machine can compare a unit directly: it is no half of a pair, and not the sentinel at the window's end. */
export function isPlainChar(text: string): boolean {
  return text.length === 1 && isPlainUnit(text.charCodeAt(0));
}

/** Only such units and whole pairs: they are compared one by one. */
export function isOfPlainUnits(text: string): boolean {
  for (const char of text) if (char.length === 1 && !isPlainUnit(char.charCodeAt(0))) return false;
  return true;
}

function isPlainUnit(unit: number): boolean {
  return (unit & 0xf800) !== 0xd800 && unit !== 0xffff;
}
