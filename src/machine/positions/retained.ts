// Places that are asked for long after their text is gone: what a failure record speaks of is known by then.
import type { LineIndex } from "../../text/index.ts";
import type { Skip, Watch } from "../control/recovery.ts";
import type { Opened } from "../failure/failure.ts";
import type { SavedRecord } from "../failure/record.ts";
import { FRAME } from "../memory/frames.ts";

/** A place in text that was let go: `lines` goes on from there, and tells its position when that is asked for. */
export interface Place {
  readonly offset: number;
  readonly lines: LineIndex;
}

export const NOWHERE: readonly Place[] = [];

/** A failure record, as far as it speaks of places: where rules began that were left since, brackets, a quote. */
export interface Mentions {
  readonly starts: readonly number[];
  readonly opened: Opened | undefined;
  readonly quoteAt: number;
  /** Those of them whose text is gone. What is learnt here is true for every copy. */
  known: readonly Place[];
}

/** The offsets that a record speaks of. */
export function mentioned({ starts, opened, quoteAt }: Mentions): readonly number[] {
  return [...starts, ...(opened?.brackets.map(({ at }) => at) ?? []), quoteAt];
}

/** The offsets in [from, to) that records speak of, the last one first. */
export function mentionedIn(records: readonly Mentions[], from: number, to: number): number[] {
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

/** Adds places to those that a record knows, and lets go of what it does not speak of any more. */
export function learn(record: Mentions, places: readonly Place[]): void {
  const offsets = mentioned(record);
  const known = new Map([...record.known, ...places].map((place) => [place.offset, place]));
  record.known = [...known.values()].filter(({ offset }) => offsets.includes(offset));
}

/** Neither such a frame nor what lies below it began, or speaks of a place, farther on than this; infinity if unknown. */
export function speaksOf(kind: number, value: unknown, began: number): number {
  return kind === FRAME.RECOVER && value !== undefined
    ? Math.max(began, (value as Watch).reach)
    : Number.POSITIVE_INFINITY;
}

/** The records that a frame keeps while something is tried above it. */
export function recordsIn(kind: number, value: unknown): readonly Mentions[] {
  if (value === undefined) return [];
  if (kind === FRAME.RECOVER) return [(value as Watch).earlier.record];
  if (kind !== FRAME.SKIP) return [(value as SavedRecord).record];
  const { own, watch } = value as Skip;
  return [own.record, watch.earlier.record];
}
