// The cells of one row, whose text is known to be one: see frame.ts.
import type { Dialect } from "./options.ts";

const NO_CHARACTER = -1;

/** The cells of a row without quotes and blanks to leave out. */
function plainCells(text: string, delimiter: string): string[] {
  const cells: string[] = [];
  let from = 0;
  for (let to = text.indexOf(delimiter); to >= 0; to = text.indexOf(delimiter, from)) {
    cells.push(text.slice(from, to));
    from = to + delimiter.length;
  }
  cells.push(text.slice(from));
  return cells;
}

/** Whether a row has no quotes. */
export function isPlain(text: string, { quote }: Dialect): boolean {
  return quote === undefined || text.indexOf(quote) < 0;
}

/** The cells of what is likely a row; nothing where its quotes say that it is not, or more than quotes is to be looked at. */
export function likelyCells(text: string, dialect: Dialect): string[] | undefined {
  const { delimiter, quote, escape: escaper } = dialect;
  if (quote === undefined || text.indexOf(quote) < 0) return plainCells(text, delimiter);
  if (escaper !== quote && text.includes(escaper as string)) return undefined;
  const opener = quote.charCodeAt(0);
  const cells: string[] = [];
  /** The next quote at or behind a cell that is not quoted. */
  let stray = -1;
  for (let at = 0; ; at += delimiter.length) {
    const from = at;
    if (text.charCodeAt(at) === opener) {
      let to = text.indexOf(quote, at + 1);
      const isEscaped = text.charCodeAt(to + 1) === opener;
      if (isEscaped) to = closing(text, at + 1, dialect);
      if (to < 0) return undefined;
      const cell = text.slice(at + 1, to);
      cells.push(isEscaped ? unquoted(cell, dialect) : cell);
      at = to + 1;
      if (at < text.length && !text.startsWith(delimiter, at)) return undefined;
    } else {
      at = text.indexOf(delimiter, at);
      if (at < 0) at = text.length;
      if (stray < from) stray = text.indexOf(quote, from);
      if (stray < 0) stray = text.length;
      if (stray < at) return undefined;
      cells.push(text.slice(from, at));
    }
    if (at >= text.length) return cells;
  }
}

/** The cells of a row. @param places is given where each begins and ends in the text, quotes included. */
export function cellsOf(text: string, dialect: Dialect, places?: number[]): string[] {
  const { delimiter, quote, blanks } = dialect;
  if (places === undefined && blanks === "" && isPlain(text, dialect)) return plainCells(text, delimiter);
  const opener = quote === undefined ? NO_CHARACTER : quote.charCodeAt(0);
  const cells: string[] = [];
  for (let at = 0; ; at += delimiter.length) {
    let from = blanks === "" ? at : behindBlanks(text, at, blanks);
    let to: number;
    if (text.charCodeAt(from) === opener) {
      to = closing(text, from + 1, dialect);
      cells.push(unquoted(text.slice(from + 1, to), dialect));
      to += 1;
      at = blanks === "" ? to : behindBlanks(text, to, blanks);
    } else {
      at = text.indexOf(delimiter, at);
      if (at < 0) at = text.length;
      to = at;
      if (from > to) from = to;
      if (blanks !== "") while (to > from && blanks.includes(text[to - 1] as string)) to--;
      cells.push(text.slice(from, to));
    }
    places?.push(from, to);
    if (at >= text.length) return cells;
  }
}

function behindBlanks(text: string, from: number, blanks: string): number {
  let at = from;
  while (at < text.length && blanks.includes(text[at] as string)) at++;
  return at;
}

/** Where the quote stands that closes a cell; -1 if there is none. */
function closing(text: string, from: number, { quote = "", escape: escaper }: Dialect): number {
  if (escaper !== quote) {
    let at = from;
    while (at < text.length && text[at] !== quote) at += text[at] === escaper ? 2 : 1;
    return at;
  }
  let at = text.indexOf(quote, from);
  while (at >= 0 && text[at + 1] === quote) at = text.indexOf(quote, at + 2);
  return at;
}

/** The text of a quoted cell: what stands for a quote, or for what stands before one, becomes that. */
function unquoted(text: string, { quote = "", escape: escaper = "" }: Dialect): string {
  let made = "";
  let from = 0;
  for (let at = text.indexOf(escaper); at >= 0; ) {
    const next = text[at + 1];
    const escapes = next === quote || next === escaper;
    if (escapes) {
      made += text.slice(from, at);
      from = at + 1;
    }
    at = text.indexOf(escaper, at + (escapes ? 2 : 1));
  }
  return made + text.slice(from);
}
