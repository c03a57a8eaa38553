// Positions from offsets: computed on demand, from the nearest known place before.
//
//        base     checkpoints, one in 1024 units at least     cursor
//   ──────┼───────────┼───────────┼───────────┼──────────────────┼────────── text not counted yet
//   gone  │◀───────────────────── retained ────────────────────────────────────────▶│
//
// Discarding text moves the base: the reading there is kept, with everything of the text before it that still matters
// (the open cluster, a `\r`, half a surrogate pair).

import type { Position } from "./position.ts";
import { leap, leapToLine, positionAt, type Reading, reach, readingAt, readOver } from "./reading.ts";
import { type Placed, SharedLog } from "./shared-log.ts";

/** A reader of the units of the retained text. */
export interface UnitSource {
  /**
   * Copies units to the start of an array.
   * @param from absolute offset of the first.
   * @param to absolute offset behind the last.
   * @param target where they go, from index 0; it may be longer than needed.
   */
  copyUnits(from: number, to: number, target: Uint16Array): void;
}

/** The U+FFFD that replace malformed bytes: how much longer the source is than the text, summed up to here. */
interface Repair extends Placed {
  readonly excess: number;
}

/** Spans that end in the reverse order of their starts, as nested ones do, go back to one of these each time. */
const CHECKPOINT_EVERY = 64;
/**
 * Discarding text needs no checkpoints: larger blocks, so that more of the text has a line end after it in its block.
 */
const LARGEST_BLOCK = 16384;
/** How many units of discarded text may wait to be counted; each copy may have to count as many for itself. */
const MOST_WAITING = 65536;
const MOST_COPIED = 64;
const START: Position = { offset: 0, byteOffset: 0, line: 1, column: 1 };

let scratch: Uint16Array | undefined;

/**
 * Turns offsets into positions, for a text that grows at its end and is discarded from its start. The cost of a
 * position is that of the text between it and the nearest known place before it (semantics, rules 27 to 30).
 */
export class LineIndex {
  /** The reading at `#floor`, or one before it if `#floor` is inside a surrogate pair. */
  #base: Reading;
  /** Offsets before it can no longer be asked for. */
  #floor: number;
  /** The reading of the last request. It may be before the base: then it is no longer of use. */
  #cursor: Reading;
  /** Text that was discarded and not counted yet: it ends at the floor. */
  #waiting = "";
  /** The byte offset where it ends, if that is known. */
  #waitingEnd: number | undefined;
  #checkpoints: SharedLog<Reading> = new SharedLog();
  #repairs: SharedLog<Repair> = new SharedLog();
  /** The excess of all replaced bytes, up to the last text that was discarded. */
  #excess = 0;

  /** @param origin the position where the text begins; default: the start of the input. After a BOM: 1, 3, 1, 1. */
  constructor(origin: Position = START) {
    this.#base = readingAt(origin);
    this.#cursor = this.#base;
    this.#floor = origin.offset;
  }

  /**
   * The position at an offset. Inside a surrogate pair, the first half counts as a lone one.
   *
   * @param source contains the text from the last known place on, up to `offset`.
   * @param offset in units from the stream's start; not before the origin or in discarded text.
   * @throws RangeError if the text before `offset` was discarded, or if it isn't a safe integer.
   */
  at(source: UnitSource, offset: number): Position {
    this.#catchUp();
    const reading = this.#readTo(source, offset, CHECKPOINT_EVERY);
    this.#cursor = reading;
    const { byteOffset, line, column } = offset === reading.offset ? reading : positionAt(reading, offset);
    return { offset, byteOffset: byteOffset + this.#excessBefore(offset), line, column };
  }

  /** Offsets before it can no longer be asked for. */
  get floor(): number {
    return this.#floor;
  }

  /**
   * Discards text, from the floor on. It is counted only when a position is requested, or when much is waiting. Then
   * line ends are counted by the platform's own search, so the cost is very low if no position is requested.
   *
   * @param text the discarded text; it may begin and end anywhere.
   * @param bytes the byte offset where it ends, if that is known (without replaced bytes): then nothing needs to be
   * counted.
   */
  letGo(text: string, bytes?: number): void {
    if (text === "") return;
    this.#waiting += text;
    this.#waitingEnd = bytes;
    this.#floor += text.length;
    if (this.#waiting.length > MOST_WAITING) this.#catchUp();
  }

  /** Counts the text that was discarded. */
  #catchUp(): void {
    const text = this.#waiting;
    if (text === "") return;
    this.#waiting = "";
    const from = this.#floor - text.length;
    // up to the last line end with a search, and only the line after it unit by unit
    const end = this.#waitingEnd;
    this.#base = leap(this.#base, text, end) ?? leapToLine(this.#base, text, end) ?? this.#base;
    this.#base = this.#readTo(unitsOf(text, from), this.#floor, LARGEST_BLOCK);
    this.#checkpoints.letGo(this.#floor);
    this.#excess = this.#excessBefore(this.#floor);
    this.#repairs.letGo(this.#floor);
  }

  /**
   * Records that a U+FFFD replaces malformed bytes, so that `byteOffset` can count those of the source.
   *
   * @param offset of the U+FFFD, in units from the stream's start; after that of every call before.
   * @param bytes how many source bytes it replaces.
   * @throws RangeError if the calls are out of order.
   */
  repaired(offset: number, bytes: number): void {
    const last = this.#repairs.last;
    if (offset < this.#floor || (last !== undefined && offset <= last.offset)) {
      throw new RangeError(`repaired(${offset}): repairs must be told in the order of the text`);
    }
    this.#repairs.push({ offset, excess: (last?.excess ?? this.#excess) + bytes - 3 });
  }

  /**
   * A copy that continues independently, at a constant cost, except for text discarded since the last one: each copy
   * counts it once.
   */
  fork(): LineIndex {
    if (this.#waiting.length > MOST_COPIED) this.#catchUp();
    const copy = new LineIndex(this.#base);
    copy.#base = this.#base;
    copy.#floor = this.#floor;
    copy.#cursor = this.#cursor;
    copy.#checkpoints = this.#checkpoints.fork();
    copy.#repairs = this.#repairs.fork();
    copy.#excess = this.#excess;
    copy.#waiting = this.#waiting;
    copy.#waitingEnd = this.#waitingEnd;
    return copy;
  }

  /** The reading that knows the position at `offset`. */
  #readTo(source: UnitSource, offset: number, blockSize: number): Reading {
    if (!Number.isSafeInteger(offset)) throw new RangeError(`${offset} is no offset: it must be a safe integer`);
    if (offset < this.#floor) {
      throw new RangeError(`the text before offset ${this.#floor} was let go: no position can be told at ${offset}`);
    }
    let reading = this.#nearest(offset);
    while (reach(reading) < offset) {
      const length = Math.min(blockSize, offset - reading.offset);
      reading = readOver(reading, blockAt(source, reading, length), length);
      if (blockSize === CHECKPOINT_EVERY) this.#note(reading);
    }
    return reading;
  }

  #nearest(offset: number): Reading {
    const cursor = this.#cursor.offset;
    // mostly a question goes on from the last one
    if (cursor <= offset && cursor > this.#base.offset && cursor >= (this.#checkpoints.last?.offset ?? 0))
      return this.#cursor;
    const checkpoint = this.#checkpoints.atOrBefore(offset);
    const known = checkpoint !== undefined && checkpoint.offset > this.#base.offset ? checkpoint : this.#base;
    return this.#cursor.offset <= offset && this.#cursor.offset > known.offset ? this.#cursor : known;
  }

  /** Makes a checkpoint of a reading, if the last one is far enough behind. */
  #note(reading: Reading): void {
    const last = this.#checkpoints.last ?? this.#base;
    // A block ends one unit early before a pair that its border would part.
    if (reading.offset - last.offset >= CHECKPOINT_EVERY - 1) this.#checkpoints.push(reading);
  }

  #excessBefore(offset: number): number {
    return this.#repairs.atOrBefore(offset - 1)?.excess ?? this.#excess;
  }
}

/** The next units after a reading, in a shared array that is valid until the next call. */
function blockAt(source: UnitSource, reading: Reading, length: number): Uint16Array {
  scratch ??= new Uint16Array(LARGEST_BLOCK);
  if (reading.high === 0) {
    source.copyUnits(reading.offset, reading.offset + length, scratch);
  } else {
    // The text may have been discarded up to here: the first unit comes from the reading.
    scratch[0] = reading.high;
    source.copyUnits(reading.offset + 1, reading.offset + length, scratch.subarray(1));
  }
  return scratch;
}

/**
 * A string as a source of units.
 * @param text the retained text.
 * @param start absolute offset of its first unit.
 */
export function unitsOf(text: string, start = 0): UnitSource {
  return {
    copyUnits(from, to, target): void {
      if (from < start || to - start > text.length) {
        throw new RangeError(`the text from ${start} to ${start + text.length} doesn't hold ${from} to ${to}`);
      }
      for (let i = from - start, k = 0; i < to - start; i++, k++) target[k] = text.charCodeAt(i);
    },
  };
}
