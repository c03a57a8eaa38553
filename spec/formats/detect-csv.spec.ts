// detectCsv: what it takes a sample for, and that csv reads the sample so.
import test from "ava";
import { csv, detectCsv } from "../../src/formats/csv/index.ts";
import { run } from "../../src/index.ts";

type Found = readonly [delimiter: string, quote: string | false, header: boolean, newline: string];

const detects = test.macro((t, sample: string, [delimiter, quote, header, newline]: Found, columns?: object) => {
  for (const given of [sample, new TextEncoder().encode(sample)]) {
    const found = detectCsv(given);
    const { dialect } = found;
    t.deepEqual(
      [dialect.delimiter, dialect.quote, dialect.header, dialect.newline],
      [delimiter, quote, header, newline],
    );
    if (columns !== undefined) t.deepEqual(found.columns, columns as never);
    t.true(found.confidence >= 0 && found.confidence <= 1);
    const order = [found, ...found.others].map(({ confidence }) => confidence);
    t.deepEqual(
      order,
      [...order].sort((a, b) => b - a),
    );
    t.false(found.others.some((other) => JSON.stringify(other.dialect) === JSON.stringify(dialect)));
    const typed = { ...dialect, header: true, columns: found.columns } as const;
    if (header && /[\r\n]$/u.test(sample)) t.true(run(csv(typed), sample).ok);
  }
});

test("commas", detects, "id,name\n1,Ann\n2,Bo\n", [",", '"', true, "\n"], { id: "integer", name: "text" });
test("semicolons, with commas in quotes", detects, 'a;b\r\n"1,2,3";x\r\n"4,5,6";y\r\n', [";", '"', true, "\r\n"]);
test("semicolons, with decimal commas", detects, "1,5;2,5;3,5\n4,5;5,5;6,5\n", [";", '"', false, "\n"]);
test("tabs", detects, "a\tb, c\n1\t2, 3, 4\n", ["\t", '"', true, "\n"]);
test("bars, old line ends", detects, "a|b\r1|2\r3|4\r", ["|", '"', true, "\r"], { a: "integer", b: "integer" });
test("colons", detects, "root:0:x\nann:1:y\n", [":", '"', false, "\n"]);
test("single quotes", detects, "a,b\n'1,2','x'\n'3,4','y'\n", [",", "'", true, "\n"]);
test("line ends in quotes", detects, 'a,b\r\n"x\n\n\n\n\n",1\r\n"y\n\n",2\r\n', [",", '"', true, "\r\n"], {
  a: "text",
  b: "integer",
});
test("no header", detects, "1,2\n3,4\n", [",", '"', false, "\n"], { 0: "integer", 1: "integer" });
test("types", detects, "a,b,c,d,e\n1,1.5,true,2024-02-29,007\n2,2,FALSE,2024-03-01,12\n", [",", '"', true, "\n"], {
  a: "integer",
  b: "number",
  c: "boolean",
  d: "date",
  e: "text",
});
test("an empty cell is a text", detects, "a,b\n1,\n2,3\n", [",", '"', true, "\n"], { a: "integer", b: "text" });
test("a byte order mark", detects, "\uFEFFa;b\n1;2\n", [";", '"', true, "\n"], { a: "integer", b: "integer" });
test("a sample that is cut off", detects, 'a;b\n1;2\n3;4\n5;"x', [";", '"', true, "\n"], {
  a: "integer",
  b: "integer",
});
test("nothing", detects, "", [",", '"', false, "\n"], {});

test("an escape", (t) => {
  t.is(detectCsv('"a","b\\"c"\n"d","e"\n').dialect.escape, "\\");
  t.is(detectCsv('"a","b""c"\n"d","e"\n').dialect.escape, '"');
});

test("it is surer of rows that are even", (t) => {
  t.true(detectCsv("a;b;c\n1;2;3\n4;5;6\n").confidence > 0.9);
  t.true(detectCsv("some words\nand, more words\nof a text\n").confidence < 0.5);
});

test("neither text nor bytes", (t) => {
  t.throws(() => detectCsv(1 as never), { instanceOf: TypeError });
});
