// Information about a run in progress; none of it changes a parse.
import * as make from "../make.ts";
import { nodeOf, Parser } from "../parser.ts";

/**
 * `p`; once it has succeeded and nothing can take that back, its span is the run's last checkpoint
 * (`continuation.meta.lastCheckpoint`), and `meta.checkpointsClosed` counts it.
 *
 * @example
 * ```ts
 * import { checkpoint, many, run, seq } from "sluice";
 * import { string } from "sluice/lex";
 * run(many(checkpoint(seq(string("a"), string(";")))), "a;a;").ok; // => true
 * ```
 */
export function checkpoint<T, E>(p: Parser<T, E>): Parser<T, E> {
  return Parser.of(make.checkpoint(nodeOf(p)));
}

/**
 * `p`, as one frame of the input: while it waits for more, `demand.frameBoundary` is the name of the innermost frame, for a
 * feeder that can cut its chunks there.
 *
 * @param tokenClass the name of the frame; not empty.
 * @throws TypeError if the name is not a string, or empty.
 *
 * @example
 * ```ts
 * import { frame } from "sluice";
 * import { string } from "sluice/lex";
 * import { runStream } from "sluice/stream";
 * const waiting = runStream(frame("greeting", string("hello")), "he");
 * waiting.kind === "pending" && waiting.demand.frameBoundary; // => "greeting"
 * ```
 */
export function frame<T, E>(tokenClass: string, p: Parser<T, E>): Parser<T, E> {
  return Parser.of(make.frame(tokenClass, nodeOf(p)));
}

/**
 * `p`; a run with `trace: true` records each of its successes under a name, as it does for every `rule`. If such a run
 * fails, `diagnostic.spanTrace` has the last 1000 successes of the branch that failed, and `extensions.trace.onTrace`
 * is called with each once nothing can take it back. In any other run it is `p`, and costs nothing.
 *
 * @param name the name in the trace; default: the name that `p` has itself, if it has one.
 * @throws TypeError if the name is not a string, or is empty.
 *
 * @example
 * ```ts
 * import { run, seq, trace } from "sluice";
 * import { string } from "sluice/lex";
 * const [diagnostic] = run(seq(trace(string("a"), "first"), string("b")), "ax", { trace: true }).diagnostics;
 * diagnostic?.spanTrace?.map((step) => step.name); // => ["first"]
 * ```
 */
export function trace<T, E>(p: Parser<T, E>, name?: string): Parser<T, E> {
  return Parser.of(make.trace(nodeOf(p), name));
}
