// A state that parsers of one run pass on: where it exists, what changes it, and who forgets the change.
import test from "ava";
import {
  attempt,
  lookahead,
  many,
  opt,
  or,
  type Parser,
  recover,
  refuse,
  run,
  type Span,
  seq,
  spanned,
  tryMap,
  unwrap,
  userState,
} from "../../src/index.ts";
import { asciiIdentifier, identifier, layout, layoutToken, oneOf, string } from "../../src/lex/index.ts";
import { CLOSED, type Continuation, resume, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";

const count = userState(0);
/** `p`, counted; its value is the number of those before it. */
const counted = (p: Parser<unknown>): Parser<number> => count.update(p, (_, before) => [before, before + 1]);
const a = counted(string("a"));

test("it is passed on from left to right", (t) => {
  t.deepEqual(unwrap(everyWay(t, count.scope(many(a)), "aaa")), [0, 1, 2]);
});

test("a branch that fails takes its changes with it", (t) => {
  const tried = or(attempt(seq(a, a, string("!"))), seq(a, opt(attempt(seq(a, string("?")))), lookahead(a), a));
  t.deepEqual(unwrap(everyWay(t, count.scope(tried), "aa")), [0, undefined, 1, 1]);
});

test("a scope inside another has a state of its own", (t) => {
  const inner = count.scope(seq(a, a));
  t.deepEqual(unwrap(everyWay(t, count.scope(seq(a, inner, a)), "aaaa")), [0, [0, 1], 1]);
});

test("states of two kinds don't know each other, whichever is the inner one", (t) => {
  const other = userState("");
  const b = other.update(string("b"), (text, before) => [before, before + text]);
  const both = seq(a, b, a, b);
  for (const scoped of [count.scope(other.scope(both)), other.scope(count.scope(both))])
    t.deepEqual(unwrap(everyWay(t, scoped, "abab")), [0, "", 1, "b"]);
});

test("it is kept through the blocks of a layout", (t) => {
  const name = counted(asciiIdentifier);
  const block = seq(name, layoutToken("indent"), name, layoutToken("newline"), name, layoutToken("dedent"));
  t.deepEqual(unwrap(everyWay(t, count.scope(layout(block)), "x\n  y\n  z\n")), [
    0,
    undefined,
    1,
    undefined,
    2,
    undefined,
  ]);
  t.deepEqual(unwrap(everyWay(t, layout(count.scope(block)), "x\n  y\n  z\n")), [
    0,
    undefined,
    1,
    undefined,
    2,
    undefined,
  ]);
});

test("a continuation that is resumed twice goes on twice from the same state", (t) => {
  const begun = runStream(count.scope(many(a)), "aa");
  const { continuation } = begun as { continuation: Continuation<number[]> };
  for (const [more, expected] of [
    ["a", [0, 1, 2]],
    ["aa", [0, 1, 2, 3]],
    ["", [0, 1]],
  ] as const) {
    const outcome = resume(continuation, more);
    const last = outcome.kind === "pending" ? resume(outcome.continuation, CLOSED) : outcome;
    t.deepEqual(last.kind === "completed" ? last.result.value : undefined, [...expected]);
  }
});

test("a recovery leaves it as it was before what failed", (t) => {
  const item = recover(seq(a, string(";")), string(";"), "?");
  const { value } = everyWay(t, count.scope(seq(item, item, item)), "a;a!;a;", {
    extensions: { recover: { mode: "collect" } },
  });
  t.deepEqual(value as unknown, [[0, ";"], "?", [1, ";"]]);
});

const declared = userState<ReadonlyMap<string, Span>>(new Map());
const declaration = declared.update(spanned(identifier), ({ value, span }, before) => {
  const first = before.get(value);
  if (first === undefined) return [value, new Map([...before, [value, span]])];
  return refuse(`${value} stands twice`, {
    code: "twice",
    at: span,
    help: "rename it",
    notes: [{ message: "first here", span: first }],
  });
});

test("a refusal points to what it speaks of, also when its text is gone", (t) => {
  const names = declared.scope(many(seq(declaration, oneOf(",\n"))));
  const { diagnostics } = everyWay(t, names, `ab,\n${"c\n"}é,ab,`.replace(",\n", "\n"));
  const [diagnostic] = diagnostics;
  t.is(diagnostic?.message, "ab stands twice");
  t.is(diagnostic?.code, "twice");
  t.deepEqual([diagnostic?.at.start.line, diagnostic?.at.start.column], [3, 3]);
  t.deepEqual(
    diagnostic?.notes.map(({ message, span }) => [message, span?.start.offset, span?.end.offset]),
    [
      ["first here", 0, 2],
      ["rename it", undefined, undefined],
    ],
  );
});

test("refuse of tryMap takes a span and notes too", (t) => {
  const pair = tryMap(seq(spanned(identifier), string("="), spanned(identifier)), ([left, , right]) =>
    left.value === right.value
      ? refuse("both are the same", {
          at: right.span,
          notes: [{ message: "no place" }, { message: "left", span: left.span }],
        })
      : [left.value, right.value],
  );
  const [diagnostic] = everyWay(t, pair, "a=a").diagnostics;
  t.deepEqual([diagnostic?.at.start.offset, diagnostic?.at.end.offset], [2, 3]);
  t.deepEqual(
    diagnostic?.notes.map(({ message, span }) => [message, span?.start.offset]),
    [
      ["no place", undefined],
      ["left", 0],
    ],
  );
});

test("misuse says what to do", (t) => {
  t.throws(() => run(a, "a"), { instanceOf: TypeError, message: /put it into scope/ });
  t.throws(() => count.update(string("a"), 1 as never), { instanceOf: TypeError, message: /update takes a function/ });
  for (const given of [undefined, 1, [1], [1, 2, 3], "ab"])
    t.throws(() => run(count.scope(count.update(string("a"), () => given as never)), "a"), {
      instanceOf: TypeError,
      message: /must give \[value, state\] or refuse/,
    });
  t.throws(() => refuse("x", { at: {} as never }), { instanceOf: RangeError, message: /refuse takes a place/ });
  for (const notes of ["x", [1], [{}], [{ message: 1 }], [{ message: "x", span: 1 }]])
    t.throws(() => refuse("x", { notes: notes as never }), { instanceOf: TypeError, message: /takes notes as a list/ });
});
