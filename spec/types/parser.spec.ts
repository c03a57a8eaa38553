// What the types say of `Parser`, said at run time.
import test from "ava";
import { Parser } from "sluice";
import { string } from "sluice/lex";

test("a parser is no thenable: it can be awaited, and returned from an async function", async (t) => {
  t.false("then" in Parser.prototype);
  const a = string("a");
  t.is(await a, a);
  t.is(await (async () => a)(), a);
  t.is(await Promise.resolve(a), a);
});

test("what is exported under a name has it", (t) => {
  t.true(string("a") instanceof Parser);
  t.is(string("a").constructor, Parser);
  for (const name of Object.getOwnPropertyNames(Parser.prototype)) {
    if (name !== "constructor") t.is(typeof (Parser.prototype as never)[name], "function", name);
  }
});
