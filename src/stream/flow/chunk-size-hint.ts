// How much input to ask for, learnt from the sizes of the chunks and from what was left of them. It depends only on
// sizes, never on time: the same chunks give the same demands.

/** The least and the most that is ever asked for: a few lines, and a chunk of the platform's own streams. */
const LEAST = 256;
const MOST = 65_536;

/**
 * What to ask for next, in bytes (units, for text).
 *
 * @param preferred what was asked for; undefined if nothing was.
 * @param fed how much has arrived since.
 * @param left how much of it was not read: the run is paused with input available.
 */
export function nextChunkSizeHint(preferred: number | undefined, fed: number, left: number): number | undefined {
  if (fed === 0 && left === 0) return preferred;
  if (preferred === undefined) return bounded(fed);
  // tiny chunks come often: for them nothing is computed
  if (preferred === LEAST && fed < LEAST) return LEAST;
  if (left > 0) return bounded(preferred / 2);
  // a feeder that gave all that was asked for may have more; if it gave less, a larger demand is useless
  return bounded(fed >= preferred ? preferred * 2 : preferred - (preferred - fed) / 4);
}

function bounded(bytes: number): number {
  return Math.max(LEAST, Math.min(MOST, Math.floor(bytes)));
}
