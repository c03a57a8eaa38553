// What is put by until a value has left: code that runs when that has been emitted, in the rules that it stands in
// (semantics, rule 17). Never changed: continuations share it.
import type { Program, RuleEntry } from "../../compile/code/program.ts";
import { CONTEXT } from "../failure/failure.ts";
import { FRAME } from "../memory/frames.ts";
import { into } from "./entering.ts";
import type { Machine } from "./machine.ts";

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
  /** Of which the code is part. */
  readonly program: Program;
  readonly pc: number;
  readonly rules: Left | undefined;
  readonly next: Tail | undefined;

  constructor(program: Program, pc: number, rules: Left | undefined, next: Tail | undefined) {
    this.program = program;
    this.pc = pc;
    this.rules = rules;
    this.next = next;
  }
}

/** Puts by the code at a place of a program, to run after what is put by already. */
export function putBy(tail: Tail | undefined, program: Program, pc: number): Tail {
  if (tail === undefined) return new Tail(program, pc, undefined, undefined);
  return new Tail(tail.program, tail.pc, tail.rules, putBy(tail.next, program, pc));
}

/** A rule ends in which all of it stands; a diagnostic names only so many. */
export function within(tail: Tail | undefined, entry: RuleEntry, start: number): Tail | undefined {
  if (tail === undefined) return undefined;
  const { program, pc, rules } = tail;
  const around = rules !== undefined && rules.depth >= CONTEXT ? rules : new Left(entry, start, rules);
  return new Tail(program, pc, around, within(tail.next, entry, start));
}

/**
 * Runs what is put by first, which is part of another program: on a frame of its own, in the rules around it. The instruction that
 * asked for it comes next.
 *
 * @returns whether the machine is to rest before that, since as many values wait as may.
 */
export function runForeign(m: Machine): boolean {
  const { tail, stack } = m;
  if (tail === undefined) return m.emissions.full;
  m.tail = tail.next;
  into(m, tail.program, ~m.pc);
  while (m.sp + 3 * CONTEXT + 8 > stack.ints.length) stack.grow();
  let back = tail.program.halt;
  for (let left = tail.rules; left !== undefined; left = left.inner) {
    const { sp } = m;
    stack.ints[sp] = (sp - m.fp) << 1;
    stack.ints[sp + 1] = FRAME.RULE;
    stack.ints[sp + 2] = sp - m.rule;
    stack.offsets[sp] = left.start;
    stack.offsets[sp + 1] = back;
    stack.values[sp] = left.entry;
    m.rule = sp;
    m.fp = sp;
    m.sp = sp + 3;
    back = tail.program.leave;
  }
  stack.ints[m.sp++] = back;
  m.pc = tail.pc;
  return m.emissions.full;
}
