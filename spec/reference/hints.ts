// What a diagnostic proposes, held against what comes of it: the twin parses the text as it would be.
import type { Diagnostic } from "../../src/index.ts";
import type { Change } from "./twin/report.ts";
import type { TwinFailure, TwinResult } from "./twin/twin.ts";

type Note = Diagnostic["notes"][number];
type FixIt = Diagnostic["fixits"][number];

const DANGLING = "nothing follows it";
const ENDLESS = Number.POSITIVE_INFINITY;
const NEAR = /^did you mean (.*)\?$/;

/** Whether a note says what was probably meant. */
export function isHint({ message }: Note): boolean {
  return message === DANGLING || NEAR.test(message);
}

/** A fix-it of closers or hints that does not do what it is there for; undefined if each does. */
export function faultOfHints({ notes, fixits }: Diagnostic, said: TwinResult): string | undefined {
  const { failure } = said;
  if (failure === undefined) return undefined;
  const grouped = fixits.filter(({ group }) => group !== undefined);
  if (grouped.length > 0 && said.changed(grouped)?.ok === false) return "the fix-its together do not end the input";
  for (const fix of fixits) {
    // what stands behind it is that which stood at the failure, or behind the beginning of a word
    const behind = Math.max(failure.offset, fix.span.start.offset) + fix.insert.length;
    if (fix.likely === false && (reachOf(said, fix) ?? 0) > behind)
      return `${shown(fix)} is called unlikely, and helps`;
  }
  const dangling = notes.find(({ message }) => message === DANGLING)?.span;
  if (dangling !== undefined) {
    const { start, end } = dangling;
    const shorter = failure.offset - (end.offset - start.offset);
    if ((reachOf(said, { span: dangling, insert: "" }) ?? ENDLESS) <= shorter)
      return "the separator that nothing follows may as well stay";
  }
  const words = notes.flatMap(({ message }) => NEAR.exec(message)?.[1]?.match(/"[^"]*"/g) ?? []);
  for (const word of words.map((one) => one.slice(1, -1))) {
    const agreed = said.agreed(word);
    if (agreed < 2 || agreed === word.length) return `${word} is not near`;
    const { start } = failure.report.at;
    const span = { start, end: { ...start, offset: start.offset + agreed } };
    if ((reachOf(said, { span, insert: word }) ?? ENDLESS) < start.offset + word.length)
      return `${word} would be as wrong`;
  }
  const missing = missed(said, failure);
  const isTold = missing === undefined || dangling !== undefined || words.includes(missing);
  return isTold || fixits.some(({ insert }) => missing.endsWith(insert)) ? undefined : `${missing} is near`;
}

/** How far the parse gets with a change; nothing where the twin can't know. */
function reachOf(said: TwinResult, change: Change): number | undefined {
  const changed = said.changed([change]);
  return changed?.ok === true ? ENDLESS : changed?.farthest.offset;
}

/** The one word that failed there, is cut short, and is like no other text of the grammar. */
function missed(said: TwinResult, { code, expected }: TwinFailure): string | undefined {
  if (code !== undefined) return undefined;
  const words = expected.flatMap((one) => /^token:(\w{3,})$/.exec(one)?.[1] ?? []);
  const near = words.filter((word) => {
    const agreed = said.agreed(word);
    return agreed >= 2 && 3 * agreed >= word.length && agreed < word.length;
  });
  const [only, ...others] = near;
  if (only === undefined || others.length > 0 || !said.isCutShort(only)) return undefined;
  const beginning = only.slice(0, said.agreed(only));
  return said.texts.every((text) => text === only || !text.startsWith(beginning)) ? only : undefined;
}

function shown({ span, insert }: FixIt): string {
  return `inserting ${JSON.stringify(insert)} at ${span.start.offset}`;
}
