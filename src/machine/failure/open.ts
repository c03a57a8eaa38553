// What is open at a place of the stack: the bracket that a closer should have closed, the rules that a diagnostic names.
import type { Program, RuleEntry } from "../../compile/code/program.ts";
import type { Node } from "../../grammar/node.ts";
import type { Machine } from "../control/machine.ts";
import * as slot from "../memory/frame-slots.ts";
import { FRAME } from "../memory/frames.ts";
import type { Stack } from "../memory/stack.ts";
import type { Bracket, FailureRecord, Opened } from "./record.ts";

/** The most brackets that a failure reports. */
const MOST_BRACKETS = 8;
/** Frames that are looked at for them: a failure costs no more than so much, however deep it is. */
const MOST_FRAMES = 4096;

/**
 * The brackets that are open where the instruction at `pc` fails, above the frame at a live place: the innermost if its
 * closer has failed at its own start; all of them where the input ends.
 */
function openedBy(
  { stack, failure }: { readonly stack: Stack; readonly failure: FailureRecord },
  program: Program,
  pc: number,
  frame: number,
  offset: number,
  ended: boolean,
): Opened | undefined {
  const closer = program.closerAt(pc);
  const brackets: Bracket[] = [];
  let closes = false;
  if (closer?.quotes === true) {
    if (failure.quotePc !== closer.opener) return undefined;
    closes = true;
    brackets.push({ at: failure.quoteAt, closer });
    if (!ended) return { far: offset, brackets, closes, frame: stack.shift + frame };
  }
  let within = program;
  let straight = true;
  for (let depth = stack.shift + frame, i = 0; i < MOST_FRAMES && brackets.length < MOST_BRACKETS; i++) {
    const kind = stack.kindAt(depth);
    if (kind === FRAME.RUN) break;
    if (kind === FRAME.PROGRAM) within = stack.valueAt(depth) as Program;
    if (kind === FRAME.OPENED) {
      const began = stack.offsetAt(depth + slot.OPENED_OPENER) ?? -1;
      const own = began < 0 ? within.closerOf(~began) : within.closerFrom(stack.valueAt(depth) as number);
      if (brackets.length === 0) closes = straight && (closer?.fixed === true || began === offset);
      if (!closes && !ended) return undefined;
      brackets.push({ at: stack.offsetAt(depth) ?? 0, closer: own });
      if (!ended) break;
    }
    if (kind > 0 && closer?.literal !== true && stack.offsetAt(depth) !== offset) {
      if (!ended) return undefined;
      straight = false;
    }
    depth = stack.belowAt(depth);
  }
  return brackets.length === 0 ? undefined : { far: offset, brackets, closes, frame: stack.shift + frame };
}

/** Keeps where brackets were opened, if what closes one has just failed at its start or the input ends. */
export function noteOpened(m: Machine, program: Program, pc: number, frame: number, offset: number): void {
  const { failure, positions, window } = m;
  const ended = window.closed && offset === window.base + window.end;
  const opened = openedBy(m, program, pc, frame, offset, ended);
  // what closes it was among what failed here before
  if (opened === undefined || (!opened.closes && failure.opened?.far === offset && failure.opened.closes)) return;
  failure.opened = opened;
  positions.settle(
    failure,
    opened.brackets.map(({ at }) => at),
  );
}

/** The name of the innermost parser that is traced and open, at the frame at a depth or below it. */
export function openTrace(stack: Stack, frame: number): string | undefined {
  for (let depth = frame; ; depth = stack.belowAt(depth)) {
    const kind = stack.kindAt(depth);
    if (kind === FRAME.TRACE) return stack.valueAt(depth) as string;
    if (kind === FRAME.RUN) return undefined;
  }
}

/** A rule that is open, and where it began. */
interface OpenRule {
  readonly name: string;
  readonly offset: number;
}

/** The rules that are open from the rule frame at a live place on down, at most `most`. */
function openRules(stack: Stack, rule: number, most: number): OpenRule[] {
  const rules: OpenRule[] = [];
  for (let depth = stack.shift + rule; rules.length < most; depth = outerOf(stack, depth)) {
    const entry = entryAt(stack, depth);
    if (entry === undefined) break;
    rules.push({ name: entry.name, offset: stack.offsetAt(depth) ?? 0 });
  }
  return rules;
}

/** The rule of the rule frame at a depth; none where no rule is open. */
function entryAt(stack: Stack, depth: number): RuleEntry | undefined {
  return depth > 0 ? (stack.valueAt(depth) as RuleEntry | undefined) : undefined;
}

/** The depth of the rule frame around the one at a depth. */
function outerOf(stack: Stack, depth: number): number {
  return depth - (stack.intAt(depth + slot.RULE_OUTER) ?? depth);
}

/** Whether the rule of the frame at a live place is open around it and began at the same place. */
export function isOpenHere(stack: Stack, rule: number): boolean {
  const depth = stack.shift + rule;
  const own = entryAt(stack, depth)?.node;
  const offset = stack.offsetAt(depth);
  for (let outer = outerOf(stack, depth); stack.offsetAt(outer) === offset; outer = outerOf(stack, outer)) {
    const node = entryAt(stack, outer)?.node;
    if (node === undefined || node === own) return node !== undefined;
  }
  return false;
}

/**
 * The outermost place at which a rule is entered that is open already and began at the same offset, as the frame around it; the
 * innermost frame if there is none. How often a run goes round before it finds that out depends on what is known by then.
 */
function beforeReentry(stack: Stack, rule: number, offset: number): number {
  const frames: number[] = [];
  for (let depth = stack.shift + rule; entryAt(stack, depth) !== undefined; depth = outerOf(stack, depth)) {
    if (stack.offsetAt(depth) !== offset) break;
    frames.push(depth);
  }
  const seen = new Set<Node | undefined>();
  for (const depth of frames.reverse()) {
    const node = entryAt(stack, depth)?.node;
    if (seen.has(node)) return outerOf(stack, depth) - stack.shift;
    seen.add(node);
  }
  return rule;
}

/**
 * The innermost rules that were open where the farthest failure was recorded (after a fatal error: where that arose),
 * innermost first, and where each began. Of those that began there, only rules that hold all that failed there (semantics,
 * rule 7).
 */
export function openAtFailure(m: Machine, most: number): OpenRule[] {
  if (m.error !== undefined) return openRules(m.stack, beforeReentry(m.stack, m.rule, m.error.offset), most);
  const { rules, starts } = m.failure;
  const left = rules.slice(0, m.left).map(({ name }, i) => ({ name, offset: starts[i] as number }));
  const failure = m.record();
  const known = [...failure.rulesWithin().map((name) => ({ name, offset: m.farthest })), ...left];
  const { stack } = m;
  let rule = m.farRule;
  while (rule > failure.shared && stack.offsetAt(stack.shift + rule) === m.farthest) {
    rule -= stack.intAt(stack.shift + rule + slot.RULE_OUTER) ?? rule;
  }
  return [...known, ...openRules(stack, rule, most - known.length)].slice(0, most);
}
