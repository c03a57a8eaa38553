// Judging, gathering and counting: what the types say of them. Compiling is the test.
import {
  andThen,
  decode,
  each,
  fold,
  lengthCount,
  lengthValue,
  many,
  type Parser,
  refuse,
  run,
  seq,
  seqObject,
  tryMap,
  validated,
  verify,
} from "sluice";
import { lengthPrefixed, uint8, uint16be, uleb128 } from "sluice/binary";
import { int10, string, symbol } from "sluice/lex";

const octet = verify(
  int10.map(Number),
  (n) => n < 256,
  (n) => `${n} is no octet`,
);
const port = tryMap(int10, (text) =>
  text.length > 5 ? refuse("a port has at most five digits", { at: 5, code: "port" }) : Number(text),
);
export const portIsNumber: Parser<number> = port;
const endpoint = seqObject(["host", octet], symbol(":"), ["port", port]);
const { host, port: at } = run(endpoint, "127:80").value ?? { host: 0, port: 0 };
export const where: string = host.toFixed() + at.toFixed();
// @ts-expect-error: only what has a name is in it
export const missing: unknown = run(endpoint, "127:80").value?.colon;
export const emitting: Parser<{ n: number }, string> = seqObject(["n", octet], each(string(",")));
export const sum: Parser<number> = fold(
  octet,
  () => 0,
  (a, b) => a + b,
);
export const frames: Parser<number, [number, number[]]> = each(lengthValue(uint16be, seq(uint8, many(uint8)), 65535));
export const pairs: Parser<[number, number][]> = lengthCount(uint8, seq(uint8, uint16be));
export const wide: Parser<number[]> = lengthCount(uleb128, uint8);
export const prefixed: Parser<Uint8Array> = lengthPrefixed(uleb128);
const schema = {
  "~standard": {
    version: 1 as const,
    vendor: "mine",
    validate: (value: unknown) =>
      typeof value === "number" ? { value: String(value) } : { issues: [{ message: "no number" }] },
  },
};
export const text: Parser<string> = validated(octet, schema);
export const decoded: Parser<number> = decode(int10, Number);
export const parsed: Parser<number> = decode(int10, Number, octet);
// @ts-expect-error: what takes its place gives the same
export const differs: Parser<number> = decode(int10, Number, string("a"));
export const again: Parser<string> = andThen(octet, (n) => string("x".repeat(n)));
