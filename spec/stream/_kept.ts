// Run by itself, with `--expose-gc`: what stays alive of a stream when one short text of each chunk is kept. Writes the bytes
// for each case as JSON.

import { json } from "../../src/formats/json.ts";
import {
  attempt,
  between,
  choice,
  concat,
  each,
  emit,
  many,
  matched,
  more,
  opt,
  type Parser,
  primitive,
  run,
  seq,
  skipMany,
  slice,
} from "../../src/index.ts";
import {
  charSet,
  identifier,
  lexeme,
  regex,
  string,
  stringLit,
  takeCodepoints,
  takeUntil,
  takeWhile,
  takeWhile1,
} from "../../src/lex/index.ts";
import { CLOSED, parseLoopSync } from "../../src/stream/index.ts";

const CHUNKS = 40;
const SIZE = 65_536;
const TEXT = "nineteen_units_long";

const letters = charSet("a-z_");
const lower = takeWhile1(letters);
const name = primitive<string, string>({
  name: "name",
  start: "",
  scan({ text, from, ended }, read) {
    let to = from;
    while (to < text.length && letters.has(text.charCodeAt(to))) to++;
    const all = read + text.slice(from, to);
    return to < text.length || ended ? matched(all, to) : more(all, to);
  },
});

/** What reads the text, and its input. */
const readers: readonly [what: string, p: Parser<string>, text?: string][] = [
  ["takeWhile1", lower],
  ["takeWhile", takeWhile(letters)],
  ["takeUntil", takeUntil("!")],
  ["takeCodepoints", takeCodepoints(19)],
  ["regex", regex(/[a-z_]+/u)],
  ["identifier", identifier],
  ["a slice", slice(skipMany(choice([lower, string("1")])))],
  ["an attempt", attempt(lower)],
  ["concat", concat(many(choice([lower, string("1")]))), "nineteen1units_long"],
  ["a string literal", stringLit, '"nineteen\\nunits_long"'],
  ["a string literal without escapes", stringLit, `"${TEXT}"`],
  ["a primitive", name],
];

/** Nothing of what was made is left but what is reachable. */
function settled(): number {
  (globalThis as unknown as { gc(): void }).gc();
  (globalThis as unknown as { gc(): void }).gc();
  return process.memoryUsage().heapUsed;
}

function held<E>(items: Parser<unknown, E>, chunkOf: (i: number) => string | Uint8Array): number {
  const loop = parseLoopSync(items);
  const kept: E[] = [];
  kept.push(...loop.next(chunkOf(0)).value.emitted);
  const before = settled();
  for (let i = 1; i <= CHUNKS; i++) kept.push(...loop.next(chunkOf(i)).value.emitted);
  const grown = settled() - before;
  if (kept.length < CHUNKS) throw new Error(`${kept.length} texts of ${chunkOf(1).slice(0, 30)}`);
  return grown;
}

const encoder = new TextEncoder();
const found: Record<string, number> = {};
for (const [what, p, text = TEXT] of readers) {
  const items = each(between(string("<"), p, seq(string("!"), takeWhile(".\n"), string(">"))));
  // the text lies at the start, the end or across the end of its chunk
  for (const [where, before] of [
    ["within", 0],
    ["across", 10],
  ] as const) {
    const whole = `<${text}!${".".repeat(SIZE - text.length - 3)}>`;
    const turned = whole.slice(before) + whole.slice(0, before);
    // made anew, or one chunk would be all of them
    const chunkOf = (i: number): string =>
      i === 0 ? whole.slice(0, before) || whole : turned.replace("..", i % 2 ? ".\n" : "\n.");
    found[`${what}, ${where}`] = held(items, chunkOf);
    if (p === lower) found[`${what}, ${where}, of bytes`] = held(items, (i) => encoder.encode(chunkOf(i)));
  }
}

const document = (i: number): string => `{"key_number_nineteen_${i}": "${TEXT}", "more": "${".".repeat(SIZE - 100)}"}`;
const kept: unknown[] = [run(json, encoder.encode(document(0))).value];
const before = settled();
for (let i = 1; i <= CHUNKS; i++) {
  const value = run(json, encoder.encode(document(i))).value as Record<string, unknown>;
  kept.push(Object.entries(value)[0]);
}
found["a run over bytes"] = settled() - before;

const broken: unknown[] = [];
const start = settled();
for (let i = 0; i < CHUNKS; i++) {
  const loop = parseLoopSync(seq(lexeme(lower), opt(emit(string("1"))), takeWhile(".")));
  const step = loop.next(`${TEXT} ${i}${".".repeat(SIZE)}`);
  const last = step.done ? step : loop.next(CLOSED);
  if (last.done) broken.push(last.value.result.diagnostics[0]);
}
found.diagnostics = settled() - start;
process.stdout.write(JSON.stringify({ found, kept: kept.length + broken.length }));
