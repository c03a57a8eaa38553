// The common part of string and character literals: brackets around text.
import * as make from "../../grammar/make.ts";
import type { Node, Refiner } from "../../grammar/node.ts";
import { type Problem, Refusal } from "../../grammar/problem.ts";
import { type CharSet, charSet } from "../../text/index.ts";

/** Text between two quotes; if it isn't closed, the error has a note where it was opened. */
export function quoted(open: Node, body: Node, close: Node): Node {
  return make.between(open, body, close, true);
}

/** Fails at a character that is not allowed here, with a message about it; it is not listed as expected. */
export function wrong(members: CharSet, problem: Problem): Node {
  const refiner: Refiner = (_, site) => new Refusal({ ...problem, at: site.span(site.start, site.start) });
  return make.refine(make.trivia(make.set(members)), refiner, false);
}

/** The end of a line, in a literal that must be on one line. */
export function wrongLineEnd(): Node {
  return wrong(charSet("\\n\\r"), {
    code: "E7203",
    message: "the line ends inside this literal; write \\n for a line end, or close it",
    messageKey: "E7203",
    args: [],
  });
}
