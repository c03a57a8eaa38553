// Made by scripts/instructions.mjs from src/machine/instructions/: change it there.
/** Kinds of frames. */
export const FRAME = {
  /** The bottom of the stack. */
  RUN: -1,
  /** May be rewound. */
  ATTEMPT: -2,
  /** A lookahead; keeps the failure record. */
  LOOKAHEAD: -3,
  /** What must not come next. */
  NOT: -4,
  /** A leaf. `instruction` is negative if the leaf has a problem; `match` and `state` are those of a leaf that waits. */
  LEAF: -5,
  /** Trivia. */
  QUIET: -6,
  /** A label. */
  LABEL: -7,
  /** A rule that is open; `outer` is the distance to the one around it. */
  RULE: -8,
  /** What opens a bracket, while it runs; `opener` is the complement of its place in the code. */
  OPENING: -9,
  /** An open bracket; once its closer has begun, `opener` is where that began, and `closing` the instruction. */
  OPENED: -10,
  /** A list; its elements stand above. */
  LIST: -11,
  /** A count. */
  COUNTER: -12,
  /** A fixed number of elements: how many are left, with the one that began here, and how many units each reads at least. */
  TIMES: -13,
  /** A text that is wanted. */
  MARK: -14,
  /** A value whose span is wanted. */
  SPANNED: -15,
  /** A parser with a program of its own; keeps the program around it. Where a link led there, `returnTo` is the complement of the place, and `isNew` says whether a `lazy` was resolved for it. */
  PROGRAM: -16,
  /** A scope that is committed. */
  CUT: -17,
  /** A token with a class; `outer` is the distance to the one around it. */
  TOKEN: -18,
  /** The parser of a `recover`; `state` is the state of the run before it. */
  RECOVER: -19,
  /** Input that is skipped. The search for `until` is in a choice, so no failure comes here. */
  SKIP: -20,
  /** A `within`: a part of the input with an end of its own; `outerEnd` is the end around it. */
  WITHIN: -21,
  /** A trace. */
  TRACE: -22,
  /** A level of depth that is counted. */
  NEST: -23,
  /** A text that is put together of pieces: how many there are, and what they make so far. */
  JOIN: -24,
  /** What may be refused, where the run may go back to its start: `outerFar` is the farthest failure before it. */
  REFINE: -25,
  /** Parts in a row that hold a recovery; rows and recoveries have numbers, in the order in which they were entered. */
  ROW: -26,
  /** Text that is handed out while it is read; of bytes (1), `length` is how many there are. */
  PIECES: -27,
} as const;
