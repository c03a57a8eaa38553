// Multipart bodies (RFC 2046, section 5.1): parts between delimiters, each with fields and bytes of its own.
//
//   for await (const part of parseEach(multipart("x7Y"), body, { input: "binary" })) …
import {
  choice,
  each,
  many,
  type Parser,
  preceded,
  rule,
  seq,
  seqObject,
  skipMany,
  sliceBytes,
  terminated,
} from "sluice";
import { anyChar, charSet, string, takeUntil, takeWhile, takeWhile1 } from "sluice/lex";

export interface Part {
  /** Names in lower case. */
  readonly fields: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const crlf = string("\r\n");
const text = takeWhile(charSet("^\\r\\n"));
const name = takeWhile1(charSet("A-Za-z0-9\\-")).label("field name");
const field = terminated(
  seq(name, string(":"), text).map(([key, , value]) => [key.toLowerCase(), value.trim()] as const),
  crlf,
);
const fields = terminated(many(field).map(Object.fromEntries), crlf);

/**
 * The parts of a body; each is emitted as soon as the delimiter after it has arrived.
 *
 * @param boundary the boundary from the field Content-Type.
 */
export function multipart(boundary: string): Parser<number, Part> {
  const delimiter = `\r\n--${boundary}`;
  // at the very beginning the delimiter has no line end before it
  const first = choice([string(delimiter.slice(2)), terminated(takeUntil(delimiter), string(delimiter))]);
  const body = terminated(sliceBytes(takeUntil(delimiter)), string(delimiter));
  const part: Parser<Part> = rule("part", seqObject(["fields", fields], ["body", body]));
  const padding = seq(takeWhile(" \t"), crlf);
  const parts = each(preceded(padding, part), { end: string("--") });
  return preceded(first, terminated(parts, skipMany(anyChar)));
}
