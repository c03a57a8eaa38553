// The state of the emitted values that a copy of the machine needs.
import type { Span } from "../../text/index.ts";
import { SharedList } from "../memory/shared-list.ts";
import type { Recovery, Warning } from "./internal-event.ts";
import type { SuccessLog } from "./success-log.ts";

/** A value that is held, where it was emitted, and the one held before it. Never changed: continuations share them. */
export class Held {
  readonly value: unknown;
  readonly offset: number;
  readonly below: Held | undefined;
  readonly first: Held;
  /** How many are held, this one included. */
  readonly count: number;
  /** The state of the run after it. */
  readonly state: unknown;
  /** It is certain, and waits for those below. */
  readonly stays: boolean;

  constructor(value: unknown, offset: number, below: Held | undefined, state: unknown, stays = false) {
    this.value = value;
    this.offset = offset;
    this.below = below;
    this.state = state;
    this.stays = stays;
    this.first = below?.first ?? this;
    this.count = (below?.count ?? 0) + 1;
  }
}

/**
 * Held values that depend on the same frames: those below `depth`. Each group is later, and higher on the stack, than the
 * one below it, so that whatever happens to the stack concerns the last ones only.
 */
export class Group {
  readonly depth: number;
  /** How many values are held before its first one. */
  readonly from: number;
  readonly below: Group | undefined;
  readonly first: Group;

  constructor(depth: number, from: number, below: Group | undefined) {
    this.depth = depth;
    this.from = from;
    this.below = below;
    this.first = below?.first ?? this;
  }
}

export class EmissionsState {
  /** The last successes of a traced run that are certain. */
  protected successLog: SuccessLog | undefined = undefined;
  protected held: Held | undefined = undefined;
  protected groups: Group | undefined = undefined;
  certain: unknown[] = [];
  /** Warnings that are certain, and recoveries. */
  reported: SharedList<Warning | Recovery> = new SharedList();
  /** How many values became certain. */
  produced = 0;
  /** Warnings that are certain and only counted: how many, and the first one. */
  unreported = 0;
  firstUnreported: Warning | undefined = undefined;
  /** Checkpoints that are certain: how many, and the last one. */
  checkpoints = 0;
  lastCheckpoint: Span | undefined = undefined;
  /** The state of the run that is certain. */
  protected settledState: unknown = undefined;

  copy(): EmissionsState {
    const copy = new EmissionsState();
    copy.assign(this);
    return copy;
  }

  assign(from: EmissionsState): void {
    this.successLog = from.successLog;
    this.held = from.held;
    this.groups = from.groups;
    this.certain = from.certain.slice();
    this.reported = from.reported.fork();
    this.produced = from.produced;
    this.unreported = from.unreported;
    this.firstUnreported = from.firstUnreported;
    this.checkpoints = from.checkpoints;
    this.lastCheckpoint = from.lastCheckpoint;
    this.settledState = from.settledState;
  }
}
