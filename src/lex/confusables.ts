// Names that look like other names, by UTS #39 (Unicode Security Mechanisms).
import { LOOK_ALIKES, STYLED } from "./confusable-table.ts";

/** What is suspicious about a name, and which of its characters. */
export interface Confusable {
  /** The name as ASCII, if that is what a reader sees in all of it. */
  readonly looksLike: string | undefined;
  readonly char: string;
  /** What is wrong with that character, in words that follow "which". */
  readonly why: string;
}

/**
 * Whether a name may be taken for another one. It is
 *
 * - if a reader sees only ASCII in it (its skeleton, UTS #39 §4, is that of an ASCII name): `сор` in Cyrillic, `pаypal` with
 *   a Cyrillic `а`, `𝐱`, letters with an invisible joiner between them. Plain Latin such as `kırık` or `cœur` is not:
 *   these are confusables within one script;
 * - if it mixes Latin with Greek or Cyrillic, or these two, and a letter of one looks like one of the other: a Latin `e` in
 *   a Cyrillic word. Such a mix is more than UTS #39 §5.2 calls moderately restrictive;
 * - if it mixes Latin with a letter of any other script that looks like an ASCII one.
 *
 * Words of one script that some letter tells from ASCII are left alone: `привет`, `größe`.
 *
 * @param name what has a character beyond ASCII.
 */
export function confusable(name: string): Confusable | undefined {
  let looksLike = "";
  let ascii = true;
  let standIn: Confusable | undefined;
  let hidden: Confusable | undefined;
  for (const char of name) {
    if (INVISIBLE.test(char)) {
      hidden ??= { looksLike: undefined, char, why: "is invisible" };
      continue;
    }
    // a composed letter is its base and marks, which are not ASCII
    for (const part of char < "\x80" ? char : char.normalize("NFD")) {
      const like = part < "\x80" ? part : lookAlike(part);
      if (like === undefined) ascii = false;
      else if (part >= "\x80" && isStandIn(part))
        standIn ??= { looksLike: undefined, char, why: `looks like ${JSON.stringify(like)}` };
      looksLike += like ?? part;
    }
  }
  const culprit = standIn ?? hidden;
  if (ascii) return culprit && { ...culprit, looksLike };
  const mixed = mixedIn(name, GREEK) ?? mixedIn(name, CYRILLIC);
  if (mixed !== undefined) return mixed;
  return standIn !== undefined && LATIN.test(name) && !LATIN.test(standIn.char) ? standIn : undefined;
}

/** What a skeleton leaves out (UTS #39 §4). */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
const LATIN = /\p{Script=Latin}/u;

/** A letter of another script than Latin, or a Latin one in a style of its own. */
function isStandIn(char: string): boolean {
  return !LATIN.test(char) || char.normalize("NFKC") !== char;
}

/** A script, and what those of its letters look like that look like ASCII. */
interface Script {
  readonly name: string;
  readonly letters: RegExp;
  twins?: ReadonlySet<string>;
}

const MIXABLE = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;
const GREEK: Script = { name: "Greek", letters: /\p{Script=Greek}/u };
const CYRILLIC: Script = { name: "Cyrillic", letters: /\p{Script=Cyrillic}/u };

/** The first letter of another script that looks like one of a script, in a name that has letters of that script too. */
function mixedIn(name: string, script: Script): Confusable | undefined {
  if (!script.letters.test(name)) return undefined;
  script.twins ??= twinsOf(script.letters);
  for (const char of name) {
    if (!MIXABLE.test(char) || script.letters.test(char)) continue;
    const like = char < "\x80" ? char : lookAlike(char);
    if (like !== undefined && script.twins.has(like)) {
      return { looksLike: undefined, char, why: `looks like a ${script.name} letter` };
    }
  }
  return undefined;
}

function twinsOf(letters: RegExp): ReadonlySet<string> {
  const rows = Object.entries(LOOK_ALIKES);
  return new Set(rows.flatMap(([text, all]) => (all.some((c) => letters.test(String.fromCodePoint(c))) ? text : [])));
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
