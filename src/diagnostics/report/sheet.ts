// The lines of the input that a report shows, with their underlines.
import type { Position, Span } from "../../text/index.ts";
import { excerptOf, type Mark } from "./excerpt.ts";
import { type Fragment, type Line, lineAfter, lineAt, lineBefore } from "./fragment.ts";
import type { Paint } from "./paint.ts";

/** The first lines of a long span that are shown; of the rest only the last line is shown. */
const LINES_AT_START = 2;

/** A line that is shown. */
export interface ShownLine {
  readonly number: number;
  readonly line: Line;
  readonly marks: readonly Mark[];
}

/** The settings that the rows of an excerpt share. */
interface Frame {
  /** Digits of the largest line number. */
  readonly gutter: number;
  /** Columns of a row. */
  readonly width: number;
  readonly paint: Paint;
}

export class Sheet {
  readonly #fragments: readonly Fragment[];
  readonly #source: string | undefined;
  readonly #shown: Map<number, { number: number; line: Line; marks: Mark[] }> = new Map();

  /** @param source the name of the input that the fragments are of. */
  constructor(fragments: readonly Fragment[], source: string | undefined) {
    this.#fragments = fragments;
    this.#source = source;
  }

  /** The lines from the top down. */
  get lines(): readonly ShownLine[] {
    return [...this.#shown.values()].sort((a, b) => a.line.offset - b.line.offset);
  }

  /** The line of a place in a span, if its text is available. */
  lineOf(span: Span, place: Position): Line | undefined {
    if (span.source !== undefined && span.source !== this.#source) return undefined;
    for (const fragment of this.#fragments) {
      const line = lineAt(fragment, place);
      if (line !== undefined) return line;
    }
    return undefined;
  }

  /** Underlines a span, its first lines and its last; returns whether its text is available. */
  underline(span: Span, mark: Pick<Mark, "sign" | "style" | "label">): boolean {
    const first = this.lineOf(span, span.start);
    if (first === undefined) return false;
    const from = span.start.offset;
    const to = Math.max(from, span.end.offset);
    // a span that ends with a line end does not include the next line
    const last = (to > from ? this.lineOf(span, { ...span.end, offset: to - 1 }) : first) ?? first;
    if (last.offset <= first.offset) {
      this.#put(span.start.line, first, { ...mark, from, to, span });
      return true;
    }
    this.#put(span.start.line, first, { ...mark, from, to: endOf(first), label: "", span });
    let line = lineAfter(first);
    for (let i = 1; i < LINES_AT_START && line !== undefined && line.offset < last.offset; i++) {
      this.#put(span.start.line + i, line, { ...mark, ...textIn(line), label: "", span });
      line = lineAfter(line);
    }
    this.#put(span.end.line, last, { ...mark, from: Math.min(textIn(last).from, to - 1), to, span });
    return true;
  }

  #put(number: number, line: Line, mark: Mark): void {
    const known = this.#shown.get(line.offset) ?? { number, line, marks: [] };
    known.marks.push(mark);
    this.#shown.set(line.offset, known);
  }
}

function endOf({ offset, text }: Line): number {
  return offset + text.length;
}

/** A line without the space around its text. */
function textIn(line: Line): Pick<Mark, "from" | "to"> {
  const from = line.offset + (line.text.length - line.text.trimStart().length);
  return { from, to: Math.max(from, line.offset + line.text.trimEnd().length) };
}

/**
 * Lines with their numbers and underlines.
 *
 * @param place what must not be cut off on its line.
 * @returns the rows, and the marks that were cut off.
 */
export function rowsOf(
  lines: readonly ShownLine[],
  place: number | undefined,
  { gutter, width, paint }: Frame,
): { readonly rows: readonly string[]; readonly unseen: readonly Mark[] } {
  const row = (number: string, text: string): string => {
    const margin = paint("frame", `${number.padStart(gutter)} |`);
    return text === "" ? margin : `${margin} ${text}`;
  };
  const rows = [row("", "")];
  const unseen: Mark[] = [];
  let above: ShownLine | undefined;
  for (const shown of lines) {
    for (const between of linesBetween(above, shown)) {
      if (between === undefined) rows.push(paint("frame", "..."));
      else rows.push(row(String(between.number), excerptOf(between.line, [], 0, width - gutter - 3, paint).line));
    }
    const { line, marks, number } = shown;
    const starts = marks.map(({ from }) => from);
    const focus = place !== undefined && starts.includes(place) ? place : Math.min(...starts);
    const excerpt = excerptOf(line, marks, focus, width - gutter - 3, paint);
    rows.push(row(String(number), excerpt.line.replace(/ +$/, "")), ...excerpt.under.map((under) => row("", under)));
    unseen.push(...excerpt.unseen);
    above = shown;
  }
  return { rows, unseen };
}

/**
 * What is shown between two lines: nothing, the one line between them, or (`undefined`) a mark for lines that are left
 * out.
 */
function linesBetween(above: ShownLine | undefined, below: ShownLine): readonly (ShownLine | undefined)[] {
  if (above === undefined || below.number <= above.number + 1) return [];
  // each of the two may be in a fragment of its own
  const line = below.number === above.number + 2 ? (lineAfter(above.line) ?? lineBefore(below.line)) : undefined;
  return [line === undefined ? undefined : { number: above.number + 1, line, marks: [] }];
}
