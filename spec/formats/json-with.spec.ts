// JSON with options: what each means, however the document is cut up.
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { type Json, type JsonOptions, json, jsonWith } from "../../src/formats/json.ts";
import { run, unwrap } from "../../src/index.ts";
import { everyWay } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";
import { parameters } from "../reference/grammars.ts";

const value = (t: ExecutionContext, options: JsonOptions, input: string): unknown =>
  unwrap(everyWay(t, jsonWith(options), input));

test("without options it is json", (t) => {
  for (const input of ['{"a":[1,2.5,"x",null,true],"a":{}}', "12345678901234567890", "[1,]"]) {
    t.deepEqual(everyWay(t, jsonWith({}), input).value, run(json, input).value);
  }
});

test("bigIntegers: integers that a double can't hold", (t) => {
  const input = "[1, -9007199254740991, 9007199254740993, -9007199254740993, 9007199254740993.0, 1e300, -0]";
  const [small, negative] = [1, -9007199254740991];
  t.deepEqual(value(t, { bigIntegers: "bigint" }, input), [
    small,
    negative,
    9007199254740993n,
    -9007199254740993n,
    9007199254740992,
    1e300,
    -0,
  ]);
  t.deepEqual(value(t, { bigIntegers: "text" }, "[9007199254740993, 1]"), ["9007199254740993", 1]);
  t.deepEqual(value(t, { bigIntegers: "number" }, "[9007199254740993]"), [9007199254740992]);
});

test("objects as maps", (t) => {
  t.deepEqual(
    value(t, { objects: "map" }, '{"b": 1, "a": {"__proto__": 2}}'),
    new Map<string, unknown>([
      ["b", 1],
      ["a", new Map([["__proto__", 2]])],
    ]),
  );
});

test("repeated keys: the last, the first, or an error that shows both", (t) => {
  const input = '{"a": 1, "b": 2, "a": 3}';
  t.deepEqual(value(t, { repeatedKeys: "last" }, input), { a: 3, b: 2 });
  t.deepEqual(value(t, { repeatedKeys: "first" }, input), { a: 1, b: 2 });
  t.deepEqual(
    value(t, { repeatedKeys: "first", objects: "map" }, input),
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
  );
  t.deepEqual(
    value(t, { repeatedKeys: "error" }, '{"a": {"a": 1}, "__proto__": 2}'),
    JSON.parse('{"a": {"a": 1}, "__proto__": 2}'),
  );
  const [first, ...others] = everyWay(t, jsonWith({ repeatedKeys: "error" }), input).diagnostics;
  t.deepEqual(others, []);
  t.is(first?.message, 'the key "a" is repeated');
  t.deepEqual([first?.at.start.offset, first?.at.end.offset], [17, 20]);
  t.is(first?.notes[0]?.message, "it stands here first");
  t.is(first?.notes[0]?.span?.start.offset, 1);
});

test("a reviver is called as by JSON.parse", (t) => {
  const input = '{"a": [1, {"b": 2}], "c": 3, "__proto__": 4}';
  const calls = (parse: (reviver: (this: unknown, key: string, value: unknown) => unknown) => unknown): unknown => {
    const seen: unknown[] = [];
    const result = parse(function (this: unknown, key, part) {
      seen.push([key, JSON.stringify(part), JSON.stringify(this)]);
      return key === "c" ? undefined : typeof part === "number" ? part * 10 : part;
    });
    return [seen, result];
  };
  const ours = calls((reviver) => unwrap(run(jsonWith({ reviver }), input)));
  t.is(
    deepEqual(
      ours,
      calls((reviver) => JSON.parse(input, reviver)),
    ),
    undefined,
  );
  const reviver = (_: string, part: unknown): unknown => (part === 2 ? undefined : part);
  t.deepEqual(value(t, { reviver, objects: "map" }, '{"a": 1, "b": 2}'), new Map([["a", 1]]));
  t.deepEqual(value(t, { reviver: () => 7 }, "[1]"), 7);
});

test("a reviver goes as deep as the document", (t) => {
  const depth = 20_000;
  let count = 0;
  const reviver = (_: string, part: unknown): unknown => {
    count++;
    return part;
  };
  t.true(run(jsonWith({ reviver }), "[".repeat(depth) + "]".repeat(depth), { limits: { maxDepth: 1e6 } }).ok);
  t.is(count, depth);
});

test("wrong options are refused", (t) => {
  const wrong = (options: unknown, says: RegExp): void => {
    t.throws(() => jsonWith(options as JsonOptions), { instanceOf: TypeError, message: says });
  };
  wrong({ bigInts: "bigint" }, /no option "bigInts"/);
  wrong({ bigIntegers: true }, /bigIntegers is one of "number", "bigint", "text", but it was given true/);
  wrong({ objects: "Map" }, /objects is one of "object", "map"/);
  wrong({ repeatedKeys: "none" }, /repeatedKeys is one of/);
  wrong({ reviver: {} }, /reviver is a function/);
  wrong(null, /jsonWith takes its options as an object/);
});

test("each combination reads what JSON.stringify writes", (t) => {
  const options = fc.record({
    bigIntegers: fc.constantFrom("number", "bigint", "text"),
    repeatedKeys: fc.constantFrom("last", "first", "error"),
  }) as fc.Arbitrary<JsonOptions>;
  const property = fc.property(fc.jsonValue() as fc.Arbitrary<Json>, options, (written, chosen) => {
    const input = JSON.stringify(written);
    const read = unwrap(
      run(jsonWith({ ...chosen, reviver: (_, part) => (typeof part === "bigint" ? Number(part) : part) }), input),
    );
    if (chosen.bigIntegers !== "text") t.is(deepEqual(read, JSON.parse(input)), undefined);
  });
  fc.assert(property, parameters);
});
