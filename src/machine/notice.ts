// What travels among emitted values and is not handed out: it is as certain, and as easily dropped, as they are.
import type { Problem } from "../grammar/problem.ts";
import type { Span } from "../text/index.ts";

/** A warning. */
export class Warning {
  readonly problem: Problem;

  constructor(problem: Problem) {
    this.problem = problem;
  }
}

/** The state of the run from here on. */
export class Turned {
  readonly state: unknown;

  constructor(state: unknown) {
    this.state = state;
  }
}

/** The end of a `checkpoint`. */
export class Checkpoint {
  readonly span: Span;

  constructor(span: Span) {
    this.span = span;
  }
}
