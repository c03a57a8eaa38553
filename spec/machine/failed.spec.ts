// What a failure says is a plain value: it holds no words of a report, nothing of the machine, and no function.
import test from "ava";
import * as make from "../../src/grammar/make.ts";
import { nodeOf } from "../../src/grammar/parser.ts";
import { Refusal } from "../../src/grammar/problem.ts";
import { between, fail, many, ok, or, Parser, rule, sepBy, seq } from "../../src/index.ts";
import { identifier, int10, lexeme, oneOf, string, symbol } from "../../src/lex/index.ts";
import { failureOf, Machine } from "../../src/machine/index.ts";
import { limitsOf, rootOf } from "../../src/run/index.ts";

const list = rule("list", between(symbol("["), sepBy(lexeme(or(int10, string("true"))), symbol(",")), symbol("]")));

function failed(parser: Parameters<typeof rootOf>[0], input: string, maxTokenUnits = 9): ReturnType<typeof failureOf> {
  const machine = Machine.start(rootOf(parser, true), {
    binary: false,
    decode: "fatal",
    source: "f",
    locale: "ja",
    mostEmitted: 1,
    limits: limitsOf({ maxTokenUnits }),
  });
  machine.input.write(input === "\xff" ? Uint8Array.of(0xff) : input);
  machine.input.end();
  return failureOf(machine, machine.step());
}

const at = (offset: number) => ({ offset, byteOffset: offset, line: 1, column: offset + 1 });

test("all that is known of a failure that was recorded", (t) => {
  t.like(failed(list, "[1,"), {
    kind: "unexpected",
    at: at(3),
    atEnd: true,
    rule: "list",
    rules: [{ name: "list", at: at(0) }],
    brackets: [{ at: at(0), isMissed: false }],
    message: undefined,
    dangling: undefined,
    near: undefined,
    closers: [],
    successes: undefined,
  });
  t.like(failed(list, "[1"), {
    brackets: [{ at: at(0), isMissed: true }],
    closers: [{ at: at(2), text: "]", helps: true, grouped: false }],
  });
  t.like(failed(list, "[1 1"), { closers: [{ at: at(2), text: "]", helps: false }] });
  t.like(failed(list, "[1,]"), { at: at(3), dangling: { start: at(2), end: at(3) } });
  t.like(failed(list, "[tru]"), { near: { texts: ["true"], rest: { at: at(4), text: "e", helps: true } } });
  t.like(failed(seq(string("a"), fail("no")), "a"), { at: at(1), message: "no" });
});

test("each kind of failure, with nothing in it but data", (t) => {
  const long = many(seq(identifier, symbol(";")));
  const failures = [
    failed(list, "[1"),
    failed(list, "\xff"),
    failed(long, "abcdefghijkl;"),
    failed(many(many(ok(0))), "a"),
    failed(Parser.of(make.refine(nodeOf(oneOf("xy")), () => new Refusal({ message: "no x" }))), "x"),
  ];
  t.deepEqual(
    failures.map(({ kind }) => kind),
    ["unexpected", "malformed", "limit", "fault", "problem"],
  );
  for (const failure of failures) t.deepEqual(structuredClone(failure), failure);
});
