// Sets of code points as sorted ranges: [first, last, first, last, …], both ends included, none touching the next.

/** A set of code points. Immutable. */
export type Ranges = Uint32Array;

const LAST = 0x10ffff;

/**
 * Sorts and merges ranges.
 * @param pairs first and last code point of each, in any order, overlapping or not.
 */
export function rangesOf(pairs: Iterable<readonly [first: number, last: number]>): Ranges {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const flat: number[] = [];
  for (const [first, last] of sorted) {
    const end = flat.length - 1;
    if (end > 0 && first <= (flat[end] as number) + 1) flat[end] = Math.max(flat[end] as number, last);
    else flat.push(first, last);
  }
  return Uint32Array.from(flat);
}

/** The code points in either of two sets. */
export function unionOf(a: Ranges, b: Ranges): Ranges {
  return rangesOf([...pairsOf(a), ...pairsOf(b)]);
}

/** Every code point, lone surrogates too, that isn't in the set. */
export function complementOf(set: Ranges): Ranges {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [first, last] of pairsOf(set)) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST) gaps.push([next, LAST]);
  return rangesOf(gaps);
}

/** Whether a code point is in the set; costs a binary search. */
export function holds(set: Ranges, codePoint: number): boolean {
  const at = rangeUpTo(set, codePoint);
  return at < set.length && (set[at] as number) <= codePoint;
}

/**
 * Writes which of the code points from `start` are in the set.
 * @param out gets 1 or 0 for each; its length says how many.
 */
export function fillFrom(set: Ranges, start: number, out: Uint8Array): void {
  out.fill(0);
  const end = start + out.length;
  for (let at = rangeUpTo(set, start); at < set.length && (set[at] as number) < end; at += 2) {
    out.fill(1, Math.max((set[at] as number) - start, 0), Math.min((set[at + 1] as number) + 1, end) - start);
  }
}

/** Whether a set has a member above a code point. */
export function reaches(set: Ranges, codePoint: number): boolean {
  return set.length > 0 && (set[set.length - 1] as number) > codePoint;
}

/** Whether two sets have the same members. */
export function sameRanges(a: Ranges, b: Ranges): boolean {
  return a.length === b.length && a.every((bound, at) => bound === b[at]);
}

/** The ranges, one by one. */
export function* pairsOf(set: Ranges): Generator<[first: number, last: number]> {
  for (let at = 0; at < set.length; at += 2) yield [set[at] as number, set[at + 1] as number];
}

/** Index of the first range that doesn't end before a code point; `set.length` if there is none. */
function rangeUpTo(set: Ranges, codePoint: number): number {
  let low = 0;
  let high = set.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle * 2 + 1] as number) < codePoint) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}
