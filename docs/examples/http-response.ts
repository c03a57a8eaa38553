// HTTP/1.1 responses (RFC 9112): a status line, fields, and a body that is chunked, counted, or lasts until the connection ends.
//
//   for await (const response of parseEach(responses, socket, { input: "binary" })) …
import {
  andThen,
  each,
  many,
  manyTill,
  ok,
  opt,
  type Parser,
  preceded,
  rule,
  seq,
  seqObject,
  sliceBytes,
  terminated,
  verify,
} from "sluice";
import { lengthPrefixed, takeBytes } from "sluice/binary";
import { charSet, int10, string, takeWhile, takeWhile1 } from "sluice/lex";

export type Fields = readonly (readonly [name: string, value: string])[];

export interface Head {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly fields: Fields;
}

export interface Response extends Head {
  /** In as many parts as were sent: one for each chunk. */
  readonly body: readonly Uint8Array[];
  readonly trailers: Fields;
}

/** In bytes. A chunk is held in memory until it is complete. */
const MOST_IN_CHUNK = 16 * 1024 * 1024;

// the head

const crlf = string("\r\n");
const text = takeWhile(charSet("^\\r\\n"));
const blanks = takeWhile(" \t");
const name = takeWhile1(charSet("A-Za-z0-9!#$%&'*+\\-.\\^_`|~")).label("field name");
const field = terminated(
  seq(name, string(":"), text).map(
    ([key, , value]) => [key.toLowerCase(), value.replace(/^[ \t]+|[ \t]+$/g, "")] as const,
  ),
  crlf,
);
const fields: Parser<Fields> = terminated(many(field), crlf);

const version = preceded(string("HTTP/"), takeWhile1("0123456789.")).label("HTTP version");
const status = verify(
  int10.map(Number),
  (code) => code >= 100 && code <= 599,
  (code) => `${code} is no status code`,
).label("status code");

export const head: Parser<Head> = rule(
  "head",
  seqObject(["version", version], string(" "), ["status", status], string(" "), ["reason", text], crlf, [
    "fields",
    fields,
  ]),
);

// the body

type Rest = Pick<Response, "body" | "trailers">;

const size = takeWhile1(charSet("0-9A-Fa-f")).label("chunk size");
const extensions = seq(blanks, opt(seq(string(";"), text)), crlf);
const chunk = terminated(
  lengthPrefixed(
    terminated(
      size.map((digits) => Number.parseInt(digits, 16)),
      extensions,
    ),
    MOST_IN_CHUNK,
  ),
  crlf,
);
const last = seq(takeWhile1("0"), extensions).attempt();
const chunked: Parser<Rest> = rule("chunked body", seqObject(["body", manyTill(chunk, last)], ["trailers", fields]));

const untilClosed: Parser<Rest> = sliceBytes(takeWhile(charSet("^"))).map((body) => ({ body: [body], trailers: [] }));
const none: Parser<Rest> = ok({ body: [], trailers: [] });

/** How to find the end of the body (RFC 9112, section 6.3). */
function bodyOf({ status: code, fields: known }: Head): Parser<Rest> {
  const values = (key: string): string[] =>
    known.filter(([one]) => one === key).map(([, value]) => value.toLowerCase());
  if (code < 200 || code === 204 || code === 304) return none;
  if (values("transfer-encoding").some((value) => /(?:^|,)\s*chunked$/.test(value))) return chunked;
  const [length] = values("content-length");
  if (length === undefined) return untilClosed;
  if (!/^\d{1,15}$/.test(length)) return badLength;
  return takeBytes(Number(length)).map((body) => ({ body: [body], trailers: [] }));
}

const badLength: Parser<Rest> = verify(none, () => false, "Content-Length is no number");

/** One response to a request that was not HEAD. */
export const response: Parser<Response> = rule(
  "response",
  andThen(head, (one) => bodyOf(one).map((rest) => ({ ...one, ...rest }))),
);

/** The responses of a connection, one after the other; each is emitted when its body is complete. */
export const responses: Parser<number, Response> = each(response);
