// What is put by until a value has left: code that runs when that has been emitted, in the rules that it stands in
// (semantics, rule 17). Never changed: continuations share it.
import type { Program, RuleEntry } from "../../compile/code/program.ts";
import { CONTEXT } from "../failure/record.ts";
import * as place from "../memory/frame-places.ts";
import { FRAME } from "../memory/frames.ts";
import { enterProgram } from "./entering.ts";
import type { Machine } from "./machine.ts";

/** A rule that has been left since, and those inside it. */
class Left {
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
export function tailInRule(tail: Tail | undefined, entry: RuleEntry, start: number): Tail | undefined {
  if (tail === undefined) return undefined;
  const { program, pc, rules } = tail;
  const around = rules !== undefined && rules.depth >= CONTEXT ? rules : new Left(entry, start, rules);
  return new Tail(program, pc, around, tailInRule(tail.next, entry, start));
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
  enterProgram(m, tail.program, ~m.pc);
  while (m.sp + place.RULE_SIZE * CONTEXT >= stack.ints.length) stack.grow();
  let back = tail.program.halt;
  for (let left = tail.rules; left !== undefined; left = left.inner) {
    m.push(FRAME.RULE, place.RULE_SIZE, left.entry, 0);
    stack.ints[m.fp + place.RULE_OUTER] = m.fp - m.rule;
    stack.offsets[m.fp] = left.start;
    stack.offsets[m.fp + place.RULE_RETURN_TO] = back;
    m.rule = m.fp;
    back = tail.program.leave;
  }
  stack.ints[m.sp++] = back;
  m.pc = tail.pc;
  return m.emissions.full;
}
