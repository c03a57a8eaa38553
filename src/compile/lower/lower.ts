// From nodes to code: one case for each kind of node, and the families beside this file.

import type { Expectation } from "../../grammar/expectation.ts";
import { finite } from "../../grammar/finite.ts";
import { deref } from "../../grammar/lazies.ts";
import type { DecodeNode, Node, NodeOf } from "../../grammar/node.ts";
import * as operand from "../code/operands.ts";
import { overlay } from "../code/overlay.ts";
import { Program } from "../code/program.ts";
import { thread } from "../code/thread.ts";
import { Analysis } from "../facts/analysis.ts";
import { decimalParts } from "../facts/decimal-shape.ts";
import { expectedAt } from "../facts/expected.ts";
import { Reads } from "../facts/input-kind.ts";
import { Skips } from "../facts/skips.ts";
import type { Unit } from "../facts/unit.ts";
import { Assembler } from "./assembler.ts";
import { lowerChoice, lowerOpt } from "./choice.ts";
import { lowerEmit, lowerHead } from "./head.ts";
import { Least } from "./least.ts";
import { type Lowering, type Part, Subroutines, type Want } from "./lowering.ts";
import {
  keepingValue,
  limited,
  lowerBytes,
  lowerLongest,
  lowerPieces,
  lowerPrimitive,
  lowerRead,
  lowerSet,
  lowerSized,
  lowerSpan,
  lowerTake,
  lowerTakeCount,
  lowerText,
  lowerUntil,
  lowerWithin,
} from "./read.ts";
import { lowerRecover } from "./recover.ts";
import { lowerFold, lowerRepeat, lowerTimes, pairOf } from "./repeat.ts";
import * as scope from "./scope.ts";
import { lowerSeq } from "./seq.ts";

/** What lies deeper in one parser than this becomes a subroutine, which is written later: so the native stack sets no limit. */
const DEEPEST = 200;

/** The runs that a program is for (those that recover, or count), and which part of its parser it does. */
export interface Wanted extends Pick<Lowering, "recovers" | "counts"> {
  readonly want: Want;
  readonly part: Part;
}

/** Makes the program of a unit of a grammar, whose spaces are resolved. */
export function lower(root: Node, unit: Unit, { want, part, recovers, counts }: Wanted): Program {
  let depth = 0;
  const asm = new Assembler();
  const analysis = new Analysis(root, unit);
  const calls = new Subroutines(analysis);
  const skips = new Skips(analysis);
  const context: Lowering = {
    asm,
    analysis,
    skips,
    least: new Least(analysis),
    recovers,
    counts,
    expectedAt: (node) => expectedAt(node, analysis),
    lower(node, what) {
      if (calls.wants(node) || depth > DEEPEST) {
        calls.call(context, node, what);
        return;
      }
      depth++;
      lowerInPlace(context, node, what);
      depth--;
    },
    lowerIn: lowerNode,
    head(node, what, strictly) {
      if (!skips.endsSo(node, strictly)) {
        context.lower(node, what);
        return;
      }
      const head = strictly ? "strict head" : "head";
      // what can be skipped is known before it is entered
      if (node !== root && skips.isOpen(node)) calls.link(context, node, what, head);
      else if (calls.wants(node) || depth > DEEPEST) calls.call(context, node, what, head);
      else {
        depth++;
        headInPlace(context, node, what, strictly);
        depth--;
      }
    },
    defer: (items) => calls.defer(context, items),
  };
  const entry = asm.here;
  if (root.kind !== "rule") calls.guard(context, root);
  if (part === "all") context.lower(root, want);
  else context.head(root, want, part === "strict head");
  const halt = asm.emit("HALT");
  calls.finish(context, (node, what, piece) => {
    const strictly = piece === "strict head";
    if (piece === "all" && node.kind !== "rule" && node.kind !== "lazy") lowerInPlace(context, node, what);
    else if (piece === "all") context.lower(node, what);
    else if (node.kind === "rule" || node.kind === "lazy" || (node !== root && skips.isOpen(node)))
      context.head(node, what, strictly);
    else headInPlace(context, node, what, strictly);
  });
  const deferredEnd = calls.defers ? asm.emit("RULE_RET") : 0;
  thread(asm.code, asm.jumps, asm.sets);
  const code = overlay(asm.code, asm.functions, asm.sets);
  const links = [...analysis.links];
  return new Program({ ...asm, root, entry, halt, deferredEnd, code, links, reads: new Reads(root, unit) });
}

const ROWS: readonly Node["kind"][] = ["seq", "between", "repeat", "fold", "times", "sized"];

/** Writes a node in place. */
function lowerInPlace(context: Lowering, node: Node, want: Want): void {
  inRow(context, node, () => lowerNode(context, node, want));
}

/** Writes a node up to what can only be skipped. */
function headInPlace(context: Lowering, node: Node, want: Want, strictly: boolean): void {
  inRow(context, node, () => lowerHead(context, node, want, strictly));
}

/** Parts in a row that hold a recovery have a frame, where the run recovers (semantics, rule 15). */
function inRow(context: Lowering, node: Node, write: () => void): void {
  const { asm, analysis, recovers } = context;
  const framed = recovers && ROWS.includes(node.kind) && analysis.of(node).recovers;
  if (framed) asm.emit("ROW");
  write();
  if (framed) asm.emit("ROW_END");
}

function lowerNode(context: Lowering, node: Node, want: Want): void {
  const { asm } = context;
  switch (node.kind) {
    case "ok":
      if (want !== "nothing") asm.emit("CONST", asm.constant(node.value));
      return;
    case "fail": {
      const { message, problem } = node;
      const at = asm.emit("FAIL");
      if (problem !== undefined) asm.problems.set(at, problem);
      if (message === undefined) return;
      asm.expects(at, () => [{ kind: "custom", text: message }]);
      asm.failMessages.set(at, message);
      return;
    }
    case "eof":
      asm.expects(asm.emit("EOF"), () => [{ kind: "eof" }]);
      scope.nothing(context, want);
      return;
    case "text":
      lowerText(context, node, want);
      return;
    case "bytes":
      lowerBytes(context, node, want);
      return;
    case "set":
      lowerSet(context, node, want);
      return;
    case "span":
      lowerSpan(context, node, want);
      return;
    case "until":
      lowerUntil(context, node, want);
      return;
    case "longest":
      lowerLongest(context, node, want);
      return;
    case "take":
      lowerTake(context, node, want);
      return;
    case "takeCount":
      lowerTakeCount(context, node, want);
      return;
    case "read":
      lowerRead(context, node, want);
      return;
    case "within":
      lowerWithin(context, node, want);
      return;
    case "primitive":
      lowerPrimitive(context, node, want);
      return;
    case "seq":
      lowerSeq(context, node, want);
      return;
    case "choice":
      lowerChoice(context, node.items, want);
      return;
    case "map":
      lowerMap(context, node, want);
      return;
    case "as":
      context.lower(node.p, "nothing");
      if (want !== "nothing") asm.emit("CONST", asm.constant(node.value));
      return;
    case "concat":
      lowerConcat(context, node.p, want);
      return;
    case "skip":
      context.lower(node.p, "nothing");
      scope.nothing(context, want);
      return;
    case "andThen":
      scope.lowerAndThen(context, node, want);
      return;
    case "rule":
    case "lazy":
      throw new Error("rules and lazies are called, not written in place");
    case "doc":
      context.lower(node.p, want);
      return;
    case "label":
      scope.lowerLabel(context, node, want);
      return;
    case "attempt":
      scope.lowerAttempt(context, node, want);
      return;
    case "cut":
      scope.lowerCut(context, node, want);
      return;
    case "cutHere":
      asm.emit("CUT");
      scope.nothing(context, want);
      return;
    case "opt":
      lowerOpt(context, node, want);
      return;
    case "repeat":
      lowerRepeat(context, node, want);
      return;
    case "between":
      scope.lowerBetween(context, node, want);
      return;
    case "lookahead":
      scope.lowerLookahead(context, node, want);
      return;
    case "notFollowedBy":
      scope.lowerNot(context, node, want);
      return;
    case "spanned":
      scope.lowerSpanned(context, node, want);
      return;
    case "position":
      if (want !== "nothing") asm.emit("POSITION");
      return;
    case "slice":
      scope.lowerSlice(context, node, want);
      return;
    case "leaf":
      scope.lowerLeaf(context, node, want);
      return;
    case "whole":
      scope.lowerWhole(context, node, want);
      return;
    case "fold":
      lowerFold(context, node, want);
      return;
    case "times":
      lowerTimes(context, node, want);
      return;
    case "sized":
      lowerSized(context, node, want);
      return;
    case "decode":
      lowerDecode(context, node, want);
      return;
    case "trivia":
      scope.lowerTrivia(context, node, want);
      return;
    case "pieces":
      lowerPieces(context, node, want);
      return;
    case "emit":
      lowerEmit(context, node, want);
      return;
    case "refine":
      lowerRefine(context, node, want);
      return;
    case "checkpoint":
      scope.lowerCheckpoint(context, node, want);
      return;
    case "frame":
      scope.lowerFrame(context, node, want);
      return;
    case "trace":
      scope.lowerTrace(context, node, want);
      return;
    case "recover":
      lowerRecover(context, node, want);
      return;
    case "space":
    case "withSpace":
      throw new Error("spaces are resolved before anything is lowered");
  }
}

function lowerMap(context: Lowering, node: NodeOf<"map">, want: Want): void {
  const { asm } = context;
  if (want === "nothing") context.lower(node.p, want);
  else if (node.f === Number && node.p.kind === "label") context.lower(withinLabel(node, node.p), want);
  else if (node.f === Object.fromEntries && gathersRecord(context, node.p)) context.lower(node.p, "record");
  else if (node.f === Number && node.p.kind === "slice" && lowerDecimal(context, node.p.p)) {
    asm.emit("SLICE");
    asm.emit("MAP", asm.function(node.f));
  } else {
    context.lower(node.p, "value");
    asm.emit("MAP", asm.function(node.f));
  }
}

const inLabels = new WeakMap<Node, Node>();

/** A number that is made of a labelled text, as a labelled number: so the number is lowered as one. */
function withinLabel(node: NodeOf<"map">, label: NodeOf<"label">): Node {
  let known = inLabels.get(node);
  if (known === undefined) {
    known = { ...label, p: { ...node, p: label.p } };
    inLabels.set(node, known);
  }
  return known;
}

/** `refine`: a function accepts or refuses a value, and knows where it was read. A text begins where the frame began. */
function lowerRefine(context: Lowering, node: NodeOf<"refine">, want: Want): void {
  const { asm } = context;
  const { p, f } = node;
  keepingValue(context, want, () => {
    if (p.kind !== "slice" || p.bytes === true) {
      asm.emit("REFINE_BEGIN", node.goesBack ? 2 : node.keepsText ? 1 : 0);
      context.lower(p, "value");
    } else {
      if (f !== finite || !lowerDecimal(context, p.p)) {
        asm.emit("REFINE_BEGIN", node.goesBack ? 2 : 1);
        context.lower(p.p, "nothing");
      }
      asm.emit("SLICED");
    }
    asm.emit("REFINE_END", asm.refiner(f));
  });
}

/** `decode`: the text is kept until its function has returned, or has thrown and the other parser begins where the text does. */
function lowerDecode(context: Lowering, node: DecodeNode, want: Want): void {
  const { asm } = context;
  keepingValue(context, want, () => {
    asm.emit("REFINE_BEGIN", 2);
    context.lower(node.p, "nothing");
    asm.emit("SLICED");
    const decode = asm.emit("DECODE", asm.function(node.f), 0);
    asm.emit("REWIND");
    limited(context, node.otherwise, want === "nothing" ? "nothing" : "value", -1);
    asm.land(decode);
  });
}

/**
 * The parts of a number in decimal digits, under one instruction that reads them as one; what makes the number comes
 * next, in three places.
 */
function lowerDecimal(context: Lowering, node: Node): boolean {
  const { asm } = context;
  const parts = decimalParts(node);
  if (parts === undefined) return false;
  const [minus, whole, fraction, power] = parts;
  const at = asm.emit("DECIMAL", 0, 0);
  context.lower(minus, "nothing");
  context.lower(whole, "nothing");
  asm.code[at + operand.DECIMAL_DIGIT] = asm.here;
  context.lower(fraction, "nothing");
  asm.code[at + operand.DECIMAL_END] = asm.here;
  context.lower(power, "nothing");
  return true;
}

/** The texts of a repetition as one; runs of plain characters between others are the common case (string literals). */
function lowerConcat(context: Lowering, p: Node, want: Want): void {
  const { asm, analysis } = context;
  if (want === "nothing") {
    context.lower(p, want);
    return;
  }
  const target = deref(p);
  const parts = target.kind === "repeat" ? runsAndOthers(context, target) : undefined;
  if (parts === undefined) {
    const joins = gathersTexts(p);
    context.lower(p, joins ? "text" : "value");
    if (!joins) asm.emit("JOIN_LIST");
    return;
  }
  const { run, other } = parts;
  const set = asm.set(run.set);
  const silent = asm.inLiteral;
  const more = (): readonly Expectation[] => (silent ? [] : context.expectedAt(run));
  asm.expects(asm.emit(want === "key" ? "KEY" : "MARK", -1, 0), more);
  asm.emit("SPAN", ...set);
  asm.emit("SLICE");
  const test = (): number => {
    const at = asm.emit("TEST_SET", ...asm.set(analysis.firstSet(other)), 0);
    asm.expects(at, () => (silent ? [] : [...more(), ...context.expectedAt(other)]));
    return at;
  };
  // one run alone, the common case, needs no frame
  const plain = test();
  asm.emit("JOIN", 1);
  const loop = asm.here;
  context.lower(other, "value");
  if (context.counts) asm.emit("STEP");
  asm.land(asm.emit("JOIN_ADD", 0));
  asm.emit("MARK", -1, 0);
  asm.emit("SPAN", ...set);
  asm.emit("SLICE");
  asm.land(asm.emit("JOIN_ADD", 0));
  const last = test();
  asm.emit("JUMP", loop);
  asm.land(last);
  asm.emit("JOIN_END");
  asm.land(plain);
}

/** `many(choice([takeWhile1(set), other]))`, where `other` is decided by a character outside the set. */
function runsAndOthers(
  context: Lowering,
  node: Extract<Node, { kind: "repeat" }>,
): { run: Extract<Node, { kind: "span" }>; other: Node } | undefined {
  const { analysis } = context;
  const body = deref(node.p);
  if (node.sep || node.end || node.min > 0 || node.max !== Number.POSITIVE_INFINITY || node.collects !== "array")
    return;
  if (body.kind !== "choice" || body.items.length !== 2) return;
  const [run, other] = body.items;
  if (run?.kind !== "span" || run.min !== 1 || other === undefined) return;
  const facts = analysis.of(other);
  if (!facts.firm || facts.nullable || facts.early || facts.cuts || facts.emits) return;
  const only = analysis.firstSet(other).single();
  return only !== undefined && !run.set.has(only) ? { run, other } : undefined;
}

/** Whether texts can be put together as they come: nothing but `concat` sees the list. */
function gathersTexts(node: Node): boolean {
  return isGathered(node, ({ collects }) => collects === "array");
}

/** Pairs gathered to an object; where a pair may hold a recovery it is lowered as one, in its row. */
function gathersRecord({ analysis, recovers }: Lowering, node: Node): boolean {
  return makesRecord(node) && !(recovers && analysis.of(node).recovers);
}

/** Whether `Object.fromEntries` over this parser can build the object directly from keys and values. */
function makesRecord(node: Node): boolean {
  return isGathered(node, ({ collects, trailing, min, max, p }) => {
    return collects === "array" && !trailing && min <= 1 && max === Number.POSITIVE_INFINITY && pairOf(p) !== undefined;
  });
}

/** Whether what a parser gives is gathered by a repetition that is such, and handed on as it is. */
function isGathered(node: Node, isSuch: (node: NodeOf<"repeat">) => boolean, depth = 0): boolean {
  const target = deref(node);
  if (depth > DEEPEST) return false;
  switch (target.kind) {
    case "repeat":
      return isSuch(target);
    case "choice":
      return target.items.length > 0 && target.items.every((item) => isGathered(item, isSuch, depth + 1));
    case "between":
    case "rule":
    case "label":
    case "attempt":
    case "cut":
    case "doc":
      return isGathered(target.p, isSuch, depth + 1);
    case "seq": {
      const [kept] = target.keep;
      const item = kept === undefined || target.tuple ? undefined : target.items[kept];
      return item !== undefined && isGathered(item, isSuch, depth + 1);
    }
    default:
      return false;
  }
}
