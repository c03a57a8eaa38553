// Work is linear in the input however it is cut up: what n single units take is held against what 8n of them take.
import test from "ava";
import { lookahead, many, skipL, skipMany } from "../../src/index.ts";
import { oneOf } from "../../src/lex/index.ts";
import { type Effort, effortOf } from "./_effort.ts";
import { type LongInput, longInputs } from "./_long-inputs.ts";

const SMALL = 256;
const TIMES = 8;
/** What a run costs beyond its input: arrays that double, so that a larger one has been copied more often. */
const FLAT = 6000;

const total = (effort: Effort): number => effort.instructions + effort.copied + effort.walked + effort.segmented;

const isLinear = test.macro({
  exec(t, { parser, input, ok, config: own }: LongInput, size: number, capturing: boolean) {
    const [small, large] = [SMALL, SMALL * TIMES].map((n) => {
      const config = input(n) instanceof Uint8Array ? ({ ...own, input: "binary" } as const) : { ...own };
      const { outcome, effort } = effortOf(parser(n), input(n), { size, capturing, config });
      t.is(outcome.result.ok, ok);
      return effort;
    }) as [Effort, Effort];
    const shown = `${JSON.stringify(small)}, with ${TIMES} times the input ${JSON.stringify(large)}`;
    t.true(large.instructions <= small.instructions * (TIMES + 0.5) + 200, shown);
    t.true(total(large) <= total(small) * (TIMES + 2) + FLAT, shown);
  },
  title: (_, { name }: LongInput, size: number, capturing: boolean) =>
    `linear by ${size}${capturing ? ", captured at each step" : ""}: ${name}`,
});

for (const one of longInputs) {
  test(isLinear, one, 1, false);
  test(isLinear, one, 1, true);
  test(isLinear, one, 13, true);
}

test("what is counted tells linear from quadratic", (t) => {
  // at each character, all that follows is looked at again: the grammar itself is quadratic
  const parser = many(skipL(lookahead(skipMany(oneOf("a"))), oneOf("a")));
  const [small, large] = [50, 400].map((n) =>
    total(effortOf(parser, "a".repeat(n), { size: 1, capturing: false }).effort),
  );
  t.true((large ?? 0) > (small ?? 0) * 20);
});
