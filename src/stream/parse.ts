// Runs over a source from end to end: nothing is captured on the way.

import { programOf } from "../compile/index.ts";
import * as make from "../grammar/make.ts";
import { nodeOf, Parser } from "../grammar/parser.ts";
import { STATUS, type Status } from "../machine/index.ts";
import { ParseError } from "../run/index.ts";
import { type Chunk, type ChunkInput, CLOSED, checkChunk, type StreamError } from "./chunk.ts";
import type { Completed, StreamingConfig } from "./outcome.ts";
import { Session } from "./session.ts";
import { chunksOf, Silence, type Source } from "./source.ts";

/** What a parser hands out one by one: its emissions, or, if it has none, its values. */
export type ItemOf<T, E> = [E] extends [never] ? T : E;

/** How many emitted values may wait inside a chunk before the parse rests. */
const HANDFUL = 16;

/**
 * Runs a parser over a source as it arrives.
 *
 * @returns the completed outcome; parse errors and a failing source are in its result.
 * @throws (as a rejection) TypeError for misuse, the reason of an aborted `signal`, and whatever a function of the grammar
 * throws. The source is closed in every case; what it throws then is thrown only if nothing else was wrong.
 *
 * @example
 * ```ts
 * import { string } from "sluice/lex";
 * import { parse } from "sluice/stream";
 * (await parse(string("ab"), ["a", "b"])).result.ok; // => true
 * ```
 */
export async function parse<T, E>(
  p: Parser<T, E>,
  source: Source,
  config: StreamingConfig = {},
): Promise<Completed<T, E>> {
  const session = Session.start(p, config);
  const emitted: E[] = [];
  const steps = drive(session, source, config);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return { ...step.value, emitted };
    for (const value of step.value) emitted.push(value);
  }
}

/**
 * What a parser emits, one by one, as it arrives: `for await`. A parser that emits nothing is taken as `each(p)` up to the
 * end of the input. Leaving the loop early closes the source.
 *
 * @throws (as a rejection) ParseError after the last certain value, if the parse failed; else as `parse`.
 *
 * @example
 * ```ts
 * import { lexeme, string } from "sluice/lex";
 * import { parseEach } from "sluice/stream";
 * const seen: string[] = [];
 * for await (const item of parseEach(lexeme(string("a")), ["a ", "a"])) seen.push(item);
 * seen; // => ["a", "a"]
 * ```
 */
export async function* parseEach<T, E>(
  p: Parser<T, E>,
  source: Source,
  config: StreamingConfig = {},
): AsyncGenerator<ItemOf<T, E>, Completed<T, E>, void> {
  const session = Session.start(emitting(p), config, HANDFUL);
  const steps = drive(session, source, config);
  try {
    for (;;) {
      const step = await steps.next();
      if (step.done === true) {
        if (!step.value.result.ok) throw new ParseError(step.value.result);
        return step.value as unknown as Completed<T, E>;
      }
      for (const value of step.value) {
        config.signal?.throwIfAborted();
        yield value as ItemOf<T, E>;
      }
    }
  } finally {
    await steps.return(undefined as never);
  }
}

/** The parser itself if it emits, else one that emits its values. */
function emitting(p: Parser<unknown, unknown>): Parser<unknown, unknown> {
  const node = nodeOf(p);
  if (programOf(node).emits) return p;
  return Parser.of(make.pick(0, make.each(node, {}), { kind: "eof" }));
}

/** Feeds a session from a source; yields what was emitted, a batch at a time. */
async function* drive<T, E>(
  session: Session<T, E>,
  source: Source,
  { signal, pendingTimeout }: StreamingConfig,
): AsyncGenerator<readonly E[], Completed<T, E>, void> {
  const chunks = chunksOf(source, signal, pendingTimeout);
  let ended = false;
  let wrong = false;
  const finished = (outcome: Completed<T, E>): Completed<T, E> => {
    wrong = !outcome.result.ok;
    return outcome;
  };
  try {
    let more: ChunkInput | undefined;
    for (;;) {
      let status: Status | StreamError;
      try {
        status = session.feed(more);
        if (status === STATUS.INPUT || status === STATUS.EMITTED || status === STATUS.FUEL) session.rests(status);
      } catch (error) {
        // a function of the grammar threw: what was certain by then comes first
        yield session.machine.emissions.take() as E[];
        throw error;
      }
      more = undefined;
      signal?.throwIfAborted();
      if (typeof status === "object") return finished(session.broken(status));
      const emitted = session.machine.emissions.take() as E[];
      if (emitted.length > 0) yield emitted;
      if (status === STATUS.EMITTED) continue;
      if (status === STATUS.FUEL) {
        await aTurn();
        signal?.throwIfAborted();
        continue;
      }
      if (status === STATUS.INPUT) {
        const next = await nextChunk(chunks, signal);
        if (next instanceof Silence) return session.silent(next);
        if (isStreamError(next)) {
          ended = true;
          return finished(session.broken(next));
        }
        ended ||= next === CLOSED;
        more = next;
      } else {
        const outcome = session.outcome(status);
        if (outcome.kind === "completed") return finished(outcome);
      }
    }
  } catch (error) {
    wrong = true;
    throw error;
  } finally {
    if (!ended) await close(chunks, signal, wrong);
  }
}

/** Closes a source. What that throws is not heard where something was wrong before: the first error says more. */
async function close(chunks: AsyncIterator<Chunk>, signal: AbortSignal | undefined, wrong: boolean): Promise<void> {
  try {
    await chunks.return?.(signal?.aborted === true ? signal.reason : undefined);
  } catch (error) {
    if (!wrong) throw error;
  }
}

/** The event loop goes round once: what waits for its turn has it. */
function aTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

async function nextChunk(
  chunks: AsyncIterator<Chunk>,
  signal: AbortSignal | undefined,
): Promise<Chunk | typeof CLOSED | StreamError | Silence> {
  let next: IteratorResult<Chunk>;
  try {
    next = await chunks.next();
  } catch (cause) {
    if (signal?.aborted === true) throw signal.reason;
    if (cause instanceof Silence) return cause;
    return {
      kind: "IoFailed",
      message: `the source failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    };
  }
  return next.done === true ? CLOSED : checkChunk(next.value);
}

function isStreamError(next: unknown): next is StreamError {
  return typeof next === "object" && next !== null && "kind" in next && !(next instanceof Uint8Array);
}
