// Makes each file of `dist/lib` lead to the module it is bundled from, so that here, in tests and programs alike, there is one
// engine: a parser of one copy is none for another. What is published is bundled when it is packed.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { names } from "./published.mjs";

rmSync("dist/lib", { recursive: true, force: true });
for (const name of names) {
  const file = `dist/lib/${name}.js`;
  mkdirSync(dirname(file), { recursive: true });
  const source = relative(dirname(file), `dist/src/${name}.js`).replaceAll("\\", "/");
  writeFileSync(file, `export * from "${source}";\n`);
}
