// The control loop as a generator: it yields what it waits for and receives the next chunk.
import type { Parser } from "../../grammar/parser.ts";
import { type Bytes, type ChunkInput, CLOSED, checkInput } from "../input/chunk.ts";
import type { Completed, Pending, StreamingConfig } from "../session/outcome.ts";
import { Session } from "../session/session.ts";

/**
 * The control loop: `next(chunk)` feeds it, `next(CLOSED)` ends the input. Once it has completed it stays so: `next`
 * returns the outcome again, with nothing emitted; for a chunk, an outcome that says that the chunk came too late
 * (`stream.feeder`).
 */
export interface ParseLoop<T, E = never> extends AsyncGenerator<Pending<T, E>, Completed<T, E>, ChunkInput | Bytes> {}

/**
 * The control loop as an async generator: each `next(chunk)` gives a `Pending`, and the last one the `Completed`. A
 * chunk passed to the very first `next` is used too.
 *
 * @throws TypeError if the parser or the configuration is wrong. `next` throws it for a wrong chunk; it also throws the
 * reason of a `signal` that is aborted, and whatever a function of the grammar throws.
 *
 * @example
 * ```ts
 * import { string } from "sluice/lex";
 * import { parseLoop } from "sluice/stream";
 * const loop = parseLoop(string("ab"));
 * (await loop.next("a")).done; // => false
 * ```
 */
export function parseLoop<T, E>(p: Parser<T, E>, config: StreamingConfig = {}): ParseLoop<T, E> {
  const session = Session.start(p, config);
  const loop = asyncSteps(session);
  // up to where it waits for the first chunk: a generator ignores the argument of its first `next`
  void loop.next(undefined as never);
  const next = loop.next.bind(loop);
  const after = afterwards(session);
  return Object.assign(loop, {
    next: async (more?: ChunkInput | Bytes) => {
      const chunk = checked(more);
      session.throwIfAborted();
      return after(await next(chunk), chunk);
    },
  });
}

/**
 * The control loop as a generator. A `Pending` captures its continuation when that is read, which must be before the
 * next call of `next`; a loop that never reads it captures nothing.
 *
 * @throws as `parseLoop`.
 *
 * @example
 * ```ts
 * import { string } from "sluice/lex";
 * import { parseLoopSync } from "sluice/stream";
 * parseLoopSync(string("ab")).next("a").done; // => false
 * ```
 */
export function parseLoopSync<T, E>(
  p: Parser<T, E>,
  config: StreamingConfig = {},
): Generator<Pending<T, E>, Completed<T, E>, ChunkInput | Bytes> {
  const session = Session.start(p, config);
  const loop = steps(session);
  loop.next(undefined as never);
  const next = loop.next.bind(loop);
  const after = afterwards(session);
  return Object.assign(loop, {
    next: (more?: ChunkInput | Bytes) => {
      const chunk = checked(more);
      session.throwIfAborted();
      return after(next(chunk), chunk);
    },
  });
}

type Step<T, E> = IteratorResult<Pending<T, E>, Completed<T, E>>;

/** The result of a step once the loop has completed: a generator that has returned can't return more. */
function afterwards<T, E>(session: Session<T, E>): (step: Step<T, E>, more: ChunkInput) => Step<T, E> {
  let completed: Completed<T, E> | undefined;
  return (step, more) => {
    if (step.done !== true) return step;
    if (completed === undefined) {
      // nothing, if the loop was left, or a function of the grammar threw
      completed = step.value as Completed<T, E> | undefined;
      return step;
    }
    const inTime = more === CLOSED || more.length === 0;
    return { done: true, value: inTime ? { ...completed, emitted: [] } : session.fedLate() };
  };
}

/**
 * An error that is thrown inside a generator ends it. So a value that is not a chunk is refused before, and the loop
 * can continue.
 */
function checked(more: ChunkInput | Bytes | undefined): ChunkInput {
  return more === undefined ? "" : checkInput(more);
}

async function* asyncSteps<T, E>(session: Session<T, E>): AsyncGenerator<Pending<T, E>, Completed<T, E>, ChunkInput> {
  let more: ChunkInput | undefined = yield undefined as never;
  for (;;) {
    const outcome = session.advance(more);
    if (outcome.kind === "completed") return outcome;
    void outcome.continuation;
    more = yield outcome;
  }
}

function* steps<T, E>(session: Session<T, E>): Generator<Pending<T, E>, Completed<T, E>, ChunkInput> {
  let more: ChunkInput | undefined = yield undefined as never;
  for (;;) {
    const outcome = session.advance(more);
    if (outcome.kind === "completed") return outcome;
    more = yield outcome;
  }
}
