// A program as a user would write it: compiled with the tests, and not run.
import { createReadStream } from "node:fs";
import { pipeline as pipelineWithCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { map } from "sluice";
import { regex } from "sluice/lex";
import { file } from "sluice/node";
import { ParserStream, parseEach } from "sluice/stream";
// biome-ignore lint/style/useNodejsImportProtocol: what is typed under one name is typed under the other
import { pipeline as samePipeline } from "stream/promises";

const line = map(regex(/[^\n]*\n/u), (text) => ({ text }));

export async function lengths(path: string): Promise<number> {
  let n = 0;
  const control = new AbortController();
  await pipeline(createReadStream(path), new ParserStream(line), async (lines) => {
    for await (const { text } of lines) n += text.length;
  });
  await pipeline(
    createReadStream(path),
    (source, { signal }) => parseEach(line, source, { signal }),
    async (lines) => {
      for await (const { text } of lines) n += text.length;
    },
    { signal: control.signal },
  );
  n += await samePipeline(file(path), new ParserStream(line), async (lines) => {
    let sum = 0;
    for await (const { text } of lines) sum += text.length;
    return sum;
  });
  await pipeline(createReadStream(`${path}.gz`), createGunzip(), new ParserStream(line), async (lines) => {
    for await (const { text } of lines) n += text.length;
  });
  await pipeline(
    createReadStream(`${path}.gz`),
    createGunzip(),
    (source, { signal }) => parseEach(line, source, { signal }),
    new WritableStream({
      write: ({ text }) => {
        n += text.length;
      },
    }),
  );
  await pipeline(
    file(path),
    new ParserStream(line),
    async function* (lines) {
      for await (const { text } of lines) yield text.toUpperCase();
    },
    process.stdout,
  );
  pipelineWithCallback(
    createReadStream(path),
    new ParserStream(line),
    async (lines) => {
      for await (const { text } of lines) n += text.length;
    },
    (error) => console.log(error?.message),
  );
  // @ts-expect-error a step is no text
  await pipeline(file(path), "line", process.stdout);
  return n;
}
