// The offside rule: blocks by indentation, under every split; and the state behind it, which is taken back with its branch.
import test from "ava";
import fc from "fast-check";
import {
  andThen,
  attempt,
  choice,
  each,
  emit,
  lazy,
  lookahead,
  many,
  map,
  notFollowedBy,
  ok,
  opt,
  or,
  type Parser,
  recover,
  rule,
  run,
  sepBy1,
  seq,
  skipL,
} from "../../src/index.ts";
import {
  identifier,
  type LayoutProfile,
  layout,
  layoutToken,
  lexeme,
  spaces0,
  string,
  symbol,
  takeWhile,
  takeWhile1,
} from "../../src/lex/index.ts";
import { CLOSED, type Continuation, resume, runStream } from "../../src/stream/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { size } from "../_size.ts";
import { expectedIn } from "../reference/canonical.ts";
import { gives, refuses } from "../semantics/_reply.ts";

const [indent, newline, dedent] = [layoutToken("indent"), layoutToken("newline"), layoutToken("dedent")];

type Tree = readonly [name: string, children: readonly Tree[]];
const tree: Parser<Tree> = rule(
  "line",
  lazy(() => seq(lexeme(identifier), opt(sepBy1(tree, newline).between(indent, dedent), []))),
);
const trees = sepBy1(tree, newline);

const leaf = (name: string): Tree => [name, []];

test("blocks", (t) => {
  gives(t, layout(trees), "a", [leaf("a")]);
  gives(t, layout(trees), "a\n", [leaf("a")]);
  gives(t, layout(trees), "a\nb", [leaf("a"), leaf("b")]);
  gives(t, layout(trees), "a\n b\nc\n", [["a", [leaf("b")]], leaf("c")]);
  gives(t, layout(trees), "a\n  b\n     c\n  d\n\n", [["a", [["b", [leaf("c")]], leaf("d")]]]);
  gives(t, layout(trees), "a\n b\n  c\n   d\ne", [["a", [["b", [["c", [leaf("d")]]]]]], leaf("e")]);
  gives(t, layout(trees), "a\r\n\tb\r\n\tc\rd", [["a", [leaf("b"), leaf("c")]], leaf("d")]);
});

test("blank lines, and blanks at the end of lines, don't count", (t) => {
  gives(t, layout(trees), "\n \n  a \n\n      \n    b\n \n    c\t\n  d\n   \n", [
    ["a", [leaf("b"), leaf("c")]],
    leaf("d"),
  ]);
  gives(t, layout(trees), "\u00a0a\n\u00a0\u3000b", [["a", [leaf("b")]]]);
});

test("where something stands before, its column is the block's", (t) => {
  const parser = seq(string("do "), layout(trees));
  gives(t, parser, "do a\n   b\n    c\n   d", ["do ", [leaf("a"), ["b", [leaf("c")]], leaf("d")]]);
  gives(t, parser, "do \n  a\n  b", ["do ", [leaf("a"), leaf("b")]]);
  t.false(everyWay(t, parser, "do a\n  b").ok);
});

test("what comes after a layout is left alone", (t) => {
  const parser = seq(layout(trees), string("\n\n!"));
  gives(t, parser, "  a\n  b\n\n!", [[leaf("a"), leaf("b")], "\n\n!"]);
  gives(t, seq(layout(trees), string(";")), "a;", [[leaf("a")], ";"]);
});

test("a layout in a layout has blocks of its own", (t) => {
  const inner = skipL(symbol("do"), layout(trees));
  const outer = layout(sepBy1(or(inner, map(lexeme(identifier), leaf)), newline));
  gives(t, outer, "a\ndo b\n   c\n    d\ne\n", [leaf("a"), [leaf("b"), ["c", [leaf("d")]]], leaf("e")]);
  gives(t, outer, "do b\n\n", [[leaf("b")]]);
});

test("what a line says that fits no block", (t) => {
  const told = (input: string): unknown => {
    const result = everyWay(t, layout(trees), input);
    t.false(result.ok);
    const [d] = result.diagnostics;
    return [d?.code, d?.at.start.offset, d?.at.end.offset, d?.notes.map((n) => n.span?.start.offset)];
  };
  t.deepEqual(told("a\n    b\n  c"), ["E7301", 8, 10, [6, 0]]);
  t.deepEqual(told("a\n b\n    c\n   d\n"), ["E7301", 11, 14, [9, 3, 0]]);
  t.deepEqual(told("a\n\tb\n        c"), ["E7302", 5, 13, [3]]);
  t.deepEqual(told("a\n  b\n\tc"), ["E7302", 6, 7, [4]]);
  t.deepEqual(told("a\n \tb\n\t c"), ["E7302", 6, 8, [4]]);
  // one begins with the blanks of the other: they can be compared
  t.true(everyWay(t, layout(trees), "a\n\tb\n\t  c\n\td").ok);
  const flat = layout(sepBy1(lexeme(identifier), newline));
  const [deeper] = everyWay(t, flat, "a\n  b").diagnostics;
  t.deepEqual(
    [deeper?.code, deeper?.at.start.offset, deeper?.message],
    ["E7301", 2, "this line is indented deeper than its block"],
  );
});

test("mixed tabs, where they are allowed", (t) => {
  const mixed = layout(trees, { allowMixedTabs: true });
  gives(t, mixed, "a\n\tb\n        c\n  \td", [["a", [leaf("b"), leaf("c"), leaf("d")]]]);
  gives(t, mixed, "a\n    b\n\tc", [["a", [["b", [leaf("c")]]]]]);
});

test("how tokens are called", (t) => {
  refuses(t, layout(trees), "a b", 2, ["rule:indent", "rule:newline", "eof"], {});
  const named: LayoutProfile = { indent: "deeper line", newline: "line", dedent: "end of block" };
  refuses(t, layout(trees, named), "a b", 2, ["rule:deeper line", "rule:line", "eof"], {});
  refuses(t, layout(trees, named), "a\n b c", 5, ["rule:deeper line", "rule:end of block", "rule:line"], {});
  gives(t, layout(trees, named), "a\n  b\n   c\nd", [["a", [["b", [leaf("c")]]]], leaf("d")]);
  const later = andThen(lexeme(identifier), () => skipL(newline, identifier));
  refuses(t, layout(later, named), "a b", 2, ["rule:line"], {});
  gives(t, layout(later, named), "a\nb", "b");
});

test("lines of comments are blank where the space in force has comments", (t) => {
  const comment = skipL(
    string("#"),
    takeWhile((char) => char !== "\n"),
  );
  const space = skipL(takeWhile(" "), opt(comment));
  const input = "a # one\n# two\n   # three\n  b\n # four\n  c\n";
  const expected = [["a", [leaf("b"), leaf("c")]]];
  gives(t, layout(trees).withSpace(space), input, expected);
  gives(t, layout(trees.withSpace(space)), input, expected);
});

test("between brackets lines don't count", (t) => {
  const list = sepBy1(symbol("x"), symbol(",")).between(symbol("("), string(")")).withSpace(spaces0);
  const parser = layout(
    sepBy1(
      or(
        lexeme(list),
        map(lexeme(identifier), () => []),
      ),
      newline,
    ),
  );
  gives(t, parser, "a\n(x,\n     x\n,x) \nb", [[], ["x", "x", "x"], []]);
});

test("outside of a layout there are no tokens", (t) => {
  for (const token of [indent, newline, dedent]) {
    t.throws(() => run(token, "\n"), { instanceOf: TypeError, message: /was run outside of layout/ });
  }
  t.throws(() => run(seq(layout(identifier), newline), "a\n"), { message: /outside of layout/ });
  t.throws(() => run(seq(layout(identifier), newline), "a"), { message: /outside of layout/ });
});

test("a branch that is given up leaves the blocks as they were", (t) => {
  const x = lexeme(identifier);
  const block = skipL(indent, x);
  const after = (first: Parser<unknown>): Parser<unknown> =>
    layout(skipL(x, skipL(first, seq(indent, x, dedent, newline, x))));
  const input = "a\n  b\nc";
  const value = [undefined, "b", undefined, undefined, "c"];
  gives(t, after(lookahead(block)), input, value);
  gives(t, after(lookahead(seq(block, dedent))), input, value);
  gives(t, after(notFollowedBy(seq(block, string("!")))), input, value);
  gives(t, after(opt(attempt(seq(block, dedent, string("!"))))), input, value);
  gives(t, after(many(attempt(seq(block, newline)))), input, value);
  // a dedent reads nothing: a branch after it that fails empty is given up without an attempt
  const closed = (tail: Parser<unknown>): Parser<unknown> => layout(seq(x, indent, x, tail, newline, x));
  gives(t, closed(or(seq(dedent, string("!")), dedent)), input, ["a", undefined, "b", undefined, undefined, "c"]);
  gives(t, closed(seq(opt(seq(dedent, string("!"))), dedent)), input, [
    "a",
    undefined,
    "b",
    [undefined, undefined],
    undefined,
    "c",
  ]);
  gives(t, closed(seq(many(seq(dedent, string("!"))), dedent)), input, [
    "a",
    undefined,
    "b",
    [[], undefined],
    undefined,
    "c",
  ]);
});

test("parsers made while running see the blocks", (t) => {
  const x = lexeme(identifier);
  const made: Parser<Tree> = andThen(x, (name): Parser<Tree> => {
    const children = opt(
      sepBy1(
        lazy(() => made),
        newline,
      ).between(indent, dedent),
      [],
    );
    return map(children, (all): Tree => [name, all]);
  });
  gives(t, layout(sepBy1(made, newline)), "a\n b\n   c\n d\ne", [["a", [["b", [leaf("c")]], leaf("d")]], leaf("e")]);
  gives(
    t,
    andThen(ok(1), () => layout(trees)),
    "a\n b",
    [["a", [leaf("b")]]],
  );
});

test("a continuation keeps its blocks when it is resumed twice", (t) => {
  const start = runStream(layout(trees), "a\n  b\n    c");
  t.is(start.kind, "pending");
  const { continuation } = start as { continuation: Continuation<readonly Tree[], never> };
  const end = (more: string): unknown => {
    const next = resume(continuation, more);
    const last = next.kind === "pending" ? resume(next.continuation, CLOSED) : next;
    return last.kind === "completed" ? last.result.value : "pending";
  };
  const within: Tree = ["b", [leaf("c"), leaf("d")]];
  t.deepEqual(end("\n    d"), [["a", [within]]]);
  t.deepEqual(end("\n  d"), [["a", [["b", [leaf("c")]], leaf("d")]]]);
  t.deepEqual(end("\nd"), [["a", [["b", [leaf("c")]]]], leaf("d")]);
  t.deepEqual(end("\n    d"), [["a", [within]]]);
  t.deepEqual(continuation.preview().value, [["a", [["b", [leaf("c")]]]]]);
});

test("a recovery leaves the blocks as they were before what failed", (t) => {
  const x = lexeme(identifier);
  const item = recover(skipL(x, opt(skipL(indent, seq(x, string("!"), dedent)))), lookahead(newline), "?");
  const collect = { mergeWarnings: false, extensions: { recover: { mode: "collect" } } } as const;
  const result = everyWay(t, layout(sepBy1(item, newline)), "a\n  b?\nc\n   d\n  e\nf", collect);
  t.deepEqual(result.value, ["?", "?", undefined]);
  t.deepEqual(
    result.diagnostics.map((d) => d.at.start.offset),
    [5, 13],
  );
});

test("lines are emitted as they come", (t) => {
  const line = emit(takeWhile1("abc"));
  const parser = layout(seq(each(line, { sep: newline }), many(seq(indent, line, dedent))));
  t.deepEqual(everyWay(t, parser, "a\nb\nc\n  a\n").emitted, ["a", "a", "b", "b", "c", "c", "a"]);
});

test("bad arguments", (t) => {
  t.throws(() => layoutToken("tab" as never), {
    instanceOf: TypeError,
    message: /"indent", "dedent" or "newline", got "tab"/,
  });
  t.throws(() => layoutToken("toString" as never), { instanceOf: TypeError });
  t.throws(() => layout("a" as never), { instanceOf: TypeError });
  t.throws(() => layout(identifier, null as never), { instanceOf: TypeError, message: /profile as an object/ });
  t.throws(() => layout(identifier, { indent: "" }), { instanceOf: TypeError, message: /indent as a name/ });
  t.throws(() => layout(identifier, { newline: 1 as never }), { instanceOf: TypeError, message: /newline as a name/ });
  t.throws(() => layout(identifier, { allowMixedTabs: 1 as never }), {
    instanceOf: TypeError,
    message: /allowMixedTabs/,
  });
});

/** A tree to print: how much deeper its children are, and what blank lines come before it. */
interface Printed {
  readonly name: string;
  readonly step: string;
  readonly blank: string;
  readonly children: readonly Printed[];
}

const { printed } = fc.letrec<{ printed: Printed }>((tie) => ({
  printed: fc.record({
    name: fc.constantFrom("a", "b", "cd"),
    step: fc.constantFrom(" ", "  ", "    ", "\t", " \t"),
    blank: fc.constantFrom("", "", "", "\n", "   \n", "\t\n\n"),
    children: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.constant<readonly Printed[]>([]),
      fc.array(tie("printed"), { minLength: 1, maxLength: 3 }),
    ),
  }),
}));

function linesOf({ name, step, blank, children }: Printed, before: string, trailing: string): string {
  return `${blank}${before}${name}${trailing}\n${children.map((child) => linesOf(child, before + step, "")).join("")}`;
}

function treeOf({ name, children }: Printed): Tree {
  return [name, children.map(treeOf)];
}

test("a tree that is printed is read as it was", (t) => {
  const programs = fc.record({
    all: fc.array(printed, { minLength: 1, maxLength: 4 }),
    before: fc.constantFrom("", "  ", "\t"),
    trailing: fc.constantFrom("", " ", " \t"),
    end: fc.constantFrom("\n", "\r\n", "\r"),
    last: fc.boolean(),
  });
  fc.assert(
    fc.property(programs, fc.nat(), ({ all, before, trailing, end, last }, seed) => {
      const whole = all.map((one) => linesOf(one, before, trailing)).join("");
      const text = (last ? whole : whole.trimEnd()).replaceAll("\n", end);
      const result = run(layout(trees), text);
      t.deepEqual(result.diagnostics.map(expectedIn), []);
      t.deepEqual(result.value, all.map(treeOf) as never);
      const found = firstDifference(layout(trees), text, {}, text.length < 60 ? {} : { seed, random: 4 });
      if (found !== undefined) throw new Error(found);
    }),
    { seed: 20240229, numRuns: size(40, 500) },
  );
});

test("programs with lines that are indented at random are read alike in every way", (t) => {
  const lines = fc.array(fc.tuple(fc.constantFrom("", " ", "  ", "   ", "\t", "  \t"), fc.constantFrom("a", "b", "")), {
    maxLength: 8,
  });
  const tolerant = choice([tree, map(skipL(indent, identifier), leaf), map(dedent, () => leaf("."))]);
  fc.assert(
    fc.property(lines, fc.boolean(), (all, mixed) => {
      const text = all.map(([blanks, name]) => blanks + name).join("\n");
      for (const parser of [layout(trees, { allowMixedTabs: mixed }), layout(sepBy1(tolerant, newline))]) {
        const found = firstDifference(parser, text, {}, text.length < 25 ? {} : { random: 5 });
        if (found !== undefined) throw new Error(found);
      }
    }),
    { seed: 20240229, numRuns: size(40, 500) },
  );
  t.pass();
});
