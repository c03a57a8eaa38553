// What is put by until a value has left: code that runs when that has been emitted, in the rules that it stands in
// (semantics, rule 17). Lists here are never changed: continuations share them.
import type { Program, RuleEntry } from "../compile/program.ts";
import { into } from "./entering.ts";
import { CONTEXT } from "./failure.ts";
import { FRAME } from "./frames.ts";
import type { Machine } from "./machine.ts";

interface Left {
  readonly entry: RuleEntry;
  /** Where it began. */
  readonly start: number;
}

/** Code that is put by, and the rules around it that have been left since, innermost first. */
export interface Tail {
  /** Of which the code is part. */
  readonly program: Program;
  readonly pc: number;
  readonly rules: readonly Left[];
}

export const NO_TAILS: readonly Tail[] = Object.freeze([]);
const NO_RULES: readonly Left[] = Object.freeze([]);

/** Puts by the code at a place of a program. */
export function putBy(tails: readonly Tail[], program: Program, pc: number): readonly Tail[] {
  const tail: Tail = { program, pc, rules: NO_RULES };
  return tails.length === 0 ? [tail] : [...tails, tail];
}

/** A rule ends in which all of these stand. */
export function within(tails: readonly Tail[], entry: RuleEntry, start: number): readonly Tail[] {
  if (tails.length === 0) return tails;
  return tails.map(({ program, pc, rules }) => ({
    program,
    pc,
    rules: rules.length < CONTEXT ? [...rules, { entry, start }] : rules,
  }));
}

/**
 * Runs the first of them: the rules around it are open again, and the instruction that asked for it comes next.
 *
 * @returns whether the machine is to rest before that, since as many values wait as may.
 */
export function runTail(m: Machine): boolean {
  const [tail, ...others] = m.tails;
  m.tails = others.length === 0 ? NO_TAILS : others;
  if (tail === undefined) return m.emissions.full;
  const { program, rules } = tail;
  const { stack } = m;
  // in a program of its own it is on a frame of its own
  const foreign = program !== m.program;
  const again = foreign ? program.halt : m.pc;
  if (foreign) into(m, program, ~m.pc);
  // the rule that was entered last is left first, and leaves the others
  const { leave } = program;
  while (m.sp + 3 * rules.length + 8 > stack.ints.length) stack.grow();
  for (let i = rules.length - 1; i >= 0; i--) {
    const { entry, start } = rules[i] as Left;
    const { sp } = m;
    stack.ints[sp] = (sp - m.fp) << 1;
    stack.ints[sp + 1] = FRAME.RULE;
    stack.ints[sp + 2] = sp - m.rule;
    stack.offsets[sp] = start;
    stack.offsets[sp + 1] = i === rules.length - 1 ? again : leave;
    stack.values[sp] = entry;
    m.rule = sp;
    m.fp = sp;
    m.sp = sp + 3;
  }
  stack.ints[m.sp++] = rules.length === 0 ? again : leave;
  m.pc = tail.pc;
  return m.emissions.full;
}
