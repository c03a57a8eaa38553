// What a feeder answers, read.
import { type ChunkInput, CLOSED, checkChunk, type FeederYield, type StreamError } from "./chunk.ts";

/** @internal What a feeder gave: input, an error, or nothing for now. */
export function readYield(given: FeederYield): ChunkInput | { readonly error: StreamError } | undefined {
  if (typeof given === "string" || given instanceof Uint8Array)
    return checkChunk(given).length === 0 ? undefined : given;
  if (given === CLOSED) return given;
  switch (given?.kind) {
    case "chunk":
      return checkChunk(given.data).length === 0 ? undefined : given.data;
    case "awaiting":
      return undefined;
    case "error":
      if (isError(given.error)) return { error: given.error };
      return bug('feederError takes { kind, message } with a kind such as "IoFailed"');
    default:
      return bug("a feeder gives chunk(…), awaiting(), closed() or feederError(…)");
  }
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
