// Names that look like other names, by UTS #39 (Unicode Security Mechanisms).
import { LOOK_ALIKES, STYLED } from "./confusable-table.ts";

/** What is suspicious about a name, and which of its characters is. */
interface Confusable {
  /** The name as ASCII, if that is what a reader sees in all of it. */
  readonly looksLike: string | undefined;
  readonly char: string;
  /** What is wrong with that character, in words that follow "which". */
  readonly why: string;
}

/**
 * Whether a name may be confused with another one. It is suspicious
 *
 * - if a reader sees only ASCII in it (its skeleton, UTS #39 §4, is that of an ASCII name): `сор` in Cyrillic, `pаypal`
 *   with a Cyrillic `а`, `𝐱`, letters with an invisible joiner between them. Plain Latin such as `kırık` or `cœur` is
 *   not suspicious: these are confusables within one script;
 * - if it mixes two of Latin, Greek and Cyrillic, and a letter of one looks like a letter of the other: a Latin `e` in
 *   a Cyrillic word. Such a mix is beyond the level "Moderately Restrictive" of UTS #39 §5.2;
 * - if it mixes Latin with a letter of any other script that looks like an ASCII letter.
 *
 * A word of one script is not suspicious if one of its letters can't be mistaken for ASCII: `привет`, `größe`.
 *
 * @param name a name with a character beyond ASCII.
 */
export function confusable(name: string): Confusable | undefined {
  let ascii = true;
  let scripts = 0;
  let culprit: string | undefined;
  for (const char of name) {
    const traits = traitsOf(char);
    scripts |= traits.script;
    ascii &&= traits.like !== undefined && !traits.marked;
    if (traits.deceives && (culprit === undefined || traitsOf(culprit).like === "")) culprit = char;
  }
  if (ascii) return culprit === undefined ? undefined : suspicious(culprit, skeletonOf(name));
  const mixed =
    scripts & (scripts - 1) ? (mixedIn(name, GREEK, scripts) ?? mixedIn(name, CYRILLIC, scripts)) : undefined;
  if (mixed !== undefined || culprit === undefined) return mixed;
  const { script, like } = traitsOf(culprit);
  return like !== "" && script !== LATIN && (scripts & LATIN) !== 0 ? suspicious(culprit) : undefined;
}

function suspicious(char: string, looksLike?: string): Confusable {
  const { like } = traitsOf(char);
  return { looksLike, char, why: like === "" ? "is invisible" : `looks like ${JSON.stringify(like)}` };
}

function skeletonOf(name: string): string {
  return [...name].map((char) => traitsOf(char).like ?? char).join("");
}

// The scripts that matter, as bits.
const LATIN = 1;
const GREEK = 2;
const CYRILLIC = 4;
const SCRIPTS: readonly (readonly [bit: number, name: string, letters: RegExp])[] = [
  [LATIN, "Latin", /\p{Script=Latin}/u],
  [GREEK, "Greek", /\p{Script=Greek}/u],
  [CYRILLIC, "Cyrillic", /\p{Script=Cyrillic}/u],
];

/** The properties of one character that matter here. */
interface Traits {
  /** The bit of its script; 0 for all others. */
  readonly script: number;
  /** The ASCII character that it is or looks like, ignoring marks on it; empty if it is invisible. */
  readonly like: string | undefined;
  /** Whether it has marks, which distinguish it from ASCII. */
  readonly marked: boolean;
  /** Whether it looks like ASCII but is of another script, or in a special style, or invisible. */
  readonly deceives: boolean;
}

/** A cache: words are made of the same few characters again and again. */
const known: Map<string, Traits> = /* @__PURE__ */ new Map();

function traitsOf(char: string): Traits {
  let traits = known.get(char);
  if (traits === undefined) {
    traits = workedOut(char);
    known.set(char, traits);
  }
  return traits;
}

/** Characters that a skeleton leaves out (UTS #39 §4). */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

function workedOut(char: string): Traits {
  const script = scriptOf(char);
  if (char < "\x80") return { script, like: char, marked: false, deceives: false };
  if (INVISIBLE.test(char)) return { script, like: "", marked: false, deceives: true };
  const [base = "", ...marks] = char.normalize("NFD");
  const like = base < "\x80" ? base : lookAlike(base);
  const foreign = base >= "\x80" && (script !== LATIN || base.normalize("NFKC") !== base);
  return { script, like, marked: marks.length > 0, deceives: like !== undefined && foreign };
}

function scriptOf(char: string): number {
  return SCRIPTS.find(([, , letters]) => letters.test(char))?.[0] ?? 0;
}

/** The first letter of another script that looks like one of `script`, in a name with letters of these scripts. */
function mixedIn(name: string, script: number, scripts: number): Confusable | undefined {
  if ((scripts & script) === 0) return undefined;
  const twins = twinsOf(script);
  for (const char of name) {
    const { script: own, like } = traitsOf(char);
    if (own === 0 || own === script || like === undefined || !twins.has(like)) continue;
    return { looksLike: undefined, char, why: `looks like a ${SCRIPTS.find(([bit]) => bit === script)?.[1]} letter` };
  }
  return undefined;
}

const twins: Map<number, ReadonlySet<string>> = /* @__PURE__ */ new Map();

/** What those letters of a script look like that look like ASCII. */
function twinsOf(script: number): ReadonlySet<string> {
  let found = twins.get(script);
  if (found === undefined) {
    const rows = Object.entries(LOOK_ALIKES);
    const ofScript = (codePoint: number): boolean => scriptOf(String.fromCodePoint(codePoint)) === script;
    found = new Set(rows.flatMap(([text, all]) => (all.some(ofScript) ? text : [])));
    twins.set(script, found);
  }
  return found;
}

let table: ReadonlyMap<number, string> | undefined;

/** The ASCII letters, digits or `_` that a character beyond ASCII looks like, if it does. */
export function lookAlike(char: string): string | undefined {
  table ??= new Map(Object.entries(LOOK_ALIKES).flatMap(([text, all]) => all.map((c) => [c, text] as const)));
  const codePoint = char.codePointAt(0) as number;
  const known = table.get(codePoint);
  if (known !== undefined || !STYLED.some(([first, last]) => codePoint >= first && codePoint <= last)) return known;
  return char.normalize("NFKC");
}
