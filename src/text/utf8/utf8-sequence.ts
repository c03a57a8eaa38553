// One UTF-8 sequence: how long it is, or how much of it is an ill-formed maximal subpart (Unicode §3.9, table 3-7).

/** The sequence at a place in the bytes. */
export interface Sequence {
  /**
   * "character": a whole well-formed sequence. "malformed": bytes that can't begin one, whatever follows. "unfinished":
   * the bytes ended inside a sequence that was well-formed so far.
   */
  readonly kind: "character" | "malformed" | "unfinished";
  /** How many bytes it takes: of the character, of the maximal subpart, or up to the end. */
  readonly bytes: number;
}

const character = (bytes: number): Sequence => ({ kind: "character", bytes });
const malformed = (bytes: number): Sequence => ({ kind: "malformed", bytes });
const unfinished = (bytes: number): Sequence => ({ kind: "unfinished", bytes });

/**
 * Reads the sequence that begins at an index.
 * @param bytes the bytes; they end where the array ends.
 * @param at index of its first byte, below `bytes.length`.
 */
export function sequenceAt(bytes: Uint8Array, at: number): Sequence {
  const lead = bytes[at] as number;
  if (lead < 0x80) return character(1);
  const size = sizeOf(lead);
  if (size === 0) return malformed(1);
  for (let k = 1; k < size; k++) {
    if (at + k >= bytes.length) return unfinished(k);
    const next = bytes[at + k] as number;
    // Only the second byte has narrower bounds: no overlong form, no surrogate, nothing above U+10FFFF.
    if (next < (k === 1 ? lowestSecond(lead) : 0x80) || next > (k === 1 ? highestSecond(lead) : 0xbf)) {
      return malformed(k);
    }
  }
  return character(size);
}

/** Bytes in a sequence with this lead byte; 0 for a byte that is not a lead byte. */
function sizeOf(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function lowestSecond(lead: number): number {
  if (lead === 0xe0) return 0xa0;
  return lead === 0xf0 ? 0x90 : 0x80;
}

function highestSecond(lead: number): number {
  if (lead === 0xed) return 0x9f;
  return lead === 0xf4 ? 0x8f : 0xbf;
}
