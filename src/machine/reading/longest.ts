// The longest match of an automaton in the window.
import { type Dfa, LATIN } from "../../text/index.ts";
import type { Window } from "../memory/window.ts";
import { codePointAt } from "./character.ts";

/** There is no match. */
const NO_MATCH = -1;
/** The text ended before it was decided; `progress` says how far it came. */
export const UNDECIDED = -2;

/** Where the last scan that was undecided stood. Read it at once: the next one writes over it. */
export const progress: { state: number; match: number } = { state: 0, match: NO_MATCH };

/**
 * Runs an automaton from a place on, each character once, until none leads on.
 *
 * @param state the one it is in at `pos`.
 * @param match the end of the longest match so far, or `NO_MATCH`.
 * @returns the end of the longest match, `NO_MATCH` or `UNDECIDED`.
 */
export function longest(window: Window, dfa: Dfa, pos: number, state: number, match: number): number {
  const { units, end } = window;
  const { latin, next, accepting } = dfa;
  let at = pos;
  let here = state;
  let found = match;
  for (;;) {
    const unit = units[at] as number;
    let column: number;
    let width = 1;
    if (unit < LATIN) column = latin[unit] as number;
    else {
      // the sentinel at the window's end comes here too
      if (at === end) break;
      const codePoint = codePointAt(window, at);
      if (codePoint > 0xffff) width = 2;
      column = dfa.columnOf(codePoint);
    }
    const to = next[here + column] as number;
    if (to < 0) return found;
    here = to;
    at += width;
    if (to >= accepting) found = at;
  }
  if (window.closed || !dfa.goesOn(here)) return found;
  progress.state = here;
  progress.match = found;
  return UNDECIDED;
}
