// stream-json: its tokenizer called directly with texts, tokens given to its Assembler one by one; and, as most people
// use it, the same as a Node stream fed with bytes.
import { isMany, none } from "stream-chain/defs.js";
import parserStream from "stream-json";
import Assembler from "stream-json/assembler.js";
import { jsonParser, type Token } from "stream-json/core/parser.js";
import type { StreamPeer } from "./peer.ts";

function assembled(pieces: readonly string[]): unknown {
  const tokenize = jsonParser({ streamValues: false }) as (text: string | typeof none) => unknown;
  const assembler = new Assembler();
  const take = (tokens: unknown): void => {
    if (isMany(tokens)) for (const token of tokens.values as Token[]) assembler.consume(token);
    else if (tokens !== none) assembler.consume(tokens as Token);
  };
  for (const piece of pieces) take(tokenize(piece));
  take(tokenize(none));
  return assembler.current;
}

function streamed(pieces: readonly Buffer[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stream = parserStream({ streamValues: false });
    const assembler = Assembler.connectTo(stream);
    stream.on("error", reject);
    stream.on("end", () => resolve(assembler.current));
    let next = 0;
    const write = (): void => {
      while (next < pieces.length) if (!stream.write(pieces[next++])) return void stream.once("drain", write);
      stream.end();
    };
    write();
  });
}

export const streamJson: readonly StreamPeer[] = [
  { name: "stream-json, core", takes: "text", parse: assembled },
  { name: "stream-json, stream", takes: "bytes", parse: streamed, smallest: 1024 },
];
