// The engine against its naive twin, and streaming against `run`, on random grammars and inputs.
import test from "ava";
import fc from "fast-check";
import { nodeOf } from "../../src/grammar/parser.ts";
import { type RunConfig, run, type TraceStep } from "../../src/index.ts";
import { firstDifference } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";
import { differsFromTwin } from "./canonical.ts";
import { byteRuns, parameters, recoveringAlone, recoveringLists, recoveringRuns, runs } from "./grammars.ts";
import { answer } from "./steer.ts";

for (const requireEof of [true, false]) {
  test(`run answers as the twin does, requireEof ${requireEof}`, (t) => {
    fc.assert(
      fc.property(runs, ({ parser, input }) => {
        const said = answer(nodeOf(parser), input, requireEof);
        fc.pre(said !== undefined);
        agrees(differsFromTwin(run(parser, input, { requireEof }), said), "the engine (left), the twin (right)");
      }),
      parameters,
    );
    t.pass();
  });

  test(`streaming equals run under random chunkings, requireEof ${requireEof}`, (t) => {
    fc.assert(
      fc.property(runs, fc.nat(), ({ parser, input }, seed) => {
        fc.pre(answer(nodeOf(parser), input, requireEof) !== undefined);
        agrees(firstDifference(parser, input, { requireEof }, { seed, random: 3 }), "streamed (left), run (right)");
      }),
      parameters,
    );
    t.pass();
  });
}

test("parsers of bytes: run answers as the twin does", (t) => {
  fc.assert(
    fc.property(byteRuns, fc.boolean(), ({ parser, input }, requireEof) => {
      const said = answer(nodeOf(parser), input, requireEof);
      fc.pre(said !== undefined);
      agrees(
        differsFromTwin(run(parser, input, { requireEof, input: "binary" }), said),
        "the engine (left), the twin (right)",
      );
    }),
    parameters,
  );
  t.pass();
});

test("parsers of bytes: streaming equals run under random chunkings", (t) => {
  fc.assert(
    fc.property(byteRuns, fc.boolean(), fc.nat(), ({ parser, input }, requireEof, seed) => {
      fc.pre(answer(nodeOf(parser), input, requireEof) !== undefined);
      const found = firstDifference(parser, input, { requireEof, input: "binary" }, { seed, random: 3 });
      agrees(found, "streamed (left), run (right)");
    }),
    parameters,
  );
  t.pass();
});

test("a traced run gives what any run gives, and records what the twin does", (t) => {
  fc.assert(
    fc.property(runs, ({ parser, input }) => {
      const said = answer(nodeOf(parser), input, true, { traces: true });
      fc.pre(said !== undefined);
      const steps: TraceStep[] = [];
      const onTrace = (step: TraceStep): number => steps.push(step);
      const result = run(parser, input, { trace: true, extensions: { trace: { onTrace } } });
      agrees(differsFromTwin(result, said), "the engine (left), the twin (right)");
      const told = steps.map(({ name, span }) => ({ name, start: span.start.offset, end: span.end.offset }));
      agrees(deepEqual(told, said.traced), "told (left), the twin (right)");
      const diagnostic = result.diagnostics.find(({ severity }) => severity === "error");
      if (diagnostic !== undefined && said.failure?.code === undefined)
        agrees(deepEqual(diagnostic.spanTrace, steps), "in the diagnostic (left), told (right)");
      agrees(firstDifference(parser, input, { trace: true }, { random: 2 }), "streamed (left), run (right)");
    }),
    { ...parameters, numRuns: Math.ceil(parameters.numRuns / 2) },
  );
  t.pass();
});

const collect: RunConfig = {
  mergeWarnings: false,
  limits: { maxDiagnostics: 1_000_000 },
  extensions: { recover: { mode: "collect" } },
};

const recovering = {
  "lists that recover": recoveringLists,
  "parsers that recover in lists": recoveringRuns,
  "parsers that recover": recoveringAlone,
};
for (const [what, arbitrary] of Object.entries(recovering)) {
  test(`${what} answer as the twin does`, (t) => {
    let recoveries = 0;
    fc.assert(
      fc.property(arbitrary, fc.boolean(), ({ parser, input }, requireEof) => {
        const said = answer(nodeOf(parser), input, requireEof, { recovers: true });
        fc.pre(said !== undefined);
        recoveries += said.recovered.length;
        const result = run(parser, input, { ...collect, requireEof });
        // what was emitted in a branch that is recovered from is compared between ways of feeding, not with the twin
        const [left, right] = [
          { ...result, emitted: [] },
          { ...said, emitted: [] },
        ];
        agrees(differsFromTwin(left, right), "the engine (left), the twin (right)");
      }),
      parameters,
    );
    t.true(recoveries > parameters.numRuns / 50, `${recoveries} recoveries`);
  });
}

test("runs that recover are the same however they are fed", (t) => {
  fc.assert(
    fc.property(recoveringRuns, fc.boolean(), ({ parser, input }, requireEof) => {
      fc.pre(answer(nodeOf(parser), input, requireEof, { recovers: true }) !== undefined);
      const config = { ...collect, requireEof };
      agrees(firstDifference(parser, input, config, { random: 2 }), "streamed (left), run (right)");
    }),
    { ...parameters, numRuns: Math.ceil(parameters.numRuns / 2) },
  );
  t.pass();
});

test("what parses without recovery parses the same with it", (t) => {
  fc.assert(
    fc.property(recoveringRuns, fc.boolean(), ({ parser, input }, requireEof) => {
      const said = answer(nodeOf(parser), input, requireEof);
      fc.pre(said !== undefined && answer(nodeOf(parser), input, requireEof, { recovers: true }) !== undefined);
      const plain = run(parser, input, { requireEof });
      agrees(differsFromTwin(plain, said), "the engine (left), the twin (right)");
      if (plain.ok) agrees(deepEqual(run(parser, input, { ...collect, requireEof }), plain), "with it (left), without");
    }),
    parameters,
  );
  t.pass();
});

test("streaming equals run under every split and unit by unit", (t) => {
  fc.assert(
    fc.property(runs, ({ parser, input }) => {
      fc.pre(answer(nodeOf(parser), input) !== undefined);
      agrees(firstDifference(parser, input), "streamed (left), run (right)");
    }),
    { ...parameters, numRuns: Math.ceil(parameters.numRuns / 10) },
  );
  t.pass();
});

/** `fc.assert` shows what is thrown below the grammar and the input. */
function agrees(found: string | undefined, sides: string): void {
  if (found !== undefined) throw new Error(`${sides}: ${found}`);
}
