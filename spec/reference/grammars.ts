// fast-check arbitraries: random grammars over a tiny alphabet, with inputs that nearly match them.
import fc from "fast-check";
import { nodeOf } from "../../src/grammar/parser.ts";
import type { Parser } from "../../src/index.ts";
import { seeded } from "../_random.ts";
import { size } from "../_size.ts";
import { BINARY, build, type GrammarPlan, listingOf, NUMBERS, type Plan, UNARY } from "./plan.ts";
import { bytesFrom, steered } from "./steer.ts";
import { ALPHABET, BYTES, type Edit, edited, walk } from "./walk.ts";

/** Set `SLUICE_SEED` to try other grammars, `SLUICE_RUNS` to try more of them. */
export const parameters: { readonly seed: number; readonly numRuns: number; readonly includeErrorInReport: true } = {
  seed: Number(process.env.SLUICE_SEED ?? 20_240_229),
  numRuns: Number(process.env.SLUICE_RUNS ?? size(300, 3000)),
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
class PlannedRun<I extends string | Uint8Array = string> extends PlannedParser {
  readonly input: I;

  constructor(plan: GrammarPlan, input: I) {
    super(plan);
    this.input = input;
  }

  override toString(): string {
    return `${super.toString()}on ${JSON.stringify(typeof this.input === "string" ? this.input : [...this.input])}\n`;
  }
}

const REPEATS: ReadonlySet<string> = new Set(["many", "many1", "skipMany", "skipMany1", "each", "fold"]);

const chars = fc.constantFrom("ab", "abc", "a", "c,", "é😀", "]\n", "b😀");
const texts = fc.constantFrom("a", "b", "a", "b", "c", "ab", "ac", "abc", "é", "😀", "é😀", ",", "[", "]", "\n", "a\n");
const bytes = fc.constantFrom(...BYTES).map((char) => char.charCodeAt(0));
const byteChars = fc.constantFrom("a", "a\xff", ",\x01", "\x80");
const byteTexts = fc.constantFrom("a", "\xff", ",", "a,", "\x80\x01");
const bytePatterns = fc.constantFrom(/a|a,/u, /[^,\xff]+/u, /(?:a\x80?)*/u, /[\x80-\xff]+/u);
const lengths = fc.constantFrom(0, 1, 1, 2, 2, 3, 4, 6);
const patterns = fc.constantFrom(
  /a|ab/u,
  /a(?:b*c)?/u,
  /(?:a|bc?)+/u,
  /é😀?|b+/u,
  /[^a\]]*/u,
  /a*(?:bb)*/u,
  /[ab]+/u,
  /abc/u,
);
const guards = fc.constantFrom("a", "[", "(", "b");

const raises: fc.Arbitrary<Plan> = fc.record({ k: fc.constant("raise"), code: fc.constantFrom("R1", "R2") });

const leaves: fc.WeightedArbitrary<Plan>[] = [
  { weight: 12, arbitrary: texts.map((text): Plan => ({ k: "text", text })) },
  { weight: 4, arbitrary: fc.record({ k: fc.constantFrom("oneOf", "takeWhile1"), chars }) },
  { weight: 2, arbitrary: fc.record({ k: fc.constantFrom("noneOf", "takeWhile", "again"), chars }) },
  { weight: 1, arbitrary: texts.map((text): Plan => ({ k: "takeUntil", text })) },
  { weight: 3, arbitrary: patterns.map((pattern): Plan => ({ k: "regex", pattern })) },
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
  { weight: 2, arbitrary: fc.record({ k: fc.constant("word"), text: fc.constantFrom("a", "ab", "c") }) },
  { weight: 2, arbitrary: fc.record({ k: fc.constant("symbol"), text: texts }) },
  { weight: 1, arbitrary: fc.record({ k: fc.constant("joined"), chars: fc.constantFrom("ab", "é"), text: texts }) },
  { weight: 1, arbitrary: raises },
  { weight: 3, arbitrary: fc.record({ k: fc.constant("ref"), rule: fc.nat(2), guard: guards }) },
];

const byteLeaves: fc.WeightedArbitrary<Plan>[] = [
  {
    weight: 8,
    arbitrary: fc.array(bytes, { minLength: 1, maxLength: 3 }).map((expected): Plan => ({ k: "bytes", expected })),
  },
  { weight: 4, arbitrary: fc.constantFrom(",", "a").map((text): Plan => ({ k: "text", text })) },
  {
    weight: 4,
    arbitrary: fc.record({ k: fc.constantFrom("oneOf", "noneOf", "takeWhile", "takeWhile1"), chars: byteChars }),
  },
  { weight: 2, arbitrary: fc.record({ k: fc.constantFrom("takeUntil", "symbol", "text"), text: byteTexts }) },
  { weight: 2, arbitrary: fc.record({ k: fc.constant("joined"), chars: byteChars, text: byteTexts }) },
  { weight: 2, arbitrary: bytePatterns.map((pattern): Plan => ({ k: "regex", pattern })) },
  { weight: 2, arbitrary: fc.record({ k: fc.constantFrom("anyChar", "doubles", "runOfAs") }) },
  { weight: 8, arbitrary: fc.record({ k: fc.constantFrom("uint8", ...NUMBERS, "bits", "sized") }) },
  { weight: 3, arbitrary: fc.record({ k: fc.constantFrom("takeBytes", "takeBytes", "utf8"), n: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ k: fc.constant("lengthPrefixed"), max: fc.constantFrom(undefined, 2) }) },
  { weight: 1, arbitrary: fc.record({ k: fc.constant("ok"), value: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ k: fc.constant("fail"), message: fc.constant("no luck") }) },
  { weight: 1, arbitrary: raises },
  { weight: 2, arbitrary: fc.record({ k: fc.constantFrom("cutHere", "position", "eof") }) },
  { weight: 3, arbitrary: fc.record({ k: fc.constant("ref"), rule: fc.nat(2), guard: fc.constantFrom("a", ",") }) },
];

interface Plans {
  readonly plan: fc.Arbitrary<Plan>;
  /** That are no leaves. */
  readonly inner: fc.Arbitrary<Plan>;
}

/**
 * Plans over some leaves.
 *
 * @param texts what is read before a body that might read nothing.
 * @param unary combinators of one parser.
 * @param ofText not of bytes.
 * @param recoveries the weight of `recover`.
 */
function plansOver(
  leaves: fc.WeightedArbitrary<Plan>[],
  texts: fc.Arbitrary<string>,
  unary: readonly (typeof UNARY)[number][],
  ofText: boolean,
  recoveries = 0,
): Plans {
  return fc.letrec<{ plan: Plan; inner: Plan; reading: Plan; separator: Plan; space: Plan; told: Plan }>((tie) => ({
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
        arbitrary: fc.record({ k: fc.constantFrom(...unary.filter((name) => !REPEATS.has(name))), p: tie("plan") }),
      },
      {
        weight: recoveries,
        arbitrary: fc.record({
          k: fc.constant("recover"),
          p: tie("plan"),
          q: fc.oneof({ weight: 2, arbitrary: texts.map((text): Plan => ({ k: "text", text })) }, tie("plan")),
          skips: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
        }),
      },
      { weight: 4, arbitrary: fc.record({ k: fc.constant("within"), length: lengths, p: tie("plan") }) },
      {
        weight: 4,
        arbitrary: fc.record({
          k: fc.constantFrom("lengthCount", "lengthValue"),
          n: tie("plan"),
          p: tie("plan"),
          max: fc.constantFrom(undefined, 2, 3),
        }),
      },
      { weight: 3, arbitrary: fc.record({ k: fc.constantFrom("emit", "attempt"), p: tie("plan") }) },
      {
        weight: 5,
        arbitrary: fc.record({
          k: fc.constantFrom("many", "many1", "skipMany", "skipMany1", "each", "fold"),
          p: tie("reading"),
        }),
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
        weight: 4,
        arbitrary: fc.record({
          k: fc.constantFrom("expect", "frame", "leaf", "leaf"),
          name: fc.constantFrom("x", "y", "z"),
          p: tie("plan"),
        }),
      },
      { weight: 3, arbitrary: fc.record({ k: fc.constant("refine"), p: tie("plan"), keepsText: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ k: fc.constant("count"), p: tie("plan"), n: fc.nat(3) }) },
      {
        weight: 2,
        arbitrary: fc.record({ k: fc.constantFrom("chainl1", "chainr1"), p: tie("plan"), q: tie("separator") }),
      },
      ...(ofText
        ? [
            { weight: 1, arbitrary: fc.record({ k: fc.constant("record"), p: tie("plan"), sep: texts }) },
            { weight: 2, arbitrary: fc.record({ k: fc.constant("withSpace"), p: tie("plan"), q: tie("space") }) },
            {
              weight: 3,
              arbitrary: fc.record({
                k: fc.constant("decode"),
                p: tie("plan"),
                q: fc.option(tie("plan"), { nil: undefined, freq: 4 }),
              }),
            },
          ]
        : []),
      // lists in brackets, of which a failure says more
      { weight: ofText ? 4 : 1, arbitrary: fc.record({ p: tie("plan"), spaced: fc.boolean() }).map(bracketed) },
      // alternatives that the next character tells apart, each with rules and labels at its start
      {
        weight: 3,
        arbitrary: fc.record({ k: fc.constant("choice"), of: fc.array(tie("told"), { minLength: 2, maxLength: 4 }) }),
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
          k: fc.constantFrom(...BINARY.filter((name) => /sep/i.test(name))),
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
    // What stands between tokens may itself be made of tokens.
    space: fc.oneof(
      fc.constant<Plan>({ k: "takeWhile", chars: "c," }),
      fc.constant<Plan>({ k: "skipMany", p: { k: "symbol", text: "," } }),
      tie("plan"),
    ),
    told: fc
      .record({ char: texts, rest: tie("plan"), names: fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 3 }) })
      .map(({ char, rest, names }) => {
        const core: Plan = { k: "seq", of: [{ k: "text", text: char }, rest] };
        return names.reduce<Plan>((p, name, i) => ({ k: i === 1 ? "label" : "rule", name, p }), core);
      }),
    separator: fc
      .record({ p: tie("plan"), careless: fc.nat(9) })
      .map(({ p, careless }) => (careless > 5 && (careless === 9 || reads(p)) ? p : { k: "text", text: "," })),
  }));
}

const ofText = UNARY.filter((name) => name !== "sliceBytes");
const textPlans = plansOver(leaves, texts, ofText, true);
const recoveringPlans = plansOver(
  leaves,
  texts,
  ofText.filter((name) => name !== "trivia" && name !== "token" && name !== "noted"),
  false,
  10,
);
const bytePlans = plansOver(
  byteLeaves,
  fc.constantFrom(",", "a"),
  UNARY.filter((name) => name !== "slice" && name !== "lexeme" && name !== "noted" && name !== "token"),
  false,
);

/** A list of something that reads, between brackets, with and without space. */
function bracketed({ p, spaced }: { readonly p: Plan; readonly spaced: boolean }): Plan {
  const text = (text: string): Plan => ({ k: spaced ? "symbol" : "text", text });
  const item: Plan = reads(p) ? p : { k: "skipL", p: text("b"), q: p };
  return { k: "between", p: text("["), q: { k: "sepBy", p: item, q: text(",") }, r: text("]") };
}

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
    case "symbol":
    case "word":
    case "raise":
    case "bytes":
    case "uint8":
    case "uint16be":
    case "uint16le":
    case "int32be":
    case "float32le":
    case "uint64be":
    case "uleb128":
    case "sleb128":
    case "bits":
    case "sized":
    case "lengthPrefixed":
      return true;
    case "within":
      return p.length > 0;
    case "takeBytes":
    case "utf8":
      return p.n > 0;
    case "count":
      return p.n > 0 && reads(p.p);
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
    case "sliceBytes":
    case "emit":
    case "lexeme":
    case "noted":
    case "trace":
    case "label":
    case "rule":
    case "sepBy1":
    case "skipMany1":
    case "token":
    case "checkpoint":
    case "doc":
    case "refine":
    case "expect":
    case "frame":
    case "leaf":
    case "chainl1":
    case "chainr1":
    case "withSpace":
    case "verify":
    case "seqObject":
      return reads(p.p);
    case "lengthCount":
    case "lengthValue":
      return reads(p.n);
    default:
      return false;
  }
}

function grammarsOf({ plan, inner }: Plans): fc.Arbitrary<GrammarPlan> {
  return fc
    .record({ start: inner, others: fc.array(plan, { maxLength: 2 }) })
    .map(({ start, others }) => ({ rules: [start, ...others] }));
}

const grammarPlans = grammarsOf(textPlans);

const editsOf = (alphabet: readonly string[]): fc.Arbitrary<Edit[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom("insert", "delete", "replace", "repeat", "truncate"),
      at: fc.nat(24),
      char: fc.constantFrom(...alphabet),
    }),
    { maxLength: 2, size: "xsmall" },
  );
const edits = editsOf(ALPHABET);

const wild: fc.Arbitrary<string> = fc.array(fc.constantFrom(...ALPHABET), { maxLength: 8 }).map((all) => all.join(""));

const rarelyWild = fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: wild });

/** A random parser. */
export const parsers: fc.Arbitrary<PlannedParser> = grammarPlans.map((plan) => new PlannedParser(plan));

/** A random parser that reads something whenever it succeeds, as far as one can see. */
export const readingParsers: fc.Arbitrary<PlannedParser> = grammarPlans
  .filter((plan) => plan.rules[0] !== undefined && reads(plan.rules[0]))
  .map((plan) => new PlannedParser(plan));

/** A random parser with an input: one that it nearly matches, or now and then any. */
export const runs: fc.Arbitrary<PlannedRun> = runsOf(grammarPlans);

/** The same, with parsers that recover, and inputs that were not changed so that they match. */
export const recoveringRuns: fc.Arbitrary<PlannedRun> = runsOf(inLists(grammarsOf(recoveringPlans)), walkThrough);

/** Parsers that recover, in no list. */
export const recoveringAlone: fc.Arbitrary<PlannedRun> = runsOf(grammarsOf(recoveringPlans), walkThrough);

/** Lists up to the end, each element of which recovers. */
export const recoveringLists: fc.Arbitrary<PlannedRun> = runsOf(inLists(grammarPlans), walkThrough);

function walkThrough({ plan }: PlannedParser, steps: number, edits: readonly Edit[] = []): string {
  return edited(walk(plan, seeded(steps)), edits);
}

function inLists(grammars: fc.Arbitrary<GrammarPlan>): fc.Arbitrary<GrammarPlan> {
  return fc.record({ grammar: grammars, until: texts }).map(({ grammar: { rules }, until }) => {
    const [start = { k: "eof" }, ...others] = rules;
    const item: Plan = { k: "recover", p: start, q: { k: "text", text: until }, skips: true };
    return { rules: [{ k: "manyTill", p: item, q: { k: "eof" } }, ...others] };
  });
}

function runsOf(plans: fc.Arbitrary<GrammarPlan>, inputFor: typeof nearly = nearly): fc.Arbitrary<PlannedRun> {
  return fc
    .record({ plan: plans, steps: fc.nat(1e6), edits, other: rarelyWild })
    .map(
      ({ plan, steps, edits, other }) =>
        new PlannedRun(plan, other === null ? inputFor(new PlannedParser(plan), steps, edits) : other),
    );
}

/** A random parser of bytes with an input that it nearly matches. */
export const byteRuns: fc.Arbitrary<PlannedRun<Uint8Array>> = fc
  .record({ plan: grammarsOf(bytePlans), steps: fc.nat(1e6), changes: editsOf(BYTES) })
  .map(({ plan, steps, changes }) => {
    const random = seeded(steps);
    const { parser } = new PlannedParser(plan);
    const text = edited(steered(nodeOf(parser), walk(plan, random), random, true), changes);
    return new PlannedRun(plan, bytesFrom(text));
  });

/** A text that a parser nearly matches; `steps` is a seed. */
export function nearly({ plan, parser }: PlannedParser, steps: number, edits: readonly Edit[] = []): string {
  const random = seeded(steps);
  return edited(steered(nodeOf(parser), walk(plan, random), random), edits);
}
