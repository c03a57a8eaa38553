// Whether text is in the normalization form NFC, in time linear in its length. The platform's `normalize` sorts the marks
// after a letter by insertion: n marks in a row cost n² (320,000 marks: 46 s). So it never gets a long sequence of marks:
//
// - a substring of text in NFC is in NFC (UAX #15, §9): a long sequence is checked in short windows that overlap by one
//   mark, which shows whether its marks are in order;
// - if they are in order, marks of one combining class are adjacent, and all but the first of a class can't compose with
//   the letter before them (UAX #15, D115). So a mark that occurred before in the sequence changes nothing, and is left out.

/** Marks in a row that are left to the platform: for so few, the quadratic cost is no more than that of normal text. */
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

/** A text in NFC; nothing if that would take too long. No real text has so many marks in a row. */
export function composed(text: string): string | undefined {
  return text.search(LONG_RUNS) >= 0 ? undefined : text.normalize("NFC");
}

/** Whether each short part of a sequence is in NFC: then its marks are in the order of their classes. */
function isOrdered(run: string): boolean {
  const marks = [...run];
  for (let from = 0; from + 1 < marks.length; from += MOST - 1) {
    const part = marks.slice(from, from + MOST).join("");
    if (part.normalize("NFC") !== part) return false;
  }
  return true;
}

/** A sequence of marks in order, without those that come before and after the same starter. */
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

/** Whether a mark has the combining class 0: then it stays after one of a higher class. */
function isStarter(mark: string): boolean {
  let starter = starters.get(mark);
  if (starter === undefined) {
    starter = mark !== LAST && (LAST + mark).normalize("NFD").startsWith(LAST);
    starters.set(mark, starter);
  }
  return starter;
}
