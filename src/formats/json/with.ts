// JSON with options: integers beyond 2^53, objects as maps, repeated keys, a reviver.
import { map, type Parser, refuse, type Spanned, spanned, tryMap } from "../../index.ts";
import { described } from "../../misuse/described.ts";
import { checkOptions } from "../../misuse/options.ts";
import { type Json, number, numberText, plainObject, text, valueIn, words } from "./grammar.ts";
import type { Reviver } from "./reviver.ts";

/** What {@link jsonWith} takes. */
export interface JsonOptions {
  /** Integers beyond 2^53: the nearest double (`"number"`, the default), a `"bigint"`, or the `"text"` as it is written. */
  readonly bigIntegers?: "number" | "bigint" | "text" | undefined;
  /** Objects as plain objects (the default) or as a `Map`. */
  readonly objects?: "object" | "map" | undefined;
  /** A repeated key: its last value counts (the default), its first, or it is an error that shows both. */
  readonly repeatedKeys?: "last" | "first" | "error" | undefined;
  /** Called for each value, as by `JSON.parse`; with `objects: "map"` the holder may be a `Map`. */
  readonly reviver?: Reviver | undefined;
}

const CHOICES = {
  bigIntegers: ["number", "bigint", "text"],
  objects: ["object", "map"],
  repeatedKeys: ["last", "first", "error"],
} as const;

interface Complete {
  readonly bigIntegers: "number" | "bigint" | "text";
  readonly objects: "object" | "map";
  readonly repeatedKeys: "last" | "first" | "error";
  readonly reviver: Reviver | undefined;
}

/** Checks the options, and fills in the defaults. */
export function completed(options: JsonOptions): Complete {
  const names = [...Object.keys(CHOICES), "reviver"];
  checkOptions(options, names, 'jsonWith takes its options as an object, such as { bigIntegers: "bigint" }');
  for (const [name, choices] of Object.entries(CHOICES)) {
    const given: unknown = options[name as keyof typeof CHOICES];
    if (given !== undefined && !(choices as readonly unknown[]).includes(given)) {
      const offered = choices.map((choice) => `"${choice}"`).join(", ");
      throw new TypeError(`jsonWith: ${name} is one of ${offered}, but it was given ${described(given)}`);
    }
  }
  const { bigIntegers = "number", objects = "object", repeatedKeys = "last", reviver } = options;
  if (reviver !== undefined && typeof reviver !== "function")
    throw new TypeError(`jsonWith: reviver is a function, but it was given ${described(reviver)}`);
  return { bigIntegers, objects, repeatedKeys, reviver };
}

/** One value with these options, before the reviver. */
export function valueWith(space: Parser<unknown>, options: JsonOptions): Parser<Json> {
  const { bigIntegers, objects, repeatedKeys } = completed(options);
  const made = objects === "map" ? (members: Members): unknown => new Map(members) : Object.fromEntries<Json>;
  const numbers: Parser<Json> = bigIntegers === "number" ? number : wide(bigIntegers);
  const shared = { space, scalars: { first: [text], others: [numbers, ...words] }, trailingCommas: false };
  if (repeatedKeys === "last" && objects === "object") return valueIn({ ...shared, key: text, objectOf: plainObject });
  if (repeatedKeys !== "error") {
    const chosen = repeatedKeys === "first" ? firstOf : (members: Members): Members => members;
    return valueIn({ ...shared, key: text, objectOf: (p) => map(p, (members) => made(chosen(members)) as Json) });
  }
  return valueIn<Spanned<string>>({
    ...shared,
    key: spanned(text),
    objectOf: (p) =>
      tryMap(p, (members) => {
        const first = new Map<string, Spanned<string>>();
        for (const [key] of members) {
          const before = first.get(key.value);
          if (before === undefined) first.set(key.value, key);
          else
            return refuse(`the key ${JSON.stringify(key.value)} is repeated`, {
              at: key.span,
              notes: [{ message: "it stands here first", span: before.span }],
            });
        }
        return made(members.map(([key, value]) => [key.value, value])) as Json;
      }),
  });
}

type Members = [string, Json][];

/** Each key where it stands first. */
function firstOf(members: Members): Members {
  const seen = new Set<string>();
  return members.filter(([key]) => !seen.has(key) && seen.add(key));
}

/** Integers that a double can't hold as bigints, or as they are written. */
function wide(form: "bigint" | "text"): Parser<Json> {
  return map(numberText, (digits) => {
    const nearest = Number(digits);
    if (Number.isSafeInteger(nearest) || /[.eE]/.test(digits)) return nearest;
    return (form === "bigint" ? BigInt(digits) : digits) as Json;
  });
}
