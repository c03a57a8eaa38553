// The page that compares errors: what it says that we say is what we say.
import { readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import { pretty } from "../../src/diagnostics/index.ts";
import { json } from "../../src/formats/json.ts";
import { run } from "../../src/index.ts";

const page = readFileSync(inRepository("docs/errors-compared.md"), "utf8");
const [, ...sections] = page.split(/^## \d+\. /m);

/** The block of code behind some words, a pattern. */
function blockAfter(section: string, words: string): string | undefined {
  return new RegExp(`${words}\\n\\n\`\`\`\\w+\\n([\\s\\S]*?)\\n\`\`\``).exec(section)?.[1];
}

test("there are fifteen mistakes, each told by all four", (t) => {
  t.is(sections.length, 15);
  for (const section of sections)
    for (const name of ["chevrotain:", "peggy:", "parsimmon:", "sluice:"]) t.truthy(blockAfter(section, name), section);
});

for (const section of sections) {
  const [title = ""] = section.split("\n");
  test(title, (t) => {
    const input = blockAfter(section, "^.*");
    t.truthy(input);
    t.is(blockAfter(section, "sluice:"), pretty(run(json, input ?? "").diagnostics, input));
  });
}
