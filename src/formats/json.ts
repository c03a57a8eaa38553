// JSON (RFC 8259), strict.
import { eof, type Parser, skipL, skipR } from "../index.ts";
import { takeWhile } from "../lex/index.ts";
import { type Json, number, text, valueIn, words } from "./json/grammar.ts";

export type { Json };

// §2: insignificant white space
const space = takeWhile(" \n\r\t");

/**
 * One JSON value and the space after it; the input after that is not read. A repeated key counts where it stands last, as in
 * `JSON.parse`, and a key `__proto__` is a property like any other. A number is the nearest double.
 *
 * @example
 * ```ts
 * import { run, sepBy, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * import { jsonValue } from "sluice/formats/json";
 * unwrap(run(sepBy(jsonValue, string(";")), "1 ;[2]")); // => [1, [2]]
 * ```
 */
export const jsonValue: Parser<Json> = valueIn({
  space,
  key: text,
  scalars: { first: [text], others: [number, ...words] },
  trailingCommas: false,
});

/**
 * A whole JSON document: one value, with space around it, up to the end of the input.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { json } from "sluice/formats/json";
 * unwrap(run(json, '{"a": [1, true]}')); // => { a: [1, true] }
 * ```
 */
export const json: Parser<Json> = skipR(skipL(space, jsonValue), eof);
