// The state of a run of the twin, and its scopes: what a failure leaves behind, and what it takes back.
import type { Node } from "../../../src/grammar/node.ts";
import type { Problem } from "../../../src/grammar/problem.ts";
import { Emissions } from "./emissions.ts";
import { FailureRecord, type OpenRule } from "./record.ts";
import type { WholeInput } from "./source.ts";

export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

export const FAILED: Reply = { ok: false };
export const NOTHING: Reply = { ok: true, value: undefined };
export const good = (value: unknown): Reply => ({ ok: true, value });

/** What ends the run at once (rule 9). */
export class Fatal extends Error {
  readonly code: string;
  readonly offset: number;
  readonly rules: readonly OpenRule[];

  constructor(code: string, offset: number, rules: readonly OpenRule[]) {
    super(code);
    this.code = code;
    this.offset = offset;
    this.rules = rules;
  }
}

export class State {
  readonly input: WholeInput;
  readonly record: FailureRecord = new FailureRecord();
  readonly emissions: Emissions = new Emissions();
  /** The innermost of what `withSpace` gave. */
  space: Node | undefined;
  /** Failure leaves it where it failed, so that "consumed" is a comparison with where a scope began. */
  at: number;
  /** Of the innermost scope (rule 1). */
  committed = false;
  /** What `become` was given last; taken back with its branch. */
  register: unknown = undefined;

  constructor(input: WholeInput) {
    this.input = input;
    this.at = input.start;
  }

  /** Around what is open: a leaf with what is wrong in it, or what keeps a leaf around it from hearing of that. */
  readonly leaves: { problem: Problem | undefined; deaf: boolean }[] = [];

  /** @param inTrivia whether it is recorded inside trivia too. */
  expected(what: string | undefined, inTrivia = false): Reply {
    this.#note(what, undefined, inTrivia);
    return FAILED;
  }

  /** A failure with a reason of its own, which is that of the leaf around it, if there is one. */
  refused(problem: Problem, what?: string): Reply {
    this.#tellLeaf(problem);
    this.#note(what, problem);
    return FAILED;
  }

  #note(what: string | undefined, problem?: Problem, inTrivia = false): void {
    this.record.add(this.at, what, this.at === this.input.length, problem, inTrivia);
  }

  /** The leaf around it, if it hears of it. */
  #tellLeaf(problem: Problem): void {
    const leaf = this.leaves.at(-1);
    if (leaf !== undefined && !leaf.deaf) leaf.problem = problem;
  }

  /** A leaf fails empty at its start, whatever happened inside. */
  leaf(names: readonly string[], body: () => Reply, inTrivia = false): Reply {
    const own: { problem: Problem | undefined; deaf: boolean } = { problem: undefined, deaf: false };
    const reply = this.inside(this.leaves, own, () => this.returning(() => this.sealed(body, false)));
    if (reply.ok) return reply;
    if (own.problem !== undefined) this.#tellLeaf(own.problem);
    for (const name of names.length === 0 ? [undefined] : names) this.#note(name, own.problem, inTrivia);
    return reply;
  }

  read(to: number): Reply {
    const from = this.at;
    this.at = to;
    return good(this.input.slice(from, to));
  }

  readBytes(to: number): Reply {
    const from = this.at;
    this.at = to;
    return good(this.input.bytes(from, to));
  }

  passCut(): void {
    this.committed = true;
    this.record.passCut();
  }

  fatal(code: string): Fatal {
    return new Fatal(code, this.at, this.record.openRules());
  }

  /** The scopes that are open: whether each is an alternative and its kin, where it began, what the one around it was. */
  readonly scopes: { readonly branch: boolean; readonly start: number; readonly outer: boolean }[] = [];

  /** A judgement that may send back what `body` reads: until it is made, nothing is certain by that. */
  judged(body: () => Reply): Reply {
    this.emissions.judgements += 1;
    try {
      return body();
    } finally {
      this.emissions.judgements -= 1;
    }
  }

  /** What a committed scope has emitted stays once that has ended, also if what is around it fails. */
  committing(body: () => Reply): Reply {
    const mark = this.emissions.length;
    return this.scope(() => {
      this.passCut();
      const reply = body();
      this.emissions.settle(mark);
      return reply;
    });
  }

  /** A success leaves the outer scope as it was; a committed failure stays one on its way out. */
  scope(body: () => Reply, branch = false): Reply {
    const outer = this.committed;
    this.scopes.push({ branch, start: this.at, outer });
    this.committed = false;
    let reply = NOTHING;
    try {
      reply = body();
    } finally {
      this.scopes.pop();
      this.committed = outer || (!reply.ok && this.committed);
    }
    return reply;
  }

  /** Whether nothing around a failure here could still try something else (rule 14). */
  isFinal(committed: boolean, outer: boolean): boolean {
    if (this.emissions.returnPoints > 0) return false;
    const innermost = this.scopes.findLastIndex((scope) => scope.branch);
    const branch = this.scopes[innermost];
    if (committed || branch === undefined) return true;
    return (this.scopes[innermost + 1]?.outer ?? outer) || branch.start !== this.at;
  }

  /** An alternative, the body of an `opt`, an iteration: `empty` is a failure after which something else may be tried. */
  branch(body: () => Reply, alternative = true): Reply | "empty" {
    const start = this.at;
    const mark = this.emissions.length;
    const { register } = this;
    let settled = false;
    const reply = this.scope(() => {
      let inner = FAILED;
      try {
        inner = body();
      } finally {
        settled = this.at !== start || this.committed;
        if (settled) this.emissions.settle(mark);
        else if (!inner.ok) this.emissions.dropUncertain(mark);
      }
      return inner;
    }, alternative);
    if (reply.ok || settled) return reply;
    this.register = register;
    return "empty";
  }

  /** An `attempt` and its kin: any failure inside is an empty one, at the start. */
  returning(body: () => Reply): Reply {
    const start = this.at;
    const mark = this.emissions.length;
    const outer = this.committed;
    const { register } = this;
    this.committed = false;
    this.emissions.returnPoints += 1;
    let reply = FAILED;
    try {
      reply = body();
    } finally {
      this.emissions.returnPoints -= 1;
      this.committed = outer;
      if (!reply.ok) {
        this.at = start;
        this.emissions.dropAll(mark);
        this.register = register;
      }
    }
    return reply;
  }

  /** As {@link returning}, and a success reads and emits nothing either. */
  looking(body: () => Reply): Reply {
    const start = this.at;
    const mark = this.emissions.length;
    const { register } = this;
    const reply = this.returning(body);
    this.register = register;
    this.at = start;
    this.emissions.dropAll(mark);
    return reply;
  }

  /** Nothing inside is recorded but leaves that are reported in trivia, nor passed to a leaf around it. */
  quietly(body: () => Reply, deaf = true): Reply {
    this.record.quiet += 1;
    try {
      return deaf ? this.inside(this.leaves, { problem: undefined, deaf }, body) : body();
    } finally {
      this.record.quiet -= 1;
    }
  }

  /** Nothing inside is recorded. */
  sealed(body: () => Reply, deaf = true): Reply {
    this.record.sealed += 1;
    try {
      return this.quietly(body, deaf);
    } finally {
      this.record.sealed -= 1;
    }
  }

  /** Holds `one` on the stack `open` while the body runs. */
  inside<O>(open: O[], one: O, body: () => Reply): Reply {
    open.push(one);
    try {
      return body();
    } finally {
      open.pop();
    }
  }
}
