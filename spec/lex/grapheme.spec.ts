// Grapheme clusters: what Unicode says of them, whole and in pieces.
import { readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import { many, or, run, seq } from "../../src/index.ts";
import { anyChar, grapheme, string } from "../../src/lex/index.ts";
import { CLOSED, parseLoopSync, resume, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";
import { told } from "./_told.ts";

/** Where a platform with a newer Unicode than 15.1 differs: to it U+2701 is no pictograph, which a joiner would join. */
const NEWER: readonly string[] = ["÷ 2701 × 200D × 2701 ÷"];

const lines = readFileSync(inRepository("spec/corpora/unicode/GraphemeBreakTest-15.1.0.txt"), "utf8")
  .split("\n")
  .map((line) => line.replace(/\s*#.*/, ""))
  .filter((line) => line !== "");

function clustersIn(line: string): string[] {
  const clusters = line.split("÷").map((cluster) => cluster.replaceAll("×", " ").trim());
  return clusters.flatMap((cluster) => {
    if (cluster === "") return [];
    return cluster
      .split(/\s+/)
      .map((hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
      .join("");
  });
}

const characters = many(grapheme);

test("GraphemeBreakTest of Unicode 15.1, whole and under every split", (t) => {
  t.true(lines.length > 1000);
  const wrong = lines.filter((line) => {
    const expected = clustersIn(line);
    const text = expected.join("");
    const whole = run(characters, text);
    if (deepEqual(whole.value, expected) !== undefined) return true;
    for (let at = 1; at < text.length; at += 1) {
      const loop = parseLoopSync(characters);
      loop.next();
      loop.next(text.slice(0, at));
      loop.next(text.slice(at));
      const last = loop.next(CLOSED);
      if (!last.done || deepEqual(last.value.result, whole) !== undefined) return true;
    }
    return false;
  });
  t.deepEqual(
    wrong.filter((line) => !NEWER.includes(line)),
    [],
  );
});

test("where a platform is newer, it is what its segmenter says", (t) => {
  const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
  for (const line of NEWER) {
    t.true(lines.includes(line));
    const text = clustersIn(line).join("");
    t.deepEqual(
      run(characters, text).value,
      [...segmenter.segment(text)].map(({ segment }) => segment),
    );
    everyWay(t, characters, text);
  }
});

const texts = [
  "",
  "abc",
  "e\u0301x",
  "\r\n\r\n\n\r",
  "a\r\nb",
  "👩‍🚀👩‍🚀🇯🇵🇯🇵🇯",
  "क्षि각",
  "\u0301a",
  "a\u200db",
  "\ud83dx\ude00",
  "x".repeat(40),
];

for (const text of texts) {
  test(`in pieces as whole: ${JSON.stringify(text)}`, (t) => {
    const { value } = everyWay(t, characters, text);
    t.is(value?.join(""), text);
  });
}

test("one waits until its end is sure", (t) => {
  const kindAfter = (text: string): string => runStream(grapheme, text, { requireEof: false }).kind;
  t.is(kindAfter("e"), "pending");
  t.is(kindAfter("\r"), "pending");
  t.is(kindAfter("ex"), "completed");
  t.is(kindAfter("e\u0301"), "pending");
  t.is(kindAfter("e\u0301x"), "completed");
  const outcome = runStream(grapheme, "e", { requireEof: false });
  if (outcome.kind !== "pending") return t.fail();
  const later = resume(outcome.continuation, "\u0301");
  t.is(later.kind === "pending" && later.continuation.preview().value, "e\u0301");
  return undefined;
});

test("one that is too long is cut as columns count it", (t) => {
  const marks = `a${"\u0301".repeat(2999)}`;
  const { value } = everyWay(t, characters, marks);
  t.deepEqual(
    value?.map((cluster) => cluster.length),
    [1024, 1024, 952],
  );
  const end = run(seq(characters, string("!").opt()), marks).span?.end;
  t.is(end?.column, 4);
  const pairs = `a${"\u{e0101}".repeat(700)}`;
  t.deepEqual(
    everyWay(t, characters, pairs).value?.map((cluster) => cluster.length),
    [1023, 378],
  );
});

test("at the end of the input there is none", (t) => {
  t.deepEqual(told(everyWay(t, grapheme, "")), ["E1001 0-0 unexpected end of input, expected grapheme cluster"]);
  t.true(everyWay(t, or(seq(grapheme, grapheme), anyChar), "").ok === false);
});
