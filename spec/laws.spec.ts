// The laws at the end of the semantics, on random grammars and inputs.
import test from "ava";
import fc from "fast-check";
import { nodeOf } from "../src/grammar/parser.ts";
import {
  andThen,
  as,
  attempt,
  choice,
  count,
  cut,
  fail,
  fold,
  lengthCount,
  lookahead,
  many,
  many1,
  map,
  notFollowedBy,
  ok,
  or,
  type Parser,
  run,
  seq,
  seqObject,
  skipL,
  tryMap,
  verify,
} from "../src/index.ts";
import { deepEqual } from "./_equal.ts";
import { expectedIn, withoutLines } from "./reference/canonical.ts";
import { nearly, parameters, parsers, readingParsers } from "./reference/grammars.ts";
import { answer } from "./reference/steer.ts";

type Any = Parser<unknown, unknown>;

/** One law: both sides must look the same on every input. */
interface Law {
  readonly name: string;
  readonly left: (p: Any, q: Any, r: Any) => Any;
  readonly right: (p: Any, q: Any, r: Any) => Any;
  /** Only of what reads something when it succeeds. */
  readonly reading?: boolean;
  /** What was expected may differ. */
  readonly loosely?: boolean;
}

const wrap = (value: unknown): unknown => [value];
const name = (value: unknown): unknown => ({ named: value });

/** A parser that depends on a value, as `andThen` takes it. */
function chosen(p: Any, q: Any): (value: unknown) => Any {
  return (value) => (typeof value === "string" && value.length % 2 === 1 ? p : q);
}

const laws: readonly Law[] = [
  { name: "map with identity changes nothing", left: (p) => map(p, (value) => value), right: (p) => p },
  { name: "map composes", left: (p) => map(map(p, wrap), name), right: (p) => map(p, (value) => name(wrap(value))) },
  {
    name: "andThen is associative",
    left: (p, q, r) => andThen(andThen(p, chosen(q, r)), chosen(r, q)),
    right: (p, q, r) => andThen(p, (value) => andThen(chosen(q, r)(value), chosen(r, q))),
  },
  { name: "ok is its left unit", left: (p, q) => andThen(ok("one"), chosen(p, q)), right: (p) => p },
  { name: "ok is its right unit", left: (p) => andThen(p, (value): Any => ok(value as string)), right: (p) => p },
  { name: "or is associative", left: (p, q, r) => or(or(p, q), r), right: (p, q, r) => or(p, or(q, r)) },
  { name: "choice is or", left: (p, q, r) => choice([p, q, r]), right: (p, q, r) => or(p, or(q, r)) },
  { name: "fail is the left unit of or", left: (p) => or(fail(), p), right: (p) => p },
  { name: "fail is the right unit of or", left: (p) => or(p, fail()), right: (p) => p },
  { name: "attempt is idempotent", left: (p) => attempt(attempt(p)), right: (p) => attempt(p) },
  { name: "lookahead is idempotent", left: (p) => lookahead(lookahead(p)), right: (p) => lookahead(p) },
  { name: "cut is idempotent", left: (p) => cut(cut(p)), right: (p) => cut(p) },
  {
    name: "many is many1 or nothing",
    left: (p) => many(p),
    right: (p) => or(many1(p), ok([])),
    reading: true,
  },
  {
    name: "dispatch changes nothing",
    left: (p, q, r) => choice([p, q, r]),
    right: (p, q, r) => choice([skipL(ok(0), p), skipL(ok(0), q), skipL(ok(0), r)]),
  },
  {
    name: "fold is many, and its sum",
    left: (p) =>
      fold(
        p,
        () => [] as readonly unknown[],
        (all, value) => [...all, value],
      ),
    right: (p) => many(p),
  },
  { name: "a count that is read is a count", left: (p) => lengthCount(ok(2), p), right: (p) => count(p, 2) },
  {
    name: "seqObject is seq",
    left: (p, q) => seqObject(["p", p], q),
    right: (p, q) => map(seq(p, q), ([value]) => ({ p: value })),
  },
  { name: "what is never refused is as it is", left: (p) => verify(p, () => true, "no"), right: (p) => p },
  { name: "tryMap without a refusal is map", left: (p) => tryMap(p, wrap), right: (p) => map(p, wrap) },
  { name: "attempt takes a cut", left: (p) => attempt(cut(p)), right: (p) => attempt(p), loosely: true },
  {
    name: "not followed by what doesn't follow is a look-ahead",
    left: (p) => notFollowedBy(notFollowedBy(p)),
    right: (p) => as(lookahead(p), undefined),
    loosely: true,
  },
];

/** What one can see of a run. */
function seen(parser: Any, input: string, requireEof: boolean, loosely: boolean): object {
  const result = run(parser, input, { requireEof });
  const warnings = result.diagnostics.filter(({ severity }) => severity === "warning");
  const [diagnostic, ...more] = result.diagnostics.slice(warnings.length);
  const expected = expectedIn(diagnostic);
  // Where nothing was expected, as after a bare `fail()`, the rules around it are no part of the laws.
  const context = expected.length > 0 ? diagnostic?.context : [];
  return {
    ok: result.ok,
    value: withoutLines(result.value),
    end: result.span?.end.offset,
    emitted: withoutLines(result.emitted),
    warnings: warnings.map(({ code }) => code),
    more: more.length,
    fatal: /^E[34]/.test(diagnostic?.code ?? "") ? diagnostic?.code : undefined,
    ...(loosely ? {} : { at: diagnostic?.at.start.offset, code: diagnostic?.code, expected, context }),
  };
}

/**
 * All that a law may speak of. The parser is an alternative, a scope of its own: with `ok` after it one sees which kind
 * its failure is, with `fail()` what it expected. Whether a failure that has read something is committed as well, only the
 * twin says.
 */
function observed(p: Any, input: string, loosely: boolean): object[] {
  const otherwise: Any = or(p, ok("otherwise"));
  const plain: Any = or(p, fail());
  return [
    seen(otherwise, input, false, loosely),
    seen(plain, input, false, loosely),
    seen(plain, input, true, loosely),
    kindOf(plain, input),
  ];
}

function kindOf(parser: Any, input: string): object {
  const said = answer(nodeOf(parser), input, false);
  return said === undefined || said.ok ? {} : { consumed: said.consumed, committed: said.committed };
}

/** The size of what stands around a parser is no reason to give up on one side only. */
function takesLong(p: Any, input: string): boolean {
  return answer(nodeOf(p), input) === undefined;
}

for (const { name: title, left, right, reading = false, loosely = false } of laws) {
  test(title, (t) => {
    const first = reading ? readingParsers : parsers;
    fc.assert(
      fc.property(first, parsers, parsers, fc.nat(1e6), fc.nat(2), (p, q, r, steps, which) => {
        const sides = [left, right].map((side) => side(p.parser, q.parser, r.parser)) as [Any, Any];
        const input = nearly([p, q, r][which] ?? p, steps);
        fc.pre(!sides.some((side) => takesLong(side, input)));
        const [a, b] = sides.map((side) => observed(side, input, loosely));
        const found = deepEqual(a, b);
        if (found !== undefined) throw new Error(`on ${JSON.stringify(input)} ${found}`);
      }),
      { ...parameters, numRuns: Math.ceil(parameters.numRuns / 6) },
    );
    t.pass();
  });
}
