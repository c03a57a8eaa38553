// Repetitions. What is gathered waits on the stack above a LIST frame, is put together in a JOIN frame, or counted in a COUNTER frame; each iteration
// runs in a CHOICE frame, unless its first character already says that it begins.
import { deref } from "../../grammar/lazies.ts";
import * as make from "../../grammar/make.ts";
import type { CountedNode, FoldNode, Node, NodeOf, RepeatNode } from "../../grammar/node.ts";
import type { Lowering, Want } from "./lowering.ts";
import { keepingValue } from "./read.ts";
import { isDecided, needsScope, test } from "./test.ts";

/** How one kind of repetition collects its values. */
interface Gathering {
  readonly element: Want;
  /** The instruction that tests whether there are enough values. */
  readonly until: "UNTIL_LENGTH" | "UNTIL_COUNT";
  /** Writes the instructions that begin and end it. */
  open(): void;
  close(): void;
  /** Writes the instruction that adds a value and goes on at `pc`; returns its place. */
  add(pc: number): number;
  /** The same at the end of an iteration that ran in a frame. */
  collect(pc: number): number;
}

/** @param ends what writes the end. */
export function lowerRepeat(context: Lowering, node: RepeatNode, want: Want, ends: Lowering = context): void {
  if (node.max === 0) {
    context.lower(none, want);
    return;
  }
  const gathering = gatheringOf(context, node, want);
  gathering.open();
  if (node.end !== undefined) lowerUntilEnd(context, node, node.end, gathering, ends);
  else if (node.sep !== undefined) lowerSeparated(context, node, node.sep, gathering);
  else lowerMany(context, node, gathering);
  gathering.close();
}

/** A new list each time. */
const none: Node = /* @__PURE__ */ make.map(/* @__PURE__ */ make.ok(undefined), () => []);

function gatheringOf(context: Lowering, node: RepeatNode, want: Want): Gathering {
  const { asm } = context;
  const counted = node.min > 1 || node.max !== Number.POSITIVE_INFINITY;
  if (want === "nothing" && !counted) {
    return {
      element: "nothing",
      until: "UNTIL_COUNT",
      open: () => {},
      close: () => {},
      add: (pc) => asm.emit("JUMP", pc),
      collect: (pc) => asm.emit("COMMIT", pc),
    };
  }
  if (want === "nothing" || node.collects === "count") {
    return {
      element: "nothing",
      until: "UNTIL_COUNT",
      open: () => asm.emit("COUNTER"),
      close: () => asm.emit(want === "nothing" ? "COUNTER_DROP" : "COUNTER_END"),
      add: (pc) => asm.emit("COUNT", pc),
      collect: (pc) => asm.emit("TALLY", pc),
    };
  }
  if (want === "text") {
    return {
      element: "value",
      until: "UNTIL_COUNT",
      open: () => asm.emit("JOIN", 0),
      close: () => asm.emit("JOIN_END"),
      add: (pc) => asm.emit("JOIN_ADD", pc),
      collect: (pc) => asm.emit("JOIN_COLLECT", pc),
    };
  }
  return {
    element: want === "record" ? "record" : "value",
    until: "UNTIL_LENGTH",
    open: () => asm.emit("LIST"),
    close: () => asm.emit(want === "record" ? "RECORD_END" : "LIST_END"),
    add: (pc) => asm.emit("ADD", pc),
    collect: (pc) => asm.emit("COLLECT", pc),
  };
}

const NO_LIST: Omit<RepeatNode, "p"> = {
  kind: "repeat",
  trailing: false,
  min: 0,
  max: Number.POSITIVE_INFINITY,
  collects: "array",
};

/** `fold`: the sum stands on top of the stack between two rounds. */
export function lowerFold(context: Lowering, node: FoldNode, want: Want): void {
  const { asm } = context;
  const { p, start, step } = node;
  if (want === "nothing") {
    lowerRepeat(context, { ...NO_LIST, p }, want);
    return;
  }
  const next = asm.function(step as (sum: unknown) => unknown);
  const add = (pc: number): number => {
    asm.emit("FOLD", next);
    return asm.emit("JUMP", pc);
  };
  asm.emit(
    "MAP",
    asm.function(() => start()),
  );
  asm.emit("PUSH");
  lowerMany(
    context,
    { ...NO_LIST, p },
    {
      element: "value",
      until: "UNTIL_COUNT",
      open: () => {},
      close: () => {},
      add,
      collect: (pc) => {
        asm.land(asm.emit("COMMIT", 0));
        return add(pc);
      },
    },
  );
  asm.emit("POP");
}

/** `lengthCount`: a frame above the values so far knows how many are still to come, and how short they may be. */
export function lowerTimes(context: Lowering, node: CountedNode, want: Want): void {
  const { asm } = context;
  const { count, p } = node;
  const gathers = want !== "nothing";
  keepingValue(context, want, () => {
    context.lower(count, "value");
    if (gathers) asm.emit("LIST");
    const none = asm.emit("TIMES", context.least.of(p), 0);
    const loop = asm.here;
    const scope = needsScope(context, p);
    const choice = scope ? asm.emit("CHOICE", 0) : 0;
    context.lower(p, gathers ? "value" : "nothing");
    countRound(context);
    if (scope) {
      const done = asm.emit("COMMIT", 0);
      asm.land(choice);
      asm.emit("SCOPE_END");
      asm.land(done);
    }
    asm.emit(gathers ? "TIMES_ADD" : "TIMES_NEXT", loop);
    asm.land(none);
    if (gathers) asm.emit("LIST_END");
  });
}

/** An element; in a record its pair stays in two: the key on the stack, the value in the register. */
function element(context: Lowering, node: Node, gathering: Gathering): void {
  if (gathering.element !== "record") {
    context.lower(node, gathering.element);
    countRound(context);
    return;
  }
  const pair = pairOf(node);
  if (pair === undefined) throw new TypeError("a record is made of pairs");
  const [keyAt, valueAt] = pair.keep;
  pair.items.forEach((item, i) => {
    context.lower(item, i === keyAt ? "key" : i === valueAt ? "value" : "nothing");
    if (i === keyAt) context.asm.emit("PUSH");
  });
  countRound(context);
}

/** A round has come to its end. */
function countRound({ asm, counts }: Lowering): void {
  if (counts) asm.emit("STEP");
}

/** What may stand before a pair, one sequence in the other: what lies deeper is not looked for. */
const MOST_BEFORE = 4;

/** The sequence behind an element that gives a pair, where its two values can be taken apart. */
export function pairOf(node: Node, depth = 0): Pick<NodeOf<"seq">, "items" | "keep"> | undefined {
  const target = deref(node);
  if (target.kind !== "seq" || depth > MOST_BEFORE) return undefined;
  if (target.tuple) return target.keep.length === 2 ? target : undefined;
  // behind what is dropped
  const [kept = -1] = target.keep;
  const last = target.items[kept];
  const pair = kept === target.items.length - 1 && last !== undefined ? pairOf(last, depth + 1) : undefined;
  return pair && { items: [...target.items.slice(0, kept), ...pair.items], keep: pair.keep.map((at) => kept + at) };
}

/** An element that must come: nothing is tried beside it. It has a frame where a cut in it, or what it emits, needs a scope. */
function mandatory(context: Lowering, p: Node, gathering: Gathering, next: number | undefined): number {
  const { asm } = context;
  if (!needsScope(context, p)) {
    element(context, p, gathering);
    const added = gathering.add(next ?? 0);
    if (next === undefined) asm.land(added);
    return added;
  }
  const choice = asm.emit("CHOICE", 0);
  element(context, p, gathering);
  const added = gathering.collect(next ?? 0);
  asm.land(choice);
  asm.emit("SCOPE_END");
  if (next === undefined) asm.land(added);
  return added;
}

function lowerMany(context: Lowering, node: RepeatNode, gathering: Gathering): void {
  const { asm } = context;
  const { p, min, max } = node;
  const unbounded = max === Number.POSITIVE_INFINITY;
  if (min === 1 && unbounded) {
    mandatory(context, p, gathering, undefined);
  } else if (min > 0) {
    const loop = asm.here;
    const enough = asm.emit(gathering.until, min, 0);
    mandatory(context, p, gathering, loop);
    asm.land(enough);
  }
  const loop = asm.here;
  const outs: number[] = [];
  if (!unbounded) outs.push(asm.emit(gathering.until, max, 0));
  if (isDecided(context, p) && gathering.element !== "record") {
    const { miss, rest } = test(context, p);
    outs.push(miss);
    rest(gathering.element);
    countRound(context);
    gathering.add(loop);
  } else {
    outs.push(asm.emit("CHOICE", 0));
    element(context, p, gathering);
    if (unbounded && mayIdle(context, p)) asm.progress(node);
    gathering.collect(loop);
  }
  for (const out of outs) asm.land(out);
}

function lowerSeparated(context: Lowering, node: RepeatNode, sep: Node, gathering: Gathering): void {
  const { asm, analysis } = context;
  const { p } = node;
  const outs: number[] = [];
  if (isDecided(context, sep) && !needsScope(context, p) && !node.trailing) {
    // one copy of the element serves as the first and as every later one
    if (node.min === 0) {
      if (isDecided(context, p)) {
        const set = asm.set(analysis.firstSet(p));
        const at = asm.emit("TEST_SET", ...set, 0);
        asm.expects(at, () => context.expectedAt(p));
        outs.push(at);
      } else {
        outs.push(asm.emit("CHOICE", 0));
        element(context, p, gathering);
        asm.land(gathering.collect(0));
        const later = test(context, sep);
        outs.push(later.miss);
        later.rest("nothing");
      }
    }
    const loop = asm.here;
    element(context, p, gathering);
    asm.land(gathering.add(0));
    const { miss, rest } = test(context, sep);
    outs.push(miss);
    rest("nothing");
    asm.emit("JUMP", loop);
    for (const out of outs) asm.land(out);
    return;
  }
  if (node.min === 0) {
    outs.push(asm.emit("CHOICE", 0));
    element(context, p, gathering);
    asm.land(gathering.collect(0));
  } else mandatory(context, p, gathering, undefined);
  const loop = asm.here;
  outs.push(asm.emit("CHOICE", 0));
  context.lower(sep, "nothing");
  const idle = mayIdle(context, p) && mayIdle(context, sep);
  if (!node.trailing) {
    element(context, p, gathering);
    if (idle) asm.progress(node);
    gathering.collect(loop);
  } else {
    const absent = asm.emit("CHOICE", 0);
    element(context, p, gathering);
    asm.land(asm.emit("COMMIT", 0));
    if (idle) asm.progress(node);
    gathering.collect(loop);
    asm.land(absent);
    outs.push(asm.emit("COMMIT", 0));
  }
  for (const out of outs) asm.land(out);
}

/** `or(end, p)` repeated, or with a separator `or(end, p)` and then `or(end, seq(sep, p))` repeated. */
function lowerUntilEnd(context: Lowering, node: RepeatNode, end: Node, gathering: Gathering, ends: Lowering): void {
  const { asm } = context;
  const first = asm.here;
  const outs = [lowerEnd(ends, end)];
  if (node.sep === undefined) {
    step(context, node, [node.p], gathering, first);
  } else {
    step(context, node, [node.p], gathering, undefined);
    const loop = asm.here;
    outs.push(lowerEnd(ends, end));
    step(context, node, [node.sep, node.p], gathering, loop);
  }
  for (const out of outs) asm.land(out);
}

/** Whether a parser may succeed without reading; a recovery may. */
function mayIdle({ analysis, recovers }: Lowering, node: Node): boolean {
  const facts = analysis.of(node);
  return facts.nullable || (recovers && facts.recovers);
}

/** Tries `end`; gives the instruction that leaves the repetition. */
function lowerEnd(context: Lowering, end: Node): number {
  const { asm } = context;
  const decided = isDecided(context, end);
  if (decided) {
    const { miss, rest } = test(context, end);
    rest("nothing");
    const out = asm.emit("JUMP", 0);
    asm.land(miss);
    return out;
  }
  const choice = asm.emit("CHOICE", 0);
  context.lower(end, "nothing");
  const out = asm.emit("COMMIT", 0);
  asm.land(choice);
  return out;
}

/** One iteration that must succeed: the last item is the element. */
function step(
  context: Lowering,
  node: RepeatNode,
  items: readonly Node[],
  gathering: Gathering,
  next: number | undefined,
): void {
  const { asm, analysis } = context;
  const facts = items.map((item) => analysis.of(item));
  const idle = next !== undefined && items.every((item) => mayIdle(context, item));
  const scope = idle || facts.some((f) => f.cuts || f.emits);
  const choice = scope ? asm.emit("CHOICE", 0) : 0;
  items.forEach((item, i) => {
    if (i < items.length - 1) context.lower(item, "nothing");
    else element(context, item, gathering);
  });
  if (idle) asm.progress(node);
  const added = scope ? gathering.collect(next ?? 0) : gathering.add(next ?? 0);
  if (scope) {
    asm.land(choice);
    asm.emit("SCOPE_END");
  }
  if (next === undefined) asm.land(added);
}
