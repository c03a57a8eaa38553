// Decimal digits to the nearest double in one pass, without making a string first.
//
// A decimal is digits × 10^-k. With digits < 2^53 and k ≤ 22 both are exact doubles and one division rounds correctly
// (Clinger 1990, "How to read floating point numbers accurately"). With up to 9 digits more the digits are kept exactly as
// the sum of two doubles, divided with an error far below half a unit in the last place, and the quotient is taken only if
// both ends of its error interval round to the same double. Everything else is left to `Number`.
//
// Digits are read 9 at a time: that many are small integers to the platform, whose products need no double.

const POWERS: Float64Array = /* @__PURE__ */ Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
/** 2^27 + 1: splits a double into two halves of 26 bits (Dekker 1971). */
const SPLIT = 134217729;
const EXACT = 2 ** 53;

/** Where the number that {@link decimal} read last ended, and its dot if it had one, else -1. */
export const reached = { end: 0, dot: -1 };

/**
 * The number that begins at a place, `digits(.digits)?` without needless zeros before it. NaN where it can't be told
 * cheaply, and where none stands there: then `reached.end` is -1.
 */
export function decimal(units: Uint16Array, from: number): number {
  let at = from;
  let digit = (units[at] as number) - 48;
  let head = 0;
  reached.dot = -1;
  if (digit === 0) {
    digit = (units[++at] as number) - 48;
    if (digit >= 0 && digit <= 9) at = from;
  } else {
    for (const stop = at + 9; digit >= 0 && digit <= 9 && at < stop; digit = (units[++at] as number) - 48)
      head = (head * 10 + digit) | 0;
  }
  if (at === from) {
    reached.end = -1;
    return Number.NaN;
  }
  let whole: number = head;
  // past 2^53 it only grows
  for (; digit >= 0 && digit <= 9; digit = (units[++at] as number) - 48) whole = whole * 10 + digit;
  reached.end = at;
  if (digit !== -2) return whole < EXACT ? whole : Number.NaN;
  const point = ++at;
  reached.dot = point - 1;
  digit = (units[at] as number) - 48;
  let near = 0;
  for (const stop = at + 9; digit >= 0 && digit <= 9 && at < stop; digit = (units[++at] as number) - 48)
    near = (near * 10 + digit) | 0;
  const nearPlaces = at - point;
  let far = 0;
  for (const stop = at + 9; digit >= 0 && digit <= 9 && at < stop; digit = (units[++at] as number) - 48)
    far = (far * 10 + digit) | 0;
  const places = at - point;
  while (digit >= 0 && digit <= 9) digit = (units[++at] as number) - 48;
  reached.end = nearPlaces === 0 ? -1 : at;
  if (nearPlaces === 0 || at - point > places) return Number.NaN;
  const nearPower = POWERS[nearPlaces] as number;
  const high = whole * nearPower + near;
  const scale = POWERS[places] as number;
  if (high >= EXACT)
    return places > nearPlaces || whole >= EXACT ? Number.NaN : quotient(whole, nearPower, near, scale);
  return places === nearPlaces ? high / scale : quotient(high, POWERS[places - nearPlaces] as number, far, scale);
}

/** (high × power + low) / scale, rounded correctly, or NaN where that can't be told. */
function quotient(high: number, power: number, low: number, scale: number): number {
  // the dividend exactly, as product + rest
  const product = high * power;
  const productRest = lowPart(high, power, product) + low;
  const dividend = product + productRest;
  const rest = productRest - (dividend - product);
  // a first quotient and its correction from the exact remainder
  const first = dividend / scale;
  const back = first * scale;
  const correction = (dividend - back - lowPart(first, scale, back) + rest) / scale;
  const error = Math.abs(correction) * 1e-14;
  const value = first + (correction + error);
  return value === first + (correction - error) ? value : Number.NaN;
}

/** What is missing from `product` = fl(a × b) to the exact a × b. */
function lowPart(a: number, b: number, product: number): number {
  const aBig = SPLIT * a;
  const aHigh = aBig - (aBig - a);
  const aLow = a - aHigh;
  const bBig = SPLIT * b;
  const bHigh = bBig - (bBig - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
