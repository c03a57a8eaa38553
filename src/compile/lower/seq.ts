// Sequences: values that are kept wait on the stack.
import type { NodeOf } from "../../grammar/node.ts";
import type { Lowering, Want } from "./lowering.ts";
import { noteQuotes, nothing } from "./scope.ts";

/** @param last what writes the last item, if that is written in a way of its own. */
export function lowerSeq(context: Lowering, node: NodeOf<"seq">, want: Want, last: Lowering = context): void {
  const { asm } = context;
  const lastKept = node.keep.at(-1);
  const keeps =
    want !== "nothing" &&
    lastKept !== undefined &&
    node.items.slice(lastKept + 1).some((item) => context.analysis.of(item).sets);
  const starts = node.items.map((item, i) => {
    const at = asm.here;
    const kept = want !== "nothing" && node.keep.includes(i);
    const writer = i === node.items.length - 1 ? last : context;
    writer.lower(item, !kept ? "nothing" : node.tuple ? "value" : want);
    if (kept && (i !== lastKept || keeps)) asm.emit("PUSH");
    return at;
  });
  noteQuotes(context, node, starts[1] ?? 0, starts[2] ?? 0);
  if (keeps) asm.emit("POP");
  if (want === "nothing") return;
  if (node.tuple) asm.emit("TUPLE", node.keep.length);
  else if (lastKept === undefined) nothing(context, want);
}
