// Reads the result of a feeder.
import {
  type Chunk,
  type ChunkInput,
  CLOSED,
  type Closed,
  checkChunk,
  type FeederYield,
  readChunk,
  type StreamError,
} from "./chunk.ts";

/** @internal What a feeder returned: input, an error, or nothing for now. */
export function readYield(given: FeederYield): ChunkInput | { readonly error: StreamError } | undefined {
  if (given === CLOSED) return given;
  const chunk = readChunk(given);
  if (chunk !== undefined) return unlessEmpty(chunk);
  const answer = given as Exclude<FeederYield, Chunk | Closed> | undefined;
  switch (answer?.kind) {
    case "chunk":
      return unlessEmpty(checkChunk(answer.data));
    case "awaiting":
      return undefined;
    case "error":
      if (isError(answer.error)) return { error: answer.error };
      return bug('feederError takes { kind, message } with a kind such as "IoFailed"');
    default:
      return bug("a feeder gives chunk(…), awaiting(), closed() or feederError(…)");
  }
}

/** An empty chunk means that there is nothing now. */
function unlessEmpty(chunk: Chunk): Chunk | undefined {
  return chunk.length === 0 ? undefined : chunk;
}

function bug(message: string): { readonly error: StreamError } {
  return { error: { kind: "FeederBug", message } };
}

const KINDS: readonly unknown[] = [
  "IoFailed",
  "DecoderFailed",
  "FeederBug",
  "UserCancelled",
] satisfies StreamError["kind"][];

function isError(error: StreamError | undefined): error is StreamError {
  return KINDS.includes(error?.kind) && typeof error?.message === "string";
}
