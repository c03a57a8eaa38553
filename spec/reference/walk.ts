// Inputs for a random grammar that nearly match it: a walk through the plan writes what it would read, then a few edits.
import type { Random } from "../_random.ts";
import type { GrammarPlan, Plan } from "./plan.ts";

export const ALPHABET = ["a", "b", "c", ",", "[", "]", "é", "😀", "\n", " ", "\r", "\u0301"] as const;

/** Bytes, as characters of the same number. */
export const BYTES = ["\x00", "\x01", "\x02", "\x03", "a", ",", "\x80", "\xff"] as const;

const LONGEST = 24;

/** A change to an input; `at` is taken modulo its length. */
export interface Edit {
  readonly kind: "insert" | "delete" | "replace" | "repeat" | "truncate";
  readonly at: number;
  readonly char: string;
}

/** A short text that the first rule is likely to read, or the beginning of one. */
export function walk(grammar: GrammarPlan, random: Random): string {
  const rules = grammar.rules;
  const first = rules[0];
  return first === undefined ? "" : edited(through(first, 3), []);

  function times(most: number, one: () => string, between: () => string = () => ""): string {
    const count = random.below(most + 1);
    return Array.from({ length: count }, (_, i) => (i > 0 ? between() : "") + one()).join("");
  }

  function character(allowed: (char: string) => boolean): string {
    return random.pick(ALPHABET.filter(allowed)) ?? "";
  }

  function bytes(n: number): string {
    return times(n, () => random.pick(BYTES)).padEnd(n, "\x01");
  }

  function through(p: Plan, depth: number): string {
    const go = (q: Plan): string => through(q, depth);
    switch (p.k) {
      case "text":
      case "word":
        return p.text;
      case "symbol":
        return p.text + times(1, () => random.pick([" ", ","]));
      case "joined":
        return times(3, () => random.pick([...p.chars, p.text]));
      case "raise":
        return "";
      case "oneOf":
        return random.pick([...p.chars]);
      case "noneOf":
        return character((char) => !p.chars.includes(char));
      case "takeWhile":
        return times(2, () => random.pick([...p.chars]));
      case "takeWhile1":
        return random.pick([...p.chars]) + times(1, () => random.pick([...p.chars]));
      case "takeUntil":
        return times(2, () => character((char) => char !== p.text));
      case "regex":
        return random.pick(["a", "ab", "é😀", "abc", "bb"]);
      case "anyChar":
        return character(() => true);
      case "identifier":
        return random.pick(["a", "cé", "bab"]);
      case "doubles":
        return "bb";
      case "runOfAs":
        return `a${times(2, () => "a")}`;
      case "again": {
        const char = random.pick([...p.chars]);
        return char + char;
      }
      case "ref": {
        const rule = rules[p.rule % rules.length];
        return depth === 0 || rule === undefined ? p.guard : p.guard + through(rule, depth - 1);
      }
      case "ok":
      case "turn":
      case "turned":
      case "fail":
      case "eof":
      case "cutHere":
      case "position":
      case "notFollowedBy":
        return "";
      case "seq":
        return p.of.map(go).join("");
      case "choice":
        return p.of.length === 0 ? "" : go(random.pick(p.of));
      case "bytes":
        return String.fromCharCode(...p.expected);
      case "uint8":
      case "uint16be":
      case "uint16le":
      case "int32be":
      case "float32le":
      case "uint64be":
        return bytes(Number(/\d+/.exec(p.k)?.[0]) / 8);
      case "uleb128":
      case "sleb128":
        return `${times(2, () => "\x80")}\x01`;
      case "bits":
        return bytes(2);
      case "sized": {
        const n = random.below(4);
        return String.fromCharCode(n) + bytes(n % 3);
      }
      case "takeBytes":
        return bytes(p.n);
      case "utf8":
        return "a".repeat(p.n);
      case "lengthPrefixed": {
        const n = random.below(4);
        return (p.max === undefined ? "" : "\0") + String.fromCharCode(n) + bytes(n);
      }
      case "lookahead":
        return random.oneIn(2) ? "" : go(p.p);
      case "opt":
        return times(1, () => go(p.p));
      case "many":
      case "skipMany":
      case "each":
        return times(2, () => go(p.p));
      case "many1":
      case "skipMany1":
        return go(p.p) + times(1, () => go(p.p));
      case "count":
        return Array.from({ length: p.n }, () => go(p.p)).join("");
      case "record":
        return times(
          3,
          () => `${random.pick(["a", "ab", "é"])},${go(p.p)}`,
          () => p.sep,
        );
      case "chainl1":
      case "chainr1":
        return go(p.p) + times(2, () => go(p.q) + go(p.p));
      case "withSpace":
        return go(p.p) + times(1, () => go(p.q));
      case "trivia":
        return times(1, () => go(p.p));
      case "token":
      case "lexeme":
        return go(p.p) + times(2, () => " ");
      case "noted":
        return go(p.p) + times(2, () => random.pick([" ", "[a]", "[[]b]", "éa\n", "[a"]));
      case "repeat":
        return Array.from({ length: p.min }, () => go(p.p)).join("") + times(1, () => go(p.p));
      case "skipL":
      case "skipR":
        return go(p.p) + go(p.q);
      case "sepBy":
      case "eachSep":
        return times(
          3,
          () => go(p.p),
          () => go(p.q),
        );
      case "fold":
        return times(2, () => go(p.p));
      case "lengthCount":
        return go(p.n) + times(3, () => go(p.p));
      case "lengthValue":
        return go(p.n) + go(p.p);
      case "recover":
        return go(p.p) + times(1, () => go(p.q));
      case "sepBy1":
        return go(p.p) + times(2, () => go(p.q) + go(p.p));
      case "sepEndBy":
        return times(3, () => go(p.p) + go(p.q));
      case "manyTill":
      case "eachEnd":
        return times(2, () => go(p.p)) + go(p.q);
      case "eachSepEnd":
        return (
          times(
            2,
            () => go(p.p),
            () => go(p.q),
          ) + go(p.r)
        );
      case "between":
      case "delimited":
        return go(p.p) + go(p.q) + go(p.r);
      case "andThen":
        return go(p.p) + go(random.oneIn(2) ? p.even : p.odd);
      default:
        return go(p.p);
    }
  }
}

/** The text with the edits made, one after the other, and cut to a length at which nothing takes long. */
export function edited(text: string, edits: readonly Edit[]): string {
  let chars = [...text];
  for (const { kind, at, char } of edits) {
    const place = at % (chars.length + 1);
    if (kind === "insert") chars.splice(place, 0, char);
    else if (kind === "delete") chars.splice(place, 1);
    else if (kind === "replace") chars.splice(place, 1, char);
    else if (kind === "repeat") chars.splice(place, 0, ...chars.slice(place, place + 2));
    else chars = chars.slice(0, place);
  }
  let short = "";
  for (const char of chars) if (short.length + char.length <= LONGEST) short += char;
  return short;
}
