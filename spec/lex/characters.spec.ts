// Characters: texts in any case, so many of them, those up to somewhere, the next one, and what Unicode says of them.
import test from "ava";
import fc from "fast-check";
import { nodeOf } from "../../src/grammar/parser.ts";
import { attempt, choice, lazy, many, map, notFollowedBy, ok, or, type Parser, run, seq } from "../../src/index.ts";
import {
  anyChar,
  keyword,
  leading,
  lineEnding,
  oneOf,
  peekChar,
  string,
  stringNoCase,
  symbol,
  takeCodepoints,
  takeWhile1,
  till,
  trivia,
  unicodeCategory,
  unicodeProperty,
  unicodeScript,
} from "../../src/lex/index.ts";
import { CLOSED, resume, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { size } from "../_size.ts";
import { told } from "./_told.ts";

// stringNoCase

test("a text in any case, as it was written", (t) => {
  const result = everyWay(t, stringNoCase("Select"), "sELECT");
  t.is(result.value, "sELECT");
  t.deepEqual(told(everyWay(t, stringNoCase("select"), "selekt")), ['E1001 0-0 expected "select"']);
  t.true(everyWay(t, or(stringNoCase("ab"), string("Ac")), "Ac").ok);
  t.is(run(stringNoCase(""), "").value, "");
});

const pairs: readonly (readonly [text: string, other: string, same: boolean])[] = [
  ["ΣΑΣ", "σας", true],
  ["k", "\u212a", true],
  ["\u212a", "k", true],
  ["s", "\u017f", true],
  ["ß", "ẞ", true],
  ["ß", "ss", false],
  ["µ", "μ", true],
  ["Å", "\u212b", true],
  ["i", "ı", false],
  ["i", "İ", false],
  ["é", "É", true],
  ["é", "e\u0301", false],
  ["𐐀", "𐐨", true],
  ["Ꭰ", "ꭰ", true],
  ["1.-", "1.-", true],
  ["-", "m", false],
];

for (const [text, other, same] of pairs) {
  test(`"${text}" ${same ? "is" : "is not"} "${other}" in another case`, (t) => {
    t.is(everyWay(t, stringNoCase(text), other).ok, same);
  });
}

test("equal are just the characters that a regular expression with the flags iu finds equal", (t) => {
  const letter = fc.constantFrom(..."abksßẞ1Kſσςѐåµ_İıǅ");
  fc.assert(
    fc.property(letter, letter, (a, b) => {
      return run(stringNoCase(a), b).ok === new RegExp(`^${a}$`, "iu").test(b);
    }),
    { seed: 20240229, numRuns: size(100, 1000) },
  );
  t.pass();
});

// takeCodepoints

test("so many characters, pairs whole", (t) => {
  const parser = seq(takeCodepoints(3), takeCodepoints(0), takeCodepoints(1));
  t.deepEqual(everyWay(t, parser, "😀a😀b").value, ["😀a😀", "", "b"]);
  t.deepEqual(everyWay(t, takeCodepoints(2), "\ud83dx").value, "\ud83dx");
  t.deepEqual(told(everyWay(t, takeCodepoints(3), "a😀")), ["E1001 0-0 expected 3 characters"]);
  t.true(everyWay(t, or(takeCodepoints(3), string("ab")), "ab").ok);
});

test("a run that waits asks for as many as are missing", (t) => {
  const outcome = runStream(takeCodepoints(5), "a😀");
  t.is(outcome.kind === "pending" && outcome.demand.minBytes, 3);
});

// till

test("up to a text, which stays", (t) => {
  t.deepEqual(everyWay(t, seq(till(string("-->")), string("-->")), "a--b-->").value, ["a--b", "-->"]);
  t.deepEqual(told(everyWay(t, till(string("-->")), "a--")), ['E1001 3-3 unexpected end of input, expected "-->"']);
});

const ends: readonly (readonly [name: string, end: Parser<unknown>, input: string, text: string])[] = [
  ["a character", oneOf("xy"), "ab😀y", "ab😀"],
  ["a line end", lineEnding, "one\r\n", "one"],
  ["a line end at once", lineEnding, "\n", ""],
  ["one of some texts", choice([string("end"), string("😀!")]), "een😀😀!", "een😀"],
  ["a word", keyword("end"), "ended end", "ended "],
  ["a sequence", seq(string("-"), string(">")), "a--b->", "a--b"],
  ["a recursion", lazy(() => string("]]")), "a]b]]", "a]b"],
  ["what may begin with space", seq(symbol("a"), string("b")), "aa a b", "aa "],
  ["what reads nothing", notFollowedBy(oneOf("ab")), "abba.", "abba"],
  ["nothing at all", ok(1), "x", ""],
];

for (const [name, end, input, text] of ends) {
  test(`up to ${name}, which stays`, (t) => {
    const { value } = everyWay(t, seq(till(end), many(anyChar)), input);
    t.is(value?.[0], text);
    t.is(value?.[1].join(""), input.slice(text.length));
    everyWay(t, till(end), input, { requireEof: false });
  });
}

test("an end that never comes is missed where the input ends", (t) => {
  t.deepEqual(told(everyWay(t, till(lineEnding), "abc")), ["E1001 3-3 unexpected end of input, expected line ending"]);
  t.deepEqual(told(everyWay(t, or(till(oneOf("xy")), string("abc")), "abc")), [
    "E1001 3-3 unexpected end of input, expected one of [xy]",
  ]);
  t.true(everyWay(t, or(attempt(till(oneOf("xy"))), string("abc")), "abc").ok);
});

test("the values of the end are not built", (t) => {
  let built = 0;
  const end = map(string("x").many1(), () => ++built);
  t.deepEqual(everyWay(t, seq(till(end), string("x")), "abcx").value, ["abc", "x"]);
  t.is(built, 0);
});

test("of texts up to texts nested in each other, each part is looked at as often however deep the nest is", (t) => {
  const { constructor: maker } = anyChar as unknown as { constructor: { of(node: unknown): Parser<string> } };
  const looksIn = (depth: number): number => {
    let looks = 0;
    const innermost = new Proxy(nodeOf(oneOf("xy")), {
      get(target, name) {
        if (name === "kind") looks += 1;
        return Reflect.get(target, name);
      },
    });
    let nest: Parser<string> = till(maker.of(innermost));
    for (let i = 0; i < depth; i++) nest = till(seq(string("a"), nest));
    t.is(run(nest, `b${"ab".repeat(depth)}x`, { requireEof: false }).value, "b");
    return looks;
  };
  const [shallow, deep] = [looksIn(10), looksIn(3000)];
  t.true(deep <= shallow + 5, `${shallow} looks at the innermost part, in a deep nest ${deep}`);
});

test("where the end begins with space, the space in force decides", (t) => {
  const block = trivia({ line: [], block: [{ start: "/*", end: "*/" }] });
  const closing = leading(symbol("]"));
  const list = seq(till(closing), closing, string("!"));
  t.deepEqual(everyWay(t, list, "ab  ] !").value, ["ab", "]", "!"]);
  t.deepEqual(everyWay(t, list.withSpace(block), "ab/**/]/**/!").value, ["ab", "]", "!"]);
  t.deepEqual(everyWay(t, seq(till(symbol("]")), symbol("]")).withSpace(block), "a/**/b]/**/").value, ["a/**/b", "]"]);
});

// peekChar

test("the next character stays", (t) => {
  t.deepEqual(everyWay(t, seq(peekChar, takeWhile1("😀a"), peekChar), "😀a").value, ["😀", "😀a", undefined]);
  t.deepEqual(told(everyWay(t, seq(peekChar, string("b")), "a")), ['E1001 0-0 expected "b"']);
  const outcome = runStream(peekChar, "", { requireEof: false });
  t.is(outcome.kind, "pending");
  if (outcome.kind !== "pending") return;
  t.is(resume(outcome.continuation, CLOSED).kind, "completed");
});

// what Unicode says

test("characters by category, script and property", (t) => {
  const parser = seq(
    unicodeCategory("Lu"),
    unicodeCategory("Decimal_Number"),
    unicodeScript("Greek"),
    unicodeScript("Cyrl"),
  );
  t.deepEqual(everyWay(t, parser, "É٣λж").value, ["É", "٣", "λ", "ж"]);
  t.is(everyWay(t, unicodeProperty("Emoji_Presentation"), "🚀").value, "🚀");
  t.is(everyWay(t, unicodeProperty("Script_Extensions=Greek"), "\u0342").value, "\u0342");
  t.false(everyWay(t, unicodeScript("Greek"), "a").ok);
});

test("a name that Unicode does not have is refused when the parser is built", (t) => {
  t.throws(() => unicodeCategory("Xx"), { instanceOf: RangeError, message: /no general category "Xx"/ });
  t.throws(() => unicodeCategory("Alphabetic"), { instanceOf: RangeError, message: /"Alphabetic"/ });
  t.throws(() => unicodeScript("Klingon"), { instanceOf: RangeError, message: /no script "Klingon"/ });
  t.throws(() => unicodeProperty("Nice"), { instanceOf: RangeError, message: /no property "Nice"/ });
  t.throws(() => unicodeProperty("L}|."), { instanceOf: RangeError, message: /no property/ });
  t.throws(() => unicodeScript(3 as never), { instanceOf: RangeError, message: /no script 3/ });
});

test("wrong arguments", (t) => {
  t.throws(() => stringNoCase(1 as never), { instanceOf: TypeError, message: /stringNoCase takes a text/ });
  t.throws(() => takeCodepoints(-1), { instanceOf: RangeError, message: /got -1/ });
  t.throws(() => takeCodepoints(1.5), { instanceOf: RangeError });
  t.throws(() => till("x" as never), { instanceOf: TypeError, message: /expected a parser/ });
});
