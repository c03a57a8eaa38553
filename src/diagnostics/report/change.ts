// A fix-it in words, and the lines after the change. Fix-its of a group are one change.
import type { Span } from "../../text/index.ts";
import type { FixIt } from "../data/model.ts";
import { both, commas, formatMessage, quoted } from "../messages/templates.ts";
import type { Mark } from "./excerpt.ts";
import { type Fragment, type Line, lineAfter, lineAt } from "./fragment.ts";
import type { Sheet, ShownLine } from "./sheet.ts";

/** The most lines of a change that are shown. */
const MOST_LINES = 4;
/** The most units of a text that is inserted or replaced. */
const MOST_SAID = 40;

/** A change that would fix an error. */
interface Change {
  /** As `insert "]"`. */
  readonly title: string;
  /** Where it is, or begins. */
  readonly span: Span;
  /** The changed lines; none if the text is not available. */
  readonly lines: readonly ShownLine[];
}

/** Fix-its as changes: those of a group together, in the order of the text. */
export function changesIn(fixits: readonly FixIt[]): readonly (readonly FixIt[])[] {
  const changes: FixIt[][] = [];
  const groups = new Map<number, FixIt[]>();
  for (const fix of fixits) {
    const known = fix.group === undefined ? undefined : groups.get(fix.group);
    if (known !== undefined) known.push(fix);
    else {
      const change = [fix];
      changes.push(change);
      if (fix.group !== undefined) groups.set(fix.group, change);
    }
  }
  return changes.map((change) =>
    change.length === 1 ? change : joined(change.sort((a, b) => a.span.start.offset - b.span.start.offset)),
  );
}

/** Insertions at one place become one. */
function joined(fixits: readonly FixIt[]): readonly FixIt[] {
  const found: FixIt[] = [];
  for (const fix of fixits) {
    const last = found.at(-1);
    const { start, end } = fix.span;
    if (last !== undefined && start.offset === end.offset && last.span.start.offset === end.offset) {
      found[found.length - 1] = { ...last, insert: last.insert + fix.insert };
    } else found.push(fix);
  }
  return found;
}

/** @param fixits one, or several in the order of the text that do not overlap. */
export function changeOf(fixits: readonly FixIt[], sheet: Sheet, locale: string | undefined): Change {
  const [only, ...others] = fixits as readonly [FixIt, ...FixIt[]];
  if (others.length === 0) return changeOfOne(only, sheet, locale);
  const titles = fixits.every(({ insert, span }) => insert !== "" && span.start.offset === span.end.offset)
    ? formatMessage(
        locale,
        "insert",
        both(
          locale,
          fixits.map(({ insert }) => saidOf(insert, locale)),
        ),
      )
    : commas(
        locale,
        fixits.map((fix) => changeOfOne(fix, sheet, locale).title),
      );
  return { title: titles, span: only.span, lines: linesOf(fixits, sheet) };
}

/**
 * Lines with several changes in each; none if one of them is not available, or a change is more than a part of a line.
 */
function linesOf(fixits: readonly FixIt[], sheet: Sheet): readonly ShownLine[] {
  const byLine = new Map<number, { readonly number: number; readonly line: Line; readonly fixits: FixIt[] }>();
  for (const fix of fixits) {
    const { span, insert } = fix;
    const line = sheet.lineOf(span, span.start);
    if (line === undefined || /[\r\n]/.test(insert) || span.end.offset > line.offset + line.text.length) return [];
    const known = byLine.get(line.offset);
    if (known === undefined) byLine.set(line.offset, { number: span.start.line, line, fixits: [fix] });
    else known.fixits.push(fix);
  }
  return [...byLine.values()]
    .slice(0, MOST_LINES)
    .map(({ number, line, fixits: here }) => changedLine(number, line, here));
}

function changedLine(number: number, line: Line, fixits: readonly FixIt[]): ShownLine {
  let text = "";
  let at = 0;
  const marks: Mark[] = [];
  for (const { span, insert } of fixits) {
    const [start, end] = [span.start.offset - line.offset, span.end.offset - line.offset];
    text += line.text.slice(at, start);
    at = Math.max(at, end);
    if (insert === "") continue;
    const from = line.offset + text.length;
    text += insert;
    const sign = end > start ? "~" : "+";
    marks.push({ from, to: line.offset + text.length, sign, style: "added", label: "", span });
  }
  text += line.text.slice(at);
  const { cutBefore, cutAfter, offset } = line;
  const fragment = { offset, text, cutBefore, cutAfter };
  return { number, line: { fragment, ...fragment }, marks };
}

function changeOfOne({ span, insert }: FixIt, sheet: Sheet, locale: string | undefined): Change {
  const first = sheet.lineOf(span, span.start);
  const last = sheet.lineOf(span, span.end);
  const from = span.start.offset;
  const to = Math.max(from, span.end.offset);
  const here = first !== undefined && last?.fragment === first.fragment;
  const old = here ? first.fragment.text.slice(from - first.fragment.offset, to - first.fragment.offset) : "";
  const title = titleOf(old, insert, to > from, locale);
  if (!here) return { title, span, lines: [] };
  if (insert === "") {
    const mark: Mark = { from, to, sign: "-", style: "removed", label: "", span };
    return {
      title,
      span,
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
  return { title, span, lines };
}

function titleOf(old: string, insert: string, replaces: boolean, locale: string | undefined): string {
  const added = saidOf(insert, locale);
  if (!replaces) return formatMessage(locale, "insert", added);
  const gone = old === "" ? "…" : saidOf(old, locale);
  return insert === "" ? formatMessage(locale, "remove", gone) : formatMessage(locale, "replace", gone, added);
}

function saidOf(text: string, locale: string | undefined): string {
  return quoted(shortened(text), locale);
}

function shortened(text: string): string {
  if (text.length <= MOST_SAID) return text;
  const pair = (text.charCodeAt(MOST_SAID - 1) & 0xfc00) === 0xd800;
  return `${text.slice(0, pair ? MOST_SAID - 1 : MOST_SAID)}…`;
}
