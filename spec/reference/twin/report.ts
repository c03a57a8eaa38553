// What the twin tells of a failure besides what was expected: its place, where rules began, notes, and closers to insert.
import { textsInSpace } from "../../../src/compile/facts/fixed-texts.ts";
import { bodyOf, type Node, type RecoverAction } from "../../../src/grammar/node.ts";
import { nodeOf } from "../../../src/grammar/parser.ts";
import type { ProblemNote } from "../../../src/grammar/problem.ts";
import type { Position, Span } from "../../../src/text/index.ts";
import { textOf } from "./brackets.ts";
import type { OpenRule, Remembered } from "./record.ts";
import { innermost } from "./record.ts";
import type { WholeInput } from "./source.ts";

export interface Change {
  readonly span: Span;
  readonly insert: string;
}

export interface TwinReport {
  readonly at: Span;
  /** Where the rules of its context began. */
  readonly contextAt: readonly Position[];
  /** But for what was probably meant. */
  readonly notes: readonly { readonly message: string; readonly span?: Span }[];
  readonly fixits: readonly Change[];
  /** The closers of what is open whose insertion fixes it, innermost first. */
  readonly closers: readonly Change[];
}

/** What is told of a place of which nothing more is known. */
export function reportAt(input: WholeInput, offset: number, rules: readonly OpenRule[] = []): TwinReport {
  const contextAt = rules.map(({ start }) => input.position(start));
  return { at: input.span(offset, offset), contextAt, notes: [], fixits: [], closers: [] };
}

/** What a record tells. */
export function reportOf(input: WholeInput, record: Remembered, root: Node): TwinReport {
  const { offset, problem, rules, brackets } = record;
  const { at, contextAt } = reportAt(input, offset, innermost(rules));
  const notes = brackets.open.map((bracket, i) => ({
    message: i === 0 && brackets.missed ? "opened here" : "not closed",
    span: input.span(bracket.at, bracket.at),
  }));
  if (problem !== undefined)
    return {
      at: problem.at ?? at,
      contextAt,
      notes: problem.notes?.map(noteOf) ?? notes,
      fixits: problem.fixits ?? [],
      closers: [],
    };
  const texts = brackets.open.map(({ close }) =>
    textOf(close, (lazy) => (lazy.kind === "lazy" ? bodyOf(lazy, nodeOf) : lazy)),
  );
  const known = texts.includes(undefined) ? texts.slice(0, 1) : texts;
  const inserted = brackets.missed ? known.filter((text) => text !== undefined) : [];
  return { at, contextAt, notes, fixits: [], closers: inserted.map((text) => insertion(input, offset, text, root)) };
}

/** Without what it takes to say it in other languages. */
export function noteOf({ message, span }: ProblemNote): TwinReport["notes"][number] {
  return span === undefined ? { message } : { message, span };
}

/** What a recovery tells of the failure that it takes. */
export function recovering(record: Remembered, action: RecoverAction, input: WholeInput, root: Node): TwinReport {
  const report = reportOf(input, record, root);
  if (action.kind === "insert")
    return { ...report, fixits: [insertion(input, record.offset, action.token, root)], closers: [] };
  return action.kind === "context" ? { ...report, notes: [...report.notes, { message: action.message }] } : report;
}

const SPACE = /[\s\ufeff]/;
const WORD = /[\p{L}\p{N}_]/u;

/** A text goes before the space in front of the failure, unless that may end a comment, and apart from a word. */
function insertion(input: WholeInput, offset: number, text: string, root: Node): Change {
  const before = input.slice(0, offset);
  let at = offset;
  while (at > input.start && SPACE.test(before.charAt(at - 1))) at -= 1;
  if (/[\r\n]/.test(before.slice(at))) {
    const line =
      before
        .slice(0, at)
        .split(/[\r\n]/)
        .at(-1) ?? "";
    if (textsInSpace(root).some((opener) => line.includes(opener))) at = offset;
  }
  const parted = WORD.test(text.charAt(0)) && WORD.test(before.charAt(at - 1));
  return { span: input.span(at, at), insert: parted ? ` ${text}` : text };
}
