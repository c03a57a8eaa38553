// The yardstick: the fastest JSON parser by recursive descent that we know how to write by hand in JavaScript.
// Strict RFC 8259, the same values as `JSON.parse`; no streaming, no positions, depth bounded by the native stack.
// What made it fast, with the factor of time that leaving it out costs: reading units from a `Uint16Array` copy of the
// text instead of `charCodeAt` (1.1-1.7), guessing that an object key is the one that followed the previous key last
// time, else looking it up in a table of interned keys (1.2-1.3), exact decimals of up to 18 fraction digits without
// taking the text out (2 on coordinates), lists of one and two as literals (1.2-1.4 on coordinates).
// Tried and dropped, since they gained nothing: a class table for plain string characters, a loop of its own for
// indentation, a table of short string values, list items kept on a stack, objects cloned from a template.

/** A copy of the text, then a zero, which no loop below accepts; so none of them needs to look at the length. */
let units = new Uint16Array(1024);
let bytes = Buffer.from(units.buffer);
let text = "";
/** Where the function that just returned stopped reading. */
let at = 0;

export function handParse(source: string): unknown {
  const length = source.length;
  if (length >= units.length) {
    units = new Uint16Array(Math.max(length + 1, 2 * units.length));
    bytes = Buffer.from(units.buffer);
  }
  bytes.write(source, 0, 2 * length, "utf16le");
  units[length] = 0;
  text = source;
  const result = value(next(0), at);
  skip(at);
  if (at !== length) fail(at);
  text = "";
  return result;
}

function fail(i: number): never {
  throw new SyntaxError(`unexpected ${i < text.length ? JSON.stringify(text[i]) : "end of input"} at offset ${i}`);
}

/** The first unit from `i` on that is not white space; its place is left in `at`. */
function next(i: number): number {
  const c = units[i] as number;
  if (c <= 32) return skip(i);
  at = i;
  return c;
}

function skip(i: number): number {
  const t = units;
  let c = t[i] as number;
  while (c === 32 || c === 10 || c === 13 || c === 9) c = t[++i] as number;
  at = i;
  return c;
}

function value(c: number, i: number): unknown {
  const t = units;
  switch (c) {
    case 34 /* " */:
      return string(i + 1);
    case 123 /* { */:
      return object(i + 1);
    case 91 /* [ */:
      return array(i + 1);
    case 116 /* t */:
      if (t[i + 1] !== 114 || t[i + 2] !== 117 || t[i + 3] !== 101) fail(i);
      at = i + 4;
      return true;
    case 102 /* f */:
      if (t[i + 1] !== 97 || t[i + 2] !== 108 || t[i + 3] !== 115 || t[i + 4] !== 101) fail(i);
      at = i + 5;
      return false;
    case 110 /* n */:
      if (t[i + 1] !== 117 || t[i + 2] !== 108 || t[i + 3] !== 108) fail(i);
      at = i + 4;
      return null;
    default:
      return number(c, i);
  }
}

/** Most lists in coordinates are pairs: a literal of two takes far less memory than `push`, which makes room for 17. */
function array(i: number): unknown[] {
  let c = next(i);
  i = at;
  if (c === 93) {
    at = i + 1;
    return [];
  }
  const first = value(c, i);
  c = next(at);
  i = at;
  if (c === 93) {
    at = i + 1;
    return [first];
  }
  if (c !== 44) fail(i);
  const second = value(next(i + 1), at);
  c = next(at);
  i = at;
  if (c === 93) {
    at = i + 1;
    return [first, second];
  }
  const list = [first, second];
  for (;;) {
    if (c !== 44) fail(i);
    list.push(value(next(i + 1), at));
    c = next(at);
    i = at;
    if (c === 93) {
      at = i + 1;
      return list;
    }
  }
}

function object(i: number): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  let c = next(i);
  i = at;
  if (c === 125) {
    at = i + 1;
    return result;
  }
  for (;;) {
    if (c !== 34) fail(i);
    const name = key(i + 1);
    if (next(at) !== 58) fail(at);
    i = at;
    const member = value(next(i + 1), at);
    if (name === "__proto__") define(result, name, member);
    else result[name] = member;
    c = next(at);
    i = at;
    if (c === 125) {
      at = i + 1;
      return result;
    }
    if (c !== 44) fail(i);
    c = next(i + 1);
    i = at;
  }
}

function define(target: object, name: string, member: unknown): void {
  Object.defineProperty(target, name, { value: member, enumerable: true, writable: true, configurable: true });
}

class Key {
  readonly text: string;
  readonly units: Uint16Array;
  /** The key that came after this one last time. */
  next: Key = this;

  constructor(name: string) {
    this.text = interned(name);
    this.units = Uint16Array.from({ length: name.length }, (_, i) => name.charCodeAt(i));
  }
}

/** The engine's own copy of a property name, with which a store into an object needs no look-up of the text. */
function interned(name: string): string {
  for (const own in { [name]: 0 }) return own;
  return name;
}

const unknownKey = new Key("\uffff");
const keys: Key[] = new Array(1024).fill(unknownKey);
let lastKey = unknownKey;

function key(i: number): string {
  const t = units;
  const guess = lastKey.next;
  const expected = guess.units;
  const length = expected.length;
  let same = 0;
  while (same < length && t[i + same] === expected[same]) same++;
  if (same === length && t[i + length] === 34) {
    lastKey = guess;
    at = i + length + 1;
    return guess.text;
  }
  return otherKey(i);
}

function otherKey(start: number): string {
  const t = units;
  let i = start;
  let c = t[i] as number;
  let hash = 0;
  while (c !== 34 && c !== 92 && c >= 32) {
    hash = (Math.imul(hash, 31) + c) | 0;
    c = t[++i] as number;
  }
  if (c !== 34) return escaped(start, i);
  at = i + 1;
  const length = i - start;
  const slot = (hash ^ (hash >>> 11)) & 1023;
  let known = keys[slot] as Key;
  let same = known.units.length === length ? 0 : -1;
  while (same >= 0 && same < length && t[start + same] === known.units[same]) same++;
  if (same !== length) {
    if (length > 64) return text.slice(start, i);
    known = keys[slot] = new Key(text.slice(start, i));
  }
  lastKey.next = known;
  lastKey = known;
  return known.text;
}

function string(start: number): string {
  const t = units;
  let i = start;
  let c = t[i] as number;
  while (c !== 34 && c !== 92 && c >= 32) c = t[++i] as number;
  if (c !== 34) return escaped(start, i);
  at = i + 1;
  return text.slice(start, i);
}

/** A string whose first backslash (or whose fault) is at `i`. */
function escaped(start: number, i: number): string {
  const t = units;
  let result = text.slice(start, i);
  for (;;) {
    if (t[i] === 34) {
      at = i + 1;
      return result;
    }
    if (t[i] !== 92) fail(i);
    const c = t[i + 1] as number;
    if (c === 117) {
      const high = (hex(t[i + 2]) << 4) | hex(t[i + 3]);
      const low = (hex(t[i + 4]) << 4) | hex(t[i + 5]);
      if ((high | low) < 0) fail(i);
      result += String.fromCharCode((high << 8) | low);
      i += 6;
    } else {
      const plain = '"\\/bfnrt'.indexOf(String.fromCharCode(c));
      if (plain < 0) fail(i + 1);
      result += '"\\/\b\f\n\r\t'[plain];
      i += 2;
    }
    const from = i;
    let d = t[i] as number;
    while (d !== 34 && d !== 92 && d >= 32) d = t[++i] as number;
    if (i > from) result += text.slice(from, i);
  }
}

/** The value of a hexadecimal digit, or a negative number. */
function hex(c: number | undefined): number {
  if (c === undefined) return -1;
  if (c >= 48 && c <= 57) return c - 48;
  c |= 32;
  return c >= 97 && c <= 102 ? c - 87 : -1;
}

const powersOfTen: readonly number[] = Array.from({ length: 19 }, (_, k) => Number(`1e${k}`));

/**
 * Integers of up to 9 digits, and decimals of up to 6 digits before the point and 18 after it, are made from their
 * digits in 32-bit pieces; everything else (exponents too) is left to `Number`.
 */
function number(c: number, i: number): number {
  const t = units;
  const start = i;
  const negative = c === 45;
  if (negative) c = t[++i] as number;
  const first = i;
  let whole = 0;
  if (c === 48) c = t[++i] as number;
  else if (c >= 49 && c <= 57) {
    do {
      whole = (whole * 10 + (c - 48)) | 0;
      c = t[++i] as number;
    } while (c >= 48 && c <= 57);
  } else fail(i);
  const wholeDigits = i - first;
  if (c !== 46) {
    if ((c | 32) === 101) return exponent(start, i);
    at = i;
    if (wholeDigits > 9) return Number(text.slice(start, i));
    return negative ? -whole : whole;
  }
  c = t[++i] as number;
  const point = i;
  let near = 0;
  for (const stop = point + 9; c >= 48 && c <= 57 && i < stop; c = t[++i] as number) near = (near * 10 + (c - 48)) | 0;
  const nearDigits = i - point;
  if (nearDigits === 0) fail(i);
  let far = 0;
  for (const stop = point + 18; c >= 48 && c <= 57 && i < stop; c = t[++i] as number) far = (far * 10 + (c - 48)) | 0;
  const digits = i - point;
  while (c >= 48 && c <= 57) c = t[++i] as number;
  if ((c | 32) === 101) return exponent(start, i);
  at = i;
  if (wholeDigits > 6 || i - point > 18) return Number(text.slice(start, i));
  const high = whole * (powersOfTen[nearDigits] as number) + near;
  const scale = powersOfTen[digits] as number;
  let result = high / scale;
  if (digits > nearDigits) {
    result = quotient(high, powersOfTen[digits - nearDigits] as number, far, scale);
    if (result < 0) return Number(text.slice(start, i));
  }
  return negative ? -result : result;
}

function exponent(start: number, i: number): number {
  const t = units;
  let c = t[++i] as number;
  if (c === 43 || c === 45) c = t[++i] as number;
  if (c < 48 || c > 57) fail(i);
  while (c >= 48 && c <= 57) c = t[++i] as number;
  at = i;
  return Number(text.slice(start, i));
}

/** 2^27 + 1, which splits a double into two halves whose products are exact (Veltkamp, Dekker 1971). */
const splitter = 134_217_729;

/**
 * (high * power + low) / scale, correctly rounded, or -1 where that can't be told; `high` < 2^53, `low` < 1e9, and both
 * powers of ten are exact. The dividend is held exactly as a sum of two doubles, the quotient as `q` and a correction
 * with a relative error below 1e-15: when the correction may be off by ten times as much and gives the same double on
 * either side, that double is the answer.
 */
function quotient(high: number, power: number, low: number, scale: number): number {
  const product = high * power;
  const rest = productError(high, power, product) + low;
  const dividend = product + rest;
  const dividendRest = rest - (dividend - product);
  const q = dividend / scale;
  const back = q * scale;
  const correction = (dividend - back - productError(q, scale, back) + dividendRest) / scale;
  const doubt = Math.abs(correction) * 1e-14;
  const result = q + (correction + doubt);
  return result === q + (correction - doubt) ? result : -1;
}

/** a * b - product, exactly. */
function productError(a: number, b: number, product: number): number {
  const aSplit = splitter * a;
  const aHigh = aSplit - (aSplit - a);
  const aLow = a - aHigh;
  const bSplit = splitter * b;
  const bHigh = bSplit - (bSplit - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
