// Checks what would be published: publint's rules, and that every subpath can be imported from an installed copy.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { withInstalledPackage } from "./installed.mjs";

const { name, exports } = JSON.parse(readFileSync("package.json", "utf8"));
const subpaths = Object.keys(exports).filter((path) => !path.endsWith(".json") && !path.includes("*"));
const publint = resolve("node_modules/publint/src/cli.js");

withInstalledPackage((folder, tarball) => {
  const node = (...args) =>
    execFileSync(process.execPath, args, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  node(publint, "run", tarball, "--strict");
  const imports = subpaths.map((path) => JSON.stringify(name + path.slice(1)));
  writeFileSync(join(folder, "imports.mjs"), `await Promise.all([${imports.map((path) => `import(${path})`)}]);\n`);
  node("imports.mjs");
  copyFileSync("spec/smoke/smoke.mjs", join(folder, "smoke.mjs"));
  node("smoke.mjs");
});
console.log(`${name}: ${subpaths.length} subpaths imported from the packed package`);
