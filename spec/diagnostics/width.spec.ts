// The width of a cluster is what `string-width` says, for every character and for hard clusters.
import test from "ava";
import fc from "fast-check";
import stringWidth from "string-width";
import { clusterWidth } from "../../src/diagnostics/report/width.ts";
import { size } from "../_size.ts";
import { clusters, hardText } from "./_made.ts";

const fine = (codePoint: number): boolean =>
  codePoint < 0x20000 || ((codePoint + 0x200) & 0xffff) < 0x400 || codePoint >> 12 === 0xe0;

test("characters are as wide as string-width says", (t) => {
  const wrong: string[] = [];
  // above U+1FFFF there are few long ranges, whose borders lie near those of the planes
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += fine(codePoint) ? size(7, 1) : 61) {
    const character = String.fromCodePoint(codePoint);
    if (clusterWidth(character) !== stringWidth(character, { countAnsiEscapeCodes: true })) {
      wrong.push(codePoint.toString(16));
    }
  }
  t.deepEqual(wrong, []);
});

test("every cluster is as wide as string-width says", (t) => {
  fc.assert(
    fc.property(fc.oneof(hardText, fc.string({ unit: "binary", maxLength: 40 })), (text) => {
      for (const { segment } of clusters(text)) {
        if (clusterWidth(segment) !== stringWidth(segment, { countAnsiEscapeCodes: true })) return false;
      }
      return true;
    }),
    { seed: 20240229, numRuns: size(500, 5000) },
  );
  t.pass();
});
