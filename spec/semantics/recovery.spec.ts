// Rules 14 and 15: when a failure is recovered from, what is skipped, what is told.
import test, { type ExecutionContext } from "ava";
import { nodeOf } from "../../src/grammar/parser.ts";
import {
  attempt,
  between,
  choice,
  cut,
  cutHere,
  eof,
  lazy,
  lookahead,
  many,
  many1,
  manyTill,
  map,
  opt,
  or,
  type Parser,
  panicBlock,
  panicUntil,
  type RunConfig,
  recover,
  recoverMissing,
  recoverUntil,
  recoverWithContext,
  recoverWithInsert,
  repeat,
  rule,
  run,
  runPartial,
  sepBy,
  sepBy1,
  seq,
  skipL,
  skipMany,
  skipR,
  spanned,
  syncTo,
} from "../../src/index.ts";
import { uint8 } from "../../src/lex/binary/index.ts";
import {
  charSet,
  identifier,
  int10,
  keyword,
  lexeme,
  oneOf,
  spaces0,
  string,
  symbol,
  takeWhile,
  takeWhile1,
} from "../../src/lex/index.ts";
import { runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { differsFromTwin, recoveryIn } from "../reference/canonical.ts";
import { type TwinRecovery, twin } from "../reference/twin/twin.ts";

const merging: RunConfig = { extensions: { recover: { mode: "collect" } } };
const collect: RunConfig = { ...merging, mergeWarnings: false };

/** What was recovered from; the twin must say the same, and so must every way of feeding the input. */
function recoveries(
  t: ExecutionContext,
  parser: Parser<unknown, unknown>,
  input: string,
  config = collect,
): Omit<TwinRecovery, "report">[] {
  const result = run(parser, input, config);
  everyWay(t, parser, input, config);
  const said = twin(nodeOf(parser), input, { requireEof: true, recovers: true });
  const told = result.diagnostics.filter((d) => d.extensions.recover !== undefined).map(recoveryIn);
  if (config === collect) t.is(differsFromTwin(result, said), undefined);
  return told;
}

const word = takeWhile1("abc");
const item = recover(seq(word, string(";")), string(";"), "?");

test("off, it is its parser", (t) => {
  t.is(run(many(item), "a;!;").diagnostics.length, 1);
  t.false(run(many(item), "a;a!;").recovered);
  t.true(run(or(seq(recover(cutHere(), string("x"), 1).opt(), string("y")), string("z")), "z").ok, "it is a scope");
});

test("valid input is never changed", (t) => {
  t.deepEqual(recoveries(t, many(item), "a;bb;c;"), []);
  t.deepEqual(recoveries(t, many(recover(seq(word, string(";")), string(";"), "?")), ""), []);
});

test("the example of the rule", (t) => {
  const block = seq(string("{"), many(recover(seq(identifier, string(";")), syncTo(string(";")), "?")), string("}"));
  t.deepEqual(recoveries(t, block, "{a;}"), []);
  t.deepEqual(recoveries(t, block, "{a;b}"), [{ offset: 4, expected: ["token:;"], context: [], units: 0 }]);
  t.deepEqual(run(block, "{a;b}", collect).value, ["{", [["a", ";"], "?"], "}"]);
});

test("what must come is recovered from, however it is lowered", (t) => {
  for (const head of [string("a"), string("ab"), symbol("ab"), identifier, oneOf("ab"), int10]) {
    const bad = recover(seq(head, string("!")), string("!"), "?");
    for (const list of [many1(bad), sepBy1(bad, string(",")), repeat(bad, 1, 3), seq(bad)]) {
      t.deepEqual(run(list, "-!", collect).value, ["?"]);
      t.is(recoveries(t, list, "-!").length, 1);
    }
    t.is(recoveries(t, repeat(bad, 2, 3), "-!-!").length, 2);
    t.is(recoveries(t, sepBy1(bad, string(",")), "-!,-!").length, 2, "behind its separator");
    t.is(recoveries(t, or(many1(bad), string("-!")), "-!").length, 0, "something stands beside the list");
    t.is(recoveries(t, or(attempt(seq(identifier, string("."))), bad), "-!").length, 0, "the last alternative is one");
    t.is(recoveries(t, many1(bad), "-!-!").length, 1, "a round that need not come ends the list");
  }
});

test("what failed is skipped up to what is looked for", (t) => {
  t.deepEqual(recoveries(t, many(item), "a!!;b;"), [{ offset: 1, expected: ["token:;"], context: [], units: 3 }]);
  const result = run(many(item), "a!!;b;", collect);
  t.like(result, { ok: false, recovered: true, value: ["?", ["b", ";"]] });
  t.deepEqual(recoveries(t, many(item), "a!!;b!;c;").length, 2);
});

test("an element that does not begin ends the list, unless the list says where it ends", (t) => {
  t.deepEqual(recoveries(t, many(item), "a;!;"), []);
  t.deepEqual(recoveries(t, manyTill(item, eof), "a;!;b;"), [
    { offset: 2, expected: ["class:abc"], context: [], units: 2 },
  ]);
});

test("if it is found nowhere, the failure stands", (t) => {
  t.deepEqual(recoveries(t, many(item), "a;a!!"), []);
  const result = run(many(item), "a;a!!", collect);
  t.false(result.recovered);
  t.is(result.diagnostics[0]?.at.start.offset, 3);
});

test("while something around it could still try otherwise, it lets the failure pass", (t) => {
  t.deepEqual(recoveries(t, or(attempt(seq(item, string("."))), string("a!;.")), "a!;."), []);
  t.deepEqual(recoveries(t, or(seq(lookahead(item), word), string("a!;")), "a!;"), []);
  t.deepEqual(recoveries(t, or(item, string("!;")), "!;"), []);
  t.deepEqual(recoveries(t, seq(opt(item), string("!;")), "!;"), []);
  t.is(recoveries(t, seq(item, string("x")), "!;x").length, 1, "nothing encloses it");
  t.is(recoveries(t, or(seq(string("a"), item), string("a!;")), "a!;").length, 1, "the alternative has read");
  t.is(recoveries(t, or(seq(cutHere(), item), string("!;")), "!;").length, 1, "the alternative is committed");
  t.is(
    recoveries(t, or(cut(item), string("!;")), "!;").length,
    0,
    "a cut around the recovery alone commits no alternative",
  );
});

test("a second one fails where nothing was read since the last one began", (t) => {
  const stuck = recover(word, string(""), "?");
  t.is(recoveries(t, seq(stuck, stuck, string("!")), "!!").length, 1);
  const here = recoverMissing(word, lookahead(oneOf("!")), "a", "?");
  t.is(recoveries(t, seq(item, here, here), "a!;!").length, 2, "the last one read nothing");
  t.is(recoveries(t, manyTill(item, eof), "!;;").length, 2, "what is wrong may stand side by side");
  t.is(recoveries(t, manyTill(item, eof), "!;!;a;!;").length, 3);
  t.is(run(manyTill(item, eof), "!;!;a;!;", merging).diagnostics.length, 2);
});

const close = recoverMissing(string(")"), or(oneOf(";)"), eof), ")", "(missing)");
const nested: Parser<unknown> = lazy(() => or(int10, seq(string("("), nested, close)));
const semicolon = recoverMissing(string(";"), choice([string("("), int10, eof]), ";", "(missing)");

test("several that are missing at one place: each further out", (t) => {
  const statements = manyTill(seq(nested, semicolon), eof);
  t.deepEqual(run(statements, "1;(2", collect).value, [
    ["1", ";"],
    [["(", "2", "(missing)"], "(missing)"],
  ]);
  t.is(recoveries(t, statements, "1;(2").length, 2);
  t.is(recoveries(t, statements, "((1").length, 3);
  t.is(recoveries(t, statements, "((1;2").length, 3);
  t.is(
    everyWay(t, statements, "1;(2", merging).diagnostics.length,
    2,
    "nothing was skipped: neither follows from the other",
  );
  const around = (p: Parser<unknown>) => recover(seq(string("("), p, string(")")), eof, "?");
  t.is(recoveries(t, around(around(string("a"))), "((a").length, 2, "the one around it");
  const statement = recover(seq(nested, string(";")), or(string(";"), eof), "?");
  t.is(recoveries(t, manyTill(statement, eof), "1;((2").length, 3);
});

test("a repetition of recoveries that read nothing ends", (t) => {
  const missing = recoverMissing(string("a"), lookahead(oneOf("!")), "a", "?");
  for (const part of [missing, seq(missing, missing), seq(seq(missing), missing)] as Parser<unknown>[])
    t.false(everyWay(t, manyTill(part, eof), "!", collect).ok);
  t.is(recoveries(t, manyTill(seq(seq(missing), missing), eof), "!").length, 2, "once for each of its rows");
});

test("errors in statements side by side, where what is looked for reads up to the next", (t) => {
  const statement = seq(
    keyword("let"),
    spaces0,
    identifier,
    spaces0,
    string("="),
    spaces0,
    int10,
    string(";"),
    spaces0,
  );
  const statements = manyTill(recover(statement, seq(string(";"), spaces0), null), eof);
  const input = "let a = 1;\nlet b = * 4;\nletc = 5;\nlet d = 6;";
  t.deepEqual(
    recoveries(t, statements, input).map(({ offset }) => offset),
    [19, 24],
  );
  t.is((run(statements, input, collect).value as unknown[]).length, 4);
});

test("the commit is what it was before", (t) => {
  t.true(recoveries(t, or(seq(opt(seq(string("x"), item)), string("y")), string("xa!;z")), "xa!;y").length === 1);
  t.is(recoveries(t, seq(recover(cut(word), string(";"), "?"), or(string("p"), string("q"))), "!;q").length, 1);
});

test("the innermost takes it; the one around it takes what that can't", (t) => {
  const inner = recover(seq(string("("), word, string(")")), string(")"), "in");
  const outer = recover(seq(inner, string(";")), string(";"), "out");
  t.deepEqual(run(many(outer), "(!);(a);", collect).value, [
    ["in", ";"],
    [["(", "a", ")"], ";"],
  ]);
  t.is(recoveries(t, many(recover(seq(inner, string(","), word), string(";"), "out")), "(!),!;(a),b").length, 2);
});

test("brackets and commits inside", (t) => {
  const list = between(string("["), sepBy(word, string(",")), string("]"));
  const lists = many(recover(skipR(list, string(";")), string(";"), []));
  t.is(recoveries(t, lists, "[a,b];[a b];[;[c];").length, 2);
  const { diagnostics } = run(lists, "[a b];", collect);
  t.is(diagnostics[0]?.notes[0]?.message, "opened here");
  t.is(diagnostics[0]?.notes[0]?.span?.start.offset, 0);
});

test("what it did is told", (t) => {
  const insert = recoverWithInsert(seq(word, string(";")), lookahead(word), ";", "?");
  const [first] = run(many(skipR(insert, spaces0)), "a b;", collect).diagnostics;
  t.like(first, { extensions: { recover: { action: "insert", inserted: ";", resyncUnits: 1 } } });
  const missing = recoverMissing(seq(word, spaces0, string(";")), word, ";", "?");
  const told = run(many(missing), "a b;", collect).diagnostics[0];
  t.deepEqual(told?.extensions.recover, {
    mode: "collect",
    action: "insert",
    sync: "one of [abc]",
    inserted: ";",
    resyncUnits: 0,
  });
  t.is(told?.fixits[0]?.insert, ";");
  t.is(told?.fixits[0]?.span.start.offset, 1, "before the space");
  t.deepEqual(recoveries(t, many(missing), "a!b;"), [], "nothing is skipped for it");
  const context = recoverWithContext(seq(word, string(";")), string(";"), "a statement ends in ;", "?");
  t.is(run(context, "a!;", collect).diagnostics[0]?.notes.at(-1)?.message, "a statement ends in ;");
});

test("panic", (t) => {
  const until = skipR(panicUntil(word, string(";"), "?"), string(";"));
  t.deepEqual(run(manyTill(until, eof), "a;!!;b;", collect).value, ["a", "?", "b"]);
  t.is(recoveries(t, manyTill(until, eof), "a;!!;b;").length, 1);
  const block: Parser<unknown> = rule("block", between(string("{"), many(word), string("}")));
  const panicking = panicBlock(block, string("{"), string("}"), "?");
  t.is(recoveries(t, many(panicking), "{a}{a{!}!}{b}").length, 1);
  t.is((run(many(panicking), "{a}{a{!}!}{b}", collect).value as unknown[]).length, 3);
});

test("neighbours are told as one, unless asked otherwise", (t) => {
  const items = manyTill(skipR(item, spaces0), eof);
  t.is(run(items, "a!; !; c;", merging).diagnostics.length, 1);
  t.is(run(items, "a!; !; c;", collect).diagnostics.length, 2);
  t.is(run(items, "a!; b; !;", merging).diagnostics.length, 2);
  t.is(run(items, "a!; b!; c;", merging).diagnostics.length, 2, "b began: its error is one of its own");
  for (const input of ["a!; !; c;", "a!; b!; c;"]) everyWay(t, items, input, merging);
});

test("errors beside each other are one only where the second merely follows from the first", (t) => {
  const int = lexeme(int10);
  const statement = recover(seq(int, symbol("="), int, symbol(";")), symbol(";"), null);
  const input = "1 = ;\n2 3;\n4 = 5 6;\n7 = 8;";
  const { value, diagnostics } = everyWay(t, manyTill(statement, eof), input, merging);
  t.deepEqual(value, [null, null, null, ["7", "=", "8", ";"]]);
  t.deepEqual(
    diagnostics.map(({ at }) => at.start.offset),
    [4, 8, 17],
  );
  t.is(recoveries(t, manyTill(statement, eof), input).length, 3);
});

test("limits: past them it fails fast", (t) => {
  const limited = (recoverConfig: object, more: object = {}): RunConfig => ({
    ...more,
    extensions: { recover: { mode: "collect", ...recoverConfig } },
  });
  t.true(run(many(item), "a!!;", limited({ maxResyncUnits: 2 })).recovered);
  t.false(run(many(item), "a!!!;", limited({ maxResyncUnits: 2 })).recovered);
  t.false(run(many(item), "a!;a;a!;", limited({ maxRecoveries: 1 })).recovered);
  t.false(run(many(item), "a!;a;a!;", limited({}, { limits: { maxDiagnostics: 1 } })).recovered);
  everyWay(t, many(item), "a!!!;", limited({ maxResyncUnits: 2 }));
});

test("characters are skipped, not halves of them", (t) => {
  t.is(recoveries(t, many(item), "a😀;b;").length, 1);
});

test("what was emitted stays", (t) => {
  const emitting = many(recover(seq(word.emit(), string(";")), string(";"), "?"));
  t.deepEqual(run(emitting, "a;b!;c;", collect).emitted, ["a", "b", "c"]);
  everyWay(t, emitting, "a;b!;c;", collect);
});

test("a preview recovers, what could end here is asked without", (t) => {
  const outcome = runStream(
    map(many(item), (all) => all.length),
    "a;b!",
    collect,
  );
  t.is(outcome.kind, "pending");
  if (outcome.kind !== "pending") return;
  t.false(outcome.continuation.canFinish);
  const calc = manyTill(recover(symbol("a"), oneOf(";"), "?"), eof);
  const waiting = runStream(calc, "a !;a", collect);
  t.true(waiting.kind === "pending" && waiting.continuation.preview().recovered);
});

test("what is looked for is told, and not what is skipped on the way there", (t) => {
  const stop = string(";");
  const block = between(string("{"), word, string("}"));
  for (const [parser, input, sync] of [
    [recover(seq(word, stop), syncTo(stop), "?"), "a!;", '";"'],
    [panicUntil(word, stop, "?").skipR(stop), "!;", '";"'],
    [panicBlock(block, string("{"), string("}"), "?"), "{a!}", '"}"'],
  ] as const) {
    everyWay(t, parser as Parser<unknown>, input, collect);
    const [diagnostic] = run(parser as Parser<unknown>, input, collect).diagnostics;
    t.like(diagnostic?.extensions.recover, { sync });
  }
  const [diagnostic] = run(seq(word, syncTo(stop), stop), "a!").diagnostics;
  t.is(diagnostic?.message, 'unexpected end of input, expected ";"');
});

test("a tree has a node for each error, and its nodes cover the input", (t) => {
  const node = spanned(
    recover(
      map(seq(word, string(";")), ([name]) => name),
      syncTo(string(";")),
      { error: true },
    ),
  );
  const input = "a;b!;b;b!b;";
  everyWay(t, many(node), input, collect);
  const nodes = run(many(node), input, collect).value ?? [];
  t.deepEqual(
    nodes.map(({ value, span }) => [value, span.start.offset, span.end.offset]),
    [
      ["a", 0, 2],
      [{ error: true }, 2, 5],
      ["b", 5, 7],
      [{ error: true }, 7, 11],
    ],
  );
});

test("what failed at a place before a cut is not expected there, with or without a recovery around", (t) => {
  const guarded = (inner: Parser<unknown>) => seq(opt(string("a")), recover(inner, string(";"), 0), string("c"));
  for (const config of [{}, collect])
    for (const inner of [seq(cutHere(), opt(string("b"))), seq(opt(string("d")), cutHere(), opt(string("b")))]) {
      const { diagnostics } = everyWay(t, guarded(inner), "x", config);
      t.is(diagnostics[0]?.message, 'expected "b" or "c"');
    }
  const far = seq(
    opt(attempt(seq(string("xy"), string("a")))),
    recover(seq(string("x"), cutHere(), string("y"), opt(string("b"))), string(";"), 0),
    string("c"),
  );
  for (const config of [{}, collect]) {
    t.is(everyWay(t, far, "xyz", config).diagnostics[0]?.message, 'expected "b" or "c"');
    const late = seq(opt(string("a")), recover(seq(opt(string("b")), cutHere()), string(";"), 0), string("c"));
    t.is(everyWay(t, late, "x", config).diagnostics[0]?.message, 'expected "c"');
  }
});

test("a function makes the value of the error and of what was skipped", (t) => {
  const bad = recover(seq(word, string(";")), string(";"), (error, skipped) => ({
    at: error.at.start.offset,
    units: (error.extensions.recover as { resyncUnits: number }).resyncUnits,
    skipped,
  }));
  const { value } = everyWay(t, many(bad), "a;b!é;c;", collect);
  t.deepEqual(value, [["a", ";"], { at: 3, units: 3, skipped: "!é;" }, ["c", ";"]]);
  t.is(run(many(bad), "a;b!;").diagnostics.length, 1, "without recovery it is not called");
  let calls = 0;
  const counted = recover(seq(word, string(";")), string(";"), () => calls++);
  run(many(counted), "a!;b!;", collect);
  t.is(calls, 2);
  run(skipMany(counted), "a!;b!;", collect);
  t.is(calls, 2, "not where the value is dropped");
  t.deepEqual(
    run(
      recoverMissing(string("a"), eof, "a", (_, skipped) => skipped.length),
      "",
      collect,
    ).value,
    0,
  );
  const bytes = recover(seq(uint8, string("!")), string(";"), (_, skipped) => skipped);
  const binary: RunConfig = { ...collect, input: "binary" };
  t.is(everyWay(t, bytes, new Uint8Array([1, 0xe9, 0x3b]), binary).value, "\xe9;");
});

test("what is left of the input is given after a recovery, too", (t) => {
  t.like(runPartial(item, "!!;rest", collect), { result: { recovered: true, value: "?" }, rest: "rest" });
  t.deepEqual(runPartial(item, new TextEncoder().encode("é;é"), collect).rest, new TextEncoder().encode("é"));
  t.is(runPartial(item, "!!", collect).rest, undefined);
});

test("a separator that is missing, and an element, in a list that says where it ends", (t) => {
  const comma = recoverMissing(symbol(","), oneOf("abc"), ",", undefined);
  const element = recover(lexeme(oneOf("abc")), lookahead(oneOf(",]")), "?");
  const list = skipL(symbol("["), sepBy(element, comma, { end: symbol("]") }));
  for (const [input, value, offsets] of [
    ["[]", [], []],
    ["[a, b]", ["a", "b"], []],
    ["[a b c]", ["a", "b", "c"], [3, 5]],
    ["[a, , b]", ["a", "?", "b"], [4]],
    ["[a b, !]", ["a", "b", "?"], [3, 6]],
    ["[a,]", ["a", "?"], [3]],
  ] as const) {
    t.deepEqual(run(list, input, collect).value, value as never, input);
    t.deepEqual(
      recoveries(t, list, input).map(({ offset }) => offset),
      [...offsets],
      input,
    );
  }
  t.is(run(list, "[a b]", collect).diagnostics[0]?.fixits[0]?.insert, ",");
  t.is(run(list, "[a b]").diagnostics[0]?.message, 'expected "]" or ","');
  t.deepEqual(run(oneOf("ab").sepBy(string(","), { end: eof }), "a,b").value, ["a", "b"]);
  t.throws(() => sepBy(element, comma, symbol("]") as never), { message: /sepBy\(p, sep, \{ end \}\)/ });
  t.throws(() => sepBy(element, comma, { ends: eof } as never), { message: /"ends"/ });
});

test("the text that is left out is told, from where the parser began, however the input is cut", (t) => {
  const line = seq(many1(oneOf("ab")), string(";"), lookahead(string("\n")));
  const lines = manyTill(
    skipR(recoverUntil(line, takeWhile(charSet("^\\n")), "?", { rejected: true }), string("\n")),
    eof,
  );
  const input = "a;\nab!;b;\nb;\n?\n?\n";
  for (const config of [merging, collect]) {
    const { diagnostics, value } = everyWay(t, lines, input, config);
    t.is(value?.filter((one) => one === "?").length, 3);
    t.deepEqual(
      diagnostics.map(({ at, extensions }) => [at.start.line, extensions.rejected]),
      [
        [2, "ab!;b;"],
        [4, "?"],
        [5, "?"],
      ],
    );
  }
  t.is(everyWay(t, lines, input).diagnostics[0]?.extensions.rejected, undefined);
  t.throws(() => recoverUntil(line, eof, 0, { reject: true } as never), { instanceOf: TypeError, message: /"reject"/ });
});
