// A worked example: the structure of a PNG file (PNG specification, third edition, sections 5 and 11), on a file that is
// made here.

import { deflateSync } from "node:zlib";
import test from "ava";
import { andThen, each, map, opt, or, type Parser, rule, run, seq, skipL, skipR, unwrap } from "../../../src/index.ts";
import { bytes, takeBytes, uint8, uint32be, utf8, within } from "../../../src/lex/binary/index.ts";
import { parseEach } from "../../../src/stream/index.ts";
import { everyWay } from "../../_chunks.ts";
import { binary, bytesOf, fails } from "./_bytes.ts";

interface Header {
  readonly type: "IHDR";
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
}
interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const signature = bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

// the bytes after the type, and only those: what reads too many or too few fails in the chunk, not somewhere behind it
const header: Parser<Header> = rule(
  "IHDR",
  map(
    seq(uint32be, uint32be, uint8, uint8, bytes([0]), bytes([0]), or(bytes([0]).as(false), bytes([1]).as(true))),
    ([width, height, depth, colour, , , interlaced]): Header => ({
      type: "IHDR",
      width,
      height,
      depth,
      colour,
      interlaced,
    }),
  ),
);

const chunk: Parser<Header | Chunk> = rule(
  "chunk",
  andThen(seq(uint32be, utf8(4)), ([length, type]): Parser<Header | Chunk> => {
    const content: Parser<Header | Chunk> =
      type === "IHDR" ? within(length, header) : map(takeBytes(length), (data): Chunk => ({ type, data }));
    return skipR(content, uint32be.label("CRC"));
  }),
);

/** Chunks come out as they are complete. */
const png: Parser<number, Header | Chunk> = skipL(signature, each(chunk));

function written(type: string, ...data: (number | string)[]): Uint8Array {
  const content = bytesOf(...data);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, content.length);
  return bytesOf(...length, type, ...content, ...crcOf(bytesOf(type, ...content)));
}

/** CRC-32 (annex D). */
function crcOf(data: Uint8Array): Uint8Array {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0xedb88320);
  }
  const four = new Uint8Array(4);
  new DataView(four.buffer).setUint32(0, crc ^ 0xffffffff);
  return four;
}

/** One row of two red pixels. */
const pixels = deflateSync(bytesOf(0, 255, 0, 0, 255, 0, 0));
const ihdr = [0, 0, 0, 2, 0, 0, 0, 1, 8, 2, 0, 0, 0];
const file = bytesOf(
  ...[0x89, "PNG\r\n", 0x1a, "\n"],
  ...written("IHDR", ...ihdr),
  ...written("tEXt", "Title", 0, "red"),
  ...written("IDAT", ...pixels),
  ...written("IEND"),
);

test("a file, chunk by chunk", (t) => {
  const result = everyWay(t, png, file, binary);
  t.is(unwrap(result), 4);
  t.deepEqual(result.emitted, [
    { type: "IHDR", width: 2, height: 1, depth: 8, colour: 2, interlaced: false },
    { type: "tEXt", data: bytesOf("Title", 0, "red") },
    { type: "IDAT", data: bytesOf(...pixels) },
    { type: "IEND", data: bytesOf() },
  ]);
});

test("as it comes in", async (t) => {
  const types: string[] = [];
  const pieces = Array.from({ length: Math.ceil(file.length / 5) }, (_, i) => file.subarray(5 * i, 5 * i + 5));
  for await (const { type } of parseEach(png, pieces, binary)) types.push(type);
  t.deepEqual(types, ["IHDR", "tEXt", "IDAT", "IEND"]);
});

test("text in a chunk is a grammar of its own on its bytes", (t) => {
  const text = seq(skipR(utf8(5), uint8), opt(utf8(3)));
  t.deepEqual(unwrap(run(text, bytesOf("Title", 0, "red"), binary)), ["Title", "red"]);
});

test("what is wrong is said where it is", (t) => {
  const start = file.subarray(0, 8);
  fails(t, png, bytesOf("GIF89a"), 0, 'expected "89 50 4e 47 0d 0a 1a 0a"');
  fails(t, png, bytesOf(...start, ...written("IHDR", ...ihdr, 0)), 29, "expected end of the frame of 14 bytes");
  fails(t, png, bytesOf(...start, ...written("IHDR", ...ihdr.slice(0, -1))), 28, 'expected "00" or "01"');
  fails(t, png, bytesOf(...start, ...written("IHDR", ...ihdr.slice(0, -1), 2)), 28, 'expected "00" or "01"');
  fails(t, png, file.subarray(0, -6), file.length - 8, "expected 4 bytes");
  t.deepEqual(run(png, file.subarray(0, -2), binary).diagnostics[0]?.message, "expected CRC");
  const { diagnostics } = run(png, bytesOf(...start, ...written("IHDR", 1, 2)), binary);
  t.deepEqual(diagnostics[0]?.context, ["IHDR", "chunk"]);
});
