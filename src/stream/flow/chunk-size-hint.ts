// How much input a run is best given at once, learnt from what it was given and what it left. It depends on sizes alone,
// never on time: the same chunks make the same demands.

/** What is asked for at least and at most, whatever was seen: a few lines, and a chunk of the platform's own streams. */
const LEAST = 256;
const MOST = 65_536;

/**
 * What to ask for next, in bytes (units, for text).
 *
 * @param preferred what was asked for; undefined if nothing was.
 * @param fed how much came since.
 * @param left how much of it was not looked at: the run rests with input at hand.
 */
export function nextAppetite(preferred: number | undefined, fed: number, left: number): number | undefined {
  if (fed === 0 && left === 0) return preferred;
  if (preferred === undefined) return bounded(fed);
  // tiny chunks come often: for them nothing is worked out
  if (preferred === LEAST && fed < LEAST) return LEAST;
  if (left > 0) return bounded(preferred / 2);
  // a feeder that gave all that was asked for may have more; one that did not has no use for so large a demand
  return bounded(fed >= preferred ? preferred * 2 : preferred - (preferred - fed) / 4);
}

function bounded(bytes: number): number {
  return Math.max(LEAST, Math.min(MOST, Math.floor(bytes)));
}
