// Numbers (TOML 1.1, Integer and Float), and dates, which begin as numbers do. What such a value is stands in its whole text, so
// that is read first.
import { attempt, choice, label, map, opt, type Parser, seq, slice, verify } from "../../index.ts";
import { charSet, oneOf, string, takeWhile, takeWhile1 } from "../../lex/index.ts";
import { TomlDate } from "./dates.ts";

const DIGITS = "0123456789";
const rest = charSet("0-9A-Za-z_+\\-.:");
// only behind a date a space may come before a time
const afterDate = opt(attempt(seq(string(" "), oneOf(DIGITS), takeWhile(rest))));
const frame = choice([
  seq(
    label("value", takeWhile1(DIGITS)),
    opt(choice([seq(string("-"), takeWhile(rest), afterDate), takeWhile1(rest)])),
  ),
  seq(label("value", oneOf("+-in")), takeWhile(rest)),
]);

const RADIX: Readonly<Record<string, number>> = { "0x": 16, "0o": 8, "0b": 2 };
/** Up to so many decimal digits are exact as a number. */
const EXACT = 15;
/** No integer of 64 bits has more decimal digits, with a sign. */
const LONGEST = 20;

interface NumberRules {
  readonly bigints: boolean;
  /** Whether a time may leave out its seconds (TOML 1.1). */
  readonly shortTimes: boolean;
}

/** What is wrong with a text that should be such a value. */
class Wrong {
  readonly #message: string;

  constructor(message: string) {
    this.#message = message;
  }

  toString(): string {
    return this.#message;
  }
}

/** A number, a date or a time. */
export function numberOf(rules: NumberRules): Parser<number | bigint | TomlDate> {
  const read = (text: string): number | bigint | TomlDate | Wrong => {
    try {
      return readAs(text, rules);
    } catch (error) {
      return new Wrong((error as Error).message);
    }
  };
  const judged = verify(map(slice(frame), read), (value) => !(value instanceof Wrong), String);
  return judged as Parser<number | bigint | TomlDate>;
}

/** @throws Error that says what is wrong with the text. */
function readAs(text: string, { bigints, shortTimes }: NumberRules): number | bigint | TomlDate {
  if (text.length <= EXACT && digitsEnd(text, 0, 10) === text.length && (text.length === 1 || text[0] !== "0"))
    return bigints ? BigInt(plain(text)) : Number(plain(text));
  const radix = RADIX[text.slice(0, 2)];
  if (radix !== undefined) {
    if (digitsEnd(text, 2, radix) === text.length)
      return integerOf(text.slice(0, 2) + plain(text.slice(2)), text, bigints);
    throw new Error(
      `${text} is no integer; behind ${text.slice(0, 2)} come digits below ${radix}, with single underscores between them`,
    );
  }
  const from = text[0] === "+" || text[0] === "-" ? 1 : 0;
  const word = text.slice(from);
  if (word === "inf") return text[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (word === "nan") return Number.NaN;
  const end = digitsEnd(text, from, 10);
  if (from === 0 && (text[end] === ":" || (text[end] === "-" && end > 1))) return dateOf(text, shortTimes);
  const point = text[end] === "." ? digitsEnd(text, end + 1, 10) : end;
  const letter = text[point];
  const sign = text[point + 1] === "+" || text[point + 1] === "-" ? 1 : 0;
  const exponent = letter === "e" || letter === "E" ? digitsEnd(text, point + 1 + sign, 10) : point;
  if (end < 0 || exponent !== text.length) throw new Error(wrong(text));
  if (text[from] === "0" && end - from > 1)
    throw new Error(`${text} begins with a zero; write the number without it, or 0o before octal digits`);
  if (end === text.length) return integerOf(plain(text), text, bigints);
  return Number(plain(text));
}

/** Where digits end that begin at `from`, with single underscores between them; -1 if there are none. */
function digitsEnd(text: string, from: number, radix: number): number {
  let end = -1;
  for (let at = from; at < text.length; at++) {
    if (isDigit(text.charCodeAt(at), radix)) end = at + 1;
    else if (end !== at || text[at] !== "_" || !isDigit(text.charCodeAt(at + 1), radix)) return end;
  }
  return end;
}

function isDigit(unit: number, radix: number): boolean {
  if (radix === 16 && ((unit > 0x40 && unit < 0x47) || (unit > 0x60 && unit < 0x67))) return true;
  return unit >= 0x30 && unit < 0x30 + Math.min(radix, 10);
}

function plain(digits: string): string {
  return digits.includes("_") ? digits.replaceAll("_", "") : digits;
}

function integerOf(digits: string, text: string, bigints: boolean): number | bigint {
  if (bigints) {
    const value = digits.length > LONGEST && !digits.startsWith("0") ? undefined : BigInt(digits);
    if (value !== undefined && BigInt.asIntN(64, value) === value) return value;
    throw new Error(`${text} is beyond the integers of 64 bits, -2^63 to 2^63-1`);
  }
  const value = Number(digits);
  // -0 is 0, as an integer
  if (Number.isSafeInteger(value)) return value + 0;
  throw new Error(`${text} is beyond 2^53 and not exact as a number; tomlWith({ integers: "bigint" }) reads it`);
}

function dateOf(text: string, shortTimes: boolean): TomlDate {
  if (!shortTimes && /(?:^|[Tt ])\d\d:\d\d(?!:)/.test(text))
    throw new Error(`${text} has a time without seconds, as TOML 1.1 allows; TOML 1.0 needs them`);
  return new TomlDate(text);
}

function wrong(text: string): string {
  if (/__|_$|_[.eE+-]|[.eE]_/.test(text)) return `${text} is no number: an underscore stands between two digits`;
  if (/\.$|\.[eE]/.test(text)) return `${text} is no number: a digit must stand on both sides of the point`;
  return `${text} is no number, no date and no time; a text needs quotes`;
}
