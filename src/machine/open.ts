// What is open at a place of the stack: the bracket that a closer should have closed, the rules that a diagnostic names.
import type { Program } from "../compile/program.ts";
import type { Opened } from "./failure.ts";
import { FRAME } from "./frames.ts";
import type { Stack } from "./stack.ts";

/** The bracket whose closer has failed at its own start, by the instruction at `pc`, below the frame at a live place. */
export function openedBy(
  stack: Stack,
  program: Program,
  pc: number,
  frame: number,
  offset: number,
): Opened | undefined {
  const closer = program.closerAt(pc);
  for (let depth = stack.shift + frame; ; ) {
    const kind = stack.intAt(depth + 1) ?? FRAME.RUN;
    if (kind === FRAME.OPENED) {
      if (closer?.fixed !== true && stack.offsetAt(depth + 1) !== offset) return undefined;
      return { far: offset, at: stack.offsetAt(depth) ?? 0, closer: closer?.insert };
    }
    if (kind === FRAME.RUN) return undefined;
    if (kind > 0 && closer?.literal !== true && stack.offsetAt(depth) !== offset) return undefined;
    depth -= (stack.intAt(depth) ?? 0) >> 1;
  }
}

/** The name of the innermost parser that is traced and open, at the frame at a depth or below it. */
export function openTrace(stack: Stack, frame: number): string | undefined {
  for (let depth = frame; ; depth -= (stack.intAt(depth) ?? 0) >> 1) {
    const kind = stack.intAt(depth + 1) ?? FRAME.RUN;
    if (kind === FRAME.TRACE) return stack.valueAt(depth) as string;
    if (kind === FRAME.RUN) return undefined;
  }
}

/** A rule that is open, and where it began. */
export interface OpenRule {
  readonly name: string;
  readonly offset: number;
}

/** The rules that are open from the rule frame at a live place on down, at most `most`. */
export function openRules(stack: Stack, rule: number, most: number): OpenRule[] {
  const rules: OpenRule[] = [];
  for (let depth = stack.shift + rule; rules.length < most && depth > 0; ) {
    const entry = stack.valueAt(depth) as { readonly name: string } | undefined;
    const below = stack.intAt(depth + 2);
    if (entry === undefined || below === undefined) break;
    rules.push({ name: entry.name, offset: stack.offsetAt(depth) ?? 0 });
    depth -= below;
  }
  return rules;
}
