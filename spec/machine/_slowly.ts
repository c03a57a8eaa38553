// Runs a machine one instruction at a time, a new machine each time: leaving the loop anywhere must change nothing.
import { nodeOf } from "../../src/grammar/parser.ts";
import type { AnyParser, ParseResult, RunConfig } from "../../src/index.ts";
import { Machine, STATUS } from "../../src/machine/index.ts";
import { limitsOf, recoverOf, resultOf, rootOf, traceOf } from "../../src/run/index.ts";
import type { Span } from "../../src/text/index.ts";

interface Slowly {
  readonly result: ParseResult<unknown, unknown>;
  /** What was run, in order. */
  readonly opcodes: readonly number[];
}

/** @param size units in a chunk. */
export function instructionByInstruction(
  parser: AnyParser,
  input: string | Uint8Array,
  size: number,
  config: RunConfig = {},
): Slowly {
  nodeOf(parser);
  let machine = Machine.start(rootOf(parser, true), {
    binary: config.input === "binary",
    decode: "fatal",
    source: undefined,
    mostEmitted: Number.POSITIVE_INFINITY,
    recover: recoverOf(config),
    trace: traceOf(config),
    limits: limitsOf(config.limits),
  });
  const opcodes: number[] = [];
  for (let fed = 0; ; ) {
    const { pc, program } = machine;
    opcodes.push(program.code[pc] ?? -1);
    machine.hasFuelLimit = true;
    machine.fuel = 1;
    const status = machine.step();
    if (status === STATUS.INPUT) {
      if (fed < input.length) machine.input.write(input.slice(fed, fed + size));
      else machine.input.end();
      fed += size;
    } else if (status !== STATUS.FUEL) return { result: resultFrom(machine, status), opcodes };
    // thawing a part of the stack uses up the fuel too: captured again at the same place, it would never go on
    if (machine.pc !== pc || machine.program !== program || status === STATUS.INPUT)
      machine = Machine.from(machine.capture());
  }
}

function resultFrom(machine: Machine, status: number): ParseResult<unknown, unknown> {
  const start = machine.input.hadByteOrderMark ? 1 : 0;
  const first = { offset: start, byteOffset: start * 3, line: 1, column: 1 };
  const spanOf = (): Span => ({ start: first, end: machine.position(machine.offset) });
  return resultOf(machine, status as never, machine.emissions.take(), spanOf);
}
