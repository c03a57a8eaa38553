// A program as a user would write it: compiled with the tests, and not run.
import { from } from "ix/asynciterable";
import { filter, map, take } from "ix/asynciterable/operators";
import { map as mapValue } from "sluice";
import { parsing, parsingEach } from "sluice/ix";
import { regex } from "sluice/lex";

const line = mapValue(regex(/[^\n]*\n/u), (text) => ({ text, length: text.length }));

export async function main(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  const long = from(chunks)
    .pipe(parsingEach(line))
    .pipe(filter((l) => l.length > 80))
    .pipe(map((l) => l.text));
  const longToo = from(chunks).pipe(
    parsingEach(line),
    filter((l) => l.length > 80),
    map((l) => l.text),
    take(10),
  );
  let n = 0;
  for await (const text of long) n += text.length;
  for await (const text of longToo) n += text.length;
  for await (const done of from(chunks).pipe(parsing(line))) if (done.result.ok) n += done.result.value.length;
  return n;
}
