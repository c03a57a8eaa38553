// Programs are made once for each grammar, and for each way in which it is run.
import type { Node } from "../grammar/node.ts";
import { lower } from "./lower.ts";
import type { Program } from "./program.ts";
import { resolveSpaces } from "./spaces.ts";
import { resolveTraces } from "./tracing.ts";

/** What of a run's configuration the program depends on. */
export interface Variant {
  /** What counts as space, if not what the grammar says. */
  readonly profile?: object | undefined;
  /** Whether it recovers. */
  readonly recovers?: boolean | undefined;
  /** Whether it records what succeeds. */
  readonly traces?: boolean | undefined;
  /** Whether it counts steps and depth. */
  readonly counts?: boolean | undefined;
}

interface Made extends Variant {
  readonly space: Node | undefined;
  readonly program: Program;
}

/** Who makes a new profile for every run must not fill the memory with programs. */
const MOST_VARIANTS = 8;

const programs = new WeakMap<Node, Made[]>();

/** The program of a grammar in a variant, under a space in force. */
export function programOf(node: Node, variant: Variant = {}, space?: Node): Program {
  const { profile, recovers = false, traces = false, counts = false } = variant;
  const known = programs.get(node) ?? [];
  const found = known.find(
    (it) =>
      it.profile === profile &&
      it.recovers === recovers &&
      it.traces === traces &&
      it.counts === counts &&
      it.space === space,
  );
  if (found !== undefined) return found.program;
  const program = lower(resolveTraces(resolveSpaces(node, profile, space), traces), { recovers, counts });
  programs.set(node, [{ profile, recovers, traces, counts, space, program }, ...known.slice(0, MOST_VARIANTS - 1)]);
  return program;
}
