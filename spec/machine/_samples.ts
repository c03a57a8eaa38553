// Small grammars that between them use every instruction of the machine, with inputs that match them and that don't.

import { json } from "../../src/formats/json.ts";
import * as make from "../../src/grammar/make.ts";
import { nodeOf } from "../../src/grammar/parser.ts";
import { Refusal } from "../../src/grammar/problem.ts";
import {
  type AnyParser,
  andThen,
  as,
  attempt,
  between,
  checkpoint,
  choice,
  concat,
  cut,
  cutHere,
  decode,
  each,
  emit,
  eof,
  fail,
  fold,
  frame,
  type Limits,
  label,
  lazy,
  lengthCount,
  lengthValue,
  lookahead,
  many,
  many1,
  manyTill,
  map,
  notFollowedBy,
  ok,
  opt,
  or,
  Parser,
  pieces,
  position,
  type RunConfig,
  recover,
  repeat,
  rule,
  separatedPair,
  sepBy,
  sepBy1,
  sepEndBy,
  seq,
  skipL,
  skipMany,
  skipR,
  slice,
  spanned,
  trace,
} from "../../src/index.ts";
import {
  bits,
  bytes,
  lengthPrefixed,
  sleb128,
  takeBytes,
  uint8,
  uint16be,
  uint32le,
  uleb128,
  utf8,
  within,
} from "../../src/lex/binary/index.ts";
import {
  anyChar,
  charLit,
  identifier,
  integer,
  keyword,
  layout,
  layoutToken,
  lexeme,
  noneOf,
  number,
  oneOf,
  regex,
  spaces0,
  string,
  stringLit,
  takeUntil,
  takeWhile,
  takeWhile1,
  token,
  trivia,
} from "../../src/lex/index.ts";
import { doubles, runOfAs } from "../reference/own-leaves.ts";

const judged = make.refine(nodeOf(oneOf("xy")), (value) => (value === "x" ? "X" : new Refusal({ message: "no x" })));
const refused: Parser<unknown> = Parser.of(make.leaf("an x", "rule", judged));

export interface Sample {
  readonly name: string;
  readonly parser: AnyParser;
  readonly inputs: readonly (string | Uint8Array)[];
  readonly binary?: boolean;
  /** What it finds wrong it tells in words of its own, of which the twin knows nothing. */
  readonly ownWords?: boolean;
  /** Run with recovery, or with a trace. */
  readonly recovers?: boolean;
  readonly traces?: boolean;
  /** Run with limits that it stays within. */
  readonly limits?: Limits;
}

/** What the machine and `run` are told of it. */
export function configOf({ binary, recovers, traces, limits }: Sample): RunConfig {
  return {
    input: binary === true ? "binary" : "text",
    trace: traces ?? false,
    limits,
    mergeWarnings: false,
    extensions: { recover: { mode: recovers === true ? "collect" : "off" } },
  };
}

const [a, b, comma] = [string("a"), string("b"), string(",")];
const blank = takeWhile(" ");
const lexed = (text: string): Parser<string> => skipR(string(text), blank);
const noted = trivia({ line: [], block: [{ start: "[", end: "]", nested: true }], space: " " });
const digits = takeWhile1("0123456789");

const nest: Parser<unknown> = rule(
  "nest",
  or(
    between(
      string("["),
      sepBy(
        lazy(() => nest),
        lexed(","),
      ),
      string("]"),
    ),
    map(digits, Number),
  ),
);
const leftRecursive: Parser<unknown> = lazy(() => or(seq(leftRecursive, a), b));
const nested: Parser<unknown> = rule(
  "nested",
  or(
    between(
      string("["),
      lazy(() => nested),
      string("]"),
    ),
    many(oneOf("ab")),
  ),
);
const shared = lazy(() => lexed("a"));
const quoted = between(
  string('"'),
  concat(many(choice([takeWhile1("abcé"), skipL(string("\\"), oneOf('"\\é'))]))),
  string('"'),
);
const pair = seq(takeWhile("abc"), skipL(lexed(":"), digits));
const block = [layoutToken("indent"), position] as const;
const text = (all: string): Uint8Array => new TextEncoder().encode(all);

const sumOf = <T>(p: Parser<T>): Parser<string> =>
  fold(
    p,
    () => "",
    (sum, value) => sum + String(value),
  );
const fails = (): never => {
  throw new Error("no");
};

export const samples: readonly Sample[] = [
  {
    name: "one character or another",
    parser: seq(a, oneOf("aé😀"), anyChar),
    inputs: ["aéb", "a😀😀", "ab", "aa", ""],
  },
  { name: "fixed texts", parser: seq(string("abc"), string("é😀a")), inputs: ["abcé😀a", "abcé😀b", "abd", "ab"] },
  {
    name: "one of many texts",
    parser: choice(["ab", "aba", "a", "abab", "aé", "a😀b", "aab", "aaaa"].map((text) => seq(string(text), b))),
    inputs: ["abb", "abab", "aéb", "a😀bb", "aabb", "aac", "ab", "é"],
  },
  { name: "half a pair", parser: seq(string("a\ud83d"), a), inputs: ["a\ud83da", "a😀", "ab"] },
  {
    name: "a run, kept and not",
    parser: seq(takeWhile("aé"), skipMany(b), takeWhile1("😀a")),
    inputs: ["aéabb😀a", "b", "aé"],
  },
  {
    name: "a run dropped after a character",
    parser: seq(lexed("a"), lexed("b")),
    inputs: ["a  b ", "ab", "a c", "a  "],
  },
  {
    name: "a run with another one after it",
    parser: seq(skipR(takeWhile1("a"), blank), lexeme(b, blank)),
    inputs: ["aa  b ", "aa c"],
  },
  {
    name: "a run and the character after it",
    parser: between(string("<"), takeWhile("ab"), string(">")),
    inputs: ["<ab>", "<>", "<abc", "<ab"],
  },
  {
    name: "up to a text",
    parser: seq(takeUntil("ab"), string("ab"), slice(seq(skipMany(comma), takeUntil("😀")))),
    inputs: ["aaab,x😀", "ab", "aab,x"],
  },
  {
    name: "the longest match",
    parser: many(seq(regex(/a(?:ba)*(?:😀c)?|é+b?/u), opt(regex(/ab|b*/u)), skipL(regex(/,|,a+b/u), comma))),
    inputs: ["aba,,é,,", "ab,,", "a😀,,", "ababab,aa,", "a😀c,a", "éé", "x", ""],
  },
  {
    name: "so many bytes",
    parser: seq(takeBytes(2), takeBytes(3)),
    inputs: [Uint8Array.of(1, 2, 3, 255, 0), Uint8Array.of(1, 2, 3)],
    binary: true,
  },
  {
    name: "bytes or fewer bytes",
    parser: or(
      skipR(takeBytes(3), takeBytes(0)),
      map(takeBytes(1), (one) => one.length),
    ),
    inputs: [text("abc"), text("a"), text("ab")],
    binary: true,
  },
  {
    name: "more bytes than an operand holds",
    parser: or(takeBytes(2 ** 33), takeBytes(1)),
    inputs: [text("a"), text("ab")],
    binary: true,
  },
  {
    name: "numbers among bytes",
    parser: seq(uint16be, skipL(uint8, or(uint32le, bits(3, 5))), many(uleb128), opt(sleb128)),
    inputs: [
      Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 0x80, 1, 2),
      Uint8Array.of(1, 2, 3, 4),
      Uint8Array.of(1, 2, 3),
      Uint8Array.of(1),
      Uint8Array.of(0, 0, 0, 1, 2, 3, 4, ...Array<number>(10).fill(0x80)),
    ],
    binary: true,
  },
  {
    name: "bytes behind a length",
    parser: many(skipR(lengthPrefixed(uint8, 3), lengthPrefixed(uint16be))),
    inputs: [
      Uint8Array.of(2, 7, 8, 0, 1, 9, 0, 0, 0),
      Uint8Array.of(4, 1, 2, 3, 4),
      Uint8Array.of(0, 0xff, 0xff, 1),
      Uint8Array.of(2, 1),
    ],
    binary: true,
  },
  {
    name: "counts and lengths that are read",
    parser: many(
      choice<unknown, never, readonly Parser<unknown>[]>([
        seq(bytes([0]), lengthCount(uint8, or(uint16be, cutHere())), lengthValue(uint8, many(uint16be))),
        seq(bytes([1]), skipL(lengthCount(uint8, uint8), lengthValue(map(uint8, BigInt), uint8))),
        skipL(lengthValue(uint8, many(bytes([7]))), lengthCount(uint8, cut(bytes([8])))),
      ]),
    ),
    inputs: [
      Uint8Array.of(0, 2, 0, 1, 0, 2, 2, 3, 4, 1, 2, 5, 6, 1, 9, 3, 7, 7, 7, 2, 8, 8),
      Uint8Array.of(0, 0, 1, 3, 0),
      Uint8Array.of(0, 1, 0),
      Uint8Array.of(3, 7, 7),
      Uint8Array.of(3, 7, 6),
    ],
    binary: true,
  },
  {
    name: "sums",
    parser: seq(sumOf(oneOf("abé")), comma, sumOf(seq(a, or(b, cutHere()))), skipL(sumOf(b), comma)),
    inputs: ["abéa,abab,", "aé,aa", ",,", "a,abac"],
  },
  {
    name: "texts that are decoded, or parsed",
    parser: many(
      or(
        decode<unknown, string>(slice(seq(a, many(b))), (all) => (all.length > 2 ? fails() : all), seq(a, emit(b), b)),
        skipL(
          decode(takeWhile1("é,"), (all) => (all === "," ? fails() : all), opt(string("é"))),
          opt(a),
        ),
      ),
    ),
    inputs: ["abba", "abbba", "ab,é", "é,a", ",", "a"],
  },
  {
    name: "frames in frames",
    parser: many(within(4, seq(uint8, or(within(2, attempt(many(uint16be))), takeBytes(1)), opt(utf8(1))))),
    inputs: [
      Uint8Array.of(1, 2, 3, 0x61, 5, 6, 7, 0xff),
      Uint8Array.of(1, 2, 3, 4, 5, 6),
      Uint8Array.of(1, 2),
      Uint8Array.of(1, 2, 3, 4, 5),
    ],
    binary: true,
  },
  {
    name: "frames that are cut, looked into, or left early",
    parser: many(
      or(
        attempt(within(3, seq(emit(bytes([1])), cut(lookahead(takeBytes(2))), notFollowedBy(takeBytes(3)), uint16be))),
        or(within(2, seq(bytes([1]), uint8)), seq(within(1, many(bytes([2, 3]))), uint8)),
      ),
    ),
    inputs: [Uint8Array.of(1, 2, 3, 1, 9), Uint8Array.of(1, 2, 3, 1, 2, 3), Uint8Array.of(2, 3, 4), Uint8Array.of(1)],
    binary: true,
  },
  {
    name: "leaves of one's own",
    parser: seq(runOfAs, opt(doubles), many(oneOf("bc"))),
    inputs: ["aaabb", "aabc", "b", ""],
  },
  {
    name: "not what follows",
    parser: many(choice([skipL(notFollowedBy(oneOf("aé😀")), anyChar), seq(notFollowedBy(string("éa")), string("é"))])),
    inputs: ["bcé", "bé", "bca", "béa", "b😀"],
  },
  {
    name: "look ahead",
    parser: or(seq(lookahead(seq(a, b)), a, anyChar), seq(notFollowedBy(string("bb")), b)),
    inputs: ["ab", "b", "aa", "bb", ""],
  },
  {
    name: "attempts",
    parser: or(attempt(seq(a, emit(b), a)), seq(a, emit(string("bb")))),
    inputs: ["aba", "abb", "abc", "b"],
  },
  {
    name: "a dispatch with groups",
    parser: many(choice([string("ab"), string("ac"), seq(b, opt(a)), string("é"), digits])),
    inputs: ["abacbaéb1", "adb", "aéc", "12é"],
  },
  {
    name: "a dispatch to longer texts",
    parser: choice([string("true").as(1), string("false").as(0), string("null")]),
    inputs: ["true", "false", "nul", "nulx", "x"],
  },
  {
    name: "a dispatch with a rest",
    parser: choice([a, b, digits, label("rest", skipL(ok(1), noneOf("xab")))]),
    inputs: ["a", "1", "é", "x", ""],
  },
  { name: "lists with a separator", parser: sepBy(digits, lexed(",")), inputs: ["1, 22,3", "", "1,", "1,,", "1x"] },
  {
    name: "lists with an end that may be",
    parser: sepEndBy(attempt(seq(a, b)), comma),
    inputs: ["ab,ab,", "ab,ab", "ab,aa", ""],
  },
  { name: "lists that may not go on", parser: many(opt(a)), inputs: ["aa", "ab", ""] },
  {
    name: "counted lists",
    parser: seq(repeat(attempt(seq(a, b)), 1, 2), repeat(a, 2, 3), many1(b)),
    inputs: ["ababaabb", "abaab", "ab", "ababaaaab"],
  },
  {
    name: "counted and dropped",
    parser: seq(skipL(repeat(a, 2, 3), many(b)), skipL(repeat(or(a, cutHere()), 1, 2), b)),
    inputs: ["aabab", "aaabaab", "ab", "aab"],
  },
  {
    name: "emitted lists",
    parser: seq(each(a, { sep: comma }), each(or(string("b"), string("c")), { end: string(";") })),
    inputs: ["a,ab;", "a,", "abc;", "abca", ";"],
  },
  {
    name: "how many of what is kept",
    parser: map(each(many1(digits), { sep: comma, end: string(".") }), (n) => n),
    inputs: ["1,2.", "1,2", ",", "."],
  },
  {
    name: "records",
    parser: map(between(lexed("{"), sepBy(pair, lexed(",")), string("}")), Object.fromEntries),
    inputs: ["{a:1,bb:2, c: 3}", "{:1,a: 1}", "{ab:1", "{ab 1}", "{}"],
  },
  {
    name: "records of what may go back",
    parser: map(many(attempt(pair)), Object.fromEntries),
    inputs: ["a:1b:2", "a:1b2", ""],
  },
  {
    name: "records of names of one character or more",
    parser: seq(
      map(sepBy(separatedPair(takeWhile1("aé😀"), string("="), oneOf("12345")), comma), Object.fromEntries<string>),
      map(many(skipL(string(";"), separatedPair(takeWhile1("a"), blank, oneOf("1234")))), Object.fromEntries<string>),
    ),
    inputs: ["a=1,é😀=2,a=3", "a=1,=2", ";a 1;aa2", "a=1;b1", "aé", ""],
  },
  {
    name: "texts with escapes",
    parser: seq(quoted, opt(quoted)),
    inputs: ['"ab\\"cé\\\\"', '""', '"a"""', '"a\\x"', '"ab'],
  },
  {
    name: "keys with escapes",
    parser: map(many(seq(quoted, skipL(string("="), digits))), Object.fromEntries),
    inputs: ['"ab"=1"a\\"b"=2', '"a"="a"', ""],
  },
  {
    name: "numbers",
    parser: seq(map(digits, Number), opt(map(slice(seq(string("."), digits)), Number))),
    inputs: ["12.50", "7", ".5", "1."],
  },
  { name: "nests", parser: nest, inputs: ["[1,[2, [3]],[]]", "[1,[2", "[1,x]", "[1 2]", "5"] },
  {
    name: "brackets that are no single character",
    parser: or(between(string("<<"), seq(position, spanned(a)), lexed(">>")), string("<")),
    inputs: ["<<a>>", "<<a>", "<<b", "<", "<a"],
  },
  {
    name: "brackets that may read nothing",
    parser: or(between(takeWhile("("), a, label("end", seq(opt(comma), takeWhile1(")")))), b),
    inputs: ["((a,))", "a)", "b", "(a", "(b"],
  },
  {
    name: "cuts",
    parser: or(seq(a, cut(or(a, b)), opt(seq(comma, cutHere(), b))), string("ac")),
    inputs: ["ab,b", "ac", "ab,c", "aa", "b"],
  },
  {
    name: "labels",
    parser: label("outer", label("inner", or(seq(a, label("deep", b)), seq(comma, b)))),
    inputs: ["ab", ",b", "ac", "x"],
  },
  {
    name: "names and space",
    parser: seq(lexeme(identifier), lexeme(rule("r", or(identifier, fail("no luck"))), seq(blank, opt(comma)))),
    inputs: ["größe x ,", "a 1", "1"],
  },
  {
    name: "spans and positions",
    parser: seq(spanned(many(or(a, string("\n")))), position, spaces0),
    inputs: ["a\na\n ", "b", "\na"],
  },
  {
    name: "texts one after the other",
    parser: concat(many(or(string("a"), string("b")))),
    inputs: ["abab", "abc", ""],
  },
  {
    name: "text in pieces",
    parser: many(between(string("<"), pieces(takeUntil(">")), string(">"))),
    // of one unit each: then every chunking has the same ones
    inputs: ["<a><><c>", "<a", "<"],
  },
  {
    name: "bytes in pieces",
    parser: many(pieces(lengthPrefixed(uint8))),
    inputs: [Uint8Array.of(1, 7, 0, 1, 8), Uint8Array.of(3, 1)],
    binary: true,
  },
  {
    name: "texts one after the other, each in a round of its own, or at once",
    parser: concat(
      seq(
        concat(
          many(
            or(
              attempt(seq(a, b)).map(() => "!"),
              b,
            ),
          ),
        ),
        takeWhile("c"),
      ),
    ),
    inputs: ["abbab", "abcc", "aa", ""],
  },
  {
    name: "values put in place",
    parser: seq(as(a, 1), skipL(b, as(many(a), null)), as(comma, undefined)),
    inputs: ["abaa,", "b"],
  },
  {
    name: "what depends on a value",
    parser: seq(
      andThen(oneOf("ab"), (c) => seq(string(c), string(c))),
      skipR(b, andThen(anyChar, string)),
    ),
    inputs: ["aaabcc", "aab", "bbbbcd", "x"],
  },
  {
    name: "values that stay while what follows fails",
    parser: seq(
      skipR(a, opt(attempt(andThen(comma, () => fail())))),
      skipR(a, notFollowedBy(seq(emit(seq(b, comma)), a))),
      skipR(b, many(attempt(seq(runOfAs, comma)))),
    ),
    inputs: ["a,", "aab", "aaba,aa", "aab,b", "ab"],
  },
  {
    name: "slices of one leaf",
    parser: or(slice(oneOf("aé")), seq(slice(takeWhile1("b")), slice(noneOf("b")))),
    inputs: ["a", "bbc", "bb", "", "é"],
  },
  { name: "the end", parser: or(seq(a, eof), seq(b, eof)), inputs: ["a", "aa", "b", "c"] },
  {
    name: "subroutines",
    parser: seq(shared, shared, many(shared), skipMany(shared)),
    inputs: ["a  a a ", "a ab", "a"],
  },
  {
    name: "JSON",
    parser: json,
    inputs: [
      ' { "a" : [ 1 , -2.5e3 , {} ] , "\\u00e9" : [true, false, null] } ',
      '{"a":1,}',
      "[[1,2],[3 4]]",
      '{"a"',
      "[]",
    ],
  },
  {
    name: "what is judged, framed and checked",
    parser: seq(
      checkpoint(a),
      frame("f", opt(attempt(refused))),
      or(attempt(seq(frame("g", many(frame("h", b))), comma)), frame("i", many(b))),
    ),
    inputs: ["axbb,", "aybb,", "abbb", "a", "b", "axbbc"],
  },
  {
    name: "numbers that are judged",
    parser: sepBy(or(number, skipL(a, integer)), comma),
    inputs: ["1,-2.50,a+7,1e3", "0,007", "1.,2", "a-"],
  },
  {
    name: "numbers that are refused",
    parser: sepBy(or(number, skipL(a, integer)), comma),
    inputs: ["1,1e999", "a99999999999999999,1"],
    ownWords: true,
  },
  {
    name: "a state that is taken back",
    parser: layout(
      sepBy1(seq(identifier, opt(seq(...block, identifier, layoutToken("dedent")))), layoutToken("newline")),
    ),
    inputs: ["a\n  b\nc\n", "\n a\n\n b", "a\n  b\n c", "a\n\tb\n        c", "a b"],
    ownWords: true,
  },
  {
    name: "a literal",
    parser: seq(stringLit, opt(charLit)),
    inputs: ["\"a\\n\\ud83d\\ude00\"'x'", '"a', '"\\q"', '"a\n"', "\"\"'ab'"],
    ownWords: true,
  },
  {
    name: "a leaf that is reported in trivia, and leaves in leaves",
    parser: seq(
      many(lexeme(or(keyword("a", noted), token("two", token("b twice", seq(refused, b)), noted)), noted)),
      opt(notFollowedBy(lexeme(a, noted))),
    ),
    inputs: ["a [[]b] xb", "a [[", "ab", "y", "xb[", "x", "a[,"],
  },
  {
    name: "recoveries",
    parser: manyTill(
      recover(seq(emit(a), cut(or(recover(skipR(b, a), comma, "inner"), oneOf("é😀"))), string(";")), string(";"), "?"),
      eof,
    ),
    inputs: ["aé;a😀;", "axx;ab;", "abxx,;x;aé;", "ab", "abx😀", "a😀x", "", ";;"],
    recovers: true,
  },
  {
    name: "what is skipped behind a value that is emitted",
    parser: each(
      rule(
        "item",
        choice([
          seq(string("("), rule("in", lexeme(a, trivia({ line: [], block: [{ start: "[", end: "]" }], space: " " })))),
          skipR(b, opt(comma)),
          skipR(choice([lexeme(string("x")), string("y")]), many(string(";"))),
        ]),
      ),
    ),
    inputs: ["(a b,x  y;;b", "(a [x]x;", "(a [x", "b(a[x]!", "y;", "x ", "xy", ""],
  },
  {
    name: "what is traced",
    parser: many(
      or(
        attempt(rule("two", seq(trace(a), trace(emit(b), "b"), comma))),
        trace(seq(a, lookahead(rule("seen", string("b"))), opt(trace(string("bb")))), "one"),
      ),
    ),
    inputs: ["ab,abb", "abab,", "ab,ac", "a", ""],
    traces: true,
  },
  {
    name: "what is counted, and looked at behind every few units",
    parser: many(
      or(
        attempt(seq(nested, string("!"))),
        or(
          seq(notFollowedBy(seq(many(a), b)), slice(many(a)), comma),
          lookahead(seq(nested, comma)).skipL(nested).skipR(comma),
        ),
      ),
    ),
    inputs: ["[[a]]!aa,[a],", "[[ab", "aaa,[[]!", "aab", "[a],[[[a]]]!", ""],
    limits: { maxTokenUnits: 3, maxBufferedUnits: 9, maxSteps: 200, maxDepth: 5 },
  },
  { name: "rounds that must come", parser: manyTill(seq(a, cutHere()), comma), inputs: ["aa,", "ab", "b", ""] },
  {
    name: "what is made when it is entered",
    parser: many(
      andThen(a, () =>
        lazy(() =>
          or(
            b,
            seq(
              string("c"),
              lazy(() => b),
            ),
          ),
        ),
      ),
    ),
    inputs: ["", "ab", "abacb", "acc", "aba"],
  },
  { name: "recursion to the left", parser: or(a, leftRecursive), inputs: ["a", "b", ""] },
];
