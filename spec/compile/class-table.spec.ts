// Class tables: none for a program that reads little, one for all programs with the same sets, and never another answer.
import { readFileSync } from "node:fs";
import test from "ava";
import fc from "fast-check";
import { inRepository } from "../../bench/data.ts";
import { ClassTable, classesOf, placeOfSet } from "../../src/compile/code/class-table.ts";
import { programOf } from "../../src/compile/index.ts";
import { nodeOf } from "../../src/grammar/parser.ts";
import { andThen, many, ok, or, type Parser, run, seq, skipMany } from "../../src/index.ts";
import { oneOf, satisfy, string, takeWhile1 } from "../../src/lex/index.ts";
import { rootOf } from "../../src/run/index.ts";
import { CharSet } from "../../src/text/index.ts";
import { everyWay } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";
import { size } from "../_size.ts";
import { configOf, samples } from "../machine/_samples.ts";
import { instructionByInstruction } from "../machine/_slowly.ts";

/** The table that a parser's program looks characters up in. */
const tableOf = (parser: Parser<unknown, unknown>): Uint8Array => classesOf(programOf(rootOf(parser, true))).table;
const setsOf = (members: readonly string[]): CharSet[] => members.map((some) => CharSet.fromMembers(some));
const KNOWN = 127;

test("programs that read a few characters have no table of their own", (t) => {
  const parsers = Array.from({ length: 200 }, (_, i) => seq(string(`a${i}`), takeWhile1(`0${i}`)));
  for (const [i, parser] of parsers.entries()) t.true(run(parser, `a${i}0`).ok);
  const tables = new Set([...parsers, string("a")].map(tableOf));
  t.is(tables.size, 1);
  t.true([...tables].every((table) => table.every((place) => place > KNOWN)));
});

test("parsers made while running have no table of their own, however many there are", (t) => {
  const made: Parser<unknown>[] = [];
  const nest = (left: number): Parser<unknown> => {
    const parser = left === 0 ? ok(0) : andThen(oneOf("ab"), () => nest(left - 1));
    made.push(parser);
    return parser;
  };
  t.true(run(nest(1000), "ab".repeat(500)).ok);
  t.is(made.length, 1001);
  t.is(new Set(made.map((parser) => classesOf(programOf(nodeOf(parser))).table)).size, 1);
});

test("programs that read much share the table of their sets", (t) => {
  const make = (members: string): Parser<unknown> => skipMany(seq(oneOf(members), oneOf("b")));
  const [first, second, other] = [make("axyz"), make("axyz"), make("aw")];
  const text = "ab".repeat(1000);
  for (const parser of [first, second, other]) t.true(run(parser, text).ok);
  t.true(tableOf(first) === tableOf(second));
  t.true(tableOf(first) !== tableOf(other));
  t.true((tableOf(first)[97] as number) <= KNOWN, "it was filled");
});

/** What an object holds, as deep as a program's own tables are. */
function heldBy(value: unknown, depth = 3): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array);
  if (typeof value !== "object" || value === null || depth === 0) return value;
  if (value instanceof Map) return [...value];
  return Object.entries(value).map(([key, member]) => [key, heldBy(member, depth - 1)]);
}

test("a program does not change when it is run", (t) => {
  const long = { name: "much text", parser: many(or(oneOf("aé"), string("b"))), inputs: ["aéb".repeat(200)] };
  for (const sample of [...samples, long]) {
    const program = programOf(rootOf(sample.parser, true));
    const before = heldBy(program);
    for (const input of sample.inputs) {
      const { result } = instructionByInstruction(sample.parser, input, 1, configOf(sample));
      if (!result.ok) program.withoutFunctions();
    }
    const difference = deepEqual(before, heldBy(program));
    if (difference !== undefined) t.fail(`${sample.name}: ${difference}`);
  }
  const source = readFileSync(inRepository("src/compile/code/program.ts"), "utf8");
  // nor does it hold anything private that could
  t.deepEqual(source.match(/^ {2}(static )?#\w+\??( =|:|;)/gm) ?? [], []);
});

test("what a table knows is what its sets say, in any order of questions", (t) => {
  const members = fc.string({ unit: "binary", maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(members, { maxLength: 20 }),
      fc.array(fc.nat({ max: 0xffff }), { maxLength: 60 }),
      (all, asked) => {
        const sets = setsOf(all);
        const classes = new ClassTable(sets);
        const units = [
          ...asked,
          ...all.flatMap((some) => [...some].map((char) => char.codePointAt(0) as number)),
        ].filter((unit) => unit < 0xffff);
        const rounds = 10;
        // the first that is worth a table may be the last one asked: those before it are asked again in the next round
        const asks = (rounds - 1) * units.length * sets.length;
        for (let round = 0; round < rounds; round++) {
          for (const unit of units) for (const i of sets.keys()) classes.learn(placeOfSet(i)[0], unit);
        }
        return sets.every((set, i) => {
          const [offset, bit] = placeOfSet(i);
          return units.every((unit) => {
            const place = classes.table[offset + unit] ?? KNOWN + 1;
            // unknown stays what was asked too seldom, and half of a pair
            if (place > KNOWN) return asks < 256 || (unit >= 0xd800 && unit < 0xe000);
            return ((place & bit) !== 0) === set.has(unit);
          });
        });
      },
    ),
    { numRuns: size(15, 100) },
  );
  t.pass();
});

test("a run in whose middle its program comes by a table goes on as before, however it is cut", (t) => {
  const other = (char: string): boolean => char === "b" || char === "f";
  const parser = seq(takeWhile1("aé漢"), satisfy(other).opt(), takeWhile1("d\uffff"));
  for (const times of [2, 40]) {
    const fresh = many(parser);
    t.true(everyWay(t, fresh, "aé漢bdd漢fd\uffffaéd".repeat(times)).ok);
  }
});

test("a predicate that throws is asked again when its character is read, with a table and without", (t) => {
  const picky = satisfy((char) => {
    if (char === "!") throw new RangeError("no !");
    return char === "a";
  });
  for (const times of [1, 1000]) {
    t.true(run(many(picky), "a".repeat(times)).ok);
    t.throws(() => run(many(picky), `${"a".repeat(times)}!`), { message: "no !" });
  }
});
