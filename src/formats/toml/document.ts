// A document: lines, each with a statement or none.
import {
  between,
  choice,
  cutHere,
  eof,
  hidden,
  lookahead,
  manyTill,
  ok,
  type Parser,
  type Refusal,
  recover,
  rule,
  seq,
  skipL,
  skipMany,
  skipR,
  userState,
} from "../../index.ts";
import { bol, string } from "../../lex/index.ts";
import { ASTRAY, Draft, ELEMENT, HEADER, NO_KEY } from "./draft.ts";
import { blank, gap, lineEnd, newline, tail } from "./space.ts";
import type { TomlValue } from "./tables.ts";
import { type Rules, valuesOf } from "./values.ts";

const drafts = /* @__PURE__ */ userState(Draft.empty);

function next(draft: Draft | Refusal): readonly [undefined, Draft] | Refusal {
  return draft instanceof Draft ? [undefined, draft] : draft;
}

export function documentOf(rules: Rules): Parser<Record<string, TomlValue>> {
  const { key, pair } = valuesOf(rules);

  const headed = (open: string, close: string, kind: typeof HEADER | typeof ELEMENT): Parser<undefined> =>
    drafts.update(between(skipR(string(open), blank), key, string(close)), (path, draft) =>
      next(draft.add(path, kind)),
    );
  const header = rule("table header", choice([headed("[[", "]]", ELEMENT), headed("[", "]", HEADER)]));
  const assignment = drafts.update(pair, ([path, value], draft) => next(draft.add(path, value)));

  // a line that looks like a statement, so that the rest of an array that went wrong is skipped with it
  const likely = choice([
    seq(
      choice([string("[["), string("[")]),
      blank,
      key,
      choice([string("]]"), string("]")]),
      tail,
      choice([newline, eof]),
    ),
    seq(key, string("=")),
  ]);
  const resumed = choice([eof, seq(bol, lookahead(seq(blank, likely)))]);
  const astray = drafts.update(resumed, (_, draft) => next(draft.add(NO_KEY, ASTRAY)));
  const statement = choice([
    recover(skipR(header, tail), astray, undefined),
    recover(skipR(assignment, tail), resumed, undefined),
  ]);
  // what begins no statement and is not the end is committed, so that it is recovered from
  const line = choice([statement, eof, skipL(cutHere(), recover(statement, resumed, undefined))]);

  // ends where a statement is not alone on its line, behind a recovery, and at the end of the input
  const space = (p: Parser<unknown>): Parser<unknown> => recover(p, seq(resumed, blank), undefined);
  const lines = seq(line, skipMany(seq(space(lineEnd), line)));
  const anew = recover(choice([lineEnd, hidden(bol)]), resumed, undefined);
  const others = manyTill(seq(anew, space(gap), lines), eof);
  const document = drafts.update(ok(undefined), (_, draft) => [draft.finish(), draft]);
  return drafts.scope(skipL(seq(space(gap), lines, others), document));
}
