// A recursive grammar, and trees told apart by a tag: no `as const`, no type argument anywhere.
import { as, between, choice, eof, lazy, map, type Parser, rule, run, separatedPair, sepBy } from "sluice";
import { int10, lexeme, string, symbol, takeWhile } from "sluice/lex";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const quoted = lexeme(between(string('"'), takeWhile("abc"), string('"')));
const value: Parser<Json> = rule(
  "value",
  lazy(() =>
    choice([
      object,
      array,
      quoted,
      lexeme(map(int10, Number)),
      as(symbol("true"), true),
      as(symbol("false"), false),
      as(symbol("null"), null),
    ]),
  ),
);
const array = rule("array", between(symbol("["), sepBy(value, symbol(",")), symbol("]")));
const member = separatedPair(quoted, symbol(":"), value);
const object = map(between(symbol("{"), sepBy(member, symbol(",")), symbol("}")), (members) =>
  Object.fromEntries(members),
);

export const json: Parser<Json> = value.skipR(eof);
const result = run(json, `{"a": [1, 2]}`);
if (result.ok) {
  const v: Json = result.value;
  console.log(v);
} else for (const d of result.diagnostics) console.error(d.message, d.at.start.line);

type Ast = { type: "num"; value: number } | { type: "list"; items: Ast[] } | { type: "neg"; of: Ast };
export const ast: Parser<Ast> = lazy(() =>
  choice([
    map(int10, (text) => ({ type: "num", value: Number(text) })),
    sepBy(ast, symbol(","))
      .between(symbol("["), symbol("]"))
      .map((items) => ({ type: "list", items })),
    symbol("-")
      .skipL(ast)
      .map((of) => ({ type: "neg", of })),
  ]),
);
