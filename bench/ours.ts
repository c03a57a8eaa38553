// Our JSON grammar, driven as a user would: at once, and piece by piece.
import { run, unwrap } from "sluice";
import { json } from "sluice/formats/json";
import { CLOSED, parseLoopSync } from "sluice/stream";

export function batch(text: string): unknown {
  return unwrap(run(json, text));
}

export function stream(pieces: readonly (string | Uint8Array)[]): unknown {
  const loop = parseLoopSync(json);
  loop.next();
  for (const piece of pieces) loop.next(piece);
  const last = loop.next(CLOSED);
  if (!last.done) throw new Error("the parser waits for more after the end of its input");
  return unwrap(last.value.result);
}
