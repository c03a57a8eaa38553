// Names that were nearly written.

/** The name that was probably meant, if one is near: in other case, one letter off, or another form of the same word. */
export function nearName(written: string, names: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  const near = (isNear: (name: string) => boolean): string | undefined =>
    names.find((name) => isNear(name.toLowerCase()));
  return (
    near((name) => name === lower) ??
    near((name) => isOneEditAway(lower, name)) ??
    near((name) => stem(lower) === stem(name))
  );
}

/** The end of a message: what was probably meant, or all that there is. */
export function nearHint(written: string, names: readonly string[], all: string): string {
  const lower = written.toLowerCase();
  const near = nearName(written, names) ?? names.find((name) => lower.startsWith(name.toLowerCase()));
  return near === undefined ? `; ${all} ${names.join(", ")}` : `; did you mean "${near}"?`;
}

/** Shorter names are near to too much. */
const FEWEST = 4;

/** One letter more, less or another, or two exchanged. */
function isOneEditAway(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < FEWEST || Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  if (a.length > b.length) return restA.slice(1) === restB;
  if (a.length < b.length) return restA === restB.slice(1);
  const exchanged = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return exchanged || restA.slice(1) === restB.slice(1);
}

/** A word without the endings that make others of it: that of `recovery` and `recovering` is that of `recover`. */
function stem(word: string): string {
  const cut = word.replace(/(?:s|e|es|er|or|y|ing|ed|ion)$/, "");
  return cut.length < 3 || cut === word ? word : stem(cut);
}
