// Examples in the documentation are run: what a line says it gives, it gives; what a page says is printed, is printed. A block
// of code that is not run is in the list of those, with a reason.
import { readdirSync, readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import { deepEqual } from "../_equal.ts";
import {
  asModule,
  asProgram,
  type Block,
  blocksOf,
  compiled,
  examplesIn,
  examplesInSource,
  examplesSaid,
  fencesIn,
  valuesIn,
} from "./_examples.ts";
import { NOT_RUN } from "./_not-run.ts";

// docs/reference/ is made of the doc comments, whose examples are run here; its own spec holds it to them
const pages = ["README.md", "CHANGELOG.md", ...inFolder("docs/", ".md"), ...inFolder("docs/formats/", ".md")];
const blocks = pages.flatMap((page) => blocksOf(page, textOf(page)));
const inTypeScript = blocks.filter(({ language }) => language === "ts");
// in most guides a block says what its last line gives, as an example in the source does; others print
const programs = inTypeScript.filter(({ code }) => !code.includes("// =>"));
const examples = [...examplesInSource(), ...inTypeScript.filter((block) => !programs.includes(block))];
const printed = programs.flatMap(({ next }) => (next?.language === "text" ? [next] : []));

function inFolder(folder: string, ending: string): string[] {
  return readdirSync(inRepository(folder)).flatMap((name) => (name.endsWith(ending) ? [`${folder}${name}`] : []));
}

function textOf(path: string): string {
  return readFileSync(inRepository(path), "utf8");
}

let addresses: readonly string[] = [];

test.before("the examples compile", (t) => {
  t.timeout(60_000);
  addresses = compiled([...examples.map(asModule), ...programs.map(asProgram)]);
  t.pass();
});

test("there are examples, and none is overlooked", (t) => {
  t.true(examples.length > 50);
  const files = new Set(examples.map(({ at }) => at.slice(0, at.indexOf(":"))));
  for (const file of files) {
    if (file.startsWith("docs/")) continue;
    const found = examples.filter(({ at }) => at.startsWith(`${file}:`)).length;
    t.is(found, examplesSaid(readFileSync(inRepository(file), "utf8")), file);
  }
});

examples.forEach(({ at, code }, i) => {
  test(`${at}: ${code.trimEnd().split("\n").pop()}`, async (t) => {
    const { given, said } = (await import(addresses[i] ?? "")) as { given: unknown; said: unknown };
    t.is(deepEqual(given, said), undefined);
  });
});

programs.forEach(({ at, code, next }, i) => {
  test.serial(`${at} runs, and prints what it says`, async (t) => {
    const shown = new Map<number, unknown[]>();
    const lines: string[] = [];
    const { log } = console;
    const place = globalThis as { shown?: unknown };
    place.shown = (line: number, value: unknown) => shown.set(line, [...(shown.get(line) ?? []), value]);
    console.log = (...args: unknown[]): void => void lines.push(`${args.map(String).join(" ")}\n`);
    try {
      await import(addresses[examples.length + i] ?? "");
    } finally {
      console.log = log;
      delete place.shown;
    }
    for (const [line, values] of shown) {
      const said = valuesIn(/ \/\/ (.*)$/.exec(code.split("\n")[line] ?? "")?.[1] ?? "");
      t.is(deepEqual(values, said), undefined, `line ${line}`);
    }
    const prints = next?.language === "text" ? next.code : "";
    t.is(lines.join(""), prints);
    t.true(shown.size > 0 || prints !== "", "it says what it gives");
  });
});

test("each block of code is run, or is in the list of those that are not", (t) => {
  for (const page of pages) t.is(blocksOf(page, textOf(page)).length * 2, fencesIn(textOf(page)), page);
  const listed = (block: Block): boolean => NOT_RUN.some((entry) => isOf(entry, block));
  const run = (block: Block): boolean => inTypeScript.includes(block) || printed.includes(block) || isCompared(block);
  t.deepEqual(
    blocks.filter((block) => run(block) === listed(block)).map(({ at }) => at),
    [],
    "run and listed, or neither",
  );
});

test("the list of blocks that are not run is not out of date", (t) => {
  for (const entry of NOT_RUN) {
    const meant = blocks.filter((block) => isOf(entry, block));
    t.true(entry.begins === undefined ? meant.length > 0 : meant.length === 1, JSON.stringify(entry));
    const { excerptOf } = entry;
    if (excerptOf === undefined) continue;
    const sources = inFolder(excerptOf, ".ts").map(textOf);
    for (const { code } of meant) t.true(sources.some((source) => source.includes(code)));
  }
});

function isOf({ page, begins, section }: (typeof NOT_RUN)[number], block: Block): boolean {
  if (page !== block.page) return false;
  return begins === undefined ? block.section === section : block.code.startsWith(begins);
}

/** The page that compares errors is made by a script, from runs: its own spec runs that again. */
function isCompared({ page, section }: Block): boolean {
  return page === "docs/errors-compared.md" && /^\d+\. /.test(section);
}

test("the finder finds what is there", (t) => {
  const source =
    "/**\n * Text.\n *\n * @example\n * ```ts\n * const a = 1;\n * a; // => 1\n * ```\n */\nexport const x = 1;\n";
  t.deepEqual(examplesIn("a.ts", source), [{ at: "a.ts:4", code: "const a = 1;\na; // => 1\n" }]);
  t.is(examplesSaid(source), 1);
  t.is(
    asModule({ at: "a.ts:4", code: "f(1); // => { a: 1 }" }),
    "export const given: unknown = f(1);\nexport const said: unknown = { a: 1 };\n",
  );
  t.throws(() => asModule({ at: "a.ts:4", code: "f(1);" }), { message: /a\.ts:4 does not end in a line with/ });
  t.deepEqual(valuesIn('5: "x" is missing'), [5]);
  t.deepEqual(valuesIn("[1, 2], then undefined"), [[1, 2], undefined]);
  t.is(valuesIn("some words"), undefined);
  const page = "# A\n\n## B\n\n- C:\n\n  ```ts\n  f();\n  ```\n\n```\ng\n```\n";
  t.is(fencesIn(page), 4);
  t.like(blocksOf("a.md", page), [
    { at: "a.md:7", section: "B", language: "ts", code: "f();\n" },
    { at: "a.md:11", language: "", code: "g\n" },
  ]);
});
