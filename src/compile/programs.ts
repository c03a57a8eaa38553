// Programs are made once for each grammar, and for each profile and space that it runs under.
import type { Node } from "../grammar/node.ts";
import { lower } from "./lower.ts";
import type { Program } from "./program.ts";
import { resolveSpaces } from "./spaces.ts";

interface Variant {
  readonly profile: object | undefined;
  readonly space: Node | undefined;
  readonly program: Program;
}

/** Who makes a new profile for every run must not fill the memory with programs. */
const MOST_VARIANTS = 8;

const variants = new WeakMap<Node, Variant[]>();

/** The program of a grammar under a run's profile, if it has one, and a space in force. */
export function programOf(node: Node, profile?: object, space?: Node): Program {
  const known = variants.get(node) ?? [];
  const found = known.find((variant) => variant.profile === profile && variant.space === space);
  if (found !== undefined) return found.program;
  const program = lower(resolveSpaces(node, profile, space));
  variants.set(node, [{ profile, space, program }, ...known.slice(0, MOST_VARIANTS - 1)]);
  return program;
}
