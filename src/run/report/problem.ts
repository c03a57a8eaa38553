// A problem that a function found, in the language of the run.
import type { Diagnostic } from "../../diagnostics/data/model.ts";
import { formatMessage } from "../../diagnostics/messages/templates.ts";
import type { Problem, ProblemNote } from "../../grammar/problem.ts";

type Note = Diagnostic["notes"][number];

interface ProblemParts {
  readonly code: { readonly code?: string };
  readonly message: string;
  /** Its own notes, if it has any. */
  readonly notes: readonly Note[] | undefined;
  readonly fixits: NonNullable<Problem["fixits"]>;
}

export function problemParts(problem: Problem, locale: string | undefined): ProblemParts {
  const { code, notes, fixits = [] } = problem;
  return {
    code: code === undefined ? {} : { code },
    message: inWords(problem, locale),
    notes: notes?.map((note) => noteOf(note, locale)),
    fixits,
  };
}

function noteOf(note: ProblemNote, locale: string | undefined): Note {
  const message = inWords(note, locale);
  return note.span === undefined ? { message } : { span: note.span, message };
}

function inWords({ message, messageKey, args = [] }: Problem | ProblemNote, locale: string | undefined): string {
  return locale === undefined || messageKey === undefined ? message : formatMessage(locale, messageKey, ...args);
}
