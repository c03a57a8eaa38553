// The notation of character classes, as in the brackets of a regular expression: `a-zA-Z_`, `^\n`, `\p{L}\d`.

import { type LazyMembers, propertyMembers } from "./lazy-members.ts";
import { complementOf, pairsOf, rangesOf } from "./ranges.ts";

/** What a description says, in parts. */
interface ClassParts {
  /** It began with `^`: the set is everything that is in none of the parts. */
  readonly negated: boolean;
  readonly pairs: readonly (readonly [first: number, last: number])[];
  readonly lazy: readonly LazyMembers[];
}

/** One step of reading: a code point, or a class that an escape names; and the index behind it. */
interface Atom {
  readonly codePoint?: number;
  readonly pairs?: readonly (readonly [number, number])[];
  readonly lazy?: LazyMembers;
  readonly end: number;
}

type Pairs = readonly (readonly [number, number])[];

const DIGIT: Pairs = [[0x30, 0x39]];
const WORD: Pairs = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** White space and line ends as ECMAScript has them. */
const SPACE: Pairs = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/**
 * Parses a description.
 *
 * @param text the part between the brackets in a regular expression with the flag `u`.
 * @throws SyntaxError that says what is wrong, at which index, and what to write.
 */
export function readClass(text: string): ClassParts {
  const pairs: (readonly [number, number])[] = [];
  const lazy: LazyMembers[] = [];
  const negated = text.startsWith("^");
  let at = negated ? 1 : 0;
  while (at < text.length) {
    const first = atomAt(text, at);
    // A hyphen at the very end is itself.
    if (text[first.end] !== "-" || first.end + 1 === text.length) {
      if (first.codePoint !== undefined) pairs.push([first.codePoint, first.codePoint]);
      if (first.pairs !== undefined) pairs.push(...first.pairs);
      if (first.lazy !== undefined) lazy.push(first.lazy);
      at = first.end;
      continue;
    }
    const last = atomAt(text, first.end + 1);
    const range = text.slice(at, last.end);
    if (first.codePoint === undefined || last.codePoint === undefined) {
      fail(text, at, `the range ${range} needs a single character on both sides; for a hyphen write \\-`);
    }
    if (first.codePoint > last.codePoint) {
      const turned = `${text.slice(first.end + 1, last.end)}-${text.slice(at, first.end)}`;
      fail(text, at, `the range ${range} runs backwards; write ${turned}, or \\- for a hyphen`);
    }
    pairs.push([first.codePoint, last.codePoint]);
    at = last.end;
  }
  return { negated, pairs, lazy };
}

function atomAt(text: string, at: number): Atom {
  const codePoint = text.codePointAt(at) as number;
  if (codePoint !== 0x5c) return { codePoint, end: at + (codePoint > 0xffff ? 2 : 1) };
  const letter = text[at + 1];
  const end = at + 2;
  switch (letter) {
    case undefined:
      return fail(text, at, "nothing follows the backslash; for the backslash itself write it twice");
    case "n":
      return { codePoint: 0x0a, end };
    case "r":
      return { codePoint: 0x0d, end };
    case "t":
      return { codePoint: 0x09, end };
    case "f":
      return { codePoint: 0x0c, end };
    case "v":
      return { codePoint: 0x0b, end };
    case "d":
      return { pairs: DIGIT, end };
    case "w":
      return { pairs: WORD, end };
    case "s":
      return { pairs: SPACE, end };
    case "D":
      return { pairs: outside(DIGIT), end };
    case "W":
      return { pairs: outside(WORD), end };
    case "S":
      return { pairs: outside(SPACE), end };
    case "x":
      return { codePoint: hexadecimal(text, at, 2), end: at + 4 };
    case "u":
      return unicodeEscape(text, at);
    case "p":
    case "P":
      return property(text, at);
  }
  // Any other ASCII punctuation stands for itself, as in a regular expression: \\ \- \] \^ \/ \. and so on.
  if (/[!-/:-@[-`{-~]/.test(letter)) return { codePoint: letter.charCodeAt(0), end };
  return fail(text, at, `\\${letter} is no escape; write ${letter} for the character itself`);
}

function outside(pairs: Pairs): Pairs {
  return [...pairsOf(complementOf(rangesOf(pairs)))];
}

function hexadecimal(text: string, at: number, digits: number): number {
  const written = text.slice(at + 2, at + 2 + digits);
  if (written.length < digits || /[^0-9a-fA-F]/.test(written)) {
    fail(
      text,
      at,
      `\\${text[at + 1]} needs ${digits} hexadecimal digits${digits === 4 ? ", or braces: \\u{1F600}" : ""}`,
    );
  }
  return Number.parseInt(written, 16);
}

function unicodeEscape(text: string, at: number): Atom {
  if (text[at + 2] === "{") {
    const digits = /^\\u\{([0-9a-fA-F]+)\}/.exec(text.slice(at));
    if (digits === null) fail(text, at, "\\u{…} needs hexadecimal digits and a closing brace, as in \\u{1F600}");
    const codePoint = Number.parseInt(digits[1] as string, 16);
    if (codePoint > 0x10ffff) fail(text, at, `${digits[0]} is no character; the last one is \\u{10FFFF}`);
    return { codePoint, end: at + digits[0].length };
  }
  const unit = hexadecimal(text, at, 4);
  const end = at + 6;
  // Two halves written one after the other are one character, as in a regular expression with the flag `u`.
  if (unit >= 0xd800 && unit < 0xdc00 && /^\\u[dD][c-fC-F][0-9a-fA-F]{2}/.test(text.slice(end))) {
    const low = hexadecimal(text, end, 4);
    return { codePoint: 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), end: end + 6 };
  }
  return { codePoint: unit, end };
}

function property(text: string, at: number): Atom {
  const written = /^\\[pP]\{([A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?)\}/.exec(text.slice(at));
  if (written === null) {
    return fail(text, at, `\\${text[at + 1]} needs a property in braces, as in \\p{L} or \\p{Script=Greek}`);
  }
  try {
    return { lazy: propertyMembers(written[0]), end: at + written[0].length };
  } catch {
    return fail(
      text,
      at,
      `${written[1]} is no property that JavaScript knows; write one that a regular expression with the flag u takes, as in \\p{L} or \\p{Script=Greek}`,
    );
  }
}

function fail(text: string, at: number, problem: string): never {
  throw new SyntaxError(`charSet(${JSON.stringify(text)}): at index ${at}: ${problem}`);
}
