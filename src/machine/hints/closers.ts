// The closers that are missing where a parse failed, and whether they would help.
import type { Machine } from "../control/machine.ts";
import { type Insertion, insertionOf } from "./insertion.ts";
import { mayFollow, wouldEnd } from "./trial.ts";

/**
 * What would close the brackets that are open where the parse failed; the next one after that only if that ends it.
 *
 * @param ends whether the run ends with this failure: only then is it tried what would follow.
 */
export function missingClosers(m: Machine, ends: boolean): readonly Insertion[] {
  const { opened } = m;
  const [first, ...others] = opened?.brackets ?? [];
  const insert = first?.closer?.insert();
  if (opened?.closes !== true || insert === undefined) return [];
  const insertion = insertionOf(m, insert);
  if (!ends) return [insertion];
  const rest = others.map(({ closer }) => closer?.insert() ?? "");
  const atEnd = m.window.closed && m.farthest === m.window.base + m.window.end;
  if (!atEnd) return [{ ...insertion, helps: mayFollow(m) }];
  if (rest.length === 0 || rest.includes("") || !wouldEnd(m, rest)) return [insertion];
  return [insertion, ...rest.map((text) => insertionOf(m, text))].map((one) => ({ ...one, grouped: true }));
}
