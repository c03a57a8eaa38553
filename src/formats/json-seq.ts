// JSON text sequences (RFC 7464): each JSON text stands between a record separator and a line feed.
import {
  as,
  cutHere,
  decode,
  emit,
  eof,
  fold,
  label,
  lookahead,
  notFollowedBy,
  or,
  type Parser,
  recoverUntil,
  seq,
  skipL,
  skipR,
} from "../index.ts";
import { charSet, oneOf, string, takeWhile, takeWhile1 } from "../lex/index.ts";
import { type Json, json, jsonValue } from "./json.ts";

export type { Json };

const space = " \n\r\t";

// §2.2: several separators in a row hold nothing
const separator = skipL(label("record separator (U+001E)", string("\x1e")), takeWhile(`${space}\x1e`));

// §2.4: a number, true, false or null without white space behind it may have been cut off
const plain = decode(
  skipL(notFollowedBy(oneOf('{["')), takeWhile1(charSet("^ \\n\\r\\t\\x1E"))),
  JSON.parse as (text: string) => Json,
  json,
);
const scalar: Parser<Json> = skipR(skipR(plain, label("line feed", oneOf(space))), takeWhile(space));
const record = as(emit(or(scalar, jsonValue)), 1);

// §2.1: what is no JSON text is left out, up to the next separator
const upToNext = skipL(takeWhile(charSet("^\\x1E")), or(lookahead(string("\x1e")), eof));
const leftOut = (p: Parser<number, Json>): Parser<number, Json> => recoverUntil(p, upToNext, 0, { rejected: true });
const part = or(skipL(separator, or(as(eof, 0), leftOut(record))), skipL(cutHere(), leftOut(as(separator, 0))));

/**
 * A JSON text sequence: each value is emitted as soon as its text is complete; the result is how many there were. A text that is wrong or
 * cut off is an error. With `extensions: { recover: { mode: "collect" } }` the run continues at the next record separator, as RFC 7464 §2.1
 * recommends, and the diagnostic has the text in `extensions.rejected`.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { jsonSeq } from "sluice/formats/json-seq";
 * run(jsonSeq, '\x1e{"a": 1}\n\x1e[2]\n').emitted; // => [{ a: 1 }, [2]]
 * ```
 */
export const jsonSeq: Parser<number, Json> = fold(
  skipL(seq(notFollowedBy(eof), cutHere()), part),
  () => 0,
  (sum, one) => sum + one,
);
