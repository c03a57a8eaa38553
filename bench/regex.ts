// `regex` against what reads the same: `takeWhile1` for a class, the platform's own expressions for a number.
//
//   node dist/bench/regex.js [--quick]
//
// Every contender reads the same rows of tokens to arrays, and is checked before it is timed. A ratio above 1 means that
// `regex` is faster.
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { many, type Parser, run, sepBy, skipMany, skipR, unwrap } from "../src/index.ts";
import { regex, string, takeWhile1 } from "../src/lex/index.ts";
import { type Contender, compare, quick, thorough } from "./measure.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const effort = options.quick ? quick : thorough;
const ROWS = 1000;
const COLUMNS = 20;

/** The rows; and the same text read without building anything. */
function ours(name: string, token: Parser<string>, text: string): Contender[] {
  const row = sepBy(token, string(","));
  const kept = many(skipR(row, string("\n")));
  const dropped = skipMany(skipR(row, string("\n")));
  return [
    { name, work: () => unwrap(run(kept, text)) },
    { name: `${name}, dropped`, work: () => unwrap(run(dropped, text)) },
  ];
}

/** The platform's, sticky, in a loop. */
function native(name: string, pattern: RegExp, text: string): Contender {
  return {
    name,
    work() {
      const rows: string[][] = [];
      let row: string[] = [];
      for (let at = 0; at < text.length; at++) {
        pattern.lastIndex = at;
        const token = pattern.exec(text)?.[0] ?? assert.fail(`nothing at ${at}`);
        row.push(token);
        at += token.length;
        if (text[at] === ",") continue;
        rows.push(row);
        row = [];
      }
      return rows;
    },
  };
}

function rowsOf(token: (i: number) => string): string[][] {
  return Array.from({ length: ROWS }, (_, r) => Array.from({ length: COLUMNS }, (__, c) => token(r * COLUMNS + c)));
}

const words = rowsOf((i) => "abcdefghijklmnop".slice(i % 5, 5 + (i % 11)));
const floats = rowsOf((i) => `${i % 2 ? "-" : ""}${(i * 7919) % 100_003}.${i}e${i % 9}`);
const textOf = (rows: string[][]): string => rows.map((row) => `${row.join(",")}\n`).join("");
const float = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/u;

const races = [
  {
    name: "words",
    rows: words,
    contenders: [
      ...ours("regex", regex(/[a-z]+/u), textOf(words)),
      ...ours("takeWhile1", takeWhile1("abcdefghijklmnopqrstuvwxyz"), textOf(words)),
      ...ours("regex, as an automaton", regex(/[a-z][a-z]*/u), textOf(words)),
      native("native", /[a-z]+/uy, textOf(words)),
    ],
  },
  {
    name: "numbers",
    rows: floats,
    contenders: [
      ...ours("regex", regex(float), textOf(floats)),
      native("native", new RegExp(float, "uy"), textOf(floats)),
    ],
  },
];

for (const { name, rows, contenders } of races) {
  for (const { name: who, work } of contenders) {
    const dropped = who.endsWith("dropped");
    assert.deepEqual(work(), dropped ? undefined : rows, who);
  }
  const comparison = await compare(contenders, effort);
  console.log(
    `\n${name}: regex ${(textOf(rows).length / 1e6 / comparison.seconds("regex")).toFixed(0)} million units a second`,
  );
  for (const { name: who } of contenders.slice(2)) {
    const against = who.endsWith("dropped") ? "regex, dropped" : "regex";
    const ratio = comparison.ratio(against, who).toFixed(2);
    console.log(`  ${against} to ${who.padEnd(30)} ${ratio} ±${comparison.error(who).toFixed(1)} %`);
  }
}
