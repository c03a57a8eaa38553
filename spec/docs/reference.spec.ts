// The reference under docs/ is made of the doc comments: what is checked in is what `npm run reference` writes today.
import { readdirSync, readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";

const { referencePages, unnamedTypes } = (await import(inRepository("scripts/reference.mjs").href)) as {
  referencePages(): ReadonlyMap<string, string>;
  unnamedTypes(): readonly string[];
};
const pages = referencePages();

test("the reference is up to date", (t) => {
  const there = readdirSync(inRepository("docs/reference/")).map((file) => `docs/reference/${file}`);
  t.deepEqual(there.sort(), [...pages.keys()].sort());
  for (const [path, page] of pages) {
    t.true(readFileSync(inRepository(path), "utf8") === page, `${path} is out of date: npm run reference`);
  }
});

test("it has every import, with declarations, what they do, and an example", (t) => {
  const lex = pages.get("docs/reference/lex.md") ?? "";
  t.true(lex.includes("## regex\n\n```ts\nfunction regex(pattern: RegExp): Parser<string>;\n```\n"));
  t.regex(lex, /\n- Throws \S/);
  t.regex(lex, / \/\/ => /);
  t.false(/\bNode\b|@internal|\{@link/.test(lex));
});

test("each type in the declarations of an import is exported by it, or by sluice", (t) => {
  t.deepEqual(unnamedTypes(), []);
});
