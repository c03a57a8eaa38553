// The report of a diagnostic, for a terminal or a log:
//
//     error[E1001]: expected "," or "]"              what is wrong
//      --> data.json:1:4 (byte 3)                    where
//       |
//     1 | [1 2]                                      the line, and what is underlined on it
//       | -  ^ here
//       | |
//       | opened here
//       |
//       = while parsing array at 1:1                 notes
//     help: insert "]"                               fix-its, each with the line as it would be
//       |
//     1 | [1] 2]
//       |   +
//     trace: last 8 of 10                            what had succeeded, if the run traced
//       1:2-1:3  number
import { checkOptions } from "../../misuse/options.ts";
import type { Span } from "../../text/index.ts";
import { checkDiagnostic, checkSource } from "../data/check.ts";
import type { Diagnostic } from "../data/model.ts";
import { expectedInWords } from "../messages/expected.ts";
import { commas, count, formatMessage, locales, translated } from "../messages/templates.ts";
import { visible } from "./cells.ts";
import { changeOf, changesIn } from "./change.ts";
import { type Bytes, dumpOf } from "./dump.ts";
import { type Fragment, wholeSource } from "./fragment.ts";
import { keptFor } from "./kept.ts";
import { levelIn, levelsOf } from "./levels.ts";
import { coloured, type Paint, plain } from "./paint.ts";
import { rowsOf, Sheet } from "./sheet.ts";

const WIDTH = 120;
const NARROWEST = 20;
const WIDEST = 1000;
/** The most levels of "while parsing". */
const LEVELS = 3;
/** The most successes of a trace. */
const STEPS = 8;

/** How a report is printed. */
export interface PrettyOptions {
  /** Whether with colours, as SGR codes. Default: without. */
  readonly color?: boolean | undefined;
  /** The language of the report, as a tag. Default: that of the run, if it is known, else English. */
  readonly locale?: string | undefined;
  /** Columns of the terminal: longer lines of the input are cut around the place. Default: 120. */
  readonly width?: number | undefined;
}

/** Settings that the parts of a report share. */
interface Page {
  readonly fragments: readonly Fragment[];
  readonly bytes: Bytes | undefined;
  readonly locale: string | undefined;
  /** Whether the messages are translated to that locale, whatever their own is. */
  readonly translate: boolean;
  readonly width: number;
  readonly paint: Paint;
}

/**
 * Diagnostics as a report: the message, the place, the lines with the error underlined, notes, and how to fix it.
 * Control characters, and those that change the direction of text, are shown as escapes.
 *
 * @param source the text that was parsed; or its bytes, of which those around the place are shown in hexadecimal.
 * Without it the report shows the lines that a diagnostic keeps: for `run` those of all its places, for a streamed run
 * the line up to the failure. A copy of a diagnostic keeps none; then only positions are printed.
 * @returns the lines of the report, without a line end after the last; after several diagnostics there is a line with
 * their number.
 * @throws TypeError if an argument is not a diagnostic, the source is wrong or an option does not exist.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { pretty } from "sluice/diagnostics";
 * import { json } from "sluice/formats/json";
 * pretty(run(json, "[1,}").diagnostics).split("\n").slice(3, 5); // => ["1 | [1,}", "  |    ^"]
 * ```
 */
export function pretty(
  diagnostics: Diagnostic | readonly Diagnostic[],
  source?: string | Uint8Array,
  options: PrettyOptions = {},
): string {
  const all = Array.isArray(diagnostics) ? (diagnostics as readonly Diagnostic[]) : [diagnostics as Diagnostic];
  for (const one of all) checkDiagnostic(one, "pretty takes a diagnostic, or several");
  checkSource(source);
  checkOptions(
    options,
    ["color", "locale", "width"],
    "pretty takes its options third, as an object such as { color: true }",
  );
  const reports = all.map((diagnostic) => reportOf(diagnostic, pageFor(diagnostic, source, options)).join("\n"));
  if (all.reduce((sum, diagnostic) => sum + countOf(diagnostic), 0) > 1) reports.push(summaryOf(all, options));
  return reports.join("\n\n");
}

function isSame(a: Span, b: Span): boolean {
  return a.source === b.source && a.start.offset === b.start.offset && a.end.offset === b.end.offset;
}

function pageFor(diagnostic: Diagnostic, source: string | Uint8Array | undefined, options: PrettyOptions): Page {
  const kept = keptFor(diagnostic);
  const { width = WIDTH } = options;
  return {
    fragments: typeof source === "string" ? [wholeSource(source)] : source === undefined ? (kept?.fragments ?? []) : [],
    bytes: typeof source === "string" ? undefined : source === undefined ? kept?.bytes : allOf(source),
    locale: options.locale ?? kept?.locale,
    translate: options.locale !== undefined,
    width: Number.isNaN(width) ? WIDTH : Math.max(NARROWEST, Math.min(WIDEST, Math.floor(width))),
    paint: options.color === true ? coloured : plain,
  };
}

/** Whatever views them. */
function allOf({ buffer, byteOffset, byteLength }: Uint8Array): Bytes {
  return { offset: 0, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}

function summaryOf(diagnostics: readonly Diagnostic[], { locale, color }: PrettyOptions): string {
  const language = locale ?? keptFor(diagnostics[0] as Diagnostic)?.locale;
  const paint = color === true ? coloured : plain;
  const counts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const these = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
    const n = these.reduce((sum, diagnostic) => sum + countOf(diagnostic), 0);
    return n === 0 ? [] : [count(language, `count.${severity}`, n)];
  });
  return paint("strong", commas(language, counts));
}

/** How many errors a diagnostic stands for, with those that were merged into it. */
function countOf({ extensions: { recover } }: Diagnostic): number {
  const merged = typeof recover === "object" && recover !== null && "merged" in recover ? recover.merged : 0;
  return typeof merged === "number" ? 1 + merged : 1;
}

function reportOf(diagnostic: Diagnostic, page: Page): string[] {
  const { at, notes, fixits } = diagnostic;
  const { locale, paint, width } = page;
  const sheet = new Sheet(page.fragments, at.source);
  const noteLines: string[] = [];
  const noted = notes.flatMap(({ span }) => (span === undefined ? [] : [span]));
  // a note at the same place says more than "here"
  const here = noted.length > 0 && !noted.some((span) => isSame(span, at)) ? formatMessage(locale, "here") : "";
  sheet.underline(at, { sign: "^", style: diagnostic.severity, label: here });
  for (const { span, message } of notes) {
    const label = page.translate ? translated(message, locale ?? "") : message;
    const drawn = span !== undefined && sheet.underline(span, { sign: "-", style: "frame", label });
    if (!drawn) noteLines.push(noteOf(label, span, at, page));
  }
  const proposed = fixits.filter(({ likely }) => likely !== false);
  const changes = changesIn(proposed).map((change) => changeOf(change, sheet, locale));
  const { lines } = sheet;
  const numbers = [...lines, ...changes.flatMap((change) => change.lines)].map(({ number }) => String(number).length);
  const frame = { gutter: Math.max(1, ...numbers), width, paint };
  const indent = " ".repeat(frame.gutter);

  const rows = [headerOf(diagnostic, page), `${indent}${paint("frame", "-->")} ${placeOf(at, page)}`];
  if (page.bytes !== undefined) rows.push(...dumpOf(page.bytes, at, width, diagnostic.severity, paint));
  if (lines.length > 0) {
    const excerpt = rowsOf(lines, at.start.offset, frame);
    rows.push(...excerpt.rows);
    for (const { label, span } of excerpt.unseen) if (label !== "") noteLines.push(noteOf(label, span, at, page));
  }
  for (const level of levelsOf(diagnostic, LEVELS)) noteLines.push(visible(levelIn(level, locale)));
  const help = (title: string): string => `${paint("strong", formatMessage(locale, "help"))}: ${visible(title)}`;
  for (const change of changes) {
    if (change.lines.length === 0) noteLines.push(`${help(change.title)} (${shortPlace(change.span, at)})`);
  }
  if (lines.length > 0 && noteLines.length > 0) rows.push(`${indent} ${paint("frame", "|")}`);
  for (const text of noteLines) rows.push(`${indent} ${paint("frame", "=")} ${text}`);
  for (const change of changes) {
    if (change.lines.length > 0) rows.push(help(change.title), ...rowsOf(change.lines, undefined, frame).rows);
  }
  rows.push(...traceOf(diagnostic, page));
  return rows;
}

/** The last successes of a run with a trace: where each began and ended, and its name. */
function traceOf({ spanTrace = [] }: Diagnostic, { locale, paint }: Page): string[] {
  if (spanTrace.length === 0) return [];
  const last = spanTrace.slice(-STEPS);
  const all = last.length === spanTrace.length;
  const told = all ? "" : ` ${formatMessage(locale, "trace.last", String(last.length), String(spanTrace.length))}`;
  const places = last.map(({ span: { start, end } }) => `${start.line}:${start.column}-${end.line}:${end.column}`);
  const width = Math.max(...places.map((place) => place.length));
  const rows = last.map(({ name }, i) => `  ${paint("frame", (places[i] ?? "").padEnd(width))}  ${visible(name)}`);
  return [`${paint("strong", formatMessage(locale, "trace"))}:${told}`, ...rows];
}

function headerOf(diagnostic: Diagnostic, page: Page): string {
  const { severity, code } = diagnostic;
  const { locale, paint } = page;
  const [first = "", ...rest] = messageOf(diagnostic, page).split(/\r\n|\n|\r/);
  const name = `${formatMessage(locale, severity)}${code === undefined ? "" : `[${visible(code)}]`}`;
  const message = [visible(first), ...rest.map((line) => `  ${visible(line)}`)].join("\n");
  return `${paint(severity, name)}${paint("strong", `: ${message}`)}`;
}

/** The message, in the requested locale if it is one of the engine's own. */
function messageOf({ message, expected }: Diagnostic, { translate, locale = "" }: Page): string {
  if (!translate) return message;
  if (expected === undefined) return translated(message, locale);
  const { messageKey, alternatives } = expected;
  const inLocale = (to: string): string => formatMessage(to, messageKey, expectedInWords(alternatives, to));
  const own = locales().some((known) => inLocale(known) === message);
  return own ? inLocale(locale) : message;
}

/** `file:line:column (byte N)` */
function placeOf({ source, start }: Span, { locale }: Page): string {
  const name = source === undefined ? "" : `${visible(source)}:`;
  return `${name}${start.line}:${start.column} (${formatMessage(locale, "byte", String(start.byteOffset))})`;
}

/** A note in one line, with its position if it is about a place. */
function noteOf(message: string, span: Span | undefined, at: Span, { locale, paint }: Page): string {
  const text = `${paint("strong", formatMessage(locale, "note"))}: ${visible(message)}`;
  return span === undefined ? text : `${text} (${shortPlace(span, at)})`;
}

function shortPlace({ source, start }: Span, at: Span): string {
  const name = source === undefined || source === at.source ? "" : `${visible(source)}:`;
  return `${name}${start.line}:${start.column}`;
}
