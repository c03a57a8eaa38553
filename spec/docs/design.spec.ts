// What the design names is there: its files, and in the walk of a failure each function in its file.
import { existsSync, readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";

const design = readFileSync(inRepository("docs/design.md"), "utf8");
const there = (path: string): boolean => [path, `src/${path}`].some((one) => existsSync(inRepository(one)));

test("the files that the design names exist", (t) => {
  const named = [...design.matchAll(/`([\w./-]+\/[\w.-]*)`/g)].map(([, path = ""]) => path);
  t.true(named.length > 40);
  // folders may be named from the folder that they are in
  t.deepEqual(
    named.filter((path) => path.endsWith(".ts") && !there(path)),
    [],
  );
});

test("each step of a failure is a function of the file that is named with it", (t) => {
  const steps = [...design.matchAll(/^\| \d +\| (.*?)\(`([\w./-]+)`\)/gm)];
  t.is(steps.length, 9);
  for (const [, names = "", file = ""] of steps) {
    const source = readFileSync(inRepository(`src/${file}`), "utf8");
    for (const [, name = ""] of names.matchAll(/`(#?\w+)`/g)) {
      t.regex(source, new RegExp(`(function |^ {2}|macro\\(")${name}\\b`, "m"), `${name} in ${file}`);
    }
  }
});
