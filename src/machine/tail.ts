// What is put by until a value has left: code that runs when that has been emitted, in the rules that it stands in
// (semantics, rule 17). Lists here are never changed: continuations share them.
import type { RuleEntry } from "../compile/program.ts";
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
  readonly pc: number;
  readonly rules: readonly Left[];
}

export const NO_TAILS: readonly Tail[] = Object.freeze([]);
const NO_RULES: readonly Left[] = Object.freeze([]);

/** Puts by the code at `pc`. */
export function putBy(tails: readonly Tail[], pc: number): readonly Tail[] {
  const tail: Tail = { pc, rules: NO_RULES };
  return tails.length === 0 ? [tail] : [...tails, tail];
}

/** A rule ends in which all of these stand. */
export function within(tails: readonly Tail[], entry: RuleEntry, start: number): readonly Tail[] {
  if (tails.length === 0) return tails;
  return tails.map(({ pc, rules }) => ({ pc, rules: rules.length < CONTEXT ? [...rules, { entry, start }] : rules }));
}

/**
 * Runs the first of them: the rules around it are open again, and the instruction that asked for it comes next.
 *
 * @returns whether the machine is to rest before that, since as many values wait as may.
 */
export function runTail(m: Machine): boolean {
  const [tail = { pc: 0, rules: NO_RULES }, ...others] = m.tails;
  const { rules } = tail;
  m.tails = others.length === 0 ? NO_TAILS : others;
  const { stack, pc: again } = m;
  // the rule that was entered last is left first, and leaves the others
  const leave = m.program.code[again + 2] as number;
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
