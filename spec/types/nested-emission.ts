// What is emitted passes through every combinator, and comes out typed: a header, sections with records, a footer.
import { each, emit, eof, map, type Parser, run, seq, skipMany } from "sluice";
import { charSet, identifier, int10, lineEnding, string, takeWhile1 } from "sluice/lex";
import { parse, parseEach } from "sluice/stream";

const header = string("# ").skipL(identifier).skipR(lineEnding);
const record = seq(identifier, string("="), map(int10, Number))
  .skipR(lineEnding)
  .map(([key, , value]) => ({ kind: "record" as const, key, value }));
const title = string("[")
  .skipL(takeWhile1(charSet("a-z")))
  .skipR(string("]"))
  .skipR(lineEnding)
  .map((name) => ({ kind: "title" as const, name }));
const section = seq(emit(title), each(record)).map(([t, count]) => ({ name: t.name, count }));
const file = seq(header, skipMany(section), map(int10, Number).skipR(eof));

export async function main(): Promise<void> {
  for await (const item of parseEach(file, ["# x\n", "[a]\n"])) {
    if (item.kind === "record") console.log(item.key, item.value);
    else console.log(item.name);
  }
  const done = await parse(file, ["# x\n"]);
  if (done.result.ok) {
    const [name, , sum] = done.result.value;
    console.log(name.toUpperCase(), sum + 1, done.emitted.length);
  }
  for (const item of run(file, "").emitted) console.log(item.kind);
}

// what is exported under isolatedDeclarations is written out, with both parameters
type Item = { kind: "record"; key: string; value: number } | { kind: "title"; name: string };
export const exported: Parser<[string, undefined, number], Item> = file;
