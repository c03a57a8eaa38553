// What is wrong with something that was read: a failure, or a warning, with its own message.
import type { Position, Span } from "../text/index.ts";

/** More information about a problem; its key and arguments are like those of the problem. */
export interface ProblemNote {
  readonly span?: Span;
  readonly message: string;
  readonly messageKey?: string;
  readonly args?: readonly string[];
}

/** A message about what was read. If it has no place, its place is the start of the parser. */
export interface Problem {
  readonly code?: string;
  readonly message: string;
  /** The template of `message`, and its arguments, so that the message can be given in other languages. */
  readonly messageKey?: string;
  readonly args?: readonly string[];
  readonly at?: Span;
  /** What else is wrong with the same value. */
  readonly others?: readonly Problem[];
  /** Notes. If there are none, a note shows where the bracket was opened whose closer is missing here. */
  readonly notes?: readonly ProblemNote[];
  /** Those with the same `group` are one change. */
  readonly fixits?: readonly { readonly span: Span; readonly insert: string; readonly group?: number }[];
}

/** Access to where something was read, for a function that checks it; only valid during its call. */
export interface Site {
  /** Offset of its first unit, and the one after its last. */
  readonly start: number;
  readonly end: number;
  position(offset: number): Position;
  span(from: number, to: number): Span;
  /** The start of the space that ends at an offset: the offset itself if there is none. */
  blankBefore(offset: number): Position;
  /** What was read, as text; for bytes, the characters with the same numbers. */
  text(): string;
  /** Reports a warning, which is dropped if its branch fails. */
  warn(problem: Problem): void;
  /** What was last passed to `setState` on this branch; undefined before. */
  readonly state: unknown;
  /** Sets the state of the run, an immutable value, for what follows; it is undone if its branch fails. */
  setState(state: unknown): void;
}

/**
 * The return value of a function that refuses a value: its parser fails there, with this message or as if nothing had
 * matched.
 */
export class Refusal {
  readonly problem: Problem | undefined;
  /** The place of the failure, if it is not the end of the parser: an offset in what it read. */
  readonly at: number | undefined;

  constructor(problem?: Problem, at?: number) {
    this.problem = problem;
    this.at = at;
  }
}
