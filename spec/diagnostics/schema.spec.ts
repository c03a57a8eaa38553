// Every diagnostic is as the schema that ships describes it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ValidateFunction } from "ajv";
import test from "ava";
import fc from "fast-check";
import { inRepository } from "../../bench/data.ts";
import { toJSON } from "../../src/diagnostics/index.ts";
import { json } from "../../src/formats/json.ts";
import { type Diagnostic, fail, many, ok, type Parser, type RunConfig, run } from "../../src/index.ts";
import { string } from "../../src/lex/index.ts";
import { CLOSED, feederError, parseLoopSync, runStream } from "../../src/stream/index.ts";
import { size } from "../_size.ts";
import { spanIn, wrong } from "./_made.ts";

const schema = JSON.parse(readFileSync(inRepository("schemas/diagnostic.json"), "utf8")) as object;
const { Ajv2020 } = createRequire(import.meta.url)("ajv/dist/2020.js") as {
  Ajv2020: new (options: object) => { compile(schema: object): ValidateFunction };
};
const validate = new Ajv2020({ strict: true, allErrors: true, strictRequired: false }).compile(schema);

function faultsOf(diagnostic: Diagnostic): unknown[] {
  return validate(toJSON(diagnostic)) ? [] : [diagnostic, ...(validate.errors ?? [])];
}

test("what runs give", (t) => {
  const cases: readonly [Parser<unknown>, string | Uint8Array, RunConfig?][] = [
    [json, "[1 2]", { source: "a.json", locale: "ja" }],
    [json, '{"a": [1,\n 2'],
    [json, "1 2"],
    [json, Uint8Array.of(0x5b, 0xff)],
    [fail(), ""],
    [fail("no"), "x"],
    [many(ok(1)), "x"],
    [string("a"), "b", { input: "text" }],
  ];
  for (const [p, input, config] of cases) {
    const { diagnostics } = run(p, input, config);
    t.true(diagnostics.length > 0);
    for (const diagnostic of diagnostics) t.deepEqual(faultsOf(diagnostic), []);
  }
});

test("what streams give", (t) => {
  const broken = runStream(json, { pull: () => feederError({ kind: "IoFailed", message: "gone" }) });
  const loop = parseLoopSync(json);
  loop.next("[1");
  const closed = loop.next(CLOSED).value;
  for (const outcome of [broken, closed]) {
    if (outcome.kind !== "completed") throw new Error("it did not end");
    for (const diagnostic of outcome.result.diagnostics) t.deepEqual(faultsOf(diagnostic), []);
  }
});

test("what is generated: json with something wrong", (t) => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string({ unit: "binary", maxLength: 3 }), (text, seed, piece) => {
      const at = seed % (text.length + 1);
      const { diagnostics } = run(json, text.slice(0, at) + piece + text.slice(at + 1));
      return diagnostics.every((diagnostic) => faultsOf(diagnostic).length === 0);
    }),
    { seed: 20240229, numRuns: size(100, 1000) },
  );
  t.pass();
});

test("the schema refuses what is none", (t) => {
  const good = wrong(spanIn("ab", 1));
  t.deepEqual(faultsOf(good), []);
  const bad: readonly object[] = [
    { ...good, severity: "fatal" },
    { ...good, at: undefined },
    { ...good, at: { start: { ...good.at.start, line: 0 }, end: good.at.end } },
    { ...good, notes: [{ span: good.at }] },
    { ...good, fixits: [{ insert: "x" }] },
    { ...good, context: Array.from({ length: 9 }, () => "x") },
    { ...good, extra: 1 },
    { ...good, expected: { messageKey: "expected", localeArgs: [], humanized: "", alternatives: [{ kind: "token" }] } },
  ];
  for (const one of bad) t.true(faultsOf(one as Diagnostic).length > 0, JSON.stringify(one));
});
