// Decimal digits to the nearest double without making a string first.
//
// A decimal is digits × 10^-k. With at most 15 digits and k ≤ 22 both are exact doubles and one division rounds correctly
// (Clinger 1990, "How to read floating point numbers accurately"). With up to 19 digits the digits are kept exactly as the
// sum of two doubles, divided with an error far below half a unit in the last place, and the quotient is taken only if
// both ends of its error interval round to the same double. Everything else is left to `Number`.

const POWERS: Float64Array = /* @__PURE__ */ Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
/** 2^27 + 1: splits a double into two halves of 26 bits (Dekker 1971). */
const SPLIT = 134217729;

/** The number written in units [from, to), `-?digits(.digits)?`; NaN where that can't be told cheaply. */
export function decimal(units: Uint16Array, from: number, to: number): number {
  let at = from;
  const negative = units[at] === 45;
  if (negative) at++;
  if (to - at > 20 || at === to) return Number.NaN;
  let head = 0; // the first 15 significant digits
  let tail = 0; // up to 4 more
  let digits = 0;
  let tailDigits = 0;
  let dot = -1;
  for (; at < to; at++) {
    const digit = (units[at] as number) - 48;
    if (digit >= 0 && digit <= 9) {
      if (digits < 15) {
        head = head * 10 + digit;
        if (head !== 0) digits++;
      } else {
        tail = tail * 10 + digit;
        tailDigits++;
      }
    } else if (digit === -2 && dot < 0) dot = at;
    else return Number.NaN;
  }
  const places = dot < 0 ? 0 : to - 1 - dot;
  if (places > 22 || tailDigits > 4) return Number.NaN;
  const power = POWERS[places] as number;
  if (tailDigits === 0) {
    const value = places === 0 ? head : head / power;
    return negative ? -value : value;
  }
  // head × 10^tailDigits + tail, exactly, as high + low
  const scale = POWERS[tailDigits] as number;
  const product = head * scale;
  const productLow = lowPart(head, scale, product) + tail;
  const high = product + productLow;
  const low = productLow - (high - product);
  // (high + low) / power: a first quotient and its correction from the exact remainder
  const first = high / power;
  const back = first * power;
  const correction = (high - back - lowPart(first, power, back) + low) / power;
  const error = Math.abs(correction) * 1e-14;
  const value = first + (correction + error);
  if (value !== first + (correction - error)) return Number.NaN;
  return negative ? -value : value;
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
