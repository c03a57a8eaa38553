// Large grammars: what lowering and reports do grows with the grammar, and the native stack bounds nothing.
import test from "ava";
import { nodeOf } from "../../src/grammar/parser.ts";
import {
  attempt,
  between,
  choice,
  emit,
  grammarOf,
  label,
  lazy,
  lookahead,
  many,
  map,
  opt,
  or,
  type Parser,
  recover,
  rule,
  run,
  sepBy,
  seq,
  skipR,
} from "../../src/index.ts";
import { lexeme, string, takeWhile } from "../../src/lex/index.ts";
import { size } from "../_size.ts";

const [a, b] = [string("a"), string("b")];

const wrappers: readonly [title: string, wrap: (p: Parser<unknown, unknown>) => Parser<unknown, unknown>][] = [
  ["seq", (p) => seq(a, p)],
  ["seq, at its start", (p) => seq(p, b)],
  ["or, to the right", (p) => or(b, p)],
  ["or, to the right, with names", (p) => or(b, label("x", p))],
  ["or, to the left", (p) => or(seq(p, a), b)],
  ["many and sepBy", (p) => many(sepBy(b, seq(b, p)))],
  ["brackets", (p) => between(a, p, b)],
  ["options", (p) => opt(attempt(p))],
  ["look-ahead", (p) => lookahead(p)],
  [
    "rules and values",
    (p) =>
      rule(
        "r",
        map(p, (value) => value),
      ),
  ],
  ["emission", (p) => emit(p)],
  ["recovery", (p) => recover(p, b, 0)],
  ["space", (p) => lexeme(p).withSpace(takeWhile(" "))],
  ["lazy", (p) => lazy(() => p)],
];

const DEPTH = size(2000, 12_000);

for (const [title, wrap] of wrappers) {
  test(`a deep nest compiles: ${title}`, (t) => {
    let p: Parser<unknown, unknown> = a;
    for (let i = 0; i < DEPTH; i++) p = wrap(p);
    t.false(run(p, "?").ok);
    t.false(run(p, "?", { extensions: { recover: { mode: "collect" } } }).ok);
  });
}

/** How often the nodes of a choice of so many texts are looked at until a failure is reported. */
function looksFor(count: number, p: (texts: readonly Parser<unknown>[]) => Parser<unknown>): number {
  let looks = 0;
  const { constructor: maker } = a as unknown as { constructor: { of(node: unknown): Parser<string> } };
  const texts = Array.from({ length: count }, (_, i) => {
    const node = nodeOf(string(`${"abc"[i % 3]}${i};`));
    return maker.of(
      new Proxy(node, {
        get(target, name) {
          looks += 1;
          return Reflect.get(target, name);
        },
      }),
    );
  });
  const parser = p(texts);
  for (const input of ["?", "a?", "b1;"]) run(parser, input);
  return looks;
}

test("what a choice of many costs grows with their number", (t) => {
  const few = size(200, 1000);
  for (const made of [
    (texts: readonly Parser<unknown>[]) => choice(texts),
    (texts: readonly Parser<unknown>[]) => texts.reduce((sum, text) => or(sum, text)),
    (texts: readonly Parser<unknown>[]) => texts.reduceRight((sum, text) => or(text, sum)),
  ]) {
    const [some, more] = [looksFor(few, made), looksFor(8 * few, made)];
    t.true(more < 9 * some, `${some} looks, ${more} at 8 times as many`);
  }
});

test("a choice of very many texts reports what it expects", (t) => {
  const count = size(10_000, 100_000);
  const texts = Array.from({ length: count }, (_, i) => `${"abcdefgh"[i % 8]}${i};`);
  const p = choice(texts.map((text) => string(text)));
  t.is(run(p, "b99,").ok, false);
  t.is(run(p, texts[4321] as string).ok, true);
  const [failure] = run(p, "c?").diagnostics;
  t.is(failure?.expected?.alternatives.length, texts.length);
  t.regex(failure?.message ?? "", new RegExp(`^expected "a0;", "b1;", .* and ${count - 8} more$`));
});

test("a choice that gives up names its alternatives in their order", (t) => {
  const p = seq(opt(string("ac")), choice([string("x"), string("ab"), string("y"), string("ac")]));
  t.is(run(p, "a?").diagnostics[0]?.message, 'expected "ac", "x", "ab" or "y"');
});

test("grammarOf looks at each rule once", (t) => {
  let p: Parser<unknown> = a;
  const depth = size(1000, 3000);
  for (let i = 0; i < depth; i++) p = rule(`r${i}`, skipR(p, b));
  const rules = grammarOf(p);
  t.is(rules.length, depth);
  t.is(rules[0]?.first, '"a"');
});
