// LEB128: seven bits per byte, the lowest first; the eighth bit says that more bytes follow (DWARF 5, section 7.6).
// Numbers have at most 64 bits, as in WebAssembly (core specification, section 5.2.2), so an encoding has at most ten
// bytes. Zeros as padding are allowed within these ten bytes.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { Parser } from "../../grammar/parser.ts";
import { refinedLeaf, refused } from "./refined-leaf.ts";

const LONGEST = 10;
/** In this byte, the bits beyond a number of 64 bits must agree with the sign of the number. */
const LAST: number = LONGEST - 1;

/** Up to the byte that says it is the last, or the tenth. */
function measure(units: Uint16Array, from: number, to: number): number {
  const most = Math.min(to, from + LONGEST);
  for (let at = from; at < most; at++) if ((units[at] as number) < 0x80) return at + 1 - from;
  return most - from === LONGEST ? LONGEST : to - from + 1;
}

/** The bits of all bytes, as an unsigned number; small numbers need no bigint arithmetic on the way. */
function bitsOf(units: Uint16Array, from: number, width: number): bigint {
  let low = 0;
  const small = Math.min(width, 4);
  for (let i = 0; i < small; i++) low |= ((units[from + i] as number) & 0x7f) << (7 * i);
  let all = BigInt(low);
  for (let i = small; i < width; i++) all |= BigInt((units[from + i] as number) & 0x7f) << BigInt(7 * i);
  return all;
}

/** @param fits whether a tenth byte is a valid last byte of a number of 64 bits. */
function leb128(name: string, fits: (last: number) => boolean, value: (bits: bigint, width: number) => bigint): Node {
  const read = (units: Uint16Array, from: number, width: number): unknown => {
    if (width === LONGEST && !fits(units[from + LAST] as number)) return refused(LAST);
    return value(bitsOf(units, from, width), width);
  };
  return refinedLeaf(make.read({ name, width: 0, measure, read }), (read) => read, `${name} of at most 64 bits`);
}

/**
 * An unsigned LEB128 number of at most 64 bits, as in WebAssembly and DWARF. A longer number fails at its tenth byte.
 * If the input ends inside the number, it fails empty at its start.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { uleb128 } from "sluice/binary";
 * unwrap(run(uleb128, new Uint8Array([0xe5, 0x8e, 0x26]), { input: "binary" })); // => 624485n
 * ```
 */
export const uleb128: Parser<bigint> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ leb128(
    "uleb128",
    (last) => last < 2,
    (bits) => bits,
  ),
);

/**
 * A signed LEB128 number (two's complement) of at most 64 bits, as in WebAssembly and DWARF. It fails like `uleb128`.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { sleb128 } from "sluice/binary";
 * unwrap(run(sleb128, new Uint8Array([0xc0, 0xbb, 0x78]), { input: "binary" })); // => -123456n
 * ```
 */
export const sleb128: Parser<bigint> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ leb128(
    "sleb128",
    (last) => last === 0 || last === 0x7f,
    (bits, width) => BigInt.asIntN(Math.min(64, 7 * width), bits),
  ),
);
