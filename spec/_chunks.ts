// The one helper every parser test goes through: it runs a parser whole, under every split in two, unit by unit and under
// seeded random chunkings, as text and as UTF-8, and holds each result against that of `run`.
import type { ExecutionContext } from "ava";
import { type ParseResult, type Parser, type RunConfig, run } from "../src/index.ts";
import {
  awaiting,
  type Chunk,
  CLOSED,
  type Closed,
  type Continuation,
  type FeederYield,
  type Pending,
  parseLoopSync,
  resume,
  runStream,
  type StreamOutcome,
} from "../src/stream/index.ts";
import { deepEqual } from "./_equal.ts";
import { type Random, seeded } from "./_random.ts";
import { size } from "./_size.ts";

/** Longer inputs are split at a sample of places. */
const EVERY_SPLIT = 200;
/** Longer inputs are not fed unit by unit. */
const EVERY_UNIT = 4096;
const RANDOM_CHUNKINGS = size(3, 12);
/** How often an input is split at each place: as often as there are ways to feed it, or in one of these ways. */
const TIMES_A_SPLIT = size(1, 3);
/** After so many outcomes without progress a run is taken to hang. */
const PATIENCE = 1000;

/**
 * Asserts that every way of feeding `input` gives what `run` gives, and returns that.
 *
 * @param input text is also fed as UTF-8 bytes, unless it has a lone surrogate; bytes are fed as bytes.
 */
export function everyWay<T, E>(
  t: ExecutionContext,
  parser: Parser<T, E>,
  input: string | Uint8Array,
  config: RunConfig = {},
): ParseResult<T, E> {
  const found = firstDifference(parser, input, config);
  if (found === undefined) t.pass();
  else t.fail(found);
  return run(parser, input, config);
}

interface Chunkings {
  readonly seed?: number;
  /** Only so many random chunkings, and no other. */
  readonly random?: number;
}

/** How some way of feeding `input` differs from `run`, with the chunks that show it; undefined if none does. */
export function firstDifference<T, E>(
  parser: Parser<T, E>,
  input: string | Uint8Array,
  config: RunConfig = {},
  chunkings: Chunkings = {},
): string | undefined {
  const expected = comparable(run(parser, input, config));
  const forms: Chunk[] = [input];
  if (typeof input === "string" && !/\p{Surrogate}/u.test(input)) {
    const bytes = new TextEncoder().encode(input);
    forms.push(bytes);
    const found = deepEqual(comparable(run(parser, bytes, config)), expected);
    if (found !== undefined) return `run on UTF-8 bytes ${found}`;
  }
  const random = seeded(chunkings.seed ?? input.length);
  let consumed: number | undefined;
  let ways = 0;
  for (const form of forms) {
    const cuts =
      chunkings.random === undefined ? allCuts(form.length, random) : randomCuts(form.length, random, chunkings.random);
    for (const at of cuts) {
      const feed = FEEDS[ways % FEEDS.length] as Feed;
      ways += 1;
      const outcome = feed(parser, cutUp(form, at), config, random);
      const { emitted, result, meta } = outcome;
      if (result.emitted.length > 0)
        return tell(feed, form, at, "the result of a streamed run has emissions of its own");
      const found = deepEqual(comparable({ ...result, emitted }), expected);
      if (found !== undefined) return tell(feed, form, at, found);
      consumed ??= result.span?.end.byteOffset ?? meta.consumedBytes;
      if (meta.consumedBytes !== consumed)
        return tell(feed, form, at, `consumedBytes is ${meta.consumedBytes}, not ${consumed}`);
    }
  }
  return undefined;
}

/** A result without what only a streamed run can have. */
function comparable(result: object): object {
  const plain = { ...result } as { diagnostics: readonly { streamMeta?: unknown }[] };
  plain.diagnostics = plain.diagnostics.map((diagnostic) => {
    const { streamMeta: _, ...rest } = diagnostic;
    return rest;
  });
  return plain;
}

function tell(feed: Feed, form: Chunk, at: readonly number[], what: string): string {
  const chunks = cutUp(form, at).map((chunk) =>
    typeof chunk === "string" ? JSON.stringify(chunk) : `<${[...chunk].join(" ")}>`,
  );
  const list = chunks.length > 60 ? [...chunks.slice(0, 60), "…"] : chunks;
  return `${feed.name} fed ${list.join(", ")}: ${what}`;
}

// Where to cut

function allCuts(length: number, random: Random): number[][] {
  const cuts: number[][] = [[]];
  if (length <= EVERY_SPLIT)
    for (let at = 0; at <= length; at += 1) for (let i = 0; i < TIMES_A_SPLIT; i += 1) cuts.push([at]);
  else for (let i = 0; i < EVERY_SPLIT / 4; i += 1) cuts.push([random.below(length + 1)]);
  if (length <= EVERY_UNIT) {
    const everywhere = Array.from({ length: Math.max(length - 1, 0) }, (_, i) => i + 1);
    for (const _ of FEEDS) cuts.push(everywhere);
  }
  return [...cuts, ...randomCuts(length, random, RANDOM_CHUNKINGS)];
}

/** Sorted offsets; one that comes twice makes an empty chunk. */
function randomCuts(length: number, random: Random, ways: number): number[][] {
  return Array.from({ length: ways }, () => {
    const pieces = 1 + random.below(Math.min(length + 2, 40));
    return Array.from({ length: pieces }, () => random.below(length + 1)).sort((a, b) => a - b);
  });
}

function cutUp(form: Chunk, at: readonly number[]): Chunk[] {
  return [0, ...at].map((from, i) => form.slice(from, at[i] ?? form.length));
}

// How to feed

interface Fed<T, E> {
  readonly result: ParseResult<T, E>;
  readonly emitted: E[];
  readonly meta: StreamOutcome<T, E>["meta"];
}

type Feed = <T, E>(parser: Parser<T, E>, chunks: readonly Chunk[], config: RunConfig, random: Random) => Fed<T, E>;

const FEEDS: readonly Feed[] = [throughLoop, throughResume, throughFeeder];

/** The generator; its first chunk is now and then given to the very first `next`. */
function throughLoop<T, E>(
  parser: Parser<T, E>,
  chunks: readonly Chunk[],
  config: RunConfig,
  random: Random,
): Fed<T, E> {
  const loop = parseLoopSync(parser, config);
  const emitted: E[] = [];
  const left: (Chunk | Closed)[] = [...chunks];
  const early = lend(random.oneIn(2) ? left.shift() : undefined);
  let step = early === undefined ? loop.next() : loop.next(early);
  spoil(early);
  for (let patience = PATIENCE + chunks.length; !step.done; patience -= 1) {
    gather(emitted, step.value);
    if (patience < 0) throw new Error("parseLoopSync goes on without end");
    look(step.value, random);
    const given = lend(left.shift() ?? CLOSED);
    step = loop.next(given);
    spoil(given);
  }
  gather(emitted, step.value);
  return { ...step.value, emitted };
}

/** `runStream` and `resume`; now and then a continuation is resumed with something else first. */
function throughResume<T, E>(
  parser: Parser<T, E>,
  chunks: readonly Chunk[],
  config: RunConfig,
  random: Random,
): Fed<T, E> {
  const [first = "", ...left] = chunks;
  const emitted: E[] = [];
  const given = lend(first);
  let outcome = runStream(parser, given, config);
  spoil(given);
  const queue: (Chunk | Closed)[] = [...left, CLOSED];
  for (let patience = PATIENCE + chunks.length; outcome.kind === "pending"; patience -= 1) {
    gather(emitted, outcome);
    if (patience < 0) throw new Error("resume goes on without end");
    look(outcome, random);
    const { continuation } = outcome;
    const next = queue.shift() ?? CLOSED;
    if (next !== CLOSED && random.oneIn(2)) goAstray(continuation, next, random);
    const chunk = lend(next);
    outcome = resume(continuation, chunk);
    spoil(chunk);
  }
  gather(emitted, outcome);
  return { ...outcome, emitted };
}

/** A feeder that has nothing now and then. */
function throughFeeder<T, E>(
  parser: Parser<T, E>,
  chunks: readonly Chunk[],
  config: RunConfig,
  random: Random,
): Fed<T, E> {
  const left = [...chunks];
  const pull = (): FeederYield => (random.oneIn(4) ? awaiting() : (left.shift() ?? CLOSED));
  const emitted: E[] = [];
  let outcome = runStream(parser, { pull }, config);
  for (let patience = PATIENCE + chunks.length; outcome.kind === "pending"; patience -= 1) {
    gather(emitted, outcome);
    if (patience < 0) throw new Error("runStream from a feeder goes on without end");
    // A continuation never holds the feeder: from here on the rest is pushed by hand.
    outcome = resume(outcome.continuation, outcome.reason === "backpressure" ? "" : (left.shift() ?? CLOSED));
  }
  gather(emitted, outcome);
  return { ...outcome, emitted };
}

function gather<E>(into: E[], from: { readonly emitted: readonly E[] }): void {
  for (const value of from.emitted) into.push(value);
}

/** Looks at what a pending outcome shows, which must not disturb it. */
function look(pending: Pending<unknown, unknown>, random: Random): void {
  if (!(pending.demand.minBytes >= 1)) throw new Error(`a pending outcome asks for ${pending.demand.minBytes} bytes`);
  if (random.oneIn(2)) return;
  const { continuation } = pending;
  const hint = deepEqual(continuation.meta.resumeHint, pending.demand);
  if (hint !== undefined) throw new Error(`demand and resumeHint differ ${hint}`);
  if (random.oneIn(3)) void continuation.canFinish;
  if (random.oneIn(3)) continuation.preview();
  if (random.oneIn(3)) void continuation.meta.expectedTokens;
}

/** Resumes with what does not come next, and perhaps to the end: the continuation must not notice. */
function goAstray(continuation: Continuation<unknown, unknown>, next: Chunk, random: Random): void {
  const turned =
    typeof next === "string" ? `${next.slice(1)}?a,]` : Uint8Array.from([...next.slice(1), 63, 97, 44, 93]);
  const astray = resume(continuation, random.oneIn(3) ? CLOSED : turned);
  if (astray.kind === "pending" && random.oneIn(2)) resume(astray.continuation, CLOSED);
}

/** A chunk of its own for bytes, so that it can be spoilt after the call. */
function lend<C extends Chunk | Closed | undefined>(chunk: C): C {
  return chunk instanceof Uint8Array ? (chunk.slice() as C) : chunk;
}

/** A caller may use its buffer again. */
function spoil(chunk: Chunk | Closed | undefined): void {
  if (chunk instanceof Uint8Array) chunk.fill(0x21);
}
