// Grapheme clusters: what a reader sees as one character.
import * as make from "../../grammar/make.ts";
import { Parser } from "../../grammar/parser.ts";
import { firstCluster } from "../../text/index.ts";

/**
 * One extended grapheme cluster (UAX #29, in the Unicode version of the platform): a letter with its accents, an emoji
 * with all that is joined to it, a line end. At the end of a chunk it waits until the next character shows that the
 * cluster is complete. A cluster of more than 1024 units is cut there, as when columns are counted.
 *
 * @example
 * ```ts
 * import { many, run, unwrap } from "sluice";
 * import { grapheme } from "sluice/lex";
 * unwrap(run(many(grapheme), "e\u0301👩‍🚀!")); // => ["e\u0301", "👩‍🚀", "!"]
 * ```
 */
export const grapheme: Parser<string> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.primitive({
    name: "grapheme cluster",
    textOnly: true,
    // the part of a cluster that was read before its end was certain
    start: "",
    scan({ text, from, ended }, state) {
      const open = state as string;
      if (open === "" && from === text.length) return { kind: "failed" };
      const length = firstCluster(open, text, from);
      if (length === open.length + text.length - from && !ended)
        return { kind: "more", state: open + text.slice(from), to: text.length };
      const to = from + length - open.length;
      return { kind: "matched", value: open + text.slice(from, to), to };
    },
  }),
);
