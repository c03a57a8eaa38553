// Measures the metrics of streaming on every golden input and prints them; one that must be 1 and is not fails the run.
//
//   node dist/spec/metrics/main.js [--quick] [--report FILE]
//
// `--quick` leaves out large inputs and most chunkings. The report is JSON; without `--quick` it is written to
// dist/metrics.json if no other file is named.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { inRepository } from "../../bench/data.ts";
import { formatsWithout, goldens } from "./golden.ts";
import { METRICS, MUST_BE_ONE, measure, tallies } from "./measure.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, report: { type: "string" } } });
const quick = options.quick === true;
const all = goldens();
const counted = tallies();
let inputs = 0;
for (const golden of all) {
  for (const input of quick ? golden.inputs : [...golden.inputs, ...golden.large]) {
    await measure(counted, golden, input, quick ? 1 : 8);
    inputs++;
  }
}

const rows = METRICS.map((name) => {
  const { share, hits, total, faults } = counted[name];
  const mustBeOne = MUST_BE_ONE.includes(name);
  return { name, value: share ?? null, hits, total, mustBeOne, ok: !mustBeOne || share === 1, faults };
});
const missing = formatsWithout(all);

console.log(`${all.length} grammars, ${inputs} inputs\n`);
for (const { name, value, hits, total, mustBeOne, ok, faults } of rows) {
  const share = value === null ? "  none" : value.toFixed(4);
  console.log(
    `${name.padEnd(35)} ${share}  ${`${hits}/${total}`.padStart(15)}  ${mustBeOne ? (ok ? "ok" : "MUST BE 1") : ""}`,
  );
  if (!ok) for (const fault of faults) console.log(`    ${fault}`);
}
for (const format of missing) console.log(`no golden inputs stand for ${format}: see spec/metrics/golden.ts`);

const report = options.report ?? (quick ? undefined : inRepository("dist/metrics.json"));
if (report !== undefined) {
  const { version: node } = process;
  writeFileSync(
    report,
    `${JSON.stringify({ node, quick, grammars: all.length, inputs, metrics: rows, missing }, null, 2)}\n`,
  );
}
if (missing.length > 0 || rows.some(({ ok }) => !ok)) process.exitCode = 1;
