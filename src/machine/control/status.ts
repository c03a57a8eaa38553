// Why the loop was left.

export const STATUS = {
  /** The program has come to its end. */
  DONE: 0,
  /** It failed, and nothing catches the failure. */
  FAILED: 1,
  /** It needs more input than there is. */
  INPUT: 2,
  /** The queue of emitted values is as full as it may be. */
  EMITTED: 3,
  /** It goes back behind a barrier that it has passed. */
  REWOUND: 17,
  /** It has used up its fuel. */
  FUEL: 4,
  /** The loop needs its innermost frame, which is frozen. */
  THAW_FRAME: 5,
  /** The loop needs the topmost slots of the stack, which are frozen. */
  THAW_TOP: 14,
  /** It needs a larger stack. */
  GROW: 8,
  /** Look-ahead begins, or has succeeded. */
  LOOKAHEAD: 9,
  LOOKAHEAD_END: 10,
  /** A `within` begins, has succeeded or has failed. */
  WITHIN: 15,
  WITHIN_END: 16,
  /** A parser made by a function begins, has succeeded, has failed. */
  ENTER: 11,
  /** A parser begins that has a program of its own. */
  LINK: 18,
  /** Deferred code begins that is part of another program. */
  RUN_DEFERRED: 19,
  LEAVE: 12,
  ABANDON: 13,
  /** A `recover` begins, has succeeded, has failed; skipping has found `until`, or gives up. */
  RECOVER: 30,
  RECOVERED: 31,
  UNRECOVERED: 32,
  RESYNCED: 33,
  NOT_RESYNCED: 34,
  /** A leaf has failed, and the failure must be passed on to a frame further out. */
  PASS_ON: 20,
  /** An error that no parser catches (semantics, rule 9). */
  FATAL: 6,
  /** The input is malformed here. */
  BROKEN: 7,
} as const;

export type Status = (typeof STATUS)[keyof typeof STATUS];

/** The run is over. */
export const ENDS: readonly Status[] = [STATUS.DONE, STATUS.FAILED, STATUS.FATAL, STATUS.BROKEN];
