// jsonparse works on bytes and reports every value; the one reported with an empty stack is the document.
import Parser from "jsonparse";
import type { StreamPeer } from "./peer.ts";

function builtFrom(pieces: readonly Buffer[]): unknown {
  let result: unknown;
  const parser = new Parser();
  parser.onValue = (value) => {
    if (parser.stack.length === 0) result = value;
  };
  for (const piece of pieces) parser.write(piece);
  return result;
}

export const jsonparse: StreamPeer = { name: "jsonparse", takes: "bytes", parse: builtFrom };
