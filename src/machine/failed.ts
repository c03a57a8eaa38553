// What a run failed of, as a plain value: all that a report says of it but the words. A failure goes one way: the loop notes it
// in the record, the record is read here once, and whoever words it (`run/report/`) knows no machine.
import type { Expectation } from "../grammar/expectation.ts";
import type { Problem } from "../grammar/problem.ts";
import type { Position } from "../text/index.ts";
import type { ExceededLimit } from "./control/limits.ts";
import type { Machine } from "./control/machine.ts";
import { STATUS, type Status } from "./control/status.ts";
import type { Step } from "./emission/internal-event.ts";
import { openAtFailure } from "./failure/open.ts";
import { CONTEXT } from "./failure/record.ts";
import { missingClosers } from "./hints/closers.ts";
import { type Dangling, danglingSeparator } from "./hints/dangling.ts";
import type { Insertion } from "./hints/insertion.ts";
import { type NearMiss, nearMiss } from "./hints/near-miss.ts";

interface Circumstances {
  readonly at: Position;
  /** The rules that were open, and where each began: innermost first, at most 8. */
  readonly rules: readonly { readonly name: string; readonly at: Position }[];
  /** What had succeeded before, if the run traces. */
  readonly successes: readonly Step[] | undefined;
}

/** The input is malformed from `at` on: the byte with this number can't be decoded. */
interface MalformedInput extends Circumstances {
  readonly kind: "malformed";
  readonly byteOffset: number;
}

/** A fault of the grammar. */
interface GrammarFault extends Circumstances {
  readonly kind: "fault";
  readonly code: string;
  readonly detail: string;
}

/** A limit was exceeded; `from` is where what is too long began. */
export interface LimitFailure extends Circumstances {
  readonly kind: "limit";
  readonly code: string;
  readonly exceeded: ExceededLimit;
  readonly from: Position | undefined;
}

/** What failed was not recorded, as in trivia: nothing is known of it but its place. */
interface UnrecordedFailure extends Circumstances {
  readonly kind: "unrecorded";
  /** Whether the input ends there. */
  readonly atEnd: boolean;
}

/** What the record of the farthest failure says. */
interface Recorded extends Circumstances {
  /** Whether the input ends there. */
  readonly atEnd: boolean;
  readonly expected: readonly Expectation[];
  /** The innermost rule that was open, also where it is not known where that began. */
  readonly rule: string | undefined;
  /** Where brackets were opened: the innermost one; at the end of the input all, at most 8. */
  readonly brackets: readonly Bracket[];
}

interface Bracket {
  readonly at: Position;
  /** Its closer is among what was expected. */
  readonly isMissed: boolean;
}

/** A function found something wrong with what was read. */
interface ProblemFailure extends Recorded {
  readonly kind: "problem";
  readonly problem: Problem;
}

/** Nothing that could go on from there matched. */
interface UnexpectedFailure extends Recorded {
  readonly kind: "unexpected";
  /** The message of the last `fail` there. */
  readonly message: string | undefined;
  /** A separator that nothing follows; where there is one, no word is looked for. */
  readonly dangling: Dangling | undefined;
  /** Words of which the beginning stands there. */
  readonly near: NearMiss | undefined;
  /** The closers that are missing. */
  readonly closers: readonly Insertion[];
}

/** How a run failed: told apart by `kind`. */
export type Failure =
  | MalformedInput
  | GrammarFault
  | LimitFailure
  | UnrecordedFailure
  | ProblemFailure
  | UnexpectedFailure;

/**
 * The failure of a machine that came to rest with it, or that stands at a failure which it recovers from.
 *
 * @param ends whether the run ends with it: only then is it tried what would follow a closer.
 */
export function failureOf(m: Machine, status: Status, ends = true): Failure {
  const { window } = m;
  const end = window.base + window.end;
  const successes = successesOf(m);
  if (status === STATUS.BROKEN) {
    const at = m.position(end);
    const byteOffset = m.input.broken?.byteOffset ?? at.byteOffset;
    return { kind: "malformed", at, rules: rulesOf(m), successes, byteOffset };
  }
  if (status === STATUS.FATAL && m.error !== undefined) {
    const { code, detail, offset, exceeded } = m.error;
    const around = { at: m.position(offset), rules: rulesOf(m), successes };
    if (exceeded === undefined) return { kind: "fault", ...around, code, detail };
    const from = exceeded.from === undefined ? undefined : m.position(exceeded.from);
    return { kind: "limit", ...around, code, exceeded, from };
  }
  if (m.failedUnrecorded) {
    const atEnd = window.closed && m.offset === end;
    return { kind: "unrecorded", at: m.position(m.offset), rules: [], successes, atEnd };
  }
  const record = m.record();
  const recorded = {
    at: m.position(m.farthest),
    rules: rulesOf(m),
    successes,
    atEnd: window.closed && m.farthest === end,
    expected: record.expectations(),
    rule: openAtFailure(m, 1)[0]?.name,
    brackets: bracketsOf(m),
  };
  const problem = record.problem(m.farthest);
  if (problem !== undefined) return { kind: "problem", ...recorded, problem };
  const dangling = danglingSeparator(m);
  return {
    kind: "unexpected",
    ...recorded,
    message: record.failMessage(),
    dangling,
    near: dangling === undefined ? nearMiss(m) : undefined,
    closers: recorded.brackets.length === 0 ? [] : missingClosers(m, ends),
  };
}

/** What has succeeded so far, if the run traces. */
export function successesOf({ options, emissions }: Machine): readonly Step[] | undefined {
  return options.trace === undefined ? undefined : emissions.successes;
}

function rulesOf(m: Machine): Circumstances["rules"] {
  return openAtFailure(m, CONTEXT).flatMap(({ name, offset }) => {
    const at = m.begunAt(offset);
    return at === undefined ? [] : [{ name, at }];
  });
}

function bracketsOf(m: Machine): readonly Bracket[] {
  const { opened } = m;
  return (opened?.brackets ?? []).flatMap((bracket, i) => {
    const at = m.begunAt(bracket.at);
    return at === undefined ? [] : [{ at, isMissed: i === 0 && opened?.closes === true }];
  });
}
