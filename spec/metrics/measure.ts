// The metrics of streaming, measured: docs/streaming.md says what each one means.
import { type Diagnostic, type ParseResult, run } from "../../src/index.ts";
import {
  awaiting,
  type Chunk,
  CLOSED,
  type Closed,
  type FeederYield,
  flowController,
  type Pending,
  parse,
  parseLoopSync,
  resume,
  runStream,
  StreamDriver,
  type StreamOutcome,
} from "../../src/stream/index.ts";
import { deepEqual } from "../_equal.ts";
import { type Random, seeded } from "../_random.ts";
import type { Golden } from "./golden.ts";
import { Tally } from "./tally.ts";

export const METRICS = [
  "parser.stream.outcome_consistency",
  "parser.stream.demandhint_coverage",
  "parser.stream.await_ratio",
  "parser.stream.backpressure_sync",
  "parser.expected_summary_presence",
  "parser.recover_fixit_coverage",
] as const;
export type Metric = (typeof METRICS)[number];
export type Tallies = Readonly<Record<Metric, Tally>>;

/** Which must be 1. The other one only says how often a feeder that has nothing now and then made a run wait. */
export const MUST_BE_ONE: readonly Metric[] = METRICS.filter((metric) => metric !== "parser.stream.await_ratio");

export function tallies(): Tallies {
  return Object.fromEntries(METRICS.map((metric) => [metric, new Tally()])) as unknown as Tallies;
}

/** Longer inputs are not fed unit by unit, nor in pieces of a few. */
const EVERY_UNIT = 5000;
const HIGH_WATERMARKS = [0, 1, 7, 1000];

interface Fed {
  readonly result: ParseResult<unknown, unknown>;
  readonly emitted: readonly unknown[];
}

/** One input, fed in every way: what is counted goes into the tallies. */
export async function measure(into: Tallies, golden: Golden, input: Chunk, chunkings: number): Promise<void> {
  const { parser, config, name } = golden;
  const expected = run(parser, input, config);
  countDiagnostics(into, name, expected.diagnostics);
  const random = seeded(input.length);
  for (const form of formsOf(input)) {
    for (const [way, chunks] of waysToCut(form, random, chunkings).entries()) {
      const feeds = [throughLoop, throughResume, throughFeeder, throughDriver, throughParse];
      // the longer ones are fed in one manner each
      for (const feed of form.length > EVERY_UNIT ? [feeds[way % feeds.length] as Feed] : feeds) {
        const fed = await feed(into, golden, chunks, random, expected.ok);
        const difference = deepEqual(comparable(fed), comparable({ result: expected, emitted: expected.emitted }));
        into["parser.stream.outcome_consistency"].count(
          difference === undefined,
          () => `${name}: ${feed.name} fed ${shown(chunks)}: ${difference}`,
        );
      }
    }
  }
}

// The ways to cut an input

/** Text is fed as UTF-8 as well, unless that can't say it. */
function formsOf(input: Chunk): Chunk[] {
  if (typeof input !== "string" || /\p{Surrogate}/u.test(input)) return [input];
  return [input, new TextEncoder().encode(input)];
}

function waysToCut(form: Chunk, random: Random, chunkings: number): Chunk[][] {
  const sizes = form.length <= EVERY_UNIT ? [1, 2, 7, 64] : [1024, 4096, 65_536];
  const pieces = (size: number): Chunk[] =>
    Array.from({ length: Math.ceil(form.length / size) }, (_, i) => form.slice(i * size, (i + 1) * size));
  const anyhow = (): Chunk[] => {
    const cuts = Array.from({ length: 1 + random.below(12) }, () => random.below(form.length + 1));
    const at = [0, ...cuts.sort((a, b) => a - b), form.length];
    return at.slice(1).map((to, i) => form.slice(at[i], to));
  };
  return [[form], ...sizes.map(pieces), ...Array.from({ length: chunkings }, anyhow)];
}

function shown(chunks: readonly Chunk[]): string {
  const some = chunks.slice(0, 20).map((chunk) => JSON.stringify(typeof chunk === "string" ? chunk : [...chunk]));
  return chunks.length > 20 ? `${some.join(", ")} …` : some.join(", ");
}

function comparable({ result, emitted }: Fed): object {
  const diagnostics = result.diagnostics.map((diagnostic) => ({ ...diagnostic, streamMeta: undefined }));
  return { ...result, diagnostics, emitted };
}

// The ways to feed it

type Feed = (
  into: Tallies,
  golden: Golden,
  chunks: readonly Chunk[],
  random: Random,
  ok: boolean,
) => Fed | Promise<Fed>;

function throughLoop(into: Tallies, { parser, config, name }: Golden, chunks: readonly Chunk[]): Fed {
  const loop = parseLoopSync(parser, config);
  const left: (Chunk | Closed)[] = [...chunks];
  const emitted: unknown[] = [];
  let step = loop.next("");
  while (!step.done) {
    emitted.push(...step.value.emitted);
    countDemand(into, name, step.value);
    step = loop.next(left.shift() ?? CLOSED);
  }
  return { result: step.value.result, emitted: [...emitted, ...step.value.emitted] };
}

/** Of bytes, one less than is said to be needed is tried first: it must not be enough. */
function throughResume(
  into: Tallies,
  { parser, config, name }: Golden,
  chunks: readonly Chunk[],
  _random: Random,
  ok: boolean,
): Fed {
  const whole = Buffer.concat(chunks.filter((chunk) => typeof chunk !== "string"));
  const left: (Chunk | Closed)[] = [...chunks];
  const emitted: unknown[] = [];
  let fed = 0;
  let outcome = runStream(parser, "", config);
  while (outcome.kind === "pending") {
    emitted.push(...outcome.emitted);
    const { continuation, demand } = outcome;
    const next = left.shift() ?? CLOSED;
    if (demand.minBytes > 1 && fed + demand.minBytes <= whole.length) {
      const early = resume(continuation, new Uint8Array(whole.subarray(fed, fed + demand.minBytes - 1)));
      const isTrue = early.kind === "pending" || !ok;
      const told = (): string => `${name}: fewer than the ${demand.minBytes} bytes asked for at ${fed} were enough`;
      into["parser.stream.demandhint_coverage"].count(isTrue, told);
    }
    outcome = resume(continuation, next);
    if (next !== CLOSED) fed += next.length;
  }
  return { result: outcome.result, emitted: [...emitted, ...outcome.emitted] };
}

/** A feeder that has nothing one time in four. */
function throughFeeder(into: Tallies, { parser, config, name }: Golden, chunks: readonly Chunk[], random: Random): Fed {
  const left: Chunk[] = [...chunks];
  const emitted: unknown[] = [];
  let waited = 0;
  const pull = (): FeederYield => {
    const given = random.oneIn(4) ? awaiting() : (left.shift() ?? CLOSED);
    // an empty chunk says the same as awaiting()
    if (given !== CLOSED && !isFilled(given)) waited++;
    return given;
  };
  let outcome: StreamOutcome<unknown, unknown> = runStream(parser, { pull }, config);
  while (outcome.kind === "pending") {
    emitted.push(...outcome.emitted);
    countDemand(into, name, outcome);
    into["parser.stream.await_ratio"].count(outcome.reason === "feederAwait", () => outcome.kind);
    outcome = resume(outcome.continuation, left.shift() ?? CLOSED);
  }
  if (outcome.meta.awaitCount > waited) throw new Error(`${name}: it waited more often than the feeder had nothing`);
  return { result: outcome.result, emitted: [...emitted, ...outcome.emitted] };
}

function isFilled(given: FeederYield): boolean {
  return typeof given === "string" || given instanceof Uint8Array ? given.length > 0 : false;
}

/** A driver under watermarks, held against what these say of what was pushed. */
function throughDriver(into: Tallies, { parser, config, name }: Golden, chunks: readonly Chunk[], random: Random): Fed {
  const highWatermark = random.pick(HIGH_WATERMARKS);
  const lowWatermark = random.below(highWatermark + 1);
  const flow = flowController({ highWatermark, lowWatermark });
  const emitted: unknown[] = [];
  const driver = new StreamDriver(parser, (outcome) => emitted.push(...outcome.emitted), { ...config, flow });
  const sync = into["parser.stream.backpressure_sync"];
  const where = `${name} between ${lowWatermark} and ${highWatermark}`;
  const pump = (closes = false): StreamOutcome<unknown, unknown> => {
    let outcome = closes ? driver.close() : driver.pump();
    while (outcome.kind === "pending") {
      const { demand, reason } = outcome;
      const rests = reason === "backpressure" || reason === "feederClosed";
      const inStep = rests === (demand.action === "pause") && outcome.emitted.length <= highWatermark + 1;
      sync.count(inStep, () => `${where}: ${reason} with ${demand.action} and ${outcome.emitted.length} values`);
      countDemand(into, name, outcome);
      if (!rests) break;
      outcome = driver.pump();
    }
    return outcome;
  };
  // how much waits is known of text whose every unit is counted: nothing is looked at before the next pump
  const isKnown = chunks.every(
    (chunk) => typeof chunk === "string" && !/\p{Surrogate}|[\ud800-\udfff\ufeff]/u.test(chunk),
  );
  let pushed = 0;
  for (const chunk of chunks) {
    const goesOn = driver.push(chunk);
    pushed += chunk.length;
    if (isKnown && pushed > highWatermark) sync.count(!goesOn, () => `${where}: push went on with ${pushed} waiting`);
    else if (isKnown && pushed < lowWatermark)
      sync.count(goesOn, () => `${where}: push stopped with ${pushed} waiting`);
    if (goesOn) continue;
    if (pump().kind === "completed") break;
    pushed = 0;
    sync.count(driver.push(""), () => `${where}: it rests and all was looked at`);
  }
  const last = pump(true);
  if (last.kind === "pending") throw new Error(`${name}: a closed run waits`);
  return { result: last.result, emitted };
}

async function throughParse(_into: Tallies, { parser, config }: Golden, chunks: readonly Chunk[]): Promise<Fed> {
  const { result, emitted } = await parse(parser, chunks, config);
  return { result, emitted };
}

// What is counted

export function countDemand(into: Tallies, name: string, pending: Pending<unknown, unknown>): void {
  const { demand, reason, meta, continuation } = pending;
  const { action, minBytes, preferredBytes } = demand;
  const wrong =
    action !== "continue" && action !== "pause"
      ? `the action is ${action}`
      : !(Number.isInteger(minBytes) && minBytes >= 1)
        ? `minBytes is ${minBytes}`
        : demand.reason !== reason
          ? `the reason is ${demand.reason}, not ${reason}`
          : (preferredBytes ?? (meta.chunks > 1 ? 0 : minBytes)) < minBytes
            ? `preferredBytes is ${preferredBytes}, and minBytes ${minBytes}`
            : deepEqual(continuation.meta.resumeHint, demand);
  into["parser.stream.demandhint_coverage"].count(wrong === undefined, () => `${name}: ${wrong}`);
}

/** Errors that say that something else should stand there. */
const SYNTAX: readonly (string | undefined)[] = ["E1001", "E1203"];

function countDiagnostics(into: Tallies, name: string, diagnostics: readonly Diagnostic[]): void {
  for (const { severity, code, message, expected, fixits, extensions } of diagnostics) {
    if (severity === "error" && SYNTAX.includes(code)) {
      const isSaid = expected !== undefined && expected.humanized !== "" && expected.alternatives.length > 0;
      into["parser.expected_summary_presence"].count(isSaid, () => `${name}: ${message}`);
    }
    const recovery = extensions.recover as { action: string; inserted?: string } | undefined;
    if (recovery?.action === "insert") {
      const isMended = fixits.some(({ insert }) => insert === recovery.inserted);
      into["parser.recover_fixit_coverage"].count(isMended, () => `${name}: ${message}`);
    }
  }
}
