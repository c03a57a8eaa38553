// How UAX #29 treats a character, for the characters whose class is known by a range.
//
// `Intl.Segmenter` costs some microseconds per call, whatever the text. For most characters the borders between grapheme
// clusters are known without it; these tables list these characters. They need not be complete: all others are OTHER,
// and the segmenter decides. They must be right on every platform, so they contain only assigned characters, with
// properties that Unicode doesn't change. A test compares them with the platform's segmenter.
// Lone surrogates are left out: platforms differ on whether marks join them.

/** Not known here: use the segmenter. */
export const OTHER = 0;
/** Has a border before it if the character before is SIMPLE, PICTURE or CONTROL, marks between them or not. */
export const SIMPLE = 1;
/** Extend or SpacingMark, but no joiner and no virama: joins whatever is before it, except CONTROL or nothing. */
export const MARK = 2;
/** Has a border on both sides, always. */
export const CONTROL = 3;
/** Like SIMPLE, and Extended_Pictographic: a joiner (ZWJ) between two of these makes them one cluster. */
export const PICTURE = 4;
/** Regional indicator: two make a flag. */
export const FLAG = 5;
/** Not a class: the first half of what may be a pair. */
export const HIGH = 6;

// biome-ignore format: a table
const SIMPLE_RANGES = [
  [0x0020, 0x007e], [0x00a0, 0x00ac], [0x00ae, 0x02ff], // Latin, IPA
  [0x0391, 0x03a1], [0x03a3, 0x0482], [0x048a, 0x052f], [0x0531, 0x0556], // Greek, Cyrillic, Armenian
  [0x05d0, 0x05ea], [0x0620, 0x064a], [0x0660, 0x066f], [0x0671, 0x06d3], // Hebrew, Arabic
  [0x0904, 0x0939], [0x093d, 0x093d], [0x0950, 0x0950], [0x0958, 0x0961], [0x0964, 0x0980], // Devanagari
  [0x0e01, 0x0e30], [0x0e32, 0x0e32], [0x0e3f, 0x0e46], [0x0e4f, 0x0e5b], // Thai
  [0x1e00, 0x1f15], [0x2010, 0x2027], [0x2030, 0x205e], [0x20a0, 0x20bf], [0x2100, 0x2426], // punctuation, signs
  [0x2460, 0x2b73], [0x3000, 0x3029], [0x3030, 0x303f], [0x3041, 0x3096], [0x309b, 0x30ff], // boxes, kana
  [0x3105, 0x312f], [0x3131, 0x318e], [0x3190, 0x31e3], [0x31f0, 0x321e], [0x3220, 0xa48c], // CJK, Yi
  [0xac00, 0xd7a3], [0xe000, 0xf8ff], [0xf900, 0xfa6d], // Hangul syllables, private use, CJK
  [0xff01, 0xff9d], [0xffe0, 0xffe6], [0xfffc, 0xfffd], // wide and narrow forms
  [0x1d400, 0x1d454], [0x1f300, 0x1f3fa], [0x1f400, 0x1f6d2], [0x1f900, 0x1f9ff], // mathematics, emoji
  [0x20000, 0x2a6d6], [0x2a700, 0x2ebe0], [0x30000, 0x3134a], // CJK
] as const;

// biome-ignore format: a table
const MARK_RANGES = [
  [0x0300, 0x036f], [0x0483, 0x0489], [0x0591, 0x05bd], [0x064b, 0x065f],
  [0x0900, 0x0903], [0x093a, 0x093c], [0x093e, 0x094c], [0x094e, 0x094f], [0x0951, 0x0957], [0x0962, 0x0963],
  [0x0e31, 0x0e31], [0x0e33, 0x0e39], [0x0e47, 0x0e4e], [0x20d0, 0x20f0], [0x3099, 0x309a],
  [0xfe00, 0xfe0f], [0xfe20, 0xfe2f], [0xff9e, 0xff9f],
  [0x1f3fb, 0x1f3ff], [0xe0020, 0xe007f], [0xe0100, 0xe01ef], // skin tones, tags, variation selectors
] as const;

// biome-ignore format: a table
const CONTROL_RANGES = [
  [0x0000, 0x001f], [0x007f, 0x009f], [0x00ad, 0x00ad], [0x200b, 0x200b], [0x2028, 0x2029],
  [0xfeff, 0xfeff],
] as const;

// biome-ignore format: a table
const PICTURE_RANGES = [
  [0x00a9, 0x00a9], [0x00ae, 0x00ae], [0x2640, 0x2640], [0x2642, 0x2642], [0x2695, 0x2696], [0x26a7, 0x26a7],
  [0x2708, 0x2708], [0x2744, 0x2744], [0x2764, 0x2764], [0x2b1b, 0x2b1b],
  [0x1f32b, 0x1f32b], [0x1f33e, 0x1f33e], [0x1f373, 0x1f373], [0x1f37c, 0x1f37c], [0x1f384, 0x1f384],
  [0x1f393, 0x1f393], [0x1f3a4, 0x1f3a4], [0x1f3a8, 0x1f3a8], [0x1f3c3, 0x1f3c4], [0x1f3ca, 0x1f3cc],
  [0x1f3eb, 0x1f3eb], [0x1f3ed, 0x1f3ed], [0x1f3f3, 0x1f3f4],
  [0x1f400, 0x1f4fc], [0x1f525, 0x1f525], [0x1f527, 0x1f527], [0x1f52c, 0x1f52c], [0x1f5e8, 0x1f5e8],
  [0x1f600, 0x1f64f], [0x1f680, 0x1f6c5], [0x1f90c, 0x1f93a], [0x1f947, 0x1f9ff],
] as const;

const FLAG_RANGES = [[0x1f1e6, 0x1f1ff]] as const;

/** Later lines overwrite earlier ones. */
const PAINT = [
  [SIMPLE, SIMPLE_RANGES],
  [PICTURE, PICTURE_RANGES],
  [MARK, MARK_RANGES],
  [CONTROL, CONTROL_RANGES],
  [FLAG, FLAG_RANGES],
  [HIGH, [[0xd800, 0xdbff]]],
] as const;

/** Up to U+1FFFF a table; the planes above hold a few long ranges. */
const TABLED = 0x20000;

let table: Uint8Array | undefined;

/** The class of every code point below U+20000, built on demand (some 30 µs). */
export function graphemeClasses(): Uint8Array {
  if (table === undefined) {
    table = new Uint8Array(TABLED);
    for (const [kind, ranges] of PAINT) {
      for (const [first, last] of ranges) table.fill(kind, first, last + 1);
    }
  }
  return table;
}

/**
 * The class of one code point.
 * @param codePoint 0 to 0x10FFFF.
 */
export function graphemeClass(codePoint: number): number {
  if (codePoint < TABLED) return graphemeClasses()[codePoint] as number;
  for (const [kind, ranges] of PAINT) {
    for (const [first, last] of ranges) if (codePoint >= first && codePoint <= last) return kind;
  }
  return OTHER;
}
