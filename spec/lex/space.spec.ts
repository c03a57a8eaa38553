// White space, comments, and the profiles that say which of them stand between tokens.
import test from "ava";
import {
  attempt,
  between,
  emit,
  many,
  opt,
  or,
  type Parser,
  type RunConfig,
  rule,
  run,
  runPartial,
  sepBy,
  seq,
  skipL,
} from "../../src/index.ts";
import {
  anyChar,
  autoWhitespace,
  commentBlock,
  commentLine,
  hspace0,
  int10,
  jsonRelaxed,
  lexeme,
  lineEnding,
  spaces0,
  strictJson,
  string,
  symbol,
  type TriviaProfile,
  takeWhile1,
  token,
  tomlRelaxed,
  trivia,
  vspace0,
  whitespace,
} from "../../src/lex/index.ts";
import { parseLoopSync, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { size } from "../_size.ts";
import { fixes, notes, told } from "./_told.ts";

const HORIZONTAL = " \t\u00a0\u1680\u2000\u200a\u202f\u205f\u3000";
const VERTICAL = "\n\v\f\r\u0085\u2028\u2029";

function rest(parser: Parser<unknown>, input: string): string {
  return runPartial(parser, input).rest as string;
}

test("white space, across lines and along them", (t) => {
  t.is(rest(spaces0, `${HORIZONTAL}${VERTICAL}x`), "x");
  t.is(rest(hspace0, `${HORIZONTAL}${VERTICAL}x`), `${VERTICAL}x`);
  t.is(rest(vspace0, `${VERTICAL}${HORIZONTAL}x`), `${HORIZONTAL}x`);
  t.is(rest(spaces0, "\u200b"), "\u200b");
  for (const parser of [spaces0, hspace0, vspace0]) {
    t.is(everyWay(t, parser, "").value, undefined);
    t.true(everyWay(t, seq(parser, many(anyChar)), " \n\u3000 \r\nx").ok);
  }
});

test("whitespace without a 0 is at least one", (t) => {
  t.true(everyWay(t, whitespace, " \n\u3000").ok);
  t.deepEqual(told(everyWay(t, whitespace, "x")), ["E1001 0-0 expected white space"]);
  t.deepEqual(told(everyWay(t, seq(string("a"), whitespace), "a")), [
    "E1001 1-1 unexpected end of input, expected white space",
  ]);
});

// comments

test("a line comment ends before its line does", (t) => {
  for (const input of ["# a\n", "#\r\n", "# b\r", "# c"])
    t.true(everyWay(t, seq(commentLine("#"), opt(lineEnding)), input).ok, input);
  t.deepEqual(told(everyWay(t, commentLine("//"), "/x")), ['E1001 0-0 expected "//"']);
  t.true(everyWay(t, or(commentLine("//"), string("/x")), "/x").ok);
});

const c = commentBlock("/*", "*/");
const nested = commentBlock("/*", "*/", { nested: true });

test("a block comment ends where it is closed", (t) => {
  for (const input of ["/**/", "/* a */", "/***/", "/* * / ** /* \n😀 **/"]) t.true(everyWay(t, c, input).ok, input);
  t.is(everyWay(t, seq(c, many(anyChar)), "/* a */*/").value?.[1].join(""), "*/");
  t.true(everyWay(t, commentBlock("{", "}"), "{ { }").ok);
  t.true(everyWay(t, commentBlock("😀", "😀!"), "😀 😀 😀!").ok);
  t.true(everyWay(t, commentBlock("<!--", "-->"), "<!-- - -- > --->").ok);
  t.true(everyWay(t, commentBlock('"""', '"""'), '""" a "" b """').ok);
  t.true(everyWay(t, or(c, string("/x")), "/x").ok);
});

test("one that nests ends where all of them are closed", (t) => {
  for (const input of ["/* /* a */ */", "/*/**/*/", "/* / * /*/* **/ */ */"])
    t.true(everyWay(t, nested, input).ok, input);
  t.is(everyWay(t, seq(nested, many(anyChar)), "/* /**/ */*/").value?.[1].join(""), "*/");
  t.true(everyWay(t, commentBlock("--[[", "--]]", { nested: true }), "--[[ - --[[--]] -- --]]").ok);
  t.true(everyWay(t, commentBlock("{", "}", { nested: true }), "{{}{}}").ok);
});

test("one that is not closed points back to where it was opened", (t) => {
  const open = everyWay(t, seq(string("x"), c), "x/* a *");
  t.deepEqual(told(open), ['E1001 7-7 unexpected end of input, expected "*/"']);
  t.deepEqual(notes(open), ["opened here 1"]);
  t.deepEqual(fixes(open), [[7, "*/"]]);
  const inner = everyWay(t, nested, "/* /* */ /* ");
  t.deepEqual(notes(inner), ["opened here 9", "not closed 0"]);
  t.deepEqual(notes(everyWay(t, nested, "/* /* */ *")), ["opened here 0"]);
  t.false(everyWay(t, or(c, string("/*a")), "/*a").ok);
  t.true(everyWay(t, or(attempt(c), string("/*a")), "/*a").ok);
});

test("very many comments in each other are read without the native stack", (t) => {
  const deep = size(100_000, 1_000_000);
  t.true(run(nested, "/*".repeat(deep) + "*/".repeat(deep)).ok);
  const open = run(seq(trivia({ line: [], block: [{ start: "/*", end: "*/", nested: true }] })), "/*".repeat(deep));
  t.deepEqual(notes(open).slice(0, 2), [`opened here ${2 * deep - 2}`, `not closed ${2 * deep - 4}`]);
});

test("so are many of them in pieces", (t) => {
  const deep = size(5000, 20_000);
  const text = "{".repeat(deep) + "}".repeat(deep - 1);
  for (const input of [text, `${text}}`]) {
    const loop = parseLoopSync(lexeme(string("x"), commentBlock("{", "}", { nested: true })));
    loop.next();
    loop.next("x");
    let step = loop.next(input.slice(0, 1000));
    for (let at = 1000; at < input.length; at += 1000) step = loop.next(input.slice(at, at + 1000));
    t.false(step.done);
    if (step.done) return;
    t.deepEqual(
      step.value.continuation.preview(),
      run(lexeme(string("x"), commentBlock("{", "}", { nested: true })), `x${input}`),
    );
  }
});

// comments between tokens

const numbers = between(symbol("["), sepBy(lexeme(int10), symbol(",")), symbol("]"));
const relaxed = autoWhitespace(numbers, jsonRelaxed);

test("comments between tokens are space", (t) => {
  const text = " // all\n [1/* one */, 2 // two\r\n/**/] // end";
  t.deepEqual(everyWay(t, relaxed, text).value, ["1", "2"]);
  t.deepEqual(told(everyWay(t, relaxed, "[1 /* x */ 2]")), ['E1001 11-11 expected "," or "]"']);
  t.deepEqual(told(everyWay(t, relaxed, "[1 / 2]")), ['E1001 3-3 expected "," or "]"']);
});

test("one that is not closed is told, although space tells nothing", (t) => {
  const open = everyWay(t, relaxed, "[1 /* one, 2]");
  t.deepEqual(told(open), ['E1001 13-13 unexpected end of input, expected "*/"']);
  t.deepEqual(notes(open), ["opened here 3", "not closed 0"]);
  const early = everyWay(t, seq(opt(string("x")), rule("numbers", relaxed)), "/* ");
  t.deepEqual(told(early), ['E1001 3-3 unexpected end of input, expected "*/"']);
  t.deepEqual(early.diagnostics[0]?.context, ["numbers"]);
  t.true(everyWay(t, or(attempt(relaxed), string("[1 /*")), "[1 /*").ok);
  const inToken = token("numbers", relaxed);
  t.deepEqual(told(everyWay(t, inToken, "[1 /*")), ["E1001 0-0 expected numbers"]);
});

test("a value leaves before the space behind it, also if a comment in that may not be closed", (t) => {
  const emitted = (profile: TriviaProfile): number => {
    const step = runStream(seq(emit(lexeme(string("a"), trivia(profile))), string("b")), "a ");
    return step.emitted.length;
  };
  t.is(emitted(strictJson), 1);
  t.is(emitted(tomlRelaxed), 1);
  t.is(emitted(jsonRelaxed), 1);
  everyWay(t, many(emit(lexeme(string("a"), trivia(jsonRelaxed)))), "a /*x*/ a a /*");
});

// profiles

function reads(profile: TriviaProfile, text: string): boolean {
  return run(trivia(profile), text).ok;
}

test("the profiles of JSON and TOML", (t) => {
  t.true(reads(strictJson, " \t\r\n"));
  t.false(reads(strictJson, "\u00a0"));
  t.false(reads(strictJson, "// x"));
  t.true(reads(jsonRelaxed, " // x\n/* y */\t"));
  t.false(reads(jsonRelaxed, "# x"));
  t.false(reads(jsonRelaxed, "/* /* */ */"));
  t.true(reads(tomlRelaxed, " # x\n\t# y"));
  t.false(reads(tomlRelaxed, "// x"));
});

const own: TriviaProfile = { line: ["--"], block: [{ start: "--[[", end: "]]" }] };

test("a profile of one's own has Unicode's white space, and the longest opener counts", (t) => {
  t.true(everyWay(t, trivia(own), "\u3000-- a\n--[[ b\n ]]\u2028").ok);
  t.true(reads({ ...own, space: "_" }, "_--[[ ]]_"));
  t.false(reads({ ...own, space: "_" }, " "));
});

test("shebang: at the very start only", (t) => {
  const script = autoWhitespace(many(symbol("a")), { ...own, shebang: true });
  t.true(everyWay(t, script, "#!/usr/bin/env a\na").ok);
  t.true(everyWay(t, script, "\ufeff#!/usr/bin/env a\r\na").ok);
  t.false(everyWay(t, script, " #!/usr/bin/env a\na").ok);
  t.false(everyWay(t, script, "a#!").ok);
  t.false(everyWay(t, skipL(string("€"), script), "€#!").ok);
  t.false(everyWay(t, trivia(own), "#!").ok);
});

test("hashInline: a # behind a token too", (t) => {
  const items = autoWhitespace(many(symbol("a")), { ...own, hashInline: true });
  t.true(everyWay(t, items, "# x\na#y\n#!\na # z").ok);
});

test("docComment: left for the grammar", (t) => {
  const c99: TriviaProfile = { line: ["//"], block: [{ start: "/*", end: "*/" }] };
  const doc = lexeme(
    skipL(
      string("///"),
      takeWhile1((char) => char !== "\n"),
    ),
  );
  const items = autoWhitespace(many(or(doc, symbol("a"))), { ...c99, docComment: "///" });
  t.deepEqual(everyWay(t, items, "// no\n/// yes\na /* no */").value, [" yes", "a"]);
  const javadoc = { ...c99, docComment: "/**" };
  t.true(everyWay(t, trivia(javadoc), "/**/ /* */ //").ok);
  t.is(rest(trivia(javadoc), "/* */ /** doc */"), "/** doc */");
  t.is(rest(trivia({ ...c99, docComment: "/*" }), "// a\n/* doc */"), "/* doc */");
});

// in force

test("a run's own profile goes before the grammar's", (t) => {
  const config = (profile: TriviaProfile): RunConfig => ({ extensions: { lex: { profile } } });
  t.true(everyWay(t, relaxed, "# x\n[1#y\n]", config(tomlRelaxed)).ok);
  t.false(everyWay(t, relaxed, "// x\n[1]", config(tomlRelaxed)).ok);
  t.true(everyWay(t, numbers, "[1 /* x */]", config(jsonRelaxed)).ok);
  t.true(everyWay(t, numbers.withSpace(string("-").skipMany()), "[1 // x\n]", config(jsonRelaxed)).ok);
});

test("autoWhitespace without a profile is the space in force", (t) => {
  const list = autoWhitespace(numbers);
  t.true(everyWay(t, list, " [ 1 ] ").ok);
  t.true(everyWay(t, list.withSpace(string("-").skipMany()), "-[-1-]-").ok);
});

test("wrong arguments", (t) => {
  const bad = (profile: unknown, message: RegExp): void => {
    t.throws(() => trivia(profile as TriviaProfile), { instanceOf: TypeError, message });
    t.throws(() => autoWhitespace(numbers, profile as TriviaProfile), { instanceOf: TypeError, message });
    const config = { extensions: { lex: { profile } } } as RunConfig;
    t.throws(() => run(numbers, "[1]", config), { instanceOf: TypeError, message });
    t.throws(() => runStream(numbers, "[1]", config), { instanceOf: TypeError, message });
  };
  bad("json", /a trivia profile is an object such as .*, got "json"/);
  bad({}, /takes "line"/);
  bad({ line: "//", block: [] }, /takes "line", the texts that line comments begin with/);
  bad({ line: [""], block: [] }, /takes "line"/);
  bad({ line: [], block: [{ start: "/*" }] }, /takes "block", such as/);
  bad({ line: [], block: [{ start: "a", end: "b", nested: 1 }] }, /takes "block"/);
  bad({ line: [], block: [{ start: "a", end: "a", nested: true }] }, /a nested comment must end otherwise/);
  bad({ line: [], block: [], shebang: 1 }, /true or false for "shebang", got 1/);
  bad({ line: [], block: [], hashInline: "#" }, /true or false for "hashInline", got "#"/);
  bad({ line: [], block: [], docComment: "" }, /takes "docComment".*got ""/);
  bad({ line: [], block: [], space: 3 }, /a class of characters is/);
  bad({ line: [], block: [], doccomment: "///" }, /there is no option "doccomment"; did you mean "docComment"\?/);
  bad({ line: [], block: [{ start: "a", end: "b", nest: true }] }, /takes "block"/);
  t.throws(() => commentLine(""), { instanceOf: TypeError, message: /commentLine takes .* got an empty one/ });
  t.throws(() => commentLine(/x/ as never), { instanceOf: TypeError, message: /got the regular expression/ });
  t.throws(() => commentBlock("a", ""), { instanceOf: TypeError, message: /the text that ends it/ });
  t.throws(() => commentBlock("a", "a", { nested: true }), { instanceOf: TypeError });
});
