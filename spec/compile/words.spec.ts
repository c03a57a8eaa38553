// Long choices between texts: only alternatives that the input agrees with are tried, and nobody can tell.
import test from "ava";
import fc from "fast-check";
import { WordList } from "../../src/compile/code/word-list.ts";
import { nodeOf } from "../../src/grammar/parser.ts";
import {
  as,
  attempt,
  choice,
  cutHere,
  each,
  listing,
  many,
  map,
  type Parser,
  type RunConfig,
  recover,
  rule,
  run,
  sepBy,
  seq,
} from "../../src/index.ts";
import { keyword, string, symbol } from "../../src/lex/index.ts";
import { firstDifference } from "../_chunks.ts";
import { size } from "../_size.ts";
import { differsFromTwin } from "../reference/canonical.ts";
import { answer } from "../reference/steer.ts";

const parameters = { numRuns: size(100, 1000) };
const words = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "é", "😀"), minLength: 1, maxLength: 4 }), {
  minLength: 8,
  maxLength: 20,
});

/** Ways in which an alternative may begin with a text. */
const ways: readonly ((word: string) => Parser<unknown>)[] = [
  string,
  (word) => as(string(word), word.length),
  (word) => map(string(word), (text) => text.length),
  (word) => seq(string(word), string("b")),
  (word) => attempt(seq(string(word), string("a"))),
  (word) => seq(string(word), cutHere(), string("a")),
  symbol,
  (word) => (/^[ab]+$/.test(word) ? keyword(word) : string(word)),
];

/** What may stand around a choice. */
const around: readonly ((p: Parser<unknown>) => Parser<unknown, unknown>)[] = [
  (p) => p,
  (p) => sepBy(p, string(",")),
  (p) => seq(many(attempt(p)), string(",")),
  (p) => each(rule("word", p)),
  (p) => choice([attempt(seq(p, string("!"))), p, string(",")]),
  (p) => sepBy(recover(p, string(","), "?"), string(",")),
];

const grammars = fc
  .tuple(words, fc.array(fc.nat(ways.length - 1), { minLength: 20, maxLength: 20 }), fc.nat(around.length - 1))
  .map(([texts, kinds, place]) => {
    const alternatives = texts.map((word, i) => (ways[kinds[i] ?? 0] ?? string)(word));
    return (around[place] ?? String)(choice(alternatives)) as Parser<unknown, unknown>;
  });
const inputs = fc.string({ unit: fc.constantFrom("a", "b", "é", "😀", ",", " "), maxLength: 12 });

test("a long choice answers as if its alternatives were tried one by one", (t) => {
  fc.assert(
    fc.property(grammars, inputs, fc.boolean(), (parser, input, requireEof) => {
      const said = answer(nodeOf(parser), input, requireEof);
      fc.pre(said !== undefined);
      const differs = differsFromTwin(run(parser, input, { requireEof }), said);
      if (differs !== undefined) throw new Error(differs);
    }),
    parameters,
  );
  t.pass();
});

test("so it does in pieces, and where it recovers", (t) => {
  fc.assert(
    fc.property(grammars, inputs, fc.boolean(), fc.nat(), (parser, input, collect, seed) => {
      const config: RunConfig = collect ? { extensions: { recover: { mode: "collect" } } } : {};
      const differs = firstDifference(parser, input, config, { seed, random: 3 });
      if (differs !== undefined) throw new Error(differs);
    }),
    parameters,
  );
  t.pass();
});

const names = ["alpha", "beta", "betas", "gamma", "gammas", "delta", "epsilon", "zeta", "eta", "theta"];
const named = choice(names.map((name) => string(`item-${name}`)));

test("it is one instruction that chooses", (t) => {
  t.regex(listing(named), /words \{10 texts\} 0 →\d+/);
  t.notRegex(listing(choice(names.slice(0, 7).map((name) => string(`item-${name}`)))), /words/);
});

test("a word that nearly stands there is named, whichever alternatives were tried", (t) => {
  for (const [input, near] of [
    ["item-gamm", 'did you mean "item-gamma" or "item-gammas"?'],
    ["item-epsi!", 'did you mean "item-epsilon"?'],
    ["item-thetX", 'did you mean "item-theta"?'],
  ] as const) {
    t.is(firstDifference(named, input), undefined);
    t.deepEqual(
      run(named, input).diagnostics[0]?.notes.map(({ message }) => message),
      [near],
    );
  }
});

test("the first in order that agrees is found, of those from a number on", (t) => {
  fc.assert(
    fc.property(words, inputs, fc.nat(20), fc.boolean(), (texts, input, from, closed) => {
      const units = Uint16Array.from({ length: input.length }, (_, k) => input.charCodeAt(k));
      const found = new WordList(texts).find(units, 0, units.length, closed, from);
      const expected = texts.findIndex(
        (text, i) => i >= from && (input.startsWith(text) || (!closed && text.startsWith(input))),
      );
      return found === expected;
    }),
  );
  t.pass();
});

/** How many units of the texts are looked at until one of so many is found. */
function looks(count: number): number {
  let looked = 0;
  const texts = Array.from({ length: count }, (_, i) => String(i).padStart(8, "0"));
  const list = new WordList(texts);
  const counted = texts.map((text) => ({
    length: text.length,
    charCodeAt(k: number) {
      looked++;
      return text.charCodeAt(k);
    },
  }));
  (list as unknown as { texts: unknown }).texts = counted;
  const last = texts.at(-1) ?? "";
  const units = Uint16Array.from({ length: last.length }, (_, k) => last.charCodeAt(k));
  list.find(units, 0, units.length, true, 0);
  return looked;
}

test("of many texts few are looked at", (t) => {
  t.true(looks(100_000) < 2 * looks(1_000), `${looks(1_000)}, ${looks(100_000)}`);
});
