// Streams of records: NDJSON against `indexOf` and `JSON.parse`, server-sent events against eventsource-parser, in chunks of 64 KiB.
//
//   node dist/bench/formats/lines.js [--quick]
//
// All of them read the same bytes, and what each emits is compared before anything is timed. A ratio above 1 means that ours is faster.
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { createParser } from "eventsource-parser";
import { ndjson } from "../../src/formats/ndjson.ts";
import { sse } from "../../src/formats/sse.ts";
import type { Parser } from "../../src/index.ts";
import { CLOSED, parseLoopSync } from "../../src/stream/index.ts";
import { cutBytes, twitter } from "../data.ts";
import { type Contender, compare, quick, thorough } from "../measure.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const { statuses } = JSON.parse(twitter()) as { readonly statuses: readonly object[] };
const times = options.quick ? 1 : 20;
const records = Array.from({ length: times }, () => statuses.map((status) => JSON.stringify(status))).flat();
const CHUNK = 65_536;
const lineChunks = cutBytes(records.map((record) => `${record}\n`).join(""), CHUNK);
const eventChunks = cutBytes(
  records.map((record, id) => `event: status\nid: ${id}\ndata: ${record.slice(0, 200)}\n\n`).join(""),
  CHUNK,
);

function emittedBy<E>(parser: Parser<number, E>, chunks: readonly Uint8Array[]): E[] {
  const emitted: E[] = [];
  const loop = parseLoopSync(parser);
  let step = loop.next();
  for (let at = 0; step.done !== true; at++) {
    emitted.push(...step.value.emitted);
    step = loop.next(chunks[at] ?? CLOSED);
  }
  emitted.push(...step.value.emitted);
  return emitted;
}

function linesByHand(chunks: readonly Uint8Array[]): unknown[] {
  const values: unknown[] = [];
  const decoder = new TextDecoder();
  let rest = "";
  for (const chunk of chunks) {
    const text = rest + decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
      values.push(JSON.parse(text.slice(from, end)));
      from = end + 1;
    }
    rest = text.slice(from);
  }
  return values;
}

function eventsOfPeer(chunks: readonly Uint8Array[]): object[] {
  const events: object[] = [];
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: ({ event, data, id }) => events.push({ event, data, id }) });
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
  return events;
}

interface Race {
  readonly name: string;
  readonly peer: string;
  readonly goal: number;
  readonly contenders: readonly Contender[];
}

const races: readonly Race[] = [
  {
    name: "NDJSON, 64 KiB",
    peer: "indexOf and JSON.parse",
    goal: 0.9,
    contenders: [
      { name: "sluice", work: () => emittedBy(ndjson, lineChunks) },
      { name: "indexOf and JSON.parse", work: () => linesByHand(lineChunks) },
    ],
  },
  {
    name: "server-sent events, 64 KiB",
    peer: "eventsource-parser",
    goal: 0.5,
    contenders: [
      { name: "sluice", work: () => emittedBy(sse, eventChunks) },
      { name: "eventsource-parser", work: () => eventsOfPeer(eventChunks) },
    ],
  },
];

for (const { name, peer, goal, contenders } of races) {
  const [ours, theirs] = contenders.map(({ work }) => work());
  assert.deepEqual(ours, theirs);
  const comparison = await compare(contenders, options.quick ? quick : thorough);
  const ratio = comparison.ratio("sluice", peer);
  const missed = ratio < goal ? " (missed)" : "";
  console.log(`${name}: ${ratio.toFixed(2)} to ${peer} ±${comparison.error(peer).toFixed(1)} %, goal ${goal}${missed}`);
}
