// Values that waited on the stack, as the array or object that they are elements of, and pieces as a text.
import { described } from "../../misuse/described.ts";
import { apart } from "./window.ts";

/** The values [from, to), as an array of exactly that size. */
export function arrayOf(values: readonly unknown[], from: number, to: number): unknown[] {
  switch (to - from) {
    case 0:
      return [];
    case 1:
      return [values[from]];
    case 2:
      return pairOf(values[from], values[from + 1]);
    case 3:
      return [values[from], values[from + 1], values[from + 2]];
    default:
      return values.slice(from, to);
  }
}

/**
 * Each literal remembers what it held: one of its own lets the platform keep pairs of numbers, such as coordinates, as doubles
 * whatever else was parsed before (1.2 times as fast then).
 */
function pairOf(a: unknown, b: unknown): unknown[] {
  return typeof a === "number" && typeof b === "number" ? [a, b] : [a, b];
}

/**
 * A list of texts as one.
 *
 * @throws TypeError if it is none, as `longer`.
 */
export function joined(texts: unknown): string {
  if (!Array.isArray(texts)) {
    throw new TypeError(
      `concat takes a parser that gives a list of texts, such as many(…), this one gave ${described(texts)}`,
    );
  }
  for (const text of texts) if (typeof text !== "string") throw noText(text);
  return texts.join("");
}

function noText(piece: unknown): TypeError {
  return new TypeError(
    `concat takes a parser that gives a list of texts, this one gave ${described(piece)} among them`,
  );
}

/**
 * Keys and values [from, to), taking turns, as an object: what `Object.fromEntries` makes of the pairs. A key
 * `__proto__` becomes a property like any other (ECMA-262, CreateDataProperty).
 */
export function recordOf(values: readonly unknown[], from: number, to: number): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (let i = from; i < to; i += 2) {
    const key = values[i] as string;
    if (key === "__proto__") {
      Object.defineProperty(record, key, {
        value: values[i + 1],
        enumerable: true,
        writable: true,
        configurable: true,
      });
    } else record[key] = values[i + 1];
  }
  return record;
}

/** From so many units on a text that is being put together is made one whenever it has doubled: its parts cost more than it. */
const PARTED = 1024;

/**
 * A text with a piece more.
 *
 * @throws TypeError if that is none: `concat` was given a parser of something else.
 */
export function appended(text: string, piece: unknown): string {
  if (typeof piece !== "string") throw noText(piece);
  const all = text + piece;
  return all.length >= PARTED && Math.clz32(all.length) !== Math.clz32(text.length) ? apart(all) : all;
}

/** `count` values: those on the stack from `from` on, and the last one. */
export function tupleOf(values: readonly unknown[], from: number, count: number, last: unknown): unknown[] {
  switch (count) {
    case 0:
      return [];
    case 1:
      return [last];
    case 2:
      return [values[from], last];
    case 3:
      return [values[from], values[from + 1], last];
    default: {
      const tuple = values.slice(from, from + count - 1);
      tuple.push(last);
      return tuple;
    }
  }
}
