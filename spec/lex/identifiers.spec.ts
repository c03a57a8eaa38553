// Identifiers, and what may deceive in them.
import { readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import { attempt, many, map, or, type Parser, run, seq, skipL } from "../../src/index.ts";
import {
  anyChar,
  asciiIdentifier,
  charSet,
  forbidBidiControls,
  type IdentifierProfile,
  identifier,
  identifierOf,
  lexeme,
  requireNfc,
  reserved,
  string,
  takeWhile1,
  warnConfusable,
} from "../../src/lex/index.ts";
import { lookAlike } from "../../src/lex/tokens/confusables.ts";
import { everyWay } from "../_chunks.ts";
import { fixes, notes, told } from "./_told.ts";

const bidiControls = [..."\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"];

test("identifiers of many scripts", (t) => {
  for (const name of ["x", "_", "größe_2", "日本語", "変数x", "привет", "שלום", "नाम", "𐐀𐐁", "a·b", "π", "Δx"]) {
    const result = everyWay(t, identifier, name);
    t.is(result.value, name);
    t.deepEqual(told(result), [], name);
  }
  for (const wrong of ["", "2a", "-", "\u0301a", "😀", "·"])
    t.deepEqual(
      everyWay(t, identifier, wrong).diagnostics[0]?.expected?.alternatives,
      [{ kind: "rule", text: "identifier" }],
      wrong,
    );
  t.is(everyWay(t, seq(identifier, many(anyChar)), "a-b").value?.[0], "a");
});

test("a bidi control in an identifier, before it or behind it, is an error at its own place", (t) => {
  for (const control of bidiControls) {
    t.true(/\p{Bidi_Control}/u.test(control));
    const result = everyWay(t, lexeme(identifier), `ab${control}c`);
    t.deepEqual(
      result.diagnostics.map(({ code, at }) => [code, at.start.offset, at.end.offset]),
      [["E6001", 2, 3]],
    );
    t.deepEqual(fixes(result), [[2, ""]]);
  }
  const [first] = bidiControls;
  t.is(run(identifier, `${first}ab`).diagnostics[0]?.at.start.offset, 0);
  t.is(run(identifier, `ab${first}`).diagnostics[0]?.at.start.offset, 2);
  t.true(everyWay(t, or(identifier, string(`ab${first}`)), `ab${first}`).ok);
});

test("one that is not composed is an error", (t) => {
  const result = everyWay(t, seq(string("é "), identifier), "é e\u0301te\u0301 ");
  t.is(result.diagnostics[0]?.code, "E6002");
  t.deepEqual([result.diagnostics[0]?.at.start.offset, result.diagnostics[0]?.at.end.offset], [2, 7]);
  t.deepEqual(fixes(result), [[2, "été"]]);
  t.true(everyWay(t, or(identifier, string("e\u0301")), "e\u0301").ok);
});

const deceiving: readonly (readonly [name: string, message: string, note: string])[] = [
  ["pаypal", '"pаypal" looks like "paypal"', '"а" is U+0430, which looks like "a"'],
  ["сор", '"сор" looks like "cop"', '"с" is U+0441, which looks like "c"'],
  ["gօօgle", '"gօօgle" looks like "google"', '"օ" is U+0585, which looks like "o"'],
  ["𝐱", '"𝐱" looks like "x"', '"𝐱" is U+1D431, which looks like "x"'],
  ["ａb", '"ａb" looks like "ab"', '"ａ" is U+FF41, which looks like "a"'],
  ["мeд", '"мeд" mixes scripts whose letters look alike', '"e" is U+0065, which looks like a Cyrillic letter'],
  ["λoγος", '"λoγος" mixes scripts whose letters look alike', '"o" is U+006F, which looks like a Greek letter'],
  ["λоγος", '"λоγος" mixes scripts whose letters look alike', '"о" is U+043E, which looks like a Greek letter'],
  ["мéд", '"мéд" mixes scripts whose letters look alike', '"é" is U+00E9, which looks like a Cyrillic letter'],
  ["Δv", '"Δv" mixes scripts whose letters look alike', '"v" is U+0076, which looks like a Greek letter'],
  ["pay\u180bpal", '"pay\u180bpal" looks like "paypal"', '"\u180b" is U+180B, which is invisible'],
  ["aбe", '"aбe" looks like "a6e"', '"б" is U+0431, which looks like "6"'],
  ["xօժ", '"xօժ" mixes scripts whose letters look alike', '"օ" is U+0585, which looks like "o"'],
];

for (const [name, message, note] of deceiving) {
  test(`"${name}" is warned of`, (t) => {
    const result = everyWay(t, identifier, name);
    t.true(result.ok);
    t.deepEqual(told(result), [`W6101 0-${name.length} ${message}`]);
    t.deepEqual(notes(result), [note]);
  });
}

test("honest words are not", (t) => {
  const honest = [
    "привет",
    "ёж",
    "größe",
    "kırık",
    "cœur",
    "ære",
    "αβγ",
    "λόγος",
    "日本語",
    "Δx",
    "변수",
    "ノート",
    "x̂",
    "naïve",
    "אבג",
    "größ\u200de",
    "نامه\u200cای",
  ];
  for (const name of honest) t.deepEqual(told(run(identifier, name)), [], name);
});

test("a warning is told once, and dropped with its branch", (t) => {
  t.is(everyWay(t, many(lexeme(identifier)), "сор x pаypal").diagnostics.length, 2);
  const parser = or(attempt(seq(identifier, string("!"))), seq(identifier, string("?")));
  t.is(everyWay(t, parser, "сор?").diagnostics.length, 1);
});

test("the table says what Unicode's data say", (t) => {
  const wrong: string[] = [];
  let found = 0;
  for (const line of readFileSync(inRepository("spec/corpora/unicode/confusables-15.0.0.txt"), "utf8").split("\n")) {
    const [, from = "", to = ""] = /^([0-9A-F]+) ;\t([0-9A-F ]+) ;\tMA/.exec(line) ?? [];
    if (from === "") continue;
    const char = String.fromCodePoint(Number.parseInt(from, 16));
    const text = to.split(" ").map((hex) => String.fromCodePoint(Number.parseInt(hex, 16)));
    if (char < "\x80" || !/^\w+$/.test(text.join("")) || !/\p{XID_Continue}/u.test(char)) continue;
    found += 1;
    // of ASCII itself the data say that these four look like others
    const ascii: Readonly<Record<string, string>> = { m: "rn", I: "l", "1": "l", "0": "O" };
    const like = [...(lookAlike(char) ?? "")].map((letter) => ascii[letter] ?? letter).join("");
    if (like !== text.join("")) wrong.push(line);
  }
  t.true(found > 1000);
  t.deepEqual(wrong, []);
  for (const char of "éßλж日😀\u0301") t.is(lookAlike(char), undefined, char);
});

// of one's own

test("identifiers of one's own alphabet", (t) => {
  const kebab = identifierOf({ start: charSet("a-z"), continue: charSet("a-z0-9\\-") });
  t.is(everyWay(t, kebab, "font-size").value, "font-size");
  t.false(everyWay(t, kebab, "-x").ok);
  t.is(everyWay(t, seq(asciiIdentifier, string("öße")), "größe").value?.[0], "gr");
  t.false(everyWay(t, asciiIdentifier, "2").ok);
});

test("the checks are off unless they are asked for", (t) => {
  const any: IdentifierProfile = { start: charSet("\\p{L}"), continue: charSet("\\p{L}\\p{M}\\p{Cf}") };
  const code = (profile: IdentifierProfile, text: string): string | undefined => {
    return everyWay(t, identifierOf(profile), text).diagnostics[0]?.code;
  };
  for (const text of ["a\u202eb", "e\u0301", "pаypal"]) t.is(code(any, text), undefined);
  t.is(code({ ...any, forbidBidi: true }, "a\u202eb"), "E6001");
  t.is(code({ ...any, forbidBidi: true }, "e\u0301"), undefined);
  t.is(code({ ...any, nfcRequired: true }, "e\u0301"), "E6002");
  t.is(code({ ...any, nfcRequired: true }, "a\u202eb"), undefined);
  t.is(code({ ...any, warnConfusable: true }, "pаypal"), "W6101");
  t.is(code({ start: "ab", continue: "ab", forbidBidi: true }, "ab\u202e"), "E6001");
});

// reserved

test("an identifier that is none of the words", (t) => {
  const name = reserved(new Set(["if", "else"]));
  t.is(everyWay(t, name, "iffy").value, "iffy");
  const result = everyWay(t, seq(string("("), name), "(else");
  t.deepEqual(told(result), ['E1001 1-5 "else" is a reserved word']);
  t.deepEqual(result.diagnostics[0]?.expected?.alternatives, [{ kind: "rule", text: "identifier" }]);
  t.true(everyWay(t, or(name, string("if")), "if").ok);
  t.is(
    everyWay(
      t,
      reserved(
        ["IF"],
        map(asciiIdentifier, (text) => text.toUpperCase()),
      ),
      "x",
    ).value,
    "X",
  );
  t.false(
    everyWay(
      t,
      reserved(
        ["IF"],
        map(asciiIdentifier, (text) => text.toUpperCase()),
      ),
      "if",
    ).ok,
  );
  t.is(run(name, "a\u202e").diagnostics[0]?.code, "E6001");
});

// the checks alone

const word = takeWhile1((char) => char !== " ");

test("forbidBidiControls reads nothing", (t) => {
  const text: Parser<unknown> = many(skipL(forbidBidiControls, anyChar));
  t.true(everyWay(t, text, "שלום abc").ok);
  t.true(everyWay(t, forbidBidiControls, "").ok);
  const result = everyWay(t, text, "ab\u2067c");
  t.deepEqual(
    result.diagnostics.map(({ code, at }) => [code, at.start.offset, at.end.offset]),
    [["E6001", 2, 3]],
  );
  t.true(everyWay(t, or(forbidBidiControls, string("\u202e")), "\u202e").ok);
});

test("requireNfc and warnConfusable judge what a parser gives", (t) => {
  t.is(everyWay(t, requireNfc(word), "été").value, "été");
  const result = everyWay(t, seq(requireNfc(word), string(" ")), "e\u0301 ");
  t.is(result.diagnostics[0]?.code, "E6002");
  t.false(everyWay(t, or(requireNfc(word), string("e\u0301")), "e\u0301").ok);
  t.deepEqual(told(everyWay(t, warnConfusable(word), "pаypal")), ['W6101 0-6 "pаypal" looks like "paypal"']);
  t.deepEqual(told(everyWay(t, warnConfusable(word), "paypal")), []);
});

test("wrong arguments", (t) => {
  const bad = (profile: unknown, message: RegExp): void => {
    t.throws(() => identifierOf(profile as IdentifierProfile), { instanceOf: TypeError, message });
  };
  bad(undefined, /identifierOf takes \{ start, continue \}/);
  bad({ start: "a" }, /"continue" is missing/);
  bad({ start: 1, continue: "a" }, /a class of characters/);
  bad({ start: "a", continue: "a", forbidBidi: "yes" }, /true or false for "forbidBidi", got "yes"/);
  t.throws(() => reserved("if" as never), { instanceOf: TypeError, message: /reserved takes a list of words/ });
  t.throws(() => reserved(undefined as never), { instanceOf: TypeError, message: /reserved takes a list of words/ });
  t.throws(() => reserved([1 as never]), { instanceOf: TypeError, message: /got 1 among them/ });
  t.throws(() => requireNfc("x" as never), { instanceOf: TypeError });
  t.throws(() => warnConfusable("x" as never), { instanceOf: TypeError });
});
