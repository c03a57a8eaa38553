// Makes from the definitions in `src/machine/instructions/` what is checked in: the loop, the table of instructions, and the
// reference. With `--check` it only compares. Usage: node scripts/instructions.mjs [--check]
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { readDefinitions } from "./instructions/definitions.mjs";
import { makeFrameSlots, makeFrames, makeLoop, makeOperands, makeReference, makeTable } from "./instructions/make.mjs";

const root = new URL("../", import.meta.url);
const definitions = readDefinitions();
const made = {
  "src/machine/control/loop.ts": makeLoop(definitions),
  "src/compile/code/instruction-table.ts": makeTable(definitions),
  "src/compile/code/operands.ts": makeOperands(definitions),
  "src/machine/memory/frame-kinds.ts": makeFrames(definitions),
  "src/machine/memory/frame-slots.ts": makeFrameSlots(definitions),
  "docs/instructions.md": makeReference(definitions),
};
const check = process.argv.includes("--check");
let stale = 0;
for (const [path, text] of Object.entries(made)) {
  const wanted = path.endsWith(".ts") ? formatted(path, text) : text;
  const file = new URL(path, root);
  if (!check) writeFileSync(file, wanted);
  else if (readFileSync(file, "utf8") !== wanted) {
    stale++;
    console.error(`${path} is not what the definitions make: run npm run instructions`);
  }
}
if (stale > 0) process.exitCode = 1;

function formatted(path, text) {
  const biome = new URL("node_modules/@biomejs/biome/bin/biome", root);
  const options = ["format", `--stdin-file-path=${path}`];
  return execFileSync(process.execPath, [biome.pathname, ...options], { input: text, cwd: root, encoding: "utf8" });
}
