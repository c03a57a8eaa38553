// Whether what stands before a place may be a comment: nothing is inserted into one, and nothing in it is to blame.
import type { Machine } from "../control/machine.ts";
import { TAIL_UNITS } from "../positions/positions.ts";

const LINE_END = /[\n\r]/;
/** The last line of a text. */
const LINE = /[^\n\r]*$/;
/** Of the text before a failure, so many units are sure to be known. */
export const MOST_KNOWN: number = TAIL_UNITS - 1;

/**
 * Whether a place before the failure may lie in a comment that ended with its line.
 *
 * @param back how many units it lies before the failure; between them is nothing but space.
 * @param texts what such comments may begin with.
 */
export function mayBeComment({ farthest, positions }: Machine, back: number, texts: readonly string[]): boolean {
  if (texts.length === 0) return false;
  if (back > MOST_KNOWN) return true;
  const known = positions.textBefore(farthest, MOST_KNOWN);
  const to = known.length - back;
  if (!LINE_END.test(known.slice(to))) return false;
  const line = known.slice(known.slice(0, to).search(LINE), to);
  return line.length === MOST_KNOWN - back || texts.some((text) => line.includes(text));
}
