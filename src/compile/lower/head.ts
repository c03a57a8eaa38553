// The head of what is emitted: all of it up to where only space is left to be skipped. The space is deferred, and read once the
// value has left (semantics, rule 17). Frames that are open there are left first, as if the deferred part stood behind them:
//
//     rule r: a "," ws     →     rule r: a "," defer(ws)  … tuple … emit  run_deferred     ws is read here, inside r again
import type { Node, NodeOf } from "../../grammar/node.ts";
import { lowerChoice, lowerOpt } from "./choice.ts";
import type { Lowering, Want } from "./lowering.ts";
import { keepingValue } from "./read.ts";
import { lowerRecover } from "./recover.ts";
import { lowerRepeat } from "./repeat.ts";
import { lowerAttempt, lowerBetween, lowerCut, lowerFrame, lowerLabel, nothing } from "./scope.ts";
import { lowerSeq } from "./seq.ts";

/** `emit`. Where what comes last does not depend on what was read, it is written behind the `emit`. */
export function lowerEmit(context: Lowering, node: NodeOf<"emit">, want: Want): void {
  const { asm, skips } = context;
  keepingValue(context, want, () => {
    const { body, tail } = splitTail(context, node.p);
    if (!skips.endsSo(body, false)) {
      context.lower(body, "value");
      asm.emit("EMIT");
      const keeps = tail.some((item) => context.analysis.of(item).sets);
      if (keeps) asm.emit("PUSH");
      for (const item of tail) context.lower(item, "nothing");
      if (keeps) asm.emit("POP");
      return;
    }
    context.head(node.p, "value", false);
    asm.emit("EMIT");
    asm.land(asm.emit("RUN_DEFERRED", 0));
  });
}

/** How many levels deep a tail is looked for. */
const DEEPEST_TAIL = 100;

/** A body without what comes last in it and can only be skipped; and that. */
function splitTail(context: Lowering, node: Node, depth = 0): { readonly body: Node; readonly tail: readonly Node[] } {
  if (depth > DEEPEST_TAIL) return { body: node, tail: [] };
  if (node.kind === "map" || node.kind === "as") {
    const { body, tail } = splitTail(context, node.p, depth + 1);
    return { body: tail.length === 0 ? node : { ...node, p: body }, tail };
  }
  if (node.kind !== "seq") return { body: node, tail: [] };
  const { items, skipped } = context.skips.splitSeq(node, false);
  const [only] = items;
  if (skipped.length > 0 && items.length === 1 && only !== undefined && !node.tuple) {
    const inner = splitTail(context, only, depth + 1);
    return { body: inner.body, tail: [...inner.tail, ...skipped] };
  }
  return { body: skipped.length === 0 ? node : { ...node, items }, tail: skipped };
}

/**
 * A parser up to what comes last in it and can only be skipped.
 *
 * @param strictly whether the deferred part must not be able to fail at all, because its failure would be caught around it.
 */
export function lowerHead(context: Lowering, node: Node, want: Want, strictly: boolean): void {
  const { asm } = context;
  const inner = lastPart(context, strictly);
  switch (node.kind) {
    case "seq": {
      const { items, skipped } = context.skips.splitSeq(node, strictly);
      lowerSeq(context, { ...node, items }, want, inner);
      if (skipped.length > 0) context.defer(skipped);
      return;
    }
    case "choice":
      lowerChoice(inner, node.items, want);
      return;
    case "opt":
      lowerOpt(inner, node, want);
      return;
    case "as":
      inner.lower(node.p, "nothing");
      if (want !== "nothing") asm.emit("CONST", asm.constant(node.value));
      return;
    case "skip":
      inner.lower(node.p, "nothing");
      nothing(context, want);
      return;
    case "doc":
      inner.lower(node.p, want);
      return;
    case "label":
      lowerLabel(inner, node, want);
      return;
    case "attempt":
      lowerAttempt(lastPart(context, true), node, want);
      return;
    case "cut":
      lowerCut(inner, node, want);
      return;
    case "frame":
      lowerFrame(inner, node, want);
      return;
    case "between":
      lowerBetween(context, node, want, inner);
      return;
    case "repeat":
      lowerRepeat(context, node, want, inner);
      return;
    case "recover":
      lowerRecover(context, node, want, lastPart(context, true));
      return;
    case "emit":
      keepingValue(context, want, () => {
        inner.lower(node.p, "value");
        asm.emit("EMIT");
      });
      return;
    default:
      context.lowerIn(inner, node, want);
  }
}

/** The same lowering, for a parser that stands last. */
function lastPart(context: Lowering, strictly: boolean): Lowering {
  return { ...context, lower: (node, want) => context.head(node, want, strictly) };
}
