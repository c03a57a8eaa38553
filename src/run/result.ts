// What a run gives: a value with its span, or diagnostics.
import { type Diagnostic, type ExpectationSummary, type FixIt, merged, summaryOf } from "../diagnostics/index.ts";
import type { Expectation } from "../grammar/expectation.ts";
import type { Problem } from "../grammar/problem.ts";
import { CONTEXT, type Machine, STATUS, type Status } from "../machine/index.ts";
import type { Position, Span } from "../text/index.ts";

interface ResultParts<E> {
  readonly diagnostics: readonly Diagnostic[];
  /** What was emitted, in order; while streaming it is in the outcomes instead. */
  readonly emitted: readonly E[];
  readonly profile?: Readonly<Record<string, number>>;
}
/** There is a value, and no error. */
export interface Parsed<T, E = never> extends ResultParts<E> {
  readonly ok: true;
  readonly recovered: false;
  readonly value: T;
  readonly span: Span;
}
/** There is a value, and errors that were recovered from. */
export interface Recovered<T, E = never> extends ResultParts<E> {
  readonly ok: false;
  readonly recovered: true;
  readonly value: T;
  readonly span: Span;
}
/** There is no value. */
export interface Failed<E = never> extends ResultParts<E> {
  readonly ok: false;
  readonly recovered: false;
  readonly value?: never;
  readonly span?: Span;
}
export type ParseResult<T, E = never> = Parsed<T, E> | Recovered<T, E> | Failed<E>;

/** A failed run as an exception: its message is the diagnostics in words. */
export class ParseError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly result: ParseResult<unknown, unknown>;

  constructor(result: ParseResult<unknown, unknown>) {
    super(result.diagnostics.map(inWords).join("\n"));
    this.name = "ParseError";
    this.diagnostics = result.diagnostics;
    this.result = result;
  }
}

function inWords({ at, message, notes }: Diagnostic): string {
  const place = ({ line, column }: Position): string => `${line}:${column}: `;
  const source = at.source === undefined ? "" : `${at.source}:`;
  const told = notes.map(({ span, message: note }) => `  note: ${span === undefined ? "" : place(span.start)}${note}`);
  return [`${source}${place(at.start)}${message}`, ...told].join("\n");
}

/**
 * The value of a result.
 *
 * @throws ParseError with the diagnostics in words, if there were errors.
 *
 * @example
 * ```ts
 * import { ok, run, unwrap } from "sluice";
 * unwrap(run(ok(1), "")); // => 1
 * ```
 */
export function unwrap<T>(result: ParseResult<T, unknown>): T {
  if (result.ok) return result.value;
  throw new ParseError(result);
}

/** Gives the span of a success when it is asked for. */
export type SpanOf = () => Span;

/** The result of a machine that came to rest for good. */
export function resultOf<T, E>(
  machine: Machine,
  status: Status,
  emitted: readonly E[],
  span: SpanOf,
): ParseResult<T, E> {
  const warnings = machine.emissions.warnings.map((problem) => told(machine, "warning", problem));
  if (status === STATUS.DONE) return success(machine.val as T, emitted, warnings, span);
  return { ok: false, recovered: false, diagnostics: [...warnings, diagnosticOf(machine, status)], emitted };
}

/** A result whose positions are worked out when first looked at. */
function success<T, E>(
  value: T,
  emitted: readonly E[],
  diagnostics: readonly Diagnostic[],
  spanOf: SpanOf,
): Parsed<T, E> {
  let known: Span | undefined;
  return {
    ok: true,
    recovered: false,
    value,
    get span(): Span {
      known ??= spanOf();
      return known;
    },
    diagnostics,
    emitted,
  };
}

/** What a function told of what was read. */
function told(
  machine: Machine,
  severity: Diagnostic["severity"],
  problem: Problem,
  expected?: ExpectationSummary,
): Diagnostic {
  const at = machine.position(machine.farthest);
  const { code, message, notes = severity === "error" ? openedHere(machine) : [], fixits = [] } = problem;
  return {
    severity,
    ...(code === undefined ? {} : { code }),
    message,
    at: problem.at ?? spanOf(machine, at, at),
    ...(expected === undefined ? {} : { expected }),
    notes,
    fixits,
    context: severity === "error" ? machine.context(CONTEXT) : [],
    extensions: {},
  };
}

function diagnosticOf(machine: Machine, status: Status): Diagnostic {
  if (status === STATUS.BROKEN) {
    const end = machine.position(machine.window.base + machine.window.end);
    const message = `malformed UTF-8 at byte ${machine.input.broken?.byteOffset ?? end.byteOffset}`;
    return error(machine, "stream.decode", message, end);
  }
  if (status === STATUS.FATAL && machine.error !== undefined) {
    const { code, detail, offset } = machine.error;
    return error(machine, code, fatalMessage(code, detail), machine.position(offset));
  }
  return expectation(machine);
}

function fatalMessage(code: string, detail: string): string {
  if (code === "E3001") return "the body of this repetition succeeds without consuming";
  if (detail === "andThen") return "left recursion: andThen goes on without reading";
  return `left recursion: ${detail}`;
}

function expectation(machine: Machine): Diagnostic {
  const { window } = machine;
  const at = machine.position(machine.farthest);
  const alternatives = merged(expectationsOf(machine));
  const expected = alternatives.length === 0 ? undefined : summaryOf(alternatives);
  const problem = machine.record().problem(machine.farthest);
  if (problem !== undefined) return told(machine, "error", problem, expected);
  const atEnd = window.closed && machine.farthest === window.base + window.end;
  const wanted = expected === undefined ? undefined : `expected ${expected.humanized}`;
  const message = atEnd
    ? `unexpected end of input${wanted === undefined ? "" : `, ${wanted}`}`
    : (wanted ?? "this can't stand here");
  const notes = openedHere(machine);
  const rest = alternatives.some((e) => e.kind === "eof") ? machine.restOfLine() : undefined;
  if (rest !== undefined && rest !== "") notes.push({ message: `found ${JSON.stringify(rest)}` });
  const fix = machine.opened?.closer;
  return {
    ...error(machine, "E1001", message, at),
    ...(expected === undefined ? {} : { expected }),
    notes,
    fixits: fix === undefined || notes.length === 0 ? [] : [insertion(machine, fix)],
  };
}

/** Where the bracket was opened whose closer is missing where the parse failed. */
function openedHere(machine: Machine): { span?: Span; message: string }[] {
  const { opened } = machine;
  const at = opened && (opened.position ?? machine.places.openedAt(opened.at));
  return at === undefined ? [] : [{ span: spanOf(machine, at, at), message: "opened here" }];
}

function insertion(machine: Machine, text: string): FixIt {
  const place = machine.places.blankBefore(machine.farthest);
  return { span: spanOf(machine, place, place), insert: text };
}

function error(machine: Machine, code: string, message: string, at: Position): Diagnostic {
  return {
    severity: "error",
    code,
    message,
    at: spanOf(machine, at, at),
    notes: [],
    fixits: [],
    context: machine.context(CONTEXT),
    extensions: {},
  };
}

function spanOf(machine: Machine, start: Position, end: Position): Span {
  const { source } = machine.options;
  return source === undefined ? { start, end } : { source, start, end };
}

/** What was expected where the machine got farthest. */
export function expectationsOf(machine: Machine): Expectation[] {
  return machine.record().expectations();
}
