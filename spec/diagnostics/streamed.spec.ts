// Excerpts of streamed runs (semantics, rule 31): on one chunk those of `run`; else the line up to the failure, the
// character there, and what has come of the rest, marked where it is cut.
import test, { type ExecutionContext } from "ava";
import stringWidth from "string-width";
import { pretty } from "../../src/diagnostics/index.ts";
import { json } from "../../src/formats/json.ts";
import {
  type AnyParser,
  attempt,
  type Diagnostic,
  each,
  eof,
  fail,
  many,
  manyTill,
  ParseError,
  recover,
  run,
  sepBy,
  seq,
  skipR,
} from "../../src/index.ts";
import { identifier, number, string, stringLit, symbol, takeWhile } from "../../src/lex/index.ts";
import { type Chunk, CLOSED, parseLoopSync, resume, runStream, StreamDriver } from "../../src/stream/index.ts";
import { size } from "../_size.ts";
import { clusters, lines } from "./_made.ts";

function streamed(p: AnyParser, chunks: readonly Chunk[]): Diagnostic {
  const loop = parseLoopSync(p);
  let step = loop.next();
  for (const chunk of [...chunks, CLOSED] as const) if (step.done !== true) step = loop.next(chunk);
  const [diagnostic] = step.done === true ? step.value.result.diagnostics : [];
  if (diagnostic === undefined) throw new Error("it did not fail");
  return diagnostic;
}

/** By way of snapshots, each resumed twice. */
function resumed(p: AnyParser, chunks: readonly Chunk[]): Diagnostic {
  let outcome = runStream(p, "");
  for (const chunk of [...chunks, CLOSED] as const) {
    if (outcome.kind === "completed") break;
    resume(outcome.continuation, "?");
    outcome = resume(outcome.continuation, chunk);
  }
  const [diagnostic] = outcome.kind === "completed" ? outcome.result.diagnostics : [];
  if (diagnostic === undefined) throw new Error("it did not fail");
  return diagnostic;
}

function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
}

/** The report of `run`, which one chunk gives too; other chunks give its line up to the failure and the character there. */
function everySize(t: ExecutionContext, p: AnyParser, text: string, sizes: readonly number[]): string {
  const report = pretty(run(p, text).diagnostics);
  t.is(pretty(streamed(p, [text])), report, "one chunk");
  t.is(pretty(resumed(p, [new TextEncoder().encode(text)])), report, "one snapshot, of bytes");
  for (const size of sizes) {
    const expected = throughFailure(report);
    t.is(throughFailure(pretty(streamed(p, pieces(text, size)))), expected, `chunks of ${size}`);
    if (text.length / size < 3000)
      t.is(throughFailure(pretty(resumed(p, pieces(text, size)))), expected, `snapshots of ${size}`);
    const bytes = new TextEncoder().encode(text);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.slice(i * size, (i + 1) * size),
    );
    t.is(throughFailure(pretty(streamed(p, chunks))), expected, `chunks of ${size} bytes`);
  }
  return report;
}

/** The line of an excerpt up to the first character above the "^" under it. */
function throughFailure(report: string): string | undefined {
  const rows = report.split("\n");
  const at = rows.findIndex((row) => /^ *\| [ |-]*\^/.test(row));
  const column = rows[at]?.indexOf("^") ?? 0;
  let shown = "";
  for (const { segment } of clusters(rows[at - 1] ?? "")) if (stringWidth(shown) <= column) shown += segment;
  return shown.replace(/…$/, "");
}

/** The row above the "^". */
function lineOf(diagnostic: Diagnostic): string | undefined {
  const rows = pretty(diagnostic).split("\n");
  return rows[rows.findIndex((row) => /^ *\| [ |-]*\^/.test(row)) - 1];
}

const SMALL = [1, 2, 3, 7, 1000];

test("what has come of the line, marked where it is cut", (t) => {
  t.is(
    pretty(streamed(json, ['{"a":\n', "  [1 2", '], "b": 3}'])),
    lines(
      'error[E1001]: expected "," or "]"',
      " --> 2:6 (byte 11)",
      "  |",
      "2 |   [1 2…",
      "  |   -  ^ here",
      "  |   |",
      "  |   opened here",
      "  |",
      "  = while parsing array at 2:3",
      "  = while parsing object at 1:1",
    ),
  );
  everySize(t, json, '{"a":\n  [1 2], "b": 3}', SMALL);
  t.is(lineOf(streamed(json, ["[1", " 2, 3\n4]"])), "1 | [1 2, 3");
  t.is(lineOf(streamed(json, ["[1", ` 2, ${"3".repeat(5000)}`])), `1 | [1 2, ${"3".repeat(109)}…`);
});

test("nothing is waited for: what has not come is not shown", (t) => {
  t.is(lineOf(streamed(json, ["1 ", "2", "3\n"])), "1 | 1 2…");
  t.is(lineOf(streamed(json, ["1 2", "3\n"])), "1 | 1 2");
  t.is(lineOf(streamed(seq(string("a"), fail("no")), ["a", "b"])), "1 | a");
});

test("what has come and was not looked at is shown", (t) => {
  const shown: (string | undefined)[] = [];
  const driver = new StreamDriver(json, (outcome) => {
    if (outcome.kind === "completed") shown.push(...outcome.result.diagnostics.map(lineOf));
  });
  for (const chunk of ["[1 ", "2", ", 3", "]\n", "4"]) driver.push(chunk);
  while (driver.pump().kind === "pending");
  t.deepEqual(shown, ["1 | [1 2, 3]"]);
});

test("a note whose line is gone has its position", (t) => {
  const text = `[1${"\n".repeat(9000)}2]`;
  t.is(everySize(t, json, text, [700, 9000]).split("\n")[3], "   1 | [1");
  const report = pretty(streamed(json, pieces(text, 700)));
  t.true(report.includes("\n9001 | 2]…\n     | ^ here\n     |\n     = note: opened here (1:1)\n"), report);
});

test("at the end nothing is cut", (t) => {
  t.is(everySize(t, json, "[1, ", SMALL).split("\n")[3], "1 | [1,");
  t.is(lineOf(streamed(json, pieces("[1,\n", 1))), "2 |");
});

test("line ends of all kinds", (t) => {
  for (const end of ["\n", "\r", "\r\n"]) {
    everySize(t, json, `[1,${end}2 3]`, SMALL);
    t.is(lineOf(streamed(json, [`[1,${end}2`, " 3]", "\r\n"])), "2 | 2 3]…");
    t.is(lineOf(streamed(json, [`[1,${end}2`, ` 3]${end}`])), "2 | 2 3]");
  }
});

test("a byte order mark", (t) => {
  t.is(everySize(t, json, "\ufeff[1 2]", SMALL).split("\n")[3], "1 | [1 2]");
});

test("of a long line as much as run shows", (t) => {
  const wide = ['"ａ漢字😀é\u0301", ', '"x", '];
  for (const item of wide) {
    for (const times of [10, 100, 1000, size(1500, 5000)])
      everySize(t, json, `[${item.repeat(times)}1 2]`, [5, 100, 4096, 70_000]);
  }
});

test("a line that was read long ago, and again", (t) => {
  const p = seq(attempt(many(string("ab"))), string("!"));
  const report = everySize(t, p, `${"ab".repeat(9000)}?`, [1, 100, 5000]);
  t.is(throughFailure(report), `1 | …${"ab".repeat(50).slice(-95)}?`);
});

test("the message of a ParseError has the excerpt", (t) => {
  const loop = parseLoopSync(each(skipR(string("a"), symbol(";"))));
  loop.next("a;\na;a");
  const { value } = loop.next(",");
  if (value.kind !== "completed") throw new Error("it did not end");
  t.is(
    new ParseError(value.result).message,
    lines('error[E1001]: expected ";"', " --> 2:4 (byte 6)", "  |", "2 | a;a,…", "  |    ^"),
  );
});

test("after a recovery what was skipped is there", (t) => {
  const statement = recover(seq(identifier, string(";")), string(";"), null);
  const config = { extensions: { recover: { mode: "collect" } } } as const;
  const text = "ab 1 2 3;c;";
  const report = pretty(run(manyTill(statement, eof), text, config).diagnostics);
  t.is(report.split("\n")[3], "1 | ab 1 2 3;c;");
  for (const chunks of [[text], ["ab ", "1 2 3", ";c;"], pieces(text, 1)]) {
    const loop = parseLoopSync(manyTill(statement, eof), config);
    let step = loop.next();
    for (const chunk of [...chunks, CLOSED] as const) step = loop.next(chunk);
    const shown = pretty(step.done === true ? step.value.result.diagnostics : []).split("\n")[3] ?? "";
    t.true(shown.startsWith("1 | ab 1 2 3;"), shown);
  }
});

test("a warning has the line up to what it is about", (t) => {
  const names = sepBy(identifier, skipR(string(","), takeWhile("\n")));
  const text = `${"abc,\n".repeat(2000)}x,\u0430bc,yy`;
  const reports = [1, 7, 5000, text.length].map((size) => {
    const loop = parseLoopSync(names);
    let step = loop.next();
    for (const chunk of [...pieces(text, size), CLOSED] as const) step = loop.next(chunk);
    return pretty(step.done === true ? step.value.result.diagnostics : []);
  });
  const rows = [
    'warning[W6101]: "\u0430bc" looks like "abc"',
    "    --> 2001:3 (byte 10002)",
    "     |",
    "2001 | x,\u0430bc…",
    "     |   ^^^",
    "     |",
    '     = note: "\u0430" is U+0430, which looks like "a"',
  ];
  for (const report of reports.slice(0, -1)) t.is(report, lines(...rows));
  const whole = pretty(run(names, text).diagnostics);
  t.is(
    whole,
    lines(...rows)
      .replace("abc…", "abc,yy")
      .replace("\u0430bc…", "\u0430bc,yy"),
  );
  t.is(reports.at(-1), whole);
});

test("what was read and is wrong in itself is shown whole", (t) => {
  const rows = (p: AnyParser, chunks: readonly string[]): string[] =>
    pretty(streamed(p, chunks)).split("\n").slice(3, 5);
  const float = seq(string("a\n= "), number, string(";"));
  everySize(t, float, "a\n= 1e999; b", SMALL);
  t.deepEqual(rows(float, ["a\n= 1e", "999; b"]), ["2 | = 1e999; b…", "  |   ^^^^^"]);
  t.deepEqual(rows(seq(string("= "), number), pieces("= 1e999", 1)), ["1 | = 1e999", "  |   ^^^^^"]);
  t.deepEqual(rows(many(stringLit), pieces('"a""b\\qc"', 1)), ['1 | "a""b\\q…', "  |      ^^"]);
  t.deepEqual(rows(many(stringLit), pieces(`"${"x".repeat(9000)}\\q"`, 100))[1]?.endsWith("  ^^"), true);
});
