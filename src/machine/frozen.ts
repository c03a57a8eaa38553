// Frozen parts of the stack: what a continuation keeps. Each is at most 256 places, is never written to, and points to the
// part below, so that continuations share what they have in common (segmented stacks: Hieb, Dybvig & Bruggeman 1990).

export const SEGMENT = 256;

export interface Frozen {
  readonly below: Frozen | undefined;
  /** Places from the stack's bottom up to the end of this part. */
  readonly top: number;
  readonly length: number;
  readonly ints: Int32Array;
  readonly offsets: Float64Array;
  readonly values: readonly unknown[];
}

/** Freezes the places [0, length) of a live stack on top of what is frozen already. */
export function freeze(
  below: Frozen | undefined,
  ints: Int32Array,
  offsets: Float64Array,
  values: readonly unknown[],
  length: number,
): Frozen | undefined {
  let top = below;
  for (let from = 0; from < length; from += SEGMENT) {
    const to = Math.min(length, from + SEGMENT);
    top = {
      below: top,
      top: (top?.top ?? 0) + to - from,
      length: to - from,
      ints: ints.slice(from, to),
      offsets: offsets.slice(from, to),
      values: values.slice(from, to),
    };
  }
  return top;
}
