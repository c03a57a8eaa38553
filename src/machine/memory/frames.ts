// The stack. Three arrays share one index: `ints` (Int32Array), `offsets` (Float64Array: exact up to 2^53) and `values`.
// Calls and unfinished values take one slot; a frame takes two or three (`machine/instructions/frames.ts` names them):
//
//   slot    ints                                  offsets                      values
//   ─────   ───────────────────────────────────   ──────────────────────────   ─────────────────────────
//   f       distance to the frame below << 1      where it began
//           | whether the scope below is cut
//   f + 1   the alternative (a place in the       what was the farthest
//           code, > 0), or the kind (< 0)         failure (LEAF, NOT, QUIET),
//                                                 place to return to (RULE,
//                                                 PROGRAM; of a link ~place),
//                                                 count (COUNTER, JOIN),
//                                                 the end around it (WITHIN),
//                                                 its number (ROW)
//   f + 2   distance to the rule below (RULE),    end of the longest match     (at f: rule, program,
//           code of the leaf (LEAF, NOT),         so far (LEAF)                 saved record, state,
//           negative if it has a problem, …                                     the leaf's problem)
//
// A frame holds distances, not indices, so a frozen part of the stack can be put back anywhere. A frozen frame is never written
// to.

export { FRAME } from "./frame-kinds.ts";

/** "No mark": above every place a stack can have. */
export const NONE = 0x3fffffff;
/** As the farthest failure, while failures are not recorded: beyond every place of a window. */
export const QUIET = 0x3fffffff;
