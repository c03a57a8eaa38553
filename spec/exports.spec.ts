// Nothing is exported that nobody imports, but for what the package exports.
import { readdirSync, readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../bench/data.ts";
import { type Sources, unusedExports } from "./_exports.ts";

function sourcesIn(...folders: readonly string[]): Sources {
  const paths = folders.flatMap((folder) =>
    readdirSync(inRepository(`${folder}/`), { recursive: true, encoding: "utf8" })
      .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
      .filter((path) => path.endsWith(".ts")),
  );
  return new Map(paths.map((path) => [path, readFileSync(inRepository(path), "utf8")]));
}

/** The modules that the package exports, and those that only the platform chooses between. */
function entries(): string[] {
  const { exports, imports } = JSON.parse(readFileSync(inRepository("package.json"), "utf8")) as Record<string, object>;
  return [...JSON.stringify([exports, imports]).matchAll(/"\.\/dist\/lib\/([^"]+)\.js"/g)].map(
    ([, path]) => `src/${path}.ts`,
  );
}

const folders = ["src", "spec", "bench", "docs"];
/** What the loop is made of, tables that are made of the same, and programs as users write them. */
const exempt =
  /^(src\/machine\/instructions\/|src\/compile\/code\/operands\.ts$|src\/machine\/memory\/frame-slots\.ts$|spec\/types\/|docs\/)/;
/** What a room offers to others: that a test imports it there is no reason. */
const isOffer = (path: string): boolean => /^src\/\w+\/index\.ts$/.test(path);

test("every export is imported somewhere, or public", (t) => {
  const ours = (path: string): boolean => !exempt.test(path) && !isOffer(path);
  t.deepEqual(unusedExports(sourcesIn(...folders), entries(), ours), []);
});

test("what a room offers, another one imports", (t) => {
  t.deepEqual(unusedExports(sourcesIn("src"), entries(), isOffer), []);
});
