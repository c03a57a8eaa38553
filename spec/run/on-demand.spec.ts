import test from "ava";
import { run } from "../../src/index.ts";
import { string } from "../../src/lex/index.ts";
import { onDemand } from "../../src/run/on-demand.ts";
import { runStream } from "../../src/stream/index.ts";

const getterOf = (object: object, name: string): unknown => Object.getOwnPropertyDescriptor(object, name)?.get;

test("a member is made when first looked at, once", (t) => {
  let made = 0;
  const object = onDemand({ a: 1 }, "b", () => ({ made: ++made }));
  t.is(made, 0);
  t.is(object.b, object.b);
  t.deepEqual({ ...object }, { a: 1, b: { made: 1 } });
  t.is(JSON.stringify(object), '{"a":1,"b":{"made":1}}');
  t.is(made, 1);
});

test("what making it throws is thrown each time, and made again", (t) => {
  let tries = 0;
  const object = onDemand({}, "a", () => {
    if (++tries < 2) throw new RangeError("not yet");
    return tries;
  });
  t.throws(() => object.a, { instanceOf: RangeError });
  t.is(object.a, 2);
});

test("results share a getter: one of its own would keep each alive", (t) => {
  const [one, other] = [run(string("a"), "a"), run(string("a"), "a")];
  t.truthy(getterOf(one, "span"));
  t.is(getterOf(one, "span"), getterOf(other, "span"));
  t.deepEqual(one.span?.end, { offset: 1, byteOffset: 1, line: 1, column: 2 });
  t.deepEqual(Object.keys(one).sort(), ["diagnostics", "emitted", "ok", "recovered", "span", "value"]);
});

test("so do continuations' metas", (t) => {
  const metas = [1, 2].map(() => {
    const outcome = runStream(string("ab"), "a");
    return outcome.kind === "pending" ? outcome.continuation.meta : t.fail();
  });
  const [one, other] = metas as [object, object];
  t.truthy(getterOf(one, "expectedTokens"));
  t.is(getterOf(one, "expectedTokens"), getterOf(other, "expectedTokens"));
});
