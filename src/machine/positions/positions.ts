// Positions (line, column, byte offset) of offsets in the input, also of those whose text has been let go: where open frames (a
// `spanned`, a bracket) and the last space began is remembered when their text goes, and computed only if somebody asks.
import { LineIndex, type Position, type UnitSource, utf8Length } from "../../text/index.ts";
import { ByteCount } from "../memory/byte-count.ts";
import type { Piece } from "../memory/input.ts";
import type { Stack } from "../memory/stack.ts";
import type { Window } from "../memory/window.ts";
import { keptFrames } from "./kept-frames.ts";
import { PositionsState } from "./positions-state.ts";
import { offsetsBetween, offsetsOf, type RecordOffsets, type RetainedPosition, recordsOf, retain } from "./retained.ts";

/**
 * Of the text let go, so many units at least are kept for the excerpt of a diagnostic (semantics, rule 31): one more than
 * it takes, to know whether it is cut.
 */
export const TAIL_UNITS = 4097;
/** Of bytes that go, so many are kept: what a report shows before a place. */
const BYTES_SHOWN = 32;

/** Text of up to so many units is counted as it goes: to know better costs more. */
const SHORT = 64;

const nowhere: UnitSource = { copyUnits: () => {} };

export class Positions extends PositionsState {
  readonly #window: Window;

  constructor(window: Window) {
    super();
    this.#window = window;
  }

  /** The input begins here: after a byte order mark, or as the rest of a longer one. */
  startAt(offset: number, byteOffset: number): void {
    this.gone = offset;
    this.lines = new LineIndex({ offset, byteOffset, line: 1, column: 1 });
    this.byteCount = new ByteCount(byteOffset);
  }

  /** Takes over the positions that a copy has computed, of the same text. */
  adopt(copy: Positions): void {
    if (copy.gone === this.gone) this.lines = copy.lines.fork();
  }

  /** A piece comes after what the window holds. */
  appended(piece: Piece): void {
    const { base, filled } = this.#window;
    for (const { index, bytes } of piece.repairs) this.lines.repaired(base + filled + index, bytes);
    this.byteCount.add(piece);
  }

  /** Bytes of the input up to the window's end. */
  get bytes(): number {
    return this.byteCount.total;
  }

  /** From now on nobody asks for positions: there is no text to compute them from. */
  nowhere(): void {
    this.none = true;
    this.gone = 0;
  }

  /** The position of an offset whose text is there. */
  at(offset: number): Position {
    if (this.none) return { offset, byteOffset: 0, line: 1, column: 1 };
    if (this.#window.binary) return { offset, byteOffset: offset, line: 1, column: offset + 1 };
    return this.lines.at(this.#window, offset);
  }

  /** Where the frame at a depth began. Those above it have ended: the positions that the record refers to move to it. */
  startOf(depth: number, offset: number, record: RecordOffsets): Position {
    if (this.#window.binary || offset >= this.gone) return this.at(offset);
    while (this.anchors !== undefined && this.anchors.depth > depth) {
      if (record.starts.includes(this.anchors.offset)) retain(record, [this.anchors]);
      this.anchors = this.anchors.below;
    }
    return this.anchors?.depth === depth ? positionOf(this.anchors) : this.at(offset);
  }

  /** The position of an offset that a record refers to, or at which an open frame began. */
  begunAt(offset: number, { retained }: RecordOffsets): Position | undefined {
    if (this.#window.binary || offset >= this.gone) return this.at(offset);
    const place = retained.find((one) => one.offset === offset) ?? this.#anchorAt(offset);
    return place && positionOf(place);
  }

  /** From now on a record retains the positions that it refers to and that only frames hold, which may end. */
  settle(record: RecordOffsets, offsets: readonly number[] = record.starts): void {
    if (this.#window.binary) return;
    for (const offset of offsets) {
      if (offset >= this.gone || record.retained.some((place) => place.offset === offset)) continue;
      const anchor = this.#anchorAt(offset);
      if (anchor !== undefined) retain(record, [anchor]);
    }
  }

  #anchorAt(offset: number): RetainedPosition | undefined {
    let anchor = this.anchors;
    while (anchor !== undefined && anchor.offset > offset) anchor = anchor.below;
    return anchor?.offset === offset ? anchor : undefined;
  }

  /** Where the space begins that ends at an offset. */
  blankBefore(offset: number): Position {
    const start = this.#blankFrom(offset, this.gone);
    return start === this.gone && this.blank !== undefined ? positionOf(this.blank) : this.at(start);
  }

  /** Whether nothing but space lies between two offsets. */
  isBlank(from: number, to: number): boolean {
    const start = this.#blankFrom(to, this.gone);
    return (start === this.gone && this.blank !== undefined ? this.blank.offset : start) <= from;
  }

  /**
   * Remembers the positions that can still be asked for in text that is about to go.
   *
   * @param top the depth of the last frame; @param record the failure record, settled.
   * @returns how many frames of the live stack were gone through.
   */
  letGo(stack: Stack, top: number, before: number, record: RecordOffsets): number {
    const from = this.gone;
    if (before <= from) return 0;
    if (this.#window.binary) {
      const { base } = this.#window;
      const shown = Math.max(from, before - BYTES_SHOWN);
      if (shown > from) this.tail = { older: "", newer: "" };
      this.#remember(this.#window.textOf(shown - base, before - base));
      this.gone = before;
      return 0;
    }
    const passed = this.#dropAnchor(stack, top, from, before, record);
    const blank = this.#blankFrom(before, from);
    if (blank === before) this.blank = undefined;
    else if (blank > from || this.blank === undefined) {
      this.blank = blank >= this.gone ? { offset: blank, lines: this.#linesAt(blank) } : undefined;
    }
    this.#forget(before);
    return passed;
  }

  /** Anchors what began in [from, before) and is open; what began before `from` was anchored when that went. */
  #dropAnchor(stack: Stack, top: number, from: number, before: number, record: RecordOffsets): number {
    const opened: { depth: number; offset: number }[] = [];
    const records = [record];
    const { frames, passed } = keptFrames(stack, top, from);
    for (const { depth, offset } of frames) {
      if (offset === undefined) records.push(...recordsOf(stack.kindAt(depth), stack.valueAt(depth)));
      else if (offset < before) opened.push({ depth, offset });
    }
    const lowest = opened.at(-1)?.depth ?? Number.POSITIVE_INFINITY;
    while (this.anchors !== undefined && this.anchors.depth >= lowest) this.anchors = this.anchors.below;
    const offsets = offsetsBetween(records, from, before);
    if (opened.length === 0 && offsets.length === 0) return passed;
    const places = new Map<number, RetainedPosition>();
    let last: RetainedPosition | undefined;
    const placeAt = (offset: number): RetainedPosition => {
      if (last?.offset !== offset) last = { offset, lines: this.#linesAt(offset) };
      return last;
    };
    // from the lowest offset up: the text is gone through once
    const retainUpTo = (offset: number): void => {
      while (offsets.length > 0 && (offsets.at(-1) as number) <= offset) {
        const place = placeAt(offsets.pop() as number);
        places.set(place.offset, place);
      }
    };
    for (let i = opened.length - 1; i >= 0; i--) {
      const { depth, offset } = opened[i] as { depth: number; offset: number };
      retainUpTo(offset);
      this.anchors = { depth, offset, lines: placeAt(offset).lines, below: this.anchors };
    }
    retainUpTo(before);
    if (places.size === 0) return passed;
    for (const one of records)
      retain(
        one,
        offsetsOf(one).flatMap((offset) => places.get(offset) ?? []),
      );
    return passed;
  }

  #forget(before: number): void {
    const { base, filled } = this.#window;
    const text = this.#window.lend(this.gone - base, before - base);
    // what stays is mostly less than what goes: its bytes are counted, and the others known; the halves of a pair, each
    // counted alone, are longer than the pair
    const stays = base + filled - before;
    const parted = (this.#window.unitAt(before - base) & 0xfc00) === 0xdc00;
    const known = stays < text.length && text.length > SHORT && !parted;
    this.lines.letGo(text, known ? this.byteCount.read - this.#bytesFrom(before - base, filled) : undefined);
    this.#remember(text);
    this.gone = before;
  }

  /** Keeps the end of what goes. */
  #remember(text: string): void {
    const { older, newer } = this.tail;
    if (text.length >= TAIL_UNITS) this.tail = { older: "", newer: text.slice(-TAIL_UNITS) };
    else this.tail = newer.length < TAIL_UNITS ? { older, newer: newer + text } : { older: newer, newer: text };
  }

  #bytesFrom(from: number, to: number): number {
    return from === to ? 0 : utf8Length(this.#window.lend(from, to));
  }

  /** The text before an offset that is in the window, at most so many units, and no more than are kept. */
  textBefore(offset: number, most: number): string {
    const { base } = this.#window;
    const inWindow = this.#window.textOf(Math.max(0, offset - base - most), offset - base);
    const tail = this.tail.older + this.tail.newer;
    return (tail.slice(0, tail.length - Math.max(0, this.gone - base)) + inWindow).slice(-most);
  }

  #linesAt(offset: number): LineIndex {
    this.#forget(offset);
    return this.lines.fork();
  }

  #blankFrom(offset: number, from: number): number {
    const { base } = this.#window;
    let at = offset;
    while (at > from && isSpace(this.#window.unitAt(at - 1 - base))) at--;
    return at;
  }
}

function positionOf({ offset, lines }: RetainedPosition): Position {
  return lines.at(nowhere, offset);
}

function isSpace(unit: number): boolean {
  return (
    unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0 || unit === 0xfeff || unit === 0x2028 || unit === 0x2029
  );
}
