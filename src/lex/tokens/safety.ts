// Text that may deceive a reader: characters that change the direction of text, text that is not normalized, letters
// that look like others.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { type Problem, Refusal, type Site } from "../../grammar/problem.ts";
import { type CharSet, charSet } from "../../text/index.ts";
import { confusable } from "./confusables.ts";
import { composed, isNfc } from "./nfc.ts";

/**
 * @internal Characters that change the direction of text (Unicode's `Bidi_Control`), by number: the property takes a
 * while to compile.
 */
export const bidiControls: CharSet = /* @__PURE__ */ charSet("\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069");
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** @internal Refuses text with a bidi control, at the place of the control. */
export function refuseBidi(text: string, site: Site): Refusal | undefined {
  const at = text.search(BIDI);
  return at < 0 ? undefined : new Refusal(bidiProblem(text[at] as string, site, site.start + at));
}

function bidiProblem(char: string, site: Site, at: number): Problem {
  const name = codePointOf(char);
  return {
    code: "E6001",
    message: `the invisible character ${name}, which changes the direction of text, is not allowed here`,
    messageKey: "bidiControl",
    args: [name],
    at: site.span(at, at + 1),
    fixits: [{ span: site.span(at, at + 1), insert: "" }],
  };
}

/** @internal Refuses text that is not in the normalization form NFC. */
export function refuseNotNfc(text: string, site: Site): Refusal | undefined {
  if (isNfc(text)) return undefined;
  const fixed = composed(text);
  const at = site.span(site.start, site.end);
  return new Refusal({
    code: "E6002",
    message: `${JSON.stringify(text)} is not in the Unicode normalization form NFC`,
    messageKey: "notNfc",
    args: [text],
    at,
    notes: [
      {
        message: "the same text composed, as most editors and keyboards write it, is accepted",
        messageKey: "E6002.composed",
      },
    ],
    fixits: fixed === undefined ? [] : [{ span: at, insert: fixed }],
  });
}

/** @internal Warns about text that may be confused with other text. */
export function warnOf(text: string, site: Site): void {
  const found = confusable(text);
  if (found === undefined) return;
  const { looksLike, char, why } = found;
  const written = JSON.stringify(text);
  const whole = looksLike !== undefined;
  site.warn({
    code: "W6101",
    message: whole
      ? `${written} looks like ${JSON.stringify(looksLike)}`
      : `${written} mixes scripts whose letters look alike`,
    messageKey: whole ? "confusable" : "mixedScripts",
    args: whole ? [text, looksLike] : [text],
    at: site.span(site.start, site.end),
    notes: [{ message: `${JSON.stringify(char)} is ${codePointOf(char)}, which ${why}` }],
  });
}

/** @internal Whether nothing in a text can deceive: the common case takes one check. */
export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

const ASCII = /^[\0-\x7f]*$/;

function codePointOf(char: string): string {
  return `U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * Reads nothing, and fails with `E6001` if the next character changes the direction of text (Unicode's `Bidi_Control`:
 * U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069). Such a character can make a program look different from
 * what it is. Put it before each character of parts that may contain any character, such as a comment or a string
 * literal.
 *
 * @example
 * ```ts
 * import { many, run, skipL } from "sluice";
 * import { anyChar, forbidBidiControls } from "sluice/lex";
 * const plain = many(skipL(forbidBidiControls, anyChar));
 * run(plain, "a\u202eb").diagnostics[0]?.code; // => "E6001"
 * ```
 */
export const forbidBidiControls: Parser<undefined> = /* @__PURE__ */ Parser.of(/* @__PURE__ */ bidiFree());

function bidiFree(): Node {
  const control = make.set(bidiControls);
  const refused = make.refine(make.lookahead(control), (char, site) => {
    return new Refusal(bidiProblem(char as string, site, site.start));
  });
  return make.choice([make.notFollowedBy(control), refused]);
}

/**
 * `p`, whose text must be in the Unicode normalization form NFC, so that texts that look the same are the same. It
 * fails with `E6002` at the end of `p`, and the fix-it inserts the composed text.
 *
 * @throws TypeError if `p` is not a parser.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { requireNfc, takeWhile1 } from "sluice/lex";
 * run(requireNfc(takeWhile1((c) => c !== " ")), "e\u0301").diagnostics[0]?.code; // => "E6002"
 * ```
 */
export function requireNfc<E>(p: Parser<string, E>): Parser<string, E> {
  const judged = make.refine(nodeOf(p), (value, site) => {
    return typeof value !== "string" || isAscii(value) ? value : (refuseNotNfc(value, site) ?? value);
  });
  return Parser.of(judged);
}

/**
 * `p`, with the warning `W6101` if its text may be confused with another one (UTS #39): if it looks like ASCII but is
 * not, or mixes scripts whose letters look alike. There is no warning for a word of one script if one of its letters
 * can't be mistaken for ASCII, nor for plain Latin. The data are those of Unicode 15.0.
 *
 * @throws TypeError if `p` is not a parser.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { takeWhile1, warnConfusable } from "sluice/lex";
 * const word = warnConfusable(takeWhile1((c) => c !== " "));
 * run(word, "p\u0430ypal").diagnostics[0]?.message; // => '"p\u0430ypal" looks like "paypal"'
 * ```
 */
export function warnConfusable<E>(p: Parser<string, E>): Parser<string, E> {
  const judged = make.refine(nodeOf(p), (value, site) => {
    if (typeof value === "string" && !isAscii(value)) warnOf(value, site);
    return value;
  });
  return Parser.of(judged);
}
