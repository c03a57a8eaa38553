// What a function refuses or warns of, checkpoints, frames, and the space in force.
import test from "ava";
import * as make from "../../src/grammar/make.ts";
import { nodeOf } from "../../src/grammar/parser.ts";
import { type Problem, Refusal } from "../../src/grammar/problem.ts";
import {
  andThen,
  attempt,
  between,
  checkpoint,
  choice,
  cutHere,
  frame,
  label,
  lazy,
  lookahead,
  many,
  notFollowedBy,
  ok,
  opt,
  or,
  Parser,
  rule,
  run,
  sepBy,
  seq,
  skipL,
  skipMany,
  skipR,
} from "../../src/index.ts";
import { lexeme, oneOf, string, symbol, takeWhile, takeWhile1 } from "../../src/lex/index.ts";
import { runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { partly, refuses } from "./_reply.ts";

const digits = takeWhile1("0-9".replace("-", "123456789"));
const small = Parser.of<number>(
  make.refine(nodeOf(digits), (value) => {
    const n = Number(value);
    return n < 100 ? n : new Refusal({ code: "E7101", message: `${n} is not below 100` });
  }),
);
const warned = Parser.of<string>(
  make.refine(nodeOf(oneOf("xy")), (value, site) => {
    if (value === "x") site.warn({ code: "W1", message: "an x" });
    return value;
  }),
);
const word = (text: string): Parser<string> =>
  Parser.of(
    make.leaf(
      text,
      "keyword",
      make.pick(0, make.text(text), make.choice([make.notFollowedBy(nodeOf(oneOf("ifn"))), make.raise(together)])),
    ),
  );
const together: Problem = { code: "E1203", message: "run together" };

test("a refused value fails where it ends, and tells where it stood", (t) => {
  const result = run(seq(string("a"), small), "a123");
  t.like(result.diagnostics[0], { code: "E7101", message: "123 is not below 100" });
  t.is(result.diagnostics[0]?.at.start.offset, 1);
  t.is(result.diagnostics[0]?.at.end.offset, 4);
  everyWay(t, seq(string("a"), small), "a123");
  everyWay(t, seq(string("a"), small), "a12");
});

test("a judge may ask for the text, for the space before it, and for a start whose text is gone", (t) => {
  const told = Parser.of<readonly [string, number]>(
    make.refine(nodeOf(digits), (_, site) => [site.text(), site.blankBefore(site.start).offset] as const),
  );
  const pair = seq(symbol("a"), told);
  t.deepEqual(run(pair, "a  12").value, ["a", ["12", 1]]);
  everyWay(t, pair, "a  12");
  const bytes = make.refine(make.take(2), (_, site) => site.text());
  t.is(run(Parser.of<string>(bytes), new Uint8Array([1, 255]), { input: "binary" }).value, "\x01\xff");
  const began = make.refine(nodeOf(many(oneOf("x\n"))), (_, site) => site.span(site.start, site.end), false);
  everyWay(t, seq(string("\na"), Parser.of(began)), `\na${"x\nxx".repeat(300)}`);
});

test("a refusal has read what it refuses", (t) => {
  t.false(run(or(small, string("123")), "123").ok);
  t.true(run(or(attempt(small), string("123")), "123").ok);
});

test("a leaf that fails for a reason of its own tells it, and fails empty at its start", (t) => {
  const result = run(word("if"), "ifn");
  t.like(result.diagnostics[0], { code: "E1203", message: "run together" });
  t.is(result.diagnostics[0]?.at.start.offset, 0);
  t.deepEqual(result.diagnostics[0]?.expected?.alternatives, [{ kind: "keyword", text: "if" }]);
  t.true(run(or(word("if"), string("ifn")), "ifn").ok);
  t.is(run(or(word("if"), string("no")), "x").diagnostics[0]?.code, "E1001");
  t.is(run(seq(string("i"), or(word("if"), string("no"))), "iifx").diagnostics[0]?.code, "E1001");
  everyWay(t, or(word("if"), word("in")), "ifn");
});

test("a warning stays with its branch", (t) => {
  t.deepEqual(
    run(warned, "x").diagnostics.map((d) => [d.severity, d.code]),
    [["warning", "W1"]],
  );
  t.true(run(warned, "x").ok);
  t.deepEqual(run(or(attempt(seq(warned, string("!"))), string("x")), "x").diagnostics, []);
  t.deepEqual(run(seq(lookahead(warned), string("x")), "x").diagnostics, []);
  const failed = run(seq(warned, string("!")), "x?");
  t.deepEqual(
    failed.diagnostics.map((d) => d.severity),
    ["warning", "error"],
  );
  everyWay(t, many(seq(warned, string("!"))), "x!y!x!");
  everyWay(t, many(seq(warned, string("!"))), "x!y!x?");
});

/** Adds to the state of the run, and what it is. */
const turn = (text: string): Parser<string> =>
  Parser.of(
    make.refine(nodeOf(ok(text)), (value, site) => {
      site.setState(`${site.state ?? ""}${value}`);
      return value;
    }),
  );
const state = Parser.of<string>(make.refine(nodeOf(ok(null)), (_, site) => site.state ?? "none"));

test("the state of a run is taken back with its branch", (t) => {
  const after = (p: Parser<unknown>): unknown => everyWay(t, skipL(seq(turn("1"), p), state), "ab", partly).value;
  const [a, b, x] = [string("a"), string("b"), string("x")];
  t.is(everyWay(t, state, "").value, "none");
  t.is(after(turn("2")), "12");
  t.is(after(seq(a, turn("2"), b)), "12");
  t.is(after(or(seq(turn("2"), x), a)), "1");
  t.is(after(or(x, seq(turn("2"), a))), "12");
  t.is(after(opt(seq(turn("2"), x))), "1");
  t.is(after(many(seq(turn("2"), oneOf("ab")))), "122");
  t.is(after(many(seq(oneOf("ab"), turn("2")))), "122");
  t.is(after(or(attempt(seq(turn("2"), a, turn("3"), x)), seq(a, turn("4")))), "14");
  t.is(after(lookahead(seq(a, turn("2")))), "1");
  t.is(
    after(
      lookahead(
        seq(
          a,
          lookahead(state).map((at) => t.is(at, "1")),
          turn("2"),
          state,
        ),
      ),
    ),
    "1",
  );
  t.is(after(notFollowedBy(seq(turn("2"), x))), "1");
  t.is(after(sepBy(seq(turn("2"), a), seq(turn("3"), x))), "12");
  t.is(after(andThen(turn("2"), () => seq(turn("3"), or(seq(turn("4"), x), a)))), "123");
  t.is(after(Parser.of(make.or(make.leaf("l", "rule", nodeOf(seq(turn("2"), a, x))), nodeOf(a)))), "1");
  t.is(after(Parser.of(make.leaf("l", "rule", nodeOf(seq(turn("2"), a))))), "12");
});

test("a function may refuse without words", (t) => {
  const even = Parser.of<string>(
    make.refine(nodeOf(digits), (text) => (Number(text) % 2 === 0 ? text : new Refusal())),
  );
  const named = Parser.of<string>(make.leaf("even number", "rule", nodeOf(even)));
  refuses(t, seq(string("a"), named), "a13", 1, ["rule:even number"]);
  t.is(everyWay(t, or(named, string("13")), "13").value, "13");
  const [bare] = everyWay(t, seq(string("a"), even), "a13").diagnostics;
  t.deepEqual([bare?.code, bare?.at.start.offset, bare?.message], ["E1001", 3, "unexpected end of input"]);
});

test("a text that is judged is the text that was read", (t) => {
  const judged = (p: Parser<unknown>): Parser<string> =>
    Parser.of(make.refine(make.slice(nodeOf(p)), (text, { start, end }) => `${text} ${start}-${end}`));
  t.is(everyWay(t, judged(many(oneOf("ab"))), "abba").value, "abba 0-4");
  t.deepEqual(everyWay(t, seq(string("a"), judged(string("bc"))), "abc").value, ["a", "bc 1-3"]);
});

test("a value stays when what follows is judged and given up", (t) => {
  const parser = skipR(string("a"), small.attempt().opt());
  t.is(everyWay(t, parser, "a123", { requireEof: false }).value, "a");
  t.is(everyWay(t, parser, "a12").value, "a");
});

test("a closer that has a name says where it was opened", (t) => {
  const closer = label("closer", oneOf(")]"));
  const [diagnostic] = everyWay(t, between(string("("), string("x"), closer), "(x").diagnostics;
  t.deepEqual(
    diagnostic?.notes.map((note) => [note.message, note.span?.start.offset]),
    [["opened here", 0]],
  );
  const refusing = between(string("("), string("x"), choice([string(")"), Parser.of<never>(make.raise(together))]));
  const [refused] = everyWay(t, refusing, "(xy").diagnostics;
  t.is(refused?.code, "E1203");
  t.deepEqual(
    refused?.notes.map((note) => note.message),
    ["opened here"],
  );
});

test("a checkpoint is the run's last one once nothing can take it back", (t) => {
  const item = checkpoint(seq(string("a"), string(";")));
  const waiting = runStream(many(item), "a;a;a");
  t.is(waiting.meta.checkpointsClosed, 2);
  t.true(waiting.kind === "pending");
  if (waiting.kind !== "pending") return;
  const { lastCheckpoint } = waiting.continuation.meta;
  t.deepEqual([lastCheckpoint?.start.offset, lastCheckpoint?.end.offset], [2, 4]);
  const held = runStream(attempt(seq(item, string("!"))), "a;");
  t.is(held.meta.checkpointsClosed, 0);
  everyWay(t, many(item), "a;a;a;");
});

test("a frame is what a waiting run stands in", (t) => {
  const boundaryAfter = (input: string): string | undefined => {
    const parser = seq(frame("outer", seq(string("<"), frame("inner", string("ab")), string(">"))), string("."));
    const outcome = runStream(parser, input);
    return outcome.kind === "pending" ? outcome.demand.frameBoundary : "done";
  };
  t.is(boundaryAfter("<"), "inner");
  t.is(boundaryAfter("<a"), "inner");
  t.is(boundaryAfter("<ab"), "outer");
  t.is(boundaryAfter("<ab>"), undefined);
  const backed = seq(attempt(frame("gone", string("ab"))).or(string("ac")), string("."));
  const outcome = runStream(backed, "ac");
  t.true(outcome.kind === "pending" && outcome.demand.frameBoundary === undefined);
});

test("the innermost space is in force", (t) => {
  const pair = seq(symbol("a"), lexeme(string("b")));
  const dashed = pair.withSpace(string("-").skipMany());
  t.true(run(pair, "a b ").ok);
  t.true(run(dashed, "a--b-").ok);
  t.false(run(dashed, "a b").ok);
  t.true(run(seq(pair, dashed, pair), "a b a-b-a b").ok);
  t.true(run(seq(dashed, pair).withSpace(string("_").skipMany()), "a-b-a_b_").ok);
  const bound = symbol("a")
    .andThen(() => symbol("b"))
    .withSpace(string("-").skipMany());
  t.true(run(bound, "a-b-").ok);
  everyWay(t, seq(pair, dashed), "a b a-b-");
});

test("a space that asks for the one around it", (t) => {
  const around = Parser.of<undefined>(make.space(nodeOf(string("_").skipMany()), () => nodeOf(string("_").skipMany())));
  const inner = Parser.of(make.withSpace(nodeOf(seq(symbol("a"), symbol("b"))), nodeOf(around)));
  const dashes = string("-").skipMany();
  t.true(run(inner, "a__b_").ok);
  t.true(run(inner.withSpace(dashes), "a--b-").ok);
  t.true(run(seq(inner, inner.withSpace(dashes), inner), "a_b_a-b-a_b_").ok);
  t.false(run(inner, "a b").ok);
});

test("a rule that leads back to itself has its space where it does", (t) => {
  const list: Parser<unknown> = rule(
    "list",
    lazy(() => seq(symbol("x"), seq(list, symbol(";")).opt())),
  );
  t.true(run(list.withSpace(string("-").skipMany()), "x-x--x;-;").ok);
  t.true(run(list, "x x ; ").ok);
});

test("a recursive grammar has its space all the way down", (t) => {
  const nest: Parser<unknown> = rule(
    "nest",
    or(symbol("x"), seq(symbol("("), Parser.of(make.lazy(() => nest)), symbol(")"))),
  );
  t.true(run(nest.withSpace(string("-").skipMany()), "(-(-x-)--)-").ok);
  t.true(run(nest, "( (x ) )").ok);
});

test("a grammar that is taken up from the middle of its own round has it as well", (t) => {
  const round: Parser<unknown> = choice([
    seq(symbol("a"), string(".")),
    many(
      seq(
        string("b"),
        lazy(() => round),
      ),
    ),
  ]);
  const grammar = or(round, string("c")).withSpace(string("-").skipMany());
  t.true(run(grammar, "ba--.").ok);
});

test("a space may be made of tokens, which have a space of their own", (t) => {
  const pair = seq(symbol("a"), symbol("b")).withSpace(symbol("-").skipMany());
  t.true(run(pair, "a- - b-").ok);
  t.false(run(pair, "a b").ok);
  everyWay(t, pair, "a- - b-");
  const round: Parser<unknown> = seq(symbol("a"), symbol(".")).withSpace(
    skipMany(
      seq(
        string("("),
        lazy(() => round),
        string(")"),
      ),
    ),
  );
  t.true(run(round, "a(a.).(a(a.).)").ok);
});

test("a refusal that is less far, or in a leaf that succeeds after all, leaves the farthest as it is", (t) => {
  const refusing = (p: Parser<unknown>, code: string): Parser<never> =>
    Parser.of(make.refine(nodeOf(p), () => new Refusal({ code, message: code })));
  const far = attempt(refusing(string("ab"), "far"));
  const code = (parser: Parser<unknown>): string | undefined => run(parser, "ab").diagnostics[0]?.code;
  t.is(code(or(far, refusing(string("a"), "near"))), "far");
  const leaf = Parser.of(make.leaf("leaf", "token", nodeOf(or(attempt(refusing(string("a"), "inside")), string("a")))));
  t.is(code(or(far, seq(leaf, string("c")))), "far");
});

test("a leaf names itself and its reason, whatever it is made of", (t) => {
  const raised = Parser.of<never>(make.raise({ code: "R1", message: "raised" }));
  const inside: readonly Parser<unknown>[] = [
    seq(string("a"), rule("r", raised)),
    string("a").andThen(() => raised),
    Parser.of(make.leaf("inner", "token", nodeOf(seq(string("a"), raised)))),
  ];
  for (const p of inside) {
    const leaf = Parser.of(make.leaf("outer", "token", nodeOf(p)));
    const [diagnostic] = run(leaf, "a").diagnostics;
    t.is(diagnostic?.code, "R1");
    t.is(diagnostic?.at.start.offset, 0);
    t.deepEqual(diagnostic?.expected?.alternatives, [{ kind: "token", text: "outer" }]);
    everyWay(t, leaf, "a");
  }
});

test("a cut inside a leaf commits nothing outside", (t) => {
  const leaf = Parser.of(make.leaf("leaf", "token", nodeOf(seq(string("a"), cutHere(), string("b")))));
  t.true(run(or(leaf, string("ac")), "ac").ok);
  t.true(run(or(seq(leaf, string("c")).attempt(), string("abd")), "abd").ok);
  everyWay(t, or(leaf, string("ac")), "ac");
});

test("space that fails says where, and nothing else", (t) => {
  const spaced = seq(string("x").opt(), lexeme(takeWhile("a"), string("-")));
  const [diagnostic] = run(spaced, "aaa!").diagnostics;
  t.is(diagnostic?.message, "this is not allowed here");
  t.is(diagnostic?.at.start.offset, 3);
  t.is(diagnostic?.expected, undefined);
  everyWay(t, spaced, "aaa!");
  everyWay(t, spaced, "aaa");
});

test("a chain of alternatives may be long", (t) => {
  let all: Parser<string> = string("x0");
  for (let i = 1; i < 5000; i++) all = string(`x${i}`).or(all);
  t.true(run(all, "x4999").ok);
});
