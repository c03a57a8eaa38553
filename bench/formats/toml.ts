// TOML against smol-toml: documents as package managers and people write them, at once.
//
//   node dist/bench/formats/toml.js [--quick]
//
// The value of each contender is compared with that of the other before anything is timed. A ratio above 1 means that ours is
// faster. Dates are in none of the documents: each contender has a class of its own for them.
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { run, unwrap } from "sluice";
import { toml } from "sluice/formats/toml";
import { parse } from "smol-toml";
import { seeded } from "../../spec/_random.ts";
import { compare, quick, thorough } from "../measure.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const TABLES = options.quick ? 50 : 1500;
const GOAL = 1;

const random = seeded(11);
const words = "alpha beta gamma delta epsilon zeta eta theta iota kappa".split(" ");
const word = (): string => words[random.below(words.length)] as string;
const several = (make: () => string): string[] => Array.from({ length: random.below(6) }, make);
const digest = (): string => Array.from({ length: 64 }, () => random.below(16).toString(16)).join("");

/** As Cargo.lock is written. */
const lock = (): string => `
[[package]]
name = "${word()}-${word()}"
version = "${random.below(3)}.${random.below(20)}.${random.below(200)}"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "${digest()}"
dependencies = [
${several(() => ` "${word()}",\n`).join("")}]
`;

/** As settings are. */
const settings = (_: unknown, i: number): string => `
# section ${i}
[servers.s${i}]
host = "${word()}.example.org"  # the host
port = ${8000 + random.below(1000)}
enabled = ${random.oneIn(2)}
timeout = ${random.below(3000) / 100 + 0.005}
tags = ["${word()}", '${word()}', "a\\tb"]
limits = { cpu = ${random.below(8)}, memory = "${random.below(64)}Gi", burst.max = 1_000 }
retry.count = ${random.below(9)}
retry.backoff = 1.5e-3
matrix = [[${random.below(9)}, 2, 3], [4, 5, ${random.below(9)}]]
description = """
Several lines "of" ${word()}
  and ${word()}
"""
`;

const documents = { lock, settings };

for (const [name, table] of Object.entries(documents)) {
  const text = Array.from({ length: TABLES }, table).join("");
  const contenders = [
    { name: "sluice", work: () => unwrap(run(toml, text)) },
    { name: "smol-toml", work: () => parse(text) },
  ];
  const [ours, theirs] = contenders.map(({ work }) => JSON.stringify(work()));
  assert.ok(ours === theirs, `${name}: the two read something else`);
  const comparison = await compare(contenders, options.quick ? quick : thorough);
  const speed = Buffer.byteLength(text) / 1e6 / comparison.seconds("sluice");
  const ratio = comparison.ratio("sluice", "smol-toml");
  const missed = ratio < GOAL ? " (missed)" : "";
  console.log(
    `${name}: ${speed.toFixed(0)} MB/s, to smol-toml ${ratio.toFixed(2)} ±${comparison.error("smol-toml").toFixed(1)} %, goal ${GOAL}${missed}`,
  );
}
