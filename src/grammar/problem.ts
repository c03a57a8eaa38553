// What is wrong with something that was read: a failure, or a warning, with words of its own.
import type { Position, Span } from "../text/index.ts";

/** More to know about a problem; its key and arguments are as those of the problem. */
export interface ProblemNote {
  readonly span?: Span;
  readonly message: string;
  readonly messageKey?: string;
  readonly args?: readonly string[];
}

/** Something to tell about what was read. Where it says nothing of a place, it is about where the parser began. */
export interface Problem {
  readonly code?: string;
  readonly message: string;
  /** The template that `message` was made from, and what fills it, so that it can be told in other languages. */
  readonly messageKey?: string;
  readonly args?: readonly string[];
  readonly at?: Span;
  /** What else is wrong with the same value. */
  readonly others?: readonly Problem[];
  /** Without any, one says where the bracket was opened whose closer stood here. */
  readonly notes?: readonly ProblemNote[];
  /** Those with the same `group` are one change. */
  readonly fixits?: readonly { readonly span: Span; readonly insert: string; readonly group?: number }[];
}

/** Where something was read, for a function that judges it; to be used during its call only. */
export interface Site {
  /** Offset of its first unit, and the one after its last. */
  readonly start: number;
  readonly end: number;
  position(offset: number): Position;
  span(from: number, to: number): Span;
  /** Where the space begins that ends at an offset: the offset itself where there is none. */
  blankBefore(offset: number): Position;
  /** What was read, as text; of bytes, the characters with their numbers. */
  text(): string;
  /** Tells a warning, which is dropped with its branch. */
  warn(problem: Problem): void;
  /** What `become` was given last on this branch; undefined before. */
  readonly state: unknown;
  /** Sets the state of the run, an immutable value, for what comes next; taken back with its branch. */
  become(state: unknown): void;
}

/** What a function gives that refuses a value: its parser fails there, with these words or as if nothing had fitted. */
export class Refusal {
  readonly problem: Problem | undefined;
  /** Where the failure lies, if not where the parser ended: an offset in what it read. */
  readonly at: number | undefined;

  constructor(problem?: Problem, at?: number) {
    this.problem = problem;
    this.at = at;
  }
}
