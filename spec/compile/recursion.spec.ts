// Rule 39: a `lazy` is asked when its parser is first entered, and what it makes anew each time parses as far as the input goes.
import test from "ava";
import { nodeOf } from "../../src/grammar/parser.ts";
import {
  andThen,
  as,
  attempt,
  between,
  choice,
  each,
  emit,
  lazy,
  lint,
  listing,
  many,
  map,
  notFollowedBy,
  ok,
  opt,
  or,
  type ParseResult,
  type Parser,
  rule,
  run,
  sepBy,
  seq,
  skipR,
} from "../../src/index.ts";
import { commentBlock, lexeme, string, symbol, takeWhile } from "../../src/lex/index.ts";
import { CLOSED, parseEach, parseLoopSync, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";

const [a, b] = [string("a"), string("b")];

interface Counted {
  readonly parser: Parser<unknown>;
  calls: number;
}

/** Brackets in brackets, in a parser that is made anew at each depth. */
function nested(): Counted {
  const made = (): Parser<unknown> =>
    between(
      string("("),
      many(
        or(
          lazy(() => {
            counted.calls += 1;
            return made();
          }),
          a,
        ),
      ),
      string(")"),
    );
  const counted: Counted = { parser: made(), calls: 0 };
  return counted;
}

test("39: what is not entered is not asked", (t) => {
  let calls = 0;
  const p = or(
    a,
    lazy(() => {
      calls += 1;
      return b;
    }),
  );
  t.true(run(p, "a").ok);
  t.is(calls, 0);
  t.true(run(p, "b").ok);
  t.true(run(p, "b").ok);
  t.true(run(seq(p, p), "bb").ok);
  t.is(calls, 1);
});

test("39: it is asked once per parser object, whatever the parser is part of and however it is run", (t) => {
  const counted = nested();
  for (const text of ["((a)(a))", "((a)a(a))"]) {
    for (let cut = 0; cut <= text.length; cut++) {
      const loop = parseLoopSync(counted.parser);
      loop.next();
      loop.next(text.slice(0, cut));
      loop.next(text.slice(cut));
      t.true(loop.next(CLOSED).done);
    }
    run(counted.parser, text, { extensions: { recover: { mode: "collect" } } });
    run(seq(counted.parser), text);
  }
  t.is(counted.calls, 2);
});

test("39: a parser that calls itself parses as far as the input goes", (t) => {
  const counted = nested();
  for (const depth of [1, 40, 2000]) {
    t.true(run(counted.parser, `${"(".repeat(depth)}aa${")".repeat(depth)}`).ok);
    t.true(counted.calls <= depth);
  }
  everyWay(t, nested().parser, "((a)a((a)a))");
  everyWay(t, nested().parser, "((a)a((b)a))");
  everyWay(t, nested().parser, "((a");
});

test("39: so does one with an argument", (t) => {
  const line = (n: number): Parser<unknown> => seq(string(`${" ".repeat(n)}-`), opt(lazy(() => line(n + 1))));
  const text = Array.from({ length: 200 }, (_, n) => `${" ".repeat(n)}-`).join("");
  t.true(run(line(0), text).ok);
  t.is(run(line(0), "- -  - -").ok, false);
  everyWay(t, line(0), "- -  -");
  everyWay(t, line(0), "- -  x");
});

test("39: what goes round without reading is an error, not a run without end", (t) => {
  const endless = (): Parser<unknown> => or(seq(lazy(endless), a), b);
  const result = run(endless(), "b");
  t.is(result.ok, false);
  t.is(result.diagnostics[0]?.code, "E4001");
  const other = (): Parser<unknown> => seq(opt(lazy(other)), a);
  t.is(run(other(), "a").diagnostics[0]?.code, "E4001");
});

test("39: very many that are tried in vain at one place are no such error", (t) => {
  const alternatives = Array.from({ length: 11_000 }, () => lazy(() => b));
  t.true(run(choice([...alternatives, a]), "a").ok);
});

/** What a result says; a dispatch may name what is expected in another order. */
function told({ ok: is, diagnostics, emitted }: ParseResult<unknown, unknown>): unknown {
  const ordered = diagnostics.map(({ expected, message, ...rest }) => ({
    ...rest,
    message: expected === undefined ? message : "",
    expected: expected?.alternatives.map((one) => JSON.stringify(one)).sort(),
  }));
  return { is, ordered, emitted };
}

/** Results of the first run of a grammar, where little of it is known, and of later ones are the same. */
const grammars: readonly [title: string, make: () => Parser<unknown, unknown>, inputs: readonly string[]][] = [
  [
    "a constant that refers to itself",
    () => {
      const value: Parser<unknown> = lazy(() => or(list, symbol("x")));
      const list = rule("list", between(symbol("["), sepBy(value, symbol(",")), symbol("]")));
      return value;
    },
    ["[x, [x], []]", "[x, [x", "[x y]", "[x,]", "y"],
  ],
  [
    "two that refer to each other",
    () => {
      const even: Parser<unknown> = lazy(() => or(seq(a, odd), ok(0)));
      const odd: Parser<unknown> = lazy(() => seq(b, even));
      return even;
    },
    ["", "abab", "aba", "abb"],
  ],
  [
    "what a choice may be decided by",
    () =>
      many(
        choice([
          lazy(() => a),
          map(
            lazy(() => b),
            () => 1,
          ),
          as(
            lazy(() => string("cd")),
            2,
          ),
        ]),
      ),
    ["abcd", "acc", "abx"],
  ],
  [
    "what must not follow",
    () =>
      seq(
        notFollowedBy(
          or(
            a,
            lazy(() => b),
          ),
        ),
        or(a, b),
      ),
    ["a", "b", "c"],
  ],
  [
    "a closer",
    () =>
      between(
        symbol("("),
        many(a),
        lazy(() => symbol(")")),
      ),
    ["(a)", "(a", "(b)"],
  ],
  [
    "a judge around it",
    () =>
      or(
        seq(
          lazy(() => a),
          lazy(() => andThen(b, () => lazy(() => a))),
        ),
        b,
      ),
    ["aba", "abb", "b"],
  ],
  [
    "what is skipped behind a value that is emitted",
    () => {
      const space = takeWhile(" ");
      const remark = commentBlock("[", "]");
      const item = rule(
        "item",
        lazy(() =>
          rule(
            "word",
            lexeme(
              or(a, b),
              lazy(() => or(remark, space)),
            ),
          ),
        ),
      );
      return each(
        rule(
          "outer",
          lazy(() => item),
        ),
      );
    },
    ["a b  a", "a[]b[x", "a  c"],
  ],
  [
    "what is emitted",
    () => {
      const item: Parser<unknown, unknown> = lazy(() => or(emit(a), between(string("("), each(item), string(")"))));
      return each(item);
    },
    ["a(a)(aa", "aab"],
  ],
  [
    "left recursion through two lazies",
    () => {
      const x: Parser<unknown> = rule(
        "x",
        seq(
          lazy(() => y),
          a,
        ),
      );
      const y: Parser<unknown> = rule(
        "y",
        or(
          lazy(() => x),
          b,
        ),
      );
      return rule("outer", x);
    },
    ["ba", "a", ""],
  ],
  [
    "left recursion that is entered from outside",
    () => {
      const x = rule(
        "x",
        seq(
          opt(b),
          lazy(() => y),
        ),
      );
      const y: Parser<unknown> = rule(
        "y",
        or(
          seq(
            lazy(() => z),
            b,
          ),
          b,
        ),
      );
      const z = rule(
        "z",
        or(
          lazy(() => y),
          b,
        ),
      );
      return x;
    },
    ["bb", "b", "a", ""],
  ],
  [
    "left recursion of parsers without names, in rules",
    () => {
      const x: Parser<unknown> = lazy(() =>
        or(
          rule(
            "r",
            seq(
              lazy(() => y),
              a,
            ),
          ),
          b,
        ),
      );
      const y = lazy(() => rule("q", or(x, a)));
      return rule("outer", x);
    },
    ["b", "a"],
  ],
  [
    "left recursion that not every input goes round",
    () => {
      const x: Parser<unknown> = rule(
        "x",
        choice([
          attempt(seq(a, b)),
          seq(
            lazy(() => y),
            a,
          ),
        ]),
      );
      const y: Parser<unknown> = rule("y", choice([attempt(seq(a, a)), lazy(() => x), b]));
      return rule("outer", or(x, a));
    },
    ["ab", "aaa", "b", "aa", ""],
  ],
];

for (const [title, make, inputs] of grammars) {
  test(`39: the first run is as any other: ${title}`, (t) => {
    for (const input of inputs) {
      const known = make();
      for (const one of [...inputs, ...inputs]) run(known, one);
      const [first, later] = [run(make(), input), run(known, input)];
      t.deepEqual(told(first), told(later), input);
      t.deepEqual(told(first), told(later), input);
      if (first.ok && later.ok) t.deepEqual(first.value, later.value);
      everyWay(t, make(), input);
    }
  });
}

test("39: left recursion names each rule that was entered once, however often it goes round until all is known", (t) => {
  const rules: Parser<unknown>[] = Array.from({ length: 5 }, (_, i) =>
    rule(
      `r${i}`,
      or(
        seq(
          lazy(() => rules[(i + 1) % 5] as Parser<unknown>),
          a,
        ),
        b,
      ),
    ),
  );
  const outer = rule("outer", rules[0] as Parser<unknown>);
  for (let runs = 0; runs < 12; runs++) {
    const [diagnostic] = run(outer, "a").diagnostics;
    t.is(diagnostic?.code, "E4001");
    t.deepEqual(diagnostic?.context, ["r4", "r3", "r2", "r1", "r0", "outer"]);
    t.is(diagnostic?.message, "left recursion: r1 → r2 → r3 → r4 → r0 → r1");
  }
});

test("39: a value leaves before space that a lazy stands for", (t) => {
  const make = (): Parser<unknown, unknown> =>
    each(
      skipR(
        a,
        lazy(() => takeWhile(" ")),
      ),
    );
  const p = make();
  t.deepEqual(runStream(p, "a").emitted, ["a"]);
  t.deepEqual(runStream(p, "a").emitted, ["a"]);
});

test("18: whether a parser emits does not depend on what was entered", async (t) => {
  const items: unknown[] = [];
  for await (const item of parseEach(
    many(
      or(
        a,
        lazy(() => emit(b)),
      ),
    ),
    ["aa"],
  ))
    items.push(item);
  t.deepEqual(items, []);
});

test("a grammar whose lazies are known is one program, and decides by the next character", (t) => {
  const value: Parser<unknown> = lazy(() => choice([list, lexeme(a), lexeme(b)]));
  const list = between(symbol("["), sepBy(value, symbol(",")), symbol("]"));
  const p = skipR(value, string("."));
  t.regex(listing(p), /link lazy/);
  run(p, "[a,[b]].");
  t.notRegex(listing(p), /link/);
  t.regex(listing(p), /dispatch/);
});

test("lint names a parser that is made anew without end", (t) => {
  t.deepEqual(
    lint(nested().parser).map(({ code }) => code),
    ["L115"],
  );
  const once: Parser<unknown> = lazy(() => or(between(string("("), once, string(")")), a));
  t.deepEqual(lint(once), []);
});

test("no node of what was looked at is looked at again by what andThen returns", (t) => {
  let looks = 0;
  const watched = (node: object): object =>
    new Proxy(node, {
      get(target, name) {
        if (name === "kind") looks += 1;
        return Reflect.get(target, name);
      },
    });
  const parts = Array.from({ length: 2000 }, (_, i) => watched(nodeOf(string(`${i};`))));
  const { constructor: maker } = a as unknown as { constructor: { of(node: unknown): Parser<string> } };
  const big = maker.of({ kind: "choice", items: parts });
  const p = many(andThen(a, () => seq(big, ok(1))));
  // the second time it gets a program of its own
  t.true(run(p, "a7;a7;").ok);
  looks = 0;
  t.true(run(p, "a7;a9;a17;a1999;a7;").ok);
  t.true(looks < 100, String(looks));
});
