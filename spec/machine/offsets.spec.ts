// Rule 29: offsets are exact up to 2^53. The window starts where an Int32 ends, and far beyond.
import test from "ava";
import { nodeOf } from "../../src/grammar/parser.ts";
import {
  type AnyParser,
  attempt,
  between,
  lookahead,
  many,
  or,
  position,
  seq,
  slice,
  spanned,
} from "../../src/index.ts";
import { identifier, lineEnding, oneOf, string, takeUntil, takeWhile } from "../../src/lex/index.ts";
import { Machine, STATUS } from "../../src/machine/index.ts";
import { resultOf } from "../../src/run/index.ts";

const statement = spanned(
  or(
    attempt(seq(identifier, position, string(";"))),
    seq(
      lookahead(identifier),
      slice(takeWhile("a-z")),
      takeUntil("\n"),
      between(lineEnding, oneOf("é😀"), string("]")),
    ),
  ),
);
const grammar = many(seq(statement, takeWhile(" \n")));

const inputs = ["ab; cd ef\n😀] gh;", "ab; cd ef\n😀 gh;", "ab; cd", "x;\ny;\nz\n"];

/** What comes out, as JSON in which every offset counts from the origin. */
function outcome(parser: AnyParser, input: string, origin: number, size: number): string {
  const options = { binary: false, decode: "fatal", source: undefined, mostEmitted: Number.POSITIVE_INFINITY } as const;
  let machine = Machine.start(nodeOf(parser), { ...options, origin });
  for (let at = 0; at < input.length; at += size) {
    machine.input.write(input.slice(at, at + size));
    if (machine.step() !== STATUS.INPUT) break;
    machine = Machine.from(machine.capture());
  }
  machine.input.end();
  const status = machine.step();
  const end = machine.offset;
  const span = () => ({ start: machine.position(end), end: machine.position(end) });
  return JSON.stringify(resultOf(machine, status, [], span), (key, value: unknown) =>
    (key === "offset" || key === "byteOffset") && typeof value === "number" ? value - origin : value,
  );
}

for (const origin of [2 ** 31 - 2, 2 ** 40, 2 ** 53 - 64]) {
  for (const size of [1, 3, 100]) {
    test(`a window that starts at ${origin}, by ${size}`, (t) => {
      for (const input of inputs) t.is(outcome(grammar, input, origin, size), outcome(grammar, input, 0, size), input);
    });
  }
}

test("the offsets are those of the input", (t) => {
  const machine = (origin: number) => outcome(seq(string("a"), position), "ab", origin, 1);
  t.regex(machine(2 ** 40), /"offset":1,"byteOffset":1,"line":1,"column":2/);
});
