// The grammars that the broken inputs of `spec/corpora/broken` are read with, by the name of the file, and how its cases
// are written:
//
//     === what is wrong
//     the input, without a line end after its last line
//     ---
//     the report of `pretty`
import { readdirSync, readFileSync } from "node:fs";
import { inRepository } from "../../bench/data.ts";
import { calculation } from "../../docs/examples/calculator.ts";
import { program } from "../../docs/examples/pl0.ts";
import { json, jsonValue } from "../../src/formats/json.ts";
import {
  between,
  choice,
  concat,
  eof,
  hidden,
  label,
  lazy,
  many,
  manyTill,
  type Parser,
  panicUntil,
  type RunConfig,
  recover,
  recoverMissing,
  rule,
  sepBy,
  sepBy1,
  seq,
  skipL,
  skipMany,
  skipR,
  syncTo,
} from "../../src/index.ts";
import {
  charSet,
  identifier,
  int10,
  lexeme,
  lineEnding,
  oneOf,
  spaces0,
  string,
  symbol,
  takeWhile,
  takeWhile1,
} from "../../src/lex/index.ts";
import { precedence } from "../../src/op/index.ts";

export interface Grammar {
  readonly parser: Parser<unknown, unknown>;
  readonly config: RunConfig;
}

interface Case {
  readonly name: string;
  readonly input: string;
  readonly report: string;
}

// settings: tables, keys, and values of some kinds, a line each

const blank = takeWhile(" \t");
const word = <T>(p: Parser<T>): Parser<T> => skipR(p, blank);
const comment = seq(string("#"), takeWhile(charSet("\\r\\n").complement()));
const gap = skipMany(hidden(choice([takeWhile1(" \t\r\n"), comment])));
const lineEnd = seq(hidden(comment).opt(), label("end of line", choice([lineEnding, eof])));
const key = label("key", word(takeWhile1(charSet("A-Za-z0-9_\\-"))));
const plain = label("text", takeWhile1(charSet('"\\\\\\r\\n').complement()));
const escaped = label("text", skipL(string("\\"), label('escaped character (one of "\\nt)', oneOf('"\\nt'))));
const quoted = between(string('"'), concat(many(choice([plain, escaped]))), label("closing quote", string('"')));
const setting: Parser<unknown> = lazy(() =>
  label(
    "value",
    choice([
      word(quoted),
      word(seq(hidden(string("-")).opt(), int10)),
      word(string("true")),
      word(string("false")),
      between(word(string("[")), sepBy(setting, word(string(","))), word(string("]"))),
    ]),
  ),
);
const table = rule("table", between(word(string("[")), sepBy1(key, word(string("."))), word(string("]"))));
const pair = rule("setting", seq(key, word(string("=")), setting));
const line = skipR(choice([table, pair]), lineEnd);
const restOfLine = seq(takeWhile(charSet("\\r\\n").complement()), choice([lineEnding, eof]));
const settings = skipL(gap, manyTill(skipR(recover(line, restOfLine, null), gap), eof));

// statements of expressions, with operators of every kind

const tree = (...parts: unknown[]): unknown => parts;
const operator = (text: string): Parser<typeof tree> => symbol(text).as(tree);
const number = label("number", lexeme(int10));
const name = label("name", lexeme(identifier));
const operand: Parser<unknown> = choice([
  number,
  name,
  between(
    symbol("("),
    lazy(() => expression),
    symbol(")"),
  ),
]);
const expression: Parser<unknown> = precedence(operand, { operandLabel: "expression" })
  .level((l) => l.postfix(operator("!")))
  .level((l) => l.prefix(operator("-")).prefix(operator("not")))
  .level((l) => l.infixl(operator("*")).infixl(operator("/")))
  .level((l) => l.infixl(operator("+")).infixl(operator("-")))
  .level((l) => l.infixn(operator("<")).infixn(operator("==")))
  .level((l) => l.ternary({ head: symbol("?"), mid: symbol(":"), build: tree }))
  .build();
const assignment = rule("assignment", seq(name, symbol("="), expression));
const ended = recoverMissing(skipR(assignment, symbol(";")), name, ";", null);
const statements = skipL(spaces0, manyTill(recover(ended, skipR(syncTo(string(";")), spaces0), null), eof));

// JSON whose elements are recovered from one by one

const elements = sepBy(panicUntil(jsonValue, oneOf(",]"), null), symbol(","));
const list = skipL(spaces0, between(symbol("["), elements, symbol("]")));

const off: RunConfig = {};
const collect: RunConfig = { extensions: { recover: { mode: "collect" } }, mergeWarnings: false };

export const GRAMMARS: Readonly<Record<string, Grammar>> = {
  json: { parser: json, config: { source: "data.json" } },
  "json-collect": { parser: list, config: collect },
  calculator: { parser: calculation, config: off },
  pl0: { parser: program, config: { source: "program.pl0" } },
  settings: { parser: settings, config: off },
  "settings-collect": { parser: settings, config: collect },
  expression: { parser: skipL(spaces0, expression), config: off },
  "statements-collect": { parser: statements, config: collect },
};

const folder = inRepository("spec/corpora/broken/");

/** The names of the files, without `.txt`. */
export function corpora(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".txt"))
    .map((file) => file.slice(0, -".txt".length))
    .sort();
}

/** @throws Error if a case has no `---`. */
export function casesOf(corpus: string): Case[] {
  const [, ...parts] = `\n${readFileSync(new URL(`${corpus}.txt`, folder), "utf8")}`.split("\n=== ");
  return parts.map((part) => {
    const found = /^(.*)\n(?:([\s\S]*?)\n)??---\n([\s\S]*)$/.exec(part);
    if (found === null) throw new Error(`a case of ${corpus} has no "---": ${part}`);
    const [, title = "", input = "", report = ""] = found;
    return { name: title, input, report: report.trimEnd() };
  });
}
