// Patterns that need no automaton: a fixed text, a class and a repeated class are read faster without one.
import type { AST } from "@eslint-community/regexpp";
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { CharSet, charSet } from "../../text/index.ts";
import type { Pattern } from "./pattern.ts";

/** The node of a pattern such as `if`, `[a-z]` or `\p{L}+`; undefined for all others. */
export function plainNode({ pattern, flags }: Pattern): Node | undefined {
  const elements = elementsOf(pattern);
  if (elements === undefined || flags.ignoreCase) return undefined;
  if (elements.every((element) => element.type === "Character")) {
    // halves written one after the other never match a pair, but as a text they would be one
    return elements.some(({ value }) => (value & 0xfffff800) === 0xd800)
      ? undefined
      : make.text(elements.map(({ value }) => String.fromCodePoint(value)).join(""));
  }
  const [only, ...others] = elements;
  if (only === undefined || others.length > 0) return undefined;
  if (only.type !== "Quantifier") {
    const set = setOf(only, flags);
    return set && make.set(set);
  }
  const { element, min, max } = only;
  const set = max === Number.POSITIVE_INFINITY ? setOf(element, flags) : undefined;
  return set !== undefined && (min === 0 || min === 1) ? make.span(set, min) : undefined;
}

/** The only alternative of a pattern, without the groups around it. */
function elementsOf(pattern: AST.Pattern): readonly AST.Element[] | undefined {
  let { alternatives }: { alternatives: readonly AST.Alternative[] } = pattern;
  for (;;) {
    const [alternative, ...others] = alternatives;
    if (alternative === undefined || others.length > 0) return undefined;
    const [only] = alternative.elements;
    if (alternative.elements.length !== 1 || (only?.type !== "Group" && only?.type !== "CapturingGroup"))
      return alternative.elements;
    alternatives = only.alternatives;
  }
}

function setOf(element: AST.Element, flags: AST.Flags): CharSet | undefined {
  switch (element.type) {
    case "Character":
      return CharSet.fromMembers(String.fromCodePoint(element.value));
    case "CharacterSet":
      if (element.kind === "any") return flags.dotAll ? charSet("^") : charSet("^\\n\\r\\u2028\\u2029");
      return described(element.raw);
    case "CharacterClass": {
      const nested = element.elements.some(
        ({ type }) => type !== "Character" && type !== "CharacterClassRange" && type !== "CharacterSet",
      );
      return nested ? undefined : described(element.raw.slice(1, -1));
    }
    default:
      return undefined;
  }
}

/** The class, unless it has an escape (`\cJ`, `\b`) or a property (of strings) that only the automaton supports. */
function described(description: string): CharSet | undefined {
  try {
    return charSet(description);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
