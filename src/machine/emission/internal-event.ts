// What travels among emitted values and is not handed out: it is as certain, and as easily dropped, as they are.
import type { Problem } from "../../grammar/problem.ts";
import type { Span } from "../../text/index.ts";

/** A problem that knows its place. */
export interface PlacedProblem extends Problem {
  readonly at: Span;
}

/** A warning. */
export class Warning {
  readonly problem: PlacedProblem;
  /** The text before the warning, as much of it as is kept: it may be gone from the window when the warning is shown. */
  readonly read: string;
  /** Where that ends. */
  readonly end: number;

  constructor(problem: PlacedProblem, read: string, end: number) {
    this.problem = problem;
    this.read = read;
    this.end = end;
  }
}

/** A failure that was recovered from. */
export class Recovery {
  readonly diagnostic: unknown;
  /** Units between where the failure lay and where the run went on. */
  readonly skipped: number;
  /** It began where the one before it ended, space aside. */
  readonly joins: boolean;
  /** The text of all that is left out, where that is wanted. */
  readonly rejected: string | undefined;

  constructor(diagnostic: unknown, skipped: number, joins: boolean, rejected: string | undefined) {
    this.diagnostic = diagnostic;
    this.skipped = skipped;
    this.joins = joins;
    this.rejected = rejected;
  }
}

/** The state of the run from here on. */
export class StateChange {
  readonly state: unknown;

  constructor(state: unknown) {
    this.state = state;
  }
}

/** A traced parser that has succeeded, as it is reported. */
export interface Step {
  readonly name: string;
  readonly span: Span;
}

/** A success of something that is traced. */
export class Success {
  readonly step: Step;

  constructor(name: string, span: Span) {
    this.step = { name, span };
  }
}

/** The end of a `checkpoint`. */
export class Checkpoint {
  readonly span: Span;

  constructor(span: Span) {
    this.span = span;
  }
}
