// Server-sent events: each rule of section 9.2 of the WHATWG HTML standard, equal to eventsource-parser, however the stream is cut up.
import test, { type ExecutionContext } from "ava";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import fc from "fast-check";
import { type SseEvent, sse, sseJson } from "../../src/formats/sse.ts";
import { run } from "../../src/index.ts";
import { parseEach, resume, runStream } from "../../src/stream/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { parameters } from "../reference/grammars.ts";

function events(t: ExecutionContext, input: string): readonly SseEvent[] {
  const { ok, value, emitted } = everyWay(t, sse, input);
  t.true(ok);
  t.is(value, emitted.length);
  return emitted;
}

const message = (data: string, id = ""): SseEvent => ({ event: "message", data, id });

const streams: readonly [rule: string, input: string, events: readonly SseEvent[]][] = [
  ["nothing", "", []],
  ["empty lines", "\n\r\n\r\n\n", []],
  [
    "line ends of all kinds",
    "data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\n\r\ndata: e\r\n\n",
    [..."abcde"].map((data) => message(data)),
  ],
  ["a byte order mark", "\ufeffdata: a\n\n", [message("a")]],
  ["only one byte order mark", "\ufeff\ufeffdata: a\n\n", []],
  ["comments", ": x\n:\ndata: a\n: y\ndata: b\n\n", [message("a\nb")]],
  ["one space after the colon is not data", "data:a\ndata:  b\ndata:\ndata\n\n", [message("a\n b\n\n")]],
  ["data that is empty", "data\n\ndata:\n\n", [message(""), message("")]],
  [
    "the type of an event",
    "event: add\ndata: 1\n\nevent\ndata: 2\n\n",
    [{ event: "add", data: "1", id: "" }, message("2")],
  ],
  ["a block without data is no event", "event: add\n\ndata: 1\n\n", [message("1")]],
  [
    "the last event ID stays",
    "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
    [message("a", "1"), message("b", "1"), message("c")],
  ],
  ["also if its block has no data", "id: 1\n\ndata: a\n\n", [message("a", "1")]],
  ["an ID with U+0000 is ignored", "id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n", [message("a", "1"), message("b", "1")]],
  ["the reconnection time", "retry: 10\ndata: a\n\ndata: b\n\n", [{ ...message("a"), retry: 10 }, message("b")]],
  ["a reconnection time without data", "retry: 10\n\ndata: a\n\n", [{ ...message("a"), retry: 10 }]],
  ["a reconnection time is digits", "retry: 1s\nretry: -1\nretry\ndata: a\n\n", [message("a")]],
  ["other fields are ignored", "foo: 1\nDATA: 2\n data: 3\ndata : 4\ndata: a\n\n", [message("a")]],
  ["an event that is cut off", "data: a\n\ndata: b\n", [message("a")]],
  ["a line that is cut off", "data: a\n\ndata: b", [message("a")]],
  ["colons in data", "data: a:b::\n\n", [message("a:b::")]],
];

for (const [rule, input, expected] of streams) {
  test(rule, (t) => {
    t.deepEqual(events(t, input), expected);
  });
}

test("an event leaves with the empty line that ends it", (t) => {
  for (const input of ["data: a\n\n", "data: a\r\n\r", "data: a\r\r"]) {
    t.deepEqual(runStream(sse, input).emitted, [message("a")], JSON.stringify(input));
  }
  const first = runStream(sse, "data: a\r\r");
  if (first.kind !== "pending") throw new Error("more events may come");
  t.deepEqual(resume(first.continuation, "\ndata: b\n\n").emitted, [message("b")]);
});

test("what the standard shows", (t) => {
  t.deepEqual(events(t, "data: YHOO\ndata: +2\ndata: 10\n\n"), [message("YHOO\n+2\n10")]);
  t.deepEqual(events(t, ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n"), [
    message("first event", "1"),
    message("second event"),
  ]);
  t.deepEqual(events(t, "data\n\ndata\ndata\n\ndata:"), [message(""), message("\n")]);
  t.deepEqual(events(t, "data:test\n\ndata: test\n\n"), [message("test"), message("test")]);
});

test("sseJson gives values, up to the last event", (t) => {
  const input = 'data: {"a":\ndata: 1}\n\n: ping\n\nevent: x\nid: 7\ndata: [2]\n\ndata: [DONE]\n\ndata: {\n\n';
  const { ok, value, emitted } = everyWay(t, sseJson(), input);
  t.true(ok);
  t.is(value, 2);
  t.deepEqual(emitted, [
    { event: "message", data: { a: 1 }, id: "" },
    { event: "x", data: [2], id: "7" },
  ]);
  t.deepEqual(run(sseJson({ done: "bye" }), "data: 1\n\ndata: bye\n\n").emitted.length, 1);
});

test("sseJson: data that is no JSON is an error at its event", (t) => {
  const [first] = everyWay(t, sseJson(), 'data: 1\n\ndata: {"a" 2}\n\n').diagnostics;
  t.is(first?.message, 'the data is no JSON: expected ":", at 1:6 of the data');
  t.is(first?.at.start.line, 3);
});

test("sseJson checks the data against a schema", (t) => {
  const schema = {
    "~standard": {
      version: 1,
      vendor: "spec",
      validate: (value: unknown) =>
        typeof value === "number" ? { value: `no. ${value}` } : { issues: [{ message: "it must be a number" }] },
    },
  } as const;
  t.deepEqual(run(sseJson({ schema }), "data: 1\n\n").emitted, [{ event: "message", data: "no. 1", id: "" }]);
  t.is(everyWay(t, sseJson({ schema }), "data: 1\n\ndata: []\n\n").diagnostics[0]?.message, "it must be a number");
  const late = { "~standard": { ...schema["~standard"], validate: async () => ({ value: "" }) } };
  t.throws(() => run(sseJson({ schema: late }), "data: 1\n\n"), { instanceOf: TypeError, message: /promise/ });
});

test("wrong options are refused", (t) => {
  t.throws(() => sseJson({ schema: {} as never }), { instanceOf: TypeError, message: /standardschema\.dev/ });
  t.throws(() => sseJson({ done: 1 as never }), {
    instanceOf: TypeError,
    message: "sseJson: done is a text, but it was given 1",
  });
  t.throws(() => sseJson({ end: "" } as never), { instanceOf: TypeError, message: /no option "end"/ });
});

test("a stream is read with for await", async (t) => {
  const seen: string[] = [];
  for await (const { data } of parseEach(sse, ["data: a\r", "\n\r\nda", "ta: b\n", "\n"])) seen.push(data);
  t.deepEqual(seen, ["a", "b"]);
});

const part = fc.constantFrom(
  "data",
  "id",
  "event",
  "retry",
  "x",
  ":",
  ": ",
  " ",
  "a",
  "7",
  "\0",
  "\n",
  "\n\n",
  "\r",
  "\r\n",
);

test("sse equals eventsource-parser", (t) => {
  const property = fc.property(fc.array(part, { maxLength: 24 }), fc.integer(), (parts, seed) => {
    // the peer waits for more behind a carriage return at the end
    const input = `${parts.join("")}x\n`;
    const expected: EventSourceMessage[] = [];
    createParser({ onEvent: (event) => expected.push(event) }).feed(input);
    const { ok, emitted } = run(sse, input);
    t.true(ok);
    // the peer reports an ID only where it stands, also one of a block without data that is no event
    const same = expected.map(({ event, data }) => ({ event: event || "message", data }));
    t.deepEqual(
      emitted.map(({ event, data }) => ({ event, data })),
      same,
      JSON.stringify(input),
    );
    t.is(firstDifference(sse, input, {}, { random: 2, seed }), undefined);
  });
  fc.assert(property, { ...parameters, numRuns: parameters.numRuns * 2 });
});
