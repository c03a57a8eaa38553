// Deferred code: it reads what can only be skipped behind an emitted value, and runs once that value has left, inside the rules
// that it belongs to (semantics, rule 17). Never changed: continuations share it.
import type { Program, RuleEntry } from "../../compile/code/program.ts";
import { CONTEXT } from "../failure/record.ts";
import * as slot from "../memory/frame-slots.ts";
import { FRAME } from "../memory/frames.ts";
import { enterProgram } from "./entering.ts";
import type { Machine } from "./machine.ts";

/** A rule that has ended since, and those inside it. */
class EndedRule {
  readonly entry: RuleEntry;
  /** Where it began. */
  readonly start: number;
  readonly inner: EndedRule | undefined;
  readonly depth: number;

  constructor(entry: RuleEntry, start: number, inner: EndedRule | undefined) {
    this.entry = entry;
    this.start = start;
    this.inner = inner;
    this.depth = (inner?.depth ?? 0) + 1;
  }
}

/** Deferred code, the rules around it that have ended since, and the deferred code that runs after it. */
export class Deferred {
  /** The program that the code is part of. */
  readonly program: Program;
  readonly pc: number;
  readonly rules: EndedRule | undefined;
  readonly next: Deferred | undefined;

  constructor(program: Program, pc: number, rules: EndedRule | undefined, next: Deferred | undefined) {
    this.program = program;
    this.pc = pc;
    this.rules = rules;
    this.next = next;
  }
}

/** Defers the code at a place of a program; it will run after what is deferred already. */
export function defer(tail: Deferred | undefined, program: Program, pc: number): Deferred {
  if (tail === undefined) return new Deferred(program, pc, undefined, undefined);
  return new Deferred(tail.program, tail.pc, tail.rules, defer(tail.next, program, pc));
}

/** A rule ends around all deferred code: it will be open again then. A diagnostic names only so many rules. */
export function insideRule(tail: Deferred | undefined, entry: RuleEntry, start: number): Deferred | undefined {
  if (tail === undefined) return undefined;
  const { program, pc, rules } = tail;
  const around = rules !== undefined && rules.depth >= CONTEXT ? rules : new EndedRule(entry, start, rules);
  return new Deferred(program, pc, around, insideRule(tail.next, entry, start));
}

/**
 * Runs the first deferred code, which is part of another program: on a frame of its own, inside the rules around it. The
 * instruction that asked for it runs again after it.
 *
 * @returns whether the machine must rest before that, since the queue of emitted values is full.
 */
export function runDeferredOfOther(m: Machine): boolean {
  const { deferred, stack } = m;
  if (deferred === undefined) return m.emissions.full;
  m.deferred = deferred.next;
  enterProgram(m, deferred.program, ~m.pc);
  while (m.sp + slot.RULE_SIZE * CONTEXT >= stack.ints.length) stack.grow();
  let back = deferred.program.halt;
  for (let left = deferred.rules; left !== undefined; left = left.inner) {
    m.push(FRAME.RULE, slot.RULE_SIZE, left.entry, 0);
    stack.ints[m.fp + slot.RULE_OUTER] = m.fp - m.rule;
    stack.offsets[m.fp] = left.start;
    stack.offsets[m.fp + slot.RULE_RETURN_TO] = back;
    m.rule = m.fp;
    back = deferred.program.deferredEnd;
  }
  stack.ints[m.sp++] = back;
  m.pc = deferred.pc;
  return m.emissions.full;
}
