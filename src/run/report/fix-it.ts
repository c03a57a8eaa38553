// The insertion of a text, as a fix-it.
import type { FixIt } from "../../diagnostics/data/model.ts";
import type { Insertion } from "../../machine/index.ts";
import { spanOf, type Wording } from "./span-of.ts";

export function fixItOf({ at, text, helps, grouped }: Insertion, wording: Wording): FixIt {
  const fix: FixIt = { span: spanOf(wording, at, at), insert: text };
  const group = grouped ? { group: 1 } : {};
  return helps ? { ...fix, ...group } : { ...fix, likely: false, ...group };
}
