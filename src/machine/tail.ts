// What is put by until a value has left: code that runs when that has been emitted, in the rules that it stands in
// (semantics, rule 17). Never changed: continuations share it.
import type { RuleEntry } from "../compile/program.ts";
import { CONTEXT } from "./failure.ts";

/** A rule that has been left since, and those inside it. */
export class Left {
  readonly entry: RuleEntry;
  /** Where it began. */
  readonly start: number;
  readonly inner: Left | undefined;
  readonly depth: number;

  constructor(entry: RuleEntry, start: number, inner: Left | undefined) {
    this.entry = entry;
    this.start = start;
    this.inner = inner;
    this.depth = (inner?.depth ?? 0) + 1;
  }
}

/** Code that is put by, the rules around it that have been left since, and what is to run after it. */
export class Tail {
  readonly pc: number;
  readonly rules: Left | undefined;
  readonly next: Tail | undefined;

  constructor(pc: number, rules: Left | undefined, next: Tail | undefined) {
    this.pc = pc;
    this.rules = rules;
    this.next = next;
  }
}

/** Puts by the code at `pc`, to run after what is put by already. */
export function putBy(tail: Tail | undefined, pc: number): Tail {
  if (tail === undefined) return new Tail(pc, undefined, undefined);
  return new Tail(tail.pc, tail.rules, putBy(tail.next, pc));
}

/** A rule ends in which all of it stands; a diagnostic names only so many. */
export function within(tail: Tail | undefined, entry: RuleEntry, start: number): Tail | undefined {
  if (tail === undefined) return undefined;
  const { pc, rules } = tail;
  const around = rules !== undefined && rules.depth >= CONTEXT ? rules : new Left(entry, start, rules);
  return new Tail(pc, around, within(tail.next, entry, start));
}
