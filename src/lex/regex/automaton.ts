// From a pattern to the table of its minimal automaton.
import type { CharSet, DFA, NFA, TransitionIterator } from "refa";
import { regexLibraries } from "#regex-libraries";
import { type ColumnRange, Dfa } from "../../text/index.ts";
import { type Pattern, shown } from "./pattern.ts";

const MOST_STATES = 10_000;
/** Size of a table, in numbers: 16 MB. */
const MOST_CELLS = 1 << 22;
/** Limits for the steps between the pattern and the automaton; each is reached within a second. */
const MOST_PARTS = 100_000;
const MOST_LINKS = 200_000;
const MOST_LOOKS = 2_000_000;
const LAST_CHARACTER = 0x10ffff;
const LONGEST_DESCRIPTION = 40;

class TooLarge extends Error {}

/**
 * The automaton of a pattern.
 *
 * @throws RangeError if it would have more than 10,000 states, or would take too long to make.
 */
export function automatonOf(pattern: Pattern, { source, flags }: RegExp): Dfa {
  const { TooManyNodesError } = regexLibraries().refa;
  try {
    return tableOf(deterministic(pattern), described(source, flags));
  } catch (error) {
    if (!(error instanceof TooLarge || error instanceof TooManyNodesError)) throw error;
    throw new RangeError(
      `${shown(source, flags)}: its automaton would have more than ${MOST_STATES} states or take too long to make; ` +
        "count with repeat(…) instead of {…}, or make one regex for each part",
    );
  }
}

/** What a diagnostic lists as expected. */
function described(source: string, flags: string): string {
  const characters = [...source];
  const short = characters.length > LONGEST_DESCRIPTION;
  return `/${short ? `${characters.slice(0, LONGEST_DESCRIPTION).join("")}…` : source}/${flags}`;
}

interface Automaton {
  /** Transitions by column numbers. */
  readonly dfa: DFA;
  /** Classes that no transition divides further: the columns of the table. */
  readonly columns: readonly CharSet[];
}

function deterministic({ pattern, flags }: Pattern): Automaton {
  const { CharBase, CharSet, DFA, JS, NFA } = regexLibraries().refa;
  const { expression } = JS.Parser.fromAst({ pattern, flags }).parse({ maxNodes: MOST_PARTS });
  const links = limit(MOST_LINKS);
  class Node extends NFA.Node {
    override link(to: NFA.Node, via: CharSet): void {
      links(1);
      super.link(to, via);
    }
  }
  // the largest character that refa's parser returns is wrong for the flag v
  const nfa = NFA.fromRegex(expression, { maxCharacter: LAST_CHARACTER }, {}, { createNode: () => new Node() });
  const sets = new Set<CharSet>();
  for (const { out } of nfa.nodes()) for (const set of out.values()) sets.add(set);
  const base = new CharBase(sets);
  const maxCharacter = Math.max(0, base.sets.length - 1);
  const numbered = new Map([...sets].map((set) => [set, CharSet.fromCharacters(maxCharacter, base.split(set))]));
  const numberOf = (set: CharSet): CharSet => numbered.get(set) ?? CharSet.empty(maxCharacter);
  const looks = limit(MOST_LOOKS);
  const states = limit(MOST_STATES);
  const dfa = DFA.fromTransitionIterator(
    withCount(nfa.transitionIterator(), numberOf, looks),
    { maxCharacter },
    {
      createNode() {
        states(1);
        return new DFA.Node();
      },
    },
  );
  dfa.minimize();
  return { dfa, columns: base.sets };
}

/** The same transitions by column numbers, with a count of how many were visited. */
function withCount<S>(
  iterator: TransitionIterator<S>,
  numberOf: (set: CharSet) => CharSet,
  looks: (by: number) => void,
): TransitionIterator<S> {
  const known = new Map<S, ReadonlyMap<S, CharSet>>();
  return {
    initial: iterator.initial,
    isFinal: iterator.isFinal,
    stableOut: true,
    getOut(state) {
      let out = known.get(state);
      if (out === undefined) {
        out = new Map([...iterator.getOut(state)].map(([to, via]) => [to, numberOf(via)]));
        known.set(state, out);
      }
      looks(out.size);
      return out;
    },
  };
}

function limit(most: number): (by: number) => void {
  let left = most;
  return (by) => {
    left -= by;
    if (left < 0) throw new TooLarge();
  };
}

function tableOf({ dfa, columns }: Automaton, description: string): Dfa {
  const live = [...dfa.nodes()];
  const accepts = (node: DFA.Node): boolean => dfa.finals.has(node);
  const states = [...live.filter((node) => !accepts(node)), ...live.filter(accepts)];
  if (states.length * (columns.length + 1) > MOST_CELLS) throw new TooLarge();
  const numbers = new Map(states.map((node, state) => [node, state]));
  const target = (node: DFA.Node, column: number): number => {
    const to = node.out.get(column);
    return to === undefined ? -1 : (numbers.get(to) ?? -1);
  };
  const ranges: ColumnRange[] = columns.flatMap((set, i) =>
    set.ranges.map(({ min, max }) => ({ first: min, last: max, column: i + 1 })),
  );
  const accepting = states.findIndex(accepts);
  return new Dfa({
    description,
    ranges,
    columns: columns.length,
    rows: states.map((node) => columns.map((_, column) => target(node, column))),
    start: numbers.get(dfa.initial) ?? 0,
    accepting: accepting < 0 ? states.length : accepting,
  });
}
