// Frames of bytes, with the tag deciding what follows.
import { andThen, fail, map, ok, type Parser } from "sluice";
import { takeBytes } from "sluice/binary";
import { parseEach } from "sluice/stream";

type Frame = { type: "data"; payload: Uint8Array } | { type: "ping" } | { type: "close"; code: number };

const uint8 = map(takeBytes(1), (bytes) => bytes[0] ?? 0);
const u16 = map(takeBytes(2), (b) => new DataView(b.buffer, b.byteOffset).getUint16(0));
const payload = u16.andThen((length) => (length > 1 << 12 ? fail("frame too large") : takeBytes(length)));

export const frame: Parser<Frame> = uint8.andThen((tag) => {
  switch (tag) {
    case 1:
      return map(payload, (payload) => ({ type: "data", payload }));
    case 2:
      return ok({ type: "ping" });
    case 3:
      return uint8.map((code) => ({ type: "close", code }));
    default:
      return fail(`unknown frame ${tag}`);
  }
});

const versioned = andThen(u16, (n) =>
  n === 1 ? map(u16, (x) => ({ v: 1 as const, x })) : map(takeBytes(n), (body) => ({ v: 2 as const, body })),
);

export async function main(socket: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const f of parseEach(frame, socket, { input: "binary" })) {
    if (f.type === "data") console.log(f.payload.byteLength);
  }
  for await (const x of parseEach(versioned, socket, { input: "binary" })) if (x.v === 2) console.log(x.body.length);
}
