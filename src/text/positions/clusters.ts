// Counting grapheme clusters in a part of one line, continuing the cluster that was open before it.
//
// There are two ways. Characters whose borders `grapheme-class.ts` knows are counted one by one; at any other character
// the text up to the next easy text goes to `Intl.Segmenter`. This is correct because a border depends only on the text
// before it in its own cluster, and on the one character after it: text from a cluster's start can be segmented alone.
//
//   a b c ɛ ̃ d  क ् ष त a b c …          the segmenter gets the open cluster (क) and at most 256 units more,
//   ────────────▶│────────│─────▶        until 16 easy characters in a row, when a call is no longer worth its cost.
//     one by one  segmenter one by one

import { CONTROL, FLAG, graphemeClass, graphemeClasses, HIGH, MARK, OTHER, PICTURE, SIMPLE } from "./grapheme-class.ts";

/** A cluster longer than this many units is cut there (semantics, rule 28): this limits what must be kept of it. */
const LONGEST_CLUSTER = 1024;
const FED_AT_ONCE = 256;
const EASY_ENOUGH = 16;
const JOINER = 0x200d;
const RETURN = 0x0d;
const TEXT_OR_EMOJI_STYLE = 0xfe0f;

/** The result for a part of the text. */
interface Counted {
  /** Clusters that began in it. */
  readonly clusters: number;
  /** The text of the cluster open at its end, from its start, which may lie before the stretch. */
  readonly open: string;
  /** UTF-8 bytes of the part minus its units. */
  readonly extraBytes: number;
}

/**
 * Counts the clusters that begin in `units[from, to)`.
 *
 * @param open the text of the cluster open at `from`; empty at a line's start.
 * @param units `units[from, to)` is text of one line, without its end. It neither begins nor ends inside a surrogate
 * pair.
 */
export function countClusters(open: string, units: Uint16Array, from: number, to: number): Counted {
  // Loaded at the first character that isn't ASCII, so that a program that never sees one never builds the table.
  let classes: Uint8Array | undefined;
  let clusters = 0;
  let extraBytes = 0;
  // Where the open cluster began. Below `from` it says how much of `open` belongs to it: all of it, always.
  let began = from - open.length;
  let easy = bordersBeforeSimple(open);
  let i = from;
  if (isHalfFlag(open)) {
    easy = true;
    if (isFlag(units, i, to)) {
      extraBytes += 2;
      i += 2;
    }
  }
  while (i < to) {
    if (!easy) {
      const pending = textOf(open, units, from, began, i);
      const end = hardStretchEnd(units, i, to);
      const found = segmented(pending + decoded(units, i, end));
      if (found.count === 0) {
        // The open cluster is too long. What follows the cut starts a new one.
        began += found.lastAt;
        extraBytes += extraBytesOf(units, i, began);
        i = began;
        easy = true;
      } else {
        clusters += pending === "" ? found.count : found.count - 1;
        began += found.lastAt;
        extraBytes += extraBytesOf(units, i, end);
        i = end;
        easy = bordersBeforeSimple(textOf(open, units, from, began, i));
      }
      continue;
    }
    let unit = 0;
    const run = i;
    for (; i < to; i++) {
      unit = units[i] as number;
      if (unit < 0x80) continue;
      classes ??= graphemeClasses();
      if (classes[unit] !== SIMPLE) break;
      extraBytes += unit < 0x800 ? 1 : 2;
    }
    if (i > run) {
      clusters += i - run;
      began = i - 1;
    }
    if (i === to || classes === undefined) break;
    let kind = classes[unit] as number;
    let size = 1;
    if (kind === HIGH) {
      const low = i + 1 < to ? (units[i + 1] as number) : 0;
      if ((low & 0xfc00) === 0xdc00) {
        size = 2;
        kind = graphemeClass(pairOf(unit, low));
      } else kind = OTHER;
    }
    if (kind === OTHER) {
      easy = false;
      continue;
    }
    if (kind !== MARK || standsAlone(open, units, from, began, i, size)) {
      clusters++;
      began = i;
    }
    extraBytes += unit < 0x800 ? 1 : 2;
    i += size;
    if (kind === PICTURE) {
      const after = afterJoined(units, i, to, began);
      extraBytes += extraBytesOf(units, i, after);
      i = after;
    } else if (kind === FLAG && isFlag(units, i, to)) {
      // A flag's second half. One that is cut off by the end of the part is counted at the start of the next part.
      extraBytes += 2;
      i += 2;
    }
  }
  return { clusters, open: textOf(open, units, from, began, to), extraBytes };
}

/** Whether a mark at `i` begins a cluster of its own: at the start, after a control character, past the longest. */
function standsAlone(open: string, units: Uint16Array, from: number, began: number, i: number, size: number): boolean {
  if (began === i || i + size - began > LONGEST_CLUSTER) return true;
  const before = i > from ? (units[i - 1] as number) : open.charCodeAt(open.length - 1);
  // The second half of a pair has no class of its own: no character above U+FFFF is listed as CONTROL.
  return graphemeClasses()[before] === CONTROL;
}

/** After a PICTURE that ends at `i`: the end of what joiners add to it, as far as it is certain. */
function afterJoined(units: Uint16Array, i: number, to: number, began: number): number {
  const classes = graphemeClasses();
  let end = i;
  while (true) {
    let k = end;
    if (k < to && units[k] === TEXT_OR_EMOJI_STYLE) k++;
    else if (k + 1 < to && units[k] === 0xd83c && (units[k + 1] as number) >= 0xdffb) k += 2; // a skin tone
    if (k + 1 >= to || units[k] !== JOINER) return end;
    k++;
    const unit = units[k] as number;
    let size = 1;
    let kind = classes[unit] as number;
    if (kind === HIGH && k + 1 < to && ((units[k + 1] as number) & 0xfc00) === 0xdc00) {
      kind = graphemeClass(pairOf(unit, units[k + 1] as number));
      size = 2;
    }
    if (kind !== PICTURE || k + size - began > LONGEST_CLUSTER) return end;
    end = k + size;
  }
}

function isFlag(units: Uint16Array, i: number, to: number): boolean {
  if (i + 1 >= to || units[i] !== 0xd83c) return false;
  const low = units[i + 1] as number;
  return low >= 0xdde6 && low <= 0xddff;
}

/** Whether there is a border after this text if a SIMPLE character follows, and none if a mark does. */
function bordersBeforeSimple(text: string): boolean {
  let end = text.length;
  while (end > 0) {
    const low = text.charCodeAt(end - 1);
    if (low < 0x80) return true;
    const high = end > 1 ? text.charCodeAt(end - 2) : 0;
    const paired = (low & 0xfc00) === 0xdc00 && (high & 0xfc00) === 0xd800;
    const kind = graphemeClass(paired ? pairOf(high, low) : low);
    end -= paired ? 2 : 1;
    if (kind === MARK) continue;
    // Two indicators are a whole flag; of a single one it depends on what comes.
    if (kind === FLAG) return end >= 2 && isHalfFlag(text.slice(end - 2, end));
    return kind === SIMPLE || kind === PICTURE || kind === CONTROL;
  }
  return true;
}

/** Whether a text is one regional indicator. */
function isHalfFlag(text: string): boolean {
  return text.length === 2 && text.charCodeAt(0) === 0xd83c && graphemeClass(text.codePointAt(0) as number) === FLAG;
}

/**
 * Where to stop using the segmenter that starts at `i`: between two characters that certainly have a border between
 * them, once there were enough that need no segmenter.
 */
function hardStretchEnd(units: Uint16Array, i: number, to: number): number {
  const classes = graphemeClasses();
  const limit = Math.min(to, i + FED_AT_ONCE);
  let easy = 0;
  let bordered = false;
  let k = i;
  while (k < limit) {
    const unit = units[k] as number;
    let size = 1;
    let kind = classes[unit] as number;
    if (kind === HIGH && k + 1 < to && ((units[k + 1] as number) & 0xfc00) === 0xdc00) {
      size = 2;
      kind = graphemeClass(pairOf(unit, units[k + 1] as number));
    }
    const wasBordered = bordered;
    bordered = kind === SIMPLE || kind === PICTURE || kind === CONTROL;
    if (easy >= EASY_ENOUGH && bordered && wasBordered) return k;
    if (kind === HIGH || (kind === OTHER && unit !== JOINER)) easy = 0;
    else easy++;
    k += size;
  }
  return k;
}

let segmenter: Intl.Segmenter | undefined;

/**
 * How many clusters a text has and where the last begins. If the first is too long: count 0, and where it is cut.
 * Only the first can be: `text` is the open cluster and few units more.
 */
function segmented(text: string): { count: number; lastAt: number } {
  // The rules of grapheme clusters are the same in every locale; "und" keeps the user's from being looked up.
  segmenter ??= new Intl.Segmenter("und", { granularity: "grapheme" });
  const segments = segmenter.segment(text);
  let count = 0;
  let lastAt = 0;
  let at = 0;
  while (at < text.length) {
    const length = (segments.containing(at) as Intl.SegmentData).segment.length;
    if (length > LONGEST_CLUSTER) return { count: 0, lastAt: cutAt(text) };
    count++;
    lastAt = at;
    at += length;
  }
  return { count, lastAt };
}

/** This much of a text is segmented first, to find where its first cluster ends; most end within a few units. */
const FED_FIRST = 32;

/**
 * How many units the first cluster of a text has; all of it, if its end is not among it. One that is too long is cut.
 * @param open where the text begins; `text` from `from` on is the rest of it, and not empty if `open` is.
 */
export function firstCluster(open: string, text: string, from: number): number {
  if (open === "" && from + 1 < text.length) {
    const classes = graphemeClasses();
    const first = text.charCodeAt(from);
    if (bordersAfter(classes[first]) && bordersAfter(classes[text.charCodeAt(from + 1)]) && first !== RETURN) return 1;
  }
  segmenter ??= new Intl.Segmenter("und", { granularity: "grapheme" });
  for (let fed = FED_FIRST; ; fed *= 4) {
    let to = Math.min(text.length, from + fed);
    if ((text.charCodeAt(to) & 0xfc00) === 0xdc00) to++;
    const some = open + text.slice(from, to);
    const { length } = (segmenter.segment(some).containing(0) as Intl.SegmentData).segment;
    if (length > LONGEST_CLUSTER) return cutAt(some);
    if (length < some.length || to === text.length) return length;
  }
}

/** Whether characters of this class have a border between them, `\r\n` aside. */
function bordersAfter(kind: number | undefined): boolean {
  return kind === SIMPLE || kind === PICTURE || kind === CONTROL;
}

/** The longest a cluster may be, minus one if that would split a pair. */
function cutAt(text: string): number {
  return (text.codePointAt(LONGEST_CLUSTER - 1) as number) > 0xffff ? LONGEST_CLUSTER - 1 : LONGEST_CLUSTER;
}

/** The open cluster's text up to `i`. */
function textOf(open: string, units: Uint16Array, from: number, began: number, i: number): string {
  return began < from ? open + decoded(units, from, i) : decoded(units, began, i);
}

function decoded(units: Uint16Array, from: number, to: number): string {
  if (to - from > 8) {
    // At most LONGEST_CLUSTER and a little: far below what `apply` can take.
    return String.fromCharCode.apply(null, units.subarray(from, to) as unknown as number[]);
  }
  let text = "";
  for (let i = from; i < to; i++) text += String.fromCharCode(units[i] as number);
  return text;
}

/** UTF-8 bytes of `units[from, to)` minus its units. It neither begins nor ends inside a surrogate pair. */
export function extraBytesOf(units: Uint16Array, from: number, to: number): number {
  let extra = 0;
  for (let i = from; i < to; i++) {
    const unit = units[i] as number;
    if (unit < 0x80) continue;
    extra += unit < 0x800 ? 1 : 2;
    // A pair is two units and four bytes; a lone half is one and three.
    if ((unit & 0xfc00) === 0xd800 && i + 1 < to && ((units[i + 1] as number) & 0xfc00) === 0xdc00) i++;
  }
  return extra;
}

function pairOf(high: number, low: number): number {
  return ((high & 0x3ff) << 10) + (low & 0x3ff) + 0x10000;
}
