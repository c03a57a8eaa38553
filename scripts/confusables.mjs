// Writes src/lex/tokens/confusable-table.ts from Unicode's confusables.txt: the characters of identifiers that look like ASCII ones.
// ICU ships the file as source/data/unidata/confusables.txt; the copy here is that of ICU 72.1.
import { readFileSync, writeFileSync } from "node:fs";

const SOURCE = "spec/corpora/unicode/confusables-15.0.0.txt";
const TARGET = "src/lex/tokens/confusable-table.ts";

const prototypes = new Map();
for (const line of readFileSync(SOURCE, "utf8").split("\n")) {
  const entry = /^\ufeff?([0-9A-F]+)\s*;\s*([0-9A-F ]+?)\s*;\s*MA/.exec(line);
  if (entry === null) continue;
  const [, from, to] = entry;
  const text = to.split(" ").map((hex) => String.fromCodePoint(Number.parseInt(hex, 16)));
  prototypes.set(Number.parseInt(from, 16), text.join(""));
}
const skeleton = (text) =>
  [...text.normalize("NFD")]
    .map((char) => prototypes.get(char.codePointAt(0)) ?? char)
    .join("")
    .normalize("NFD");

/** What can be told from the compatibility form is kept as ranges, the rest by what it looks like. */
const styled = [];
const others = new Map();
for (const [codePoint, text] of [...prototypes].sort(([a], [b]) => a - b)) {
  const char = String.fromCodePoint(codePoint);
  if (codePoint < 0x80 || !/^\w+$/.test(text) || !/^\p{XID_Continue}$/u.test(char)) continue;
  const plain = char.normalize("NFKC");
  if (plain !== char && /^\w+$/.test(plain) && skeleton(plain) === text) {
    const last = styled.at(-1);
    if (last !== undefined && last[1] === codePoint - 1) last[1] = codePoint;
    else styled.push([codePoint, codePoint]);
  } else others.set(text, [...(others.get(text) ?? []), codePoint]);
}

const hex = (codePoint) => `0x${codePoint.toString(16)}`;
const rows = [...others].sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  TARGET,
  `// Made by scripts/confusables.mjs from the confusables.txt of Unicode 15.0.0 (UTS #39), © 2022 Unicode, Inc., under the
// Unicode licence; the copy is that of ICU 72.1. Of it: characters beyond ASCII that can stand in identifiers and that
// look like ASCII letters, digits or \`_\`.

/** What they look like, and which they are. */
// biome-ignore format: a table
export const LOOK_ALIKES: Readonly<Record<string, readonly number[]>> = {
${rows.map(([text, all]) => `  ${JSON.stringify(text)}: [${all.map(hex).join(", ")}],`).join("\n")}
};

/** First and last of those that look like what their compatibility form (NFKC) looks like. */
// biome-ignore format: a table
export const STYLED: readonly (readonly [first: number, last: number])[] = [
${styled.map(([first, last]) => `  [${hex(first)}, ${hex(last)}],`).join("\n")}
];
`,
);
