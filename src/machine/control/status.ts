// Why the loop was left.

export const STATUS = {
  /** The program has come to its end. */
  DONE: 0,
  /** It failed, and nothing takes the failure. */
  FAILED: 1,
  /** It needs more input than there is. */
  INPUT: 2,
  /** The queue of emitted values is as full as it may be. */
  EMITTED: 3,
  /** It goes back behind a barrier that it has passed. */
  REWOUND: 17,
  /** It has used up its fuel. */
  FUEL: 4,
  /** It needs its innermost frame, which is frozen. */
  THAW_FRAME: 5,
  /** It needs the topmost places of the stack, which are frozen. */
  THAW_TOP: 14,
  /** It needs a larger stack. */
  GROW: 8,
  /** Look-ahead begins, or has succeeded. */
  LOOK: 9,
  LOOKED: 10,
  /** A `within` begins, has succeeded or has failed. */
  WITHIN: 15,
  WITHIN_END: 16,
  /** A parser made by a function begins, has succeeded, has failed. */
  ENTER: 11,
  /** A parser begins that has a program of its own. */
  LINK: 18,
  /** What is put by begins, which is part of another program. */
  TAIL: 19,
  LEAVE: 12,
  ABANDON: 13,
  /** A `recover` begins, has succeeded, has failed; skipping has found its end, or must give up. */
  RECOVER: 30,
  RECOVERED: 31,
  UNRECOVERED: 32,
  RESYNCED: 33,
  LOST: 34,
  /** A leaf has failed whose failure concerns more than itself. */
  PASS_ON: 20,
  /** An error that nothing may take (semantics, rule 9). */
  FATAL: 6,
  /** The input itself is broken here. */
  BROKEN: 7,
} as const;

export type Status = (typeof STATUS)[keyof typeof STATUS];

/** The run is over. */
export const ENDS: readonly Status[] = [STATUS.DONE, STATUS.FAILED, STATUS.FATAL, STATUS.BROKEN];
