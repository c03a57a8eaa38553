// One line of the input with what is underlined on it. What doesn't fit is cut around the place that matters:
//
//     12 | …"name": "x" "value": 1 …        the line
//        |     -        ^^^^^^^ here         underlines, and the rightmost label
//        |     |
//        |     opened here                   the others, each under its underline
import type { Span } from "../../text/index.ts";
import { beginningOf, type Cell, cellsOf, visible } from "./cells.ts";
import type { Line } from "./fragment.ts";
import type { Paint, Style } from "./paint.ts";

/** A part of a line to underline. */
export interface Mark {
  /** In units of the input; `to` may be equal to `from`: then the character there is underlined. */
  readonly from: number;
  readonly to: number;
  readonly sign: "^" | "-" | "+" | "~";
  readonly style: Style;
  /** The label; may be empty. */
  readonly label: string;
  /** The whole underlined span, of which this may be a part. */
  readonly span: Span;
}

/** A line as it is shown. */
interface Excerpt {
  readonly line: string;
  /** The rows under it. */
  readonly under: readonly string[];
  /** Marks in the part that was cut off. */
  readonly unseen: readonly Mark[];
}

/** How far back a line is read. A streamed run keeps more than this, so that it cuts at the same place as `run`. */
const LOOK_BACK = 2048;
/** The most room for what follows the place. */
const ROOM_AFTER = 20;
const ELLIPSIS = "…";

/** Columns that a mark covers, from the start of the shown line. */
interface Placed {
  readonly mark: Mark;
  readonly from: number;
  readonly to: number;
}

/** @param width columns for the line, without labels. */
export function excerptOf(line: Line, marks: readonly Mark[], place: number, width: number, paint: Paint): Excerpt {
  const shown = shownPart(line, place - line.offset, width);
  const placed: Placed[] = [];
  const unseen: Mark[] = [];
  for (const mark of marks) {
    const columns = shown.columnsOf(mark.from - line.offset, mark.to - line.offset);
    if (columns === undefined) unseen.push(mark);
    else placed.push({ mark, ...columns });
  }
  return { line: shown.text, under: rowsUnder(placed, paint), unseen };
}

class Shown {
  readonly text: string;
  readonly #cells: readonly Cell[];
  readonly #columns: readonly number[];
  readonly #end: number;
  readonly #cutLeft: boolean;
  readonly #cutRight: boolean;

  constructor(cells: readonly Cell[], cutLeft: boolean, cutRight: boolean) {
    this.#cells = cells;
    this.#cutLeft = cutLeft;
    this.#cutRight = cutRight;
    let column = cutLeft ? 1 : 0;
    this.#columns = cells.map(({ width }) => {
      column += width;
      return column - width;
    });
    this.#end = column;
    this.text = (cutLeft ? ELLIPSIS : "") + cells.map((cell) => cell.shown).join("") + (cutRight ? ELLIPSIS : "");
  }

  /** The columns between two places of the line, at least one cluster; nothing if they were cut off. */
  columnsOf(from: number, to: number): { readonly from: number; readonly to: number } | undefined {
    const first = this.#cells.findIndex((cell) => cell.to > from);
    const before = this.#cells[0]?.from ?? 0;
    const last = to > from ? this.#cells.findLastIndex((cell) => cell.from < to) : first;
    if (this.#cutLeft && from < before && to <= before) return undefined;
    // after the last character there is room for one more
    if (first < 0) return this.#cutRight && !this.#endsAt(from) ? undefined : { from: this.#end, to: this.#end + 1 };
    const start = this.#columns[first] as number;
    const end = last < first ? start + 1 : (this.#columns[last] as number) + (this.#cells[last] as Cell).width;
    return { from: start, to: end };
  }

  #endsAt(at: number): boolean {
    return (this.#cells.at(-1)?.to ?? at) === at;
  }
}

/** The part of a line around a place. How much before the place is shown does not depend on what follows. */
function shownPart(line: Line, place: number, width: number): Shown {
  const { text } = line;
  const at = Math.max(0, Math.min(place, text.length));
  const start = startOf(text, at - LOOK_BACK);
  const cells = cellsOf(text, start);
  const before: Cell[] = [];
  let used = 0;
  let next = cells.next();
  for (; next.done !== true && next.value.to <= at; next = cells.next()) {
    before.push(next.value);
    used += next.value.width;
  }
  const most = width - Math.min(ROOM_AFTER, Math.floor(width / 3));
  const cutLeft = start > 0 || line.cutBefore || used > most;
  if (cutLeft) used++;
  let dropped = 0;
  for (; cutLeft && dropped < before.length && used > most; dropped++) used -= (before[dropped] as Cell).width;
  const shown = before.slice(dropped);
  let cutRight = line.cutAfter;
  for (let first = true; next.done !== true; next = cells.next(), first = false) {
    const cell = next.value;
    const room = cell.to === text.length && !line.cutAfter ? width : width - 1;
    if (used + cell.width <= room) {
      shown.push(cell);
      used += cell.width;
      continue;
    }
    // at least a part of what is at the place itself is shown
    if (first) shown.push(beginningOf(cell, text.slice(cell.from, cell.to), width - 1 - used));
    cutRight = true;
    break;
  }
  return new Shown(shown, cutLeft, cutRight);
}

/** A place to begin at that is not inside a surrogate pair. */
function startOf(text: string, from: number): number {
  if (from <= 0) return 0;
  const parted = (text.charCodeAt(from) & 0xfc00) === 0xdc00;
  return parted ? from + 1 : from;
}

function rowsUnder(placed: readonly Placed[], paint: Paint): string[] {
  if (placed.length === 0) return [];
  const inOrder = [...placed].sort((a, b) => a.from - b.from || b.to - a.to);
  const end = Math.max(...inOrder.map(({ to }) => to));
  const signs = rowOf(inOrder.map(({ mark, from, to }) => ({ from, text: mark.sign.repeat(to - from), mark })));
  const last = inOrder.at(-1) as Placed;
  const beside = last.to === end && last.mark.label !== "" ? last : undefined;
  const first = drawn(signs, paint) + (beside === undefined ? "" : ` ${labelled(beside.mark, paint)}`);
  const hanging = inOrder.filter((one) => one !== beside && one.mark.label !== "");
  const rows = [first];
  if (hanging.length > 0) rows.push(drawn(rowOf(hanging.map(stem)), paint));
  while (hanging.length > 0) {
    const { mark, from } = hanging.pop() as Placed;
    const stems = rowOf(hanging.filter((one) => one.from < from).map(stem));
    rows.push(drawn(stems, paint) + " ".repeat(from - stems.length) + labelled(mark, paint));
  }
  return rows;
}

function labelled({ label, style }: Mark, paint: Paint): string {
  return paint(style, visible(label));
}

function stem({ mark, from }: Placed): Drawing {
  return { from, text: "|", mark };
}

interface Drawing {
  readonly from: number;
  readonly text: string;
  readonly mark: Mark;
}

/** A column of a row: its character, and its mark. */
type Column = readonly [sign: string, mark: Mark] | undefined;

/** Draws one over the other, marks with "^" on top. */
function rowOf(drawings: readonly Drawing[]): Column[] {
  const row: Column[] = [];
  const inOrder = [...drawings].sort((a, b) => Number(a.mark.sign === "^") - Number(b.mark.sign === "^"));
  for (const { from, text, mark } of inOrder) {
    while (row.length < from) row.push(undefined);
    for (let i = 0; i < text.length; i++) row[from + i] = [text.charAt(i), mark];
  }
  return row;
}

function drawn(row: readonly Column[], paint: Paint): string {
  let shown = "";
  for (let i = 0; i < row.length; ) {
    const [, mark] = row[i] ?? [" ", undefined];
    let end = i;
    let text = "";
    while (end < row.length && row[end]?.[1] === mark) text += row[end++]?.[0] ?? " ";
    shown += mark === undefined ? text : paint(mark.style, text);
    i = end;
  }
  return shown;
}
