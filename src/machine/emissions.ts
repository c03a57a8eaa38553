// Emitted values: those that are certain wait to be taken; those that a failure could still take back are held
// (semantics, rule 16).
import { FRAME, NONE } from "./frames.ts";
import type { Stack } from "./stack.ts";

interface Held {
  readonly value: unknown;
  /** How high the whole stack was. */
  readonly depth: number;
  readonly offset: number;
}

/** What decides whether a held value is certain. */
interface Run {
  readonly stack: Stack;
  readonly returnMark: number;
  readonly returnMarkAt: number;
}

const SCOPES: readonly number[] = [FRAME.ATTEMPT, FRAME.LOOK, FRAME.NOT, FRAME.OPENED, FRAME.CUT];

export class Emissions {
  readonly #most: number;
  held: Held[] = [];
  certain: unknown[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get full(): boolean {
    return this.certain.length >= this.#most;
  }

  /** Takes what is certain. */
  take(): unknown[] {
    if (this.certain.length === 0) return [];
    const taken = this.certain;
    this.certain = [];
    return taken;
  }

  hold(value: unknown, depth: number, offset: number): void {
    this.held.push({ value, depth, offset });
  }

  /** Drops what was emitted above a place of the stack: its branch has failed. */
  drop(depth: number): void {
    while (this.held.length > 0 && (this.held.at(-1) as Held).depth > depth) this.held.pop();
  }

  /** A frame stands at a place of the stack now: what was emitted before it does not depend on it. */
  lower(depth: number): void {
    if (this.held.some((held) => held.depth > depth)) {
      this.held = this.held.map((held) => (held.depth > depth ? { ...held, depth } : held));
    }
  }

  /** Lets go of everything: nothing comes back any more. */
  settleAll(): void {
    for (const { value } of this.held) this.certain.push(value);
    this.held = [];
  }

  /** Lets go of the values that nothing can take back any more, in order. */
  settle(run: Run, fp: number, offset: number, cut: number): void {
    let settled = 0;
    for (const held of this.held) {
      if (!isCertain(held, run, fp, offset, cut)) break;
      this.certain.push(held.value);
      settled++;
    }
    if (settled > 0) this.held.splice(0, settled);
  }

  copy(): { readonly held: readonly Held[]; readonly certain: readonly unknown[] } {
    return { held: this.held.slice(), certain: this.certain.slice() };
  }

  restore(copy: ReturnType<Emissions["copy"]>): void {
    this.held = copy.held.slice();
    this.certain = copy.certain.slice();
  }
}

function isCertain(held: Held, run: Run, fp: number, offset: number, cut: number): boolean {
  const { stack, returnMark } = run;
  const { shift } = stack;
  if (returnMark !== NONE && returnMark + shift < held.depth) return false;
  // what was read inside something that may yet come back does not count as read
  const reached = returnMark === NONE ? offset : Math.min(offset, run.returnMarkAt);
  if (reached > held.offset) return true;
  // nothing was read since: the innermost alternative around it can take it back, unless that is committed
  let committed = cut;
  for (let depth = shift + fp; ; ) {
    const link = stack.intAt(depth) ?? 0;
    const kind = stack.intAt(depth + 1) ?? FRAME.RUN;
    if (kind === FRAME.RUN) return true;
    const opensScope = kind > 0 || SCOPES.includes(kind);
    if (depth < held.depth && opensScope) {
      return committed === 1 || (kind > 0 && (stack.offsetAt(depth) ?? 0) < held.offset);
    }
    if (opensScope) committed = link & 1;
    depth -= link >> 1;
  }
}
