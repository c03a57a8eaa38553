// The input that is kept for the excerpts of a diagnostic. It is not part of the diagnostic (semantics, rule 31): it is
// in a separate table, is freed with the diagnostic, and a copy of the diagnostic has none.

import type { Diagnostic } from "../data/model.ts";
import type { Bytes } from "./dump.ts";
import type { Fragment } from "./fragment.ts";

/** How much of a line is kept before the place of a diagnostic, in units. */
export const KEPT_BEFORE = 4096;

interface Kept {
  readonly fragments: readonly Fragment[];
  /** For binary input, the bytes around the place. */
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

/** Copies what is kept to a copy of a diagnostic. */
export function keepAlso<D extends Diagnostic>(from: Diagnostic, to: D): D {
  const kept = table.get(from);
  if (kept !== undefined) table.set(to, kept);
  return to;
}
