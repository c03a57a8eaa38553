// White space, line ends, and the space in force. Parsers whose names end in 0 read as much as there is, possibly
// nothing: they never fail and are never listed as expected.
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { type CharSet, charSet } from "../../text/index.ts";
import { type TriviaProfile, triviaOf, whiteSpace } from "./trivia.ts";

const horizontal: CharSet = /* @__PURE__ */ charSet("\\t\\p{Zs}");
const vertical: CharSet = /* @__PURE__ */ charSet("\\n\\v\\f\\r\\x85\\u2028\\u2029");

function asMuch(set: CharSet): Node {
  return make.trivia(make.skip(make.span(set, 0)));
}

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
export const spaces0: Parser<undefined> = /* @__PURE__ */ Parser.of(/* @__PURE__ */ asMuch(whiteSpace));

/**
 * White space within a line, if there is any: tabs, and Unicode's `Zs` (the space, the no-break space, the ideographic
 * one, …).
 *
 * @example
 * ```ts
 * import { runPartial } from "sluice";
 * import { hspace0 } from "sluice/lex";
 * runPartial(hspace0, " \t\n").rest; // => "\n"
 * ```
 */
export const hspace0: Parser<undefined> = /* @__PURE__ */ Parser.of(/* @__PURE__ */ asMuch(horizontal));

/**
 * Line ends and other vertical white space, if there is any: `\n`, `\v`, `\f`, `\r`, U+0085, U+2028, U+2029. Together,
 * `hspace0` and `vspace0` cover all of `White_Space`.
 *
 * @example
 * ```ts
 * import { runPartial } from "sluice";
 * import { vspace0 } from "sluice/lex";
 * runPartial(vspace0, "\n\r\n x").rest; // => " x"
 * ```
 */
export const vspace0: Parser<undefined> = /* @__PURE__ */ Parser.of(/* @__PURE__ */ asMuch(vertical));

/**
 * White space (Unicode's `White_Space`), at least one character: its name has no `0`. It fails empty if there is none.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { whitespace } from "sluice/lex";
 * run(whitespace, "x").diagnostics[0]?.message; // => "expected white space"
 * ```
 */
export const whitespace: Parser<undefined> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.label("white space", /* @__PURE__ */ make.skip(/* @__PURE__ */ make.span(whiteSpace, 1))),
);

/** @internal The space in force: `spaces0` unless `withSpace`, `autoWhitespace` or a run's profile says otherwise. */
export const spaceInForce: Parser<undefined> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ make.trivia(/* @__PURE__ */ make.space(/* @__PURE__ */ nodeOf(spaces0), triviaOf)),
);

/**
 * `p`, with the space of a profile read before it and in force inside it: each token in `p` that was given no space of
 * its own reads that space after it. Without a profile it is the space in force at this place.
 *
 * The profile of a run (`RunConfig.extensions.lex.profile`) has priority over the one given here.
 *
 * @throws TypeError if the profile is malformed.
 *
 * @example
 * ```ts
 * import { run, seq } from "sluice";
 * import { autoWhitespace, jsonRelaxed, symbol } from "sluice/lex";
 * const pair = autoWhitespace(seq(symbol("a"), symbol("b")), jsonRelaxed);
 * run(pair, "// first\na // second\nb").ok; // => true
 * ```
 */
export function autoWhitespace<T, E>(p: Parser<T, E>, profile?: TriviaProfile): Parser<T, E> {
  const whole = make.pick(1, nodeOf(spaceInForce), nodeOf(p));
  return Parser.of(profile === undefined ? whole : make.withSpace(whole, triviaOf(profile)));
}

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
