// One run goes on where another has come to: `extensions.stream`, read and written.
import test from "ava";
import { json } from "../../src/formats/json.ts";
import {
  checkpoint,
  each,
  eof,
  many,
  manyTill,
  type Parser,
  position,
  type RunConfig,
  recover,
  run,
  runPartial,
  seq,
  skipL,
  slice,
  spanned,
  withExtension,
} from "../../src/index.ts";
import { bytes } from "../../src/lex/binary/index.ts";
import { anyChar, bol, column, int10, lexeme, oneOf, string, symbol, takeWhile } from "../../src/lex/index.ts";
import {
  CLOSED,
  flowController,
  handOver,
  parse,
  parseEach,
  parseLoopSync,
  resume,
  runStream,
  StreamDriver,
} from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";

const from = (checkpointAt: number, config: RunConfig = {}): RunConfig =>
  withExtension(config, "stream", (old) => ({ ...old, checkpoint: checkpointAt }));

const number = spanned(lexeme(int10));
const numbers = many(checkpoint(number));

test("a run begins at its checkpoint, with the positions that the input has there", (t) => {
  const text = "1\n é2 3\r\n44 5";
  for (let at = 0; at <= text.length; at++) {
    const result = everyWay(t, many(spanned(anyChar)), text, from(at));
    const whole = run(many(spanned(anyChar)), text);
    t.is(deepEqual(result.value, whole.value?.slice(at)), undefined);
    t.is(deepEqual(result.span?.end, whole.span?.end), undefined);
    const start = whole.value?.[at]?.span.start ?? whole.span?.end;
    t.is(deepEqual(result.span?.start, start), undefined);
  }
});

test("a checkpoint between the halves of a pair", (t) => {
  t.is(everyWay(t, slice(many(anyChar)), "a😀b😀", from(2)).value, "\ude00b😀");
});

test("lines and columns, failures and notes after a checkpoint", (t) => {
  const line = seq(bol, column, position, takeWhile("ab"), string("\n"));
  t.true(everyWay(t, many(line), "xx\nab\nb\n", from(3)).ok);
  t.false(everyWay(t, many(line), "xx\nab\nb\n", from(4)).ok);
  t.false(everyWay(t, json, "xx[1, 2", from(2)).ok);
  t.is(everyWay(t, json, "xx\n[1, 2 3]\nand so on", from(3, { source: "a.json" })).diagnostics[0]?.at.start.line, 2);
  t.true(everyWay(t, slice(many(anyChar)), "\ufeffabc", from(2)).ok);
  const config = from(2, { extensions: { recover: { mode: "collect" } } });
  const list = manyTill(recover(skipL(string("a"), symbol(";")), symbol(";"), undefined), eof);
  t.is(everyWay(t, list, "b;a;c;a;", config).diagnostics.length, 1);
});

test("a byte order mark stays unread, wherever the checkpoint is", (t) => {
  for (const at of [0, 1, 2, 3]) {
    const { value } = everyWay(t, slice(many(anyChar)), "\ufeffabc", from(at));
    t.is(value, "abc".slice(Math.max(0, at - 1)));
  }
});

test("a checkpoint behind the end: there is nothing to read", (t) => {
  t.is(everyWay(t, slice(many(anyChar)), "abc", from(7)).value, "");
  t.is(everyWay(t, string("a"), "abc", from(7)).diagnostics[0]?.at.start.offset, 3);
});

test("in bytes", (t) => {
  const p = many(spanned(oneOf("ab")));
  t.is(everyWay(t, p, "éab", from(1)).span?.start.byteOffset, 2);
  const rest = runPartial(string("b"), new TextEncoder().encode("éba"), from(1)).rest;
  t.deepEqual(rest, new TextEncoder().encode("a"));
  const result = everyWay(t, bytes(Uint8Array.of(2, 3)), Uint8Array.of(1, 2, 3), { ...from(1), input: "binary" });
  t.is(result.span?.start.offset, 1);
});

test("what was passed over is not kept, and is asked for in one go", (t) => {
  const loop = parseLoopSync(numbers, from(100_000));
  let step = loop.next("");
  t.is(step.value.kind === "pending" && step.value.demand.minBytes, 100_000);
  for (let n = 0; n < 50; n++) {
    step = loop.next(" ".repeat(1000));
    t.is(step.value.kind === "pending" && step.value.continuation.meta.buffered, 0);
  }
  t.is(step.value.kind === "pending" && step.value.demand.minBytes, 50_000);
  if (step.value.kind !== "pending") return;
  t.is(step.value.continuation.preview().span?.start.offset, 50_000);
});

test("a batch run takes over from a stream", (t) => {
  const text = "1 2 34 5\n6";
  for (let cut = 0; cut < text.length; cut++) {
    const begun = runStream(numbers, text.slice(0, cut));
    if (begun.kind !== "pending") return t.fail();
    const done = begun.continuation.meta.lastCheckpoint?.end.offset ?? 0;
    const config = handOver({ source: "n" }, begun.continuation);
    t.is(config.extensions?.stream?.checkpoint, done);
    const rest = run(numbers, text, config);
    const whole = run(numbers, text, { source: "n" });
    t.is(
      deepEqual(
        rest.value,
        whole.value?.filter(({ span }) => span.start.offset >= done),
      ),
      undefined,
    );
  }
});

test("a stream takes over from a batch run", (t) => {
  const text = "1 2 34 x 5";
  const { result } = runPartial(numbers, text);
  if (!result.ok) return t.fail();
  const config = handOver({}, result);
  const p = skipL(symbol("x"), numbers);
  const { value, span } = everyWay(t, p, text, config);
  t.deepEqual([value?.length, span?.start.offset, span?.start.column], [1, 7, 8]);
});

test("a stream takes over from a stream, and hands over again", (t) => {
  const chunks = ["1 2", "3 4", " 5 6"];
  let config: RunConfig = {};
  const seen: string[] = [];
  for (let so = 1; so <= chunks.length; so++) {
    const outcome = runStream(each(checkpoint(lexeme(int10))), chunks.slice(0, so).join(""), config);
    if (outcome.kind !== "pending") return t.fail();
    seen.push(...outcome.emitted);
    config = handOver(config, outcome.continuation);
  }
  t.deepEqual(seen, ["1", "23", "4", "5"]);
  t.is(config.extensions?.stream?.checkpoint, 9);
  // without a checkpoint on the way, where it began
  const idle = runStream(numbers, "1 2 3 4 5", config);
  if (idle.kind !== "pending") return t.fail();
  t.is(handOver({}, idle.continuation).extensions?.stream?.checkpoint, 9);
});

test("with the offset go the flow and what the stream had learnt; what else is there stays", async (t) => {
  const flow = flowController({ highWatermark: 2, lowWatermark: 1 });
  const first = runStream(many(oneOf("ab")), "a", { flow });
  const begun = first.kind === "pending" ? resume(first.continuation, "a".repeat(3000)) : first;
  if (begun.kind !== "pending") return t.fail();
  const config = handOver(
    withExtension({ trace: false }, "acme", () => 1),
    begun.continuation,
  );
  t.deepEqual(config.extensions, {
    acme: 1,
    stream: { checkpoint: 0, resumeHint: begun.demand, flow },
  });
  t.is(begun.demand.preferredBytes, 3000);
  const next = runStream(each(oneOf("ab")), "", config);
  t.is(next.kind === "pending" && next.demand.preferredBytes, 3000);
  t.deepEqual(runStream(each(oneOf("ab")), "abab", config).emitted, ["a", "b"]);
  t.is(new StreamDriver(json, () => {}, config).flow, flow);
  const own = flowController({ highWatermark: 9 });
  t.is(new StreamDriver(json, () => {}, { ...config, flow: own }).flow, own);
  t.true((await parse(json, ["[1]"], config)).result.ok);
  t.true(run(json, "[1]", config).ok);
});

test("every runner begins there", async (t) => {
  const text = "xx1 2";
  const p: Parser<number, string> = each(lexeme(int10));
  const seen: string[] = [];
  for await (const item of parseEach(p, text, from(2))) seen.push(item);
  t.deepEqual(seen, ["1", "2"]);
  t.is((await parse(p, ["x", "x", "1"], from(2))).meta.consumedBytes, 3);
  const first = runStream(p, "x", from(2));
  if (first.kind !== "pending") return t.fail();
  const ends = ["y1", "z1 2"].map((more) => {
    const second = resume(first.continuation, more);
    return second.kind === "pending" ? resume(second.continuation, CLOSED).meta.consumedBytes : 0;
  });
  t.deepEqual(ends, [3, 5]);
});

test("what can't be taken over from, and what is no offset", (t) => {
  t.throws(() => handOver({}, run(json, "[")), { instanceOf: TypeError, message: /handOver takes/ });
  t.throws(() => handOver({}, {} as never), { instanceOf: TypeError, message: /handOver takes/ });
  for (const wrong of [-1, 0.5, Number.NaN, "1" as never]) {
    const message = /extensions\.stream\.checkpoint takes an offset/;
    t.throws(() => run(json, "", from(wrong)), { instanceOf: TypeError, message });
    t.throws(() => runStream(json, "", from(wrong)), { instanceOf: TypeError, message });
  }
  const hint = withExtension({}, "stream", () => ({ resumeHint: { preferredBytes: 0 } }));
  t.throws(() => runStream(json, "", hint), { instanceOf: TypeError, message: /preferredBytes takes a number/ });
  const flow = withExtension({}, "stream", () => ({ flow: {} }));
  t.throws(() => runStream(json, "", flow), { instanceOf: TypeError, message: /mode of a flow/ });
});
