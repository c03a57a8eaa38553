// Whether text is in the normalization form NFC, in time linear in its length. The platform's `normalize` sorts the marks after
// a letter by insertion: a run of n of them costs n² (320,000 marks: 46 s). So it is never given a long run:
//
// - a substring of text in NFC is in NFC (UAX #15, §9): a long run is looked at in short windows that overlap by one mark,
//   which finds whether its marks are in order;
// - where they are, marks of one combining class stand together, and all but the first of a class are blocked from composing
//   with the letter before them (UAX #15, D115). So a mark that came before in the run changes nothing, and is left out.

/** Marks in a row that are left to the platform: their square costs no more than so much text. */
const MOST = 64;

const LONG_RUNS: RegExp = /* @__PURE__ */ new RegExp(`\\p{M}{${MOST + 1},}`, "gu");

/** Whether a text is in NFC. */
export function isNfc(text: string): boolean {
  let ordered = true;
  const reduced = text.replace(LONG_RUNS, (run) => {
    ordered &&= isOrdered(run);
    return ordered ? withoutBlocked(run) : "";
  });
  return ordered && reduced.normalize("NFC") === reduced;
}

/** A text in NFC; nothing where that would take too long: no text that anybody means has so many marks in a row. */
export function composed(text: string): string | undefined {
  return text.search(LONG_RUNS) >= 0 ? undefined : text.normalize("NFC");
}

/** Whether each short part of a run is in NFC: then its marks are in the order of their classes. */
function isOrdered(run: string): boolean {
  const marks = [...run];
  for (let from = 0; from + 1 < marks.length; from += MOST - 1) {
    const part = marks.slice(from, from + MOST).join("");
    if (part.normalize("NFC") !== part) return false;
  }
  return true;
}

/** A run whose marks are in order, without those that stand in it before and after the same starter. */
function withoutBlocked(run: string): string {
  const kept: string[] = [];
  const seen = new Set<string>();
  for (const mark of run) {
    if (seen.has(mark)) continue;
    if (isStarter(mark)) seen.clear();
    else seen.add(mark);
    kept.push(mark);
  }
  return kept.join("");
}

/** The mark of the highest combining class, 240. */
const LAST = "\u0345";

const starters: Map<string, boolean> = /* @__PURE__ */ new Map();

/** Whether a mark has the combining class 0: then it stays behind one of a higher class. */
function isStarter(mark: string): boolean {
  let starter = starters.get(mark);
  if (starter === undefined) {
    starter = mark !== LAST && (LAST + mark).normalize("NFD").startsWith(LAST);
    starters.set(mark, starter);
  }
  return starter;
}
