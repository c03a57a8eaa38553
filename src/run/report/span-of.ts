// A span in the source with the name that the run gives it.
import type { Position, Span } from "../../text/index.ts";

/** What the texts of a run depend on. */
export interface Wording {
  readonly source: string | undefined;
  readonly locale?: string | undefined;
}

export function spanOf({ source }: Wording, start: Position, end: Position): Span {
  return source === undefined ? { start, end } : { source, start, end };
}
