// JSON to values: ours against the hand-written parser, `JSON.parse` and the parsers of others.
//
//   node dist/bench/json.js [--file twitter|citm|canada]… [--mode batch|64K|1K|16]… [--quick] [--report FILE]
//
// Every result is compared with that of `JSON.parse` before anything is timed; a wrong result or an exception fails the
// run, a missed goal does not. A ratio above 1 means that ours is faster. `--quick` checks every result on the smallest
// document and hardly times it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { cutBytes, cutText, type Document, documents, inRepository } from "./data.ts";
import { handParse } from "./hand.ts";
import { type Comparison, type Contender, compare, geometricMean, quick, thorough } from "./measure.ts";
import { batch, stream } from "./ours.ts";
import { chevrotain } from "./peers/chevrotain.ts";
import { clarinet } from "./peers/clarinet.ts";
import { jsonparse } from "./peers/jsonparse.ts";
import { parsimmon } from "./peers/parsimmon.ts";
import type { BatchPeer, StreamPeer } from "./peers/peer.ts";
import { peggy } from "./peers/peggy.ts";
import { streamJson } from "./peers/stream-json.ts";
import { streamparser } from "./peers/streamparser.ts";

const batchPeers: readonly (BatchPeer & { readonly goal: number })[] = [
  { name: "hand-written", parse: handParse, goal: 1 },
  { name: "JSON.parse", parse: (text) => JSON.parse(text), goal: 0.4 },
  { ...chevrotain, goal: 3 },
  { ...peggy, goal: 5 },
  { ...parsimmon, goal: 10 },
];
const streamPeers: readonly StreamPeer[] = [...streamparser, ...streamJson, clarinet, jsonparse];

/** Chunk size, the least ratio to the fastest peer on each file, and the least geometric mean with the other sizes. */
const streaming = new Map([
  ["64K", { size: 65_536, goal: 2, mean: 2.5 }],
  ["1K", { size: 1024, goal: 2, mean: 2.5 }],
  ["16", { size: 16, goal: 1.2, mean: undefined }],
]);

interface Row {
  readonly file: string;
  readonly mode: string;
  readonly peer: string;
  /** Time of the peer divided by ours. */
  readonly ratio: number;
  /** Relative margins of error, in percent. */
  readonly rme: { readonly ours: number; readonly peer: number };
  readonly goal?: number;
}

const { values: options } = parseArgs({
  options: {
    file: { type: "string", multiple: true },
    mode: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    report: { type: "string" },
  },
});

const effort = options.quick ? quick : thorough;
const files = options.file ?? (options.quick ? ["twitter"] : undefined);
const wanted = (list: readonly string[] | undefined, name: string): boolean => list?.includes(name) ?? true;

try {
  const rows: Row[] = [];
  for (const document of documents()) {
    if (!wanted(files, document.name)) continue;
    if (wanted(options.mode, "batch")) rows.push(...(await raceBatch(document)));
    for (const mode of streaming.keys()) {
      if (wanted(options.mode, mode)) rows.push(...(await raceStreaming(document, mode)));
    }
  }
  const means = meansOf(rows);
  const report = options.report ?? (options.quick ? undefined : inRepository("bench/report.json"));
  if (report !== undefined)
    writeFileSync(report, `${JSON.stringify({ node: process.version, rows, means }, null, 2)}\n`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}

async function raceBatch({ name, text }: Document): Promise<Row[]> {
  const contenders: Contender[] = [
    { name: "ours", work: () => batch(text) },
    ...batchPeers.map((peer) => ({ name: peer.name, work: () => peer.parse(text) })),
  ];
  await checkAll(contenders, name, text);
  const comparison = await compare(contenders, effort);
  const rows = batchPeers.map((peer) => rowOf(comparison, name, "batch", "ours", peer.name, peer.goal));
  print(rows, comparison, Buffer.byteLength(text), ["ours"]);
  return rows;
}

/** A peer that takes texts is compared with ours on texts, one that takes bytes with ours on bytes. */
async function raceStreaming({ name, text }: Document, mode: string): Promise<Row[]> {
  const { size, goal } = streaming.get(mode) ?? assert.fail(`no mode ${mode}`);
  const pieces = { text: cutText(text, size), bytes: cutBytes(text, size) };
  const peers = streamPeers.filter((peer) => !("smallest" in peer && peer.smallest > size));
  const contenders: Contender[] = [
    { name: "ours, text", work: () => stream(pieces.text) },
    { name: "ours, bytes", work: () => stream(pieces.bytes) },
    ...peers.map((peer) => ({
      name: peer.name,
      work: () => (peer.takes === "text" ? peer.parse(pieces.text) : peer.parse(pieces.bytes)),
      asynchronous: peer.name === "stream-json, stream",
    })),
  ];
  await checkAll(contenders, name, text);
  const comparison = await compare(contenders, effort);
  const rows = peers.map((peer) => rowOf(comparison, name, mode, `ours, ${peer.takes}`, peer.name));
  const fastest = rows.reduce((a, b) => (b.ratio < a.ratio ? b : a));
  const judged = rows.map((row) => (row === fastest ? { ...row, goal } : row));
  print(judged, comparison, Buffer.byteLength(text), ["ours, text", "ours, bytes"]);
  return judged;
}

async function checkAll(contenders: readonly Contender[], file: string, text: string): Promise<void> {
  const expected: unknown = JSON.parse(text);
  for (const { name, work } of contenders) {
    assert.deepStrictEqual(await work(), expected, `${name} gives another value than JSON.parse for ${file}`);
  }
}

function rowOf(from: Comparison, file: string, mode: string, ours: string, peer: string, goal?: number): Row {
  const rme = { ours: rounded(from.error(ours)), peer: rounded(from.error(peer)) };
  const row = { file, mode, peer, ratio: rounded(from.ratio(ours, peer)), rme };
  return goal === undefined ? row : { ...row, goal };
}

function rounded(x: number): number {
  return Number(x.toFixed(3));
}

function verdict(ratio: number, goal: number | undefined): string {
  if (goal === undefined || options.quick) return "";
  return `goal ${goal}: ${ratio >= goal ? "ok" : "below"}`;
}

function print(rows: readonly Row[], comparison: Comparison, bytes: number, ours: readonly string[]): void {
  const speed = (name: string): string => `${(bytes / 1e6 / comparison.seconds(name)).toFixed(0)} MB/s`;
  console.log(`\n${rows[0]?.file}, ${rows[0]?.mode}: ${ours.map((name) => `${name} ${speed(name)}`).join("; ")}`);
  for (const { peer, ratio, rme, goal } of rows) {
    const error = `±${Math.max(rme.ours, rme.peer).toFixed(1)}%`;
    const line = [peer.padEnd(30), ratio.toFixed(2).padStart(8), error.padStart(8), speed(peer).padStart(10)];
    console.log(`  ${line.join(" ")}  ${verdict(ratio, goal)}`.trimEnd());
  }
}

/** The geometric mean, over files and the two larger chunk sizes, of the ratio to the fastest peer. */
function meansOf(rows: readonly Row[]): { modes: string[]; ratio: number; goal: number }[] {
  const modes = [...streaming.keys()].filter((mode) => streaming.get(mode)?.mean !== undefined);
  const judged = rows.filter((row) => row.goal !== undefined && modes.includes(row.mode));
  const goal = streaming.get("64K")?.mean;
  if (judged.length === 0 || goal === undefined) return [];
  const ratio = rounded(geometricMean(judged.map((row) => row.ratio)));
  console.log(`\ngeometric mean to the fastest streaming peer: ${ratio.toFixed(2)}  ${verdict(ratio, goal)}`);
  return [{ modes, ratio, goal }];
}
