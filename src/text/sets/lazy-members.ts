// Sets of code points that are defined by a test and not by ranges: Unicode properties and predicates. Nothing is
// computed when they are made; results are cached in pages of 256 code points.

/**
 * What a set contains above U+00FF, where no byte is: nothing, everything, or some. White space is ignored, and so are
 * the two letters that fold to ASCII letters (U+017F, U+212A): without them, a class still means the same for bytes.
 */
export type Beyond = "none" | "all" | "some";

/** Finds members by a test. Two of these are known to be the same set only if they are the same object. */
export interface LazyMembers {
  has(codePoint: number): boolean;
  beyondBytes(): Beyond;
}

/** First and last code point of each range that is ignored, in order. */
export const ASIDE: readonly (readonly [first: number, last: number])[] = [
  [0x17f, 0x17f],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x212a, 0x212a],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

const PAGE = 256;

/**
 * The members of a Unicode property. One object for each spelling, so that equal ones are seen to be equal.
 * @param spelling as in a regular expression with the flag `u`: `\p{L}`, `\P{Script=Greek}`.
 * @throws SyntaxError, the platform's, if it doesn't know the property.
 */
export function propertyMembers(spelling: string): LazyMembers {
  let members = properties.get(spelling);
  if (members === undefined) {
    // Making the expression takes up to a millisecond: of the common ones we know that they exist, the rest is tried.
    if (!COMMON.test(spelling)) new RegExp(spelling, "u");
    members = new PropertyMembers(spelling);
    properties.set(spelling, members);
  }
  return members;
}

const COMMON =
  /^\\[pP]\{(?:L[ulmot]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfosn]?|XID_Start|XID_Continue|ID_Start|ID_Continue|Alphabetic|Lowercase|Uppercase|White_Space|Any|ASCII)\}$/;

/** Has as many entries as spellings were used: a few thousand at most, since unknown ones throw. */
const properties: Map<string, LazyMembers> = /* @__PURE__ */ new Map();

class PropertyMembers implements LazyMembers {
  readonly #spelling: string;
  #runs: RegExp | undefined;
  #beyond: Beyond | undefined;
  readonly #pages: Map<number, Uint8Array> = new Map();

  constructor(spelling: string) {
    this.#spelling = spelling;
  }

  has(codePoint: number): boolean {
    const number = codePoint >>> 8;
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = this.#tabulate(number * PAGE);
      this.#pages.set(number, page);
    }
    return page[codePoint & 0xff] === 1;
  }

  beyondBytes(): Beyond {
    this.#beyond ??= this.#lookBeyond();
    return this.#beyond;
  }

  #lookBeyond(): Beyond {
    // the characters of space between tokens: no need to test all characters
    if (/White_Space/.test(this.#spelling)) return this.#spelling.startsWith("\\p") ? "none" : "all";
    const first = this.has(0x100);
    let at = 0x101;
    for (const [from, to] of [...ASIDE, [0x110000, 0x110000] as const]) {
      for (; at < from; at++) if (this.has(at) !== first) return "some";
      at = to + 1;
    }
    return first ? "all" : "none";
  }

  /** One pass of the expression over all characters of the page: hundreds of times cheaper than a test of each. */
  #tabulate(start: number): Uint8Array {
    const page = new Uint8Array(PAGE);
    // A page of surrogates has halves of one kind only, so none of them pair up.
    const text = String.fromCodePoint(...Array.from(page, (_, k) => start + k));
    const unitsEach = start > 0xffff ? 2 : 1;
    this.#runs ??= new RegExp(`${this.#spelling}+`, "gu");
    for (const run of text.matchAll(this.#runs)) {
      page.fill(1, run.index / unitsEach, (run.index + run[0].length) / unitsEach);
    }
    return page;
  }
}

const UNASKED = 0;
const NO = 1;
const YES = 2;

/**
 * The characters for which a function returns true. One object for each function. It is called once for a character,
 * and only for characters that are needed: it may throw for others.
 */
export function predicateMembers(predicate: (char: string) => boolean): LazyMembers {
  let members = predicates.get(predicate);
  if (members === undefined) {
    members = new PredicateMembers(predicate);
    predicates.set(predicate, members);
  }
  return members;
}

const predicates: WeakMap<(char: string) => boolean, LazyMembers> = /* @__PURE__ */ new WeakMap();

const LATE = "a predicate over characters answers true or false at once, this one gave a promise";

/**
 * A predicate that returns its result directly.
 *
 * @throws TypeError if it is an async function or a generator, whose result would always count as true.
 */
export function checkPredicate<F extends (char: string) => boolean>(predicate: F): F {
  const kind = Object.prototype.toString.call(predicate);
  if (kind === "[object AsyncFunction]") throw new TypeError(LATE);
  if (/Generator/.test(kind)) {
    throw new TypeError("a predicate over characters answers true or false, a generator function gives neither");
  }
  return predicate;
}

class PredicateMembers implements LazyMembers {
  /** It is only called for characters that occur. */
  beyondBytes(): Beyond {
    return "none";
  }

  readonly #predicate: (char: string) => boolean;
  readonly #pages: Map<number, Uint8Array> = new Map();

  constructor(predicate: (char: string) => boolean) {
    this.#predicate = predicate;
  }

  has(codePoint: number): boolean {
    const number = codePoint >>> 8;
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = new Uint8Array(PAGE);
      this.#pages.set(number, page);
    }
    const at = codePoint & 0xff;
    if (page[at] === UNASKED) {
      // Copied out of the object first, so that the user's function gets no `this`.
      const predicate = this.#predicate;
      const answer: unknown = predicate(String.fromCodePoint(codePoint));
      if (typeof answer === "object" && answer !== null && "then" in answer) throw new TypeError(LATE);
      page[at] = answer ? YES : NO;
    }
    return page[at] !== NO;
  }
}
