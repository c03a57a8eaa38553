// Every field of a part of the state is copied, also one that is added later: snapshots, trials and continuations rest on it.
import { readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import { programOf } from "../../src/compile/index.ts";
import { nodeOf } from "../../src/grammar/parser.ts";
import { between, many, run } from "../../src/index.ts";
import { string } from "../../src/lex/index.ts";
import { Usage } from "../../src/machine/control/limits.ts";
import { Registers } from "../../src/machine/control/registers.ts";
import { EmissionsState } from "../../src/machine/emission/emissions-state.ts";
import { FailureRecord } from "../../src/machine/failure/record.ts";
import { restoreRecord, saveRecord, startRecord } from "../../src/machine/failure/saved-record.ts";
import { Machine, STATUS } from "../../src/machine/index.ts";
import { PositionsState } from "../../src/machine/positions/positions-state.ts";
import { limitsOf, recoverOf, rootOf, traceOf } from "../../src/run/index.ts";
import { Gate } from "../../src/stream/flow/flow.ts";
import { Report } from "../../src/stream/report/events.ts";
import { SessionState } from "../../src/stream/session/state.ts";
import { deepEqual } from "../_equal.ts";
import { configOf, type Sample, samples } from "./_samples.ts";

const [program, other] = [programOf(nodeOf(string("a"))), programOf(nodeOf(string("b")))];
const parts = {
  Registers: () => new Registers(program),
  Used: () => new Usage(),
  FailureRecord: () => new FailureRecord([program]),
  EmissionsState: () => new EmissionsState(),
  PositionsState: () => new PositionsState(),
  SessionState: () => new SessionState(new Report()),
  Gate: () => new Gate({ mode: "auto", highWatermark: 1, lowWatermark: 0, policy: { kind: "auto", backpressure: {} } }),
} as const;

/** Stands for anything that a field may hold; whoever copies it gets another one, which knows it. */
class Held {
  readonly origin: Held | undefined;

  constructor(origin?: Held) {
    this.origin = origin;
  }

  copy(): Held {
    return new Held(this);
  }

  fork(): Held {
    return new Held(this);
  }
}

/** Lists that are never written to, but replaced by others. */
const replaced = ["retained", "lineage"];

/** Another value than the one at birth, of its kind. */
function another(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value + 1 : 7;
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return [...value, new Held()];
  if (value instanceof Int32Array) return value.map(() => 7);
  if (value === program) return other;
  return new Held();
}

type Fields = Record<string, unknown>;

for (const [name, birth] of Object.entries(parts)) {
  test(`a copy has every field of ${name}`, (t) => {
    const born = birth() as unknown as Fields;
    const part = birth() as unknown as Fields & { copy(): Fields };
    for (const key of Object.keys(part)) part[key] = another(born[key]);
    const copy = part.copy();
    t.deepEqual(Object.keys(copy), Object.keys(born));
    for (const [key, value] of Object.entries(part)) {
      const copied = copy[key];
      if (value instanceof Int32Array) t.is((copied as Int32Array)[0], 7, key);
      else if (Array.isArray(value)) t.deepEqual(copied, value, key);
      else if (!(value instanceof Held)) t.is(copied, value, key);
      else t.true(copied === value || (copied instanceof Held && copied.origin === value), `${key} is not copied`);
      // what can be written to is not shared: two machines would write to it
      const original = born[key];
      const isMutable = typeof original === "object" && original !== null && ("copy" in original || "fork" in original);
      const isList = Array.isArray(value) && !replaced.includes(key);
      if (isMutable || isList || value instanceof Int32Array) t.not(copied, value, `${key} is shared`);
    }
  });
}

/** What a machine and its parts have besides: from the options, for the next call only, or a part that copies itself. */
const besides = {
  "machine/control/machine.ts": [
    "fuel",
    "hasFuelLimit",
    "stack",
    "window",
    "input",
    "keys",
    "failure",
    "emissions",
  ].concat(["options", "positions", "mustFreeze", "site"]),
  "machine/emission/emissions.ts": ["most"],
  "machine/positions/positions.ts": [],
  "machine/failure/record.ts": [],
};

test("no state lies beside the parts that are copied", (t) => {
  const machine = machineOf({ name: "", parser: string("a"), inputs: [] });
  const own = (whole: object, part: object): string[] => Object.keys(whole).filter((key) => !(key in part));
  t.deepEqual(own(machine, parts.Registers()), besides["machine/control/machine.ts"]);
  t.deepEqual(own(machine.emissions, parts.EmissionsState()), besides["machine/emission/emissions.ts"]);
  t.deepEqual(own(machine.positions, parts.PositionsState()), besides["machine/positions/positions.ts"]);
  t.deepEqual(own(machine.failure, parts.FailureRecord()), besides["machine/failure/record.ts"]);
  for (const file of [...Object.keys(besides), "machine/control/registers.ts", "stream/session/state.ts"]) {
    const source = readFileSync(inRepository(`src/${file}`), "utf8");
    // a private field can't be seen from here
    t.deepEqual(source.match(/^ {2}(static )?#\w+\??( =|:|;)/gm) ?? [], [], file);
  }
});

function machineOf(sample: Sample, origin = 0): Machine {
  const config = configOf(sample);
  return Machine.start(rootOf(sample.parser, true), {
    binary: config.input === "binary",
    decode: "fatal",
    source: undefined,
    mostEmitted: Number.POSITIVE_INFINITY,
    recover: recoverOf(config),
    trace: traceOf(config),
    limits: limitsOf(config.limits),
    origin,
  });
}

/** Runs a machine by single units, and calls back wherever it needs more. */
function atEachUnit(machine: Machine, input: string | Uint8Array, rests: (machine: Machine) => void): void {
  for (let at = 0; machine.step() === STATUS.INPUT; at++) {
    rests(machine);
    if (at < input.length) machine.input.write(input.slice(at, at + 1));
    else machine.input.end();
  }
}

/** The parts of a machine as they lie there, as if its window began at an offset. */
function stateOf(machine: Machine, base: number): Fields {
  const registers = Object.assign(parts.Registers(), machine);
  registers.windowMoved(base - machine.window.base);
  const { failure, emissions, positions, input } = machine;
  const { entries, count } = failure;
  return {
    registers: Object.fromEntries(Object.keys(parts.Registers()).map((key) => [key, (registers as never)[key]])),
    failure: { ...failure, entries: entries.slice(0, 2 * count) },
    emissions: { ...emissions, told: emissions.reported.items },
    places: { ...positions },
    waiting: input.waiting,
    text: machine.window.textOf(base - machine.window.base, machine.window.filled),
  };
}

test("a machine that goes on from a snapshot holds what the other one holds", (t) => {
  const birth = stateOf(machineOf({ name: "", parser: many(string("a")), inputs: [] }), 0);
  const changed = new Set<string>();
  for (const sample of samples) {
    for (const input of sample.inputs) {
      atEachUnit(machineOf(sample), input, (machine) => {
        const snapshot = machine.capture();
        const twin = Machine.from(snapshot);
        const [held, copied] = [stateOf(machine, twin.window.base), stateOf(twin, twin.window.base)];
        const difference = deepEqual(held, copied);
        if (difference !== undefined) t.fail(`${sample.name}: ${difference}`);
        for (const [part, fields] of Object.entries(held)) {
          for (const [key, value] of Object.entries(fields as Fields)) {
            if (deepEqual(value, (birth[part] as Fields)[key]) !== undefined) changed.add(`${part}.${key}`);
          }
        }
      });
    }
  }
  // or nothing would be compared
  t.true(changed.size > 50, `${changed.size}`);
});

test("a record that is saved and restored says what it said", (t) => {
  let records = 0;
  for (const sample of samples) {
    for (const input of sample.inputs) {
      atEachUnit(machineOf(sample), input, (machine) => {
        if (machine.far > 0x3ffffff) return;
        const saved = saveRecord(machine);
        const before = stateOf(machine, machine.window.base);
        startRecord(machine);
        if (deepEqual(before, stateOf(machine, machine.window.base)) !== undefined) records++;
        restoreRecord(machine, saved);
        const difference = deepEqual(before, stateOf(machine, machine.window.base));
        if (difference !== undefined) t.fail(`${sample.name}: ${difference}`);
      });
    }
  }
  t.true(records > 100);
});

test("all machines have the fields of the first, in its order, and none that was a small number becomes another", (t) => {
  const { from } = Machine;
  const made: Machine[] = [];
  Machine.from = (...args) => {
    const machine = from(...args);
    made.push(machine);
    return machine;
  };
  try {
    for (const sample of samples) {
      const [input = ""] = sample.inputs;
      for (const origin of [0, 2 ** 40]) {
        const machine = machineOf(sample, origin);
        made.push(machine);
        atEachUnit(machine, input, () => Machine.from(machine.capture()));
      }
    }
    const all = made.length;
    // it is tried what would follow: the rest of a word, and closers
    const bracketed = between(string("<"), between(string("["), string("true"), string("]")), string(">"));
    for (const input of ["<[tr]>", "<[true)", "<[true"]) run(bracketed, input);
    t.is(made.length, all + 3);
  } finally {
    Machine.from = from;
  }
  const birth = machineOf({ name: "", parser: string("a"), inputs: [] });
  const isSmall = (value: unknown): boolean => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
  const small = Object.entries(birth).flatMap(([key, value]) => (isSmall(value) ? [key] : []));
  for (const machine of made) {
    t.is(Object.keys(machine).join(), Object.keys(birth).join());
    for (const key of small) if (!isSmall(machine[key as "pc"])) t.fail(`${key} became ${machine[key as "pc"]}`);
  }
});
