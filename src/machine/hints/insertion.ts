// Where a text that is missing before the failure would be inserted.
import { textsInSpace } from "../../compile/index.ts";
import type { Position } from "../../text/index.ts";
import type { Machine } from "../control/machine.ts";
import { mayBeComment } from "./comments.ts";

/** A text to insert. */
export interface Insertion {
  readonly at: Position;
  readonly text: string;
  /** Whether the parse may go on behind it. */
  readonly helps: boolean;
  /** It ends the input only together with the others. */
  readonly grouped: boolean;
}

/** Of the space before a place, so much is looked past. */
const MOST_SPACE = 4096;
const WORD = /[\p{L}\p{N}_]/u;

/** The insertion of a text where the last thing before the failure ends; a word keeps apart from a word. */
export function insertionOf(m: Machine, text: string): Insertion {
  const { farthest, positions } = m;
  let at = positions.blankBefore(farthest);
  let space = farthest - at.offset;
  if (space > 0 && mayBeComment(m, space, textsInSpace(m.failure.programs[0]?.root ?? m.program.root))) {
    at = m.position(farthest);
    space = 0;
  }
  const before = space < MOST_SPACE ? positions.textBefore(farthest, space + 1).slice(0, 1) : "";
  const apart = WORD.test(text.slice(0, 1)) && WORD.test(before);
  return { at, text: apart ? ` ${text}` : text, helps: true, grouped: false };
}
