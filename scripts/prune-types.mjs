// Deletes the declarations that no entry of the package leads to: they are no part of its types.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const reached = new Set();

function reach(file) {
  if (reached.has(file)) return;
  reached.add(file);
  const code = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  for (const [, to] of code.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)\.[jt]s"/g))
    reach(join(dirname(file), `${to}.d.ts`));
}

for (const { types } of Object.values(exports)) if (types !== undefined) reach(join(types));
for (const path of readdirSync("dist/src", { recursive: true })) {
  const file = join("dist/src", path);
  if (file.endsWith(".d.ts") && !reached.has(file)) rmSync(file);
}
