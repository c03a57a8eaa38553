// Parsers that may refuse a value, with a message of the grammar. The span of a refusal is the text that was read, and
// the failure has consumed it: no alternative is tried instead, unless there is an `attempt` around it.
import { described } from "../../misuse/described.ts";
import { checkOptions } from "../../misuse/options.ts";
import type { Span } from "../../text/index.ts";
import * as make from "../make.ts";
import type { Node } from "../node.ts";
import { type AnyParser, nodeOf, Parser } from "../parser.ts";
import { type ProblemNote, Refusal as Refused, type Site } from "../problem.ts";
import { issuesOf, type StandardSchema } from "../standard-schema.ts";

/** The result of `refuse`: not the value of a parser, but the message of its failure. */
export interface Refusal {
  readonly refused: true;
}

/** Further parts of a refusal. */
export interface RefusalOptions {
  readonly code?: string | undefined;
  readonly at?: number | Span | undefined;
  readonly to?: number | undefined;
  readonly help?: string | undefined;
  readonly notes?: readonly { readonly message: string; readonly span?: Span | undefined }[] | undefined;
}

class Words implements Refusal {
  readonly refused = true;
  readonly message: string;
  readonly options: RefusalOptions;

  constructor(message: string, options: RefusalOptions) {
    this.message = message;
    this.options = options;
  }
}

/**
 * @internal Refuses a refusal as the value of a run: it was returned by a function other than that of `tryMap`.
 *
 * @throws TypeError if it is one.
 */
export function checkTaken(value: unknown): void {
  if (isRefusal(value))
    throw new TypeError(`refuse(${described(value.message)}) became a value: only tryMap takes a refusal, not map`);
}

/** @internal Whether a value is the result of `refuse`. */
export function isRefusal(value: unknown): value is Pick<Words, keyof Words> {
  return value instanceof Words;
}

/**
 * `p`, whose value must pass a test. If it does not, this fails with `message`; the span is all that `p` read, and the
 * failure has consumed it. While streaming, no text is kept for it.
 *
 * @param test pure; must not return a promise.
 * @param message what is wrong, as users see it; or a function that makes this text from the value.
 * @throws TypeError if `test` is not a function, `message` neither a string nor a function, or, while running, if
 * `test` returns a promise or `message` does not return a string.
 *
 * @example
 * ```ts
 * import { run, verify } from "sluice";
 * import { int10 } from "sluice/lex";
 * const octet = verify(int10.map(Number), (n) => n < 256, (n) => `${n} is no octet`);
 * run(octet, "300").diagnostics[0]?.message; // => "300 is no octet"
 * ```
 */
export function verify<T, E>(
  p: Parser<T, E>,
  test: (value: T) => boolean,
  message: string | ((value: T) => string),
): Parser<T, E> {
  given("verify", "a test", test);
  if (typeof message !== "string") given("verify", "a message, or what makes one of the value,", message);
  const refiner = (value: unknown): unknown => {
    const passed: unknown = test(value as T);
    if (isPromise(passed)) throw new TypeError("the test given to verify must answer at once, it gave a promise");
    if (passed) return value;
    const words: unknown = typeof message === "string" ? message : message(value as T);
    if (typeof words !== "string")
      throw new TypeError(`the message given to verify must give a text, it gave ${described(words)}`);
    return new Refused({ message: words });
  };
  return Parser.of(make.refine(nodeOf(p), refiner, false));
}

/**
 * The result of `f` for the value of `p`: another value, or a refusal, `refuse(…)`. The span of a refusal is all that
 * `p` read, or begins at the place in it that `refuse` names; the failure has consumed it.
 *
 * It replaces an {@link andThen} whose function returns `ok(…)` or {@link fail}: that would compile a parser for each
 * value, and fail after what `p` read.
 *
 * While streaming, the text is kept from where `p` began until `p` has ended, since `refuse` may refer to it. For
 * longer text use `verify`.
 *
 * @param f pure; its arguments are the value, and where it was read.
 * @throws TypeError if `f` is not a function.
 *
 * @example
 * ```ts
 * import { refuse, run, tryMap } from "sluice";
 * import { int10 } from "sluice/lex";
 * const port = tryMap(int10, (text) => (text.length > 5 ? refuse("a port has at most five digits", { at: 5 }) : Number(text)));
 * run(port, "8080").value; // => 8080
 * ```
 */
export function tryMap<T, U, E>(p: Parser<T, E>, f: (value: T, span: Span) => U | Refusal): Parser<U, E> {
  given("tryMap", "what it does with a value", f);
  const refiner = (value: unknown, site: Site): unknown => {
    const made: unknown = f(value as T, site.span(site.start, site.end));
    return isRefusal(made) ? refusedAt(made, site) : made;
  };
  return Parser.of(make.refine(nodeOf(p), refiner));
}

/**
 * The return value of a function given to `tryMap` that refuses a value. Other functions can't refuse: for `map` and
 * `fold` a refusal is a normal value, and a run that returns or emits it throws.
 *
 * @param message what is wrong, as users see it.
 * @param options `code` of the diagnostic; `at`: the place in the text that was read, in units from its start (bytes
 * for binary input), and `to`: the place where it ends, if that is not the end of the text; or `at`: the span of something that
 * was read; `help`: what to do about it, a note of the diagnostic; `notes`: more notes, each with the span that it is about, such
 * as that of a first definition.
 * @throws TypeError if `message` is not a string, an option does not exist, `notes` is not a list of notes, or a span has a `to`.
 * @throws RangeError if `at` is neither a span nor a whole number, 0 or larger, or `to` is not such a number.
 *
 * @example
 * ```ts
 * import { refuse, run, tryMap } from "sluice";
 * import { takeWhile1 } from "sluice/lex";
 * const even = tryMap(takeWhile1("01"), (text) => (text.endsWith("1") ? refuse("it is odd", { code: "odd" }) : text));
 * run(even, "101").diagnostics[0]?.code; // => "odd"
 * ```
 */
export function refuse(message: string, options: RefusalOptions = {}): Refusal {
  if (typeof message !== "string") throw new TypeError(`refuse takes what is wrong, a text, got ${described(message)}`);
  const names = ["code", "at", "to", "help", "notes"];
  checkOptions(options, names, "refuse takes its options as an object, such as { at: 2 }");
  const { at, to, notes = [] } = options;
  if (isSpan(at) && to !== undefined) throw new TypeError("refuse takes as at a span, or with to a number");
  for (const place of [isSpan(at) ? undefined : at, to]) {
    if (place !== undefined && (!Number.isSafeInteger(place) || place < 0))
      throw new RangeError(`refuse takes a place in what was read, a whole number from 0, got ${described(place)}`);
  }
  if (!Array.isArray(notes) || !notes.every(isNote))
    throw new TypeError(`refuse takes notes as a list, such as [{ message: "first defined here", span }]`);
  return new Words(message, options);
}

/**
 * `p`, whose value is checked by a schema: any that follows the Standard Schema interface (standardschema.dev, version
 * 1), such as those of zod, valibot and arktype. The output of the schema is the value. Each issue becomes a diagnostic
 * whose span is what `p` read, with the path of the issue as a note. If a recovery handles the failure, issues after
 * the first are notes.
 *
 * @throws TypeError if `schema` is not a schema, or, while running, if it returns a promise.
 *
 * @example
 * ```ts
 * import { run, validated } from "sluice";
 * import { int10 } from "sluice/lex";
 * const short = {
 *   "~standard": {
 *     version: 1 as const,
 *     vendor: "mine",
 *     validate: (value: unknown) => (String(value).length < 3 ? { value: Number(value) } : { issues: [{ message: "too long" }] }),
 *   },
 * };
 * run(validated(int10, short), "42").value; // => 42
 * ```
 */
export function validated<T, E, O>(p: Parser<T, E>, schema: StandardSchema<unknown, O>): Parser<O, E> {
  const standard: unknown = (schema as { readonly "~standard"?: unknown } | null | undefined)?.["~standard"];
  const { validate } = (standard ?? {}) as { readonly validate?: unknown };
  if (typeof validate !== "function")
    throw new TypeError("validated takes a schema with a ~standard property, as standardschema.dev describes it");
  const refiner = (value: unknown): unknown => {
    const answer = schema["~standard"].validate(value);
    if (isPromise(answer))
      throw new TypeError("validated needs a schema that answers at once, this one gave a promise");
    const problem = issuesOf(answer);
    return problem === undefined ? (answer as { readonly value: O }).value : new Refused(problem);
  };
  return Parser.of(make.refine(nodeOf(p), refiner, false));
}

/**
 * The text that `frame` reads, passed to `f`, such as `JSON.parse`: for texts whose end is found faster than their
 * inside is parsed. `frame` acts as a leaf: it fails empty, at its start. If `f` throws, `otherwise` runs on exactly
 * that text and must read all of it: it gives the value, or diagnostics with their places. Without `otherwise` the
 * message of the error is the failure; its span is the text, which is consumed.
 *
 * @param f pure; what it throws does not end the run.
 * @throws TypeError if `f` is not a function.
 *
 * @example
 * ```ts
 * import { decode, many, run, skipR, unwrap } from "sluice";
 * import { jsonValue } from "sluice/formats/json";
 * import { string, takeUntil } from "sluice/lex";
 * const line = decode(takeUntil("\n"), JSON.parse, jsonValue).skipR(string("\n"));
 * unwrap(run(many(line), '{"a":1}\n[2]\n')); // => [{ a: 1 }, [2]]
 * ```
 */
export function decode<T, E>(frame: AnyParser, f: (text: string) => T, otherwise?: Parser<T, E>): Parser<T, E> {
  given("decode", "what it does with a text", f);
  const text: Node = make.slice(make.whole(nodeOf(frame)));
  if (otherwise !== undefined) return Parser.of(make.decode(text, f, nodeOf(otherwise)));
  const refiner = (read: unknown): unknown => {
    try {
      return f(read as string);
    } catch (error) {
      return new Refused({
        message: error instanceof Error ? error.message : typeof error === "string" ? error : described(error),
      });
    }
  };
  return Parser.of(make.refine(text, refiner));
}

/** @internal The result of `refuse`, as a refusal of what was read at a site. */
export function refusedAt({ message, options }: Pick<Words, "message" | "options">, site: Site): Refused {
  const { code, at, to, help, notes = [] } = options;
  const part = isSpan(at) ? at : at === undefined && to === undefined ? undefined : spanOf(site, at ?? 0, to);
  const all = [...notes.map(noteOf), ...(help === undefined ? [] : [{ message: help }])];
  return new Refused({
    message,
    ...(code === undefined ? {} : { code }),
    ...(part === undefined ? {} : { at: part }),
    ...(all.length === 0 ? {} : { notes: all }),
  });
}

function noteOf({ message, span }: { readonly message: string; readonly span?: Span | undefined }): ProblemNote {
  return span === undefined ? { message } : { message, span };
}

function isSpan(value: unknown): value is Span {
  const { start, end } = (typeof value === "object" && value !== null ? value : {}) as Partial<Span>;
  return [start, end].every((place) => typeof place === "object" && typeof place?.offset === "number");
}

function isNote(value: unknown): boolean {
  const { message, span } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  return typeof message === "string" && (span === undefined || isSpan(span));
}

/** The part of what was read that is wrong. */
function spanOf(site: Site, at: number, to: number | undefined): Span {
  const { start, end } = site;
  const from = Math.min(start + at, end);
  return site.span(from, to === undefined ? end : Math.max(from, Math.min(start + to, end)));
}

function isPromise(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && typeof (value as { readonly then?: unknown }).then === "function"
  );
}

function given(combinator: string, what: string, f: unknown): void {
  if (typeof f !== "function") throw new TypeError(`${combinator} takes ${what} as a function, got ${described(f)}`);
}
