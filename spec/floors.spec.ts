// Holds the architecture: a room of `src/` imports only from the floors below it; and a few habits of its files.
import { readdirSync, readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../bench/data.ts";

/** Rooms from the ground up. Those that share a floor don't know each other. */
const floors: readonly (readonly string[])[] = [
  ["misuse", "text"],
  ["grammar"],
  ["compile"],
  ["diagnostics", "machine"],
  ["run"],
  ["lex", "op"],
  ["stream", "incremental"],
  ["formats"],
  ["cli", "lsp"],
];
/** Rooms within rooms, from the ground up: what runs imports only from below. Files beside them stand above them all. */
const innerFloors: Readonly<Record<string, readonly (readonly string[])[]>> = {
  compile: [["facts"], ["rewrite", "code"], ["lower", "tools"], ["tools/lint"]],
  diagnostics: [["data"], ["messages"], ["report"]],
  lex: [["characters", "tokens", "numbers", "literals", "regex", "binary"], ["layout"]],
  machine: [["memory"], ["positions", "emission", "reading"], ["failure"], ["control"], ["hints"]],
  run: [["report"]],
  stream: [["flow", "report"], ["input"], ["session"], ["run"]],
  text: [["utf8", "sets"], ["positions"]],
};
/** But for those that are made of what their neighbour gives. */
const neighbours: Readonly<Record<string, string>> = { op: "lex", text: "misuse" };
/** Files outside every room: they stand above the house and may import anything. */
const roof = ["index.ts", "ix.ts"];
/** Only from here on up may a room import what the roof exports. */
const formatsFloor = 7;

const nodeOnly = /^(cli|lsp)\/|^stream\/node\.ts$/;
const longFiles = ["machine/control/loop.ts"];
const mostLines = 600;
const mostFiles = 12;
const namesThatSayNothing = /(^|[-_.])(utils?|helpers?|managers?)([-_.]|$)/i;

interface House {
  /** Source text by path inside `src/`. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths inside `src/` that the package exports. */
  readonly entries: ReadonlySet<string>;
}

function faultsOf(house: House): string[] {
  const faults: string[] = [];
  for (const [path, source] of house.files) {
    const fault = (what: string): number => faults.push(`${path} ${what}`);
    if (path.split("/").some((part) => namesThatSayNothing.test(part))) fault("has a name that says nothing");
    if (floorOf(path) === undefined) fault("stands in no room");
    const lines = source.trimEnd().split("\n").length;
    if (lines > mostLines && !longFiles.includes(path)) fault(`has ${lines} lines`);
    for (const { specifier, isType } of importsOf(source)) {
      const refusal = specifier.startsWith(".")
        ? (refusalOfFile(path, resolved(path, specifier), house) ??
          (isType ? undefined : refusalWithin(path, resolved(path, specifier))))
        : refusalOfPackage(path, specifier);
      if (refusal !== undefined) fault(`imports ${specifier}: ${refusal}`);
    }
  }
  for (const folder of new Set([...house.files.keys()].map(folderOf))) {
    const count = [...house.files.keys()].filter((path) => folderOf(path) === folder).length;
    if (count > mostFiles) faults.push(`${folder} has ${count} files`);
  }
  return [...faults, ...circlesOf(house)];
}

/** Files that need each other when they are loaded. */
function circlesOf({ files }: House): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push(`a circle: ${[...way.slice(way.indexOf(path)), path].join(" → ")}`);
    else if (!done.has(path)) {
      const source = files.get(path) ?? "";
      for (const { specifier, isType } of importsOf(source)) {
        if (!isType && specifier.startsWith(".")) visit(resolved(path, specifier), [...way, path]);
      }
      done.add(path);
    }
  };
  for (const path of files.keys()) visit(path, []);
  return circles;
}

function refusalOfFile(from: string, to: string, { files, entries }: House): string | undefined {
  if (!files.has(to)) return "there is no such file";
  if (roof.includes(from) || roomOf(from) === roomOf(to)) return undefined;
  const below = floorOf(from) ?? 0;
  if (roomOf(from) === "formats" && roomOf(to) !== "misuse" && !entries.has(to))
    return "formats use only what the package exports";
  if (roof.includes(to)) return below >= formatsFloor ? undefined : "it goes up to the roof";
  const above = floorOf(to) ?? 0;
  if (above > below) return `it goes up from floor ${below} to floor ${above}`;
  if (neighbours[roomOf(from)] === roomOf(to)) return undefined;
  if (above === below) return `it goes sideways on floor ${below}`;
  return undefined;
}

/** Within a room, where it has rooms of its own. */
function refusalWithin(from: string, to: string): string | undefined {
  const room = roomOf(from);
  const floorsWithin = innerFloors[room];
  if (floorsWithin === undefined || roomOf(to) !== room || folderOf(from) === folderOf(to)) return undefined;
  const floorWithin = (path: string): number => {
    const folder = folderOf(path).slice(room.length + 1);
    return folder === "" ? floorsWithin.length : floorsWithin.findIndex((rooms) => rooms.includes(folder));
  };
  const [below, above] = [floorWithin(from), floorWithin(to)];
  if (below < 0 || above < 0) return `a room that ${room} does not have`;
  return above < below ? undefined : `${folderOf(to)} does not stand below ${folderOf(from)}`;
}

function refusalOfPackage(from: string, specifier: string): string | undefined {
  if (specifier.startsWith("node:") && !nodeOnly.test(from)) return "the core runs everywhere";
  if (/^ix(\/|$)/.test(specifier) && from !== "ix.ts") return "only ix.ts knows ix";
  return undefined;
}

interface Import {
  readonly specifier: string;
  /** Nothing of it is left when it runs. */
  readonly isType: boolean;
}

/** What a file imports or re-exports, types and dynamic imports too. Comments don't start with `import`. */
function importsOf(source: string): Import[] {
  const fixed = [...source.matchAll(/^\s*(?:import|export)\s+(?:(type\s)?([\w*{][^;"']*?)\sfrom\s+)?"([^"]+)"/gm)].map(
    ([, type, names = "", specifier = ""]) => {
      const named = /^\{([^}]*)\}$/.exec(names.trim())?.[1]?.split(",") ?? ["all of it"];
      const isType = type !== undefined || named.every((name) => name.trim() === "" || name.trim().startsWith("type "));
      return { specifier, isType: isType && names !== "" };
    },
  );
  const dynamic = [...source.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g)].map(([, specifier = ""]) => ({
    specifier,
    isType: true,
  }));
  return [...fixed, ...dynamic];
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

function roomOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

function floorOf(path: string): number | undefined {
  if (roof.includes(path)) return floors.length;
  const floor = floors.findIndex((rooms) => rooms.includes(roomOf(path)));
  return floor < 0 ? undefined : floor;
}

function resolved(from: string, specifier: string): string {
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}

function ourHouse(): House {
  const folder = inRepository("src/");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    // what the loop is made of is no module
    .filter((path) => path.endsWith(".ts") && !path.startsWith("machine/instructions/"));
  const manifest = JSON.parse(readFileSync(inRepository("package.json"), "utf8")) as {
    exports: Record<string, { default?: string } | string>;
  };
  const entries = Object.values(manifest.exports).flatMap((target) => {
    const file = typeof target === "string" ? target : (target.default ?? "");
    return /^\.\/dist\/lib\/(.+)\.js$/.exec(file)?.[1] ?? [];
  });
  return {
    files: new Map(paths.map((path) => [path, readFileSync(new URL(path, folder), "utf8")])),
    entries: new Set(entries.map((entry) => `${entry}.ts`)),
  };
}

test("the house stands", (t) => {
  const house = ourHouse();
  t.true(house.files.size > 0);
  t.deepEqual(faultsOf(house), []);
});

const small = {
  "index.ts": 'export * from "./stream/index.ts";',
  "ix.ts": 'import { from } from "ix/asynciterable";\nexport { parse } from "./stream/index.ts";',
  "text/positions/lines.ts": "export const lines = 1;",
  "grammar/node.ts": 'import type { Lines } from "../text/positions/lines.ts";\nimport { kinds } from "./kinds.ts";',
  "grammar/kinds.ts": "",
  "machine/control/loop.ts": "\n;".repeat(700),
  "diagnostics/data/model.ts": "",
  "stream/index.ts": 'export {\n  parse,\n  type Source,\n} from "./run/parse.ts";',
  "stream/run/parse.ts": "// import { readFileSync } from \"node:fs\";\n/**\n * import x from '../cli/main.ts';\n */",
  "stream/node.ts": 'import { Readable } from "node:stream";',
  "formats/json.ts": 'import { seq } from "../index.ts";\nimport { parse } from "../stream/index.ts";',
  "cli/main.ts":
    'import "node:process";\nimport { run } from "../index.ts";\nconst later = await import("../formats/json.ts");',
};

function faultsWith(files: Record<string, string>): string[] {
  const entries = new Set(["index.ts", "stream/index.ts", "formats/json.ts"]);
  return faultsOf({ files: new Map(Object.entries({ ...small, ...files })), entries });
}

test("a house in order has no faults", (t) => {
  t.deepEqual(faultsWith({}), []);
});

const refused = test.macro({
  exec(t, path: string, source: string, fault: string) {
    t.deepEqual(faultsWith({ [path]: source }), [`${path} ${fault}`]);
  },
  title: (_, path: string, __: string, fault: string) => `refused: ${path} ${fault}`,
});

test(
  refused,
  "text/bad.ts",
  'import { a } from "../grammar/node.ts";',
  "imports ../grammar/node.ts: it goes up from floor 0 to floor 1",
);
test(
  refused,
  "grammar/bad.ts",
  'import type { A } from "../machine/control/loop.ts";',
  "imports ../machine/control/loop.ts: it goes up from floor 1 to floor 3",
);
test(
  refused,
  "compile/bad.ts",
  'export * as a from "../stream/index.ts";',
  "imports ../stream/index.ts: it goes up from floor 2 to floor 6",
);
test(
  refused,
  "run/bad.ts",
  'type A = import("../cli/main.ts").A;',
  "imports ../cli/main.ts: it goes up from floor 4 to floor 8",
);
test(
  refused,
  "diagnostics/bad.ts",
  'import {\n  a,\n  b,\n} from "../machine/control/loop.ts";',
  "imports ../machine/control/loop.ts: it goes sideways on floor 3",
);
test(refused, "lex/bad.ts", 'import { run } from "../index.ts";', "imports ../index.ts: it goes up to the roof");
test(
  refused,
  "formats/bad.ts",
  'import "../stream/run/parse.ts";',
  "imports ../stream/run/parse.ts: formats use only what the package exports",
);
test(refused, "run/bad.ts", 'import "./lost.ts";', "imports ./lost.ts: there is no such file");
test(refused, "stream/bad.ts", 'import { on } from "node:events";', "imports node:events: the core runs everywhere");
test(refused, "stream/bad.ts", 'import { from } from "ix";', "imports ix: only ix.ts knows ix");
test(refused, "lex/string-utils.ts", "", "has a name that says nothing");
test(refused, "tools/bad.ts", "", "stands in no room");
test(refused, "main.ts", "", "stands in no room");
test(refused, "lex/long.ts", "a;\n".repeat(601), "has 601 lines");
test(
  refused,
  "stream/session/bad.ts",
  'import { parse } from "../run/parse.ts";',
  "imports ../run/parse.ts: stream/run does not stand below stream/session",
);
test(refused, "stream/tools/bad.ts", 'import "../index.ts";', "imports ../index.ts: a room that stream does not have");

test("a type may come from above within a room", (t) => {
  t.deepEqual(faultsWith({ "stream/session/bad.ts": 'import { type A, type B } from "../run/parse.ts";' }), []);
});

test("refused: a circle, and a crowd", (t) => {
  const circle = { "lex/a.ts": 'import { b } from "./b.ts";', "lex/b.ts": 'export * from "./a.ts";' };
  t.deepEqual(faultsWith(circle), ["a circle: lex/a.ts → lex/b.ts → lex/a.ts"]);
  t.deepEqual(faultsWith({ ...circle, "lex/b.ts": 'import type { A } from "./a.ts";' }), []);
  const crowd = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`op/f${i}.ts`, ""]));
  t.deepEqual(faultsWith(crowd), ["op has 13 files"]);
});
