// Audit records are plain JSON, a line each, as the schema that ships describes them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ValidateFunction } from "ajv";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import { json } from "../../src/formats/json.ts";
import { checkpoint, each, eof, frame, manyTill, type Parser, recover, skipL, trace } from "../../src/index.ts";
import { int10, lexeme, string, symbol } from "../../src/lex/index.ts";
import {
  type AuditRecord,
  auditLine,
  auditRecord,
  CLOSED,
  feederError,
  flowController,
  parse,
  resume,
  runStream,
  StreamDriver,
  type StreamEvent,
  type StreamingConfig,
} from "../../src/stream/index.ts";

const read = (name: string): object => JSON.parse(readFileSync(inRepository(`schemas/${name}`), "utf8")) as object;
const { Ajv2020 } = createRequire(import.meta.url)("ajv/dist/2020.js") as {
  Ajv2020: new (
    options: object,
  ) => { addSchema(schema: object, name: string): void; compile(schema: object): ValidateFunction };
};
const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false });
ajv.addSchema(read("diagnostic.json"), "diagnostic.json");
const validate = ajv.compile(read("audit.json"));

function faultsOf(record: unknown): unknown[] {
  return validate(record) ? [] : [record, ...(validate.errors ?? [])];
}

/** What a run tells, from its first chunk to its end. */
function told(p: Parser<unknown, unknown>, chunks: readonly string[], config: StreamingConfig = {}): StreamEvent[] {
  const events: StreamEvent[] = [];
  const [first = "", ...rest] = chunks;
  let outcome = runStream(p, first, { ...config, onDiagnostic: (event) => events.push(event) });
  for (const more of [...rest, CLOSED] as const) {
    while (outcome.kind === "pending" && ["backpressure", "yield"].includes(outcome.reason)) {
      outcome = resume(outcome.continuation, "");
    }
    if (outcome.kind === "pending") outcome = resume(outcome.continuation, more);
  }
  return events;
}

const item = checkpoint(skipL(string("a"), frame("item", symbol(";"))));
const list = trace(manyTill(recover(item, symbol(";"), undefined), eof), "list");
const runs: readonly StreamEvent[][] = [
  told(json, ['{"a": [1, 2', "3", "]}"]),
  told(json, ["[1 ", "2]"], { source: "a.json", locale: "ja", resumeNotes: true }),
  told(list, ["a;a;", "a", ";b;", "a"], {
    trace: true,
    resumeNotes: true,
    extensions: { recover: { mode: "collect" } },
  }),
  told(each(lexeme(int10)), ["1 2 3 4", " 5"], { flow: flowController({ highWatermark: 1, lowWatermark: 0 }) }),
  told(json, ["[1, 2, 3, 4, 5]"], { yieldEvery: { steps: 8 } }),
];

test("what runs tell", (t) => {
  const seen = new Set<string>();
  for (const event of runs.flat()) {
    const record = auditRecord(event, { time: new Date(0).toISOString(), run: "a" });
    t.deepEqual(faultsOf(record), []);
    t.deepEqual(faultsOf(auditRecord(event)), []);
    seen.add(record.event);
  }
  t.deepEqual([...seen].sort(), ["parser.stream.error", "parser.stream.pending", "parser.stream.progress"]);
});

test("what broken streams tell", (t) => {
  const records: AuditRecord[] = [];
  const config = { onDiagnostic: (event: StreamEvent) => void records.push(auditRecord(event)) };
  runStream(json, { pull: () => feederError({ kind: "IoFailed", message: "gone" }) }, config);
  const driver = new StreamDriver(json, () => {}, config);
  driver.push("[1");
  driver.pump();
  driver.abort("enough");
  const errors = records.filter(({ event }) => event === "parser.stream.error");
  t.is(errors.length, 2);
  for (const record of records) t.deepEqual(faultsOf(record), []);
  const last = errors[1]?.diagnostic as { streamMeta?: { chunks?: unknown } } | undefined;
  t.is(last?.streamMeta?.chunks, 1);
});

test("a record is plain data, whatever becomes of the run", (t) => {
  const event = runs[0]?.find(({ kind }) => kind === "pending");
  if (event?.kind !== "pending") return t.fail();
  const record = auditRecord(event);
  t.deepEqual(record, JSON.parse(JSON.stringify(record)));
  const meta = record.meta as Record<string, unknown>;
  t.deepEqual(meta.expectedTokens, event.meta.expectedTokens);
  t.is(Object.getOwnPropertyDescriptor(meta, "expectedTokens")?.get, undefined);
});

test("records are lines of JSON", async (t) => {
  let file = "";
  const onDiagnostic = (event: StreamEvent): void => {
    file += auditLine(event, { run: "two\nlines" });
  };
  await parse(json, ['["a\\n', 'b", 1', "x]"], { onDiagnostic });
  const lines = file.split("\n");
  t.is(lines.pop(), "");
  t.true(lines.length >= 6);
  for (const line of lines) t.deepEqual(faultsOf(JSON.parse(line)), []);
});

test("the schema refuses what is none", (t) => {
  const [progress, pending] = ["progress", "pending"].map((kind) => {
    const event = runs.flat().find((one) => one.kind === kind);
    return event === undefined ? {} : (JSON.parse(auditLine(event)) as Record<string, unknown>);
  });
  const error = JSON.parse(auditLine(runs[1]?.at(-1) as StreamEvent)) as Record<string, unknown>;
  t.deepEqual([...faultsOf(progress), ...faultsOf(pending), ...faultsOf(error)], []);
  const bad: readonly object[] = [
    { ...progress, event: "parser.stream.done" },
    { ...progress, lap: -1 },
    { ...progress, consumed: 0.5 },
    { ...progress, time: "yesterday" },
    { ...progress, extra: 1 },
    { ...pending, reason: "hunger" },
    { ...pending, meta: {} },
    { ...pending, notes: [1] },
    { ...pending, meta: { ...(pending?.meta as object), resumeLineage: ["x"] } },
    { ...pending, meta: { ...(pending?.meta as object), resumeHint: { action: "continue", minBytes: 0 } } },
    { ...error, diagnostic: {} },
    { ...error, continuation: 1 },
  ];
  for (const one of bad) t.true(faultsOf(one).length > 0, JSON.stringify(one));
});

test("the schemas are in the package, beside each other", (t) => {
  const manifest = read("../package.json") as { exports: Record<string, unknown>; files: string[] };
  for (const name of ["audit", "diagnostic"]) {
    t.is(manifest.exports[`./schemas/${name}.json`], `./schemas/${name}.json`);
  }
  t.true(manifest.files.includes("schemas"));
});
