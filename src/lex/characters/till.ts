// Text up to where a parser succeeds.
import { Analysis } from "../../compile/facts/analysis.ts";
import { reachable } from "../../compile/facts/unit.ts";
import { deferred } from "../../grammar/lazies.ts";
import * as make from "../../grammar/make.ts";
import type { Node } from "../../grammar/node.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { anyChar } from "./characters.ts";

/**
 * The text up to where `end` succeeds, which is not read; the text may be empty. `end` is tried at each character that
 * it can begin with, and builds no values. If it never succeeds, this fails at the end of the input, expecting what
 * `end` expects there. The cost is that of the tries: linear if `end` decides after a few characters, as fixed texts
 * do.
 *
 * @throws TypeError if `end` is not a parser.
 *
 * @example
 * ```ts
 * import { run, seq, unwrap } from "sluice";
 * import { lineEnding, till } from "sluice/lex";
 * unwrap(run(seq(till(lineEnding), lineEnding), "a b\r\n")); // => ["a b", undefined]
 * ```
 */
export function till(end: Parser<unknown>): Parser<string> {
  const node = nodeOf(end);
  if (node.kind === "text") return Parser.of(make.until(node.text));
  const step = make.trivia(deferred(() => stepTo(node)));
  return Parser.of(make.slice(make.repeat(step, { end: make.skip(make.lookahead(node)) })));
}

/** One step: past everything that `end` can't begin with, or past one character. */
function stepTo(end: Node): Node {
  const one = nodeOf(anyChar);
  const nodes = reachable(end);
  // each run may have another space in force
  if (nodes.some(({ kind }) => kind === "space" || kind === "withSpace")) return one;
  const analysis = new Analysis(end);
  const { nullable, early } = analysis.of(end);
  if (nullable || early) return one;
  return make.choice([make.span(analysis.firstSet(end).complement(), 1), one]);
}
