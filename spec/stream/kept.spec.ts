// A text that leaves a run keeps itself alive, and not the chunk that it was cut out of (semantics, rule 41). What is held is
// measured after a collection, in a process of its own; it would be 64 KiB for each of 40 texts.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import test from "ava";

/** Texts and their list come to some 5,000 bytes, the last chunks to some 100,000; 40 chunks to 2,600,000. */
const MOST = 1_000_000;

test("40 texts of 19 units hold some bytes each, not their chunks", async (t) => {
  const script = fileURLToPath(new URL("./_kept.js", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script]);
  const { found } = JSON.parse(stdout) as { found: Readonly<Record<string, number>> };
  t.true(Object.keys(found).length > 20);
  for (const [what, bytes] of Object.entries(found)) t.true(bytes < MOST, `${what}: ${bytes} bytes`);
});
