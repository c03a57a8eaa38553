// The catalogue of codes, and that it has what diagnostics carry.
import { readdirSync, readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import { explain } from "../../src/diagnostics/index.ts";
import { CODES } from "../../src/diagnostics/messages/codes.ts";

const promised =
  "E1001 E1203 E2001 E3001 E4001 E6001 E6002 E7101 E7102 E7103 E7104 E7201 E7202 E7203 E7204 E7301 E7302 W6101 limit.depth limit.buffer limit.token limit.steps limit.diagnostics stream.decode stream.io stream.feeder stream.cancelled stream.timeout";

test("every code has a title, an explanation, an example and a way to fix it", (t) => {
  t.deepEqual(Object.keys(CODES), promised.split(" "));
  for (const [code, entry] of Object.entries(CODES)) {
    for (const part of Object.values(entry)) t.true(part.length > 0, code);
    t.true(explain(code)?.startsWith(`${code}: ${entry.title}\n\n`));
  }
});

test("codes are found in any case; what is none is undefined", (t) => {
  t.is(explain("e1001"), explain("E1001"));
  t.is(explain("LIMIT.TOKEN"), explain("limit.token"));
  for (const none of ["", "E9999", "constructor", "__proto__"]) t.is(explain(none), undefined);
});

test("every code in the sources is in the catalogue", (t) => {
  const folder = inRepository("src/");
  const found = new Set<string>();
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts")) continue;
    const source = readFileSync(new URL(path, folder), "utf8");
    for (const [code] of source.matchAll(/(?<=")(?:[EW]\d{4}|(?:limit|stream)\.[a-z]+)(?=")/g)) found.add(code);
  }
  t.true(found.has("E1001") && found.has("stream.io"));
  t.deepEqual(
    [...found].filter((code) => CODES[code] === undefined),
    [],
  );
});

test("every code is in the documentation, with its title", (t) => {
  const page = readFileSync(inRepository("docs/errors.md"), "utf8");
  for (const [code, { title }] of Object.entries(CODES))
    t.regex(page, new RegExp(`\\| \`${code}\` +\\| ${title} +\\|`));
});
