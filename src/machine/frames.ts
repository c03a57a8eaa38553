// The one stack. Three arrays share one index: `ints` (Int32Array), `offsets` (Float64Array: exact up to 2^53) and
// `values`. Calls and unfinished values take one place; a frame takes two to four:
//
//   place   ints                                  offsets                      values
//   ─────   ───────────────────────────────────   ──────────────────────────   ─────────────────────────
//   f       distance to the frame below << 1      where it began
//           | whether the scope below is cut
//   f + 1   the alternative (a place in the       what was the farthest
//           code, > 0), or the kind (< 0)         failure (LEAF, NOT, QUIET),
//                                                 place to return to (RULE,
//                                                 BOUND), count (COUNTER, JOIN),
//                                                 the limit around it (LIMIT),
//                                                 its number (ROW)
//                                                 (BOUND of a link: ~place)
//   f + 2   distance to the rule below (RULE),    end of the longest match     (at f: rule, program,
//           code of the leaf (LEAF, NOT),         so far (LEAF)                 saved record, state,
//           negative if it has a reason to fail, …                              the leaf's reason)
//
// Distances, not places: so a frozen part of the stack can be put back anywhere. A frame is never written to once
// something stands above it.

/** Kinds of frames. The loop has them as numbers; a test holds the two against each other. */
export const FRAME = {
  RUN: -1,
  ATTEMPT: -2,
  LOOK: -3,
  NOT: -4,
  LEAF: -5,
  QUIET: -6,
  LABEL: -7,
  RULE: -8,
  OPENING: -9,
  OPENED: -10,
  LIST: -11,
  COUNTER: -12,
  MARK: -13,
  SPANNED: -14,
  BOUND: -15,
  CUT: -16,
  TOKEN: -17,
  RECOVER: -18,
  SKIP: -19,
  LIMIT: -20,
  TRACE: -21,
  NEST: -22,
  JOIN: -23,
  JUDGED: -24,
  ROW: -25,
  PIECES: -26,
} as const;

/** "No mark": above every place a stack can have. */
export const NONE = 0x3fffffff;
/** As the farthest failure, while failures are not recorded: beyond every place of a window. */
export const QUIET = 0x3fffffff;
