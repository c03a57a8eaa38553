// A part of an input, and its lines, from which excerpts are made: either a whole source, or the part that a streamed
// run keeps.
import type { Position } from "../../text/index.ts";

/** Some text of an input. Line ends in it are `\n`, `\r\n` and `\r`. */
export interface Fragment {
  /** Offset of its first unit in the input. */
  readonly offset: number;
  readonly text: string;
  /** The beginning of its first line is missing. */
  readonly cutBefore: boolean;
  /** Its last line may continue after the fragment. */
  readonly cutAfter: boolean;
}

/** A line of a fragment. Its text is without the line end. */
export interface Line {
  readonly fragment: Fragment;
  /** Offset of the first unit that is available. */
  readonly offset: number;
  readonly text: string;
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

const BYTE_ORDER_MARK = 0xfeff;

export function wholeSource(text: string): Fragment {
  return { offset: 0, text, cutBefore: false, cutAfter: false };
}

/** The line that contains an offset; nothing if its text is not available. */
export function lineAt(fragment: Fragment, { offset }: Pick<Position, "offset">): Line | undefined {
  const { text } = fragment;
  let at = offset - fragment.offset;
  if (!Number.isSafeInteger(at) || at < 0 || at > text.length) return undefined;
  // between the two halves of a line end the next line has begun
  if (at > 0 && text[at - 1] === "\r" && text[at] === "\n") at++;
  let from = at;
  while (from > 0 && !isLineEnd(text.charCodeAt(from - 1))) from--;
  let to = at;
  while (to < text.length && !isLineEnd(text.charCodeAt(to))) to++;
  const mark = from === 0 && fragment.offset === 0 && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  return {
    fragment,
    offset: fragment.offset + from + mark,
    text: text.slice(from + mark, to),
    cutBefore: from === 0 && fragment.cutBefore,
    cutAfter: to === text.length && fragment.cutAfter,
  };
}

/** The line after a line, if the fragment has it. */
export function lineAfter({ fragment, offset, text }: Line): Line | undefined {
  let next = offset + text.length - fragment.offset;
  if (next >= fragment.text.length) return undefined;
  next += fragment.text.startsWith("\r\n", next) ? 2 : 1;
  return lineAt(fragment, { offset: fragment.offset + next });
}

/** The line before a line, if the fragment has all of it. */
export function lineBefore({ fragment, offset, cutBefore }: Line): Line | undefined {
  const { text } = fragment;
  const end = offset - fragment.offset - 1;
  if (cutBefore || end < 0 || !isLineEnd(text.charCodeAt(end))) return undefined;
  const line = lineAt(fragment, { offset: fragment.offset + end - (text.startsWith("\r\n", end - 1) ? 1 : 0) });
  return line?.cutBefore === true ? undefined : line;
}

function isLineEnd(unit: number): boolean {
  return unit === 10 || unit === 13;
}
