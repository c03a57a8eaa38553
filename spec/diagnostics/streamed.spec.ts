// Excerpts of streamed runs (semantics, rule 31): the same wherever the chunks end, equal to those of `run` up to the
// failure, marked where they are cut.
import test, { type ExecutionContext } from "ava";
import stringWidth from "string-width";
import { pretty } from "../../src/diagnostics/index.ts";
import { json } from "../../src/formats/json.ts";
import {
  type AnyParser,
  attempt,
  type Diagnostic,
  each,
  fail,
  many,
  ParseError,
  run,
  sepBy,
  seq,
  skipR,
} from "../../src/index.ts";
import { identifier, number, string, stringLit, symbol, takeWhile } from "../../src/lex/index.ts";
import { type Chunk, CLOSED, parseLoopSync, resume, runStream } from "../../src/stream/index.ts";
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

/** The same report for every size of chunks, as text and as bytes; gives it. */
function everySize(t: ExecutionContext, p: AnyParser, text: string, sizes: readonly number[]): string {
  const report = pretty(streamed(p, [text]));
  for (const size of sizes) {
    t.is(pretty(streamed(p, pieces(text, size))), report, `chunks of ${size}`);
    if (text.length / size < 3000) t.is(pretty(resumed(p, pieces(text, size))), report, `snapshots of ${size}`);
    const bytes = new TextEncoder().encode(text);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.slice(i * size, (i + 1) * size),
    );
    t.is(pretty(streamed(p, chunks)), report, `chunks of ${size} bytes`);
  }
  return report;
}

/** The line of an excerpt up to the column of the "^" under it. */
function upToFailure(report: string): string | undefined {
  const rows = report.split("\n");
  const at = rows.findIndex((row) => /^ *\| [ |-]*\^/.test(row));
  const column = rows[at]?.indexOf("^") ?? 0;
  let before = "";
  for (const { segment } of clusters(rows[at - 1] ?? "")) if (stringWidth(before) < column) before += segment;
  return before;
}

const SMALL = [1, 2, 3, 7, 1000];

test("the line up to the failure, marked where it is cut", (t) => {
  t.is(
    everySize(t, json, '{"a":\n  [1 2], "b": 3}', SMALL),
    lines(
      'error[E1001]: expected "," or "]"',
      " --> 2:6 (byte 11)",
      "  |",
      "2 |   [1 …",
      "  |   -  ^ here",
      "  |   |",
      "  |   opened here",
      "  |",
      "  = while parsing array at 2:3",
      "  = while parsing object at 1:1",
    ),
  );
});

test("a note whose line is gone has its position", (t) => {
  const report = everySize(t, json, "[1\n 2]", SMALL);
  t.true(report.includes("\n2 |  …\n  |  ^ here\n  |\n  = note: opened here (1:1)\n"), report);
});

test("at the end nothing is cut", (t) => {
  t.is(everySize(t, json, "[1, ", SMALL).split("\n")[3], "1 | [1,");
  t.is(everySize(t, json, "[1,\n", SMALL).split("\n")[3], "2 |");
});

test("what stands where the end was expected is there", (t) => {
  t.is(everySize(t, json, '{"a":1}\n{"b":2}\n3', SMALL).split("\n")[3], '2 | {"b":2}');
  t.is(everySize(t, json, `1 ${"x".repeat(32)}`, SMALL).split("\n")[3], `1 | 1 ${"x".repeat(32)}`);
  t.is(everySize(t, json, `1 ${"x".repeat(33)}`, SMALL).split("\n")[3], `1 | 1 ${"x".repeat(32)}…`);
});

test("a failure that looks at nothing more", (t) => {
  const p = seq(string("a"), fail("no"));
  t.is(
    everySize(t, p, "ab", SMALL),
    lines("error[E1001]: expected no", " --> 1:2 (byte 1)", "  |", "1 | a…", "  |  ^"),
  );
});

test("line ends of all kinds", (t) => {
  for (const end of ["\n", "\r", "\r\n"]) {
    t.is(everySize(t, json, `[1,${end}2 3]`, SMALL).split("\n")[3], "2 | 2 …");
  }
});

test("a byte order mark", (t) => {
  t.is(everySize(t, json, "\ufeff[1 2]", SMALL).split("\n")[3], "1 | [1 …");
});

test("of a long line as much as run shows", (t) => {
  const wide = ['"ａ漢字😀é\u0301", ', '"x", '];
  for (const item of wide) {
    for (const times of [10, 100, 1000, 5000]) {
      const text = `[${item.repeat(times)}1 2]`;
      const report = everySize(t, json, text, [5, 100, 4096, 70_000]);
      t.is(upToFailure(report), upToFailure(pretty(run(json, text).diagnostics, text)));
    }
  }
});

test("a line that was read long ago, and again", (t) => {
  const p = seq(attempt(many(string("ab"))), string("!"));
  const report = everySize(t, p, `${"ab".repeat(9000)}?`, [1, 100, 5000]);
  t.is(upToFailure(report), `1 | …${"ab".repeat(50).slice(-95)}`.slice(0, 4 + 96));
});

test("the message of a ParseError has the excerpt", (t) => {
  const loop = parseLoopSync(each(skipR(string("a"), symbol(";"))));
  loop.next("a;\na;a");
  const { value } = loop.next(",");
  if (value.kind !== "completed") throw new Error("it did not end");
  t.is(
    new ParseError(value.result).message,
    lines('error[E1001]: expected ";"', " --> 2:4 (byte 6)", "  |", "2 | a;a…", "  |    ^"),
  );
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
  for (const report of reports) t.is(report, lines(...rows));
  const whole = pretty(run(names, text).diagnostics);
  t.is(
    whole,
    lines(...rows)
      .replace("abc…", "abc,yy")
      .replace("\u0430bc…", "\u0430bc,yy"),
  );
});

test("what was read and is wrong in itself is shown whole", (t) => {
  const rows = (p: AnyParser, text: string): string[] => everySize(t, p, text, [1, 2, 5, 100]).split("\n").slice(3, 5);
  t.deepEqual(rows(seq(string("a\n= "), number, string(";")), "a\n= 1e999; b"), ["2 | = 1e999…", "  |   ^^^^^"]);
  t.deepEqual(rows(seq(string("= "), number), "= 1e999"), ["1 | = 1e999…", "  |   ^^^^^"]);
  t.deepEqual(rows(many(stringLit), '"a""b\\qc"'), ['1 | "a""b\\q…', "  |      ^^"]);
  t.deepEqual(rows(many(stringLit), `"${"x".repeat(9000)}\\q"`)[1]?.endsWith("  ^^"), true);
});
