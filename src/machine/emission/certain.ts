// Whether a value is certain: nothing can take it back any more (semantics, rule 16). Only frames below where it was emitted decide,
// and of these the first that opens a scope; frames that open none are passed over. However deep they lie in each other, each is
// passed over a bounded number of times: what lies below a frozen part never changes, so what a walk found there is kept with the
// part, and a walk that passes many live frames says that the stack is to be frozen.
import { FRAME, NONE } from "../memory/frames.ts";
import type { Frozen } from "../memory/frozen.ts";
import type { Stack } from "../memory/stack.ts";

/** What decides whether a held value is certain. */
export interface Run {
  readonly stack: Stack;
  readonly returnMark: number;
  readonly returnMarkAt: number;
  readonly refineMark: number;
  readonly refineMarkAt: number;
  /** A walk has passed many live frames: they are to be frozen. */
  mustFreeze: boolean;
}

const SCOPES: readonly number[] = [FRAME.ATTEMPT, FRAME.LOOKAHEAD, FRAME.NOT, FRAME.OPENED, FRAME.CUT, FRAME.RECOVER];

/** So many live frames a walk passes before the stack is to be frozen. */
const MOST_PASSED = 32;

/**
 * @param emittedAt where the value was emitted; it depends on the frames below the depth `above`.
 * @param isStateChange it is a state of the run: alternatives further out take it back, too, once what is committed has ended.
 * @param fp the innermost frame. @param cut whether its scope is committed.
 */
export function isCertain(
  emittedAt: number,
  above: number,
  isStateChange: boolean,
  run: Run,
  fp: number,
  offset: number,
  cut: number,
): boolean {
  const { stack } = run;
  const { shift } = stack;
  const point = Math.min(run.returnMark, run.refineMark);
  if (point !== NONE && point + shift < above) return false;
  // what was read inside something that may yet come back does not count as read
  const came = point === run.returnMark ? run.returnMarkAt : run.refineMarkAt;
  const reached = point === NONE ? offset : Math.min(offset, came);
  if (reached > emittedAt) return true;
  // nothing was read since: the innermost alternative around it can take it back, unless that is committed; what stands above a
  // scope that may come back changes nothing
  let committed = cut;
  let depth = shift + (point !== NONE && opensScope(stack.kindAt(point + shift)) ? point : fp);
  for (;;) {
    const { scope, recovery } = firstScope(run, depth);
    if (scope < 0) return true;
    if (recovery >= 0) committed = cutAt(stack, recovery);
    const kind = stack.kindAt(scope);
    if (scope < above && !(isStateChange && kind < 0)) {
      // a refusal may have gone back behind where it was emitted
      const read = kind > 0 && (stack.offsetAt(scope) ?? 0) < Math.min(emittedAt, offset);
      return read || (committed === 1 && !isStateChange);
    }
    committed = cutAt(stack, scope);
    depth = stack.belowAt(scope);
  }
}

/** What a walk down from a frame comes to. */
interface Below {
  readonly from: number;
  /** The depth of the first scope; -1: there is none. */
  readonly scope: number;
  /** The depth of the last recovery before it, which takes nothing back; -1: there is none. */
  readonly recovery: number;
}

/** Of frozen parts, from the frame in it that a walk came to first. */
const known: WeakMap<Frozen, Below> = /* @__PURE__ */ new WeakMap();

/** The first scope at or below a frame. */
function firstScope(run: Run, frame: number): Below {
  const { stack } = run;
  let entered: { readonly part: Frozen; readonly from: number }[] | undefined;
  let part: Frozen | undefined;
  let scope = -1;
  let recovery = -1;
  let live = 0;
  // a trial may stand on no frames
  for (let depth = frame; depth >= 0; depth = stack.belowAt(depth)) {
    if (depth >= stack.shift) live++;
    else if (part === undefined || depth < part.top - part.length) {
      part = stack.partAt(depth) as Frozen;
      const found = known.get(part);
      if (found?.from === depth) {
        scope = found.scope;
        if (found.recovery >= 0) recovery = found.recovery;
        break;
      }
      entered ??= [];
      entered.push({ part, from: depth });
    }
    const kind = stack.kindAt(depth);
    if (kind === FRAME.RUN) break;
    if (kind === FRAME.RECOVER) recovery = depth;
    else if (opensScope(kind)) {
      scope = depth;
      break;
    }
  }
  if (live > MOST_PASSED) run.mustFreeze = true;
  for (const { part, from } of entered ?? []) {
    known.set(part, { from, scope, recovery: recovery <= from ? recovery : -1 });
  }
  return { from: frame, scope, recovery };
}

function opensScope(kind: number): boolean {
  return kind > 0 || SCOPES.includes(kind);
}

/** Whether the scope around a frame that opens one was committed when it was pushed. */
function cutAt(stack: Stack, scope: number): number {
  return (stack.intAt(scope) ?? 0) & 1;
}
