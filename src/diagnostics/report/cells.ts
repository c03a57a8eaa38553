// Text as it is shown on a terminal: one grapheme cluster at a time, with the number of cells. Characters that are
// invisible, or would reorder or move what follows, are shown as escapes.
import { clusterWidth } from "./width.ts";

/** One grapheme cluster of a text, as it is shown. */
export interface Cell {
  /** Where it begins and ends in the text, in units. */
  readonly from: number;
  readonly to: number;
  readonly shown: string;
  /** How many columns of a terminal it takes, at least 1. */
  readonly width: number;
}

const TAB = "    ";
/**
 * Characters that would not be shown as they are: combining characters without a base join the character before them,
 * some separators end a line, and halves of pairs become U+FFFD on their way to the terminal.
 */
const MISLEADING = /^[\u200d\p{Grapheme_Extend}\p{Mark}\p{Emoji_Modifier}\p{Zl}\p{Zp}]|\p{Surrogate}/u;
/** The segmenter of the platform is quadratic: it gets at most this much text at once (semantics, rule 28). */
const FED_AT_ONCE = 256;
/** A cluster is cut at this many units (semantics, rule 28). */
const LONGEST_CLUSTER = 1024;

/** The clusters of a text from a place on, as they are shown. */
export function* cellsOf(text: string, start = 0): Generator<Cell, void> {
  let from = start;
  for (const cluster of clustersOf(text, start)) {
    const to = from + cluster.length;
    const shown = shownAs(cluster);
    yield { from, to, shown, width: shown === cluster ? clusterWidth(cluster) : shown.length };
    from = to;
  }
}

/**
 * As many characters of a cell as fit into the given number of columns, at least one; the cell still represents the
 * whole cluster.
 *
 * @param cluster what the cell is made of.
 */
export function beginningOf(cell: Cell, cluster: string, room: number): Cell {
  const escapes = cell.shown !== cluster;
  let taken = "";
  let beginning = cell;
  for (const character of cluster) {
    taken += character;
    const shown = escapes ? [...taken].map(escaped).join("") : taken;
    const width = escapes ? shown.length : clusterWidth(taken);
    if (beginning !== cell && width > room) break;
    beginning = { ...cell, shown, width };
  }
  return beginning;
}

/** Text for a line of a report: invisible characters and line ends are escaped. */
export function visible(text: string): string {
  // most messages are plain, and nothing needs to be done
  if (/^[ -~]*$/.test(text)) return text;
  let shown = "";
  for (const cell of cellsOf(text)) shown += cell.shown;
  return shown;
}

function shownAs(cluster: string): string {
  if (cluster === "\t") return TAB;
  return clusterWidth(cluster) > 0 && !MISLEADING.test(cluster) ? cluster : [...cluster].map(escaped).join("");
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

let segmenter: Intl.Segmenter | undefined;

function* clustersOf(text: string, start: number): Generator<string, void> {
  let at = start;
  while (at < text.length) {
    const plain = plainEnd(text, at);
    for (; at < plain; at++) yield text.charAt(at);
    let fed = FED_AT_ONCE;
    while (at < text.length) {
      const end = Math.min(text.length, at + fed);
      segmenter ??= new Intl.Segmenter("und", { granularity: "grapheme" });
      let pending = "";
      const begun = at;
      for (const { segment } of segmenter.segment(text.slice(at, end))) {
        if (pending !== "") yield pending;
        at += pending.length;
        pending = segment;
      }
      // the last cluster may continue after the text that was fed
      if (end === text.length || pending.length >= LONGEST_CLUSTER) {
        yield pending;
        at += pending.length;
      } else if (at === begun) fed += FED_AT_ONCE;
      if (at > begun) break;
    }
  }
}

/** The end of the printable ASCII text from a place on, without its last character, which a mark may follow. */
function plainEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) >= 32 && text.charCodeAt(at) < 127) at++;
  return at === text.length ? at : Math.max(from, at - 1);
}
