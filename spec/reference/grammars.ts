// fast-check arbitraries: random grammars over a tiny alphabet, with inputs that nearly match them.
import fc from "fast-check";
import { nodeOf } from "../../src/grammar/parser.ts";
import type { Parser } from "../../src/index.ts";
import { seeded } from "../_random.ts";
import { BINARY, build, type GrammarPlan, listingOf, type Plan, UNARY } from "./plan.ts";
import { steered } from "./steer.ts";
import { ALPHABET, type Edit, edited, walk } from "./walk.ts";

/** Set `SLUICE_SEED` to try other grammars, `SLUICE_RUNS` to try more of them. */
export const parameters: { readonly seed: number; readonly numRuns: number; readonly includeErrorInReport: true } = {
  seed: Number(process.env.SLUICE_SEED ?? 20_240_229),
  numRuns: Number(process.env.SLUICE_RUNS ?? 1000),
  includeErrorInReport: true,
};

/** A parser that fast-check shows as code. */
export class PlannedParser {
  readonly plan: GrammarPlan;
  readonly parser: Parser<unknown, unknown>;

  constructor(plan: GrammarPlan) {
    this.plan = plan;
    this.parser = build(plan);
  }

  toString(): string {
    return `\n${listingOf(this.plan)}\n`;
  }
}

/** A parser and an input for it. */
export class PlannedRun extends PlannedParser {
  readonly input: string;

  constructor(plan: GrammarPlan, input: string) {
    super(plan);
    this.input = input;
  }

  override toString(): string {
    return `${super.toString()}on ${JSON.stringify(this.input)}\n`;
  }
}

const REPEATS: ReadonlySet<string> = new Set(["many", "many1", "skipMany", "each"]);

const chars = fc.constantFrom("ab", "abc", "a", "c,", "é😀", "]\n", "b😀");
const texts = fc.constantFrom("a", "b", "a", "b", "c", "ab", "ac", "abc", "é", "😀", "é😀", ",", "[", "]", "\n", "a\n");
const guards = fc.constantFrom("a", "[", "(", "b");

const leaves: fc.WeightedArbitrary<Plan>[] = [
  { weight: 12, arbitrary: texts.map((text): Plan => ({ k: "text", text })) },
  { weight: 4, arbitrary: fc.record({ k: fc.constantFrom("oneOf", "takeWhile1"), chars }) },
  { weight: 2, arbitrary: fc.record({ k: fc.constantFrom("noneOf", "takeWhile", "again"), chars }) },
  { weight: 1, arbitrary: texts.map((text): Plan => ({ k: "takeUntil", text })) },
  { weight: 1, arbitrary: fc.record({ k: fc.constant("ok"), value: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ k: fc.constant("turn"), value: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ k: fc.constant("turned") }) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, "no luck").map((message): Plan => ({ k: "fail", message })) },
  { weight: 2, arbitrary: fc.record({ k: fc.constant("cutHere") }) },
  {
    weight: 2,
    arbitrary: fc.record({ k: fc.constantFrom("anyChar", "identifier", "position", "doubles", "runOfAs") }),
  },
  { weight: 1, arbitrary: fc.record({ k: fc.constant("eof") }) },
  { weight: 3, arbitrary: fc.record({ k: fc.constant("ref"), rule: fc.nat(2), guard: guards }) },
];

const { plan: plans, inner: starts } = fc.letrec<{ plan: Plan; inner: Plan; reading: Plan; separator: Plan }>(
  (tie) => ({
    plan: fc.oneof(
      { maxDepth: 5, depthSize: "large", withCrossShrink: true },
      fc.oneof(...leaves),
      tie("inner"),
      tie("inner"),
    ),
    inner: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ k: fc.constant("seq"), of: fc.array(tie("plan"), { minLength: 1, maxLength: 4 }) }),
      },
      {
        weight: 5,
        arbitrary: fc.record({ k: fc.constant("choice"), of: fc.array(tie("plan"), { minLength: 2, maxLength: 4 }) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ k: fc.constant("choice"), of: fc.array(tie("plan"), { minLength: 4, maxLength: 9 }) }),
      },
      {
        weight: 10,
        arbitrary: fc.record({ k: fc.constantFrom(...UNARY.filter((name) => !REPEATS.has(name))), p: tie("plan") }),
      },
      { weight: 3, arbitrary: fc.record({ k: fc.constantFrom("emit", "attempt"), p: tie("plan") }) },
      {
        weight: 5,
        arbitrary: fc.record({ k: fc.constantFrom("many", "many1", "skipMany", "each"), p: tie("reading") }),
      },
      {
        weight: 6,
        arbitrary: fc.record({
          k: fc.constantFrom("label", "rule"),
          name: fc.constantFrom("x", "y", "z"),
          p: tie("plan"),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          k: fc.constant("repeat"),
          p: tie("reading"),
          min: fc.nat(2),
          max: fc.constantFrom(undefined, 2, 3),
        }),
      },
      { weight: 3, arbitrary: fc.record({ k: fc.constantFrom("skipL", "skipR"), p: tie("plan"), q: tie("plan") }) },
      {
        weight: 4,
        arbitrary: fc.record({
          k: fc.constantFrom(...BINARY.filter((name) => name.includes("ep"))),
          p: tie("plan"),
          q: tie("separator"),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ k: fc.constantFrom("manyTill", "eachEnd"), p: tie("reading"), q: tie("plan") }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          k: fc.constantFrom("between", "delimited"),
          p: tie("plan"),
          q: tie("plan"),
          r: tie("plan"),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ k: fc.constant("eachSepEnd"), p: tie("plan"), q: tie("separator"), r: tie("plan") }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ k: fc.constant("andThen"), p: tie("plan"), even: tie("plan"), odd: tie("plan") }),
      },
    ) as fc.Arbitrary<Plan>,
    // The body of a repetition reads something; one in ten may not, which is fatal or, for a separator, fine.
    reading: fc
      .record({ p: tie("plan"), careless: fc.nat(9), char: texts })
      .map(({ p, careless, char }) =>
        careless === 0 || reads(p) ? p : { k: "skipL", p: { k: "text", text: char }, q: p },
      ),
    separator: fc
      .record({ p: tie("plan"), careless: fc.nat(9) })
      .map(({ p, careless }) => (careless > 5 && (careless === 9 || reads(p)) ? p : { k: "text", text: "," })),
  }),
);

/** Whether what a plan reads, when it succeeds, is never nothing, as far as one can see. */
function reads(p: Plan): boolean {
  switch (p.k) {
    case "text":
    case "oneOf":
    case "noneOf":
    case "takeWhile1":
    case "anyChar":
    case "doubles":
    case "runOfAs":
    case "identifier":
    case "ref":
    case "again":
      return true;
    case "seq":
      return p.of.some(reads);
    case "choice":
      return p.of.every(reads);
    case "skipL":
    case "skipR":
      return reads(p.p) || reads(p.q);
    case "between":
    case "delimited":
      return reads(p.p) || reads(p.q) || reads(p.r);
    case "andThen":
      return reads(p.p) || (reads(p.even) && reads(p.odd));
    case "tag":
    case "as":
    case "many1":
    case "attempt":
    case "cut":
    case "spanned":
    case "slice":
    case "emit":
    case "lexeme":
    case "label":
    case "rule":
    case "sepBy1":
      return reads(p.p);
    default:
      return false;
  }
}

const grammarPlans: fc.Arbitrary<GrammarPlan> = fc
  .record({ start: starts, others: fc.array(plans, { maxLength: 2 }) })
  .map(({ start, others }) => ({ rules: [start, ...others] }));

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("insert", "delete", "replace", "repeat", "truncate"),
    at: fc.nat(24),
    char: fc.constantFrom(...ALPHABET),
  }),
  { maxLength: 2, size: "xsmall" },
);

const wild: fc.Arbitrary<string> = fc.array(fc.constantFrom(...ALPHABET), { maxLength: 8 }).map((all) => all.join(""));

const rarelyWild = fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: wild });

/** A random parser. */
export const parsers: fc.Arbitrary<PlannedParser> = grammarPlans.map((plan) => new PlannedParser(plan));

/** A random parser that reads something whenever it succeeds, as far as one can see. */
export const readingParsers: fc.Arbitrary<PlannedParser> = grammarPlans
  .filter((plan) => plan.rules[0] !== undefined && reads(plan.rules[0]))
  .map((plan) => new PlannedParser(plan));

/** A random parser with an input: one that it nearly matches, or now and then any. */
export const runs: fc.Arbitrary<PlannedRun> = fc
  .record({ plan: grammarPlans, steps: fc.nat(1e6), edits, other: rarelyWild })
  .map(
    ({ plan, steps, edits, other }) =>
      new PlannedRun(plan, other === null ? nearly(new PlannedParser(plan), steps, edits) : other),
  );

/** A text that a parser nearly matches; `steps` is a seed. */
export function nearly({ plan, parser }: PlannedParser, steps: number, edits: readonly Edit[] = []): string {
  const random = seeded(steps);
  return edited(steered(nodeOf(parser), walk(plan, random), random), edits);
}
