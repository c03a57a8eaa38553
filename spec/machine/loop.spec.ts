// Holds the numbers in the loop against the tables they come from, and runs every instruction against the naive twin:
// fed in every way, and left and gone on from after each single instruction.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import test from "ava";
import fc from "fast-check";
import { inRepository } from "../../bench/data.ts";
import { instructions, widthOf } from "../../src/compile/code/instructions.ts";
import { askAll } from "../../src/compile/facts/unit.ts";
import { programOf } from "../../src/compile/index.ts";
import { nodeOf } from "../../src/grammar/parser.ts";
import { run } from "../../src/index.ts";
import { FRAME } from "../../src/machine/memory/frames.ts";
import { everyWay } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";
import { differsFromTwin } from "../reference/canonical.ts";
import { parameters, runs } from "../reference/grammars.ts";
import { answer } from "../reference/steer.ts";
import { twin } from "../reference/twin/twin.ts";
import { configOf, type Sample, samples } from "./_samples.ts";
import { instructionByInstruction } from "./_slowly.ts";

const source = readFileSync(inRepository("src/machine/control/loop.ts"), "utf8");
const allNames = instructions.map((row) => row.name);
const frames: Readonly<Record<string, number>> = FRAME;

/** Every number that has a name beside it: that of a case before it, others behind it. */
function pairs(text: string): { number: number; name: string; isFrame: boolean; isCase: boolean }[] {
  const cases = [...text.matchAll(/case \/\* (frame )?([A-Z][A-Z0-9_]*) \*\/ (-?\d+):/g)].map(
    ([, isFrame, name = "", number]) => ({
      number: Number(number),
      name,
      isFrame: isFrame !== undefined,
      isCase: true,
    }),
  );
  const others = [...text.matchAll(/(-?\d+) \/\* (frame )?([A-Z][A-Z0-9_]*) \*\//g)].map(
    ([, number, isFrame, name = ""]) => ({
      number: Number(number),
      name,
      isFrame: isFrame !== undefined,
      isCase: false,
    }),
  );
  return [...cases, ...others];
}

test("every number in the loop is the one of its name", (t) => {
  const all = pairs(source);
  t.true(all.length > instructions.length);
  for (const { number, name, isFrame } of all) {
    const right = isFrame ? (frames[name] ?? Number.NaN) : instructions.findIndex((row) => row.name === name);
    t.is(number, right, `${isFrame ? "frame " : ""}${name}`);
  }
});

test("every case, and every kind of frame that is written or compared, has its name beside it", (t) => {
  const cases = source.match(/case [^:]*-?\d+:/g)?.length ?? 0;
  t.is(pairs(source).filter((pair) => pair.isCase).length, cases);
  t.deepEqual(source.match(/st\[\w+ \+ 1\]!? (?:=|===|!==) -\d+\b(?! \/\* frame )/g), null);
  t.deepEqual(source.match(/code\[pc\]! (?:===|!==) \d+\b(?! \/\* [A-Z])/g), null);
});

test("every instruction has a case, and only one", (t) => {
  const named = pairs(source).flatMap((pair) => (pair.isCase && !pair.isFrame ? [pair.name] : []));
  t.deepEqual(
    allNames.filter((name) => !named.includes(name)),
    [],
  );
  t.is(new Set(named).size, named.length);
});

test("what is made of the definitions of instructions is what is checked in", async (t) => {
  const script = fileURLToPath(inRepository("scripts/instructions.mjs"));
  await t.notThrowsAsync(promisify(execFile)(process.execPath, [script, "--check"]));
});

/** Names of the instructions in a parser's program. */
function instructionsOf({ parser, recovers, traces, limits }: Sample): string[] {
  const names: string[] = [];
  // before what is later is known, and when it is
  for (const known of [false, true]) {
    if (known) askAll(nodeOf(parser));
    const { code } = programOf(nodeOf(parser), { recovers, traces, counts: limits !== undefined });
    for (let pc = 0; pc < code.length; pc += widthOf(code[pc] ?? 0))
      names.push(instructions[code[pc] ?? -1]?.name ?? "?");
  }
  return names;
}

test("the samples have every instruction in their programs", (t) => {
  const found = new Set(samples.flatMap(instructionsOf));
  t.deepEqual(
    allNames.filter((name) => !found.has(name)),
    [],
  );
});

test("the samples run every instruction, fed whole and unit by unit", (t) => {
  const ran = new Set<string>();
  for (const sample of samples) {
    for (const input of sample.inputs) {
      for (const size of [1, Number.POSITIVE_INFINITY]) {
        const reply = instructionByInstruction(sample.parser, input, size, configOf(sample));
        for (const opcode of reply.opcodes) ran.add(instructions[opcode]?.name ?? "?");
      }
    }
  }
  t.deepEqual(
    allNames.filter((name) => !ran.has(name)),
    [],
  );
});

/** The sample as the twin sees it, and fed in every way. */
const answersAsTheTwin = test.macro({
  exec(t, sample: Sample) {
    const { parser, binary = false, recovers = false, traces = false, ownWords = false } = sample;
    for (const input of sample.inputs) {
      for (const requireEof of [true, false]) {
        const result = everyWay(t, parser, input, { ...configOf(sample), requireEof });
        const said = twin(nodeOf(parser), input, { requireEof, binary, recovers, traces });
        if (ownWords && !said.ok) t.false(result.ok);
        else t.is(differsFromTwin(result, said), undefined, `on ${JSON.stringify(input)}, requireEof ${requireEof}`);
      }
    }
  },
  title: (_, { name }: Sample) => `as the twin, in every way: ${name}`,
});

const goesOnAnywhere = test.macro({
  exec(t, sample: Sample) {
    const { parser, inputs } = sample;
    for (const input of inputs) {
      const expected = run(parser, input, configOf(sample));
      for (const size of [1, 2, Number.POSITIVE_INFINITY]) {
        const { result } = instructionByInstruction(parser, input, size, configOf(sample));
        t.is(deepEqual(result, expected), undefined, `on ${JSON.stringify(input)} by ${size}`);
      }
    }
  },
  title: (_, { name }: Sample) => `left and gone on from after each instruction: ${name}`,
});

for (const sample of samples) {
  test(answersAsTheTwin, sample);
  test(goesOnAnywhere, sample);
}

test("random grammars, left and gone on from after each instruction", (t) => {
  fc.assert(
    fc.property(runs, fc.integer({ min: 1, max: 4 }), ({ parser, input }, size) => {
      fc.pre(answer(nodeOf(parser), input) !== undefined);
      const found = deepEqual(instructionByInstruction(parser, input, size).result, run(parser, input));
      if (found !== undefined) throw new Error(`step by step (left), run (right): ${found}`);
    }),
    { ...parameters, numRuns: Math.ceil(parameters.numRuns / 5) },
  );
  t.pass();
});
