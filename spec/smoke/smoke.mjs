// Runs against the built and installed package, on any runtime: parses a text in pieces and prints one line.
import assert from "node:assert/strict";
import { run, unwrap } from "sluice";
import { pretty } from "sluice/diagnostics";
import { json } from "sluice/formats/json";
import { regex, takeWhile } from "sluice/lex";
import { file } from "sluice/node";
import { parse, parseEach } from "sluice/stream";

const text =
  '{"name": "sluice", "numbers": [1, -2.5, 3e2], "nested": {"ok": true, "none": null}, "text": "\\u00e9水😀"}';
const expected = JSON.parse(text);

async function* pieces(size) {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

assert.deepEqual(unwrap(run(json, text)), expected);
for (const size of [1, 7, 1000]) {
  const { result } = await parse(json, pieces(size));
  assert.deepEqual(unwrap(result), expected);
}
const float = regex(/-?\d+(?:\.\d+)?/u);
assert.equal(unwrap((await parse(float, ["-1", ".", "", "5"])).result), "-1.5");
const itself = file(new URL(import.meta.url), { chunkBytes: 100 });
const whole = unwrap(
  (
    await parse(
      takeWhile(() => true),
      itself,
    )
  ).result,
);
assert.equal(whole.split("\n")[0].slice(0, 20), "// Runs against the ");
for await (const line of parseEach(regex(/[^\n]*\n/u), itself)) {
  assert.equal(line.slice(0, 20), "// Runs against the ");
  break;
}
await assert.rejects(async () => {
  for await (const _ of parseEach(float, file("no such file"))) assert.fail();
}, /the source failed: .*(ENOENT|No such file)/);
const broken = await parse(json, ['{"a": ', "[1, 2"]);
assert.equal(broken.result.ok, false);
assert.equal(pretty(run(json, "[水 ]").diagnostics).split("\n")[4], "  | -^^ here");

const runtime = globalThis.Deno
  ? `deno ${globalThis.Deno.version.deno}`
  : globalThis.Bun
    ? `bun ${globalThis.Bun.version}`
    : `node ${globalThis.process.versions.node}`;
console.log(`${runtime}: ok`);
