// The page that compares errors is made from runs of four parsers: what is checked in is what they say today.
import { readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";

const { page } = (await import(inRepository("scripts/errors-compared.mjs").href)) as { page: string };

test("there are fifteen mistakes, each reported by all four", (t) => {
  const [, ...sections] = page.split(/^## \d+\. /m);
  t.is(sections.length, 15);
  for (const section of sections)
    for (const name of ["chevrotain:", "peggy:", "parsimmon:", "sluice:"])
      t.true(section.includes(`\n\n${name}\n\n`), section);
});

test("the page is up to date", (t) => {
  const there = readFileSync(inRepository("docs/errors-compared.md"), "utf8");
  t.true(there === page, "docs/errors-compared.md is out of date: npm run build && node scripts/errors-compared.mjs");
});
