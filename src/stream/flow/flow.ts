// Flow control: how much may wait before the feeder of a run is asked to pause.
import { described } from "../../misuse/described.ts";
import { checkOptions } from "../../misuse/options.ts";
import type { Feeder } from "../input/chunk.ts";

/**
 * Whether chunks are pushed, pulled one at a time, pushed until there is enough, or as the capability of the feeder
 * says.
 */
export type FlowMode = "auto" | "push" | "pull" | "hybrid";

/** How much is wanted: bytes of input (UTF-8 for text), and emitted values. */
export interface Demand {
  readonly bytes: number;
  readonly frames: number;
}

/** What decides how much is wanted: a function of yours at each step, or the engine within bounds. */
export type FlowPolicy =
  | { readonly kind: "manual"; onDemand(): Demand }
  | {
      readonly kind: "auto";
      readonly backpressure: {
        /** The most bytes that a demand asks for. */
        readonly maxLag?: number | undefined;
        /** Milliseconds for which small chunks are collected, from the first one on, before they are parsed. */
        readonly debounce?: number | undefined;
        /** The least number of milliseconds between two demands. */
        readonly throttle?: number | undefined;
      };
    };

/** Watermarks count what was fed but not read (units) and what was emitted but not taken (values). */
export interface FlowController {
  readonly mode: FlowMode;
  readonly highWatermark: number;
  readonly lowWatermark: number;
  readonly policy: FlowPolicy;
}

/**
 * A chunk of the platform's own streams, and a quarter of it: a paused source is asked again before everything is read.
 */
const HIGH = 65_536;
const LOW_OF_HIGH = 4;

const modes: readonly unknown[] = ["auto", "push", "pull", "hybrid"];

/**
 * A flow controller: an immutable value that any number of runs may share.
 *
 * @param options the defaults are: mode "auto", `highWatermark` 65,536 (or `lowWatermark`, if that is higher),
 * `lowWatermark` a quarter of it, and the policy `{ kind: "auto", backpressure: {} }`.
 * @throws RangeError if `lowWatermark` is above `highWatermark` or one of them is negative; TypeError for any other
 * wrong option.
 *
 * @example
 * ```ts
 * import { flowController } from "sluice/stream";
 * flowController({ highWatermark: 100 }).lowWatermark; // => 25
 * ```
 */
export function flowController(options: Partial<FlowController> = {}): FlowController {
  const names = ["mode", "highWatermark", "lowWatermark", "policy"];
  checkOptions(options, names, "flowController takes an object such as { highWatermark: 1000 }");
  const { mode = "auto", policy = { kind: "auto", backpressure: {} } } = options;
  const lowest = options.lowWatermark ?? 0;
  const highWatermark = options.highWatermark ?? Math.max(HIGH, typeof lowest === "number" ? lowest : 0);
  const lowWatermark = options.lowWatermark ?? Math.floor(highWatermark / LOW_OF_HIGH);
  const flow = Object.freeze({ mode, highWatermark, lowWatermark, policy });
  checkFlow(flow);
  return flow;
}

/**
 * @internal Checks a flow controller, also one that was made by hand.
 *
 * @throws as `flowController`.
 */
export function checkFlow(flow: FlowController): void {
  if (typeof flow !== "object" || flow === null) throw new TypeError("flow takes what flowController() gives");
  const { mode, highWatermark, lowWatermark, policy } = flow;
  if (!modes.includes(mode)) {
    throw new TypeError(`the mode of a flow is "auto", "push", "pull" or "hybrid", got ${described(mode)}`);
  }
  checkAmount("highWatermark", highWatermark);
  checkAmount("lowWatermark", lowWatermark);
  if (lowWatermark > highWatermark) {
    throw new RangeError(`lowWatermark (${lowWatermark}) must not be above highWatermark (${highWatermark})`);
  }
  checkPolicy(policy);
}

function checkPolicy(policy: FlowPolicy): void {
  if (policy?.kind === "manual") {
    if (typeof policy.onDemand === "function") return;
    throw new TypeError("a manual policy has a function onDemand() that gives { bytes, frames }");
  }
  if (policy?.kind !== "auto" || typeof policy.backpressure !== "object" || policy.backpressure === null) {
    throw new TypeError(`a policy is { kind: "manual", onDemand } or { kind: "auto", backpressure: {} }`);
  }
  const names = ["maxLag", "debounce", "throttle"] as const;
  checkOptions(policy.backpressure, names, "the backpressure of a policy is an object such as { throttle: 10 }");
  for (const name of names) {
    const amount = policy.backpressure[name];
    if (amount !== undefined) checkAmount(name, amount);
  }
}

function checkAmount(name: string, amount: unknown): void {
  if (typeof amount !== "number") throw new TypeError(`${name} is a number, got ${described(amount)}`);
  if (!(amount >= 0)) throw new RangeError(`${name} is at least 0, got ${amount}`);
}

/** @internal The most bytes and values that are asked for; nothing if nothing limits them. */
export interface Cap {
  readonly bytes?: number | undefined;
  readonly frames?: number | undefined;
}

/** @internal What limits the next demand: the configured cap, and the current result of the policy. */
export function capOf(flow: FlowController | undefined, configured: Cap | undefined): Cap {
  const { policy } = flow ?? {};
  const asked: Cap =
    policy === undefined ? {} : policy.kind === "manual" ? demandOf(policy) : { bytes: policy.backpressure.maxLag };
  return { bytes: least(configured?.bytes, asked.bytes), frames: least(configured?.frames, asked.frames) };
}

/** @throws TypeError or RangeError if the result of a manual policy is not a demand: it would limit nothing. */
function demandOf(policy: { onDemand(): Demand }): Demand {
  const demand = policy.onDemand();
  if (typeof demand !== "object" || demand === null) {
    throw new TypeError(`onDemand() gives { bytes, frames }, got ${described(demand)}`);
  }
  checkAmount("the bytes of what onDemand() gives", demand.bytes);
  checkAmount("the frames of what onDemand() gives", demand.frames);
  return demand;
}

/** @internal The smaller of two limits, each of which may be missing. */
export function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : other === undefined ? one : Math.min(one, other);
}

/** @internal Milliseconds for which small chunks are collected, and between two demands. */
export function pacesOf(flow: FlowController | undefined): { readonly debounce: number; readonly throttle: number } {
  if (flow?.policy.kind !== "auto") return { debounce: 0, throttle: 0 };
  const { debounce = 0, throttle = 0 } = flow.policy.backpressure;
  return { debounce, throttle };
}

/** @internal Whether a feeder is asked for a chunk only when every value of the one before was taken. */
export function pullsSingly(flow: FlowController | undefined, { capability }: Feeder): boolean {
  return flow?.mode === "pull" || (flow?.mode === "auto" && capability === "pull");
}

/**
 * @internal Watermarks with hysteresis: above the high one a feeder pauses until the waiting amount is below the low
 * one.
 */
export class Gate {
  flow: FlowController;
  paused = false;

  constructor(flow: FlowController, paused = false) {
    this.flow = flow;
    this.paused = paused;
  }

  copy(): Gate {
    return new Gate(this.flow, this.paused);
  }

  /**
   * @param waiting the waiting amount: units not read and values not taken. @param idle it needs input and holds no
   * value.
   */
  update(waiting: number, idle: boolean): boolean {
    if (idle) this.paused = false;
    else if (waiting > this.flow.highWatermark) this.paused = true;
    else if (waiting < this.flow.lowWatermark || waiting === 0) this.paused = false;
    return this.paused;
  }
}
