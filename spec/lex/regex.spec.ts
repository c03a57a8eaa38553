import test from "ava";
import fc from "fast-check";
import { nodeOf, Parser } from "../../src/grammar/parser.ts";
import { choice, emit, listing, many, opt, or, run, runPartial, seq, slice } from "../../src/index.ts";
import { charSet, regex, string, takeWhile1 } from "../../src/lex/index.ts";
import { CLOSED, parseLoopSync } from "../../src/stream/index.ts";
import type { Dfa } from "../../src/text/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { size } from "../_size.ts";
import { expectedIn } from "../reference/canonical.ts";
import { longestMatch, patterns, texts } from "./_patterns.ts";

/** What a pattern reads at the start of a text, fed in every way. */
const reads = test.macro({
  exec(t, pattern: RegExp, text: string, expected: string | undefined) {
    const parser = regex(pattern);
    const result = everyWay(t, parser, text, { requireEof: false });
    t.is(result.ok ? result.value : undefined, expected);
    t.is(longestMatch(pattern, text), expected);
    everyWay(t, seq(opt(string("<")), parser, string(">")), `<${text}>`);
    everyWay(t, many(or(parser, string(";"))), `${text};${text}x`);
  },
  title: (_, pattern: RegExp, text: string) => `${pattern} on ${JSON.stringify(text)}`,
});

/** For what a linter would change. */
function asIs(source: string, flags = "u"): RegExp {
  return new RegExp(source, flags);
}

const float = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/u;
const literal = /"(?:[^"\\]|\\.)*"/su;

test(reads, float, "-12.5e+3x", "-12.5e+3");
test(reads, float, "1.e", "1");
test(reads, float, "12e+", "12");
test(reads, float, "01", "0");
test(reads, float, "-", undefined);
test(reads, literal, '"a\\"b\\\\" c"', '"a\\"b\\\\"');
test(reads, literal, '"abc', undefined);
test(reads, /a|ab|abcd/u, "abc", "ab");
test(reads, /a|ab|abcd/u, "abcd", "abcd");
test(reads, /(a+)+b/u, "aaab", "aaab");
test(reads, /(a+)+b/u, "aaaa", undefined);
test(reads, /(?:ab)*/u, "ababa", "abab");
test(reads, /(?:ab)*/u, "x", "");
test(reads, /(?:)/u, "x", "");
test(reads, asIs("[]"), "x", undefined);
test(reads, asIs("a[]|b"), "a", undefined);
test(reads, /(?<year>\d{4})-(?<month>\d\d)/u, "2024-02-30", "2024-02");
test(reads, /a{2,3}/u, "aaaa", "aaa");
test(reads, /if/u, "ifx", "if");
test(reads, /((?:[a-z]+))/u, "abc1", "abc");

// characters are code points
test(reads, /./u, "😀", "😀");
test(reads, /.b/u, "😀b", "😀b");
test(reads, /[😀-😂]x?/u, "😁x", "😁x");
test(reads, /\p{L}+\d?/u, "größe漢字𝒳1", "größe漢字𝒳1");
test(reads, /\p{Script=Greek}+/u, "λόγος x", "λόγος");
test(reads, /\P{L}{2}/u, "1😀a", "1😀");
test(reads, /a\ud83d?/u, "a\ud83dx", "a\ud83d");
test(reads, /a\ud83d?/u, "a😀", "a");
test(reads, /\ud83d\ude00?/u, "😀", "😀");
test(reads, /(?:\u{d83d})(?:\u{de00})/u, "😀", undefined);
test(reads, /[\ud800-\udfff]+/u, "\ude00\ud83d", "\ude00\ud83d");
test(reads, /[^a]b/u, "\uffffb", "\uffffb");
test(reads, /.*\n/u, "\uffff\n\n", "\uffff\n");

// flags
test(reads, /straße|ſ/iu, "STRAßE", "STRAßE");
test(reads, /[a-z]+1/iu, "aBſK1", "aBſK1");
test(reads, /a.b/su, "a\nb", "a\nb");
test(reads, /a.b/u, "a\nb", undefined);
test(reads, /.+/su, "a\n\u2028", "a\n\u2028");
test(reads, /.+/u, "a\r", "a");
test(reads, /a+b/gmu, "aab", "aab");
test(reads, /[\cJ\0]+/u, "\n\0a", "\n\0");

/** A pattern, where the platform knows its syntax. */
function known(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

const family = known("\\p{RGI_Emoji}|[\\p{L}--[a-z]]+", "v");
if (family !== undefined) {
  test(reads, family, "👨‍👩‍👧‍👦x", "👨‍👩‍👧‍👦");
  test(reads, family, "👨‍👩x", "👨");
  test(reads, family, "Éa", "É");
}

test("a pattern without the flag u is read as if it had it", (t) => {
  t.is(everyWay(t, regex(/.b+/), "😀bb").value, "😀bb");
  t.is(everyWay(t, regex(/[^b]+/), "😀").value, "😀");
});

test("the sticky flag and lastIndex mean nothing", (t) => {
  const pattern = /a+b?/guy;
  pattern.lastIndex = 7;
  t.is(everyWay(t, regex(pattern), "aab").value, "aab");
  t.is(pattern.lastIndex, 7);
});

test("random patterns match as long as any does, fed in every way", (t) => {
  let matches = 0;
  fc.assert(
    fc.property(patterns, texts, fc.nat(), (pattern, text, seed) => {
      const parser = regex(pattern);
      const result = run(parser, text, { requireEof: false });
      const expected = longestMatch(pattern, text);
      if ((result.ok ? result.value : undefined) !== expected)
        throw new Error(`${pattern} on ${JSON.stringify(text)}: ${result.value}, not ${expected}`);
      if (expected !== undefined && expected !== "") matches += 1;
      const found = firstDifference(parser, text, { requireEof: false }, { random: 4, seed });
      if (found !== undefined) throw new Error(found);
    }),
    { numRuns: size(300, 5000), seed: 20_240_229 },
  );
  t.true(matches > size(80, 1300), `${matches} matches`);
});

const failsEmpty = test.macro({
  exec(t, pattern: RegExp, text: string, expected: string) {
    const [diagnostic] = everyWay(t, seq(string("-"), regex(pattern)), `-${text}`).diagnostics;
    t.is(diagnostic?.at.start.offset, 1);
    t.deepEqual(expectedIn(diagnostic), [expected]);
    t.is(everyWay(t, or(regex(pattern), string(text)), text).value, text);
  },
  title: (_, pattern: RegExp) => `${pattern} fails empty, at its start`,
});

test(failsEmpty, /(?:a+)+b/u, "aaa", "custom:/(?:a+)+b/u");
test(failsEmpty, /a\d+/u, "a", "custom:/a\\d+/u");
test(failsEmpty, /[a-z]+/u, "1", "class:a-z");
test(failsEmpty, /if/u, "in", "token:if");

test("a long pattern is shortened in what was expected", (t) => {
  const [diagnostic] = run(regex(new RegExp(`${"😀|".repeat(30)}ab`, "u")), "x").diagnostics;
  t.deepEqual(expectedIn(diagnostic), [`custom:/${"😀|".repeat(20)}…/u`]);
});

const refused = test.macro({
  exec(t, pattern: RegExp, what: string, at: number) {
    const error = t.throws(() => regex(pattern), { instanceOf: TypeError });
    t.true(error.message.startsWith(`regex(${pattern}): at index ${at}: ${what} is refused; `), error.message);
  },
  title: (_, pattern: RegExp) => `refused: ${pattern}`,
});

test(refused, /a+?b/u, "the lazy quantifier +?", 1);
test(refused, /xa*?/u, "the lazy quantifier *?", 2);
test(refused, /(?:ab)??/u, "the lazy quantifier ??", 6);
test(refused, /a{2,3}?/u, "the lazy quantifier {2,3}?", 1);
test(refused, /^a/u, "the start ^", 0);
test(refused, /a|b$/mu, "the end $", 3);
test(refused, /a\b/u, "the word boundary \\b", 1);
test(refused, /a\B/, "the word boundary \\B", 1);
test(refused, /a(?=b)/u, "the look-ahead (?=…)", 1);
test(refused, /a(?!b)/u, "the negative look-ahead (?!…)", 1);
test(refused, /(?<=a)b/u, "the look-behind (?<=…)", 0);
test(refused, /(?<!a)b/u, "the negative look-behind (?<!…)", 0);
test(refused, /(a)\1/u, "the back-reference \\1", 3);
test(refused, /(?<q>["'])x\k<q>/u, "the back-reference \\k<q>", 11);
test(refused, /(?:a(?:b(?:c$)))*/u, "the end $", 12);

const grouped = known("a(?i:b)", "u");
if (grouped !== undefined) test(refused, grouped, "a group with flags of its own (?i:…)", 3);

test("what is no pattern with the flag u is a syntax error", (t) => {
  const { message } = t.throws(() => regex(asIs("a\\-b", "")), { instanceOf: SyntaxError });
  t.is(message, "regex(/a\\-b/): at index 2: Invalid escape; a pattern is read as with the flag u");
  t.throws(() => regex(/a{,2}/), { instanceOf: SyntaxError, message: /at index \d+: .*; a pattern is read as/ });
});

for (const other of ["a+", null, undefined, 7, { source: "a", flags: "u" }]) {
  test(`no regular expression: ${JSON.stringify(other)}`, (t) => {
    const { message } = t.throws(() => regex(other as unknown as RegExp), { instanceOf: TypeError });
    t.true(message.startsWith("regex takes a regular expression such as /[a-z]+/u, got "), message);
  });
}

for (const pattern of [
  /(?:a|b)*a(?:a|b){13}/u,
  /a{1,20000}/u,
  /(?:a{1,1000}){1,1000}/u,
  /(?:(?:a{0,99}){0,99}){0,99}/u,
]) {
  test(`too large: ${pattern}`, (t) => {
    const { message } = t.throws(() => regex(pattern), { instanceOf: RangeError });
    t.true(message.startsWith(`regex(${pattern}): its automaton would have more than 10000 states`), message);
  });
}

test("simple patterns become what reads them fastest", (t) => {
  const letters = takeWhile1(charSet("a-z"));
  t.is(listing(regex(/[a-z]+/u)), listing(letters));
  t.is(listing(regex(/(?:([a-z]+))/u)), listing(letters));
  t.is(listing(regex(/\d/u)), listing(Parser.of({ kind: "set", set: charSet("\\d") })));
  t.is(listing(regex(/\p{L}*/u)), listing(Parser.of({ kind: "span", set: charSet("\\p{L}"), min: 0 })));
  t.is(listing(regex(/if/u)), listing(string("if")));
  t.regex(listing(regex(/[a-z]+/iu)), /longest/);
});

test("a choice decides by the first character of a pattern", (t) => {
  const parser = many(choice([regex(/[a-c]x?[1-9]?/u), regex(/é+a|😀/u), regex(/0x[0-9a-f]+/u), string("-")]));
  t.regex(listing(parser), /dispatch/);
  everyWay(t, parser, "ax1-😀ééa0xffb9-");
  everyWay(t, parser, "ax1-éa0x");
  everyWay(t, parser, "aé");
});

test("what is emitted before it is held until it is decided", (t) => {
  const parser = or(seq(emit(string("a")), regex(/b+c/u)), seq(emit(string("ab")), string("b")));
  everyWay(t, parser, "abbc");
  everyWay(t, parser, "abb");
  everyWay(t, many(or(emit(regex(/a(?:b+c)?/u)), emit(string("b")))), "abbbabbc");
});

test("empty chunks change nothing, and half a pair waits", (t) => {
  const loop = parseLoopSync(regex(/a😀+b?/u));
  loop.next();
  for (const chunk of ["a", "", "\ud83d", "", "\ude00", "\ud83d"]) t.false(loop.next(chunk).done);
  t.false(loop.next("\ude00b").done);
  const last = loop.next(CLOSED);
  t.is(last.done && last.value.result.ok ? last.value.result.value : undefined, "a😀😀b");
});

test("it waits for more only where more could be read", (t) => {
  const asks = (pattern: RegExp, text: string): boolean => {
    const loop = parseLoopSync(regex(pattern), { requireEof: false });
    loop.next();
    return loop.next(text).done !== true;
  };
  t.false(asks(/a\d\d/u, "a12"));
  t.false(asks(/"[^"]*"/u, '"ab"'));
  t.true(asks(/a\d\d?/u, "a1"));
  t.true(asks(/"[^"]*"/u, '"ab'));
  t.false(asks(/a\d\d?/u, "ab"));
});

test("the rest stays where the longest match ends, however far it looked", (t) => {
  t.is(runPartial(regex(/a(?:a*b)?/u), "aaaa").rest, "aaa");
  everyWay(t, seq(regex(/a(?:a*b)?/u), takeWhile1("a")), "aaaa");
  everyWay(t, slice(seq(regex(/a(?:a*b)?/u), takeWhile1("a"))), "aaaa");
});

test("among bytes only characters below U+0100 can be met", (t) => {
  const { message } = t.throws(() => run(regex(/a*\p{L}?/u), Uint8Array.of(97), { input: "binary" }), {
    instanceOf: TypeError,
  });
  t.true(message.includes("/a*\\p{L}?/u"), message);
});

/** The parser with an automaton that counts how many characters it is run over. */
function counting(pattern: RegExp): { readonly parser: Parser<string>; readonly count: () => number } {
  const node = nodeOf(regex(pattern));
  if (node.kind !== "longest") throw new TypeError(`${pattern} has no automaton`);
  let looks = 0;
  const next = new Proxy(node.dfa.next, {
    get(table, place) {
      looks += 1;
      return Reflect.get(table, place);
    },
  });
  const dfa = new Proxy(node.dfa, {
    get: (original: Dfa, name) => {
      if (name === "next") return next;
      const value: unknown = Reflect.get(original, name, original);
      return typeof value === "function" ? value.bind(original) : value;
    },
  });
  return { parser: Parser.of({ kind: "longest", dfa }), count: () => looks };
}

for (const size of [1, 3, 1000]) {
  test(`each character is looked at once, in chunks of ${size}`, (t) => {
    const { parser, count } = counting(/(?:a+)+b/u);
    for (const [text, ok] of [
      ["a".repeat(1000), false],
      [`${"a".repeat(999)}b`, true],
    ] as const) {
      const before = count();
      const loop = parseLoopSync(parser);
      let step = loop.next();
      for (let at = 0; at < text.length; at += size) step = loop.next(text.slice(at, at + size));
      step = loop.next(CLOSED);
      t.is(step.done && step.value.result.ok, ok);
      t.is(count() - before, 1000);
    }
  });
}
