// Grammars with inputs of any length: long tokens, long lines, long attempts, nests.
import { json } from "../../src/formats/json.ts";
import {
  attempt,
  between,
  checkpoint,
  choice,
  each,
  emit,
  frame,
  label,
  lazy,
  lookahead,
  many,
  many1,
  notFollowedBy,
  ok,
  opt,
  or,
  type Parser,
  type RunConfig,
  recover,
  repeat,
  rule,
  sepBy,
  seq,
  skipL,
  skipMany,
  slice,
  spanned,
} from "../../src/index.ts";
import {
  lengthPrefixed,
  takeBytes,
  uint8,
  uint16be,
  uint64be,
  uleb128,
  utf8,
  within,
} from "../../src/lex/binary/index.ts";
import {
  anyChar,
  grapheme,
  identifier,
  layout,
  layoutToken,
  lexeme,
  lineEnding,
  number,
  oneOf,
  regex,
  string,
  stringNoCase,
  takeCodepoints,
  takeUntil,
  takeWhile,
  takeWhile1,
  till,
  trivia,
} from "../../src/lex/index.ts";
import { precedence } from "../../src/op/index.ts";
import { runOfAs } from "../reference/own-leaves.ts";

export interface LongInput {
  readonly name: string;
  readonly parser: (n: number) => Parser<unknown, unknown>;
  readonly input: (n: number) => string | Uint8Array;
  /** Whether the input is matched. */
  readonly ok: boolean;
  readonly config?: RunConfig;
}

const same = (parser: Parser<unknown, unknown>) => () => parser;
const nested = <E = never>(
  wrap: (inner: Parser<unknown, E>) => Parser<unknown, E>,
  end: Parser<unknown>,
): Parser<unknown, E> => {
  const parser: Parser<unknown, E> = or(wrap(lazy(() => parser)), end);
  return parser;
};
const indented = <T>(p: Parser<T>): Parser<unknown> => seq(layoutToken("indent"), p, layoutToken("dedent"));
const lineWithBlock = seq(string("a"), indented(string("b")));
const as = (n: number): string => "a".repeat(n);

const noted = trivia({
  line: [],
  block: [
    { start: "/*", end: "*/" },
    { start: "(*", end: "*)", nested: true },
  ],
});

export const longInputs: readonly LongInput[] = [
  { name: "one long token", parser: same(takeWhile("a")), input: as, ok: true },
  {
    name: "one long token of wide characters",
    parser: same(takeWhile1("é😀")),
    input: (n) => "é😀".repeat(n / 2),
    ok: true,
  },
  { name: "one long identifier", parser: same(identifier), input: as, ok: true },
  { name: "one long leaf of one's own", parser: same(runOfAs), input: as, ok: true },
  { name: "one long string literal", parser: same(json), input: (n) => `"${as(n)}"`, ok: true },
  { name: "a string literal all of escapes", parser: same(json), input: (n) => `"${"\\n".repeat(n / 2)}"`, ok: true },
  { name: "one long number", parser: same(json), input: (n) => "1".repeat(n), ok: true },
  { name: "a long fixed text", parser: (n) => string(as(n)), input: as, ok: true },
  {
    name: "a long fixed text that fails at its end, with another after it",
    parser: (n) => or(string(`${as(n)}b`), string(`${as(n)}c`)),
    input: (n) => `${as(n)}c`,
    ok: true,
  },
  { name: "one long line of single characters", parser: same(many(anyChar)), input: as, ok: true },
  { name: "one long line with a span each", parser: same(many(spanned(anyChar))), input: as, ok: true },
  {
    name: "one long line of wide characters with a span each",
    parser: same(many(spanned(anyChar))),
    input: (n) => "é漢".repeat(n / 2),
    ok: true,
  },
  { name: "one long line without an end", parser: same(seq(many(oneOf("a")), lineEnding)), input: as, ok: false },
  { name: "a pattern that nests repetitions", parser: same(regex(/(?:a+)+b/u)), input: (n) => `${as(n)}b`, ok: true },
  { name: "a pattern that fails at its end", parser: same(regex(/(?:a+)+b/u)), input: as, ok: false },
  {
    name: "a pattern that looks far past its match",
    parser: same(seq(regex(/a(?:a*b)?/u), takeWhile("a"))),
    input: as,
    ok: true,
  },
  {
    name: "up to a text that comes",
    parser: same(seq(takeUntil("aab"), string("aab"))),
    input: (n) => `${as(n)}b`,
    ok: true,
  },
  { name: "up to a text that doesn't", parser: same(takeUntil("aab")), input: as, ok: false },
  { name: "many bytes", parser: (n) => takeBytes(n), input: (n) => new Uint8Array(n), ok: true },
  { name: "too few bytes", parser: (n) => takeBytes(n + 1), input: (n) => new Uint8Array(n), ok: false },
  { name: "small numbers", parser: same(skipMany(uint64be)), input: (n) => new Uint8Array(n), ok: true },
  {
    name: "numbers of any width",
    parser: same(skipMany(uleb128)),
    input: (n) =>
      new Uint8Array(n)
        .fill(0x81)
        .fill(0, n - 1)
        .map((b, i) => (i % 3 === 2 ? 1 : b)),
    ok: true,
  },
  {
    name: "many bytes behind their length",
    parser: same(lengthPrefixed(uint16be)),
    input: (n) => new Uint8Array(n).fill((n - 2) >> 8, 0, 1).fill((n - 2) & 255, 1, 2),
    ok: true,
  },
  { name: "a long text among bytes", parser: (n) => utf8(n), input: (n) => new Uint8Array(n).fill(97), ok: true },
  { name: "one long frame", parser: (n) => within(n, skipMany(uint8)), input: (n) => new Uint8Array(n), ok: true },
  {
    name: "one long frame that is not filled",
    parser: (n) => within(n + 1, many(uint8)),
    input: (n) => new Uint8Array(n),
    ok: false,
  },
  {
    name: "small frames in frames, the outermost too long to be here",
    parser: same(
      or(attempt(within(2 ** 40, each(within(4, seq(within(2, uint16be), within(2, many(uint8))))))), skipMany(uint8)),
    ),
    input: (n) => new Uint8Array(n),
    ok: true,
  },
  {
    name: "a long attempt that fails at its end",
    parser: same(or(attempt(seq(many(oneOf("a")), string("b"))), skipMany(oneOf("ac")))),
    input: (n) => `${as(n)}c`,
    ok: true,
  },
  {
    name: "a long attempt that fails at its end, of one token",
    parser: same(or(attempt(seq(takeWhile("a"), string("b"))), takeWhile("ac"))),
    input: (n) => `${as(n)}c`,
    ok: true,
  },
  {
    name: "a long look ahead, and one that fails",
    parser: same(
      seq(lookahead(skipMany(oneOf("a"))), notFollowedBy(seq(takeWhile("a"), string("b"))), takeWhile("ac")),
    ),
    input: (n) => `${as(n)}c`,
    ok: true,
  },
  { name: "a long slice", parser: same(slice(many(oneOf("a")))), input: as, ok: true },
  {
    name: "small records",
    parser: same(each(seq(identifier, string("="), spanned(takeWhile1("0123456789"))).skipR(lineEnding))),
    input: (n) => "ab=01\n".repeat(n / 8),
    ok: true,
  },
  { name: "checkpoints", parser: same(many(checkpoint(seq(oneOf("a"), oneOf("a"))))), input: as, ok: true },
  { name: "named frames", parser: same(many(frame("f", seq(oneOf("a"), oneOf("a"))))), input: as, ok: true },
  { name: "a list in a named frame", parser: same(frame("f", many(oneOf("a")))), input: as, ok: true },
  { name: "small attempts", parser: same(many(attempt(seq(oneOf("a"), oneOf("a"))))), input: as, ok: true },
  { name: "one attempt around a list", parser: same(attempt(many(oneOf("a")))), input: as, ok: true },
  {
    name: "a list with separators",
    parser: same(sepBy(oneOf("a"), string(","))),
    input: (n) => `${"a,".repeat(n / 2)}a`,
    ok: true,
  },
  {
    name: "operators",
    parser: same(
      precedence(oneOf("ab").map((letter) => letter.length))
        .level((l) => l.prefix(string("-").as((x) => -x)))
        .level((l) => l.infixl(string("+").as((x, y) => x + y)))
        .build(),
    ),
    input: (n) => `${"a+-".repeat(n / 4)}a`,
    ok: true,
  },
  {
    name: "recoveries",
    parser: same(many1(recover(seq(oneOf("a"), string(";")), string(";"), "?"))),
    input: (n) => "ab;".repeat(n / 4),
    ok: false,
    config: {
      extensions: { recover: { mode: "collect" } },
      mergeWarnings: false,
      limits: { maxDiagnostics: Number.POSITIVE_INFINITY },
    },
  },
  { name: "counted iterations", parser: (n) => repeat(oneOf("a"), 1, 2 * n), input: as, ok: true },
  {
    name: "emitted values that are held",
    parser: same(attempt(each(seq(oneOf("a"), opt(attempt(seq(oneOf("b"), string("c")))))))),
    input: as,
    ok: true,
  },
  {
    name: "values emitted on the way into a nest of rules",
    parser: same(nested<unknown>((inner) => rule("r", seq(string("("), emit(ok(1)), inner, string(")"))), string("x"))),
    input: (n) => `${"(".repeat(n / 2)}x${")".repeat(n / 2)}`,
    ok: true,
  },
  {
    name: "values emitted in recursion to the right",
    parser: same(nested<unknown>((inner) => rule("r", seq(emit(string("a")), inner)), string("x"))),
    input: (n) => `${as(n)}x`,
    ok: true,
  },
  {
    name: "values emitted in a nest of recoveries",
    parser: same(
      nested<unknown>(
        (inner) => recover(seq(string("("), emit(ok(1)), inner, string(")")), string(")"), 0),
        string("x"),
      ),
    ),
    input: (n) => `${"(".repeat(n / 2)}x${")".repeat(n / 2)}`,
    ok: true,
    config: { extensions: { recover: { mode: "collect" } } },
  },
  {
    name: "a value that is held while a nest is attempted",
    parser: same(opt(seq(emit(ok(1)), attempt(json)))),
    input: (n) => `${"[".repeat(n / 4)}${"1, ".repeat(n / 8)}[]${"]".repeat(n / 4)}`,
    ok: true,
  },
  { name: "small tokens, gathered", parser: same(json), input: (n) => `[${"1,".repeat(n / 2)}1]`, ok: true },
  {
    name: "numbers that are judged",
    parser: same(many(skipL(string(","), number))),
    input: (n) => ",-1.5e1".repeat(n / 8),
    ok: true,
  },
  {
    name: "lines of blocks",
    parser: same(layout(seq(lineWithBlock, skipMany(seq(layoutToken("newline"), lineWithBlock))))),
    input: (n) => "a\n b\n".repeat(n / 8),
    ok: true,
  },
  {
    name: "blocks in blocks",
    parser: same(layout(nested<never>((inner) => seq(string("a"), indented(inner)), string("x")))),
    input: (n) => {
      const deep = Math.floor(Math.sqrt(n));
      return `${Array.from({ length: deep }, (_, i) => `${" ".repeat(i)}a\n`).join("")}${" ".repeat(deep)}x`;
    },
    ok: true,
  },
  { name: "a nest", parser: same(json), input: (n) => "[".repeat(n / 2) + "]".repeat(n / 2), ok: true },
  { name: "a nest that is not closed", parser: same(json), input: (n) => "[".repeat(n), ok: false },
  {
    name: "a nest of objects",
    parser: same(json),
    input: (n) => `${'{"a":'.repeat(n / 8)}1${"}".repeat(n / 8)}`,
    ok: true,
  },
  {
    name: "a nest of spans",
    parser: same(nested((inner) => spanned(seq(string("("), inner, string(")"))), string("x"))),
    input: (n) => `${"(".repeat(n / 2)}x${")".repeat(n / 2)}`,
    ok: true,
  },
  {
    name: "a nest without a commit",
    parser: same(nested((inner) => seq(string("("), inner, string(")")), string("x"))),
    input: (n) => `${"(".repeat(n / 2)}x${")".repeat(n / 2)}`,
    ok: true,
  },
  {
    name: "a nest of attempts",
    parser: same(nested((inner) => attempt(seq(string("("), inner, string(")"))), string("x"))),
    input: (n) => `${"(".repeat(n / 2)}x${")".repeat(n / 2)}`,
    ok: true,
  },
  {
    name: "prefix operators",
    parser: same(nested((inner) => skipL(string("-"), inner), string("x"))),
    input: (n) => `${"-".repeat(n)}x`,
    ok: true,
  },
  {
    name: "recursion to the right by rules",
    parser: same(nested((inner) => rule("r", seq(string("a"), inner)), string("x"))),
    input: (n) => `${as(n)}x`,
    ok: true,
  },
  {
    name: "recursion to the right by labels",
    parser: same(nested((inner) => label("l", seq(oneOf("ab"), inner)), string("x"))),
    input: (n) => `${as(n)}x`,
    ok: true,
  },
  {
    name: "recursion to the right by lists",
    parser: same(nested((inner) => seq(oneOf("ab"), many(inner)), string("x"))),
    input: (n) => `${as(n)}x`,
    ok: true,
  },
  {
    name: "recursion to the right inside brackets",
    parser: same(
      between(
        string("<"),
        nested((inner) => rule("r", seq(oneOf("a"), inner)), string("x")),
        string(">"),
      ),
    ),
    input: (n) => `<${as(n)}x>`,
    ok: true,
  },
  {
    name: "a choice at every character, tried in order",
    parser: same(
      many(choice([attempt(seq(oneOf("ab"), string("-"))), attempt(seq(oneOf("ab"), string("+"))), oneOf("ab")])),
    ),
    input: as,
    ok: true,
  },
  { name: "so many characters", parser: takeCodepoints, input: (n) => "é😀".repeat(n / 2), ok: true },
  { name: "a text in any case", parser: (n) => stringNoCase(as(n)), input: (n) => as(n).toUpperCase(), ok: true },
  { name: "up to a line end", parser: same(seq(till(lineEnding), lineEnding)), input: (n) => `${as(n)}\r\n`, ok: true },
  {
    name: "up to what may begin anywhere",
    parser: same(till(seq(string("a"), string("b")))),
    input: (n) => `${as(n)}`,
    ok: false,
  },
  { name: "grapheme clusters", parser: same(skipMany(grapheme)), input: (n) => "e\u0301a\r\n".repeat(n / 4), ok: true },
  {
    name: "one long comment",
    parser: same(lexeme(string("x"), noted)),
    input: (n) => `x/*${"* ".repeat(n / 2)}*/`,
    ok: true,
  },
  { name: "one that is not closed", parser: same(lexeme(string("x"), noted)), input: (n) => `x/*${as(n)}`, ok: false },
  {
    name: "comments in each other",
    parser: same(lexeme(string("x"), noted)),
    input: (n) => `x${"(*".repeat(n / 4)}${"*)".repeat(n / 4)}`,
    ok: true,
  },
  {
    name: "comments in each other that are not closed",
    parser: same(lexeme(string("x"), noted)),
    input: (n) => `x${"(*".repeat(n / 2)}`,
    ok: false,
  },
];
