// The rules around a failure, in words.
import type { Position } from "../../text/index.ts";
import type { Diagnostic } from "../data/model.ts";
import { formatMessage } from "../messages/templates.ts";

/** A rule that was open, and where it began, if that is known. */
interface Level {
  readonly name: string;
  readonly at: Position | undefined;
}

/** The innermost rules that were open, at most `most`. */
export function levelsOf({ context, contextAt }: Diagnostic, most: number): readonly Level[] {
  return context.slice(0, most).map((name, i) => ({ name, at: contextAt?.[i] }));
}

/** "while parsing array at 3:5" */
export function levelIn({ name, at }: Level, locale: string | undefined): string {
  return at === undefined
    ? formatMessage(locale, "parsing", name)
    : formatMessage(locale, "parsing.at", name, `${at.line}:${at.column}`);
}
