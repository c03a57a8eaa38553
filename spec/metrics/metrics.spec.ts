// The metrics are measured, not assumed: each falls where what it measures is wrong.
import test from "ava";
import { each, fail, many, map, type Parser, recoverMissing, seq } from "../../src/index.ts";
import { anyChar, oneOf, string } from "../../src/lex/index.ts";
import { type Pending, runStream, StreamDriver } from "../../src/stream/index.ts";
import { formatsWithout, type Golden, goldens } from "./golden.ts";
import { countDemand, METRICS, type Metric, MUST_BE_ONE, measure, type Tallies, tallies } from "./measure.ts";

async function measured(parser: Parser<unknown, unknown>, input: string, rest: Partial<Golden> = {}): Promise<Tallies> {
  const into = tallies();
  await measure(into, { name: "made up", parser, config: {}, inputs: [], large: [], ...rest }, input, 4);
  return into;
}

function shares(into: Tallies): Partial<Record<Metric, number>> {
  return Object.fromEntries(METRICS.filter((name) => into[name].total > 0).map((name) => [name, into[name].share]));
}

test("where nothing is wrong they are 1; what does not occur is not counted", async (t) => {
  const { "parser.stream.await_ratio": ratio, ...others } = shares(await measured(each(oneOf("abé")), "abbéaab"));
  t.true(ratio !== undefined && ratio > 0 && ratio < 1);
  t.deepEqual(others, {
    "parser.stream.outcome_consistency": 1,
    "parser.stream.demandhint_coverage": 1,
    "parser.stream.backpressure_sync": 1,
  });
});

test("a result that depends on more than the input is inconsistent", async (t) => {
  let calls = 0;
  const into = await measured(
    map(anyChar, () => calls++),
    "a",
  );
  t.is(into["parser.stream.outcome_consistency"].hits, 0);
  t.regex(into["parser.stream.outcome_consistency"].faults[0] ?? "", /^made up: throughLoop fed "a": /);
});

test("a failure that says nothing of what was expected", async (t) => {
  t.is((await measured(fail(), "a"))["parser.expected_summary_presence"].share, 0);
  t.is((await measured(string("b"), "a"))["parser.expected_summary_presence"].share, 1);
});

test("a recovery that inserts has its fix-it", async (t) => {
  const collect = { extensions: { recover: { mode: "collect" } } } as const;
  const p = many(recoverMissing(seq(oneOf("ab"), string(";")), oneOf("ab"), ";", null));
  const tally = (await measured(p, "a;ba;", { config: collect }))["parser.recover_fixit_coverage"];
  t.deepEqual([tally.hits, tally.total], [1, 1]);
});

test("a demand that is none", (t) => {
  const outcome = runStream(string("abcdef"), "ab");
  if (outcome.kind !== "pending") return t.fail();
  const { demand, continuation, reason, meta } = outcome;
  const good = { ...outcome, continuation, demand, reason, meta };
  const hinted = (hint: object): Pending<string> => {
    const said = { ...demand, ...hint };
    return {
      ...good,
      demand: said,
      continuation: { ...continuation, meta: { ...continuation.meta, resumeHint: said } },
    } as never;
  };
  const said: readonly [Pending<string>, number][] = [
    [good, 1],
    [hinted({}), 1],
    [hinted({ minBytes: 0 }), 0],
    [hinted({ minBytes: 1.5 }), 0],
    [hinted({ action: "stop" }), 0],
    [hinted({ reason: "yield" }), 0],
    [hinted({ preferredBytes: 3 }), 0],
    [{ ...good, demand: { ...demand, minBytes: 5 } }, 0],
  ];
  for (const [pending, hits] of said) {
    const into = tallies();
    countDemand(into, "", pending);
    const { hits: found, faults } = into["parser.stream.demandhint_coverage"];
    t.is(found, hits, faults[0]);
  }
});

test.serial("a driver that never says stop is out of step", async (t) => {
  const { push } = StreamDriver.prototype;
  StreamDriver.prototype.push = function (chunk) {
    push.call(this, chunk);
    return true;
  };
  t.teardown(() => {
    StreamDriver.prototype.push = push;
  });
  const into = await measured(each(oneOf("ab")), "abababababab");
  t.true((into["parser.stream.backpressure_sync"].share ?? 1) < 1);
});

test("every format has golden inputs, and one without is found", (t) => {
  const all = goldens();
  t.deepEqual(formatsWithout(all), []);
  t.true(formatsWithout([]).includes("./formats/json"));
  for (const { name, inputs } of all) t.true(inputs.length > 0, name);
  t.is(MUST_BE_ONE.length, 5);
});
