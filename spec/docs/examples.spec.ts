// Examples in the documentation are run: what a line says it gives, it gives; what a page says is printed, is printed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import { deepEqual } from "../_equal.ts";
import {
  asModule,
  asProgram,
  blocksOf,
  compiled,
  examplesIn,
  examplesInSource,
  examplesSaid,
  valueIn,
} from "./_examples.ts";

// in the guides a block says what its last line gives, as an example in the source does
const guides = readdirSync(inRepository("docs/")).filter((page) => page.endsWith(".md"));
const inGuides = guides.flatMap((page) => blocksOf(`docs/${page}`, readFileSync(inRepository(`docs/${page}`), "utf8")));
const examples = [...examplesInSource(), ...inGuides.filter(({ code }) => code.includes("// =>"))];
const pages = ["README.md", "docs/errors.md"].filter((page) => existsSync(inRepository(page)));
const blocks = pages.flatMap((page) => blocksOf(page, readFileSync(inRepository(page), "utf8")));

let addresses: readonly string[] = [];

test.before("the examples compile", (t) => {
  t.timeout(60_000);
  addresses = compiled([...examples.map(asModule), ...blocks.map(asProgram)]);
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

blocks.forEach(({ at, code, prints }, i) => {
  test.serial(`${at} runs, and prints what it says`, async (t) => {
    const shown: { line: number; args: readonly unknown[] }[] = [];
    const printed: string[] = [];
    const { log } = console;
    const place = globalThis as { shown?: unknown };
    place.shown = (line: number, args: readonly unknown[]): readonly unknown[] => {
      shown.push({ line, args });
      return args;
    };
    console.log = (...args: unknown[]): void => void printed.push(args.map(String).join(" "));
    try {
      await import(addresses[examples.length + i] ?? "");
    } finally {
      console.log = log;
      delete place.shown;
    }
    const lines = code.split("\n");
    for (const { line, args } of shown) {
      const said = valueIn(/ \/\/ (.*)$/.exec(lines[line] ?? "")?.[1] ?? "");
      if (said !== undefined) t.is(deepEqual(args[0], said.value), undefined, `line ${line}`);
    }
    if (prints !== undefined) t.true(`${printed.join("\n")}\n`.endsWith(prints), printed.join("\n"));
    t.pass();
  });
});

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
  t.deepEqual(valueIn('5: "x" is missing'), { value: 5 });
  t.deepEqual(valueIn("[1, 2]"), { value: [1, 2] });
  t.is(valueIn("some words"), undefined);
});
