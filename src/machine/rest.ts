// What stands where the end of the input was expected.

const GRAPHEMES = 32;
/** A cluster is cut at this many units (semantics, rule 28), so this much text always holds enough. */
const UNITS = GRAPHEMES * 1024;

/**
 * The first line of a text, at most 32 graphemes of it; `undefined` while text that is still to come could change it.
 *
 * @param ended no more will come.
 */
export function firstGraphemes(text: string, ended: boolean): string | undefined {
  const lineEnd = text.search(/[\r\n]/);
  const line = lineEnd < 0 ? text : text.slice(0, lineEnd);
  const settled = ended || lineEnd >= 0 || line.length >= UNITS;
  const some = line.slice(0, UNITS);
  let count = 0;
  for (const { index } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(some)) {
    if (count++ === GRAPHEMES) return some.slice(0, index);
  }
  return settled ? some : undefined;
}
