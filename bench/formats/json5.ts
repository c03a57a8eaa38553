// JSON5 against json5, and JSONC against jsonc-parser, on a JSON document, which all of them read.
//
//   node dist/bench/formats/json5.js [--quick]
//
// Every result is compared with that of `JSON.parse` before anything is timed. A ratio above 1 means that ours is faster.
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import JSON5 from "json5";
import { parse as parseJsonc } from "jsonc-parser";
import { json5 } from "../../src/formats/json5.ts";
import { jsonc } from "../../src/formats/jsonc.ts";
import { run, unwrap } from "../../src/index.ts";
import { twitter } from "../data.ts";
import { type Contender, compare, quick, thorough } from "../measure.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const text = twitter();
const expected: unknown = JSON.parse(text);

interface Race {
  readonly name: string;
  readonly peer: string;
  readonly goal: number;
  readonly contenders: readonly Contender[];
}

const races: readonly Race[] = [
  {
    name: "JSON5, batch",
    peer: "json5",
    goal: 3,
    contenders: [
      { name: "sluice", work: () => unwrap(run(json5, text)) },
      { name: "json5", work: () => JSON5.parse(text) },
    ],
  },
  {
    name: "JSONC, batch",
    peer: "jsonc-parser",
    goal: 1,
    contenders: [
      { name: "sluice", work: () => unwrap(run(jsonc, text)) },
      { name: "jsonc-parser", work: () => parseJsonc(text) },
    ],
  },
];

for (const { name, peer, goal, contenders } of races) {
  for (const { work } of contenders) assert.deepEqual(work(), expected);
  const comparison = await compare(contenders, options.quick ? quick : thorough);
  const ratio = comparison.ratio("sluice", peer);
  const missed = ratio < goal ? " (missed)" : "";
  console.log(`${name}: ${ratio.toFixed(2)} to ${peer} ±${comparison.error(peer).toFixed(1)} %, goal ${goal}${missed}`);
}
