// A separator with nothing behind it: where an element of a list fails at its start because the closer of the brackets
// around the list stands there, and the last thing before it is the separator.

import type { Closer, Program } from "../../compile/code/program.ts";
import type { SeparatedList } from "../../compile/facts/separated-lists.ts";
import type { Expectation } from "../../grammar/expectation.ts";
import { firstCluster, type Position } from "../../text/index.ts";
import type { Machine } from "../control/machine.ts";
import * as slot from "../memory/frame-slots.ts";
import { FRAME } from "../memory/frames.ts";
import { MOST_KNOWN, mayBeComment } from "./comments.ts";

/** Frames that are looked at for the brackets. */
const MOST_FRAMES = 4096;

/** Where the separator stands. */
export interface Dangling {
  readonly start: Position;
  readonly end: Position;
}

/** The separator before the place where the parse failed, if it is to blame. */
export function danglingSeparator(m: Machine): Dangling | undefined {
  const { farthest, positions, window } = m;
  if (m.options.binary || m.offset !== farthest || farthest - window.base >= window.end) return undefined;
  const closer = innermost(m);
  // one unit: more than that need not be here yet
  const insert = closer?.insert();
  if (closer === undefined || insert?.length !== 1) return undefined;
  if (window.units[farthest - window.base] !== insert.charCodeAt(0)) return undefined;
  const lists = closer.lists();
  if (lists.length === 0) return undefined;
  const end = positions.blankBefore(farthest);
  const space = farthest - end.offset;
  const list = lists.find((one) => endsWith(m, one.separator, space) && failedIn(m, one));
  if (list === undefined || isHidden(m, list, space)) return undefined;
  const { length } = list.separator;
  const start = {
    offset: end.offset - length,
    byteOffset: end.byteOffset - length,
    line: end.line,
    column: end.column - length,
  };
  return { start, end };
}

/** Whether a text ends so many units before the failure. */
function endsWith({ farthest, positions }: Machine, text: string, space: number): boolean {
  const known = space + text.length;
  return known <= MOST_KNOWN && positions.textBefore(farthest, known).slice(0, text.length) === text;
}

/** Whether what looks like the separator may be the end of a comment, or belongs to the character before it. */
function isHidden(m: Machine, { separator, comments }: SeparatedList, space: number): boolean {
  const length = space + separator.length;
  const [last = ""] =
    m.positions
      .textBefore(m.farthest, length + 2)
      .slice(0, -length)
      .match(/.$/su) ?? [];
  if (last > "\x7f" && firstCluster("", last + separator, 0) > last.length) return true;
  return mayBeComment(m, length, comments);
}

/** Whether what failed is an element of a list at its start: all that could begin it has failed. */
function failedIn(m: Machine, { starts }: SeparatedList): boolean {
  const failed = m.record().expectations();
  return starts.length > 0 && starts.every((start) => failed.some((one) => isSame(start, one)));
}

function isSame(a: Expectation, b: Expectation): boolean {
  return a.kind !== "eof" && b.kind !== "eof" && a.kind === b.kind && a.text === b.text;
}

/** The closer of the innermost brackets that are open where a machine has failed, unless it runs a parser made in them. */
function innermost({
  fp,
  program: running,
  stack,
}: {
  readonly fp: number;
  readonly program: Program;
  readonly stack: Machine["stack"];
}): Closer | undefined {
  let program = running;
  for (let depth = stack.shift + fp, i = 0; i < MOST_FRAMES; i++, depth = stack.belowAt(depth)) {
    const kind = stack.kindAt(depth);
    if (kind === FRAME.RUN) return undefined;
    if (kind === FRAME.PROGRAM) {
      if ((stack.offsetAt(depth + slot.PROGRAM_RETURN_TO) ?? 0) >= 0) return undefined;
      program = stack.valueAt(depth) as Program;
    }
    if (kind !== FRAME.OPENED) continue;
    const opener = ~(stack.offsetAt(depth + slot.OPENED_OPENER) ?? 0);
    return opener < 0 ? undefined : program.closerOf(opener);
  }
  return undefined;
}
