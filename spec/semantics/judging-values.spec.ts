// Rules 35 and 37: values that are refused with words of one's own, and texts that a function decodes.
import test from "ava";
import { explain, pretty } from "../../src/diagnostics/index.ts";
import { jsonValue } from "../../src/formats/json.ts";
import {
  andThen,
  attempt,
  choice,
  decode,
  each,
  fold,
  label,
  many,
  map,
  opt,
  or,
  type Parser,
  type RunConfig,
  recover,
  refuse,
  run,
  sepBy,
  seq,
  skipR,
  tryMap,
  validated,
  verify,
} from "../../src/index.ts";
import { int10, lexeme, oneOf, string, takeUntil, takeWhile1 } from "../../src/lex/index.ts";
import { CLOSED, parseEach, resume, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";

const octet = verify(
  int10.map(Number),
  (n) => n < 256,
  (n) => `${n} is no octet`,
);
const address = sepBy(octet, string("."));

/** Where the first diagnostic lies, and what it says. */
function first(result: ReturnType<typeof run>): readonly unknown[] {
  const [diagnostic] = result.diagnostics;
  return [diagnostic?.at.start.offset, diagnostic?.at.end.offset, diagnostic?.message];
}

test("35: a refusal lies over what was read, in its own words", (t) => {
  t.deepEqual(first(everyWay(t, address, "10.0.300.1")), [5, 8, "300 is no octet"]);
  t.deepEqual(everyWay(t, address, "10.0.30.1").value, [10, 0, 30, 1]);
  t.deepEqual(
    first(
      everyWay(
        t,
        seq(
          string("\n"),
          verify(lexeme(octet), (n) => n > 9, "small"),
        ),
        "\n7  ",
      ),
    ),
    [1, 4, "small"],
  );
});

test("35: it is not hidden by how what was read could have gone on", (t) => {
  const decimal = seq(int10, opt(attempt(seq(string("."), int10))));
  const judged = verify(decimal, ([whole]) => whole.length < 3, "too long");
  t.deepEqual(first(everyWay(t, judged, "300.x", { requireEof: false })), [0, 3, "too long"]);
  // what failed farther on before it began counts
  const after = or(attempt(seq(string("300.x"), string("y"))), judged);
  t.deepEqual(first(everyWay(t, after, "300.xz")), [5, 5, 'expected "y"']);
});

test("35: it is consumed if anything was read", (t) => {
  t.false(everyWay(t, or(octet, string("300")), "300").ok);
  t.is(everyWay(t, or(attempt(octet), string("300")), "300").value, "300");
  const nothing = verify(opt(string("a")), (value) => value !== undefined, "no a");
  t.is(everyWay(t, or(nothing, string("b")), "b").value, "b");
  t.deepEqual(first(everyWay(t, nothing, "")), [0, 0, "no a"]);
  t.deepEqual(first(everyWay(t, label("octet", octet), "300")), [0, 3, "300 is no octet"]);
});

test("35: refuse says where, which code, and what to do", (t) => {
  const port = tryMap(int10, (text) =>
    text.length > 5
      ? refuse("a port has at most five digits", { at: 5, code: "port", help: "count them" })
      : Number(text),
  );
  const [diagnostic] = everyWay(t, seq(string(":"), port), ":1234567").diagnostics;
  t.deepEqual([diagnostic?.at.start.offset, diagnostic?.at.end.offset, diagnostic?.code], [6, 8, "port"]);
  t.deepEqual(
    diagnostic?.notes.map(({ message }) => message),
    ["count them"],
  );
  t.is(everyWay(t, port, "8080").value, 8080);
  const part = (at: number | undefined, to: number): readonly number[] => {
    const [diagnostic] = everyWay(
      t,
      tryMap(int10, () => refuse("no", { at, to })),
      "12345",
    ).diagnostics;
    return [diagnostic?.at.start.offset ?? -1, diagnostic?.at.end.offset ?? -1];
  };
  t.deepEqual(
    [part(1, 3), part(undefined, 2), part(3, 1), part(2, 99)],
    [
      [1, 3],
      [0, 2],
      [3, 3],
      [2, 5],
    ],
  );
  const beyond = tryMap(int10, () => refuse("no", { at: 99 }));
  t.deepEqual(first(everyWay(t, beyond, "12")), [2, 2, "no"]);
  t.regex(pretty(run(seq(string(":"), port), ":1234567").diagnostics), /error\[port\]: a port has at most five digits/);
  t.is(explain("E7104")?.split("\n")[0], "E7104: a length or a count out of bounds");
});

test("35: tryMap is told where the value stood", (t) => {
  const where = tryMap(takeWhile1("ab"), (text, span) => [text, span.start.offset, span.end.column] as const);
  t.deepEqual(everyWay(t, seq(string("\n"), where), "\nab").value, ["\n", ["ab", 1, 3]]);
});

test("it judges also where nobody wants the value, and once for each success", (t) => {
  t.false(run(many(octet).skipR(string(";")).as(0), "300;").ok);
  let calls = 0;
  const counted = verify(int10, () => ++calls > 0, "");
  run(sepBy(counted, string(",")), "1,2,3");
  t.is(calls, 3);
});

test("verify keeps no text, however much is read", (t) => {
  const checked = verify(
    fold(
      oneOf("ab"),
      () => 0,
      (n) => n + 1,
    ),
    (n) => n < 10,
    "too many",
  );
  const waiting = runStream(checked, "ab".repeat(3000));
  t.is(waiting.kind === "pending" && waiting.continuation.meta.buffered, 0);
  t.deepEqual(first(everyWay(t, checked, "ab".repeat(10))), [0, 20, "too many"]);
});

const collect: RunConfig = { extensions: { recover: { mode: "collect" } } };

test("a refusal can be recovered from", (t) => {
  const list = sepBy(recover(octet, string("!"), 0), string(","));
  const result = everyWay(t, list, "1,300!,2", collect);
  t.deepEqual(result.value, [1, 0, 2]);
  t.deepEqual(first(result), [2, 5, "300 is no octet"]);
});

const schemaOf = <O>(
  validate: (value: unknown) => { value: O } | { issues: { message: string; path?: PropertyKey[] }[] },
) => ({
  "~standard": { version: 1 as const, vendor: "mine", validate },
});

test("35: a schema gives the value, or its issues", (t) => {
  const text = schemaOf((value) =>
    Number(value) < 9 ? { value: `<${value}>` } : { issues: [{ message: "too big" }] },
  );
  t.is(everyWay(t, validated(int10, text), "8").value, "<8>");
  t.deepEqual(first(everyWay(t, seq(string("a"), validated(int10, text)), "a10")), [1, 3, "too big"]);
  const both = schemaOf(() => ({
    issues: [
      { message: "no name", path: ["user", "names", 0] },
      { message: "no age", path: [] },
    ],
  }));
  const { diagnostics } = everyWay(t, seq(string("a"), validated(int10, both)), "a10");
  t.deepEqual(
    diagnostics.map(({ message, at, notes }) => [
      message,
      at.start.offset,
      at.end.offset,
      notes.map((note) => note.message),
    ]),
    [
      ["no name", 1, 3, ["in user.names[0]"]],
      ["no age", 1, 3, []],
    ],
  );
  const [merged, ...others] = everyWay(t, recover(validated(int10, both), string("!"), 0), "10!", collect).diagnostics;
  t.deepEqual(
    [merged?.message, merged?.notes.map((note) => note.message), others],
    ["no name", ["in user.names[0]", "no age"], []],
  );
});

test("promises are no answers", (t) => {
  const late = { "~standard": { version: 1 as const, vendor: "mine", validate: async () => ({ value: 1 }) } };
  t.throws(() => run(validated(int10, late), "1"), { instanceOf: TypeError, message: /promise/ });
  t.throws(() => run(verify(int10, (async () => true) as never, ""), "1"), {
    instanceOf: TypeError,
    message: /promise/,
  });
});

test("wrong arguments are refused when the parser is built", (t) => {
  t.throws(() => verify(int10, "x" as never, ""), {
    instanceOf: TypeError,
    message: /^verify takes a test as a function/,
  });
  t.throws(() => verify(int10, () => true, 1 as never), { instanceOf: TypeError, message: /^verify takes a message/ });
  t.throws(() => tryMap(int10, null as never), { instanceOf: TypeError, message: /got null/ });
  t.throws(() => refuse(1 as never), { instanceOf: TypeError });
  for (const at of [-1, 0.5, Number.NaN]) {
    t.throws(() => refuse("", { at }), { instanceOf: RangeError });
    t.throws(() => refuse("", { to: at }), { instanceOf: RangeError });
  }
  for (const schema of [null, {}, { "~standard": {} }])
    t.throws(() => validated(int10, schema as never), { instanceOf: TypeError, message: /~standard/ });
  t.throws(() => decode(int10, 1 as never), { instanceOf: TypeError });
  t.throws(() => decode(int10, Number, 1 as never), { instanceOf: TypeError, message: /expected a parser/ });
});

const line = takeUntil("\n");
const record = skipR(
  decode(line, (text): unknown => JSON.parse(text), jsonValue as Parser<unknown>),
  string("\n"),
);

test("35: a refusal is no value: who gives one where a value belongs is told so", async (t) => {
  const refusing = map(int10, () => refuse("odd"));
  const says = { instanceOf: TypeError, message: 'refuse("odd") became a value: only tryMap takes a refusal, not map' };
  t.throws(() => run(refusing, "1"), says);
  t.throws(() => run(each(refusing), "1"), says);
  t.throws(
    () =>
      run(
        fold(
          int10,
          () => 0 as unknown,
          () => refuse("odd"),
        ),
        "1",
      ),
    says,
  );
  const begun = runStream(refusing, "1");
  if (begun.kind !== "pending") throw new Error("more digits may come");
  t.throws(() => resume(begun.continuation, CLOSED), says);
  await t.throwsAsync(async () => {
    for await (const _ of parseEach(each(seq(refusing, string(";")).map(([value]) => value)), ["1;"])) t.fail();
  }, says);
  t.throws(
    () =>
      run(
        andThen(int10, () => refuse("odd") as never),
        "1",
      ),
    {
      instanceOf: TypeError,
      message: /^the function given to andThen must return a parser: .*; refuse is for the function of tryMap$/,
    },
  );
});

test("37: a text is decoded, and parsed only where that throws", (t) => {
  t.deepEqual(everyWay(t, many(record), '{"a":[1]}\n2\n').value, [{ a: [1] }, 2]);
  const failed = everyWay(t, many(record), '{"a":1}\n{"b" 2}\n');
  t.deepEqual(first(failed), [13, 13, 'expected ":"']);
  const short = everyWay(t, many(record), "1 2\n");
  t.deepEqual(first(short).slice(0, 1), [2]);
});

test("37: what is parsed in its place gives the value", (t) => {
  const never = (): string => {
    throw new Error("never");
  };
  const twice = decode<string | string[], never>(takeWhile1("ab"), never, many(oneOf("ab")));
  t.deepEqual(everyWay(t, seq(twice, string("!")), "abba!").value, [["a", "b", "b", "a"], "!"]);
  t.deepEqual(first(everyWay(t, seq(decode(takeWhile1("ab"), never, string("ab")), string("!")), "abab!")), [
    2,
    2,
    "expected end of the frame",
  ]);
});

test("37: without that, what was thrown is the failure", (t) => {
  const json = decode(line, (text): unknown => JSON.parse(text));
  const result = everyWay(t, seq(string("a"), json, string("\n")), "a{x\n");
  t.deepEqual(first(result).slice(0, 2), [1, 3]);
  t.regex(result.diagnostics[0]?.message ?? "", /JSON/);
});

test("37: the frame is a text leaf to the outside", (t) => {
  const quoted = seq(string("<"), many(oneOf("ab")), string(">"));
  const frame = decode(quoted, (text) => text.length);
  t.is(everyWay(t, or(frame, string("<a")), "<a").value, "<a");
  t.deepEqual(first(everyWay(t, choice([frame, string("x")]), "<a")), [0, 0, 'expected "<" or "x"']);
  t.is(everyWay(t, frame, "<ab>").value, 4);
});
