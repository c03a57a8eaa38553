// Characters by their Unicode properties, in the version of the platform.
import * as make from "../../grammar/make.ts";
import { Parser } from "../../grammar/parser.ts";
import { described } from "../../misuse/described.ts";
import { type CharSet, charSet } from "../../text/index.ts";

/**
 * One character of a general category, by its short or its long name: `Lu`, `Uppercase_Letter`.
 *
 * @throws RangeError that names it, if there is no such category.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { unicodeCategory } from "sluice/lex";
 * unwrap(run(unicodeCategory("Sc"), "€")); // => "€"
 * ```
 */
export function unicodeCategory(name: string): Parser<string> {
  const known = setOf(name, "General_Category=");
  if (known === undefined)
    throw new RangeError(
      `there is no general category ${described(name)}; they are named as in "Lu" or "Uppercase_Letter"`,
    );
  return Parser.of(make.set(known));
}

/**
 * One character of a script (Unicode's `Script`, so each character has only one), by its short or its long name:
 * `Grek`, `Greek`.
 *
 * @throws RangeError that names it, if there is no such script.
 *
 * @example
 * ```ts
 * import { many, run, unwrap } from "sluice";
 * import { unicodeScript } from "sluice/lex";
 * unwrap(run(many(unicodeScript("Greek")), "λό")); // => ["λ", "ό"]
 * ```
 */
export function unicodeScript(name: string): Parser<string> {
  const known = setOf(name, "Script=");
  if (known === undefined)
    throw new RangeError(`there is no script ${described(name)}; they are named as in "Greek" or "Grek"`);
  return Parser.of(make.set(known));
}

/**
 * One character that has a property, written as in `\p{…}` of a regular expression with the flag `u`: `Alphabetic`,
 * `Emoji_Presentation`, `Script_Extensions=Greek`.
 *
 * @throws RangeError that names it, if the platform knows no such property.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { unicodeProperty } from "sluice/lex";
 * unwrap(run(unicodeProperty("Emoji_Presentation"), "🚀")); // => "🚀"
 * ```
 */
export function unicodeProperty(name: string): Parser<string> {
  const known = setOf(name);
  if (known === undefined)
    throw new RangeError(`there is no property ${described(name)}; write one that \\p{…} takes, such as "Alphabetic"`);
  return Parser.of(make.set(known));
}

/** The characters of a property, or of a value of `property=`; nothing if the platform does not know it. */
function setOf(name: unknown, property = ""): CharSet | undefined {
  if (typeof name !== "string" || !/^\w+(?:=\w+)?$/.test(name)) return undefined;
  try {
    return charSet(`\\p{${property}${name}}`);
  } catch {
    return undefined;
  }
}
