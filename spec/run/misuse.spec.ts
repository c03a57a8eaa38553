// What is no parser, no input or no configuration is refused at once, in words that say what to do; a function that
// throws ends the run with its own error; and after either the parser works as before.
import test, { type ExecutionContext } from "ava";
import {
  andThen,
  choice,
  emit,
  lazy,
  many,
  map,
  or,
  type Parser,
  primitive,
  type RunConfig,
  repeat,
  rule,
  run,
  runPartial,
  seq,
} from "../../src/index.ts";
import { takeBytes } from "../../src/lex/binary/index.ts";
import { anyChar, charSet, satisfy, string, takeUntil, takeWhile } from "../../src/lex/index.ts";

type ErrorType = typeof TypeError | typeof RangeError | typeof SyntaxError;

/** What users pass where the types would not let them. */
const wrong = (value: unknown): never => value as never;

function refused(t: ExecutionContext, body: () => unknown, says: RegExp, instanceOf: ErrorType = TypeError): void {
  t.throws(body, { instanceOf, message: says });
}

const runners = { run, runPartial } as const;
const a = string("a");

for (const [name, runner] of Object.entries(runners)) {
  test(`${name}: not a parser`, (t) => {
    refused(t, () => runner(wrong(undefined), ""), /expected a parser, got undefined; .*lazy\(\(\) => it\)/);
    refused(t, () => runner(wrong(null), ""), /expected a parser, got null/);
    refused(t, () => runner(wrong("abc"), ""), /expected a parser, got the string "abc"; write string\(…\)/);
    refused(t, () => runner(wrong([a, a]), ""), /expected a parser, got an array; .*seq\(\.\.\.parsers\)/);
    refused(
      t,
      () =>
        runner(
          wrong(() => a),
          "",
        ),
      /expected a parser, got .*function; did you forget to call it/,
    );
    refused(t, () => runner(wrong({ node: { kind: "eof" } }), ""), /expected a parser, got .*object/);
    refused(t, () => runner(wrong(42), ""), /expected a parser, got 42/);
  });

  test(`${name}: no input`, (t) => {
    for (const [input, what] of [
      [undefined, "undefined"],
      [null, "null"],
      [42, "42"],
      [["a"], "an array"],
      [{ byteLength: 1 }, "an object"],
    ] as const) {
      refused(t, () => runner(a, wrong(input)), new RegExp(`^the input is a string or a Uint8Array, got ${what}`));
    }
    refused(t, () => runner(takeBytes(1), "a", { input: "binary" }), /^with input: "binary" the input is a Uint8Array/);
  });

  test(`${name}: bytes that were transferred away`, (t) => {
    const bytes = new TextEncoder().encode("a");
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    refused(t, () => runner(a, bytes), /transferred/);
  });

  test(`${name}: a wrong configuration`, (t) => {
    const refuse = (config: unknown, says: RegExp): void => refused(t, () => runner(a, "a", wrong(config)), says);
    refuse(null, /^a configuration is an object such as \{ requireEof: false \}, got null/);
    refuse("text", /^a configuration is an object .*, got "text"/);
    refuse([], /^a configuration is an object .*, got an array/);
    refuse({ requireEOF: true }, /^there is no option "requireEOF"; did you mean "requireEof"\?/);
    refuse({ nonsense: 1 }, /^there is no option "nonsense"; the options are requireEof, /);
    refuse({ requireEof: "no" }, /^option "requireEof" takes true or false, got "no"/);
    refuse({ requireEof: null }, /^option "requireEof" takes true or false, got null/);
    refuse({ input: "utf8" }, /^option "input" takes "text" or "binary", got "utf8"/);
    refuse({ leftRecursion: true }, /^option "leftRecursion" takes "on", "off" or "auto", got true/);
    refuse({ leftRecursion: "on" }, /^option "leftRecursion": "on" would let a rule .* not built .*; leave it out$/);
    refuse({ packrat: true }, /^option "packrat": true would remember the replies of rules, which is not built/);
    refuse({ packrat: "auto" }, /^option "packrat": "auto" would remember the replies of rules, which is not built/);
    refuse({ packrat: 1 }, /^option "packrat" takes true, false or "auto", got 1/);
    refuse({ profile: true }, /^option "profile": true would count what each rule did, which is not built/);
    refuse({ limits: { maxMemoBytes: 1 } }, /^limits\.maxMemoBytes would bound what is remembered .* not built/);
    refuse({ limits: { maxMemoBytes: Number.POSITIVE_INFINITY } }, /^limits\.maxMemoBytes .* not built/);
    const off = { packrat: false, profile: false, limits: { maxMemoBytes: undefined } };
    for (const leftRecursion of ["off", "auto"] as const)
      t.true(runner(a, "a", { ...off, leftRecursion }) !== undefined);
    refuse({ limits: 5 }, /^option "limits" takes an object, got 5/);
    refuse({ source: 5 }, /^option "source" takes a string, got 5/);
    t.true(runner(a, "a", { requireEof: undefined, source: undefined }) !== undefined);
    // what is not asked for is not looked at
    t.notThrows(() => runner(a, "a", { extensions: { "acme.own": { anything: 1 } } }));
  });

  test(`${name}: a function of the grammar throws`, (t) => {
    for (const { parser, input, error } of throwers()) {
      t.is(
        t.throws(() => runner(parser, input)),
        error,
      );
      t.is(
        t.throws(() => runner(parser, new TextEncoder().encode(input))),
        error,
      );
    }
    // and what is thrown need not be an error
    t.throws(
      () =>
        runner(
          map(a, () => raise("why")),
          "a",
        ),
      { any: true, is: wrong("why") },
    );
  });

  test(`${name}: the parser can be used again`, (t) => {
    let calls = 0;
    const parser = many(
      map(anyChar, (char) => {
        calls += 1;
        return calls === 3 ? raise(new Error("the third")) : char;
      }),
    );
    t.throws(() => runner(parser, "abcd"), { message: "the third" });
    t.deepEqual(run(parser, "abcd").value, ["a", "b", "c", "d"]);
    refused(t, () => runner(parser, wrong(1)), /the input is/);
    refused(t, () => runner(parser, "", wrong({ wrong: 1 })), /there is no option/);
    t.deepEqual(run(parser, "abcd").value, ["a", "b", "c", "d"]);
  });
}

function raise(error: unknown): never {
  throw error;
}

/** Parsers in which each kind of function throws, once its place is reached. */
function throwers(): { parser: Parser<unknown, unknown>; input: string; error: Error }[] {
  const error = new Error("thrown by a user's function");
  const parsers: Parser<unknown, unknown>[] = [
    map(a, () => raise(error)),
    andThen(a, () => raise(error)),
    satisfy(() => raise(error)),
    takeWhile(() => raise(error)),
    seq(
      a,
      lazy(() => raise(error)),
    ),
    primitive({ name: "thrower", scan: () => raise(error) }),
    emit(map(a, () => raise(error))),
    or(
      map(a, () => raise(error)),
      a,
    ),
    andThen(a, () => map(a, () => raise(error))),
    map(many(a), () => raise(error)),
  ];
  return parsers.map((parser) => ({ parser, input: "aa", error }));
}

test("a predicate that throws throws only where its character is read", (t) => {
  const noLetters = satisfy((char) => (char >= "a" ? raise(new Error("a letter")) : true));
  t.deepEqual(run(many(noLetters), "12").value, ["1", "2"]);
  t.throws(() => run(many(noLetters), "12a"), { message: "a letter" });
  t.deepEqual(run(many(noLetters), "34").value, ["3", "4"]);
  t.throws(
    () =>
      run(
        seq(
          a,
          takeWhile((char) => (char === "é" ? raise(new Error("é")) : true)),
        ),
        "axé",
      ),
    { message: "é" },
  );
});

test("a function may run parsers, the same one too", (t) => {
  const nested: Parser<unknown> = map(takeWhile("("), (text) => (text === "" ? 0 : [run(nested, text.slice(1)).value]));
  t.deepEqual(run(nested, "((").value, [[0]]);
});

test("what andThen returns must be a parser", (t) => {
  refused(
    t,
    () =>
      run(
        andThen(a, () => wrong("b")),
        "a",
      ),
    /given to andThen must return a parser: .*the string "b"/,
  );
  refused(
    t,
    () =>
      run(
        andThen(a, () => wrong(undefined)),
        "a",
      ),
    /given to andThen must return a parser: .*undefined/,
  );
});

test("what lazy gives must be a parser; it is asked again if it wasn't", (t) => {
  let body: Parser<string> | undefined;
  const late = lazy(() => wrong(body) as Parser<string>);
  refused(t, () => run(late, "a"), /expected a parser, got undefined/);
  body = a;
  t.is(run(late, "a").value, "a");
});

test("a lazy that leads back to itself", (t) => {
  const loop: Parser<unknown> = lazy(() => loop);
  refused(t, () => run(loop, "a"), /leads back to itself/);
});

test("a leaf of one's own that answers nonsense", (t) => {
  const answering = (answer: unknown): Parser<unknown> => primitive({ name: "mine", scan: () => wrong(answer) });
  for (const answer of [undefined, null, 1, "matched", {}, { kind: "match", to: 0 }]) {
    refused(
      t,
      () => run(answering(answer), "ab"),
      /^primitive "mine" must answer matched\(…\), failed\(…\) or more\(…\)/,
    );
  }
  for (const to of [-1, 3, 0.5, undefined, Number.NaN]) {
    refused(
      t,
      () => run(answering({ kind: "matched", value: 1, to }), "ab"),
      /^primitive "mine": a place must be from 0 to 2/,
      RangeError,
    );
  }
  refused(
    t,
    () => run(answering({ kind: "more", to: 2 }), "ab"),
    /^primitive "mine" asked for more input although `ended` is true/,
  );
});

test("combinators refuse what is no parser when they are built", (t) => {
  refused(t, () => seq(a, wrong(undefined)), /expected a parser, got undefined; .*lazy/);
  refused(t, () => seq(wrong([a, a])), /expected a parser, got an array; .*seq\(\.\.\.parsers\)/);
  refused(t, () => or(a, wrong("b")), /expected a parser, got the string "b"/);
  refused(t, () => choice(wrong(a)), /choice takes an array of parsers: choice\(\[a, b\]\)/);
  refused(t, () => choice([a, wrong(null)]), /expected a parser, got null/);
  refused(t, () => many(wrong(a.map)), /expected a parser, got .*function; did you forget to call it/);
  refused(t, () => a.or(wrong(1)), /expected a parser, got 1/);
  refused(t, () => a.sepBy(wrong(",")), /expected a parser, got the string ","/);
});

test("combinators refuse other wrong arguments when they are built", (t) => {
  refused(t, () => map(a, wrong(1)), /^map takes a function, got 1/);
  refused(t, () => andThen(a, wrong(a)), /^andThen takes a function, got a Parser/);
  refused(t, () => lazy(wrong(a)), /^lazy takes a function, got a Parser/);
  refused(t, () => rule(wrong(a), wrong("a")), /^rule takes its name, a non-empty string, first|expected a parser/);
  refused(t, () => rule("", a), /^rule takes its name, a non-empty string, first/);
  refused(t, () => a.label(""), /^label takes its name, a non-empty string, first/);
  refused(t, () => string(wrong(/a/)), /^string takes a text, got the regular expression \/a\//);
  refused(t, () => takeUntil(""), /^takeUntil takes the text that ends it, not an empty one/);
  refused(t, () => repeat(a, -1), /^repeat: min must be a whole number from 0, got -1/, RangeError);
  refused(t, () => repeat(a, 2, 1), /^repeat: max \(1\) is below min \(2\)/, RangeError);
  refused(t, () => takeBytes(-1), /^takeBytes takes a number of bytes, got -1/, RangeError);
  refused(t, () => takeBytes(wrong("2")), /^takeBytes takes a number of bytes, got "2"/, RangeError);
  refused(t, () => charSet("z-a"), /^charSet\("z-a"\): at index /, SyntaxError);
  refused(t, () => satisfy(wrong(/a/)), /./);
  refused(t, () => primitive(wrong({ name: "x" })), /^primitive takes \{ name, scan \}, scan being a function/);
});

test("a configuration is left as it was", (t) => {
  const config: RunConfig = Object.freeze({ requireEof: false, extensions: Object.freeze({}) });
  t.true(run(a, "ab", config).ok);
  t.deepEqual(config, { requireEof: false, extensions: {} });
});

test("a parser is no thenable", async (t) => {
  t.false("then" in a);
  t.is(await a, a);
});
