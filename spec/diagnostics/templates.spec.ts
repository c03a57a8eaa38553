// Message templates: two languages with the same keys, more by registration, English where one is missing.
import test from "ava";
import { registerTemplates } from "../../src/diagnostics/index.ts";
import { count, either, formatMessage, translated } from "../../src/diagnostics/messages/templates.ts";
import { ENGLISH } from "../../src/diagnostics/messages/templates-en.ts";
import { JAPANESE } from "../../src/diagnostics/messages/templates-ja.ts";
import { run } from "../../src/index.ts";
import { string } from "../../src/lex/index.ts";

const placesOf = (template: string): string[] => [...new Set(template.match(/\{\d+\}/g) ?? [])].sort();

test("both languages have every key, with the same arguments", (t) => {
  t.deepEqual(Object.keys(JAPANESE), Object.keys(ENGLISH));
  for (const [key, template] of Object.entries(JAPANESE)) {
    t.deepEqual(placesOf(template), placesOf(ENGLISH[key as keyof typeof ENGLISH]), key);
  }
});

test("the tables pass the check that registering makes", (t) => {
  t.notThrows(() => registerTemplates("ja", JAPANESE));
  t.notThrows(() => registerTemplates("en", ENGLISH));
});

test("a language of one's own, and English for what it lacks", (t) => {
  registerTemplates("de", { expected: "{0} erwartet", "list.or": "{0} oder {1}" });
  const message = (locale: string): string | undefined =>
    run(string("a").or(string("b")), "x", { locale }).diagnostics[0]?.message;
  t.is(message("de"), '"a" oder "b" erwartet');
  t.is(message("de-AT"), '"a" oder "b" erwartet');
  t.is(message("de_AT.UTF-8"), '"a" oder "b" erwartet');
  t.is(message("tlh"), 'expected "a" or "b"');
  t.is(formatMessage("de", "opened"), "opened here");
  registerTemplates("de-at", { opened: "da aufgemacht" });
  t.is(formatMessage("de-AT", "opened"), "da aufgemacht");
  t.is(formatMessage("de-AT", "expected", "x"), "x erwartet");
});

const refused = test.macro({
  exec(t, locale: string, templates: object, says: RegExp) {
    t.throws(() => registerTemplates(locale, templates as Record<string, string>), {
      instanceOf: TypeError,
      message: says,
    });
    t.is(formatMessage(locale === "" ? "en" : locale, "here"), "here");
  },
  title: (_, locale: string, templates: object) => `refused: ${locale} ${JSON.stringify(templates)}`,
});

test(
  refused,
  "xx",
  { here: "ici", expected: "expected" },
  /"expected" for "xx": it has no arguments, the English one has \{0\}/,
);
test(
  refused,
  "xx",
  { here: "ici", expected: "{0} or {1}" },
  /it has \{0\} and \{1\}, the English one has \{0\}: "expected \{0\}"/,
);
test(refused, "xx", { here: "{0}" }, /the English one has no arguments/);
test(refused, "xx", { "list.or": "{0} {0}" }, /it has \{0\}, the English one has \{0\} and \{1\}/);
test(refused, "xx", { here: "ici", hear: "ici" }, /no such key in English; register it for "en" first/);
test(refused, "xx", { here: 1 }, /it is a string, got 1/);
test(refused, "", { here: "ici" }, /a locale is a language tag/);
test(refused, "en", { "acme.gap": "from {1}" }, /its arguments are not \{0\}/);

test("a key of one's own begins in English", (t) => {
  registerTemplates("en", { "acme.far": "{0} is far from {1}" });
  registerTemplates("ja", { "acme.far": "{0}は{1}から遠い" });
  t.is(formatMessage("ja", "acme.far", "a", "b"), "aはbから遠い");
  t.is(formatMessage("fr", "acme.far", "a", "b"), "a is far from b");
});

test("a key that nobody knows is said as it is", (t) => {
  t.is(formatMessage("ja", "acme.none", "a"), "acme.none a");
});

test("plural by the rules of the language", (t) => {
  registerTemplates("pl", {
    "count.error.one": "{0} błąd",
    "count.error.few": "{0} błędy",
    "count.error.many": "{0} błędów",
    "count.error.other": "{0} błędu",
  });
  t.deepEqual(
    [1, 3, 5].map((n) => count("pl", "count.error", n)),
    ["1 błąd", "3 błędy", "5 błędów"],
  );
  t.deepEqual(
    [1, 2].map((n) => count("ja", "count.error", n)),
    ["エラー1件", "エラー2件"],
  );
  t.deepEqual(
    [0, 1, 2].map((n) => count("!", "count.error", n)),
    ["0 errors", "1 error", "2 errors"],
  );
});

test("lists are joined by the rules of the language", (t) => {
  t.deepEqual(
    [[], ["a"], ["a", "b"], ["a", "b", "c"]].map((names) => either("en", names)),
    ["", "a", "a or b", "a, b or c"],
  );
  t.is(either("ja", ["「a」", "「b」", "「c」"]), "「a」、「b」または「c」");
});

test("a message of the engine is found again in another language", (t) => {
  t.is(translated("opened here", "ja"), "ここで開いています");
  t.is(translated("ここで開いています", "en"), "opened here");
  t.is(translated("malformed UTF-8 at byte 7", "ja"), "バイト位置7のUTF-8が不正です");
  t.is(translated("left recursion: a, b", "ja"), "左再帰です: a, b");
  t.is(translated("left recursion: andThen continues without reading", "ja"), JAPANESE["E4001.andThen"]);
  t.is(translated("the first operator", "ja"), "1つ目の演算子");
  t.is(translated('write a space after "if"', "ja"), "「if」の後に空白を書いてください");
  t.is(translated("an open block begins here, at column 3", "ja"), "開いているブロックがここの3列目から始まっています");
  t.is(translated("something else", "ja"), "something else");
});
