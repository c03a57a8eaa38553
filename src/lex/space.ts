// Space between tokens. It never fails and is never among what was expected.
import * as make from "../grammar/make.ts";
import { nodeOf, Parser } from "../grammar/parser.ts";
import { type CharSet, charSet } from "../text/index.ts";

const spaces: CharSet = /* @__PURE__ */ charSet("\\p{White_Space}");

/**
 * White space (Unicode's `White_Space`), if there is any.
 *
 * @example
 * ```ts
 * import { run, seq } from "sluice";
 * import { spaces0, string } from "sluice/lex";
 * run(seq(string("a"), spaces0, string("b")), "a \n b").ok; // => true
 * ```
 */
export const spaces0: Parser<undefined> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.trivia(/* @__PURE__ */ make.skip(/* @__PURE__ */ make.span(spaces, 0))),
);

/** The space in force: `spaces0` unless `withSpace` or a run's profile says otherwise. */
export const spaceInForce: Parser<undefined> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.trivia(/* @__PURE__ */ make.space(/* @__PURE__ */ nodeOf(spaces0), () => nodeOf(spaces0))),
);

/**
 * The end of a line: `\n`, `\r\n` or `\r`.
 *
 * @example
 * ```ts
 * import { many, run, seq } from "sluice";
 * import { lineEnding, string } from "sluice/lex";
 * run(many(seq(string("a"), lineEnding)), "a\na\r\na\r").ok; // => true
 * ```
 */
export const lineEnding: Parser<undefined> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.label(
    "line ending",
    /* @__PURE__ */ make.skip(
      /* @__PURE__ */ make.choice([
        /* @__PURE__ */ make.text("\n"),
        /* @__PURE__ */ make.seq([
          /* @__PURE__ */ make.text("\r"),
          /* @__PURE__ */ make.trivia(/* @__PURE__ */ make.opt(/* @__PURE__ */ make.text("\n"), undefined)),
        ]),
      ]),
    ),
  ),
);

/**
 * `p` and the space after it.
 *
 * @param space what counts as space; if not given, the space in force (`withSpace`), else `spaces0`.
 *
 * @example
 * ```ts
 * import { many, run, unwrap } from "sluice";
 * import { lexeme, string } from "sluice/lex";
 * unwrap(run(many(lexeme(string("a"))), "a a ")); // => ["a", "a"]
 * ```
 */
export function lexeme<T, E>(p: Parser<T, E>, space: Parser<unknown> = spaceInForce): Parser<T, E> {
  return Parser.of(make.pick(0, nodeOf(p), make.trivia(nodeOf(space))));
}

/**
 * A fixed text and the space after it.
 *
 * @param space what counts as space; if not given, the space in force (`withSpace`), else `spaces0`.
 *
 * @example
 * ```ts
 * import { run, seq, unwrap } from "sluice";
 * import { symbol } from "sluice/lex";
 * unwrap(run(seq(symbol("("), symbol(")")), "( ) ")); // => ["(", ")"]
 * ```
 */
export function symbol<const S extends string>(text: S, space: Parser<unknown> = spaceInForce): Parser<S> {
  if (typeof text !== "string") throw new TypeError(`symbol takes a text, got ${typeof text}`);
  return Parser.of(make.pick(0, make.text(text), make.trivia(nodeOf(space))));
}
