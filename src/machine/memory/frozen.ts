// Frozen parts of the stack: what a continuation keeps. Each is at most 256 places, is never written to, and points to the
// part below, so that continuations share what they have in common (segmented stacks: Hieb, Dybvig & Bruggeman 1990).
//
// Small parts are joined as soon as what lies above is half as long: above the full ones there are at most eight, each at
// least twice as long as the next, and a place is copied a bounded number of times. A part is found through jumps
// (Myers, "An applicative random-access stack", 1983), so that looking at a place costs the logarithm of the parts.

export const SEGMENT = 256;

export class Frozen {
  readonly below: Frozen | undefined;
  /** A part further down: from any part another is as many jumps away as the logarithm of those between. */
  readonly jump: Frozen | undefined;
  /** How many parts lie below. */
  readonly height: number;
  /** Places from the stack's bottom up to the end of this part. */
  readonly top: number;
  readonly length: number;
  /** The arrays may go on beyond `length`, with what was thawed. */
  readonly ints: Int32Array;
  readonly offsets: Float64Array;
  readonly values: readonly unknown[];

  constructor(
    below: Frozen | undefined,
    ints: Int32Array,
    offsets: Float64Array,
    values: readonly unknown[],
    length: number,
  ) {
    this.below = below;
    this.jump = jumpOver(below);
    this.height = below === undefined ? 0 : below.height + 1;
    this.top = (below === undefined ? 0 : below.top) + length;
    this.length = length;
    this.ints = ints;
    this.offsets = offsets;
    this.values = values;
  }

  /** The same part without its uppermost places. */
  without(places: number): Frozen {
    return new Frozen(this.below, this.ints, this.offsets, this.values, this.length - places);
  }

  /** The part that a depth below the top lies in. */
  partAt(depth: number): Frozen {
    let part: Frozen = this;
    while (part.below !== undefined && depth < part.top - part.length) part = part.towards(depth);
    return part;
  }

  /** The next part to look for a depth in that lies below this one. */
  towards(depth: number): Frozen {
    const { jump, below } = this;
    return (jump !== undefined && depth < jump.top ? jump : below) ?? this;
  }
}

/** Where a part on top of another jumps to: over two jumps of equal length, or else to that one. */
function jumpOver(below: Frozen | undefined): Frozen | undefined {
  const first = below?.jump;
  const second = first?.jump;
  if (below === undefined || first === undefined || second === undefined) return below;
  return below.height - first.height === first.height - second.height ? second : below;
}

/** Three arrays with one index, and how much of them counts. */
interface StackArrays {
  readonly ints: Int32Array;
  readonly offsets: Float64Array;
  readonly values: readonly unknown[];
  readonly length: number;
}

/** Freezes the places of a live stack on top of what is frozen already, joined with the small parts there. */
export function freeze(below: Frozen | undefined, live: StackArrays): Frozen | undefined {
  const parts: StackArrays[] = [live];
  let total = live.length;
  let base = below;
  for (; base !== undefined && base.length < SEGMENT && base.length < 2 * total; base = base.below) {
    parts.push(base);
    total += base.length;
  }
  return cut(base, parts.length === 1 ? live : joined(parts, total));
}

/** Parts as one; the uppermost comes first. */
function joined(parts: readonly StackArrays[], length: number): StackArrays {
  const ints = new Int32Array(length);
  const offsets = new Float64Array(length);
  const values: unknown[] = [];
  for (let k = parts.length - 1; k >= 0; k--) {
    const part = parts[k] as StackArrays;
    ints.set(part.ints.subarray(0, part.length), values.length);
    offsets.set(part.offsets.subarray(0, part.length), values.length);
    for (let i = 0; i < part.length; i++) values.push(part.values[i]);
  }
  return { ints, offsets, values, length };
}

/** Places as parts on top of what is frozen, all but the last of them full. */
function cut(below: Frozen | undefined, { ints, offsets, values, length }: StackArrays): Frozen | undefined {
  let top = below;
  for (let from = 0; from < length; from += SEGMENT) {
    const to = Math.min(length, from + SEGMENT);
    top = new Frozen(top, ints.slice(from, to), offsets.slice(from, to), values.slice(from, to), to - from);
  }
  return top;
}
