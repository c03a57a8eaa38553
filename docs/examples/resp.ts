// RESP2, the replies of a Redis server: lines, counted bytes, and nested lists of replies.
//
//   *2\r\n$5\r\nhello\r\n:42\r\n                               → [bytes of "hello", 42]
//
//   for await (const reply of parseEach(replies, socket, { input: "binary" })) …
import { as, choice, each, lazy, lengthCount, type Parser, preceded, rule, terminated } from "sluice";
import { lengthPrefixed } from "sluice/binary";
import { int10, integer, string, takeUntil } from "sluice/lex";

/** An error is a normal reply: it does not end the parse. */
export class ReplyError {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export type Reply = string | number | null | Uint8Array | ReplyError | Reply[];

/** The default of the server (proto-max-bulk-len). */
const MOST_BYTES = 512 * 1024 * 1024;
const MOST_REPLIES = 1024 * 1024;

const crlf = string("\r\n");
const line = terminated(takeUntil("\r\n"), crlf);
const count = terminated(int10.map(Number), crlf).label("length");

const bytes = terminated(lengthPrefixed(count, MOST_BYTES), crlf);

/** One reply. */
export const reply: Parser<Reply> = rule(
  "reply",
  lazy(() =>
    choice([
      preceded(string("+"), line),
      preceded(string("-"), line).map((message) => new ReplyError(message)),
      preceded(string(":"), terminated(integer, crlf)),
      as(string("$-1\r\n"), null),
      preceded(string("$"), bytes),
      as(string("*-1\r\n"), null),
      preceded(string("*"), lengthCount(count, reply, MOST_REPLIES)),
    ]),
  ),
);

/** Replies up to the end of the connection; each is emitted as soon as its last byte is there. */
export const replies: Parser<number, Reply> = each(reply);
