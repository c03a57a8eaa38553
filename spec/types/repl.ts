// A continuation as a REPL uses it.
import type { Parser } from "sluice";
import { json } from "sluice/formats/json";
import { CLOSED, resume, runStream, type StreamOutcome } from "sluice/stream";

export async function repl(lines: AsyncIterable<string>): Promise<void> {
  let outcome = runStream(json, "");
  for await (const line of lines) {
    if (outcome.kind === "completed") outcome = runStream(json, line);
    else outcome = resume(outcome.continuation, `${line}\n`);
    if (outcome.kind === "pending") {
      const c = outcome.continuation;
      if (!c.canFinish) {
        console.log("… expects", c.meta.expectedTokens.map((one) => one.kind).join(" or "));
        continue;
      }
      const preview = c.preview();
      if (preview.ok) console.log("so far", typeof preview.value);
      outcome = resume(c, CLOSED);
    }
    if (outcome.kind === "completed") {
      const { result } = outcome;
      if (result.ok) console.log(result.value);
      else for (const { message } of result.diagnostics) console.error(message);
    }
  }
}

// a helper that is generic in the parser
export function feed<T, E>(p: Parser<T, E>, chunks: readonly string[]): StreamOutcome<T, E> {
  let outcome = runStream(p, "");
  for (const chunk of chunks) if (outcome.kind === "pending") outcome = resume(outcome.continuation, chunk);
  return outcome;
}
