// What is kept of an input for the excerpts of a diagnostic. It is no part of the diagnostic (semantics, rule 31): it
// stands in a table beside it, goes with it, and a copy of the diagnostic has none.

import type { Diagnostic } from "../data/model.ts";
import type { Bytes } from "./dump.ts";
import type { Fragment } from "./fragment.ts";

/** How much of a line is kept before the place that a diagnostic speaks of, in units. */
export const KEPT_BEFORE = 4096;

interface Kept {
  readonly fragments: readonly Fragment[];
  /** Of binary input, the bytes around the place. */
  readonly bytes: Bytes | undefined;
  /** The locale of the run. */
  readonly locale: string | undefined;
}

const table: WeakMap<Diagnostic, Kept> = /* @__PURE__ */ new WeakMap();

/** Keeps text for a diagnostic, or bytes, and the locale of its messages. */
export function keep(
  diagnostic: Diagnostic,
  fragments: readonly Fragment[],
  locale: string | undefined,
  bytes?: Bytes,
): void {
  table.set(diagnostic, { fragments, bytes, locale });
}

/** What is kept for a diagnostic. */
export function keptFor(diagnostic: Diagnostic): Kept | undefined {
  return table.get(diagnostic);
}

/** Hands on what is kept, to a copy. */
export function keepAlso<D extends Diagnostic>(from: Diagnostic, to: D): D {
  const kept = table.get(from);
  if (kept !== undefined) table.set(to, kept);
  return to;
}
