// Streaming by hand: one outcome at a time.
import type { Parser } from "../../grammar/parser.ts";
import { STATUS } from "../../machine/index.ts";
import { checkOptions } from "../../misuse/options.ts";
import { checkFlow, type FlowController, pullsSingly } from "../flow/flow.ts";
import {
  type Bytes,
  type Chunk,
  type ChunkInput,
  checkInput,
  type Feeder,
  type FeederYield,
  failedBy,
} from "../input/chunk.ts";
import { readYield } from "../input/feeder-answer.ts";
import { SnapshotContinuation } from "../session/continuation.ts";
import type { Continuation, StreamingConfig, StreamOutcome } from "../session/outcome.ts";
import { Session } from "../session/session.ts";

/**
 * Begins a streamed run with a first chunk, or with a feeder that is asked until it has nothing.
 *
 * @returns the result, or a continuation for `resume`.
 * @throws TypeError if the parser, the configuration or a chunk is wrong; the reason of a `signal` that is aborted; and
 * whatever a function of the grammar throws.
 *
 * @example
 * ```ts
 * import { string } from "sluice/lex";
 * import { CLOSED, resume, runStream } from "sluice/stream";
 * const first = runStream(string("ab"), "a");
 * first.kind === "pending" && first.demand.minBytes; // => 1
 * ```
 */
export function runStream<T, E>(
  p: Parser<T, E>,
  from: Feeder | Chunk | Bytes,
  config: StreamingConfig = {},
): StreamOutcome<T, E> {
  const session = Session.start(p, config);
  session.throwIfAborted();
  if (isFeeder(from)) return captured(pullAll(session, from));
  return captured(session.advance(checkInput(from)));
}

/**
 * Continues a paused run. One continuation may be resumed more than once: each outcome is as if it were the only one.
 * An empty chunk continues after "backpressure" or "yield".
 *
 * @param more a chunk, or `CLOSED` when the input has ended.
 * @param options `flow`: the flow of the run from here on.
 * @throws as `runStream`.
 *
 * @example
 * ```ts
 * import { string } from "sluice/lex";
 * import { CLOSED, resume, runStream } from "sluice/stream";
 * const first = runStream(string("ab"), "a");
 * first.kind === "pending" && resume(first.continuation, "b").kind; // => "pending"
 * ```
 */
export function resume<T, E>(
  continuation: Continuation<T, E>,
  more: ChunkInput | Bytes,
  options: { flow?: FlowController | undefined } = {},
): StreamOutcome<T, E> {
  if (!(continuation instanceof SnapshotContinuation)) {
    throw new TypeError("resume takes the continuation of a pending outcome first");
  }
  const input = checkInput(more);
  checkOptions(options, ["flow"], "resume takes its options as an object, such as { flow: flowController() }");
  const { flow } = options;
  if (flow !== undefined) checkFlow(flow);
  const session = (continuation as SnapshotContinuation<T, E>).take();
  if (flow !== undefined) session.flow = flow;
  session.throwIfAborted();
  return captured(session.advance(input));
}

/** An outcome that does not change, whatever happens to the session. */
function captured<T, E>(outcome: StreamOutcome<T, E>): StreamOutcome<T, E> {
  if (outcome.kind === "pending") void outcome.continuation;
  return outcome;
}

function pullAll<T, E>(session: Session<T, E>, feeder: Feeder): StreamOutcome<T, E> {
  let more: ChunkInput = "";
  for (;;) {
    session.throwIfAborted();
    const status = session.feed(more);
    if (typeof status === "object") return session.broken(status);
    if (status !== STATUS.INPUT) return session.outcome(status);
    if (session.turnOver) return session.outcome(STATUS.FUEL);
    const waits = session.machine.emissions.certain.length > 0;
    if (waits && (session.paused || pullsSingly(session.flow, feeder))) return session.outcome(status, "backpressure");
    const demand = session.demand(status);
    let given: FeederYield;
    try {
      given = feeder.pull(demand);
    } catch (cause) {
      return session.broken(failedBy(cause));
    }
    const answer = readYield(given);
    if (answer === undefined) return session.outcome(status, "feederAwait");
    if (typeof answer === "object" && "error" in answer) return session.broken(answer.error);
    more = answer;
  }
}

function isFeeder(from: unknown): from is Feeder {
  return typeof from === "object" && from !== null && "pull" in from && typeof from.pull === "function";
}
