import test from "ava";
import {
  CONTROL,
  FLAG,
  graphemeClass,
  HIGH,
  MARK,
  OTHER,
  PICTURE,
  SIMPLE,
} from "../../src/text/positions/grapheme-class.ts";

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const clusters = (text: string): number => [...segmenter.segment(text)].length;

// For each class: texts around a character, and how many clusters they must have for the class to be right.
const RULES: Record<number, (char: string) => readonly (readonly [string, number])[]> = {
  [SIMPLE]: simple,
  [PICTURE]: (char) => [
    ...simple(char),
    [`👍\u200d${char}`, 1],
    [`${char}\u200d👍`, 1],
    [`${char}\ufe0f\u200d👍`, 1],
    [`${char}🏽\u200d${char}`, 1],
  ],
  [MARK]: (char) => [
    [`a${char}${char}a`, 2],
    [`\t${char}${char}a`, 3],
    [char, 1],
    [`👍${char}👍`, 2],
    [`क${char}क`, 2],
    [`가${char}가`, 2],
    [`🇯${char}🇵`, 2],
  ],
  [CONTROL]: (char) => [[`a${char}\u0301${char}${char}a\u0600${char}\u1100${char}`, 10]],
  [FLAG]: (char) => [[`a${char}${char}${char}a`, 4]],
};

function simple(char: string): readonly (readonly [string, number])[] {
  return [
    [`a${char}가${char}अ${char}👍${char}${char}a`, 10],
    [`${char}\u0301${char}\u0301a`, 3],
    [`क्x${char}`, 3],
  ];
}

/** All but the long runs of alike characters (ideographs, syllables, private use), of which a sample will do. */
function worthAsking(codePoint: number): boolean {
  if (codePoint < 0x3400 || (codePoint >= 0xfe00 && codePoint < 0x20000) || codePoint % 61 === 0) return true;
  return (
    graphemeClass(codePoint - 1) !== graphemeClass(codePoint) ||
    graphemeClass(codePoint + 1) !== graphemeClass(codePoint)
  );
}

test("the classes agree with the platform's segmenter", (t) => {
  let known = 0;
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const kind = graphemeClass(codePoint);
    // Line ends never come here.
    if (kind === OTHER || kind === HIGH || codePoint === 10 || codePoint === 13) continue;
    known++;
    if (!worthAsking(codePoint)) continue;
    for (const [text, count] of RULES[kind]?.(String.fromCodePoint(codePoint)) ?? []) {
      if (clusters(text) !== count) t.is(clusters(text), count, `U+${codePoint.toString(16)}, class ${kind}`);
    }
  }
  t.true(known > 100_000);
});
