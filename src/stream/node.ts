// Files by their path, on platforms with `node:fs`: Node, Deno and Bun.
import { createReadStream } from "node:fs";
import { checkOptions } from "../misuse/options.ts";
import { chunksOf } from "./input/source.ts";

/** Which part of a file is read, and in chunks of what size. */
export interface FileOptions {
  /** The first byte to read; default: 0. */
  start?: number | undefined;
  /** The last byte to read; default: the file's last. */
  end?: number | undefined;
  /** The largest number of bytes in a chunk; default: 65,536. */
  chunkBytes?: number | undefined;
}

/**
 * The bytes of a file as a source. It is opened when the first chunk is needed and closed at its end, or as soon as the
 * run is over; each iteration opens it again.
 *
 * @param path as in `node:fs`; also a `URL` of a file.
 * @throws (as a rejection of the iteration) the error of the file system; a run then ends with `stream.io`.
 *
 * @example
 * ```ts
 * import { json } from "sluice/formats/json";
 * import { file } from "sluice/node";
 * import { parse } from "sluice/stream";
 * const { result } = await parse(json, file("package.json"));
 * result.ok; // => true
 * ```
 */
export function file(path: string | URL, options: FileOptions = {}): AsyncIterable<Uint8Array> {
  checkOptions(options, ["start", "end", "chunkBytes"], "file takes its options as an object, such as { start: 100 }");
  const { start = 0, end = Number.POSITIVE_INFINITY, chunkBytes = 65_536 } = options;
  return {
    [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
      let chunks: AsyncIterator<Uint8Array> | undefined;
      return {
        next() {
          chunks ??= chunksOf(
            createReadStream(path, { start, end, highWaterMark: chunkBytes }),
          ) as AsyncIterator<Uint8Array>;
          return chunks.next();
        },
        async return() {
          await chunks?.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
