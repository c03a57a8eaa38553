// What `lint` tells for certain, held against runs of random grammars.
import test from "ava";
import fc from "fast-check";
import { nodeOf } from "../../src/grammar/parser.ts";
import { type AnyParser, choice, fail, type LintFinding, lint, many, or, type Parser, run } from "../../src/index.ts";
import { deepEqual } from "../_equal.ts";
import { size } from "../_size.ts";
import { nearly, type PlannedParser, parameters, parsers } from "../reference/grammars.ts";
import { answer } from "../reference/steer.ts";

type Any = Parser<unknown, unknown>;

/** What is told of a parser beyond what is told of its parts. */
function toldOf(whole: AnyParser, ...parts: readonly AnyParser[]): LintFinding[] {
  const known = new Set(parts.flatMap((part) => lint(part).map(({ message }) => message)));
  return lint(whole).filter(({ message }) => !known.has(message));
}

let looked = 0;

/** What a run gives where it succeeds; undefined where the naive twin finds that it takes too long. */
function outcome(p: Any, input: string): object | undefined {
  if (answer(nodeOf(p), input, false) === undefined) return undefined;
  const { ok, value, diagnostics } = run(p, input, { requireEof: false });
  return ok ? { value } : { fatal: diagnostics[0]?.code === "E3001" };
}

const settings = { ...parameters, maxSkipsPerRun: 1000, numRuns: Math.ceil(parameters.numRuns / 6) };

test("an alternative that is said never to be taken is not missed", (t) => {
  looked = 0;
  fc.assert(
    fc.property(parsers, parsers, fc.nat(1e6), fc.boolean(), (p, q, steps, which) => {
      const both: Any = or(p.parser, q.parser);
      // only where this choice is the one that is meant: its alternatives are not choices themselves
      fc.pre(nodeOf(p.parser).kind !== "choice" && nodeOf(q.parser).kind !== "choice");
      const [told] = toldOf(both, p.parser, q.parser).filter(({ code }) => /L10[345]/.test(code));
      fc.pre(told !== undefined);
      looked += 1;
      const input = nearly(which ? p : q, steps);
      const [with_, without] = [outcome(both, input), outcome(or(p.parser, fail()), input)];
      if (with_ === undefined || without === undefined) return;
      const found = deepEqual(with_, without);
      if (found !== undefined) throw new Error(`${told.message}\non ${JSON.stringify(input)} ${found}`);
    }),
    settings,
  );
  t.true(looked >= settings.numRuns);
});

test("a repetition that is said not to advance, or not to end, never succeeds", (t) => {
  looked = 0;
  fc.assert(
    fc.property(parsers, fc.nat(1e6), (p: PlannedParser, steps) => {
      const whole: Any = many(p.parser);
      const [told] = toldOf(whole, p.parser).filter(({ message }) => /^many\(/.test(message));
      fc.pre(told !== undefined);
      looked += 1;
      const input = nearly(p, steps);
      const result = told.code === "L102" ? outcome(whole, /the end of/.test(told.message) ? "" : "!") : undefined;
      if (result !== undefined) t.deepEqual(result, { fatal: true }, told.message);
      if (told.code === "L106") t.false("value" in (outcome(whole, input) ?? {}), told.message);
    }),
    settings,
  );
  t.true(looked >= settings.numRuns);
});

test("a choice of many is told of as its pairs are", (t) => {
  fc.assert(
    fc.property(parsers, parsers, parsers, (p, q, r) => {
      const nodes = [p, q, r].map(({ parser }) => nodeOf(parser).kind);
      fc.pre(!nodes.includes("choice"));
      const codes = (whole: Any): string[] =>
        toldOf(whole, p.parser, q.parser, r.parser)
          .map(({ code }) => code)
          .filter((code) => /L10[345]/.test(code));
      const pairs = codes(or(p.parser, q.parser)).length;
      if (pairs > 0) t.true(codes(choice([p.parser, q.parser, r.parser])).length > 0);
    }),
    { ...parameters, numRuns: size(100, 1000) },
  );
  t.pass();
});
