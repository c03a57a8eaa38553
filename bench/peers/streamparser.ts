// @streamparser/json. It works on bytes and encodes texts first; with buffers for strings and numbers or without is
// faster depending on the document, so that both stand in the race.
import { JSONParser, type JSONParserOptions } from "@streamparser/json";
import type { StreamPeer } from "./peer.ts";

const buffered: JSONParserOptions = { stringBufferSize: 65_536, numberBufferSize: 64 };

function builtFrom(pieces: Iterable<string | Buffer>, options: JSONParserOptions): unknown {
  let result: unknown;
  const parser = new JSONParser({ paths: ["$"], keepStack: false, ...options });
  parser.onValue = (found) => {
    result = found.value;
  };
  for (const piece of pieces) parser.write(piece);
  return result;
}

export const streamparser: readonly StreamPeer[] = [
  { name: "@streamparser/json", takes: "bytes", parse: (pieces) => builtFrom(pieces, {}) },
  { name: "@streamparser/json, buffers", takes: "bytes", parse: (pieces) => builtFrom(pieces, buffered) },
  { name: "@streamparser/json, text", takes: "text", parse: (pieces) => builtFrom(pieces, {}) },
];
