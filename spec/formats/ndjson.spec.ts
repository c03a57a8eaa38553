// NDJSON and JSON text sequences: values line by line, wrong lines reported or left out, however the input is cut up.
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { type Json, json } from "../../src/formats/json.ts";
import { jsonSeq } from "../../src/formats/json-seq.ts";
import { ndjson, ndjsonWith } from "../../src/formats/ndjson.ts";
import { type Parser, type RunConfig, run } from "../../src/index.ts";
import { parseEach, runStream } from "../../src/stream/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { parameters } from "../reference/grammars.ts";

const collect: RunConfig = { extensions: { recover: { mode: "collect" } } };

/** What was emitted, how many that were, and of each diagnostic its place and the text that was left out. */
function reading<E>(t: ExecutionContext, p: Parser<number, E>, input: string, config: RunConfig = {}) {
  const { value, emitted, diagnostics } = everyWay(t, p, input, config);
  const faults = diagnostics.map(({ at, message, extensions }) => [
    `${at.start.line}:${at.start.column} ${message}`,
    ...(extensions.rejected === undefined ? [] : [extensions.rejected]),
  ]);
  return { value, emitted, faults };
}

test("ndjson emits the value of each line, and skips empty lines", (t) => {
  const read = (input: string) => reading(t, ndjson, input);
  t.deepEqual(read(""), { value: 0, emitted: [], faults: [] });
  t.deepEqual(read("\n \r\n\n"), { value: 0, emitted: [], faults: [] });
  t.deepEqual(read('1\n{"a":[2]}\n'), { value: 2, emitted: [1, { a: [2] }], faults: [] });
  t.deepEqual(read(' 1 \r\n\r\n\t"x"'), { value: 2, emitted: [1, "x"], faults: [] });
});

test("ndjson: a line that is wrong is an error at its place", (t) => {
  t.deepEqual(reading(t, ndjson, '1\n{"a" 2}\n3\n').faults, [['2:6 expected ":"']]);
  t.deepEqual(reading(t, ndjson, "1\n2 3\n"), {
    value: undefined,
    emitted: [1],
    faults: [["2:3 expected end of input"]],
  });
  t.deepEqual(reading(t, ndjson, "[1\n]").faults, [['1:3 expected "," or "]"']]);
  t.deepEqual(reading(t, ndjson, "]").faults, [["1:1 expected value or end of input"]]);
});

test("a value leaves with its line end", (t) => {
  const outcome = runStream(ndjson, '{"a":1}\n');
  t.is(outcome.kind, "pending");
  t.deepEqual(outcome.emitted, [{ a: 1 }]);
  t.deepEqual(runStream(ndjson, "12").emitted, []);
});

test("a key __proto__ is a property like any other", (t) => {
  const [value] = run(ndjson, '{"__proto__":{"a":1}}').emitted as [Record<string, unknown>];
  t.deepEqual(Object.keys(value), ["__proto__"]);
  t.is(value.a, undefined);
});

test("ndjsonWith leaves wrong lines out, and reports each with its text", (t) => {
  const lines = ndjsonWith({ badLines: "skip" });
  t.deepEqual(reading(t, lines, '1\r\n{"a" 2}\r\n3\n]\n4\n[', collect), {
    value: 3,
    emitted: [1, 3, 4],
    faults: [
      ['2:6 expected ":"', '{"a" 2}'],
      ["4:1 expected value", "]"],
      ['6:2 unexpected end of input, expected "]" or value', "["],
    ],
  });
  t.deepEqual(reading(t, lines, "x\ny\nz\n", collect).faults, [
    ["1:1 expected value", "x"],
    ["2:1 expected value", "y"],
    ["3:1 expected value", "z"],
  ]);
  t.false(run(lines, "1\nx\n2\n").ok, "in a run that does not recover they are errors");
});

test("a schema makes the values, and refuses lines", (t) => {
  const odd = {
    "~standard": {
      version: 1,
      vendor: "spec",
      validate: (value: unknown) =>
        Number(value) % 2 === 1 ? { value: `no. ${value}` } : { issues: [{ message: "it must be odd" }] },
    },
  } as const;
  const lines = ndjsonWith({ schema: odd, badLines: "skip" });
  t.deepEqual(reading(t, lines, "1\n2\n3\n", collect), {
    value: 2,
    emitted: ["no. 1", "no. 3"],
    faults: [["2:1 it must be odd", "2"]],
  });
  t.deepEqual(reading(t, ndjsonWith({ schema: odd }), "1\n2\n").faults, [["2:1 it must be odd"]]);
});

test("options that do not exist are refused", (t) => {
  t.throws(() => ndjsonWith({ badLine: "skip" } as never), { instanceOf: TypeError, message: /badLine/ });
  t.throws(() => ndjsonWith({ badLines: "drop" } as never), {
    instanceOf: TypeError,
    message: 'ndjsonWith: badLines is "error" or "skip", but it was given "drop"',
  });
  t.throws(() => ndjsonWith(undefined as never), { instanceOf: TypeError });
  t.throws(() => ndjsonWith({ schema: {} as never }), { instanceOf: TypeError });
});

test("a stream of lines is read with for await", async (t) => {
  const values: Json[] = [];
  for await (const value of parseEach(ndjson, ['{"a"', ":1}", "\n[", "2]\n"])) values.push(value);
  t.deepEqual(values, [{ a: 1 }, [2]]);
});

const value = fc.jsonValue() as fc.Arbitrary<Json>;

test("what JSON.stringify writes on lines comes back, and wrong lines alone are left out", (t) => {
  const bad = fc.constantFrom("{", "]", "nul", '"a', "1 2", "{,}", "[1,]");
  const lines = fc.array(fc.oneof({ weight: 4, arbitrary: value.map((v) => JSON.stringify(v)) }, bad));
  const property = fc.property(lines, fc.constantFrom("\n", "\r\n"), fc.integer(), (all, end, seed) => {
    const good = all.filter((line) => run(json, line).ok);
    const input = all.map((line) => line + end).join("");
    const result = run(ndjsonWith({ badLines: "skip" }), input, collect);
    t.deepEqual(
      result.emitted,
      good.map((line) => JSON.parse(line) as Json),
    );
    t.deepEqual(
      result.diagnostics.map(({ extensions }) => extensions.rejected),
      all.filter((line) => !good.includes(line)),
    );
    t.is(firstDifference(ndjsonWith({ badLines: "skip" }), input, collect, { random: 2, seed }), undefined);
  });
  fc.assert(property, { ...parameters, numRuns: Math.ceil(parameters.numRuns / 5) });
});

test("jsonSeq reads texts between record separators and line feeds (RFC 7464)", (t) => {
  const read = (input: string, config?: RunConfig) => reading(t, jsonSeq, input, config);
  t.deepEqual(read(""), { value: 0, emitted: [], faults: [] });
  t.deepEqual(read('\x1e1\n\x1e{"a":\n2}\n\x1e\x1e"x"\x1etrue \n\x1e'), {
    value: 4,
    emitted: [1, { a: 2 }, "x", true],
    faults: [],
  });
  t.deepEqual(read("1\n").faults, [["1:1 expected record separator (U+001E)"]]);
  t.deepEqual(runStream(jsonSeq, '\x1e{"a":1}').emitted, [{ a: 1 }]);
  t.deepEqual(runStream(jsonSeq, "\x1e1").emitted, [], "it may go on");
  t.deepEqual(runStream(jsonSeq, "\x1e1\n").emitted, [1]);
});

test("jsonSeq: a text that was cut off is an error, and left out in a run that recovers", (t) => {
  t.deepEqual(reading(t, jsonSeq, "\x1e12").faults, [["1:4 unexpected end of input, expected line feed"]]);
  t.deepEqual(reading(t, jsonSeq, '\x1e12\x1e3\n\x1e{"a":\x1e"b', collect), {
    value: 1,
    emitted: [3],
    faults: [
      ["1:4 expected line feed", "12"],
      ["2:7 expected value", '{"a":'],
      ["2:10 unexpected end of input, expected string character or closing quote", '"b'],
    ],
  });
  t.deepEqual(reading(t, jsonSeq, "x\x1e3 4\n\x1e5\n", collect), {
    value: 2,
    emitted: [3, 5],
    faults: [
      ["1:1 expected record separator (U+001E)", "x"],
      ["1:5 expected record separator (U+001E)", "4\n"],
    ],
  });
});
