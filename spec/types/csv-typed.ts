// Rows of CSV, typed by their columns.
import { type CellOf, type CsvRecord, csv } from "sluice/formats/csv";
import { file } from "sluice/node";
import { parseEach } from "sluice/stream";

const orders = csv({
  header: true,
  columns: { id: "integer", paid: "boolean", at: "date", sum: (text) => BigInt(text) },
  badRows: "skip",
});

export async function totalOf(path: string): Promise<bigint> {
  let total = 0n;
  const collect = { extensions: { recover: { mode: "collect" } } } as const;
  for await (const { id, paid, at, sum } of parseEach(orders, file(path), collect)) {
    if (paid && at.getFullYear() > 2020 && id % 2 === 0) total += sum;
  }
  return total;
}

export async function cells(): Promise<string[]> {
  const seen: string[] = [];
  for await (const row of parseEach(csv({ header: true }), ["a,b\n1,2\n"])) seen.push(row.a?.trim() ?? "");
  for await (const [first = "", ...rest] of parseEach(csv(), ["a,b\n"])) seen.push(first, ...rest);
  return seen;
}

export const cell: CellOf<"number"> = 1;
export const record: CsvRecord<{ readonly a: "date"; readonly b: (text: string) => bigint }> = {
  a: new Date(0),
  b: 1n,
};
// @ts-expect-error a boolean is no text
export const wrong: CellOf<"boolean"> = "true";
// @ts-expect-error columns need names
csv({ columns: { a: "text" } });
