// What was probably meant where a parse failed: a word of which only the beginning is there, or no separator.
import type { Diagnostic } from "../../diagnostics/data/model.ts";
import { either, formatMessage, quoted } from "../../diagnostics/messages/templates.ts";
import type { Expectation } from "../../grammar/expectation.ts";
import type { Failure } from "../../machine/index.ts";
import { fixItOf } from "./fix-it.ts";
import { spanOf, type Wording } from "./span-of.ts";

/** The most words that one note names. */
const MOST_NAMED = 3;

/** Notes and fix-its, to follow those that a diagnostic has anyway. */
type Suggestion = Pick<Diagnostic, "notes" | "fixits">;

/** @param expected all that was expected, merged. */
export function suggested(
  { dangling, near }: Extract<Failure, { kind: "unexpected" }>,
  expected: readonly Expectation[],
  wording: Wording,
): Suggestion {
  const { locale } = wording;
  if (dangling !== undefined) {
    const span = spanOf(wording, dangling.start, dangling.end);
    return { notes: [{ span, message: formatMessage(locale, "dangling") }], fixits: [{ span, insert: "" }] };
  }
  if (near === undefined) return { notes: [], fixits: [] };
  const { texts, rest } = near;
  const names = texts.slice(0, MOST_NAMED).map((text) => quoted(text, locale));
  // what is the one thing expected has been said
  const [only] = expected;
  const isExpected = expected.length === 1 && texts.length === 1 && only?.kind !== "eof" && only?.text === texts[0];
  const notes = isExpected ? [] : [{ message: formatMessage(locale, "near", either(locale, names)) }];
  return { notes, fixits: rest === undefined ? [] : [fixItOf(rest, wording)] };
}
