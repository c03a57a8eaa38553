// Keys (TOML 1.1, Keys): their grammar, and where their parts stand.
import {
  choice,
  label,
  lazy,
  opt,
  type Parser,
  type Position,
  position,
  type Span,
  type Spanned,
  seq,
  skipL,
  skipR,
  spanned,
} from "../../index.ts";
import { charSet, string, takeWhile1 } from "../../lex/index.ts";
import { blank } from "./space.ts";

/**
 * The parts of a key, from left to right: the name of the first one, where it ends, and the others. A name that is not quoted is as
 * long as its text. So little is made and kept for the many keys that nothing is said of.
 */
export type Path = readonly [name: string | Spanned<string>, end: Position, rest: Path | undefined];

/** Where a part stands: its end, if it is as long as its name. */
export type Place = Position | Span;

/** A key, dotted or not, and the space after it. */
export function keyOf(quoted: Parser<string>): Parser<Path> {
  const bare = takeWhile1(charSet("A-Za-z0-9_\\-"));
  const name = label("key", choice([bare, spanned(quoted)]));
  // a key in itself, so that `maxDepth` bounds how deep the tables are that it makes
  const key: Parser<Path> = lazy(() => seq(name, skipR(position, blank), opt(skipL(seq(string("."), blank), key))));
  return key;
}

export function textOf([name]: Path): string {
  return typeof name === "string" ? name : name.value;
}

export function placeOf([name, end]: Path): Place {
  return typeof name === "string" ? end : name.span;
}

export function spanOf(name: string, place: Place): Span {
  if ("start" in place) return place;
  const { offset, byteOffset, line, column } = place;
  const { length } = name;
  const start = { offset: offset - length, byteOffset: byteOffset - length, line, column: column - length };
  return { start, end: place };
}

/** A key as one writes it. */
export function shown(path: Path): string {
  const parts: string[] = [];
  for (let at: Path | undefined = path; at !== undefined; at = at[2]) parts.push(shownName(textOf(at)));
  return parts.join(".");
}

export function shownName(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name);
}
