// Numbers of a fixed width, with the names that `DataView` uses. No bytes are copied to read one. If there are too few
// bytes, it fails empty at its start.
import * as make from "../../grammar/make.ts";
import type { Format } from "../../grammar/node.ts";
import { Parser } from "../../grammar/parser.ts";

/** Where eight bytes are combined to the number that they encode. */
const scratch: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

type Units = Uint16Array;

function byte(units: Units, at: number): number {
  return units[at] as number;
}

function u16be(units: Units, at: number): number {
  return (byte(units, at) << 8) | byte(units, at + 1);
}

function u16le(units: Units, at: number): number {
  return byte(units, at) | (byte(units, at + 1) << 8);
}

function i32be(units: Units, at: number): number {
  return (u16be(units, at) << 16) | u16be(units, at + 2);
}

function i32le(units: Units, at: number): number {
  return u16le(units, at) | (u16le(units, at + 2) << 16);
}

/** Copies eight bytes into `scratch`, in their order. */
function put64be(units: Units, at: number): DataView {
  scratch.setInt32(0, i32be(units, at));
  scratch.setInt32(4, i32be(units, at + 4));
  return scratch;
}

/** Copies eight bytes into `scratch`, in reverse order. */
function put64le(units: Units, at: number): DataView {
  scratch.setInt32(0, i32le(units, at + 4));
  scratch.setInt32(4, i32le(units, at));
  return scratch;
}

/** Copies four bytes into `scratch`. */
function put32(bits: number): DataView {
  scratch.setInt32(0, bits);
  return scratch;
}

function fixed<T>(name: string, width: number, read: (units: Units, at: number) => T): Parser<T> {
  const format: Format = { name, width, measure: () => width, read };
  return Parser.of(make.read(format));
}

/**
 * One byte, as a number from 0 to 255.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { uint8 } from "sluice/binary";
 * unwrap(run(uint8, new Uint8Array([200]), { input: "binary" })); // => 200
 * ```
 */
export const uint8: Parser<number> = /* @__PURE__ */ fixed("uint8", 1, byte);

/**
 * One byte, as a number from -128 to 127 (two's complement).
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int8 } from "sluice/binary";
 * unwrap(run(int8, new Uint8Array([200]), { input: "binary" })); // => -56
 * ```
 */
export const int8: Parser<number> = /* @__PURE__ */ fixed("int8", 1, (u, at) => (byte(u, at) << 24) >> 24);

/**
 * Two bytes, the high one first: 0 to 65,535.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { uint16be } from "sluice/binary";
 * unwrap(run(uint16be, new Uint8Array([1, 2]), { input: "binary" })); // => 0x0102
 * ```
 */
export const uint16be: Parser<number> = /* @__PURE__ */ fixed("uint16be", 2, u16be);

/**
 * Two bytes, the low one first: 0 to 65,535.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { uint16le } from "sluice/binary";
 * unwrap(run(uint16le, new Uint8Array([1, 2]), { input: "binary" })); // => 0x0201
 * ```
 */
export const uint16le: Parser<number> = /* @__PURE__ */ fixed("uint16le", 2, u16le);

/**
 * Two bytes, the high one first: -32,768 to 32,767.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int16be } from "sluice/binary";
 * unwrap(run(int16be, new Uint8Array([0xff, 0xfe]), { input: "binary" })); // => -2
 * ```
 */
export const int16be: Parser<number> = /* @__PURE__ */ fixed("int16be", 2, (u, at) => (u16be(u, at) << 16) >> 16);

/**
 * Two bytes, the low one first: -32,768 to 32,767.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int16le } from "sluice/binary";
 * unwrap(run(int16le, new Uint8Array([0xfe, 0xff]), { input: "binary" })); // => -2
 * ```
 */
export const int16le: Parser<number> = /* @__PURE__ */ fixed("int16le", 2, (u, at) => (u16le(u, at) << 16) >> 16);

/**
 * Four bytes, the high one first: 0 to 2^32 - 1.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { uint32be } from "sluice/binary";
 * unwrap(run(uint32be, new Uint8Array([1, 2, 3, 4]), { input: "binary" })); // => 0x01020304
 * ```
 */
export const uint32be: Parser<number> = /* @__PURE__ */ fixed("uint32be", 4, (u, at) => i32be(u, at) >>> 0);

/**
 * Four bytes, the low one first: 0 to 2^32 - 1.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { uint32le } from "sluice/binary";
 * unwrap(run(uint32le, new Uint8Array([1, 2, 3, 4]), { input: "binary" })); // => 0x04030201
 * ```
 */
export const uint32le: Parser<number> = /* @__PURE__ */ fixed("uint32le", 4, (u, at) => i32le(u, at) >>> 0);

/**
 * Four bytes, the high one first: -2^31 to 2^31 - 1.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int32be } from "sluice/binary";
 * unwrap(run(int32be, new Uint8Array([0xff, 0xff, 0xff, 0xfe]), { input: "binary" })); // => -2
 * ```
 */
export const int32be: Parser<number> = /* @__PURE__ */ fixed("int32be", 4, i32be);

/**
 * Four bytes, the low one first: -2^31 to 2^31 - 1.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int32le } from "sluice/binary";
 * unwrap(run(int32le, new Uint8Array([0xfe, 0xff, 0xff, 0xff]), { input: "binary" })); // => -2
 * ```
 */
export const int32le: Parser<number> = /* @__PURE__ */ fixed("int32le", 4, i32le);

/**
 * Eight bytes, the high one first: 0 to 2^64 - 1.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { uint64be } from "sluice/binary";
 * unwrap(run(uint64be, new Uint8Array([0, 0, 0, 0, 0, 0, 1, 2]), { input: "binary" })); // => 258n
 * ```
 */
export const uint64be: Parser<bigint> = /* @__PURE__ */ fixed("uint64be", 8, (u, at) => put64be(u, at).getBigUint64(0));

/**
 * Eight bytes, the low one first: 0 to 2^64 - 1.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { uint64le } from "sluice/binary";
 * unwrap(run(uint64le, new Uint8Array([2, 1, 0, 0, 0, 0, 0, 0]), { input: "binary" })); // => 258n
 * ```
 */
export const uint64le: Parser<bigint> = /* @__PURE__ */ fixed("uint64le", 8, (u, at) => put64le(u, at).getBigUint64(0));

/**
 * Eight bytes, the high one first: -2^63 to 2^63 - 1.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int64be } from "sluice/binary";
 * unwrap(run(int64be, new Uint8Array([0, 0, 0, 0, 0, 0, 1, 2]), { input: "binary" })); // => 258n
 * ```
 */
export const int64be: Parser<bigint> = /* @__PURE__ */ fixed("int64be", 8, (u, at) => put64be(u, at).getBigInt64(0));

/**
 * Eight bytes, the low one first: -2^63 to 2^63 - 1.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { int64le } from "sluice/binary";
 * unwrap(run(int64le, new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), { input: "binary" })); // => -1n
 * ```
 */
export const int64le: Parser<bigint> = /* @__PURE__ */ fixed("int64le", 8, (u, at) => put64le(u, at).getBigInt64(0));

/**
 * Four bytes, the high one first: a single-precision number (IEEE 754 binary32).
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { float32be } from "sluice/binary";
 * unwrap(run(float32be, new Uint8Array([0x3f, 0x80, 0, 0]), { input: "binary" })); // => 1
 * ```
 */
export const float32be: Parser<number> = /* @__PURE__ */ fixed("float32be", 4, (u, at) =>
  put32(i32be(u, at)).getFloat32(0),
);

/**
 * Four bytes, the low one first: a single-precision number (IEEE 754 binary32).
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { float32le } from "sluice/binary";
 * unwrap(run(float32le, new Uint8Array([0, 0, 0x80, 0x3f]), { input: "binary" })); // => 1
 * ```
 */
export const float32le: Parser<number> = /* @__PURE__ */ fixed("float32le", 4, (u, at) =>
  put32(i32le(u, at)).getFloat32(0),
);

/**
 * Eight bytes, the high one first: a double-precision number (IEEE 754 binary64).
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { float64be } from "sluice/binary";
 * unwrap(run(float64be, new Uint8Array([0x3f, 0xf0, 0, 0, 0, 0, 0, 0]), { input: "binary" })); // => 1
 * ```
 */
export const float64be: Parser<number> = /* @__PURE__ */ fixed("float64be", 8, (u, at) => put64be(u, at).getFloat64(0));

/**
 * Eight bytes, the low one first: a double-precision number (IEEE 754 binary64).
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { float64le } from "sluice/binary";
 * unwrap(run(float64le, new Uint8Array([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]), { input: "binary" })); // => 1
 * ```
 */
export const float64le: Parser<number> = /* @__PURE__ */ fixed("float64le", 8, (u, at) => put64le(u, at).getFloat64(0));
