// Sets of characters. Characters are code points; a lone surrogate is a character of its own.
import { described } from "../../misuse/described.ts";
import { readClass } from "./class-syntax.ts";
import { ASIDE, type Beyond, checkPredicate, type LazyMembers, predicateMembers } from "./lazy-members.ts";
import { complementOf, fillFrom, holds, type Ranges, rangesOf, reaches, sameRanges, unionOf } from "./ranges.ts";

/** The contents of a set: the ranges and all the lazy members together, or everything else. */
interface Members {
  readonly ranges: Ranges;
  readonly lazy: readonly LazyMembers[];
  /** Only with lazy members: ranges alone are complemented immediately. */
  readonly negated: boolean;
}

const LONGEST_DESCRIPTION = 40;

/**
 * An immutable set of characters. Made by `charSet` or `toCharSet`; building one takes no time, whatever it contains.
 */
export class CharSet {
  readonly #members: Members;
  /** How it was written, before it was complemented. */
  readonly #written: string;
  readonly #turned: boolean;
  /** Its characters as they were listed, if they were. */
  readonly #listed: string;

  private constructor(members: Members, written: string, turned = false, listed = "") {
    if (members?.ranges === undefined) throw new TypeError('a CharSet is not made with new: charSet("a-z") makes one');
    this.#members = members;
    this.#written = written;
    this.#turned = turned;
    this.#listed = listed;
  }

  /** A range in a list of characters, which is probably a mistake, such as the `a-z` of `oneOf("a-z")`. */
  get seemingRange(): string | undefined {
    return /[0-9]-[0-9]|[a-z]-[a-z]|[A-Z]-[A-Z]/.exec(this.#listed)?.[0];
  }

  /**
   * Its form in error messages: as it was written, shortened and with control characters escaped; `a | b` for a union
   * and `^a` for a complement, so that it reads the same in every language.
   */
  get description(): string {
    return readable(this.#notation());
  }

  #notation(): string {
    if (this.#written === "") return this.#turned ? "(any)" : "(none)";
    if (!this.#turned) return this.#written;
    return this.#written.includes(" | ") ? `^(${this.#written})` : `^${this.#written}`;
  }

  /**
   * @internal
   * @param ranges first and last code point of each range, in any order.
   */
  static fromRanges(ranges: Iterable<readonly [first: number, last: number]>, description: string): CharSet {
    return new CharSet({ ranges: rangesOf(ranges), lazy: [], negated: false }, description);
  }

  /**
   * @internal
   * @param members its characters, one after the other.
   */
  static fromMembers(members: string): CharSet {
    const pairs: [number, number][] = [];
    for (const char of members) {
      const codePoint = char.codePointAt(0) as number;
      pairs.push([codePoint, codePoint]);
    }
    const set = { ranges: rangesOf(pairs), lazy: [], negated: false };
    return new CharSet(set, asListed(members), false, members);
  }

  /**
   * @internal
   *
   * @param predicate pure; its argument is one character (code point) as a string.
   * @param description default: the function's name, or its source, after "satisfies".
   */
  static fromPredicate(predicate: (char: string) => boolean, description: string = predicateShown(predicate)): CharSet {
    const members = { ranges: rangesOf([]), lazy: [predicateMembers(predicate)], negated: false };
    return new CharSet(members, description);
  }

  /**
   * @internal
   *
   * @param description as for `charSet`.
   */
  static fromDescription(description: string): CharSet {
    const { negated, pairs, lazy } = readClass(description);
    const members = { ranges: rangesOf(pairs), lazy: [...new Set(lazy)], negated: false };
    const set = new CharSet(members, negated ? description.slice(1) : description);
    return negated ? set.complement() : set;
  }

  /**
   * The characters that are in this set or in another.
   *
   * @throws TypeError if the other is not a set.
   */
  union(other: CharSet): CharSet {
    if (!(other instanceof CharSet)) throw new TypeError(`union takes a CharSet, got ${described(other)}`);
    const [a, b] = [additive(this.#members), additive(other.#members)];
    const lazy = [...new Set([...a.lazy, ...b.lazy])];
    const members = { ranges: unionOf(a.ranges, b.ranges), lazy, negated: false };
    return new CharSet(members, `${this.#notation()} | ${other.#notation()}`);
  }

  /** Every character that isn't in this set, including lone surrogates. */
  complement(): CharSet {
    const { ranges, lazy, negated } = this.#members;
    const members =
      lazy.length === 0 ? { ranges: complementOf(ranges), lazy, negated: false } : { ranges, lazy, negated: !negated };
    return new CharSet(members, this.#written, !this.#turned, this.#listed);
  }

  /**
   * Whether a character is in the set.
   *
   * @param codePoint 0 to 0x10FFFF.
   * @throws TypeError if it is not a number.
   */
  has(codePoint: number): boolean {
    if (typeof codePoint !== "number") throw new TypeError(`has takes a code point, got ${described(codePoint)}`);
    const { ranges, lazy, negated } = this.#members;
    return (holds(ranges, codePoint) || anyHolds(lazy, codePoint)) !== negated;
  }

  /**
   * Whether it may contain a character above a code point; lazy sets may.
   * @internal
   */
  reachesBeyond(codePoint: number): boolean {
    const { ranges, lazy, negated } = this.#members;
    return lazy.length > 0 || negated || reaches(ranges, codePoint);
  }

  /**
   * Whether it is well defined for bytes: above U+00FF it contains nothing, or everything.
   * @internal
   */
  fitsBytes(): boolean {
    return beyondOf(this.#members) !== "some";
  }

  /**
   * Writes which of 256 code points are in the set. A predicate is called for each, and what it throws is not caught.
   * @internal
   *
   * @param start the first of them: a multiple of 256, below 0x10000.
   * @param out gets 1 or 0 for each; 256 long.
   */
  fill(start: number, out: Uint8Array): void {
    if (this.#members.lazy.length === 0) {
      fillFrom(this.#members.ranges, start, out);
    } else {
      for (let k = 0; k < out.length; k++) out[k] = this.has(start + k) ? 1 : 0;
    }
  }

  /**
   * The only member, if there is just one and that is known without testing a property or a predicate.
   * @internal
   */
  single(): number | undefined {
    const { ranges, lazy } = this.#members;
    return lazy.length === 0 && ranges.length === 2 && ranges[0] === ranges[1] ? ranges[0] : undefined;
  }

  /**
   * Whether another set was made of the same ranges, properties and predicates. For sets that are equal for another
   * reason it may return false.
   * @internal
   */
  sameAs(other: CharSet): boolean {
    const [a, b] = [this.#members, other.#members];
    return (
      a === b ||
      (a.negated === b.negated &&
        sameRanges(a.ranges, b.ranges) &&
        a.lazy.length === b.lazy.length &&
        a.lazy.every((some) => b.lazy.includes(some)))
    );
  }
}

/** A predicate by its name or, without one, by its source. */
function predicateShown(predicate: (char: string) => boolean): string {
  if (predicate.name !== "") return `satisfies ${predicate.name}`;
  const written = Function.prototype.toString.call(predicate).replace(/\s+/g, " ");
  return written.includes("[native code]") ? "satisfies a function" : `satisfies ${written}`;
}

function beyondOf({ ranges, lazy, negated }: Members): Beyond {
  const parts = [beyondIn(ranges), ...lazy.map((some) => some.beyondBytes())];
  if (parts.includes("all")) return negated ? "none" : "all";
  if (parts.includes("some")) return "some";
  return negated ? "all" : "none";
}

function beyondIn(ranges: Ranges): Beyond {
  const aside = rangesOf([[0, 0xff], ...ASIDE]);
  if (sameRanges(unionOf(ranges, aside), aside)) return "none";
  const rest = complementOf(ranges);
  return sameRanges(unionOf(rest, aside), aside) ? "all" : "some";
}

/**
 * A class of characters: a set, a string of its members, or a pure predicate whose argument is one character as a
 * string.
 */
export type CharClass = CharSet | string | ((char: string) => boolean);

/** Characters with a meaning between brackets are listed last, where they have none. */
function asListed(members: string): string {
  let signs = "";
  if (members.startsWith("^") && members.length > 1) signs += "^";
  if (/^.+-.+$/su.test(members)) signs += "-";
  if (/\\./su.test(members)) signs += "\\";
  return signs === "" ? members : [...members].filter((char) => !signs.includes(char)).join("") + signs;
}

/**
 * A set of characters, written as in the brackets of a regular expression with the flag `u`: `charSet("a-zA-Z_")`.
 *
 * A `^` at the start complements it; a `-` between two characters makes a range. Escapes: `\n \r \t \f \v`, `\xXX
 * \uXXXX \u{…}`, `\d \w \s` and `\D \W \S`, `\p{…} \P{…}`, and a backslash before any punctuation character.
 *
 * @param description the class, without the brackets.
 * @throws SyntaxError that names the place, if the description is malformed; TypeError if it is not a string.
 */
export function charSet(description: string): CharSet {
  if (typeof description !== "string") {
    throw new TypeError(`charSet takes a description such as "a-z", but it was given ${described(description)}`);
  }
  return CharSet.fromDescription(description);
}

/**
 * @internal Any class of characters as a set. A string is the set of its characters (code points), with no ranges and
 * no escapes.
 *
 * @param characters the argument of the user.
 * @throws TypeError if it is none of the three kinds.
 */
export function toCharSet(characters: CharClass): CharSet {
  if (characters instanceof CharSet) return characters;
  if (typeof characters === "string") return CharSet.fromMembers(characters);
  if (typeof characters === "function") return CharSet.fromPredicate(checkPredicate(characters));
  throw new TypeError(
    `a class of characters is a CharSet, a string of its members or a predicate, but ${described(characters)} was given`,
  );
}

/** The same members as a plain union: a complement becomes a lazy member. */
function additive(members: Members): Members {
  if (!members.negated) return members;
  const { ranges, lazy } = members;
  const rest: LazyMembers = {
    has: (codePoint) => !holds(ranges, codePoint) && !anyHolds(lazy, codePoint),
    beyondBytes: () => beyondOf(members),
  };
  return { ranges: rangesOf([]), lazy: [rest], negated: false };
}

function anyHolds(lazy: readonly LazyMembers[], codePoint: number): boolean {
  for (const some of lazy) if (some.has(codePoint)) return true;
  return false;
}

/** Text for one line of a message: control and other invisible characters as escapes, and shortened. */
function readable(description: string): string {
  let text = "";
  for (const char of description) {
    if (text.length > LONGEST_DESCRIPTION) return `${text}…`;
    text += INVISIBLE.test(char) ? escaped(char) : char;
  }
  return text;
}

/** By ranges, since compiling `\p{C}` takes longer than building a whole set may. */
const INVISIBLE = /[\0-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]/u;

function escaped(char: string): string {
  if (char === "\n") return "\\n";
  if (char === "\r") return "\\r";
  if (char === "\t") return "\\t";
  return `\\u{${(char.codePointAt(0) as number).toString(16).toUpperCase()}}`;
}
