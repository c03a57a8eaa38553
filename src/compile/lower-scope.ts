// Frames around a parser: commits, brackets, look-ahead, labels, leaves, text and position.
import type { Node, NodeOf } from "../grammar/node.ts";
import { deref } from "./analysis.ts";
import { forbidden, ownExpectation, rulesAt } from "./expected.ts";
import { isDispatched, lowerDispatched } from "./lower-choice.ts";
import { keepingValue, setsValue } from "./lower-read.ts";
import { eat, isDecided } from "./lower-test.ts";
import type { Lowering, Want } from "./lowering.ts";

/** `between`: committed from its opener on; the frame knows where that stood (semantics, rule 6). */
export function lowerBetween(context: Lowering, node: NodeOf<"between">, want: Want): void {
  const { asm, analysis } = context;
  const eaten = eat(node.open);
  if (eaten !== undefined && analysis.of(eaten.rest).sure && analysis.of(eaten.rest).nullable) {
    asm.expects(asm.emit("BRACKET", eaten.char), () => context.expectedAt(node.open));
    context.lower(eaten.rest, "nothing");
  } else {
    asm.emit("OPEN");
    context.lower(node.open, "nothing");
    asm.emit("OPENED");
  }
  context.lower(node.p, want);
  const fixed = isFixed(context, node.close);
  const keeps = want !== "nothing" && setsValue(node.close);
  if (keeps) asm.emit("PUSH");
  if (!fixed) asm.emit("CLOSING");
  const from = asm.here;
  context.lower(node.close, "nothing");
  asm.closers.push({ from, to: asm.here, fixed, insert: fixedText(node.close) });
  if (keeps) asm.emit("POP");
  asm.emit("CLOSE");
}

/** Whether a parser is a fixed text, perhaps with something after it that can't fail. */
function isFixed(context: Lowering, node: Node): boolean {
  if (node.kind === "text") return true;
  if (node.kind !== "seq") return false;
  const [first, ...rest] = node.items;
  const tail = rest.map((item) => context.analysis.of(item));
  return first !== undefined && isFixed(context, first) && tail.every((facts) => facts.sure && facts.nullable);
}

/** The text of a parser that reads fixed text and perhaps space after it. */
function fixedText(node: Node): string | undefined {
  const target = deref(node);
  if (target.kind === "text") return target.text;
  if (target.kind === "seq" && target.items[0] !== undefined) return fixedText(target.items[0]);
  return "p" in target && target.kind !== "repeat" && target.kind !== "rule" ? fixedText(target.p) : undefined;
}

export function lowerCut(context: Lowering, node: NodeOf<"cut">, want: Want): void {
  context.asm.emit("CUT_BEGIN");
  context.lower(node.p, want);
  context.asm.emit("CLOSE");
}

export function lowerAttempt(context: Lowering, node: NodeOf<"attempt">, want: Want): void {
  context.asm.emit("ATTEMPT");
  context.lower(node.p, want);
  context.asm.emit("ATTEMPT_END");
}

export function lowerLookahead(context: Lowering, node: NodeOf<"lookahead">, want: Want): void {
  context.asm.emit("LOOK");
  context.lower(node.p, want);
  context.asm.emit("LOOK_END");
}

/** `notFollowedBy`; one character needs no frame. */
export function lowerNot(context: Lowering, node: NodeOf<"notFollowedBy">, want: Want): void {
  const { asm, analysis } = context;
  const expected = () => [forbidden(node.p, analysis)];
  const target = deref(node.p);
  if (target.kind === "set") {
    asm.expects(asm.emit("NOT_SET", ...asm.set(target.set)), expected);
  } else {
    const at = asm.expects(asm.emit("NOT", 0), expected);
    context.lower(node.p, "nothing");
    asm.emit("NOT_END");
    asm.land(at + 1);
  }
  nothing(context, want);
}

/** `label`; where the next character decides, it needs no frame: nothing else fails at the start. */
export function lowerLabel(context: Lowering, node: NodeOf<"label">, want: Want): void {
  const { asm, analysis } = context;
  const expected = () => [{ kind: "rule" as const, text: node.name }];
  const within = () => rulesAt(node.p, analysis);
  if (node.p.kind === "choice" && isDispatched(context, node.p.items)) {
    lowerDispatched(context, node.p.items, want, expected);
    return;
  }
  if (!isDecided(context, node.p)) {
    asm.expects(asm.emit("LABEL", asm.label(node.name)), expected);
    context.lower(node.p, want);
    asm.emit("LABEL_END");
    return;
  }
  const eaten = eat(node.p);
  if (eaten !== undefined) {
    asm.expects(asm.emit("CHAR", eaten.char), expected, within);
    context.lower(eaten.rest, want);
    return;
  }
  const test = asm.expects(asm.emit("TEST_SET", ...asm.set(analysis.firstSet(node.p)), 0), expected, within);
  context.lower(node.p, want);
  const end = asm.emit("JUMP", 0);
  asm.land(test + 4);
  asm.emit("REFAIL");
  asm.land(end + 1);
}

export function lowerLeaf(context: Lowering, node: NodeOf<"leaf">, want: Want): void {
  const { asm } = context;
  const expected = () => [ownExpectation(node) ?? { kind: "eof" as const }];
  const outer = asm.leafExpects;
  // a leaf inside a leaf fails for the one around it
  asm.leafExpects ??= expected;
  asm.expects(asm.emit(node.aloud === true ? "ALOUD" : "LEAF", asm.leaf(node.expected)), expected);
  context.lower(node.p, want);
  asm.emit("LEAF_END");
  asm.leafExpects = outer;
}

/** Space records no failure; a plain span has none to record. */
export function lowerTrivia(context: Lowering, node: NodeOf<"trivia">, want: Want): void {
  const { asm } = context;
  const plain = isPlainSpan(node.p);
  if (!plain) asm.emit("QUIET");
  context.lower(node.p, want);
  if (!plain) asm.emit("QUIET_END");
}

function isPlainSpan(node: Node): boolean {
  return node.kind === "skip" || node.kind === "trivia" ? isPlainSpan(node.p) : node.kind === "span" && node.min === 0;
}

export function lowerSlice(context: Lowering, node: NodeOf<"slice">, want: Want): void {
  const { asm } = context;
  if (want === "nothing") {
    context.lower(node.p, "nothing");
    return;
  }
  // over a single leaf it becomes one instruction with it, and fails for it
  asm.expects(asm.emit("MARK", -1, 0), () => context.expectedAt(node.p));
  context.lower(node.p, "nothing");
  asm.emit("SLICE");
}

export function lowerSpanned(context: Lowering, node: NodeOf<"spanned">, want: Want): void {
  const { asm } = context;
  if (want === "nothing") {
    context.lower(node.p, "nothing");
    return;
  }
  asm.emit("SPANNED");
  context.lower(node.p, "value");
  asm.emit("SPANNED_END");
}

/** `emit`; what comes after the value, can't fail and is dropped, is read after it has left (semantics, rule 17). */
export function lowerEmit(context: Lowering, node: NodeOf<"emit">, want: Want): void {
  keepingValue(context, want, () => {
    const { body, tail } = splitTail(context, node.p);
    context.lower(body, "value");
    context.asm.emit("EMIT");
    for (const item of tail) context.lower(item, "nothing");
  });
}

/** A body without what comes last in it, can't fail and is dropped; and that. */
function splitTail(context: Lowering, node: Node): { readonly body: Node; readonly tail: readonly Node[] } {
  if (node.kind === "map" || node.kind === "as") {
    const { body, tail } = splitTail(context, node.p);
    return { body: { ...node, p: body }, tail };
  }
  const kept = node.kind === "seq" && !node.tuple ? node.keep[0] : undefined;
  if (node.kind !== "seq" || kept === undefined) return { body: node, tail: [] };
  const dropped = node.items.slice(kept + 1).flatMap(partsOf);
  const harmful = dropped.findLastIndex((item) => {
    const facts = context.analysis.of(item);
    return !facts.sure || !facts.nullable || facts.cuts || facts.emits;
  });
  const needed = dropped.slice(0, harmful + 1);
  const tail = dropped.slice(harmful + 1);
  const leading = node.items.slice(0, kept + 1);
  const [only] = leading;
  if (only === undefined || leading.length > 1 || needed.length > 0) {
    return { body: { ...node, items: [...leading, ...needed] }, tail };
  }
  const inner = splitTail(context, only);
  return { body: inner.body, tail: [...inner.tail, ...tail] };
}

/** What a dropped sequence is made of. */
function partsOf(node: Node): readonly Node[] {
  return node.kind === "seq" ? node.items.flatMap(partsOf) : [node];
}

/** `refine`: what a function thinks of a value and of where it stood. */
export function lowerRefine(context: Lowering, node: NodeOf<"refine">, want: Want): void {
  const { asm } = context;
  keepingValue(context, want, () => {
    if (node.keepsText) asm.emit("MARK", -1, 0);
    else asm.emit("SPANNED");
    context.lower(node.p, "value");
    const at = asm.emit("REFINE", asm.judge(node.f));
    if (asm.leafExpects !== undefined) asm.expects(at, asm.leafExpects);
  });
}

export function lowerCheckpoint(context: Lowering, node: NodeOf<"checkpoint">, want: Want): void {
  context.asm.emit("SPANNED");
  context.lower(node.p, want);
  context.asm.emit("CHECKPOINT");
}

export function lowerFrame(context: Lowering, node: NodeOf<"frame">, want: Want): void {
  context.asm.emit("FRAME", context.asm.label(node.name));
  context.lower(node.p, want);
  context.asm.emit("FRAME_END");
}

export function lowerAndThen(context: Lowering, node: NodeOf<"andThen">, want: Want): void {
  const { asm } = context;
  keepingValue(context, want, () => {
    context.lower(node.p, "value");
    asm.emit("BIND", asm.function(node.f), node.space === undefined ? -1 : asm.constant(node.space));
  });
}

/** The value of a parser that has none to give. */
export function nothing(context: Lowering, want: Want): void {
  if (want !== "nothing") context.asm.emit("CONST", context.asm.constant(undefined));
}
