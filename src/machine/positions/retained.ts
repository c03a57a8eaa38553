// Retained positions: those that a failure record refers to are asked for long after their text is gone.
import type { LineIndex } from "../../text/index.ts";
import type { Skip, Watch } from "../control/recovery.ts";
import type { Opened } from "../failure/record.ts";
import type { SavedRecord } from "../failure/saved-record.ts";
import { FRAME } from "../memory/frames.ts";

/** A position in text that was let go; `lines` stands at it, and computes line and column when they are asked for. */
export interface RetainedPosition {
  readonly offset: number;
  readonly lines: LineIndex;
}

export const NONE_RETAINED: readonly RetainedPosition[] = [];

/** The offsets that a failure record refers to: where rules began that have ended since, brackets, a quote. */
export interface RecordOffsets {
  readonly starts: readonly number[];
  readonly opened: Opened | undefined;
  readonly quoteAt: number;
  /** Those of them whose text is gone. A position that is added here is true for every copy of the record. */
  retained: readonly RetainedPosition[];
}

/** The offsets that a record refers to. */
export function offsetsOf({ starts, opened, quoteAt }: RecordOffsets): readonly number[] {
  return [...starts, ...(opened?.brackets.map(({ at }) => at) ?? []), quoteAt];
}

/** The offsets in [from, to) that records refer to, the last one first. */
export function offsetsBetween(records: readonly RecordOffsets[], from: number, to: number): number[] {
  const found: number[] = [];
  const take = (offset: number): void => {
    if (offset >= from && offset < to) found.push(offset);
  };
  for (const { starts, opened, quoteAt } of records) {
    for (const start of starts) take(start);
    if (opened !== undefined) for (const { at } of opened.brackets) take(at);
    take(quoteAt);
  }
  return found.length < 2 ? found : found.sort((a, b) => b - a);
}

/** Adds positions to those that a record retains, and drops those that it does not refer to any more. */
export function retain(record: RecordOffsets, positions: readonly RetainedPosition[]): void {
  const offsets = offsetsOf(record);
  const known = new Map([...record.retained, ...positions].map((position) => [position.offset, position]));
  record.retained = [...known.values()].filter(({ offset }) => offsets.includes(offset));
}

/** The farthest offset that such a frame and those below it begin at or refer to; infinity if unknown. */
export function farthestOffset(kind: number, value: unknown, began: number): number {
  return kind === FRAME.RECOVER && value !== undefined
    ? Math.max(began, (value as Watch).reach)
    : Number.POSITIVE_INFINITY;
}

/** The records that a frame keeps while something is tried above it. */
export function recordsOf(kind: number, value: unknown): readonly RecordOffsets[] {
  if (value === undefined) return [];
  if (kind === FRAME.RECOVER) return [(value as Watch).earlier.record];
  if (kind !== FRAME.SKIP) return [(value as SavedRecord).record];
  const { own, watch } = value as Skip;
  return [own.record, watch.earlier.record];
}
