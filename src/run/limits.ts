// The limits of a run: their defaults, and their checks.
import { type MachineLimits, NO_LIMITS } from "../machine/index.ts";
import { described } from "../misuse/described.ts";
import { nearHint } from "../misuse/near-name.ts";

/** Limits on how much a run may use; exceeding one ends the run with a diagnostic that has a code of its own. */
export interface Limits {
  /** How many times a parser may be nested in itself (`lazy`, `andThen`). Default: any number. */
  maxDepth?: number | undefined;
  /** Units of text that may be held because the parse may go back to them. Default: 64 Mi. */
  maxBufferedUnits?: number | undefined;
  /** Units in one token. Default: 64 Mi. */
  maxTokenUnits?: number | undefined;
  /** Errors that are recovered from; after so many diagnostics, warnings are only counted. Default: 100. */
  maxDiagnostics?: number | undefined;
  /** Entries into rules and rounds of repetitions. Default: any number. */
  maxSteps?: number | undefined;
  /** Bytes of memoised results. Not implemented: a run with it is refused. */
  maxMemoBytes?: number | undefined;
}

const MEBI = 1024 * 1024;

/** The defaults (`docs/limits.md` has the reasons). */
const DEFAULTS: MachineLimits = {
  ...NO_LIMITS,
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

/** @internal The limits of a run, with the defaults. */
export function limitsOf(limits: Limits = {}): MachineLimits {
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
 * @throws TypeError if there is no such limit, it is not implemented, or not a number; RangeError if it is out of
 * range.
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
 * @internal Checks a number of things.
 *
 * @throws TypeError if it is not a number, RangeError if it is below 0, not a whole number or NaN.
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
