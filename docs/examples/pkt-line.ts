// Git's packets (gitprotocol-common): four hexadecimal digits say how long a packet is, themselves included; some lengths that no
// packet can have stand for signs.
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

/** How many bytes follow. */
const length = tryMap(slice(repeat(hex, 4, 4)), (digits) => {
  const all = Number.parseInt(digits, 16);
  return all < 4
    ? refuse(`no packet has a length of ${all}`, { help: "the least is 0004: the digits alone" })
    : all - 4;
});

const flush = as(string("0000"), "flush");
const anything = sliceBytes(takeWhile(charSet("^")));

/** One packet, or one sign. */
export const packet: Parser<Packet> = rule(
  "packet",
  choice([
    flush,
    as(string("0001"), "delimiter"),
    as(string("0002"), "end of response"),
    lengthValue(length, anything),
  ]),
);

/** Packets up to the end; each is emitted as soon as it is there. */
export const packets: Parser<number, Packet> = each(packet);

// what stands in packets: the references that a server advertises

export interface Ref {
  readonly id: string;
  readonly name: string;
  /** Behind the first reference only. */
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
