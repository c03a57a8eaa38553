// JSONC, JSON with comments (jsonc.org): strict JSON in which comments may stand wherever space may.
import { eof, type Parser, skipL, skipR } from "../index.ts";
import { jsonRelaxed, trivia } from "../lex/index.ts";
import { described } from "../misuse/described.ts";
import { checkOptions } from "../misuse/options.ts";
import { type Json, number, plainObject, text, valueIn, words } from "./json/grammar.ts";

export type { Json };

const space = trivia(jsonRelaxed);

function documentOf(trailingCommas: boolean): Parser<Json> {
  const value = valueIn({
    space,
    key: text,
    objectOf: plainObject,
    scalars: { first: [text], others: [number, ...words] },
    trailingCommas,
  });
  return skipR(skipL(space, value), eof);
}

/**
 * A whole document of JSON with comments: `//` to the end of the line, and C's block comments, which don't nest. Everything else is
 * as in strict JSON: a comma before a closing bracket is an error with a fix-it.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { jsonc } from "sluice/formats/jsonc";
 * unwrap(run(jsonc, '{ // the port\n "port": 80 }')); // => { port: 80 }
 * ```
 */
export const jsonc: Parser<Json> = documentOf(false);

/**
 * {@link jsonc} with options.
 *
 * @param options `trailingCommas`: whether a comma may stand before a closing bracket, as in `tsconfig.json` and the settings of VS Code;
 * default: false.
 * @throws TypeError if there is no such option, or it is not a boolean.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { jsoncWith } from "sluice/formats/jsonc";
 * unwrap(run(jsoncWith({ trailingCommas: true }), "[1, 2,]")); // => [1, 2]
 * ```
 */
export function jsoncWith(options: { readonly trailingCommas?: boolean | undefined }): Parser<Json> {
  checkOptions(
    options,
    ["trailingCommas"],
    "jsoncWith takes its options as an object, such as { trailingCommas: true }",
  );
  const { trailingCommas = false } = options;
  if (typeof trailingCommas !== "boolean")
    throw new TypeError(`jsoncWith: trailingCommas is true or false, but it was given ${described(trailingCommas)}`);
  return trailingCommas ? documentOf(true) : jsonc;
}
