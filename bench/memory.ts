// Memory of an endless stream: generated records go through `parseEach`, and what is left after forced collections must
// neither be much nor grow. Fails if it does. `--quick` reads 64 MB of each kind in place of 1 GB, and finds what each record or
// chunk leaves behind, but not what a thousand of them do.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { delimited, each, many, opt, or, type Parser, sepBy1, seq, skipL, skipR } from "sluice";
import { jsonValue } from "sluice/formats/json";
import { charSet, string, takeWhile, takeWhile1 } from "sluice/lex";
import { parseEach } from "sluice/stream";
import { randomNumbers } from "./data.ts";

const MB = 2 ** 20;
const quick = process.argv.includes("--quick");
/** How much is read of each kind, in bytes. */
const ALL = quick ? 64 * MB : 1024 * MB;
/** How much is read before the first of the forced collections, which gives the baseline, and between two of them. */
const BETWEEN = ALL / 16;
const CHUNK = 64 * 1024;
/** Most that may be held over what was held when the stream was warm, in MB. */
const MOST_OVER = 64;
/** Most that this may grow by, in MB for each GB read. */
const STEEPEST = quick ? 8 : 1;

interface Kind {
  readonly name: string;
  readonly records: Parser<unknown, unknown>;
  /** The record of a number, made of random parts. */
  record(index: number, random: () => number): string;
}

const lineEnd = string("\n");
const field = takeWhile(charSet(',"\\n').complement());
const quoted = delimited(string('"'), takeWhile(charSet('"').complement()), string('"'));
const eventLine = seq(
  takeWhile1(charSet("a-z")),
  skipL(seq(string(":"), opt(string(" "))), takeWhile(charSet("\\n").complement())),
);

const kinds: readonly Kind[] = [
  {
    name: "NDJSON",
    records: each(skipR(jsonValue, opt(lineEnd))),
    // each record has a key of its own: what is kept of keys must be bounded too
    record: (index, random) =>
      `{"id":${index},"name":"user ${Math.floor(random() * 1e6)}","ratio":${random()},"tags":["a","é","${index % 97}"],"key${index}":null}\n`,
  },
  {
    name: "CSV",
    records: each(skipR(sepBy1(or(quoted, field), string(",")), lineEnd)),
    record: (index, random) => `${index},"Smith, ${Math.floor(random() * 1e6)}",${random()},naïve,,2024-02-29\n`,
  },
  {
    name: "SSE",
    records: each(skipR(many(skipR(eventLine, lineEnd)), lineEnd)),
    record: (index, random) => `event: tick\nid: ${index}\ndata: {"value":${random()}}\ndata: – more –\n\n`,
  },
];

/** What one stream held, sampled after collections. */
interface Sample {
  /** Bytes read until then. */
  readonly read: number;
  /** Bytes of heap and buffers. */
  readonly held: number;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function sample(read: number): Sample {
  // what a first collection lets go of may hold what only a second one finds
  collect();
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { read, held: heapUsed + external + arrayBuffers };
}

/** Chunks of records until so many bytes are out. They don't end where records do, nor where characters do. */
function* generated({ record }: Kind, bytes: number, onRead: (bytes: number) => void): Generator<Uint8Array> {
  const random = randomNumbers(2024);
  let index = 0;
  let rest: Uint8Array = new Uint8Array(0);
  for (let out = 0; out < bytes; ) {
    let text = "";
    while (text.length < CHUNK) text += record(index++, random);
    const all = Buffer.concat([rest, Buffer.from(text)]);
    let at = 0;
    for (; all.length - at >= CHUNK; at += CHUNK) {
      yield all.subarray(at, at + CHUNK);
      out += CHUNK;
      onRead(out);
    }
    rest = all.subarray(at);
  }
  // the record that is open ends here
  yield rest;
}

interface Measured {
  readonly kind: string;
  readonly read: number;
  readonly records: number;
  readonly over: number;
  readonly slope: number;
  /** How far the slope may be off, in the same unit. */
  readonly error: number;
  readonly speed: number;
}

async function measure(kind: Kind): Promise<Measured> {
  const samples: Sample[] = [];
  let due = quick ? 4 * BETWEEN : BETWEEN;
  const read = (out: number): void => {
    if (out < due) return;
    samples.push(sample(out));
    due += BETWEEN;
  };
  let records = 0;
  const begun = performance.now();
  for await (const record of parseEach(kind.records, generated(kind, ALL, read))) {
    if (record === undefined) throw new Error(`${kind.name}: a record without a value`);
    records++;
  }
  const seconds = (performance.now() - begun) / 1000;
  // the first one is the baseline: the code is warm, and what a stream needs is there
  const baseline = (samples[0] as Sample).held;
  const over = Math.max(...samples.map(({ held }) => held - baseline)) / MB;
  return { kind: kind.name, read: ALL, records, over, ...slopeOf(samples), speed: ALL / 1e6 / seconds };
}

/** The straight line through the samples that fits best (least squares) and its standard error, in MB for each GB read. */
function slopeOf(samples: readonly Sample[]): { slope: number; error: number } {
  const mean = (of: (one: Sample) => number): number => samples.reduce((sum, one) => sum + of(one), 0) / samples.length;
  const read = mean((one) => one.read);
  const held = mean((one) => one.held);
  const spread = mean((one) => (one.read - read) ** 2);
  const slope = mean((one) => (one.read - read) * (one.held - held)) / spread;
  const rest = mean((one) => (one.held - held - slope * (one.read - read)) ** 2);
  return { slope: slope * 1024, error: Math.sqrt(rest / spread / (samples.length - 2)) * 1024 };
}

let failed = false;
for (const kind of kinds) {
  const measured = await measure(kind);
  const { over, slope, error, records, read, speed } = measured;
  // 64 MB alone can't tell little for each GB from what a collection leaves now and then: twice the standard error
  const good = over <= MOST_OVER && slope - (quick ? 2 * error : 0) <= STEEPEST;
  failed ||= !good;
  const figures = `at most ${over.toFixed(2)} MB over the baseline, ${slope.toFixed(2)} ± ${error.toFixed(2)} MB more per GB`;
  console.log(
    `${kind.name.padEnd(7)} ${(read / 1e6).toFixed(0)} MB, ${records} records: ${figures} (${speed.toFixed(0)} MB/s) ${good ? "ok" : "TOO MUCH"}`,
  );
}
if (failed) process.exitCode = 1;
