// A fix-it in words, and the lines as they would be.
import type { Mark } from "./excerpt.ts";
import { type Fragment, lineAfter, lineAt } from "./fragment.ts";
import type { FixIt } from "./model.ts";
import type { Sheet, ShownLine } from "./sheet.ts";
import { quoted, say } from "./templates.ts";

/** Lines of a change that are shown. */
const MOST_LINES = 4;
/** Of a text that is inserted or replaced, in units. */
const MOST_SAID = 40;

/** What would mend an error. */
export interface Change {
  /** As `insert "]"`. */
  readonly title: string;
  /** The changed lines; none if the text is not here. */
  readonly lines: readonly ShownLine[];
}

export function changeOf({ span, insert }: FixIt, sheet: Sheet, locale: string | undefined): Change {
  const first = sheet.lineOf(span, span.start);
  const last = sheet.lineOf(span, span.end);
  const from = span.start.offset;
  const to = Math.max(from, span.end.offset);
  const here = first !== undefined && last?.fragment === first.fragment;
  const old = here ? first.fragment.text.slice(from - first.fragment.offset, to - first.fragment.offset) : "";
  const title = titleOf(old, insert, to > from, locale);
  if (!here) return { title, lines: [] };
  if (insert === "") {
    const mark: Mark = { from, to, sign: "-", style: "removed", label: "", span };
    return {
      title,
      lines: first.offset === last.offset ? [{ number: span.start.line, line: first, marks: [mark] }] : [],
    };
  }
  const head = first.text.slice(0, Math.max(0, from - first.offset));
  const changed: Fragment = {
    offset: first.offset,
    text: head + insert + last.text.slice(Math.max(0, to - last.offset)),
    cutBefore: first.cutBefore,
    cutAfter: last.cutAfter,
  };
  const start = first.offset + head.length;
  const end = start + insert.length;
  const lines: ShownLine[] = [];
  for (
    let line = lineAt(changed, { offset: start });
    line !== undefined && line.offset < end && lines.length < MOST_LINES;
    line = lineAfter(line)
  ) {
    const stretch = { from: Math.max(line.offset, start), to: Math.min(line.offset + line.text.length, end) };
    const mark: Mark = { ...stretch, sign: to > from ? "~" : "+", style: "added", label: "", span };
    lines.push({ number: span.start.line + lines.length, line, marks: [mark] });
  }
  return { title, lines };
}

function titleOf(old: string, insert: string, replaces: boolean, locale: string | undefined): string {
  const added = quoted(shortened(insert), locale);
  if (!replaces) return say(locale, "insert", added);
  const gone = old === "" ? "…" : quoted(shortened(old), locale);
  return insert === "" ? say(locale, "remove", gone) : say(locale, "replace", gone, added);
}

function shortened(text: string): string {
  if (text.length <= MOST_SAID) return text;
  const pair = (text.charCodeAt(MOST_SAID - 1) & 0xfc00) === 0xd800;
  return `${text.slice(0, pair ? MOST_SAID - 1 : MOST_SAID)}…`;
}
