// What a run gives: a value with its span, or diagnostics.

import { type RecoveryEntry, textsInSpace } from "../compile/index.ts";
import type { Diagnostic, ExpectationSummary, FixIt } from "../diagnostics/data/model.ts";
import { merged, summaryOf } from "../diagnostics/messages/expected.ts";
import { say } from "../diagnostics/messages/templates.ts";
import { keep, keepAlso, keptFor } from "../diagnostics/report/kept.ts";
import { pretty } from "../diagnostics/report/pretty.ts";
import type { Expectation } from "../grammar/expectation.ts";
import type { Problem, ProblemNote } from "../grammar/problem.ts";
import {
  CONTEXT,
  type Machine,
  mayBeComment,
  mayFollow,
  openAtFailure,
  type RecoverOptions,
  Recovery,
  STATUS,
  type Status,
  Warning,
  wouldEnd,
} from "../machine/index.ts";
import { described } from "../misuse/described.ts";
import type { Position, Span } from "../text/index.ts";
import type { RunConfig } from "./config.ts";
import { bytesAround, lineOfWarning, lineRead, type TextOf } from "./kept-text.ts";
import { passedLimit, untoldWarnings } from "./limits.ts";
import { onDemand } from "./on-demand.ts";
import { finished, joined, recovering } from "./recovered.ts";
import { spanOf } from "./span-of.ts";
import { suggested } from "./suggested.ts";

/** What every result has. */
export interface ResultParts<E> {
  readonly diagnostics: readonly Diagnostic[];
  /** What was emitted, in order; while streaming it is in the outcomes instead. */
  readonly emitted: readonly E[];
  /** Kept for `RunConfig.profile`, which is not built: no result has it. */
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
/** What a run gives: told apart by `ok` and `recovered`. */
export type ParseResult<T, E = never> = Parsed<T, E> | Recovered<T, E> | Failed<E>;

/** A failed run as an exception. Its message is the diagnostics as `pretty` prints them, or in short if no text is known. */
export class ParseError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly result: ParseResult<unknown, unknown>;

  constructor(result: ParseResult<unknown, unknown>) {
    checkResult(result, "a ParseError");
    const { diagnostics } = result;
    const known = diagnostics.some((diagnostic) => {
      const kept = keptFor(diagnostic);
      return kept !== undefined && (kept.fragments.length > 0 || kept.bytes !== undefined);
    });
    super(known ? pretty(diagnostics) : diagnostics.map(inWords).join("\n"), causeOf(diagnostics));
    this.name = "ParseError";
    this.diagnostics = result.diagnostics;
    this.result = result;
  }
}

/** What a broken stream says of its cause. */
function causeOf(diagnostics: readonly Diagnostic[]): ErrorOptions {
  for (const { extensions } of diagnostics) {
    const { stream } = extensions;
    if (typeof stream === "object" && stream !== null && "cause" in stream) return { cause: stream.cause };
  }
  return {};
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
 * @throws ParseError with the diagnostics in words, if there were errors; TypeError if it is no result.
 *
 * @example
 * ```ts
 * import { ok, run, unwrap } from "sluice";
 * unwrap(run(ok(1), "")); // => 1
 * ```
 */
export function unwrap<T>(result: ParseResult<T, unknown>): T {
  checkResult(result, "unwrap");
  if (result.ok) return result.value;
  throw new ParseError(result);
}

function checkResult(result: unknown, taker: string): asserts result is ParseResult<unknown, unknown> {
  const { ok, diagnostics } = (result ?? {}) as { ok?: unknown; diagnostics?: unknown };
  if (ok === true || (ok === false && Array.isArray(diagnostics))) return;
  const hint =
    typeof result === "object" && result !== null && "result" in result ? "; give it the outcome's result" : "";
  throw new TypeError(`${taker} takes the result of a run, got ${described(result)}${hint}`);
}

/** @internal Gives the span of a success when it is asked for. */
type SpanOf = () => Span;

/**
 * @internal The result of a machine that came to rest for good.
 *
 * @param textOf what to keep of the text for excerpts.
 */
export function resultOf<T, E>(
  machine: Machine,
  status: Status,
  emitted: readonly E[],
  span: SpanOf,
  textOf: TextOf = lineRead,
): ParseResult<T, E> {
  const notices = noticesOf(machine, textOf);
  if (status === STATUS.DONE) {
    return success(machine.val as T, emitted, notices, span, machine.recoveries.taken > 0);
  }
  const diagnostic = diagnosticOf(machine, status);
  const diagnostics = [diagnostic, ...othersOf(machine, status)];
  for (const one of diagnostics) keepInput(machine, one, textOf);
  return { ok: false, recovered: false, diagnostics: [...notices, ...diagnostics], emitted };
}

/** A result whose positions are worked out when first looked at. */
function success<T, E>(
  value: T,
  emitted: readonly E[],
  diagnostics: readonly Diagnostic[],
  spanOf: SpanOf,
  recovered: boolean,
): Parsed<T, E> | Recovered<T, E> {
  const known = { ok: !recovered, recovered, value, diagnostics, emitted };
  return onDemand(known, "span", spanOf) as Parsed<T, E> | Recovered<T, E>;
}
/**
 * @internal Warnings and recoveries, in order.
 *
 * @param from how many of them to pass over; so are those that join one of these.
 * @param textOf what to keep of the text for excerpts.
 */
export function newsOf(machine: Machine, from: number, textOf: TextOf = lineRead): Diagnostic[] {
  const notices: Diagnostic[] = [];
  const all = machine.emissions.told.items;
  for (let k = from; k < all.length; k++) {
    const notice = all[k] as Warning | Recovery;
    if (notice instanceof Warning) {
      const warning = told(machine, "warning", notice.problem);
      keepInput(machine, warning, textOf === lineRead ? () => lineOfWarning(machine, notice, warning) : textOf);
      notices.push(warning);
    } else if (notice.joins && machine.options.recover?.merges === true && all[k - 1] instanceof Recovery) {
      const last = notices.pop();
      if (last !== undefined) notices.push(keepAlso(last, joined(last, notice)));
    } else notices.push(keepAlso(notice.diagnostic as Diagnostic, finished(notice)));
  }
  return notices;
}

/** Keeps for a report what is there of the input around a diagnostic's place. */
function keepInput(machine: Machine, diagnostic: Diagnostic, textOf: TextOf): void {
  const { binary, locale } = machine.options;
  if (binary) keep(diagnostic, [], locale, bytesAround(machine, diagnostic));
  else keep(diagnostic, textOf(machine, diagnostic), locale);
}

type Note = Diagnostic["notes"][number];

/** @internal What was told on the way, in order. */
export function noticesOf(machine: Machine, textOf: TextOf = lineRead): Diagnostic[] {
  const notices = newsOf(machine, 0, textOf);
  const { untold, firstUntold } = machine.emissions;
  if (firstUntold !== undefined) {
    const { at } = told(machine, "warning", firstUntold.problem);
    notices.push(untoldWarnings(machine.options.locale, machine.options.bounds?.maxDiagnostics ?? 0, untold, at));
  }
  return notices;
}

/** @internal How a run recovers, if its configuration says that it does. */
export function recoverOf(config: RunConfig, textOf: TextOf = lineRead): RecoverOptions | undefined {
  const recover = config.extensions?.recover;
  if (recover?.mode !== "collect") return undefined;
  const { maxResyncUnits, maxRecoveries } = recover;
  const show = (machine: Machine, diagnostic: Diagnostic): void => keepInput(machine, diagnostic, textOf);
  return {
    maxResyncUnits: maxResyncUnits ?? Number.POSITIVE_INFINITY,
    maxRecoveries: maxRecoveries ?? Number.POSITIVE_INFINITY,
    merges: config.mergeWarnings ?? true,
    diagnose(machine, entry) {
      const failure = inserting(machine, expectation(machine, false), entry);
      const diagnostic = recovering(failure, entry, machine.options.locale);
      show(machine, diagnostic);
      return diagnostic;
    },
    ...(textOf === lineRead ? { skipped: (machine, diagnostic) => show(machine, diagnostic as Diagnostic) } : {}),
    valueOf: (make, recovery, skipped) =>
      make(keepAlso(recovery.diagnostic as Diagnostic, finished(recovery)), skipped),
  };
}

/** The fix-it of a recovery that inserts. */
function inserting(machine: Machine, diagnostic: Diagnostic, { node }: RecoveryEntry): Diagnostic {
  if (node.action.kind !== "insert") return diagnostic;
  return { ...diagnostic, fixits: [insertion(machine, node.action.token)] };
}

/** What a function told of what was read. */
function told(
  machine: Machine,
  severity: Diagnostic["severity"],
  problem: Problem,
  expected?: ExpectationSummary,
): Diagnostic {
  const { code, messageKey, args = [], notes, fixits = [] } = problem;
  const { locale } = machine.options;
  const message = locale === undefined || messageKey === undefined ? problem.message : say(locale, messageKey, ...args);
  let { at } = problem;
  if (at === undefined) {
    const place = machine.position(machine.farthest);
    at = spanOf(machine, place, place);
  }
  return {
    severity,
    ...(code === undefined ? {} : { code }),
    message,
    at,
    ...(expected === undefined ? {} : { expected }),
    notes: notes?.map((note) => noteIn(note, locale)) ?? (severity === "error" ? openedHere(machine) : []),
    fixits,
    ...(severity === "error" ? contextOf(machine) : { context: [], contextAt: [] }),
    ...(severity === "error" ? spanTraceOf(machine) : {}),
    extensions: {},
  };
}

/** A note in the language of the run. */
function noteIn({ span, message, messageKey, args = [] }: ProblemNote, locale: string | undefined): Note {
  const words = locale === undefined || messageKey === undefined ? message : say(locale, messageKey, ...args);
  return span === undefined ? { message: words } : { span, message: words };
}

function diagnosticOf(machine: Machine, status: Status): Diagnostic {
  const { locale } = machine.options;
  if (status === STATUS.BROKEN) {
    const end = machine.position(machine.window.base + machine.window.end);
    const at = machine.input.broken?.byteOffset ?? end.byteOffset;
    return error(machine, "stream.decode", say(locale, "stream.decode", String(at)), end);
  }
  if (status === STATUS.FATAL && machine.error !== undefined) {
    const { code, detail, offset, passed } = machine.error;
    if (passed !== undefined) {
      const spanAt = (at: number): Span => spanOf(machine, machine.position(at), machine.position(at));
      return passedLimit(machine, code, passed, error(machine, code, "", machine.position(offset)), spanAt);
    }
    return fatal(machine, code, detail, machine.position(offset));
  }
  return expectation(machine);
}

/** A fault of the grammar. */
function fatal(machine: Machine, code: string, detail: string, at: Position): Diagnostic {
  const { locale } = machine.options;
  const found = error(machine, code, "", at);
  const [rule] = found.context;
  const key = detail === "andThen" ? "E4001.andThen" : code === "E3001" && rule !== undefined ? "E3001.rule" : code;
  return { ...found, message: say(locale, key, detail, rule ?? "") };
}

/** What else is wrong with a value that was refused. */
function othersOf(machine: Machine, status: Status): readonly Diagnostic[] {
  const others = status === STATUS.FAILED ? refusedAt(machine)?.others : undefined;
  return (others ?? []).map((problem) => told(machine, "error", problem));
}

/** What was found wrong where the machine got farthest, if that is what it failed of. */
function refusedAt(machine: Machine): Problem | undefined {
  return machine.failedUnheard ? undefined : machine.record().problem(machine.farthest);
}

/** @param complete whether the run ends with it: only then is it tried what would follow a closer. */
function expectation(machine: Machine, complete = true): Diagnostic {
  const { window } = machine;
  const { locale } = machine.options;
  if (machine.failedUnheard) {
    const ended = window.closed && machine.offset === window.base + window.end;
    const message = say(locale, ended ? "end" : "refused");
    return { ...error(machine, "E1001", message, machine.position(machine.offset)), context: [], contextAt: [] };
  }
  const at = machine.position(machine.farthest);
  const alternatives = merged(expectationsOf(machine));
  const atEnd = window.closed && machine.farthest === window.base + window.end;
  const key = atEnd ? "expected.end" : "expected";
  const expected =
    alternatives.length === 0 ? undefined : summaryOf(alternatives, key, locale, openAtFailure(machine, 1)[0]?.name);
  const problem = refusedAt(machine);
  if (problem !== undefined) {
    const diagnostic = told(machine, "error", problem, expected);
    // a run that goes on reports one diagnostic for each recovery
    const others = complete ? [] : (problem.others ?? []);
    return { ...diagnostic, notes: [...diagnostic.notes, ...others.map(({ message }) => ({ message }))] };
  }
  const message =
    machine.record().saying() ??
    (expected === undefined ? say(locale, atEnd ? "end" : "refused") : say(locale, key, expected.humanized));
  const opened = openedHere(machine);
  const more = suggested(machine, alternatives);
  return {
    ...error(machine, "E1001", message, at),
    ...(expected === undefined ? {} : { expected }),
    notes: [...opened, ...more.notes],
    fixits: [...(opened.length === 0 ? [] : closing(machine, complete)), ...more.fixits],
  };
}

/** Where the bracket was opened whose closer is missing where the parse failed; at the end of input all that is open. */
function openedHere(machine: Machine): { span?: Span; message: string }[] {
  const { opened } = machine;
  return (opened?.brackets ?? []).flatMap((bracket, i) => {
    const at = machine.begunAt(bracket.at);
    const key = i === 0 && opened?.closes === true ? "opened" : "open";
    return at === undefined ? [] : [{ span: spanOf(machine, at, at), message: say(machine.options.locale, key) }];
  });
}

/** Of the space before a place, so much is looked past. */
const MOST_SPACE = 4096;
const WORD = /[\p{L}\p{N}_]/u;

/** The insertion of a text where the last thing before the failure ends; a word keeps apart from a word. */
function insertion(machine: Machine, text: string): FixIt {
  const { farthest, places } = machine;
  let place = places.blankBefore(farthest);
  let space = farthest - place.offset;
  if (
    space > 0 &&
    mayBeComment(machine, space, textsInSpace(machine.failure.programs[0]?.root ?? machine.program.root))
  ) {
    place = machine.position(farthest);
    space = 0;
  }
  const before = space < MOST_SPACE ? places.textBefore(farthest, space + 1).slice(0, 1) : "";
  const apart = WORD.test(text.slice(0, 1)) && WORD.test(before);
  return { span: spanOf(machine, place, place), insert: apart ? ` ${text}` : text };
}

/** What would close the brackets that are open where the parse failed; the next one after that only if that ends it. */
function closing(machine: Machine, complete: boolean): FixIt[] {
  const { opened } = machine;
  const [first, ...others] = opened?.brackets ?? [];
  const insert = first?.closer?.insert();
  if (opened?.closes !== true || insert === undefined) return [];
  const fix = insertion(machine, insert);
  if (!complete) return [fix];
  const rest = others.map(({ closer }) => closer?.insert() ?? "");
  const ended = machine.window.closed && machine.farthest === machine.window.base + machine.window.end;
  if (!ended) return [mayFollow(machine) ? fix : { ...fix, likely: false }];
  if (rest.length === 0 || rest.includes("") || !wouldEnd(machine, rest)) return [fix];
  return [fix, ...rest.map((text) => insertion(machine, text))].map((one) => ({ ...one, group: 1 }));
}

function error(machine: Machine, code: string, message: string, at: Position): Diagnostic {
  return {
    severity: "error",
    code,
    message,
    at: spanOf(machine, at, at),
    notes: [],
    fixits: [],
    ...contextOf(machine),
    ...spanTraceOf(machine),
    extensions: {},
  };
}

/** The rules around a failure. */
function contextOf(machine: Machine): Pick<Diagnostic, "context" | "contextAt"> {
  const rules = openAtFailure(machine, CONTEXT).flatMap(({ name, offset }) => {
    const at = machine.begunAt(offset);
    return at === undefined ? [] : [{ name, at }];
  });
  return { context: rules.map(({ name }) => name), contextAt: rules.map(({ at }) => at) };
}

/** @internal What had succeeded before a failure, if the run traces. */
export function spanTraceOf({ options, emissions }: Machine): Pick<Diagnostic, "spanTrace"> {
  return options.trace === undefined ? {} : { spanTrace: emissions.successes };
}

/** @internal What was expected where the machine got farthest. */
export function expectationsOf(machine: Machine): readonly Expectation[] {
  return machine.record().expectations();
}
