// Checks what would be published, in an installed copy of it: publint's rules, every subpath, the links of its pages, and its
// types under the oldest TypeScript that the README names and under ours.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { withInstalledPackage } from "./installed.mjs";

const { name, exports, peerDependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const subpaths = Object.keys(exports).filter((path) => !path.endsWith(".json") && !path.includes("*"));
const PEERS = Object.keys(peerDependencies);
const compilers = ["typescript-oldest", "typescript"];
/** Programs in which `andThen` infers tags, or `validated` what a schema without a type makes (TypeScript 5.9), or a Web stream is iterated (its declarations of the DOM). */
const NEWER_ONLY = ["and-then.ts", "binary.ts", "judge.ts", "web-stream.ts"];

withInstalledPackage((folder, tarball) => {
  const installed = join(folder, "node_modules", name);
  const node = (...args) =>
    execFileSync(process.execPath, args, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  const program = (file, text) => {
    writeFileSync(join(folder, file), text);
    node(file);
  };
  node(resolve("node_modules/publint/src/cli.js"), "run", tarball, "--strict");
  const withoutPeers = subpaths.filter((path) => !PEERS.includes(path.slice(2)));
  program("imports.mjs", importing(withoutPeers));
  copyFileSync("spec/smoke/smoke.mjs", join(folder, "smoke.mjs"));
  node("smoke.mjs");
  const pages = checkPages(installed);
  checkFiles(installed);
  for (const peer of PEERS) {
    if (peerDependencies[peer] !== devDependencies[peer])
      throw new Error(`${peer} is tested in another range than asked for`);
    if (existsSync(join(folder, "node_modules", peer))) throw new Error(`${peer} is installed though it is optional`);
    link(folder, peer);
  }
  program("peers.mjs", importing(subpaths));
  link(folder, "@types/node");
  for (const compiler of compilers) checkTypes(folder, compiler, node);
  console.log(`${name}: ${subpaths.length} subpaths and the links of ${pages} pages work in the packed package`);
});

function importing(paths) {
  return `await Promise.all([${paths.map((path) => `import("${name}${path.slice(1)}")`)}]);\n`;
}

/** As if a user had installed it beside us, in the version that the tests use. */
function link(folder, dependency) {
  const to = join(folder, "node_modules", dependency);
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(resolve("node_modules", dependency), to, "junction");
}

/** Every relative link leads to a file of the package, and to a heading of it. */
function checkPages(root) {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  const pages = files.filter((path) => path.endsWith(".md") && !path.includes("node_modules"));
  for (const page of pages) {
    for (const target of linksIn(readFileSync(join(root, page), "utf8"))) {
      const [path, heading] = target.split("#");
      const file = path === "" ? join(root, page) : join(root, dirname(page), path);
      if (!existsSync(file)) throw new Error(`${page} links to ${target}, which is not in the package`);
      if (heading !== undefined && !headingsIn(readFileSync(file, "utf8")).has(heading)) {
        throw new Error(`${page} links to ${target}, which has no such heading`);
      }
    }
  }
  return pages.length;
}

function linksIn(page) {
  const prose = page.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "code");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((link) => link[1]).filter((target) => !/^\w+:/.test(target));
}

/** The anchors of a page, made of its headings as GitHub makes them: one that is there already gets a number. */
function headingsIn(page) {
  const times = new Map();
  const headings = page.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, text]) => {
      const heading = text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-");
      const before = times.get(heading) ?? 0;
      times.set(heading, before + 1);
      return before === 0 ? heading : `${heading}-${before}`;
    }),
  );
}

/** A source map that is named and not there makes tools complain; types of the engine would make it public. */
function checkFiles(root) {
  for (const path of readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" })) {
    if (/^src.machine.*\.d\.ts$/.test(path)) throw new Error(`the types of the package lead to dist/${path}`);
    if (!path.endsWith(".js")) continue;
    const map = /^\/\/# sourceMappingURL=(.*)$/m.exec(readFileSync(join(root, "dist", path), "utf8"));
    if (map !== null) throw new Error(`dist/${path} names a source map, and sources are not in the package`);
  }
}

/** The programs of `spec/types`, and what must not be seen, compiled against the package without `skipLibCheck`. */
function checkTypes(folder, compiler, node) {
  const { version } = JSON.parse(readFileSync(`node_modules/${compiler}/package.json`, "utf8"));
  const isOldest = compiler === compilers[0];
  const programs = readdirSync("spec/types").filter(
    (file) => !file.endsWith(".spec.ts") && !(isOldest && NEWER_ONLY.includes(file)),
  );
  for (const file of programs) copyFileSync(`spec/types/${file}`, join(folder, file));
  writeFileSync(
    join(folder, "private.ts"),
    `import type { Parser } from "${name}";
// @ts-expect-error what is marked as internal is not in the types
export type Private = Parser<unknown>["node"];
`,
  );
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022", "dom", "dom.iterable", ...(isOldest ? [] : ["dom.asynciterable"])],
    ...(isOldest ? { module: "nodenext" } : { module: "esnext", moduleResolution: "bundler" }),
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [...programs, "private.ts"] }));
  node(resolve("node_modules", compiler, "bin/tsc"), "-p", ".");
  console.log(`${name}: ${programs.length} programs compile against the packed package under TypeScript ${version}`);
}
