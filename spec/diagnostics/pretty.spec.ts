// Reports, as they are printed: each case is a text and all that is said about a place in it.
import test, { type ExecutionContext } from "ava";
import { pretty } from "../../src/diagnostics/index.ts";
import { json } from "../../src/formats/json.ts";
import { type Diagnostic, type Parser, run } from "../../src/index.ts";
import { keyword, symbol } from "../../src/lex/index.ts";
import { precedence } from "../../src/op/index.ts";
import { at, fix, lines, spanIn, wrong } from "./_made.ts";

/** The report without its header and place, which are the same in most cases. */
function excerpt(diagnostic: Diagnostic, text?: string): string {
  return pretty(diagnostic, text).split("\n").slice(2).join("\n");
}

function shows(t: ExecutionContext, text: string, from: number | string, ...rows: readonly string[]): void {
  t.is(excerpt(wrong(spanIn(text, from)), text), lines(...rows));
}

test("the message, the place, the line, what is underlined", (t) => {
  const text = "let x = yy;";
  t.is(
    pretty(wrong(spanIn(text, "yy"), { code: "E1001" }), text),
    lines(
      "error[E1001]: wrong", //
      " --> 1:9 (byte 8)",
      "  |",
      "1 | let x = yy;",
      "  |         ^^",
    ),
  );
});

test("the source has a name, a warning and a remark are called so", (t) => {
  const span = { ...spanIn("a", 0), source: "a.txt" };
  const warning = pretty(wrong(span, { severity: "warning", code: "W6101" }));
  t.is(warning, lines("warning[W6101]: wrong", " --> a.txt:1:1 (byte 0)"));
  t.is(pretty(wrong(span, { severity: "info" })), lines("info: wrong", " --> a.txt:1:1 (byte 0)"));
});

test("a message of several lines", (t) => {
  const report = pretty(wrong(spanIn("a", 0), { message: "one\ntwo\r\nthree" }));
  t.is(report, lines("error: one", "  two", "  three", " --> 1:1 (byte 0)"));
});

test("no diagnostic, no report", (t) => {
  t.is(pretty([]), "");
});

test("what is no diagnostic is refused", (t) => {
  const result = run(json, "1");
  for (const none of [undefined, null, result.diagnostics[0], result, [undefined], "E1001"]) {
    t.throws(() => pretty(none as unknown as Diagnostic), {
      instanceOf: TypeError,
      message: /diagnostics of a result/,
    });
  }
});

// places

test("an empty stretch underlines what stands there", (t) => {
  shows(t, "a漢b", 1, "  |", "1 | a漢b", "  |  ^^");
});

test("the end of a line", (t) => {
  shows(t, "ab\ncd", 2, "  |", "1 | ab", "  |   ^");
});

test("the end of the input", (t) => {
  shows(t, "ab", 2, "  |", "1 | ab", "  |   ^");
  shows(t, "ab\n", 3, "  |", "2 |", "  | ^");
});

test("an empty text", (t) => {
  shows(t, "", 0, "  |", "1 |", "  | ^");
});

test("an empty line", (t) => {
  shows(t, "a\n\nb", 2, "  |", "2 |", "  | ^");
});

test("\\r\\n and \\r end a line, and are not shown", (t) => {
  const text = "a\r\nbc\rd";
  shows(t, text, "b", "  |", "2 | bc", "  | ^");
  shows(t, text, 1, "  |", "1 | a", "  |  ^");
  shows(t, text, 2, "  |", "2 | bc", "  | ^");
  shows(t, text, "d", "  |", "3 | d", "  | ^");
});

test("a byte order mark is not shown", (t) => {
  shows(t, "\ufeffab", "b", "  |", "1 | ab", "  |  ^");
});

test("a stretch that ends with its line end stays on its line", (t) => {
  const text = "ab\ncd";
  t.is(excerpt(wrong(spanIn(text, 1, 3)), text), lines("  |", "1 | ab", "  |  ^"));
});

// characters

test("a tab takes four columns", (t) => {
  shows(t, "\ta\tb", "b", "  |", "1 |     a    b", "  |          ^");
  shows(t, "a\tb", "\t", "  |", "1 | a    b", "  |  ^^^^");
});

test("a cluster is underlined whole", (t) => {
  shows(t, "e\u0301👨‍👩‍👧x", 3, "  |", "1 | e\u0301👨‍👩‍👧x", "  |  ^^");
  shows(t, "e\u0301x", "\u0301", "  |", "1 | e\u0301x", "  | ^");
});

test("what turns the direction of text or can't be seen is an escape", (t) => {
  shows(t, "a\u202eb", "b", "  |", "1 | a\\u{202e}b", "  |          ^");
  shows(t, "a\u200bb", "\u200b", "  |", "1 | a\\u{200b}b", "  |  ^^^^^^^^");
  shows(t, "\x1b[31mx", "x", "  |", "1 | \\u{1b}[31mx", "  |           ^");
});

test("so it is in messages, names and notes", (t) => {
  const span = { ...spanIn("a", 0), source: "a\x1b.txt" };
  const more = { message: "a\u202eb", context: ["\u2066"], notes: [{ message: "x\ny" }] };
  const report = pretty(wrong(span, more));
  const told = ["  = note: x\\u{a}y", "  = while parsing \\u{2066}"];
  t.is(report, lines("error: a\\u{202e}b", " --> a\\u{1b}.txt:1:1 (byte 0)", ...told));
});

// several lines

test("a stretch over lines: the first two and the last", (t) => {
  const text = "f(\n  a,\n  b,\n  c\n);";
  t.is(
    excerpt(wrong(spanIn(text, 1, text.length - 1)), text),
    lines("  |", "1 | f(", "  |  ^", "2 |   a,", "  |   ^^", "...", "5 | );", "  | ^"),
  );
});

test("one line that is left out is shown, more are dots", (t) => {
  const text = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj";
  const pair = (from: string, to: string): string =>
    excerpt(wrong(spanIn(text, to), { notes: [{ span: spanIn(text, from), message: "there" }] }), text);
  t.is(pair("a", "b"), lines("  |", "1 | a", "  | - there", "2 | b", "  | ^ here"));
  t.is(pair("a", "c"), lines("  |", "1 | a", "  | - there", "2 | b", "3 | c", "  | ^ here"));
  const far = ["   |", " 1 | a", "   | - there", "...", "10 | j", "   | ^ here"];
  t.is(pair("a", "j"), lines(...far));
});

// notes

test("labels side by side hang under their places", (t) => {
  const text = "[1, (2 3";
  const notes = [
    { span: spanIn(text, "["), message: "the list" },
    { span: spanIn(text, "("), message: "the pair" },
  ];
  t.is(
    excerpt(wrong(spanIn(text, "3"), { notes }), text),
    lines("  |", "1 | [1, (2 3", "  | -   -  ^ here", "  | |   |", "  | |   the pair", "  | the list"),
  );
});

test("the place is drawn over what encloses it", (t) => {
  const text = "abcdef";
  const notes = [{ span: spanIn(text, 0, 6), message: "all" }];
  t.is(
    excerpt(wrong(spanIn(text, 2, 4), { notes }), text),
    lines("  |", "1 | abcdef", "  | --^^--", "  | | |", "  | | here", "  | all"),
  );
});

test("a note without a place, and one whose text is elsewhere", (t) => {
  const text = "ab";
  const elsewhere = { source: "b.txt", start: at("x\nyz", 3), end: at("x\nyz", 3) };
  const notes = [{ message: "so it is" }, { span: elsewhere, message: "declared" }];
  t.is(
    excerpt(wrong(spanIn(text, "b"), { notes, context: ["item", "list", "file", "world"] }), text),
    lines(
      "  |",
      "1 | ab",
      "  |  ^ here",
      "  |",
      "  = note: so it is",
      "  = note: declared (b.txt:2:2)",
      "  = while parsing item",
      "  = while parsing list",
      "  = while parsing file",
    ),
  );
});

test("without the text the place of a change is told", (t) => {
  const [diagnostic] = run(json, "[1").diagnostics;
  const rows = pretty(JSON.parse(JSON.stringify(diagnostic))).split("\n");
  t.is(rows.at(-1), '  = help: insert "]" (1:3)');
});

test("without the text there are positions only", (t) => {
  const text = "[1 2]";
  const [diagnostic] = run(json, text).diagnostics;
  t.is(
    pretty(JSON.parse(JSON.stringify(diagnostic))),
    lines(
      'error[E1001]: expected "," or "]"',
      " --> 1:4 (byte 3)",
      "  = note: opened here (1:1)",
      "  = while parsing array at 1:1",
    ),
  );
});

test("a text that has no such place is not shown", (t) => {
  t.is(pretty(wrong(spanIn("abc\ndef", "f")), "x"), lines("error: wrong", " --> 2:3 (byte 6)"));
});

// help

const helped = (text: string, from: number, to: number, insert: string): string =>
  excerpt(wrong(spanIn(text, from, to), { fixits: [fix(spanIn(text, from, to), insert)] }), text);

test("a fix-it shows the line as it would be", (t) => {
  t.is(
    helped("f(a;", 3, 3, ")"),
    lines("  |", "1 | f(a;", "  |    ^", 'help: insert ")"', "  |", "1 | f(a);", "  |    +"),
  );
  t.is(
    helped("a = b", 2, 3, "=="),
    lines("  |", "1 | a = b", "  |   ^", 'help: replace "=" with "=="', "  |", "1 | a == b", "  |   ~~"),
  );
  t.is(helped("a,,b", 2, 3, ""), lines("  |", "1 | a,,b", "  |   ^", 'help: remove ","', "  |", "1 | a,,b", "  |   -"));
});

test("fix-its of a group are one change", (t) => {
  const text = "a < b < c\nd";
  const grouped = (from: number, to: number, insert: string, group = 1) => ({
    ...fix(spanIn(text, from, to), insert),
    group,
  });
  const report = (...fixits: ReturnType<typeof grouped>[]): string[] =>
    pretty(wrong(spanIn(text, 6, 7), { fixits }), text)
      .split("\n")
      .slice(5);
  t.deepEqual(report(grouped(5, 5, ")"), grouped(0, 0, "(")), [
    'help: insert "(" and ")"',
    "  |",
    "1 | (a < b) < c",
    "  | +     +",
  ]);
  t.deepEqual(report(grouped(2, 3, "<="), grouped(11, 11, ";"), grouped(11, 11, ";")), [
    'help: replace "<" with "<=", insert ";;"',
    "  |",
    "1 | a <= b < c",
    "  |   ~~",
    "2 | d;;",
    "  |  ++",
  ]);
  t.deepEqual(report(grouped(1, 2, ""), grouped(3, 4, "")), ['help: remove " ", remove " "', "  |", "1 | a<b < c"]);
  t.deepEqual(report(grouped(0, 0, "(", 1), grouped(0, 0, "[", 2)), [
    'help: insert "("',
    "  |",
    "1 | (a < b < c",
    "  | +",
    'help: insert "["',
    "  |",
    "1 | [a < b < c",
    "  | +",
  ]);
  // a change of which a part is not on its line has its place
  t.deepEqual(report(grouped(0, 0, "(\n"), grouped(5, 5, ")")).at(-1), '  = help: insert "(\\n" and ")" (1:1)');
});

test("what would not help is not proposed", (t) => {
  const text = "[1 2]";
  const [diagnostic] = run(json, text).diagnostics;
  t.deepEqual(
    diagnostic?.fixits.map(({ insert, likely }) => ({ insert, likely })),
    [{ insert: "]", likely: false }],
  );
  t.false(pretty(diagnostic as Diagnostic).includes("help"));
});

test("a fix-it of several lines", (t) => {
  t.is(
    helped("{ a", 3, 3, ";\n}"),
    lines("  |", "1 | { a", "  |    ^", 'help: insert ";\\n}"', "  |", "1 | { a;", "  |    +", "2 | }", "  | +"),
  );
});

test("a fix-it that removes lines says where", (t) => {
  const text = "a\nb\nc";
  t.is(
    excerpt(wrong(spanIn(text, 0), { fixits: [fix(spanIn(text, 1, 3), "")] }), text),
    lines("  |", "1 | a", "  | ^", "  |", '  = help: remove "\\nb" (1:2)'),
  );
});

// several diagnostics

test("several diagnostics are counted", (t) => {
  const [error, warning] = [wrong(spanIn("a", 0)), wrong(spanIn("a", 0), { severity: "warning" })];
  const report = (all: readonly Diagnostic[], locale?: string): string | undefined =>
    pretty(all, undefined, { locale }).split("\n\n").at(-1);
  t.is(report([error, warning, error]), "2 errors, 1 warning");
  t.is(report([warning, wrong(spanIn("a", 0), { severity: "info" })]), "1 warning, 1 remark");
  t.is(report([error, warning, error], "ja"), "エラー2件、警告1件");
  t.is(pretty([error]), pretty(error));
  t.is(pretty([error, error]), lines(pretty(error), "", pretty(error), "", "2 errors"));
});

// width

test("a long line is cut around the place", (t) => {
  const text = `${"a".repeat(200)}X${"b".repeat(200)}`;
  const report = pretty(wrong(spanIn(text, "X")), text, { width: 40 });
  t.is(
    report,
    lines(
      "error: wrong",
      " --> 1:201 (byte 200)",
      "  |",
      "1 | …aaaaaaaaaaaaaaaaaaaaaaaXbbbbbbbbbb…",
      "  |                         ^",
    ),
  );
});

test("what is underlined far off is told by its position", (t) => {
  const text = `(${"a".repeat(200)}X`;
  const notes = [{ span: spanIn(text, "("), message: "opened here" }];
  const report = pretty(wrong(spanIn(text, "X"), { notes }), text, { width: 30 });
  t.is(
    report,
    lines(
      "error: wrong",
      " --> 1:202 (byte 201)",
      "  |",
      "1 | …aaaaaaaaaaaaaaaaaX",
      "  |                   ^ here",
      "  |",
      "  = note: opened here (1:1)",
    ),
  );
});

test("a line that fits is not cut", (t) => {
  const text = "a".repeat(36);
  t.is(pretty(wrong(spanIn(text, 0)), text, { width: 40 }).split("\n")[3], `1 | ${text}`);
  t.is(pretty(wrong(spanIn(text, 0)), `${text}a`, { width: 40 }).split("\n")[3], `1 | ${"a".repeat(35)}…`);
});

test("a line of a million wide characters is not looked at as a whole", (t) => {
  const text = "漢".repeat(1_000_000);
  const span = { start: { offset: 500_000, byteOffset: 1_500_000, line: 1, column: 500_001 } };
  const rows = pretty(wrong({ ...span, end: span.start }), text).split("\n");
  t.regex(rows[3] ?? "", /^1 \| …漢{47}漢{10}…$/);
});

// colours and languages

test("colours are there when they are asked for", (t) => {
  const text = "ab";
  const diagnostic = wrong(spanIn(text, "b"), { code: "E1001", notes: [{ message: "n" }] });
  t.is(
    pretty(diagnostic, text, { color: true }),
    lines(
      "\x1b[1;31merror[E1001]\x1b[0m\x1b[1m: wrong\x1b[0m",
      " \x1b[1;34m-->\x1b[0m 1:2 (byte 1)",
      "\x1b[1;34m  |\x1b[0m",
      "\x1b[1;34m1 |\x1b[0m ab",
      "\x1b[1;34m  |\x1b[0m  \x1b[1;31m^\x1b[0m",
      "  \x1b[1;34m|\x1b[0m",
      "  \x1b[1;34m=\x1b[0m \x1b[1mnote\x1b[0m: n",
    ),
  );
  t.is(pretty(diagnostic, text, { color: true }).replace(/\x1b\[[\d;]*m/g, ""), pretty(diagnostic, text));
});

const japanese = lines(
  "エラー[E1001]: 「,」または「]」が必要です",
  " --> 1:4 (バイト3)",
  "  |",
  "1 | [1 2]",
  "  | -  ^ ここ",
  "  | |",
  "  | ここで開いています",
  "  |",
  "  = arrayの解析中（1:1から）",
);

test("in Japanese, from the run or from the report", (t) => {
  const english = run(json, "[1 2]").diagnostics;
  const own = run(json, "[1 2]", { locale: "ja-JP" }).diagnostics;
  t.is(pretty(english, "[1 2]", { locale: "ja" }), japanese);
  t.is(pretty(own), japanese);
  t.is(own[0]?.message, "「,」または「]」が必要です");
  t.is(pretty(own, "[1 2]", { locale: "en" }), pretty(english));
  t.is(pretty(JSON.parse(JSON.stringify(own)), "[1 2]", { locale: "ja" }), japanese);
});

test("notes of one kind of error are in the language of the run", (t) => {
  const notes = (p: Parser<unknown>, text: string): readonly string[] =>
    run(p, text, { locale: "ja" }).diagnostics.flatMap((diagnostic) => diagnostic.notes.map(({ message }) => message));
  t.deepEqual(notes(keyword("if"), "iff"), ["「if」の後に空白を書いてください"]);
  const less = precedence(symbol("a"))
    .level((l) => l.infixn(symbol("<").as((a) => a)))
    .build();
  t.deepEqual(notes(less, "a < a < a"), ["1つ目の演算子", "2つ目の演算子"]);
});

test("a message of one's own stays as it is", (t) => {
  const [diagnostic] = run(json, "[1 2]").diagnostics;
  const own = { ...(diagnostic as Diagnostic), message: "a comma, please" };
  t.true(pretty(own, "[1 2]", { locale: "ja" }).startsWith("エラー[E1001]: a comma, please\n"));
});

// what a run gives

test("a diagnostic of a run needs no text", (t) => {
  for (const text of [
    "[1 2]",
    '{"a": [1,\r\n2\r\n 3',
    "",
    '{\n\n"a" 1',
    `[${'"x",'.repeat(2000)} 1 2]`,
    "\ufeff[1 2",
    // the line between two places that are shown
    '{"a":\n1,\n"b": [2,\n',
    '\ufeff{"a":\r\n1,\r\n"b": [2,\r\n',
    '{"a":\r1,\r"b":\r\r[2,\r',
  ]) {
    const { diagnostics } = run(json, text);
    t.is(pretty(diagnostics), pretty(diagnostics, text));
    const bytes = run(json, new TextEncoder().encode(text)).diagnostics;
    t.is(pretty(bytes), pretty(diagnostics, text));
  }
});
