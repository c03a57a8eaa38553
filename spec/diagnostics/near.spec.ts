// Words of which only the beginning stands where a parse failed: what was probably meant, and the rest of it as a fix-it.
import test, { type ExecutionContext } from "ava";
import { json } from "../../src/formats/json.ts";
import {
  attempt,
  between,
  choice,
  each,
  emit,
  eof,
  hidden,
  label,
  lookahead,
  many,
  notFollowedBy,
  opt,
  type Parser,
  rule,
  run,
  seq,
  skipR,
} from "../../src/index.ts";
import { bytes, within } from "../../src/lex/binary/index.ts";
import { identifier, int10, keyword, lexeme, spaces0, string, stringNoCase, symbol } from "../../src/lex/index.ts";
import { everyWay } from "../_chunks.ts";

/** The notes and fix-its of the only error: a fix-it as `column+text`. */
function told(t: ExecutionContext, parser: Parser<unknown, unknown>, input: string, locale?: string): unknown {
  const { diagnostics } = everyWay(t, parser, input, locale === undefined ? {} : { locale });
  const [{ notes, fixits } = { notes: [], fixits: [] }] = diagnostics;
  t.is(diagnostics.length, 1);
  return [
    ...notes.map(({ message }) => message),
    ...fixits.map(({ span, insert }) => {
      t.deepEqual(span.start, span.end);
      return `${span.start.line}:${span.start.column}+${insert}`;
    }),
  ];
}

test("a word cut short that is emitted", (t) => {
  const words = each(emit(emit(string("abc"))), { sep: string(",") });
  t.deepEqual(told(t, words, "abc,abc,abc,ab"), ["1:15+c"]);
});

test("a word cut short behind a label", (t) => {
  t.deepEqual(told(t, json, '{"ok": tru}'), ['did you mean "true"?', "1:11+e"]);
  t.deepEqual(told(t, json, "[1,\n nul ]"), ['did you mean "null"?', "2:5+l"]);
  t.deepEqual(told(t, json, "fals"), ['did you mean "false"?', "1:5+e"]);
  t.deepEqual(told(t, json, "tr"), ['did you mean "true"?', "1:3+ue"]);
  t.deepEqual(told(t, json, '{"é": fal'), ['did you mean "false"?', "1:10+se"]);
});

test("what is hidden stays hidden", (t) => {
  t.deepEqual(told(t, choice([hidden(string("debug")), string("run")]), "deb "), []);
  t.deepEqual(told(t, label("directive", choice([hidden(string("__internal")), string("include")])), "__int"), []);
  t.deepEqual(told(t, seq(opt(hidden(string("async"))), string("function")), "asy"), []);
  t.deepEqual(told(t, label("directive", choice([hidden(string("inner")), string("include")])), "inclu"), [
    'did you mean "include"?',
    "1:6+de",
  ]);
});

test("what stands there anyway comes first", (t) => {
  t.deepEqual(told(t, json, "[tru"), ["opened here", 'did you mean "true"?', "1:2+]", "1:5+e"]);
});

test("a word that goes on otherwise is named, not completed", (t) => {
  t.deepEqual(told(t, json, "[1, nulk]"), ['did you mean "null"?']);
  t.deepEqual(told(t, json, "[1, nulé]"), ['did you mean "null"?']);
  t.deepEqual(told(t, json, "[1, nul😀]"), ['did you mean "null"?']);
});

test("what agrees too little is not named", (t) => {
  for (const input of ["t", "[1, n]", "[1, nu1l]", "[1, nix]", "[1, fantasy]", "None"]) {
    t.false(JSON.stringify(told(t, json, input)).includes("mean"), input);
  }
  t.deepEqual(told(t, label("type", choice([string("integer"), string("real")])), "in x"), []);
  t.deepEqual(told(t, label("type", choice([string("integer"), string("real")])), "int x"), [
    'did you mean "integer"?',
    "1:4+eger",
  ]);
  t.deepEqual(told(t, choice([string("if"), string("do")]), "i "), []);
  t.deepEqual(told(t, choice([string("<=>"), string("=>")]), "<= "), []);
});

test("the one thing that is expected is not told twice", (t) => {
  t.deepEqual(told(t, string("begin"), "beg in"), ["1:4+in"]);
  t.deepEqual(told(t, keyword("begin"), "begun"), []);
  t.deepEqual(told(t, seq(identifier, string("-begin")), "x-beg"), ["1:6+in"]);
  t.deepEqual(told(t, label("start", string("begin")), "beg in"), ['did you mean "begin"?', "1:4+in"]);
});

test("of several words those that agree farthest", (t) => {
  const words = label("word", choice([string("nullable"), attempt(string("null")), string("nuts"), string("next")]));
  t.deepEqual(told(t, words, "nul"), ['did you mean "nullable" or "null"?']);
  const others = choice(["interval", "integer", "interface", "internal"].map((word) => string(word)));
  t.deepEqual(told(t, others, "inter "), ['did you mean "interval", "interface" or "internal"?']);
  t.deepEqual(told(t, others, "inte "), ['did you mean "interval", "integer" or "interface"?']);
  t.deepEqual(told(t, others, "integ "), ['did you mean "integer"?', "1:6+er"]);
});

test("keywords, in a grammar with names", (t) => {
  const statement = choice([
    keyword("begin").label("statement"),
    seq(keyword("while"), int10),
    seq(identifier, symbol(":="), int10),
  ]);
  t.deepEqual(told(t, seq(keyword("do"), choice([keyword("begin"), keyword("while")])), "do whil 1"), [
    'did you mean "while"?',
    "1:8+e",
  ]);
  // a name may stand there, and what is missing comes behind it
  t.deepEqual(told(t, statement, "begi 1"), []);
  // nothing is said of a word that runs together with what follows: the keyword does that
  t.deepEqual(told(t, keyword("while"), "while1"), ['write a space after "while"']);
});

test("in any case", (t) => {
  const query = label("query", choice([stringNoCase("select"), stringNoCase("update")]));
  t.deepEqual(told(t, query, "SELEC *"), ['did you mean "select"?', "1:6+t"]);
  t.deepEqual(told(t, query, "Upd"), ['did you mean "update"?', "1:4+ate"]);
  t.deepEqual(told(t, query, "ſele"), ['did you mean "select"?', "1:5+ct"]);
});

test("words beyond ASCII", (t) => {
  const word = label("color", choice([string("größer"), string("kleiner")]));
  t.deepEqual(told(t, word, "grö "), ['did you mean "größer"?', "1:4+ßer"]);
  // halves of a pair are left alone
  t.deepEqual(told(t, label("x", choice([string("ab𝒳y"), string("c")])), "ab𝒳"), []);
});

test("looked at is what was compared", (t) => {
  const guarded = label("x", seq(lookahead(string("0")), string("0b1")));
  t.deepEqual(told(t, choice([guarded, string("1")]), "0b2"), []);
  t.deepEqual(told(t, label("x", seq(notFollowedBy(string("n")), string("null"))), "nul"), []);
  t.deepEqual(told(t, label("x", many(string("null"))).skipR(eof), "nulnull"), ['did you mean "null"?']);
  t.deepEqual(told(t, attempt(between(string("("), rule("r", string("null")), string(")"))), "(nul)"), ["1:5+l"]);
});

test("after something else was tried farther on, or in space, nothing", (t) => {
  const call = skipR(choice([lexeme(string("true")), seq(identifier, symbol("("))]), eof);
  t.deepEqual(told(t, spaces0.skipL(call), " tru."), []);
});

test("in Japanese", (t) => {
  t.deepEqual(told(t, json, "[1, tru]", "ja"), ["「true」のことですか", "1:8+e"]);
});

test("bytes are no words", (t) => {
  const [diagnostic] = run(bytes([0x74, 0x72, 0x75, 0x65]), new Uint8Array([0x74, 0x72, 0x75]), {
    input: "binary",
  }).diagnostics;
  t.deepEqual([diagnostic?.notes, diagnostic?.fixits], [[], []]);
});

const text = lexeme(skipR(seq(string('"'), int10), string('"')), spaces0);
const keyed = (key: string) => seq(symbol(key), text);
const entry = seq(keyed("msgid"), opt(keyed("msgid_plural")), keyed("msgstr"));

test("a word that stands there whole, and that the grammar knows, is meant as itself", (t) => {
  const input = 'msgid "1"\nmsgid "2"\nmsgstr "3"\n';
  t.deepEqual(told(t, many(entry), input), []);
  t.deepEqual(told(t, many(entry), 'msgid "1"\nmsgid'), []);
  t.deepEqual(told(t, many(entry), 'msgid "1"\nmsgi "2"\n'), [], "less of msgid is missing");
  t.deepEqual(told(t, many(entry), 'msgid "1"\nmsgid_p "2"\n'), ['did you mean "msgid_plural"?', "2:8+lural"]);
  const statement = choice([keyed("import"), seq(symbol("class"), keyed("implements"))]);
  t.deepEqual(told(t, many(statement), 'class import "1"'), [], "it goes on as another word does");
  t.deepEqual(
    told(t, many(statement), 'class implem "1"'),
    ["2:7+ents"].map((said) => said.replace("2:7", "1:13")),
  );
  t.deepEqual(told(t, seq(symbol("returned"), opt(symbol("retail")), symbol("return")), "returned reta x"), [
    'did you mean "retail"?',
    "1:14+il",
  ]);
});

test("in a frame it is not known what may stand behind a word", (t) => {
  const [diagnostic] = everyWay(t, seq(within(4, string("word")), string(",")), "wor,").diagnostics;
  t.like(diagnostic?.fixits[0], { insert: "d" });
  t.is(diagnostic?.fixits[0]?.likely, undefined);
});

test("the rest of a word is likely only if what stands behind it may follow", (t) => {
  const call = seq(string("print"), string("("), int10, string(")"));
  for (const [input, likely] of [
    ["prin(1)", undefined],
    ["prin;", false],
    ["pri 1", false],
    ["prin", undefined],
  ] as const) {
    const [fixit] = everyWay(t, call, input).diagnostics[0]?.fixits ?? [];
    t.is(fixit?.likely, likely, input);
  }
});
