// Random regular expressions of the kind that `regex` takes, and the longest match by trying every end.
import fc from "fast-check";

const LETTERS = ["a", "b", "c", "é", "😀", "\n", "\ud83d"];

const atoms = fc.constantFrom(
  "a",
  "b",
  "c",
  "é",
  "😀",
  ".",
  "[ab]",
  "[^a]",
  "[a-cé]",
  "[😀-😂]",
  "[^😀]",
  "\\w",
  "\\W",
  "\\p{L}",
  "\\P{Lu}",
  "\\ud83d",
  "\\n",
  "[]",
  "[^]",
);

const { source: sources } = fc.letrec<{ source: string; part: string; group: string }>((tie) => ({
  source: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie("part"),
    fc.array(tie("part"), { minLength: 2, maxLength: 3 }).map((parts) => parts.join("")),
    fc.array(tie("source"), { minLength: 2, maxLength: 3 }).map((parts) => parts.join("|")),
  ),
  part: fc
    .tuple(
      fc.oneof({ maxDepth: 4, withCrossShrink: true }, atoms, tie("group")),
      fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}"),
    )
    .map(([one, times]) => one + times),
  group: fc.tuple(fc.constantFrom("(", "(?:", "(?<name>"), tie("source")).map(([open, inner]) => `${open}${inner})`),
}));

/** Names must differ inside a pattern; most platforms let none come twice. */
function renamed(source: string): string {
  let count = 0;
  return source.replace(/\(\?<name>/g, () => `(?<n${count++}>`);
}

/** Any pattern, with some of the flags that mean something. */
export const patterns: fc.Arbitrary<RegExp> = fc
  .record({ source: sources, flags: fc.constantFrom("u", "u", "iu", "su", "ius") })
  .map(({ source, flags }) => new RegExp(renamed(source), flags));

/** A text of the letters that the patterns are about. */
export const texts: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...LETTERS, "A", "B", "É", "😁"), { maxLength: 8 })
  .map((letters) => letters.join(""));

/** The longest match at the start of a text, if there is one: every end between two characters is tried. */
export function longestMatch({ source, flags }: RegExp, text: string): string | undefined {
  const whole = new RegExp(`^(?:${source})$`, flags.replace(/[gmy]/g, ""));
  const ends = [0];
  for (const char of text) ends.push((ends.at(-1) ?? 0) + char.length);
  return ends.map((end) => text.slice(0, end)).findLast((start) => whole.test(start));
}
