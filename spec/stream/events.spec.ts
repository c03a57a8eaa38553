// What a run tells on its way: to its `onDiagnostic`, and to the channels of the platform.
import { channel } from "node:diagnostics_channel";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import test, { type ExecutionContext } from "ava";
import { from } from "ix/asynciterable";
import { json } from "../../src/formats/json.ts";
import {
  between,
  type Diagnostic,
  each,
  eof,
  manyTill,
  map,
  ParseError,
  type Parser,
  type RunConfig,
  recover,
  rule,
  run,
  sepBy,
  skipL,
} from "../../src/index.ts";
import { parsing, parsingEach } from "../../src/ix.ts";
import { int10, lexeme, oneOf, string, symbol } from "../../src/lex/index.ts";
import { Machine } from "../../src/machine/index.ts";
import {
  awaiting,
  CLOSED,
  feederError,
  flowController,
  ParserStream,
  parse,
  parseEach,
  parseLoop,
  parseLoopSync,
  resume,
  runStream,
  StreamDriver,
  type StreamEvent,
  type StreamingConfig,
} from "../../src/stream/index.ts";
import { deepEqual } from "../_equal.ts";
import { watched } from "./_watched.ts";

type Of<K extends StreamEvent["kind"]> = Extract<StreamEvent, { kind: K }>;

function of<K extends StreamEvent["kind"]>(events: readonly StreamEvent[], kind: K): Of<K>[] {
  return events.filter((event): event is Of<K> => event.kind === kind);
}

/** An ear, and what it has heard. */
function ear(): { readonly heard: StreamEvent[]; readonly onDiagnostic: (event: StreamEvent) => void } {
  const heard: StreamEvent[] = [];
  return { heard, onDiagnostic: (event) => void heard.push(event) };
}

type Runner = (p: Parser<unknown, unknown>, chunks: readonly string[], config: StreamingConfig) => unknown;

/** All that the runners have in common: these chunks, to the end. */
const runners: Readonly<Record<string, Runner>> = {
  "runStream and resume"(p, [first = "", ...rest], config) {
    let outcome = runStream(p, first, config);
    for (const more of [...rest, CLOSED] as const)
      if (outcome.kind === "pending") outcome = resume(outcome.continuation, more);
  },
  "runStream from a feeder"(p, chunks, config) {
    const left = [...chunks];
    const first = runStream(p, { pull: () => left.shift() ?? awaiting() }, config);
    if (first.kind === "pending") resume(first.continuation, CLOSED);
  },
  async parseLoop(p, chunks, config) {
    const loop = parseLoop(p, config);
    for (const chunk of chunks) await loop.next(chunk);
    await loop.next(CLOSED);
  },
  parseLoopSync(p, chunks, config) {
    const loop = parseLoopSync(p, config);
    for (const chunk of [...chunks, CLOSED] as const) loop.next(chunk);
  },
  StreamDriver(p, chunks, config) {
    const driver = new StreamDriver(p, () => {}, config);
    for (const chunk of chunks) {
      driver.push(chunk);
      driver.pump();
    }
    driver.close();
  },
  parse,
  async parseEach(p, chunks, config) {
    for await (const _ of parseEach(p, chunks, config));
  },
  async ParserStream(p, chunks, config) {
    for await (const _ of new Blob([...chunks]).stream().pipeThrough(new ParserStream(p, config)));
  },
  async parsing(p, chunks, config) {
    for await (const _ of from(chunks).pipe(parsing(p, config)));
  },
  async parsingEach(p, chunks, config) {
    for await (const _ of from(chunks).pipe(parsingEach(p, config)));
  },
};

const numbers = skipL(string("<"), each(map(lexeme(int10), Number)));

for (const [name, runner] of Object.entries(runners)) {
  test(`${name} tells of each step, of each rest and of no error`, async (t) => {
    const { heard, onDiagnostic } = ear();
    await runner(numbers, ["<1 2", "0 3", " 4"], { onDiagnostic });
    const steps = of(heard, "progress");
    t.true(steps.length >= 2);
    t.deepEqual(
      steps.map(({ lap }) => lap),
      steps.map((_, i) => i + 1),
    );
    for (const [i, { consumed, produced }] of steps.entries()) {
      t.true(consumed >= (steps[i - 1]?.consumed ?? 0) && produced >= (steps[i - 1]?.produced ?? 0));
    }
    t.deepEqual([steps.at(-1)?.consumed, steps.at(-1)?.produced], [9, 4]);
    const rests = of(heard, "pending");
    t.true(rests.length >= 1);
    for (const { reason, meta, ...rest } of rests) {
      t.true(meta.resumeHint.minBytes >= 1);
      t.is(meta.resumeHint.reason, reason);
      t.true(meta.expectedTokens.length > 0);
      t.deepEqual(Object.keys(rest), ["kind"]);
    }
    t.deepEqual(of(heard, "error"), []);
  });

  test(`${name} tells of the error, once`, async (t) => {
    const { heard, onDiagnostic } = ear();
    const config = { source: "n.txt" };
    try {
      await runner(numbers, ["<1 2", "0 x9"], { ...config, onDiagnostic });
    } catch (error) {
      t.true(error instanceof ParseError);
    }
    const told = of(heard, "error");
    t.is(
      deepEqual(
        told,
        run(numbers, "<1 20 x9", config).diagnostics.map((diagnostic) => ({ kind: "error", diagnostic })),
      ),
      undefined,
    );
    t.is(heard.at(-1)?.kind, "error");
  });

  test(`${name}: what a listener throws reaches the caller`, async (t) => {
    const wrong = new Error("my own");
    for (const kind of ["progress", "pending", "error"]) {
      let thrown = 0;
      const onDiagnostic = (event: StreamEvent): void => {
        if (event.kind !== kind || thrown++ > 0) return;
        throw wrong;
      };
      // a run that fails rests no more
      const chunks = kind === "pending" ? ["<1 2", "0 3", " 4"] : ["<1 2", "0 x"];
      await t.throwsAsync(async () => runner(numbers, chunks, { onDiagnostic }), { is: wrong });
      t.true(run(numbers, "<1").ok);
    }
  });
}

test("events come in order: the step, its errors, the rest", (t) => {
  const { heard, onDiagnostic } = ear();
  const first = runStream(string("abc"), "a", { onDiagnostic });
  if (first.kind !== "pending") return t.fail();
  resume(first.continuation, "x");
  t.deepEqual(
    heard.map(({ kind }) => kind),
    ["progress", "pending", "progress", "error"],
  );
  t.deepEqual(heard[0], { kind: "progress", consumed: 1, produced: 0, lap: 1 });
  const [rest] = of(heard, "pending");
  t.deepEqual(rest?.meta.resumeHint, first.demand);
  t.deepEqual(rest?.meta.expectedTokens, [{ kind: "token", text: "abc" }]);
});

test("each branch of a continuation tells on its own", (t) => {
  const { heard, onDiagnostic } = ear();
  const first = runStream(each(oneOf("ab")), "a", { onDiagnostic });
  if (first.kind !== "pending") return t.fail();
  resume(first.continuation, "b");
  resume(first.continuation, "bbb");
  const steps = of(heard, "progress").map(({ consumed, produced, lap }) => [consumed, produced, lap]);
  t.deepEqual(steps, [
    [1, 1, 1],
    [2, 2, 2],
    [4, 4, 2],
  ]);
});

test("looking ahead tells nothing", (t) => {
  const { heard, onDiagnostic } = ear();
  const first = runStream(json, "[1", { onDiagnostic });
  if (first.kind !== "pending") return t.fail();
  const before = heard.length;
  t.false(first.continuation.canFinish);
  t.false(first.continuation.preview().ok);
  t.true(first.continuation.meta.expectedTokens.length > 0);
  t.is(heard.length, before);
});

// Errors on the way

const item = skipL(string("a"), symbol(";"));
const list = manyTill(recover(item, symbol(";"), undefined), eof);
const collect: RunConfig = { extensions: { recover: { mode: "collect" } } };

function listened(p: Parser<unknown>, chunks: readonly string[], config: StreamingConfig): StreamEvent[] {
  const { heard, onDiagnostic } = ear();
  runners["runStream and resume"]?.(p, chunks, { ...config, onDiagnostic });
  return heard;
}

test("an error that was recovered from is told when it is certain, with where the run goes on", (t) => {
  const heard = listened(list, ["a;b;a", ";c", ";"], collect);
  const errors = of(heard, "error");
  const { diagnostics } = run(list, "a;b;a;c;", collect);
  t.is(diagnostics.length, 2);
  t.is(
    deepEqual(
      errors.map(({ diagnostic }) => diagnostic),
      diagnostics,
    ),
    undefined,
  );
  t.is(errors[0]?.continuation?.commitWatermark, 5);
  const kinds = heard.map(({ kind }) => kind);
  t.true(kinds.indexOf("error") < kinds.indexOf("pending"));
});

test("recoveries that are merged are told once; so are those without a rest between", (t) => {
  for (const chunks of [["b;c;d;a;"], ["b;", "c;", "d;", "a;"], ["b", ";c;d;a;b;"]]) {
    for (const mergeWarnings of [true, false]) {
      const config = { ...collect, mergeWarnings };
      const errors = of(listened(list, chunks, config), "error");
      const { diagnostics } = run(list, chunks.join(""), config);
      t.deepEqual(
        errors.map(({ diagnostic }) => diagnostic.at.start.offset),
        diagnostics.map(({ at }) => at.start.offset),
      );
    }
  }
});

test("a stream that breaks: the error has its meta, and where the run had rested", (t) => {
  const { heard, onDiagnostic } = ear();
  const driver = new StreamDriver(list, () => {}, { ...collect, onDiagnostic });
  driver.push("a;b;a");
  driver.pump();
  driver.abort("enough");
  const told = of(heard, "error").map(({ diagnostic, continuation }) => [
    diagnostic.code,
    continuation?.commitWatermark,
    (diagnostic as Diagnostic & { streamMeta?: { consumedBytes: number } }).streamMeta?.consumedBytes,
  ]);
  t.deepEqual(told, [
    ["E1001", 5, undefined],
    ["stream.cancelled", 5, 5],
  ]);
  const first = runStream(list, "a;", { onDiagnostic });
  if (first.kind !== "pending") return t.fail();
  for (const more of ["a;", Uint8Array.of(1), Uint8Array.of(1)]) {
    heard.length = 0;
    resume(first.continuation, more);
  }
  t.is(of(heard, "error")[0]?.continuation?.commitWatermark, 2, "also of a continuation that is resumed again");
  heard.length = 0;
  const broken = runStream(list, { pull: () => feederError({ kind: "IoFailed", message: "gone" }) }, { onDiagnostic });
  t.is(broken.kind, "completed");
  t.deepEqual(
    heard.map((event) => (event.kind === "error" ? [event.diagnostic.code, "continuation" in event] : event.kind)),
    ["progress", ["stream.io", false]],
  );
});

test("a broken stream keeps the recoveries that were certain", (t) => {
  const driver = new StreamDriver(list, () => {}, collect);
  driver.push("b;a;");
  driver.abort();
  const outcome = driver.pump();
  const codes = outcome.kind === "completed" ? outcome.result.diagnostics.map(({ code }) => code) : [];
  t.deepEqual(codes, ["stream.cancelled"]);
  const other = new StreamDriver(list, () => {}, collect);
  other.push("b;a;");
  other.pump();
  other.abort();
  const late = other.pump();
  t.deepEqual(late.kind === "completed" ? late.result.diagnostics.map(({ code }) => code) : [], [
    "E1001",
    "stream.cancelled",
  ]);
});

test("a chunk that comes too late is an error of its own", (t) => {
  const { heard, onDiagnostic } = ear();
  const loop = parseLoopSync(string("a"), { onDiagnostic });
  loop.next("b");
  loop.next("c");
  t.deepEqual(
    of(heard, "error").map(({ diagnostic }) => diagnostic.code),
    ["E1001", "stream.feeder"],
  );
});

// Listeners that throw

function throwing(kind: StreamEvent["kind"], from = 0): { readonly onDiagnostic: (event: StreamEvent) => void } {
  let thrown = false;
  return {
    onDiagnostic(event) {
      if (event.kind !== kind || thrown || (event.kind === "pending" && event.meta.commitWatermark < from)) return;
      thrown = true;
      throw new Error("my own");
    },
  };
}

test("a driver whose listener threw hands out what it would have", (t) => {
  for (const kind of ["progress", "pending"] as const) {
    const seen: unknown[] = [];
    const driver = new StreamDriver(each(oneOf("ab")), ({ emitted }) => seen.push(...emitted), throwing(kind));
    driver.push("aba");
    t.throws(() => driver.pump(), { message: "my own" });
    t.deepEqual(seen, []);
    driver.pump();
    t.deepEqual(seen, ["a", "b", "a"]);
    t.is(driver.close().kind, "completed");
  }
});

test("a driver whose listener threw at its end gives the end when it is asked again", (t) => {
  const seen: unknown[] = [];
  const driver = new StreamDriver(each(oneOf("ab")), ({ emitted }) => seen.push(...emitted), throwing("error"));
  driver.push("abx");
  t.throws(() => driver.close(), { message: "my own" });
  const last = driver.pump();
  t.deepEqual(last.kind === "completed" && last.result.diagnostics.length, 1);
  t.deepEqual(seen, ["a", "b"]);
});

test("a run that yields tells so", async (t) => {
  const { heard, onDiagnostic } = ear();
  await parse(json, ["[1, 2, 3, 4, 5, 6]"], { yieldEvery: { steps: 8 }, onDiagnostic });
  const reasons = new Set(of(heard, "pending").map(({ reason }) => reason));
  t.deepEqual([...reasons].sort(), ["inputExhausted", "yield"]);
});

test("a continuation whose resumption threw can be resumed again", (t) => {
  let armed = false;
  const onDiagnostic = (): void => {
    if (armed) throw new Error("my own");
  };
  const first = runStream(sepBy(int10, string(",")), "1,", { onDiagnostic });
  if (first.kind !== "pending") return t.fail();
  armed = true;
  t.throws(() => resume(first.continuation, "2"), { message: "my own" });
  armed = false;
  const second = resume(first.continuation, "3");
  const last = second.kind === "pending" ? resume(second.continuation, CLOSED) : second;
  t.deepEqual(last.kind === "completed" && last.result.value, ["1", "3"]);
});

test("parseEach hands out what was certain before its listener threw, and closes the source", async (t) => {
  const { source, count } = watched(["1 2 ", "3 "]);
  const seen: unknown[] = [];
  await t.throwsAsync(
    async () => {
      for await (const n of parseEach(each(lexeme(int10)), source, throwing("pending", 3))) seen.push(n);
    },
    { message: "my own" },
  );
  t.deepEqual([seen, count.closed], [["1", "2"], 1]);
  const again = watched(["1 2 ", "3 "]);
  await t.throwsAsync(parse(each(lexeme(int10)), again.source, throwing("pending")), { message: "my own" });
  t.is(again.count.closed, 1);
});

// Nobody listens

test.serial("while nobody listens nothing is captured and nothing looked up", async (t) => {
  const { capture } = Machine.prototype;
  let captures = 0;
  Machine.prototype.capture = function () {
    captures++;
    return capture.call(this);
  };
  t.teardown(() => {
    Machine.prototype.capture = capture;
  });
  const chunks = Array.from({ length: 50 }, () => "1 2 3 ");
  t.true((await parse(each(lexeme(int10)), chunks)).result.ok);
  const loop = parseLoopSync(each(lexeme(int10)));
  for (const chunk of [...chunks, CLOSED] as const) loop.next(chunk);
  t.is(captures, 0);
  await parse(each(lexeme(int10)), chunks, { onDiagnostic: () => {} });
  t.true(captures >= 50);
});

test("what could come next is worked out only if a listener reads it", (t) => {
  let calls = 0;
  const counted = map(oneOf("ab"), () => calls++);
  const p = between(string("("), counted, string(")"));
  runStream(p, "(a", { onDiagnostic: () => {} });
  const before = calls;
  runStream(p, "(a", { onDiagnostic: (event) => event.kind === "pending" && event.meta.commitWatermark });
  t.is(calls - before, before);
});

test("what was told is let go", async (t) => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const metas: WeakRef<object>[] = [];
  let outcome = runStream(each(lexeme(int10)), "1 ", {
    onDiagnostic: (event) => event.kind === "pending" && metas.push(new WeakRef(event.meta)),
  });
  for (let n = 0; n < 20; n++) if (outcome.kind === "pending") outcome = resume(outcome.continuation, "1 ");
  await new Promise((resolve) => setTimeout(resolve));
  collect();
  t.is(metas.length, 21);
  t.true(metas.filter((meta) => meta.deref() !== undefined).length <= 2);
});

// The platform's channels

function subscribed(t: ExecutionContext, kind: StreamEvent["kind"], hear: (event: StreamEvent) => void): void {
  const on = channel(`sluice:stream.${kind}`);
  const listener = (message: unknown): void => hear(message as StreamEvent);
  on.subscribe(listener);
  t.teardown(() => on.unsubscribe(listener));
}

test.serial("the channels of Node hear the same", (t) => {
  const [heard, published]: [StreamEvent[], StreamEvent[]] = [[], []];
  for (const kind of ["progress", "pending", "error"] as const) subscribed(t, kind, (event) => published.push(event));
  const first = runStream(json, "[1", { onDiagnostic: (event) => heard.push(event) });
  if (first.kind === "pending") resume(first.continuation, CLOSED);
  t.is(heard.length, 4);
  t.deepEqual(
    published.map((event) => heard.indexOf(event)),
    [0, 1, 2, 3],
  );
});

test.serial("a channel hears runs that have no listener of their own, and only what it is for", (t) => {
  const published: StreamEvent[] = [];
  subscribed(t, "error", (event) => published.push(event));
  const first = runStream(list, "b;a;", collect);
  t.is(published.length, 1);
  if (first.kind === "pending") resume(first.continuation, "x");
  t.deepEqual(
    published.map(({ kind }) => kind),
    ["error"],
  );
});

test.serial("a subscriber that comes late hears of the rest, and of the errors before", (t) => {
  const first = runStream(list, "b;a;", collect);
  if (first.kind !== "pending") return t.fail();
  const published: StreamEvent[] = [];
  subscribed(t, "error", (event) => published.push(event));
  resume(first.continuation, CLOSED);
  t.is(published.length, 1);
});

// Notes

test("with resumeNotes a rest is told in words", (t) => {
  const notes = (p: Parser<unknown, unknown>, text: string, config: StreamingConfig = {}): readonly string[] => {
    const { heard, onDiagnostic } = ear();
    runStream(p, text, { resumeNotes: true, onDiagnostic, ...config });
    return of(heard, "pending")[0]?.notes ?? [];
  };
  t.deepEqual(notes(string("abcdef"), "ab"), [
    "bytes needed to go on: 4 at least, or the end of the input",
    'next could be "abcdef"',
    "units held: 2, from offset 0 on",
  ]);
  t.deepEqual(notes(rule("list", json), "[1,", { locale: "ja", trace: true }), [
    "続けるには、少なくともあと1バイト、または入力の終わりが必要です",
    "arrayの途中です",
    "次に来られるのはvalueです",
  ]);
  const flow = flowController({ highWatermark: 1, lowWatermark: 0 });
  t.is(notes(each(oneOf("ab")), "abab", { flow })[0], "take what was emitted, then go on with an empty chunk");
  t.is(
    notes(json, "[1, 2, 3, 4, 5, 6]", { yieldEvery: { steps: 8 } })[0],
    "its turn is over; go on with an empty chunk",
  );
});

test("options that are none", (t) => {
  t.throws(() => runStream(json, "", { onDiagnostic: 1 as never }), {
    instanceOf: TypeError,
    message: /"onDiagnostic" takes a function, got 1/,
  });
  t.throws(() => runStream(json, "", { resumeNotes: 1 as never }), {
    instanceOf: TypeError,
    message: /"resumeNotes" takes true or false/,
  });
});
