// CSV: what is wrong with a row, where it is said to be, and how a run goes on behind it.
import test from "ava";
import { csv } from "../../src/formats/csv/index.ts";
import { type RunConfig, run } from "../../src/index.ts";
import { everyWay } from "../_chunks.ts";

const collect: RunConfig = { extensions: { recover: { mode: "collect" } } };
const PLAIN = "a,b\n1,2\n";

/** A place, the words, and what was left out. */
type Told = readonly [line: number, column: number, message: RegExp, rejected?: string];

const wrong = test.macro((t, options: object, text: string, rows: readonly unknown[], told: readonly Told[]) => {
  const result = everyWay(t, csv({ header: true, ...options }), text, collect);
  t.deepEqual(result.emitted, rows as never);
  t.deepEqual(
    result.diagnostics.map(({ at, extensions }) => [at.start.line, at.start.column, extensions.rejected]),
    told.map(([line, column, , rejected]) => [line, column, rejected]),
  );
  for (const [i, [, , message]] of told.entries()) t.regex(result.diagnostics[i]?.message ?? "", message);
  t.is(result.ok, told.length === 0);
  t.is(result.recovered, told.length > 0 && told.every(([, , , rejected]) => rejected !== undefined));
  if (result.recovered) t.is(result.value, rows.length);
});

const skip = { badRows: "skip" } as const;
const first = { a: "1", b: "2" };
const last = { a: "8", b: "9" };

test("too many cells", wrong, {}, `${PLAIN}3,4,5\n`, [first], [[3, 5, /^this row has 3 cells, the first one has 2$/]]);
test("too few cells", wrong, {}, `${PLAIN}3\n`, [first], [[3, 1, /^this row has 1 cell, the first one has 2$/]]);
test("too few cells, quoted", wrong, {}, `${PLAIN}"3"\n`, [first], [[3, 1, /^this row has 1 cell/]]);
test(
  "ragged rows are left out",
  wrong,
  { ragged: "skip" },
  `${PLAIN}3,4,5\n6\n"7\n"\n8,9\n`,
  [first, last],
  [
    [3, 5, /3 cells/, "3,4,5"],
    [4, 1, /1 cell/, "6"],
    [5, 1, /1 cell/, '"7\n"'],
  ],
);
test(
  "other errors end it all the same",
  wrong,
  { ragged: "skip", columns: { b: "integer" } },
  "a,b\n1\n2,x\n",
  [],
  [
    [2, 1, /1 cell/, "1"],
    [3, 3, /^column "b": "x" is no whole number/],
  ],
);
test("bad rows are ragged ones too", wrong, skip, `${PLAIN}3\n8,9\n`, [first, last], [[3, 1, /1 cell/, "3"]]);
test(
  "a wrong cell",
  wrong,
  { columns: { b: "integer" } },
  'a,b\n1,2\n"x\ny","no"\n',
  [{ a: "1", b: 2 }],
  [[4, 4, /^column "b": "no" is no whole number/]],
);
test(
  "wrong cells are left out",
  wrong,
  { ...skip, columns: { b: "integer" } },
  'a,b\n1,x\n"q\n",y\n8,9\nz,',
  [{ a: "8", b: 9 }],
  [
    [2, 3, /column "b": "x"/, "1,x"],
    [4, 3, /column "b": "y"/, '"q\n",y'],
    [6, 3, /column "b": ""/, "z,"],
  ],
);
test(
  "what a function throws",
  wrong,
  { columns: { b: (text: string) => BigInt(text) } },
  "a,b\n1,x\n",
  [],
  [[2, 3, /^column "b": Cannot convert x to a BigInt$/]],
);
test(
  "a kept empty line is judged",
  wrong,
  { ...skip, emptyLines: "keep", columns: { a: "integer" } },
  "a,b\n\n8,9\n",
  [{ a: 8, b: "9" }],
  [[2, 1, /column "a"/, ""]],
);

const NOT_CLOSED = /^the quote that opens this cell is not closed$/;
const GOES_ON = /^this cell goes on after its closing quote/;
test("a quote that is not closed", wrong, {}, `${PLAIN}3,"4\n5,6\n`, [first], [[3, 3, NOT_CLOSED]]);
test("one in the header", wrong, skip, 'a,"b\n1,2\n', [], [[1, 3, NOT_CLOSED]]);
test("text after a closing quote", wrong, {}, `${PLAIN}3,"4"5\n`, [first], [[3, 3, GOES_ON]]);
test(
  "a stray quote takes its line only",
  wrong,
  skip,
  `${PLAIN}3,"4\n5,6\n8,9\n`,
  [first, { a: "5", b: "6" }, last],
  [[3, 3, NOT_CLOSED, '3,"4']],
);
test(
  "a stray quote before quoted cells",
  wrong,
  skip,
  `${PLAIN}3,"4\n5,6\n"8","9"\n`,
  [first, { a: "5", b: "6" }, last],
  [[3, 3, GOES_ON, '3,"4']],
);
test(
  "lines whose cells don't fit go with it",
  wrong,
  skip,
  `${PLAIN}3,"4\n5\n8,9\n`,
  [first, last],
  [[3, 3, NOT_CLOSED, '3,"4\n5']],
);
test("at the end nothing fits", wrong, skip, `${PLAIN}3,"4\n5`, [first], [[3, 3, NOT_CLOSED, '3,"4\n5']]);
test(
  "each bad line is one of its own",
  wrong,
  skip,
  `${PLAIN}"x"y,3\n"z"y,4\n8,9\n`,
  [first, last],
  [
    [3, 1, GOES_ON, '"x"y,3'],
    [4, 1, GOES_ON, '"z"y,4'],
  ],
);
test(
  "before the first row",
  wrong,
  { header: undefined, ...skip },
  '"a"b,c\n1,2\n',
  [["1", "2"]],
  [[1, 1, GOES_ON, '"a"b,c']],
);
test(
  "a column that is not there",
  wrong,
  { columns: { c: "text" } },
  PLAIN,
  [],
  [[1, 1, /^there is no column "c"; the columns are "a", "b"$/]],
);

test("without a run that collects, the first bad row ends it", (t) => {
  for (const options of [{ badRows: "skip" }, { ragged: "skip" }] as const) {
    const result = everyWay(t, csv({ header: true, ...options }), `${PLAIN}3\n8,9\n`);
    t.deepEqual([result.ok, result.recovered, result.emitted], [false, false, [first]]);
    t.is(result.diagnostics[0]?.extensions.rejected, undefined);
  }
});

test("a quote that is not closed is given up at a limit", (t) => {
  const lines = 70_000;
  const text = `${PLAIN}3,"4\n${"5,6\n".repeat(lines)}`;
  const { diagnostics, value } = run(csv({ header: true, ...skip }), text, collect);
  t.is(value, lines + 1);
  t.deepEqual(
    diagnostics.map(({ extensions }) => extensions.rejected),
    ['3,"4'],
  );
});
