// Runs the smoke test on every other runtime that is installed beside us as a package.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { withInstalledPackage } from "./installed.mjs";

const runtimes = [
  { name: "deno", args: ["run", "--allow-read", "--node-modules-dir=manual", "smoke.mjs"] },
  { name: "bun", args: ["run", "smoke.mjs"] },
];

withInstalledPackage((folder) => {
  copyFileSync("spec/smoke/smoke.mjs", join(folder, "smoke.mjs"));
  for (const { name, args } of runtimes) {
    const command = resolve("node_modules/.bin", process.platform === "win32" ? `${name}.cmd` : name);
    if (!existsSync(command)) console.log(`${name}: not installed, skipped`);
    else execFileSync(command, args, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  }
});
