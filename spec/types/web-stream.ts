// A program as a user would write it: compiled with the tests, and not run.
import { map } from "sluice";
import { regex } from "sluice/lex";
import { ParserStream } from "sluice/stream";

export async function total(url: string): Promise<number> {
  const response = await fetch(url);
  if (response.body === null) throw new Error("no body");
  let n = 0;
  // text streams as well as bytes; a parser that emits nothing gives its values
  const line = map(regex(/[^\n]*\n/u), (text) => ({ text }));
  const [bytes, copy] = response.body.tee();
  for await (const { text } of bytes.pipeThrough(new ParserStream(line))) n += text.length;
  const lines = copy.pipeThrough(new TextDecoderStream()).pipeThrough(new ParserStream(line));
  for await (const { text } of lines) n += text.length;
  return n;
}
