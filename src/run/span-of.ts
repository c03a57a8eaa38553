// A span in the source that a run names.
import type { Machine } from "../machine/index.ts";
import type { Position, Span } from "../text/index.ts";

export function spanOf(machine: Machine, start: Position, end: Position): Span {
  const { source } = machine.options;
  return source === undefined ? { start, end } : { source, start, end };
}
