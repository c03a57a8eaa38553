// Git's packets (gitprotocol-common): four hexadecimal digits are the length of a packet, including the digits. Lengths that are too
// small for a packet are markers.
//
//   001e# service=git-upload-pack\n0000                        → bytes of "# service=git-upload-pack\n", "flush"
//
//   for await (const packet of parseEach(packets, stream, { input: "binary" })) …
import {
  as,
  choice,
  each,
  lengthValue,
  manyTill,
  opt,
  type Parser,
  preceded,
  refuse,
  repeat,
  rule,
  seqObject,
  slice,
  sliceBytes,
  terminated,
  tryMap,
} from "sluice";
import { charSet, oneOf, string, takeWhile, takeWhile1 } from "sluice/lex";

export type Packet = Uint8Array | "flush" | "delimiter" | "end of response";

const hex = oneOf(charSet("0-9a-fA-F")).label("hexadecimal digit");

/** The number of bytes that follow. */
const length = tryMap(slice(repeat(hex, 4, 4)), (digits) => {
  const all = Number.parseInt(digits, 16);
  return all < 4
    ? refuse(`no packet has a length of ${all}`, { help: "the least is 0004: the digits alone" })
    : all - 4;
});

const flush = as(string("0000"), "flush");
const anything = sliceBytes(takeWhile(charSet("^")));

/** One packet, or one marker. */
export const packet: Parser<Packet> = rule(
  "packet",
  choice([
    flush,
    as(string("0001"), "delimiter"),
    as(string("0002"), "end of response"),
    lengthValue(length, anything),
  ]),
);

/** Packets up to the end; each is emitted as soon as it is complete. */
export const packets: Parser<number, Packet> = each(packet);

// the contents of packets: the references that a server advertises

export interface Ref {
  readonly id: string;
  readonly name: string;
  /** After the first reference only. */
  readonly capabilities: readonly string[] | undefined;
}

const id = slice(repeat(hex, 40, 40)).label("object name");
const capabilities = preceded(string("\0"), takeWhile(charSet("^\\n"))).map((all) =>
  all.split(" ").filter((one) => one !== ""),
);
const ref: Parser<Ref> = rule(
  "reference",
  terminated(
    seqObject(
      ["id", id],
      string(" "),
      ["name", takeWhile1(charSet("^\\x00\\n ")).label("name")],
      ["capabilities", opt(capabilities)],
    ),
    opt(string("\n")),
  ),
);

/** The references, up to a flush. */
export const refs: Parser<Ref[]> = rule("references", manyTill(lengthValue(length, ref), flush));
