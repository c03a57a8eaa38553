// Text up to where a parser succeeds.
import { Analysis, isSettled } from "../../compile/facts/analysis.ts";
import { below, unitOf } from "../../compile/facts/unit.ts";
import { deferred, deref } from "../../grammar/lazies.ts";
import * as make from "../../grammar/make.ts";
import { childrenOf, type Node } from "../../grammar/node.ts";
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
  askInside(end);
  // what is settled was looked at for another step, as a rule for one inside
  const analysis = new Analysis(end, unitOf(end, { isApart: isSettled }));
  const { nullable, early } = analysis.of(end);
  if (nullable || early) return one;
  // the space in force is another one in each run
  const starts = below(end, (node) => analysis.startsOf(node));
  if (starts.some(({ kind }) => kind === "space" || kind === "withSpace")) return one;
  return make.choice([make.span(analysis.firstSet(end).complement(), 1), one]);
}

/** Makes what is made when it is first looked at, from the inside outwards: each is then looked at once, and none calls the other. */
function askInside(end: Node): void {
  const nodes = below(end, (node) => (node === end || !isSettled(node) ? childrenOf(node) : []));
  for (const node of nodes.reverse()) deref(node);
}
