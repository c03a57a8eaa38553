// CSV against papaparse and csv-parse, on random tables in random spellings. Where the three may differ, and why, stands in
// docs/formats/csv.md; such inputs are not made here, or are compared with one peer only.
import test from "ava";
import { parse as csvParse } from "csv-parse/sync";
import fc from "fast-check";
import Papa from "papaparse";
import { csv } from "../../src/formats/csv/index.ts";
import { run } from "../../src/index.ts";
import { firstDifference } from "../_chunks.ts";
import { deepEqual } from "../_equal.ts";
import { size } from "../_size.ts";
import { parameters } from "../reference/grammars.ts";

const config = { ...parameters, numRuns: size(300, 60_000) };

const part = fc.constantFrom("a", "b c", "0", '"', '""', ",", ";", "\n", "\r\n", "é", "😀", " ", "\t", "#", "\\", "||");
const content = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(""));
const delimiters = [",", ";", "\t", "|", "||"];

interface Spelling {
  readonly delimiter: string;
  readonly newline: "\n" | "\r\n";
  readonly quotes: readonly boolean[];
  readonly ends: boolean;
}
const spelling: fc.Arbitrary<Spelling> = fc.record({
  delimiter: fc.constantFrom(...delimiters),
  newline: fc.constantFrom("\n" as const, "\r\n" as const),
  quotes: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  ends: fc.boolean(),
});

function spell(table: readonly (readonly string[])[], { delimiter, newline, quotes, ends }: Spelling): string {
  let count = 0;
  const must = (cell: string, row: readonly string[]): boolean =>
    /["\r\n]/u.test(cell) || cell.includes(delimiter[0] as string) || (row.length === 1 && cell === "");
  const lines = table.map((row) =>
    row
      .map((cell) => (must(cell, row) || quotes[count++ % quotes.length] ? `"${cell.replaceAll('"', '""')}"` : cell))
      .join(delimiter),
  );
  return lines.join(newline) + (ends ? newline : "");
}

/** Rectangular: of ragged rows each has a view of its own. */
const table = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }))
  .chain(([width, height]) =>
    fc.array(fc.array(content, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  );

test("random tables are what papaparse and csv-parse read, and what was written", (t) => {
  fc.assert(
    fc.property(table, spelling, (rows, how) => {
      const text = spell(rows, how);
      const { delimiter, newline } = how;
      const options = { delimiter };
      const { emitted, ok } = run(csv(options), text);
      const found =
        (ok ? undefined : "is refused") ??
        deepEqual(emitted, rows) ??
        deepEqual(emitted, Papa.parse<string[]>(text.replace(/\r?\n$/u, ""), { delimiter, newline }).data) ??
        deepEqual(emitted, csvParse(text, { delimiter, record_delimiter: newline })) ??
        firstDifference(csv(options), text, {}, { random: 2 });
      if (found !== undefined) throw new Error(`${JSON.stringify(text)}: ${found}`);
    }),
    config,
  );
  t.pass();
});

test("random text never throws, reads the same however it is cut, and is what csv-parse reads where that reads it", (t) => {
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join("")),
      (text) => {
        const parser = csv({ ragged: "keep" });
        const { emitted, ok } = run(parser, text);
        const skipping = csv({ badRows: "skip" });
        const collect = { extensions: { recover: { mode: "collect" as const } } };
        let found =
          firstDifference(parser, text, {}, { random: 2 }) ?? firstDifference(skipping, text, collect, { random: 2 });
        if (run(skipping, text, collect).value === undefined) found ??= "bad rows end the run";
        const peer = readBy(text);
        if (peer !== undefined) found ??= ok ? deepEqual(emitted, peer) : "csv-parse reads it";
        if (found !== undefined) throw new Error(`${JSON.stringify(text)}: ${found}`);
      },
    ),
    config,
  );
  t.pass();
});

/** What csv-parse reads, if it does; it refuses quotes inside of cells that are not quoted, and knows one line end per file. */
function readBy(text: string): string[][] | undefined {
  if (/(?<!\r)\n/u.test(text) && text.includes("\r\n")) return undefined;
  try {
    return csvParse(text, { relax_column_count: true, skip_empty_lines: true });
  } catch {
    return undefined;
  }
}
