// What a paused run waits for, in words.
import { expectedInWords } from "../../diagnostics/messages/expected.ts";
import { formatMessage } from "../../diagnostics/messages/templates.ts";
import type { ContinuationMeta, PendingReason } from "../session/outcome.ts";

/** One note for each fact: how to continue, what is open, what could come next, what is held. */
export function resumeNotes(reason: PendingReason, meta: ContinuationMeta, locale: string | undefined): string[] {
  const { resumeHint, expectedTokens, traceLabel, lastCheckpoint, buffered, commitWatermark } = meta;
  const notes: string[] = [];
  if (reason === "yield") notes.push(formatMessage(locale, "resume.turn"));
  else if (resumeHint.action === "pause") notes.push(formatMessage(locale, "resume.take"));
  else notes.push(formatMessage(locale, "resume.bytes", String(resumeHint.minBytes)));
  const open = traceLabel ?? resumeHint.frameBoundary;
  if (open !== undefined) notes.push(formatMessage(locale, "resume.inside", open));
  if (expectedTokens.length > 0)
    notes.push(formatMessage(locale, "resume.next", expectedInWords(expectedTokens, locale)));
  if (buffered > 0) notes.push(formatMessage(locale, "resume.held", String(buffered), String(commitWatermark)));
  if (lastCheckpoint !== undefined)
    notes.push(formatMessage(locale, "resume.checkpoint", String(lastCheckpoint.end.offset)));
  return notes;
}
