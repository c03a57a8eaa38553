// Rule 26, last sentence: a trace keeps the last 1000 successes of the live branch.
import test, { type ExecutionContext } from "ava";
import { pretty } from "../../src/diagnostics/index.ts";
import { json } from "../../src/formats/json.ts";
import {
  andThen,
  attempt,
  choice,
  cut,
  cutHere,
  emit,
  eof,
  label,
  lazy,
  listing,
  lookahead,
  many,
  manyTill,
  notFollowedBy,
  ok,
  opt,
  or,
  type Parser,
  type RunConfig,
  recover,
  rule,
  run,
  seq,
  slice,
  spanned,
  type TraceStep,
  trace,
} from "../../src/index.ts";
import { lexeme, oneOf, spaces0, string, takeWhile1, token } from "../../src/lex/index.ts";
import { CLOSED, feederError, parseLoopSync, resume, runStream } from "../../src/stream/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { effortOf } from "../machine/_effort.ts";

const [a, b, c] = [string("a"), string("b"), string("c")];
const [A, B, C] = [trace(a, "A"), trace(b, "B"), trace(c, "C")];
const traced: RunConfig = { trace: true };

const shown = (step: TraceStep): string => `${step.name} ${step.span.start.offset}-${step.span.end.offset}`;

/** What `onTrace` is told. */
function heard(parser: Parser<unknown, unknown>, input: string | Uint8Array, config: RunConfig = {}): string[] {
  const steps: string[] = [];
  run(parser, input, { ...traced, ...config, extensions: { trace: { onTrace: (step) => steps.push(shown(step)) } } });
  return steps;
}

/** The story of a failure, the same however the input is fed. */
function storyOf(t: ExecutionContext, parser: Parser<unknown, unknown>, input: string): string[] | undefined {
  const { diagnostics } = everyWay(t, parser, input, traced);
  const story = diagnostics.at(-1)?.spanTrace?.map(shown);
  t.deepEqual(heard(parser, input), story ?? []);
  return story;
}

test("off, it costs nothing: the program is the one without it", (t) => {
  const plain: Parser<unknown> = rule(
    "list",
    seq(
      a,
      opt(
        seq(
          b,
          many(
            or(
              c,
              lazy(() => plain),
            ),
          ),
        ),
      ),
    ),
  );
  const named: Parser<unknown> = rule(
    "list",
    trace(seq(A, trace(opt(seq(trace(b), trace(many(or(C, trace(lazy(() => named))))))), "rest")), "all"),
  );
  t.is(listing(named), listing(plain));
  t.is(listing(slice(trace(takeWhile1("ab")))), listing(slice(takeWhile1("ab"))));
  t.is(listing(choice([a, b, c]).trace("x").many()), listing(choice([a, b, c]).many()));
  const shared = trace(seq(takeWhile1("ab"), string(","), string(";"), takeWhile1("cd"), string("!")));
  const whole = seq(takeWhile1("ab"), string(","), string(";"), takeWhile1("cd"), string("!"));
  t.is(listing(seq(shared, shared)), listing(seq(whole, whole)));
  t.is(run(seq(A, B), "ax").diagnostics[0]?.spanTrace, undefined);
});

test("each success, with its name and what was read", (t) => {
  t.deepEqual(storyOf(t, seq(A, B), "ax"), ["A 0-1"]);
  t.deepEqual(storyOf(t, trace(seq(A, trace(lexeme(b, spaces0), "word")), "all").skipR(c), "ab  x"), [
    "A 0-1",
    "word 1-4",
    "all 0-4",
  ]);
  t.deepEqual(storyOf(t, seq(A, B), "x"), []);
  t.deepEqual(storyOf(t, seq(trace(ok(1), "nothing"), A), "x"), ["nothing 0-0"]);
});

test("rules are traced as they are", (t) => {
  const word = rule("word", takeWhile1("ab"));
  t.deepEqual(storyOf(t, seq(word, string(","), rule("pair", seq(word, c))), "ab,bcx"), [
    "word 0-2",
    "word 3-4",
    "pair 3-5",
  ]);
  t.deepEqual(storyOf(t, json, "[[1], [2] 3]"), ["array 1-4", "array 6-10"]);
});

test("without a name it has that of its parser", (t) => {
  const names = (p: Parser<unknown>): string => heard(trace(p), "a").at(-1)?.split(" ")[0] ?? "";
  t.is(names(rule("r", a)), "r");
  t.is(names(label("l", a)), "l");
  t.is(names(token("t", a)), "t");
  t.is(names(a), "a");
  t.is(names(trace(a, "inner")), "inner");
  t.is(names(takeWhile1("a")), "span");
  t.throws(() => trace(a, ""), { instanceOf: TypeError, message: /^trace takes its name, a non-empty string$/ });
  t.throws(() => a.trace(1 as never), { instanceOf: TypeError });
});

test("what a branch did is dropped with it", (t) => {
  t.deepEqual(storyOf(t, or(seq(trace(ok(1), "one"), a), seq(trace(ok(2), "two"), b)), "x"), []);
  t.deepEqual(storyOf(t, seq(or(attempt(seq(A, B)), seq(A, C)), a), "acx"), ["A 0-1", "C 1-2"]);
  t.deepEqual(storyOf(t, seq(opt(attempt(seq(A, B))), a, b), "aac"), []);
  t.deepEqual(storyOf(t, seq(many(attempt(seq(A, B))), a, c), "abaca"), ["A 0-1", "B 1-2"]);
  t.deepEqual(storyOf(t, attempt(seq(A, B)), "ax"), [], "the branch that failed is live no more");
  t.deepEqual(storyOf(t, seq(lookahead(seq(A, B)), A, C), "ab"), ["A 0-1"]);
  t.deepEqual(storyOf(t, seq(notFollowedBy(seq(A, C)), A, C), "ab"), ["A 0-1"]);
  t.deepEqual(storyOf(t, token("ab", seq(A, B)), "ax"), []);
  t.deepEqual(storyOf(t, seq(token("ab", seq(A, B)), c), "abx"), ["A 0-1", "B 1-2"]);
  t.deepEqual(storyOf(t, or(seq(cutHere(), trace(ok(1), "one"), a), b), "x"), ["one 0-0"]);
  t.deepEqual(storyOf(t, or(seq(A, cut(seq(B, C))), a), "abx"), ["A 0-1", "B 1-2"]);
});

test("of a success only the hook hears, each step once, in order", (t) => {
  t.deepEqual(heard(many(or(attempt(seq(A, B)), A)), "aaba"), ["A 0-1", "A 1-2", "B 2-3", "A 3-4"]);
  t.deepEqual(heard(many(seq(A, emit(B))), "abab"), ["A 0-1", "B 1-2", "A 2-3", "B 3-4"]);
  t.deepEqual(
    heard(
      andThen(A, () => rule("made", b)),
      "ab",
    ),
    ["A 0-1", "made 1-2"],
  );
  const untraced: unknown[] = [];
  run(A, "a", { extensions: { trace: { onTrace: (step) => untraced.push(step) } } });
  t.deepEqual(untraced, []);
  const wrong = { trace: true, extensions: { trace: { onTrace: 1 as never } } };
  t.throws(() => run(A, "a", wrong), { instanceOf: TypeError, message: /onTrace takes a function, got 1/ });
});

test("it changes nothing else", (t) => {
  for (const text of ['{"a":[1,2 3]}', "[[1],[2]]", '{"a":1,}', "[", ""]) {
    const plain = run(json, text, {});
    const { diagnostics, ...rest } = run(json, text, traced);
    const untold = diagnostics.map(({ spanTrace: _, ...diagnostic }) => diagnostic);
    t.deepEqual({ ...rest, diagnostics: untold }, { ...plain, diagnostics: [...plain.diagnostics] });
  }
});

test("positions are known when the text is gone", (t) => {
  const line = rule("line", seq(takeWhile1("aé😀"), string("\n")));
  const { diagnostics } = everyWay(t, trace(seq(many(line), b), "all"), "aé\n😀\naéx", traced);
  const [first, second] = diagnostics[0]?.spanTrace ?? [];
  t.like(first?.span, { start: { line: 1, column: 1 }, end: { line: 2, column: 1, byteOffset: 4 } });
  t.like(second?.span, { start: { offset: 3, byteOffset: 4, line: 2 }, end: { offset: 6, byteOffset: 9, line: 3 } });
  t.is(run(seq(A, b), "ax", { ...traced, source: "f" }).diagnostics[0]?.spanTrace?.[0]?.span.source, "f");
});

test("errors that end a run tell it too", (t) => {
  t.deepEqual(storyOf(t, seq(A, many(ok(1))), "ab"), ["A 0-1"]);
  const { result } = runStream(
    seq(A, B),
    { pull: () => feederError({ kind: "IoFailed", message: "gone" }) },
    traced,
  ) as {
    readonly result: { readonly diagnostics: readonly { readonly spanTrace?: readonly TraceStep[] }[] };
  };
  t.deepEqual(result.diagnostics[0]?.spanTrace, []);
});

test("each recovery tells what led to it", (t) => {
  const item = rule("item", recover(seq(A, string(";")), string(";"), "?"));
  const config: RunConfig = { ...traced, extensions: { recover: { mode: "collect" } } };
  const { diagnostics } = everyWay(t, manyTill(item, eof), "a;a!;a;a!;", config);
  t.deepEqual(
    diagnostics.map((d) => d.spanTrace?.map(shown)),
    [
      ["A 0-1", "item 0-2", "A 2-3"],
      ["A 0-1", "item 0-2", "A 2-3", "item 2-5", "A 5-6", "item 5-7", "A 7-8"],
    ],
  );
});

test("the last 1000 are kept", (t) => {
  const list = seq(many(A), b);
  const { diagnostics } = run(list, `${"a".repeat(3456)}x`, traced);
  const story = diagnostics[0]?.spanTrace ?? [];
  t.is(story.length, 1000);
  t.is(shown(story[0] as TraceStep), "A 2456-2457");
  t.is(shown(story[999] as TraceStep), "A 3455-3456");
  const held = run(seq(many(A), attempt(many(B)), c), `${"a".repeat(990)}${"b".repeat(20)}x`, traced);
  t.is(held.diagnostics[0]?.spanTrace?.length, 1000);
  const dropped = run(seq(many(A), or(attempt(seq(many(B), a)), b)), `${"a".repeat(1500)}${"b".repeat(2500)}`, traced);
  t.is(dropped.diagnostics[0]?.spanTrace?.length, 1000, "those that were dropped have pushed none out");
  t.is(firstDifference(list, `${"a".repeat(2050)}x`, traced, { random: 2 }), undefined);
});

for (const [name, parser] of [
  ["certain", many(rule("item", seq(A, string(" "))))],
  ["held", attempt(many(rule("item", seq(A, string(" ")))))],
] as const) {
  test(`its work is linear: ${name}`, (t) => {
    const [small, large] = [500, 4000].map((n) => {
      const input = "a ".repeat(n);
      const { outcome, effort } = effortOf(parser, input, { size: 64, capturing: true, config: traced });
      t.true(outcome.result.ok);
      return effort.instructions + effort.copied + effort.walked + effort.segmented;
    }) as [number, number];
    t.true(large <= small * 10 + 6000, `${small}, ${large}`);
  });
}

test("a run that rests says inside what", (t) => {
  const list = trace(seq(A, rule("tail", seq(b, spanned(c)))), "list");
  const labels = ["", "a", "b"].map((_, i) => {
    const outcome = runStream(list, "ab".slice(0, i), traced);
    return outcome.kind === "pending" ? outcome.continuation.meta.traceLabel : "completed";
  });
  t.deepEqual(labels, [undefined, "tail", "tail"]);
  const untraced = runStream(list, "a");
  t.false(untraced.kind === "pending" && "traceLabel" in untraced.continuation.meta);
  const outer = runStream(seq(A, B), "a", traced);
  t.is(outer.kind === "pending" ? outer.continuation.meta.traceLabel : "", "B");
  const none = runStream(seq(A, b), "a", traced);
  t.false(none.kind === "pending" && "traceLabel" in none.continuation.meta);
});

test("nobody hears of what is only looked at ahead; each who goes on hears of his own", (t) => {
  const steps: string[] = [];
  const config: RunConfig = { ...traced, extensions: { trace: { onTrace: (step) => steps.push(shown(step)) } } };
  const list = seq(trace(ok(0), "start"), A, trace(many(b), "bs"));
  const first = runStream(list, "a", config);
  if (first.kind !== "pending") return t.fail();
  const { continuation } = first;
  t.true(continuation.canFinish);
  t.true(continuation.preview().ok);
  t.true(continuation.meta.expectedTokens.length > 0);
  t.is(first.demand.minBytes, 1);
  t.deepEqual(steps, ["start 0-0", "A 0-1"]);
  resume(continuation, CLOSED);
  resume(continuation, CLOSED);
  t.deepEqual(steps.slice(2), ["bs 1-1", "bs 1-1"]);
  steps.length = 0;
  const loop = parseLoopSync(trace(many(A), "all"), config);
  for (const chunk of ["a", "a", CLOSED] as const) loop.next(chunk);
  t.deepEqual(steps, ["A 0-1", "A 1-2", "all 0-2"]);
});

test("a report ends with the last of it", (t) => {
  const line = rule("line", seq(oneOf("ab"), string("\n")));
  const { diagnostics } = run(many(line), "a\nb\nx", traced);
  t.is(pretty(diagnostics).split("\n").slice(-3).join("\n"), "trace:\n  1:1-2:1  line\n  2:1-3:1  line");
  const long = run(seq(many(A), b), `${"a".repeat(12)}x`, traced);
  const report = pretty(long.diagnostics, undefined, { locale: "ja" }).split("\n");
  t.is(report.at(-9), "トレース: 12件のうち最後の8件");
  t.is(report.at(-1), "  1:12-1:13  A");
  t.notRegex(pretty(run(A, "x", traced).diagnostics), /trace/);
});
