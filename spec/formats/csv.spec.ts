// CSV: the public suite in full, and each rule of the format, however the input is cut up.
import { readdirSync, readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import { type CsvColumn, type CsvOptions, csv } from "../../src/formats/csv/index.ts";
import { run, seq, unwrap } from "../../src/index.ts";
import { string } from "../../src/lex/index.ts";
import { CLOSED, parse, parseEach, parseLoopSync, resume, runStream } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";

const folder = inRepository("spec/corpora/csv-spectrum/");
const cases = readdirSync(new URL("csvs/", folder)).sort();
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, folder)));

test("csv-spectrum is here in full", (t) => {
  t.is(cases.length, 12);
});

/** The suite expects one object in place of an array of one, and another number than there is in the file. */
const wrongInTheSuite = ["location_coordinates.csv"];

for (const name of cases) {
  test(`csv-spectrum: ${name}`, (t) => {
    const expected = JSON.parse(new TextDecoder().decode(read(`json/${name.replace(".csv", ".json")}`)));
    const result = everyWay(t, csv({ header: true }), read(`csvs/${name}`));
    if (!wrongInTheSuite.includes(name)) {
      t.deepEqual(result.emitted, expected);
      t.is(result.value, expected.length);
      return;
    }
    const renumbered = result.emitted.map((row) => ({ ...row, "Contact Phone Number": "1234567890" }));
    t.deepEqual(renumbered, [expected]);
    t.notDeepEqual(result.emitted, expected);
  });
}

const rows = test.macro({
  exec(t, options: CsvOptions, text: string, expected: readonly (readonly string[])[]) {
    const result = everyWay(t, csv(options), text);
    t.deepEqual(result.emitted, expected);
    t.is(unwrap(result), expected.length);
  },
  title: (name) => `rows: ${name}`,
});

test("nothing", rows, {}, "", []);
test("one cell", rows, {}, "a", [["a"]]);
test("empty cells", rows, {}, ',\n"",\n', [
  ["", ""],
  ["", ""],
]);
test("no line end at the end", rows, {}, "a,b\nc,d", [
  ["a", "b"],
  ["c", "d"],
]);
test("mixed line ends", rows, {}, "a\nb\r\nc\rd\r\n\ne", [["a"], ["b"], ["c"], ["d"], ["e"]]);
test("line ends and delimiters in quotes", rows, {}, '"a\r\nb","c,d"\n"\n",\r', [
  ["a\r\nb", "c,d"],
  ["\n", ""],
]);
test("quotes in quotes", rows, {}, '"""a""b""",""""\n', [['"a"b"', '"']]);
test("a quote in a cell that is not quoted", rows, {}, 'a"b,5"\n6" x,"y"\n', [
  ['a"b', '5"'],
  ['6" x', "y"],
]);
test("spaces stay", rows, {}, " a , b\n", [[" a ", " b"]]);
test("a byte order mark", rows, {}, '\uFEFF"a",b\n', [["a", "b"]]);
test("characters beyond the first plane", rows, {}, '😀,"💩"\n', [["😀", "💩"]]);
test("another delimiter", rows, { delimiter: ";" }, 'a,b;"c;d"\n', [["a,b", "c;d"]]);
test("a tab", rows, { delimiter: "\t" }, "a\t\tb\n", [["a", "", "b"]]);
test("a long delimiter", rows, { delimiter: "||" }, 'a|b||"c||d"||e"|\n', [["a|b", "c||d", 'e"|']]);
test("another quote", rows, { quote: "'" }, "'a,''b','\"'\n", [["a,'b", '"']]);
test("no quotes", rows, { quote: false }, '"a,b"\n', [['"a', 'b"']]);
test("an escape", rows, { escape: "\\" }, '"a\\"b\\\\","\\n\n",c\\d\n', [['a"b\\', "\\n\n", "c\\d"]]);
test("comments", rows, { comment: "#" }, '#x\na,#b\n# "y\n#\nc,"#\n"\n#z', [
  ["a", "#b"],
  ["c", "#\n"],
]);
test("a long comment", rows, { comment: "//" }, "//a\n/,b\n", [["/", "b"]]);
test("trimmed", rows, { trim: true }, ' a\t, " b " ,c d \n \t\n"x" , y,\n', [
  ["a", " b ", "c d"],
  ["x", "y", ""],
]);
test("trimmed, tabs between", rows, { trim: true, delimiter: "\t" }, " a \t b\n", [["a", "b"]]);
test("empty lines are left out", rows, {}, "\n\na,b\n\r\n\r\nc,d\n\n", [
  ["a", "b"],
  ["c", "d"],
]);
test("empty lines are kept", rows, { emptyLines: "keep" }, "\na,b\n\nc,d\n\n", [
  [""],
  ["a", "b"],
  [""],
  ["c", "d"],
  [""],
]);
test("a quoted nothing is no empty line", rows, {}, 'a\n""\nb', [["a"], [""], ["b"]]);
test("ragged rows as they are", rows, { ragged: "keep" }, 'a,b\nc\nd,e,f\n""\n', [
  ["a", "b"],
  ["c"],
  ["d", "e", "f"],
  [""],
]);

const records = test.macro({
  exec(t, options: object, text: string, expected: readonly object[]) {
    const result = everyWay(t, csv(options as { header: true }), text);
    t.deepEqual(result.emitted, expected as never);
    t.is(unwrap(result), expected.length);
  },
  title: (name) => `records: ${name}`,
});

test("the first row has the names", records, { header: true }, "a,b\n1,2\n", [{ a: "1", b: "2" }]);
test("only a header", records, { header: true }, "a,b\n", []);
test("nothing at all", records, { header: true }, "", []);
test("names in quotes, after comments", records, { header: true, comment: "#" }, '#x\n\n"a\nb",c\n1,2', [
  { "a\nb": "1", c: "2" },
]);
test("names that are given", records, { header: ["a", "b"] }, "1,2\n3,4\n", [
  { a: "1", b: "2" },
  { a: "3", b: "4" },
]);
test(
  "names that are made",
  records,
  { header: (first: readonly string[]) => first.map((name) => name.trim().toLowerCase()) },
  "A, B\n1,2\n",
  [{ a: "1", b: "2" }],
);
test("the last of two columns counts", records, { header: true }, "a,a\n1,2\n", [{ a: "2" }]);
test("ragged records", records, { header: true, ragged: "keep" }, 'a,b\n1\n1,2,3\n"1"\n', [
  { a: "1" },
  { a: "1", b: "2" },
  { a: "1" },
]);
test("kept empty lines", records, { header: true, emptyLines: "keep" }, "\na,b\n\n1,2\n", [
  { a: "" },
  { a: "1", b: "2" },
]);
test(
  "only the typed ones",
  records,
  { header: true, columns: { b: "integer" }, otherwise: "drop" },
  'a,b\nx,1\n"y",2\n',
  [{ b: 1 }, { b: 2 }],
);
test("quoted cells have types too", records, { header: true, columns: { a: "number" } }, 'a,b\n"1.5","x"\n', [
  { a: 1.5, b: "x" },
]);

test("a name may be that of the prototype", (t) => {
  for (const options of [{ header: true, ragged: "keep" }, { header: true }] as const) {
    for (const text of [
      "__proto__,constructor\n1,2\n",
      '__proto__,constructor\n"1",2\n',
      "__proto__,constructor,x\n1,2,3\n",
    ]) {
      const [record] = everyWay(t, csv(options), text).emitted as [Record<string, string>];
      t.is(Object.getPrototypeOf(record), Object.prototype);
      t.is(Object.getOwnPropertyDescriptor(record, "__proto__")?.value, "1");
      t.is(record.constructor as unknown, "2");
    }
  }
  t.is(({} as { x?: unknown }).x, undefined);
});

const NONE = Symbol("none");
const types: readonly (readonly [CsvColumn<unknown>, string, unknown])[] = [
  ["text", " x ", " x "],
  ["number", "-1.5e3", -1500],
  ["number", "+2", 2],
  ["number", ".5", 0.5],
  ["number", "0x10", NONE],
  ["number", "Infinity", NONE],
  ["number", "1e999", NONE],
  ["number", " 1", NONE],
  ["number", "", NONE],
  ["number", "-", NONE],
  ["number", "1_000", NONE],
  ["integer", "-9007199254740991", -9007199254740991],
  ["integer", "007", 7],
  ["integer", "9007199254740992", NONE],
  ["integer", "1.0", NONE],
  ["integer", "+", NONE],
  ["integer", "", NONE],
  ["boolean", "true", true],
  ["boolean", "FALSE", false],
  ["boolean", "1", NONE],
  ["boolean", "truely", NONE],
  ["date", "2024-02-29", new Date("2024-02-29")],
  ["date", "2023-02-29", NONE],
  ["date", "2024-04-31", NONE],
  ["date", "2024-13-01", NONE],
  ["date", "2024-02-29T10:20:30.5Z", new Date("2024-02-29T10:20:30.5Z")],
  ["date", "2024-02-29 10:20", new Date("2024-02-29T10:20")],
  ["date", "2024-02-29 25:20", NONE],
  ["date", "29.2.2024", NONE],
  ["date", "", NONE],
  [(text: string) => BigInt(text), "12", 12n],
  [(text: string) => BigInt(text), "x", NONE],
];
for (const [type, cell, expected] of types) {
  const named = typeof type === "function" ? "function" : type;
  test(`a ${named} of ${JSON.stringify(cell)}`, (t) => {
    for (const quote of ["", '"']) {
      const result = everyWay(t, csv({ header: ["a", "b"], columns: { b: type } }), `x,${quote}${cell}${quote}\n`);
      if (expected !== NONE) {
        t.deepEqual(result.emitted, [{ a: "x", b: expected }]);
        continue;
      }
      t.false(result.ok);
      const [diagnostic] = result.diagnostics;
      if (diagnostic === undefined) return t.fail();
      const { at, message } = diagnostic;
      t.regex(message, /^column "b": /);
      t.deepEqual([at.start.line, at.start.column, at.end.column], [1, 3, 3 + cell.length + 2 * quote.length]);
    }
  });
}

test("the names are the same in each record, in the order of the file", (t) => {
  const { emitted } = run(csv({ header: true, columns: { b: "integer" } }), 'c,b,a\n1,2,3\n"1",2,3\n');
  t.deepEqual(
    emitted.map((record) => Object.keys(record)),
    [
      ["c", "b", "a"],
      ["c", "b", "a"],
    ],
  );
});

test("each row is emitted with its last character, whatever the line ends are", (t) => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const loop = parseLoopSync(csv());
    loop.next();
    const seen: unknown[] = [];
    for (const one of `a,b${end}"c",d${end}e,"f"${end}`) {
      const step = loop.next(one);
      t.false(step.done);
      seen.push(step.value.emitted.length);
    }
    const perRow = [...end].map((_, at) => (at === 0 ? 1 : 0));
    t.deepEqual(seen, [0, 0, 0, ...perRow, 0, 0, 0, 0, 0, ...perRow, 0, 0, 0, 0, 0, ...perRow], JSON.stringify(end));
    t.true(loop.next(CLOSED).done);
  }
});

test("one parser serves many runs at once, whose headers differ", async (t) => {
  const parser = csv({ header: true });
  const collect = async (text: string): Promise<unknown[]> => {
    const seen: unknown[] = [];
    for await (const row of parseEach(parser, [...text])) seen.push(row);
    return seen;
  };
  const all = await Promise.all(["a,b\n1,2\n", "x\n3\n4\n", "a,b\n5,6\n"].map(collect));
  t.deepEqual(all, [[{ a: "1", b: "2" }], [{ x: "3" }, { x: "4" }], [{ a: "5", b: "6" }]]);
});

test("a run may be forked behind its header, and in it", (t) => {
  for (const [start, ends] of [
    ["a,b\n1,", ["2\n", "3\n"]],
    ["a,", ["b\n1,2\n", "c\n1,3\n"]],
  ] as const) {
    const first = runStream(csv({ header: true }), start);
    if (first.kind !== "pending") return t.fail();
    const rows = ends.map((end) => {
      const next = resume(first.continuation, end);
      return next.emitted;
    });
    t.is(JSON.stringify(rows[0]), '[{"a":"1","b":"2"}]');
    t.regex(JSON.stringify(rows[1]), /"3"/);
  }
});

test("it stands in other grammars", async (t) => {
  const both = seq(string("v1\n"), csv({ header: true }));
  t.deepEqual(run(both, "v1\na\n1\n").value, ["v1\n", 1]);
  const { result } = await parse(both, ["v", "1\na\n", "1\n2"]);
  t.deepEqual(unwrap(result), ["v1\n", 2]);
});

const misuse: readonly (readonly [unknown, RegExp])[] = [
  [[], /options as an object/],
  [{ headers: true }, /no option "headers"/],
  [{ delimiter: "" }, /delimiter is a text/],
  [{ delimiter: "\n" }, /delimiter is a text/],
  [{ quote: "''" }, /quote is one character/],
  [{ quote: "," }, /delimiter contains the quote/],
  [{ escape: "," }, /delimiter contains the escape/],
  [{ comment: '"' }, /comment/],
  [{ ragged: "no" }, /ragged is/],
  [{ header: true, columns: { a: "float" } }, /columns is/],
  [{ columns: { a: "text" } }, /header/],
  [{ header: ["a"], columns: { b: "text" } }, /no column "b"/],
];
for (const [options, message] of misuse) {
  test(`misuse: ${JSON.stringify(options)}`, (t) => {
    t.throws(() => csv(options as { header: true }), { instanceOf: TypeError, message });
  });
}

test("a header that is no array of names is a TypeError", (t) => {
  const wrong = csv({ header: () => [1] as unknown as string[] });
  t.throws(() => run(wrong, "a\n"), { instanceOf: TypeError, message: /array of names/ });
});
