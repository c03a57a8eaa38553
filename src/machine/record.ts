// The failure record and the registers of the loop that belong to it, as one thing: looked at, copied, put together.
import type { Program } from "../compile/program.ts";
import type { FailureCopy } from "./failure.ts";
import type { Machine } from "./machine.ts";
import type { Mentions } from "./mentions.ts";

/** Puts the first entries where the others would be: another program goes on, or the record is looked at. */
export function flushRecord(m: Machine): void {
  if (m.farPc === 0) return;
  m.failure.start(m.programNumber, m.farPc);
  if (m.farPc2 !== 0) m.failure.add(m.programNumber, m.farPc2);
  m.farPc = 0;
  m.farPc2 = 0;
}

export function copyRecord(m: Machine): FailureCopy {
  flushRecord(m);
  settleRecord(m);
  const copy = m.failure.copy(m.left);
  const { entries, programs, rules, starts, known, closing, quoteAt, quotePc, opened, refused, maker, hidden } = copy;
  const [far, rule] = [m.window.base + m.far, m.stack.shift + m.farRule];
  // written out: a spread here made a look-ahead cost 11 µs
  return {
    entries,
    programs,
    rules,
    starts,
    known,
    closing,
    quoteAt,
    quotePc,
    opened,
    refused,
    maker,
    hidden,
    far,
    stale: m.stale,
    rule,
  };
}

export function restoreRecord(m: Machine, copy: FailureCopy): void {
  m.failure.restore(copy);
  m.far = Math.max(-1, copy.far - m.window.base) | 0;
  m.farPc = 0;
  m.farPc2 = 0;
  m.farRule = (copy.rule - m.stack.shift) | 0;
  m.stale = copy.stale;
  m.left = copy.rules.length;
  m.programNumber = m.failure.numberOf(m.program);
}

/** What the record speaks of is known from now on, whatever becomes of the frames that know it. */
export function settleRecord(m: Machine): Mentions {
  const { failure, left, places } = m;
  if (failure.starts.length > left) failure.starts.length = left;
  places.settle(failure);
  return failure;
}

/** Nothing is recorded so far. */
export function startRecord(m: Machine): void {
  m.failure.clear(m.failure.programs[0] as Program);
  m.programNumber = m.failure.numberOf(m.program);
  m.far = -1;
  m.farPc = 0;
  m.farPc2 = 0;
  m.farRule = m.rule;
  m.stale = 0;
  m.left = 0;
}

/** Puts an earlier record together with what was recorded since. */
export function joinRecord(m: Machine, earlier: FailureCopy): void {
  const before = Math.max(-1, earlier.far - m.window.base);
  if (before < m.far) return;
  const since = copyRecord(m);
  const { far } = m;
  restoreRecord(m, earlier);
  m.stale |= since.stale;
  if (before > far || since.entries.length === 0) return;
  if (earlier.stale === 1) m.failure.drop();
  m.failure.join(since);
  m.farRule = since.rule - m.stack.shift;
  m.left = since.rules.length;
  m.stale = since.stale;
}
