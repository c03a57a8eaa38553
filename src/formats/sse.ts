// Server-sent events: the event stream of the WHATWG HTML standard, section 9.2.
import {
  as,
  attempt,
  choice,
  emit,
  eof,
  fold,
  map,
  notFollowedBy,
  opt,
  or,
  type Parser,
  refuse,
  run,
  type StandardResult,
  type StandardSchema,
  seq,
  skipL,
  skipR,
  tryMap,
  userState,
  validated,
} from "../index.ts";
import { charSet, oneOf, string, takeWhile, takeWhile1 } from "../lex/index.ts";
import { described } from "../misuse/described.ts";
import { checkOptions } from "../misuse/options.ts";
import { type Json, json } from "./json.ts";

export type { Json };
/** An event as an `EventSource` would dispatch it. */
export interface SseEvent {
  /** The type; `"message"` if the stream names none. */
  readonly event: string;
  /** The lines of data, joined with line feeds. */
  readonly data: string;
  /** The last event ID, which stays until another one comes; `""` before the first. */
  readonly id: string;
  /** The reconnection time in milliseconds, if the stream has set it since the event before. */
  readonly retry?: number;
}

/** The fields of a block of lines, as far as they have come. */
interface Fields {
  readonly event: string;
  readonly data: string | undefined;
  readonly id: string | undefined;
  readonly retry: number | undefined;
}

/** What one event leaves to the next. */
type Kept = Pick<SseEvent, "id" | "retry">;

type Line = readonly [name: string, value: string];

// §9.2.5: a line ends with CR, LF or both. Behind the empty line that ends an event, a line feed may still belong to it: the next block
// begins with that, so that no event waits for it. If it is an empty line of its own, that changes nothing.
const lineEnd = or(string("\n"), skipL(string("\r"), opt(string("\n"))));
const blockEnd = oneOf("\n\r");
const inLine = charSet("^\\n\\r");
const fieldValue = skipL(seq(string(":"), opt(string(" "))), takeWhile(inLine));
const field: Parser<Line> = seq(takeWhile1(charSet("^:\\n\\r")), opt(fieldValue, ""));
const comment: Parser<Line> = map(seq(string(":"), takeWhile(inLine)), () => ["", ""] as const);
const line = choice([field, comment]);

const noFields: Fields = { event: "", data: undefined, id: undefined, retry: undefined };
const fieldsOf = (end: Parser<unknown>): Parser<Fields> =>
  skipL(
    opt(string("\n")),
    fold(skipR(line, end), () => noFields, withLine),
  );

/** §9.2.6: what a line adds to the fields of its block. */
function withLine(fields: Fields, [name, value]: Line): Fields {
  const { event, data, id, retry } = fields;
  // literals, each with all fields: a spread takes several times as long
  if (name === "data") return { event, data: data === undefined ? value : `${data}\n${value}`, id, retry };
  if (name === "event") return { event: value, data, id, retry };
  if (name === "id" && !value.includes("\0")) return { event, data, id: value, retry };
  if (name === "retry" && /^[0-9]+$/.test(value)) return { event, data, id, retry: Number(value) };
  return fields;
}

const kept = userState<Kept>({ id: "" });

/** §9.2.6: a block with data is an event. What it says of the next one is kept. */
const eventWithout = (done: string | undefined): Parser<SseEvent> =>
  kept.update(skipR(fieldsOf(lineEnd), blockEnd), (fields, before) => {
    const { event, data } = fields;
    if (data === undefined || data === done) return refuse("a block without data is no event");
    const { id, retry } = keptOf(fields, before);
    const type = event || "message";
    const made: SseEvent = retry === undefined ? { event: type, data, id } : { event: type, data, id, retry };
    // the same state as before costs nothing
    return [made, id === before.id && before.retry === undefined ? before : { id }] as const;
  });

/** A block without data, or one that the end of the stream has cut off, which is no event either. */
const silentWithout = (done: string | undefined): Parser<undefined> =>
  skipL(
    notFollowedBy(eof),
    kept.update(skipR(fieldsOf(or(lineEnd, eof)), or(blockEnd, eof)), (fields, before) =>
      done !== undefined && fields.data === done
        ? refuse("the last event")
        : ([undefined, keptOf(fields, before)] as const),
    ),
  );

function keptOf({ id, retry }: Fields, before: Kept): Kept {
  const last = retry ?? before.retry;
  return { id: id ?? before.id, ...(last === undefined ? {} : { retry: last }) };
}

/** An event and a block that is none, again and again; the result is how many events there were. */
function eachEvent<T>(event: Parser<T>, silent: Parser<undefined>): Parser<number, T> {
  const counted = fold(
    or(as(emit(event), 1), as(silent, 0)),
    () => 0,
    (sum, one) => sum + one,
  );
  return kept.scope(counted);
}

/**
 * An event stream: each event is emitted with the empty line that ends it; the result is how many there were. Comments and fields that the
 * standard does not know are skipped. An event that the end of the stream has cut off is dropped, as the standard says.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { sse } from "sluice/formats/sse";
 * run(sse, "id: 7\ndata: a\ndata: b\n\n").emitted; // => [{ event: "message", data: "a\nb", id: "7" }]
 * ```
 */
export const sse: Parser<number, SseEvent> = eachEvent(attempt(eventWithout(undefined)), silentWithout(undefined));

/** An event whose data is JSON. */
export interface SseJsonEvent<T> {
  readonly event: string;
  readonly data: T;
  readonly id: string;
}

/**
 * An event stream whose data is JSON, such as the answers of language models. Data that is no JSON is an error at its event.
 *
 * @param options `done`: the data of the event that ends the stream, default `"[DONE]"`; it is not emitted, and what follows it is skipped.
 * `schema`: a Standard Schema (standardschema.dev) that the data of each event must pass, and that makes what is emitted.
 * @throws TypeError if there is no such option, if `done` is not a text, or if `schema` is not a Standard Schema.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { sseJson } from "sluice/formats/sse";
 * const text = 'data: {"delta": "Hi"}\n\ndata: [DONE]\n\n';
 * run(sseJson<{ delta: string }>(), text).emitted.map(({ data }) => data.delta); // => ["Hi"]
 * ```
 */
export function sseJson<T = Json>(
  options: { readonly done?: string | undefined; readonly schema?: StandardSchema<unknown, T> | undefined } = {},
): Parser<number, SseJsonEvent<T>> {
  checkOptions(options, ["done", "schema"], 'sseJson takes its options as an object, such as { done: "[DONE]" }');
  const { done = "[DONE]", schema } = options;
  if (typeof done !== "string") throw new TypeError(`sseJson: done is a text, but it was given ${described(done)}`);
  const ofJson = tryMap(attempt(eventWithout(done)), ({ event, data, id }) => {
    const parsed = run(json, data);
    const [problem] = parsed.diagnostics;
    if (problem === undefined) return { event, data: parsed.value as T, id };
    const { line, column } = problem.at.start;
    return refuse(`the data is no JSON: ${problem.message}, at ${line}:${column} of the data`);
  });
  const checked = schema === undefined ? ofJson : validated(ofJson, dataSchema(schema));
  return skipR(eachEvent(checked, attempt(silentWithout(done))), takeWhile(charSet("^")));
}

/** A schema for events, made of one for their data. What is no schema is left to `validated`, which says so. */
function dataSchema<T>(schema: StandardSchema<unknown, T>): StandardSchema<unknown, SseJsonEvent<T>> {
  const inner = (schema as Partial<typeof schema> | null)?.["~standard"];
  if (typeof inner?.validate !== "function") return schema as never;
  const validate = (event: unknown): StandardResult<SseJsonEvent<T>> => {
    const answer = inner.validate((event as SseJsonEvent<unknown>).data) as StandardResult<T>;
    return answer.issues === undefined && "value" in answer
      ? { value: { ...(event as SseJsonEvent<unknown>), data: answer.value } }
      : (answer as StandardResult<never>);
  };
  return { "~standard": { version: 1, vendor: inner.vendor, validate } };
}
