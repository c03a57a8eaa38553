// Emitted values: those that are certain wait to be taken; those that a failure could still take back are held
// (semantics, rule 16).
import { checkTaken } from "../../grammar/combinators/refine.ts";
import { NONE } from "../memory/frames.ts";
import { isCertain, type Run } from "./certain.ts";
import { EmissionsState, Group, Held } from "./emissions-state.ts";
import { Checkpoint, StateChange, type Step, Success, Warning } from "./internal-event.ts";
import { lastOf, logged } from "./success-log.ts";

const NONE_TAKEN: readonly unknown[] = Object.freeze([]);

export class Emissions extends EmissionsState {
  /** How many certain values may wait before the machine rests. */
  most: number;
  readonly #onTrace: ((step: Step) => void) | undefined;
  readonly #maxDiagnostics: number;

  /**
   * @param most how many certain values may wait.
   * @param maxDiagnostics beyond so many diagnostics, warnings are only counted (semantics, rule 23).
   * @param onTrace is called with each success that is traced, once it is certain.
   */
  constructor(most: number, maxDiagnostics: number = Number.POSITIVE_INFINITY, onTrace?: (step: Step) => void) {
    super();
    this.most = most;
    this.#maxDiagnostics = maxDiagnostics;
    this.#onTrace = onTrace;
  }

  get full(): boolean {
    return this.certain.length >= this.most;
  }

  /** The state of the run on this branch: it comes and goes with what is held. */
  get state(): unknown {
    return this.held === undefined ? this.settledState : this.held.state;
  }

  /** Whether a further warning is reported, and not only counted. */
  get tellsMore(): boolean {
    return this.reported.length < this.#maxDiagnostics;
  }

  get holding(): boolean {
    return this.held !== undefined;
  }

  /** The last successes of the branch that is live, latest last. */
  get successes(): readonly Step[] {
    const held = toList(this.held).map(({ value }) => value);
    return lastOf(
      this.successLog,
      held.filter((value) => value instanceof Success).map(({ step }) => step),
    );
  }

  /** Takes what is certain. */
  take(): readonly unknown[] {
    if (this.certain.length === 0) return NONE_TAKEN;
    const taken = this.certain;
    this.certain = [];
    return taken;
  }

  /** Puts back what was taken but could not be handed on. */
  giveBack(taken: readonly unknown[]): void {
    this.certain = [...taken, ...this.certain];
  }

  /** Takes a value in, emitted when the whole stack was `depth` high. If it is certain and the first, it is not held. */
  emit(value: unknown, depth: number, run: Run, fp: number, offset: number, cut: number): void {
    if (this.held === undefined && isCertain(offset, depth, value instanceof StateChange, run, fp, offset, cut)) {
      this.#settled(value);
      return;
    }
    this.lower(depth);
    this.#keep(value, depth, offset, false);
    this.settle(run, fp, offset, cut);
  }

  #keep(value: unknown, depth: number, offset: number, stays: boolean): void {
    if (this.groups?.depth !== depth) this.groups = new Group(depth, this.held?.count ?? 0, this.groups);
    const state = value instanceof StateChange ? value.state : this.state;
    this.held = new Held(value, offset, this.held, state, stays);
  }

  /** The stack is no higher than this now: what was emitted before does not depend on what will stand above. */
  lower(depth: number): void {
    let from = -1;
    for (; this.groups !== undefined && this.groups.depth > depth; this.groups = this.groups.below) {
      from = this.groups.from;
    }
    if (from >= 0 && this.groups?.depth !== depth) this.groups = new Group(depth, from, this.groups);
  }

  /** Drops what was emitted above a place of the stack, and does not stay: its branch has failed. */
  drop(depth: number): void {
    const kept: Held[] = [];
    for (; this.groups !== undefined && this.groups.depth > depth; this.groups = this.groups.below) {
      for (; this.held !== undefined && this.held.count > this.groups.from; this.held = this.held.below) {
        if (this.held.stays) kept.push(this.held);
      }
    }
    for (const { value, offset } of kept.reverse()) this.#keep(value, depth, offset, true);
  }

  /** Makes all held values certain: nothing goes back any more. */
  settleAll(): void {
    this.#release(this.held?.count ?? 0);
  }

  /** Lets go of the values that nothing can take back any more, in order. */
  settle(run: Run, fp: number, offset: number, cut: number): void {
    if (this.held === undefined || this.groups === undefined) return;
    if (!isSettled(this.held.first, this.groups.first.depth, run, fp, offset, cut)) return;
    const held = toList(this.held);
    const groups = toList(this.groups);
    let settled = 1;
    for (let group = 0; settled < held.length; settled++) {
      while ((groups[group + 1]?.from ?? held.length) <= settled) group++;
      if (!isSettled(held[settled] as Held, groups[group]?.depth ?? 0, run, fp, offset, cut)) break;
    }
    this.#release(settled);
  }

  /** What was emitted above a place of the stack is certain, unless something around may come back. */
  settleAbove({ returnMark, refineMark }: Run, depth: number): void {
    if (returnMark !== NONE || refineMark !== NONE || this.held === undefined) return;
    let group = this.groups;
    while (group !== undefined && group.depth > depth && group.below !== undefined && group.below.depth > depth) {
      group = group.below;
    }
    if (group === undefined || group.depth <= depth) return;
    const above: Held[] = [];
    for (let held: Held | undefined = this.held; held !== undefined && held.count > group.from; held = held.below) {
      above.push(held);
      this.held = held.below;
    }
    for (const { value, offset, state } of above.reverse()) {
      this.held = new Held(value, offset, this.held, state, !(value instanceof StateChange));
    }
  }

  /** Lets go of the first values. */
  #release(settled: number): void {
    const held = toList(this.held);
    const groups = toList(this.groups);
    for (const { value } of held.slice(0, settled)) this.#settled(value);
    this.held = undefined;
    this.groups = undefined;
    for (const { value, offset, state, stays } of held.slice(settled)) {
      this.held = new Held(value, offset, this.held, state, stays);
    }
    for (const [k, { depth, from }] of groups.entries()) {
      const to = groups[k + 1]?.from ?? held.length;
      if (to > settled) this.groups = new Group(depth, Math.max(0, from - settled), this.groups);
    }
  }

  #settled(value: unknown): void {
    if (value instanceof Warning) this.#warned(value);
    else if (value instanceof StateChange) this.settledState = value.state;
    else if (value instanceof Checkpoint) {
      this.checkpoints++;
      this.lastCheckpoint = value.span;
    } else if (value instanceof Success) {
      this.successLog = logged(this.successLog, value.step);
      this.#onTrace?.(value.step);
    } else {
      checkTaken(value);
      this.produced++;
      this.certain.push(value);
    }
  }

  #warned(warning: Warning): void {
    if (this.tellsMore) this.reported.push(warning);
    else if (this.unreported++ === 0) this.firstUnreported = warning;
  }
}

/** A chain as a list, first things first. */
function toList<T extends { readonly below: T | undefined }>(last: T | undefined): T[] {
  const list: T[] = [];
  for (let at = last; at !== undefined; at = at.below) list.push(at);
  return list.reverse();
}

function isSettled(held: Held, above: number, run: Run, fp: number, offset: number, cut: number): boolean {
  return held.stays || isCertain(held.offset, above, held.value instanceof StateChange, run, fp, offset, cut);
}
