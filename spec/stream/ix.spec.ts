// Together with ix: what parseEach gives is a source for its operators, and what they give is a source for a parse.
import test from "ava";
import { from } from "ix/asynciterable";
import { filter, map as mapEach, take, tap } from "ix/asynciterable/operators";
import { each, map, skipR } from "../../src/index.ts";
import { int10, lexeme, string } from "../../src/lex/index.ts";
import { parse, parseEach } from "../../src/stream/index.ts";
import { watched } from "./_watched.ts";

const items = each(lexeme(skipR(map(lexeme(int10), Number), string(";"))));

test("operators stand on parseEach, and take closes the source exactly once", async (t) => {
  const { source, count } = watched(["1; 2; 3", "; 4; 5; 6;", " 7;", "8;"]);
  const values = from(parseEach(items, source)).pipe(
    filter((n) => n % 2 === 0),
    mapEach((n) => n * 10),
    take(2),
  );
  const seen: number[] = [];
  for await (const value of values) seen.push(value);
  t.deepEqual(seen, [20, 40]);
  t.deepEqual(count, { pulls: 2, closed: 1 });
});

test("operators that read to the end close nothing", async (t) => {
  const { source, count } = watched(["1; 2", "0; 3;"]);
  const seen: number[] = [];
  for await (const value of from(parseEach(items, source)).pipe(filter((n) => n > 1))) seen.push(value);
  t.deepEqual(seen, [20, 3]);
  t.deepEqual(count, { pulls: 3, closed: 0 });
});

test("a ParseError goes through the operators, after the certain values", async (t) => {
  const seen: number[] = [];
  const loop = async (): Promise<void> => {
    const values = from(parseEach(items, ["1; 2", "; x"])).pipe(tap((n) => void seen.push(n)));
    for await (const _ of values);
  };
  await t.throwsAsync(loop(), { name: "ParseError" });
  t.deepEqual(seen, [1, 2]);
});

test("an AsyncIterableX is a source", async (t) => {
  const { source, count } = watched(["1; 2", "0; 3", ";"]);
  const chunks = from(source);
  t.deepEqual((await parse(items, from(["1; 2", "0;"]))).emitted, [1, 20]);
  for await (const value of parseEach(items, chunks)) if (value === 20) break;
  t.deepEqual(count, { pulls: 2, closed: 1 });
});

test("an AsyncIterableX of bytes is a source, with its operators in between", async (t) => {
  const bytes = from(["1; 2", "0;"]).pipe(mapEach((text) => new TextEncoder().encode(text)));
  t.deepEqual((await parse(items, bytes)).emitted, [1, 20]);
});
