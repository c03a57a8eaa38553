// Runs on a source from start to end, as a whole or item by item.
import { emits } from "../../compile/index.ts";
import * as make from "../../grammar/make.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { ParseError } from "../../run/index.ts";
import { type Clock, platformClock } from "../flow/clock.ts";
import type { Source } from "../input/source.ts";
import type { Completed, StreamingConfig } from "../session/outcome.ts";
import { Session } from "../session/session.ts";
import { SourceRun } from "./source-run.ts";

/** The items of a parser: the values that it emits, or, if it emits none, its own values. */
export type ItemOf<T, E> = [E] extends [never] ? T : E;

/** How many emitted values may wait inside a chunk before the parse pauses. */
const HANDFUL = 16;

/**
 * Runs a parser on a source as it arrives.
 *
 * @returns the completed outcome; parse errors and a failing source are in its result.
 * @throws (as a rejection) TypeError for misuse, the reason of an aborted `signal`, and whatever a function of the
 * grammar throws. The source is closed in every case; an error while closing is thrown only if there was no other.
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
  return parseBy(platformClock, p, source, config);
}

/** @internal `parse` with a given clock. */
export async function parseBy<T, E>(
  clock: Clock,
  p: Parser<T, E>,
  source: Source,
  config: StreamingConfig,
): Promise<Completed<T, E>> {
  const run = new SourceRun(Session.start(p, config), source, config, clock);
  const emitted: E[] = [];
  const steps = run.steps();
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return { ...step.value, emitted };
    for (const value of step.value) emitted.push(value);
    run.session.untaken = 0;
  }
}

/**
 * What a parser emits, one by one, as it arrives: `for await`. A parser that emits nothing is treated as `each(p)` up
 * to the end of the input. Leaving the loop early closes the source.
 *
 * @returns the completed outcome, with the errors that were recovered from in its result.
 * @throws (as a rejection) ParseError after the last certain value, if the parse gave no value; otherwise as `parse`.
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
export function parseEach<T, E>(
  p: Parser<T, E>,
  source: Source,
  config: StreamingConfig = {},
): AsyncGenerator<ItemOf<T, E>, Completed<T, E>, void> {
  return leavable(() => runOfItems(platformClock, p, source, config));
}

/** @internal `itemsOf`, but its `return` also stops a step in progress: a generator would first finish that. */
function leavable<T, E>(begin: () => SourceRun<T, E>): AsyncGenerator<ItemOf<T, E>, Completed<T, E>, void> {
  let run: SourceRun<T, E> | undefined;
  const items = itemsOf(() => {
    run = begin();
    return run;
  });
  const leave = items.return.bind(items);
  return Object.assign(items, {
    return(value: Completed<T, E> | PromiseLike<Completed<T, E>>) {
      if (run?.moving === true) run.leave();
      return leave(value);
    },
  });
}

/** @internal A run that returns items. */
export function runOfItems<T, E>(
  clock: Clock,
  p: Parser<T, E>,
  source: Source,
  config: StreamingConfig,
): SourceRun<T, E> {
  return new SourceRun(Session.start<T, E>(emitting(p), config, HANDFUL), source, config, clock);
}

/** @internal The items of a run, which begins when the first one is requested. */
export async function* itemsOf<T, E>(
  begin: () => SourceRun<T, E>,
): AsyncGenerator<ItemOf<T, E>, Completed<T, E>, void> {
  const run = begin();
  const { session, intake, signal } = run;
  const steps = run.steps();
  try {
    for (;;) {
      run.moving = true;
      const step = await steps.next();
      run.moving = false;
      if (step.done === true) {
        const { result } = step.value;
        if (!result.ok && !result.recovered) throw new ParseError(result);
        return step.value;
      }
      for (const value of step.value) {
        signal?.throwIfAborted();
        session.untaken -= 1;
        intake.ahead();
        yield value as ItemOf<T, E>;
        run.moving = true;
        if (session.turnOver) await run.turn();
        run.moving = false;
      }
    }
  } catch (error) {
    // the first error says more than one from closing
    await steps.return(undefined as never).catch(() => {});
    if (!run.left) throw error;
    return undefined as never;
  } finally {
    await steps.return(undefined as never);
  }
}

/** The parser itself if it emits, else one that emits its values. */
function emitting<T, E>(p: Parser<T, E>): Parser<T, E> {
  const node = nodeOf(p);
  if (emits(node)) return p;
  return Parser.of<T, E>(make.pick(0, make.each(node, {}), { kind: "eof" }));
}
