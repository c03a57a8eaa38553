// Property names are guessed from those read before, by any grammar: a guess never makes an input right, or wrong.
import test from "ava";
import { json } from "../../src/formats/json.ts";
import {
  attempt,
  delimited,
  many,
  map,
  ok,
  or,
  type Parser,
  run,
  separatedPair,
  sepBy,
  seq,
  unwrap,
} from "../../src/index.ts";
import { anyChar, charSet, oneOf, string, takeWhile } from "../../src/lex/index.ts";
import { everyWay } from "../_chunks.ts";
import { said } from "../_said.ts";

/** Names of these characters between slashes, each with a digit. */
const fields = (characters: string, end = "/"): Parser<Record<string, string>> => {
  const name = delimited(string("/"), takeWhile(charSet(characters)), string(end));
  return map(sepBy(separatedPair(name, string("="), oneOf("0123456789")), string(",")), Object.fromEntries<string>);
};

test("a name that another grammar has read is none where its characters may not stand", (t) => {
  const learnt = fields('a-z"');
  for (let i = 0; i < 2; i++) t.deepEqual(unwrap(run(learnt, '/id/=1,/x"y/=2')), { id: "1", 'x"y': "2" });
  t.is(said(json, '{"id":1,"x"y":2}'), '1:12: expected ":"');
  t.false(everyWay(t, json, '{"id":1,"x"y":2}').ok);
});

test("nor one that another part of the same grammar has read", (t) => {
  const both = seq(fields("a-z "), string("!"), fields("a-z"));
  t.true(run(both, "/id/=1,/a b/=2!/id/=1,/ab/=2").ok);
  t.false(everyWay(t, both, "/id/=1,/a b/=2!/id/=1,/a b/=2").ok);
});

test("a name goes on as far as its characters do, though what ends it is one of them", (t) => {
  const parser = seq(or(attempt(fields("ab|", "|")), ok({})), many(anyChar));
  for (const input of ["/a", "/a", "/a|=1"]) t.deepEqual(unwrap(everyWay(t, parser, input)), [{}, [...input]]);
});
