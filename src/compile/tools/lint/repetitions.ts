// Repetitions that can't advance or can't end.
import type { Node, NodeOf, RepeatNode } from "../../../grammar/node.ts";
import type { Analysis } from "../../facts/analysis.ts";
import { shown } from "../../facts/shown.ts";
import type { Answers, Next } from "./answers.ts";
import type { Finding } from "./finding.ts";

export function repetition(
  node: RepeatNode,
  analysis: Analysis,
  answers: Answers,
  neverEmpty: ReadonlySet<Node>,
): Finding | undefined {
  if (node.max !== Number.POSITIVE_INFINITY) return undefined;
  const next = (["end", characterBeside(node, analysis)] as const).find(
    (at) => at !== undefined && idles(node, answers, at),
  );
  if (next !== undefined) {
    const what = node.sep === undefined ? "its body" : "its separator and its element";
    const where = next === "end" ? "at the end of the input" : `before ${JSON.stringify(String.fromCharCode(next))}`;
    return {
      code: "L102",
      message: `${shown(node)} can't advance: ${what} can succeed without reading, as ${where}, which is the error E3001`,
      help: "make its body read something each time: takeWhile1 instead of takeWhile, no opt(…) or many(…) as the whole body",
    };
  }
  if (!isEndless(node, analysis, neverEmpty)) return undefined;
  return {
    code: "L106",
    message: `${shown(node)} can't end: it ends where ${node.sep === undefined ? "its body" : "its separator"} fails without having read, and a cut at its start makes that failure final`,
    help: "put the cut behind the part that shows that one more has begun",
  };
}

/** `opt` of what is cut from its start: it can't be absent. */
export function option({ p }: NodeOf<"opt">, analysis: Analysis, neverEmpty: ReadonlySet<Node>): Finding | undefined {
  if (!neverEmpty.has(p) || analysis.of(p).nullable) return undefined;
  return {
    code: "L106",
    message: `opt(${shown(p)}) can't be absent: a cut at its start makes its failure final`,
    help: "put the cut behind the part that shows that it is there, or leave out opt(…)",
  };
}

/** Whether one more time round can succeed without reading, where nothing is read. */
function idles({ p, sep, end }: RepeatNode, answers: Answers, next: Next): boolean {
  const goesOn = end === undefined || answers.at(end, next) === "fails";
  const separated = sep === undefined || answers.at(sep, next) === "succeeds";
  return goesOn && separated && answers.at(p, next) === "succeeds";
}

/** A character with which no part of it begins. */
function characterBeside({ p, sep, end }: RepeatNode, analysis: Analysis): number | undefined {
  const firsts = [p, sep, end].flatMap((part) => (part === undefined ? [] : [analysis.of(part).first]));
  for (let c = 0x21; c < 0x7f; c++) if (firsts.every((first) => !first.has(c))) return c;
  return undefined;
}

/** Only a cut keeps what reads something from ever failing without having read. */
function isEndless({ p, sep, end, trailing }: RepeatNode, analysis: Analysis, neverEmpty: ReadonlySet<Node>): boolean {
  const always = (part: Node): boolean => neverEmpty.has(part) && !analysis.of(part).nullable;
  if (end !== undefined) return false;
  if (sep === undefined) return always(p);
  if (trailing) return always(sep) && always(p);
  return always(sep) || (neverEmpty.has(sep) && always(p) && !analysis.of(sep).nullable);
}
