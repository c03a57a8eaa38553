// The package as a user gets it: packed, and installed from the tarball into an empty folder of its own.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Calls `use(folder, tarball)`; the folder is gone afterwards. */
export function withInstalledPackage(use) {
  const folder = mkdtempSync(join(tmpdir(), "sluice-"));
  try {
    const packed = execFileSync(npm, ["pack", "--json", "--pack-destination", folder], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    const tarball = join(folder, tarballOf(JSON.parse(packed)));
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
    execFileSync(npm, ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    use(folder, tarball);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** npm answers with a list; from npm 12 on, with an object by package name. */
function tarballOf(answer) {
  const [first] = Array.isArray(answer) ? answer : Object.values(answer);
  return first.filename;
}
