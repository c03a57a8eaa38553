// Recovery. For runs that do not recover, only the scope of the `recover` is in the program.
import type { NodeOf } from "../../grammar/node.ts";
import type { Lowering, Want } from "./lowering.ts";

/** @param tries what writes the parser that may fail. */
export function lowerRecover(
  context: Lowering,
  node: NodeOf<"recover">,
  wanted: Want,
  tries: Lowering = context,
): void {
  const { asm, analysis, recovers } = context;
  const want = wanted === "key" ? "value" : wanted;
  if (!recovers && !analysis.of(node.p).cuts) {
    tries.lower(node.p, want);
    return;
  }
  const start = asm.emit("RECOVER", 0, asm.recoveries.push({ node, sync: () => context.expectedAt(node.until) }) - 1);
  tries.lower(node.p, want);
  const end = asm.emit("RECOVER_END", 0);
  asm.land(start);
  if (recovers) {
    const again = asm.here;
    const choice = asm.emit("CHOICE", 0);
    asm.emit("ATTEMPT");
    context.lower(node.until, "nothing");
    asm.emit("ATTEMPT_END");
    const commit = asm.emit("COMMIT", 0);
    asm.land(choice);
    asm.emit("SKIP_ONE", again);
    asm.land(commit);
    const made = want !== "nothing" && typeof node.value === "function";
    asm.emit("RESYNC", made ? 1 : 0);
    if (want !== "nothing" && !made) asm.emit("CONST", asm.constant(node.value));
  } else asm.emit("SCOPE_END");
  asm.land(end);
}
