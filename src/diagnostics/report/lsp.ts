// Diagnostics in the format of the Language Server Protocol, 3.17.
import { described } from "../../misuse/described.ts";
import type { Position, Span } from "../../text/index.ts";
import { checkDiagnostic } from "../data/check.ts";
import type { Diagnostic, FixIt } from "../data/model.ts";
import { formatMessage } from "../messages/templates.ts";
import { changeOf, changesIn } from "./change.ts";
import { type Fragment, type Line, lineAt, wholeSource } from "./fragment.ts";
import { keptFor } from "./kept.ts";
import { levelsOf } from "./levels.ts";
import { Sheet } from "./sheet.ts";

/** `DiagnosticSeverity` */
const SEVERITY: Readonly<Record<Diagnostic["severity"], number>> = { error: 1, warning: 2, info: 3 };
/** The most rules around the failure in the related information. */
const LEVELS = 3;
const UNNAMED = "untitled:input";

interface LspPosition {
  readonly line: number;
  readonly character: number;
}
interface LspRange {
  readonly start: LspPosition;
  readonly end: LspPosition;
}

/**
 * A diagnostic for a language client: LSP 3.17's `Diagnostic`, with zero-based UTF-16 positions. The related
 * information are the notes with a place, and where the rules around it began; `data.expected` has what was expected,
 * `data.codeActions` the fix-its as quick fixes (`CodeAction`).
 *
 * @param source the text that was parsed. Without it the UTF-16 positions are computed from the lines that the
 * diagnostic keeps (see `pretty`); if there are none, a column counts as that many characters.
 * @throws TypeError if it is not a diagnostic, or the text is not one.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { toLsp } from "sluice/diagnostics";
 * import { json } from "sluice/formats/json";
 * const [diagnostic] = run(json, '["😀" 1]').diagnostics;
 * diagnostic && (toLsp(diagnostic) as { range: unknown }).range; // => { start: { line: 0, character: 6 }, end: { line: 0, character: 6 } }
 * ```
 */
export function toLsp(diagnostic: Diagnostic, source?: string): object {
  checkDiagnostic(diagnostic, "toLsp takes a diagnostic");
  if (source !== undefined && typeof source !== "string") {
    throw new TypeError(`toLsp takes the text that was parsed second, got ${described(source)}`);
  }
  const { at, code, expected, fixits, message, notes, severity } = diagnostic;
  const fragments = source === undefined ? (keptFor(diagnostic)?.fragments ?? []) : [wholeSource(source)];
  const range = rangeOf(at, fragments);
  const shown = {
    range,
    severity: SEVERITY[severity],
    ...(code === undefined ? {} : { code }),
    source: "sluice",
    message,
  };
  const related = notes.flatMap(({ span, message: note }) => {
    if (span === undefined) return [];
    return [{ location: { uri: uriOf(span, at), range: rangeOf(span, fragments) }, message: note }];
  });
  for (const { name, at: began } of levelsOf(diagnostic, LEVELS)) {
    if (began === undefined) continue;
    const location = { uri: uriOf(at, at), range: rangeOf({ start: began, end: began }, fragments) };
    related.push({ location, message: formatMessage(undefined, "parsing", name) });
  }
  const sheet = new Sheet(fragments, at.source);
  const changes = changesIn(fixits);
  const codeActions = changes.map((change) => ({
    title: changeOf(change, sheet, undefined).title,
    kind: "quickfix",
    diagnostics: [shown],
    isPreferred: changes.length === 1 && change.every(({ likely }) => likely !== false),
    edit: { changes: editsOf(change, at, fragments) },
  }));
  return {
    ...shown,
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    data: { ...(expected === undefined ? {} : { expected }), codeActions },
  };
}

interface LspEdit {
  readonly range: LspRange;
  readonly newText: string;
}

/** The edits of a change, by the document that each is in. */
function editsOf(change: readonly FixIt[], at: Span, fragments: readonly Fragment[]): Record<string, LspEdit[]> {
  const edits: Record<string, LspEdit[]> = {};
  for (const { span, insert } of change) {
    const uri = uriOf(span, at);
    edits[uri] = [...(edits[uri] ?? []), { range: rangeOf(span, fragments), newText: insert }];
  }
  return edits;
}

function rangeOf({ start, end }: Span, fragments: readonly Fragment[]): LspRange {
  return { start: positionOf(start, fragments), end: positionOf(end, fragments) };
}

function positionOf(position: Position, fragments: readonly Fragment[]): LspPosition {
  const line = lineHere(position, fragments);
  const character = line === undefined ? position.column - 1 : position.offset - line.offset;
  return { line: position.line - 1, character: Math.max(0, character) };
}

/** The line of a place, if its beginning is available. */
function lineHere(position: Position, fragments: readonly Fragment[]): Line | undefined {
  for (const fragment of fragments) {
    const line = lineAt(fragment, position);
    if (line !== undefined && !line.cutBefore) return line;
  }
  return undefined;
}

/** The name of the source as a URI; a name with a scheme is not changed. */
function uriOf(span: Span, at: Span): string {
  const name = span.source ?? at.source;
  if (name === undefined) return UNNAMED;
  if (/^[a-z][a-z\d+.-]+:/i.test(name)) return name;
  const path = name.replaceAll("\\", "/").replace(/\p{Surrogate}/gu, "\ufffd");
  const root = path.startsWith("/") ? "file://" : /^[a-z]:\//i.test(path) ? "file:///" : "";
  return root + encodeURI(path);
}
