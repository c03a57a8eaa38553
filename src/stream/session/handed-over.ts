// The `stream` namespace of a configuration: what the run before this one handed over.
import { described } from "../../misuse/described.ts";
import type { FlowController } from "../flow/flow.ts";
import type { StreamingConfig } from "./outcome.ts";

/** The flow of a streamed run: its own, or the one that was handed over to it. */
export function flowOf(config: StreamingConfig): FlowController | undefined {
  return config.flow ?? (config.extensions?.stream?.flow as FlowController | undefined);
}

/**
 * The demand of a streamed run before it has learnt from its chunks.
 *
 * @throws TypeError if the hint is wrong.
 */
export function firstChunkSizeHintOf({ extensions }: StreamingConfig): number | undefined {
  const bytes = extensions?.stream?.resumeHint?.preferredBytes;
  if (bytes !== undefined && !(typeof bytes === "number" && bytes > 0)) {
    throw new TypeError(
      `extensions.stream.resumeHint.preferredBytes takes a number of bytes above 0, got ${described(bytes)}`,
    );
  }
  return bytes;
}
