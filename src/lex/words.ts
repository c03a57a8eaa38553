// Names.
import * as make from "../grammar/make.ts";
import { Parser } from "../grammar/parser.ts";
import { type CharSet, charSet } from "../text/index.ts";

const start: CharSet = /* @__PURE__ */ charSet("\\p{XID_Start}_");
const continues: CharSet = /* @__PURE__ */ charSet("\\p{XID_Continue}");

/**
 * An identifier: a letter or `_`, then letters, digits, marks and connectors (Unicode UAX #31: `XID_Start` and `_`, then
 * `XID_Continue`, by the Unicode version of the platform).
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { identifier } from "sluice/lex";
 * unwrap(run(identifier, "größe_2")); // => "größe_2"
 * ```
 */
export const identifier: Parser<string> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.leaf(
    "identifier",
    "rule",
    /* @__PURE__ */ make.slice(
      /* @__PURE__ */ make.seq([/* @__PURE__ */ make.set(start), /* @__PURE__ */ make.span(continues, 0)]),
    ),
  ),
);
