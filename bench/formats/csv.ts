// CSV against papaparse, csv-parse and udsv: to rows, at once and in chunks of 64 Ki units, and to typed records.
//
//   node dist/bench/formats/csv.js [--quick]
//
// papaparse and csv-parse get the whole text in each race: they take chunks from streams of their own, which are slower. Every contender
// reads the same file, and its rows are compared with those that were written before anything is timed. A ratio
// above 1 means that ours is faster.
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { parse as csvParse } from "csv-parse/sync";
import Papa from "papaparse";
import { csv } from "sluice/formats/csv";
import { CLOSED, parseLoopSync } from "sluice/stream";
import { inferSchema, initParser } from "udsv";
import { seeded } from "../../spec/_random.ts";
import { type Parser, run } from "../../src/index.ts";
import { type Contender, compare, quick, thorough } from "../measure.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const effort = options.quick ? quick : thorough;
const ROWS = options.quick ? 200 : 10_000;
const CHUNK = 65_536;

const random = seeded(7);
const words = "alpha beta gamma delta epsilon zeta eta theta iota kappa".split(" ");
const word = (): string => words[random.below(words.length)] as string;
const names = ["id", "name", "email", "city", "amount", "active", "date", "note"];
const table = Array.from({ length: ROWS }, (_, id) => [
  String(id),
  `${word()} ${word()}`,
  `${word()}${random.below(1000)}@example.com`,
  word(),
  String(random.below(100_000) / 100),
  String(random.oneIn(2)),
  `2024-0${1 + random.below(9)}-1${random.below(10)}`,
  `${word()} ${word()} ${word()}`,
]);
const speeches = table.map((row) => row.map((cell, at) => (at === 7 && random.oneIn(4) ? `say "hi", ${cell}` : cell)));

const plainText = `${[names, ...table].map((row) => row.join(",")).join("\n")}\n`;
const quotedText = `${[names, ...speeches].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n")}\n`;

function chunksOf(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / CHUNK) }, (_, i) => text.slice(i * CHUNK, (i + 1) * CHUNK));
}

function fed<E>(parser: Parser<number, E>, text: string): E[] {
  const loop = parseLoopSync(parser);
  const rows: E[] = [];
  loop.next();
  const take = ({ emitted }: { readonly emitted: readonly E[] }): void => {
    for (const row of emitted) rows.push(row);
  };
  for (const chunk of chunksOf(text)) take(loop.next(chunk).value);
  take(loop.next(CLOSED).value);
  return rows;
}

/** udsv, which takes the first row for a header, is told that there is none. */
const noHeader = (text: string): ReturnType<typeof inferSchema> => inferSchema(text, { header: () => [] });

function udsvInChunks(text: string): string[][] {
  const chunks = chunksOf(text);
  const parser = initParser(noHeader(chunks[0] as string));
  for (const chunk of chunks) parser.chunk(chunk);
  return parser.end() as unknown as string[][];
}

const rowsParser = csv();
const typedParser = csv({
  header: true,
  columns: { id: "integer", amount: "number", active: "boolean", date: "date" },
});
const records = table.map(([id, name, email, city, amount, active, date, note]) => ({
  id: Number(id),
  name,
  email,
  city,
  amount: Number(amount),
  active: active === "true",
  date: new Date(date as string),
  note,
}));

interface Race {
  readonly name: string;
  readonly expected: unknown;
  readonly contenders: readonly Contender[];
  readonly goals: Readonly<Record<string, number>>;
}

const goals = { papaparse: 1.5, udsv: 0.7, "csv-parse": 4 };
const rowRaces = [
  { kind: "plain", text: plainText, expected: [names, ...table] },
  { kind: "all quoted", text: quotedText, expected: [names, ...speeches] },
].flatMap(({ kind, text, expected }): Race[] => [
  {
    name: `rows, ${kind}, batch`,
    expected,
    goals,
    contenders: [
      { name: "sluice", work: () => run(rowsParser, text).emitted },
      { name: "papaparse", work: () => Papa.parse(text, { skipEmptyLines: true }).data },
      { name: "udsv", work: () => initParser(noHeader(text)).stringArrs(text) },
      { name: "csv-parse", work: () => csvParse(text) },
    ],
  },
  {
    name: `rows, ${kind}, 64 Ki`,
    expected,
    goals,
    contenders: [
      { name: "sluice", work: () => fed(rowsParser, text) },
      { name: "papaparse", work: () => Papa.parse(text, { skipEmptyLines: true }).data },
      { name: "udsv", work: () => udsvInChunks(text) },
      { name: "csv-parse", work: () => csvParse(text) },
    ],
  },
]);
const typedRace: Race = {
  name: "typed records, batch",
  expected: records,
  goals: { udsv: 0.8 },
  contenders: [
    { name: "sluice", work: () => run(typedParser, plainText).emitted },
    { name: "udsv", work: () => initParser(inferSchema(plainText)).typedObjs(plainText) },
  ],
};

for (const { name, expected, contenders, goals: wanted } of [...rowRaces, typedRace]) {
  for (const { name: who, work } of contenders) {
    assert.ok(JSON.stringify(work()) === JSON.stringify(expected), `${name}: ${who} reads something else`);
  }
  const comparison = await compare(contenders, effort);
  console.log(`\n${name}: ${((ROWS * 1e-3) / comparison.seconds("sluice")).toFixed(0)} thousand rows a second`);
  for (const [who, goal] of Object.entries(wanted)) {
    const ratio = comparison.ratio("sluice", who);
    const missed = ratio < goal ? " (missed)" : "";
    console.log(
      `  to ${who.padEnd(10)} ${ratio.toFixed(2)} ±${comparison.error(who).toFixed(1)} %, goal ${goal}${missed}`,
    );
  }
}
