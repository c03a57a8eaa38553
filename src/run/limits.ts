// The limits of a run: what they are if nothing is said, and what is wrong with those that are given.
import { type Bounds, UNBOUNDED } from "../machine/index.ts";
import { described } from "../misuse/described.ts";
import { nearHint } from "../misuse/near-name.ts";

/** Bounds on what a run may take; passing one ends the run with a diagnostic that has a code of its own. */
export interface Limits {
  /** How many times a parser may stand in itself (`lazy`, `andThen`). Default: any number. */
  maxDepth?: number | undefined;
  /** Units of text that may be held because the parse may come back to them. Default: 64 Mi. */
  maxBufferedUnits?: number | undefined;
  /** Units that one token may have. Default: 64 Mi. */
  maxTokenUnits?: number | undefined;
  /** Errors that are recovered from, and diagnostics after which warnings are only counted. Default: 100. */
  maxDiagnostics?: number | undefined;
  /** Entries into rules and rounds of repetitions. Default: any number. */
  maxSteps?: number | undefined;
  /** Bytes of what is remembered of rules. Not built: a run that is given it is refused. */
  maxMemoBytes?: number | undefined;
}

const MEBI = 1024 * 1024;

/** What holds where nothing is said (`docs/limits.md` has the reasons). */
const DEFAULTS: Bounds = {
  ...UNBOUNDED,
  maxTokenUnits: 64 * MEBI,
  maxBufferedUnits: 64 * MEBI,
  maxDiagnostics: 100,
};

/** Their names. */
export const LIMITS: readonly (keyof Limits)[] = [
  "maxDepth",
  "maxBufferedUnits",
  "maxTokenUnits",
  "maxDiagnostics",
  "maxSteps",
  "maxMemoBytes",
];

/** @internal The limits of a run, those that were not given included. */
export function boundsOf(limits: Limits = {}): Bounds {
  const {
    maxDepth = DEFAULTS.maxDepth,
    maxBufferedUnits = DEFAULTS.maxBufferedUnits,
    maxTokenUnits = DEFAULTS.maxTokenUnits,
    maxDiagnostics = DEFAULTS.maxDiagnostics,
    maxSteps = DEFAULTS.maxSteps,
  } = limits;
  return { maxDepth, maxBufferedUnits, maxTokenUnits, maxDiagnostics, maxSteps };
}

/**
 * @internal Checks limits.
 *
 * @throws TypeError if there is no such limit, it is not built, or no number; RangeError if it is no amount.
 */
export function checkLimits(limits: object): void {
  for (const [name, value] of Object.entries(limits)) {
    if (!LIMITS.some((known) => known === name)) {
      throw new TypeError(`there is no limit "${name}"${nearHint(name, LIMITS, "the limits are")}`);
    }
    if (value === undefined) continue;
    if (name === "maxMemoBytes") {
      throw new TypeError(
        "limits.maxMemoBytes would bound what is remembered of rules, which is not built in this version; leave it out",
      );
    }
    checkAmount(`limits.${name}`, value);
  }
}

/**
 * @internal Checks how much of something there may be.
 *
 * @throws TypeError if it is no number, RangeError if it is below 0, no whole number or NaN.
 */
export function checkAmount(name: string, value: unknown): void {
  const takes = `${name} takes a whole number from 0 on, or Infinity for no limit`;
  if (typeof value !== "number") {
    throw new TypeError(`${takes}; got ${described(value)}`);
  }
  if (value !== Number.POSITIVE_INFINITY && !(Number.isInteger(value) && value >= 0)) {
    throw new RangeError(`${takes}; got ${value}`);
  }
}
