// Programs are kept with their node, one for each variant in which it is run, and reused wherever that node stands. A program
// holds what is known of the grammar when it is made. It is made again from time to time, when more is known by then, or when it
// is used often.
import { asked, deref } from "../grammar/lazies.ts";
import { isKnown, type Node } from "../grammar/node.ts";
import type { Program } from "./code/program.ts";
import { isSettled } from "./facts/analysis.ts";
import { droppedIn } from "./facts/skips.ts";
import { askAll, type Extent, unitOf } from "./facts/unit.ts";
import { lower, type Wanted } from "./lower/lower.ts";
import { wantedBy, weightOf } from "./lower/lowering.ts";
import { resolveSpaces } from "./rewrite/spaces.ts";
import { resolveTraces } from "./rewrite/tracing.ts";

/** The part of a run's configuration that its program depends on. */
export interface Variant {
  /** What counts as space, if not what the grammar says. */
  readonly triviaProfile?: object | undefined;
  /** Whether it recovers. */
  readonly recovers?: boolean | undefined;
  /** Whether it records what succeeds. */
  readonly traces?: boolean | undefined;
  /** Whether it counts steps and depth. */
  readonly counts?: boolean | undefined;
}

interface Made extends Wanted {
  program: Program;
  /** How often it was entered, and how often when the program was made. */
  entered: number;
  madeAt: number;
}

/** The most nodes of a run's program; other nodes lie behind links. */
const MOST_OF_RUN = 10_000;
/** The most nodes of a program that a link enters, for each time that it was entered. */
const MOST_PER_ENTRY = 16;
/** A parser that a function made and that was entered so often is compiled whole; before, it links to programs of known parts. */
const OFTEN = 16;
/** Smaller parts are compiled in place in any case. */
const LEAST_APART = 32;

const VALUE: Pick<Wanted, "want" | "part"> = { want: "value", part: "all" };

const programs = new WeakMap<Node, Made[]>();

/** The program of a grammar in a variant, under a space in force. */
export function programOf(node: Node, variant: Variant = {}, space?: Node): Program {
  const extent = (entered: number): Extent => ({ most: Math.max(MOST_OF_RUN, MOST_PER_ENTRY * entered) });
  return made(resolved(node, variant, space), VALUE, variant, extent, 2);
}

/** The same for a parser that a function made while running: parts that were analysed before are not analysed again. */
export function programOfMade(node: Node, variant: Variant, space?: Node): Program {
  return made(resolved(node, variant, space), VALUE, variant, (entered) => ({
    most: MOST_PER_ENTRY * entered,
    isApart: (part) => entered < OFTEN && isSettled(part) && (part.kind === "rule" || weightOf(part) >= LEAST_APART),
  }));
}

/**
 * The program of what a link leads to. A `lazy` is resolved now.
 *
 * @param wanted as the link says it.
 */
export function linkedProgram(link: Node, wanted: number, variant: Variant): Program {
  const node = link.kind === "lazy" ? deref(asked(link)) : link;
  const what = wantedBy(wanted);
  // what a value need not wait for is known before it begins
  const dropped = what.part === "all" ? [] : droppedIn(node);
  for (const item of dropped) askAll(item);
  const most = dropped.length > 0 ? Number.POSITIVE_INFINITY : MOST_PER_ENTRY;
  return made(node, what, variant, (entered) => ({ most: most * entered }));
}

function resolved(node: Node, { triviaProfile, traces = false }: Variant, space: Node | undefined): Node {
  return resolveTraces(resolveSpaces(node, triviaProfile, space), traces);
}

/**
 * @param extent how much of the grammar is looked at once it has been entered so often.
 * @param factor how many times as often as when it was made it is entered before it is made again.
 */
function made(
  node: Node,
  { want, part }: Pick<Wanted, "want" | "part">,
  { recovers = false, counts = false }: Variant,
  extent: (entered: number) => Extent,
  factor = 4,
): Program {
  let all = programs.get(node);
  if (all === undefined) {
    all = [];
    programs.set(node, all);
  }
  const found = all.find(
    (it) => it.want === want && it.part === part && it.recovers === recovers && it.counts === counts,
  );
  const entered = (found?.entered ?? 0) + 1;
  if (found !== undefined) {
    found.entered = entered;
    if (entered < factor * found.madeAt || !isOutdated(found.program, entered)) return found.program;
  }
  const program = lower(node, unitOf(node, extent(entered)), { want, part, recovers, counts });
  if (found === undefined) all.push({ want, part, recovers, counts, program, entered, madeAt: entered });
  else {
    found.program = program;
    found.madeAt = entered;
  }
  return program;
}

/** Whether a program made now would hold more. */
function isOutdated({ links }: Program, entered: number): boolean {
  return links.some((link) => (link.kind === "lazy" ? isKnown(link) : entered >= OFTEN));
}
