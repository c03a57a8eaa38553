// What recovering costs is linear in the input, however deep the `recover`s stand in each other: what n units take is held
// against what 8n of them take.
import test from "ava";
import { between, lazy, manyTill, or, type Parser, type RunConfig, recover, seq } from "../../src/index.ts";
import { string } from "../../src/lex/index.ts";
import { Stack } from "../../src/machine/memory/stack.ts";
import { effortOf } from "./_effort.ts";

let looks = 0;
for (const name of ["intAt", "offsetAt", "valueAt"] as const) {
  const plain = Stack.prototype[name] as (depth: number) => unknown;
  Object.defineProperty(Stack.prototype, name, {
    value: function (this: Stack, depth: number): unknown {
      looks += 1;
      return plain.call(this, depth);
    },
  });
}

const TIMES = 8;
const config: RunConfig = { extensions: { recover: { mode: "collect" } }, limits: { maxDiagnostics: 1e9 } };

const recovering = (nested: (p: Parser<unknown>) => Parser<unknown>): Parser<unknown> => {
  const nest: Parser<unknown> = lazy(() => recover(or(nested(nest), string("a")), string(";"), 0));
  return nest;
};
const loosely = recovering((p) => seq(string("("), p, string(")")));
const bracketed = recovering((p) => between(string("("), p, string(")")));
const list = manyTill(recover(seq(string("a"), string(";")), string(";"), 0), string("."));
const around: Parser<unknown> = lazy(() => or(between(string("("), around, string(")")), list));

const cases: Readonly<Record<string, readonly [Parser<unknown>, (n: number) => string]>> = {
  "what is sought does not come": [loosely, (n) => "(".repeat(n)],
  "nor behind what could be skipped": [loosely, (n) => "(".repeat(n) + "x".repeat(n)],
  "each recovers in turn": [bracketed, (n) => "(".repeat(n) + "x;".repeat(n)],
  "a list of errors deep inside": [around, (n) => `${"(".repeat(n)}${"x;".repeat(n)}.${")".repeat(n)}`],
};

for (const [name, [parser, input]] of Object.entries(cases)) {
  for (const size of [13, Number.POSITIVE_INFINITY]) {
    test(`recovering is linear by ${size}: ${name}`, (t) => {
      const [small, large] = [200, 200 * TIMES].map((n) => {
        looks = 0;
        const { effort } = effortOf(parser, input(n), { size, capturing: false, config });
        return { looks, instructions: effort.instructions };
      });
      const shown = JSON.stringify([small, large]);
      t.true((large?.looks ?? 0) <= (small?.looks ?? 0) * (TIMES + 1) + 500, shown);
      t.true((large?.instructions ?? 0) <= (small?.instructions ?? 0) * (TIMES + 1) + 500, shown);
    });
  }
}
