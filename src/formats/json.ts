// JSON (RFC 8259), strict.
import { eof, map, type Parser, skipL, skipR } from "../index.ts";
import { takeWhile } from "../lex/index.ts";
import { type Json, number, plainObject, text, valueIn, words } from "./json/grammar.ts";

import { revived } from "./json/reviver.ts";
import { completed, type JsonOptions, valueWith } from "./json/with.ts";

export type { Reviver } from "./json/reviver.ts";
export type { Json, JsonOptions };

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
  objectOf: plainObject,
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

/**
 * A whole JSON document, with options.
 *
 * @param options `bigIntegers`: what integers beyond 2^53 are; `objects`: what objects are; `repeatedKeys`: what a repeated key means;
 * `reviver`: a function as the second argument of `JSON.parse`. By default all is as for {@link json}.
 * @throws TypeError if there is no such option, or no such value of it.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { jsonWith } from "sluice/formats/json";
 * run(jsonWith({ bigIntegers: "bigint" }), "[1, 9007199254740993]").value; // => [1, 9007199254740993n]
 * run(jsonWith({ repeatedKeys: "error" }), '{"a": 1, "a": 2}').diagnostics[0]?.message; // => 'the key "a" is repeated'
 * ```
 */
export function jsonWith(options: JsonOptions): Parser<Json> {
  const { reviver } = completed(options);
  const document = skipR(skipL(space, valueWith(space, options)), eof);
  return reviver === undefined ? document : map(document, (value) => revived(value, reviver) as Json);
}
