// Rules 1 to 4, 8 and 9: scopes, what was expected, leaves, look-ahead, dispatch, and what is fatal.
import test from "ava";
import {
  andThen,
  as,
  attempt,
  choice,
  cut,
  cutHere,
  emit,
  expect,
  fail,
  failed,
  label,
  lazy,
  lookahead,
  many,
  many1,
  map,
  matched,
  notFollowedBy,
  ok,
  opt,
  or,
  type Parser,
  primitive,
  repeat,
  rule,
  sepBy,
  seq,
  slice,
} from "../../src/index.ts";
import { identifier, lexeme, oneOf, string, symbol, takeWhile, takeWhile1 } from "../../src/lex/index.ts";
import { emits, failsEmpty, failsForGood, gives, isFatal, partly, refuses } from "./_reply.ts";

const [a, b, c, y, z] = [string("a"), string("b"), string("c"), string("y"), string("z")];

test("1: a cut inside an opt doesn't get out", (t) => {
  gives(t, or(seq(opt(cutHere()), y), z), "z", "z");
});

test("1: a rule, label, map and andThen open no scope", (t) => {
  refuses(t, or(seq(rule("r", cutHere()), y), z), "z", 0, ["token:y"]);
  failsForGood(t, seq(label("l", cutHere()), y), "z");
  failsForGood(
    t,
    seq(
      map(cutHere(), () => 1),
      y,
    ),
    "z",
  );
  failsForGood(
    t,
    seq(
      andThen(ok(1), () => cutHere()),
      y,
    ),
    "z",
  );
  failsForGood(t, seq(seq(cutHere()), y), "z");
});

test("1: attempt, look-ahead and notFollowedBy win over a cut inside them", (t) => {
  gives(t, or(attempt(seq(a, cutHere(), b)), string("ac")), "ac", "ac");
  gives(t, or(attempt(seq(a, cut(b))), string("ac")), "ac", "ac");
  failsEmpty(t, lookahead(seq(cutHere(), b)), "a");
  gives(t, seq(notFollowedBy(seq(cutHere(), b)), a), "a", [undefined, "a"]);
});

test("1: an iteration that is cut fails for good", (t) => {
  refuses(t, many(cut(a)), "a", 1, ["token:a"]);
  failsForGood(t, many(cut(a)), "");
});

test("1: each of these opens a scope, and a success in it leaves the outer one as it was", (t) => {
  const scopes: Parser<unknown>[] = [
    or(cutHere(), fail()),
    or(fail(), cutHere()),
    opt(cutHere()),
    repeat(cutHere(), 2, 2),
    attempt(cutHere()),
    lookahead(cutHere()),
    notFollowedBy(seq(cutHere(), fail())),
    cut(ok(1)),
    cut(cutHere()),
  ];
  // Nothing is read, so only a commit would keep the second alternative away.
  for (const scope of scopes) gives(t, or(seq(scope, z), a), "a", "a");
});

test("1: cutHere commits what follows in its scope, cut only what is inside", (t) => {
  failsForGood(t, seq(cutHere(), opt(b), z), "a");
  failsEmpty(t, seq(cut(opt(b)), z), "a");
  failsForGood(t, cut(z), "a");
  failsForGood(t, expect("a letter", z), "a");
});

test("1: a committed failure stays one on its way out", (t) => {
  failsForGood(t, or(opt(seq(cutHere(), z)), b), "b");
  failsForGood(t, many(opt(many1(cut(z)))), "b");
  failsForGood(t, rule("r", label("l", cut(or(z, y)))), "b");
});

test("1: the last alternative is a scope as well", (t) => {
  gives(t, or(seq(or(z, cutHere()), y), b), "b", "b");
  failsForGood(t, or(z, seq(cutHere(), y)), "b");
});

test("2: the farther failure counts", (t) => {
  refuses(t, choice([attempt(seq(a, b, c)), attempt(seq(a, c)), b]), "abx", 2, ["token:c"]);
  refuses(t, seq(opt(attempt(seq(a, b))), c), "ax", 1, ["token:b"]);
});

test("2: failures at one offset are united, given up on or not", (t) => {
  const list = seq(symbol("["), sepBy(lexeme(takeWhile1("0123456789")), symbol(",")), symbol("]"));
  refuses(t, list, "[1 2]", 3, ["token:,", "token:]"]);
  refuses(t, seq(opt(a), many(b), or(c, z)), "x", 0, ["token:a", "token:b", "token:c", "token:z"]);
});

test("2: a cut starts what is expected anew", (t) => {
  refuses(t, seq(opt(a), cutHere(), b), "x", 0, ["token:b"]);
  refuses(t, seq(opt(a), cut(b)), "x", 0, ["token:b"]);
  refuses(t, seq(opt(a), cutHere(), opt(b), c), "x", 0, ["token:b", "token:c"]);
});

test("2: a farther record survives a cut", (t) => {
  refuses(t, seq(opt(attempt(seq(a, b))), cutHere(), c), "ax", 1, ["token:b"]);
});

test("2: a successful look-ahead, notFollowedBy and trivia record nothing", (t) => {
  refuses(t, seq(lookahead(seq(opt(b), a)), c), "a", 0, ["token:c"]);
  refuses(t, seq(notFollowedBy(b), c), "a", 0, ["token:c"]);
  refuses(t, seq(lexeme(a), b), "a  c", 3, ["token:b"]);
  refuses(t, seq(takeWhile("a"), b), "aac", 2, ["token:b"]);
});

const leaf = primitive({
  name: "an x",
  scan: ({ text, from }) => (text.startsWith("xy", from) ? matched("xy", from + 2) : failed()),
});

test("3: leaves fail empty, reported at their start", (t) => {
  const leaves: readonly (readonly [parser: Parser<unknown>, input: string, expected: string])[] = [
    [string("abc"), "abx", "token:abc"],
    [symbol("abc"), "abx", "token:abc"],
    [identifier, "1", "rule:identifier"],
    [oneOf("ab"), "x", "class:ab"],
    [takeWhile1("ab"), "x", "class:ab"],
    [leaf, "xz", "custom:an x"],
  ];
  for (const [parser, input, expected] of leaves) {
    failsEmpty(t, parser, input);
    refuses(t, parser, input, 0, [expected]);
    refuses(t, seq(y, parser), `y${input}`, 1, [expected]);
  }
});

test("3: so texts with a common beginning are alternatives", (t) => {
  gives(t, or(string("ab"), string("ac")), "ac", "ac");
  gives(t, or(symbol("if("), identifier), "if", "if");
});

test("3: a text that meets the end of input fails at its start", (t) => {
  refuses(t, string("abc"), "ab", 0, ["token:abc"]);
  failsEmpty(t, string("abc"), "ab");
});

test("4: look-ahead gives the value and reads nothing", (t) => {
  gives(t, seq(lookahead(seq(a, b)), a), "ab", [["a", "b"], "a"], partly);
});

test("4: however it fails, look-ahead fails empty at its start and keeps how far it got", (t) => {
  failsEmpty(t, lookahead(seq(a, b)), "ac");
  failsEmpty(t, lookahead(cut(b)), "ac");
  refuses(t, lookahead(seq(a, b)), "ac", 1, ["token:b"]);
  gives(t, or(lookahead(seq(a, b)), string("ac")), "ac", "ac");
});

test("4: notFollowedBy succeeds when it fails in any way", (t) => {
  gives(t, seq(notFollowedBy(seq(a, b)), a), "a", [undefined, "a"]);
  gives(t, seq(notFollowedBy(cut(b)), a), "a", [undefined, "a"]);
  refuses(t, notFollowedBy(a), "a", 0, ["not"]);
  failsEmpty(t, notFollowedBy(seq(cutHere(), a)), "a");
});

test("4: emissions inside are dropped", (t) => {
  emits(t, seq(lookahead(emit(a)), emit(a)), "a", ["a"]);
  emits(t, seq(notFollowedBy(seq(emit(a), b)), emit(a)), "a", ["a"]);
});

test("8: a choice that dispatches expects what every alternative expects", (t) => {
  const words = ["if", "else", "elif", "for", "fn", "while", "é", "😀"];
  const choices = choice(words.map((word) => string(word)));
  for (const word of words) gives(t, choices, word, word);
  refuses(
    t,
    choices,
    "x",
    0,
    words.map((word) => `token:${word}`),
  );
  refuses(
    t,
    choices,
    "",
    0,
    words.map((word) => `token:${word}`),
  );
  refuses(
    t,
    choices,
    "ef",
    0,
    words.map((word) => `token:${word}`),
  );
});

test("8: the order counts where alternatives overlap", (t) => {
  gives(t, choice([string("a"), string("ab"), oneOf("abc"), string("d")]), "a", "a");
  refuses(t, choice([string("a"), string("ab")]), "ab", 1, ["eof"], {});
  gives(t, choice([attempt(seq(a, b)), oneOf("xyz"), attempt(seq(a, c))]), "ac", ["a", "c"]);
});

test("8: what can run before the first character is not dispatched away", (t) => {
  failsForGood(t, choice([a, b, seq(cutHere(), c)]), "x");
  gives(t, choice([a, seq(ok(1), b), z]), "z", "z");
  gives(t, choice([a, as(ok(1), 2), z]), "z", 2, partly);
  emits(t, choice([a, seq(emit(ok(1)), cutHere(), b), z]), "z", [1]);
  refuses(t, choice([a, seq(opt(y), b), seq(lookahead(c), c)]), "x", 0, ["token:a", "token:y", "token:b", "token:c"]);
});

test("9: a repetition that succeeds without reading is fatal, wherever it stands", (t) => {
  const spin = many(opt(a));
  const around: readonly ((p: Parser<unknown>) => Parser<unknown>)[] = [
    (p) => p,
    (p) => or(p, ok(1)),
    (p) => opt(p),
    (p) => attempt(p),
    (p) => or(lookahead(p), ok(1)),
    (p) => notFollowedBy(p),
    (p) => many(p),
    (p) => slice(p),
  ];
  for (const put of around) isFatal(t, put(spin), "aab", "E3001", 2);
});

test("9: so is left recursion that is turned off", (t) => {
  const left: Parser<unknown> = rule(
    "left",
    lazy(() => or(seq(left, a), a)),
  );
  isFatal(t, or(attempt(left), ok(1)), "a", "E4001", 0, { leftRecursion: "off" });
});
