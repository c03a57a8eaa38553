// Which dialect a file is in: each is tried on the beginning of the file, and judged by how even the rows are that it gives.
import { run } from "../../index.ts";
import { converterOf, NONE } from "./columns.ts";
import { csv } from "./csv.ts";
import type { CsvDialect } from "./options.ts";

/** What the cells of a column hold. */
export type ColumnType = "text" | "number" | "integer" | "boolean" | "date";

/** What {@link detectCsv} finds. */
export interface DetectedCsv {
  readonly dialect: CsvDialect;
  /** From 0, nothing speaks for it, to 1. */
  readonly confidence: number;
  /** The other dialects that the sample could be in, most likely first. */
  readonly others: readonly { readonly dialect: CsvDialect; readonly confidence: number }[];
  /** The types that all cells of the sample have, by column: by its name, or from "0" on if there is no header. */
  readonly columns: Readonly<Record<string, ColumnType>>;
}

/** Only so much of a sample is looked at, in UTF-16 code units. */
const MOST_LOOKED_AT = 65_536;
/** Delimiters, and how much speaks for each before anything is read. */
const DELIMITERS: readonly (readonly [string, number])[] = [
  [",", 1],
  [";", 0.99],
  ["\t", 0.99],
  ["|", 0.98],
  [":", 0.6],
];
/** What speaks for rows that may come about by chance: of one cell each, or only one row. */
const [ONE_COLUMN, ONE_ROW] = [0.1, 0.7];
/** What is left to a dialect that can't read the sample at all; if it can read most of it, more is. */
const BROKEN = 0.3;
/** So many rows are all looked at, though the last one may be cut off. */
const FEW = 2;
/** What is left to one that has quotes at the beginning of cells, where another one understands them. */
const BARE = 0.7;
const FOREIGN = /[,;\t|]/u;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/u;

interface Guess {
  readonly dialect: CsvDialect;
  readonly confidence: number;
  readonly rows: readonly (readonly string[])[];
}

/**
 * Finds out how a CSV file is written, from its beginning: delimiter, quotes, line ends, whether its first row names the columns, and
 * what the columns hold. Delimiters and line ends in quoted cells don't count.
 *
 * @param sample the beginning of the file, UTF-8 if it is bytes; it may end anywhere, and its first 64 Ki characters count.
 * @returns the dialect, which `csv` takes among its options, how sure it is (0 to 1), the runners-up, and the types of the columns.
 * @throws TypeError if the sample is neither text nor bytes.
 *
 * @example
 * ```ts
 * import { detectCsv } from "sluice/formats/csv";
 * const { dialect, columns } = detectCsv('id;name\n1;"Smith; Ann"\n2;Bo\n');
 * dialect.delimiter; // => ";"
 * dialect.header; // => true
 * columns; // => { id: "integer", name: "text" }
 * ```
 */
export function detectCsv(sample: string | Uint8Array): DetectedCsv {
  if (typeof sample !== "string" && !(sample instanceof Uint8Array))
    throw new TypeError("detectCsv takes a sample, a text or a Uint8Array");
  const all = typeof sample === "string" ? sample : new TextDecoder().decode(sample.subarray(0, 3 * MOST_LOOKED_AT));
  const text = all.slice(0, MOST_LOOKED_AT).replace(/^\uFEFF/u, "");
  const guesses = quotings(text).flatMap(([quote, escaper]) =>
    DELIMITERS.map(([delimiter, prior]) => guess(text, delimiter, prior, quote, escaper)),
  );
  guesses.sort((a, b) => b.confidence - a.confidence);
  const [best, ...others] = guesses as [Guess, ...Guess[]];
  const { dialect, confidence, rows } = best;
  return {
    dialect,
    confidence,
    others: others
      .filter((one) => one.confidence > 0)
      .map((one) => ({ dialect: one.dialect, confidence: one.confidence })),
    columns: columnsOf(rows, dialect.header),
  };
}

/** Quotes and what escapes them, of those that there are in a text; the usual ones first. */
function quotings(text: string): (readonly [string | false, string])[] {
  const found: (readonly [string | false, string])[] = [['"', '"']];
  if (text.includes('\\"')) found.push(['"', "\\"]);
  if (/(?:^|[,;\t|:\r\n])'/u.test(text)) found.push(["'", "'"]);
  if (text.includes("\\'")) found.push(["'", "\\"]);
  if (text.includes('"')) found.push([false, '"']);
  return found;
}

function guess(text: string, delimiter: string, prior: number, quote: string | false, escaper: string): Guess {
  const options = { delimiter, quote, escape: escaper, ragged: "keep" } as const;
  const { emitted, ok, diagnostics } = run(csv(options), text);
  // the last row may go on behind the sample
  const isCut = !/[\r\n]$/u.test(text) && emitted.length > FEW;
  const rows = isCut && ok ? emitted.slice(0, -1) : emitted;
  const width = commonest(rows.map((row) => row.length));
  const even = rows.filter((row) => row.length === width).length / Math.max(1, rows.length);
  const cells = rows.flat();
  const foreign = cells.filter((cell) => FOREIGN.test(cell) && !DECIMAL_COMMA.test(cell)).length;
  const clean = 1 - foreign / Math.max(1, cells.length);
  const read = ok ? 1 : (diagnostics[0]?.at.start.offset ?? 0) / text.length;
  const bare = emitted.flat().some((cell) => /^["']/u.test(cell)) ? BARE : 1;
  const chance = width <= 1 ? ONE_COLUMN : rows.length === 1 ? ONE_ROW : 1;
  const confidence =
    rows.length === 0
      ? 0
      : prior * even * even * (0.7 + 0.3 * clean) * bare * chance * (BROKEN + (1 - BROKEN) * read * read);
  const dialect = { delimiter, quote, escape: escaper, header: hasHeader(rows), newline: newlineOf(text, quote) };
  return { dialect, confidence: Math.round(confidence * 1000) / 1000, rows };
}

function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1);
  let best = 0;
  for (const [n, count] of counts) if (count > (counts.get(best) ?? 0)) best = n;
  return best;
}

/** The line end that is the commonest outside of quotes. */
function newlineOf(text: string, quote: string | false): CsvDialect["newline"] {
  const counts = { "\n": 0, "\r\n": 0, "\r": 0 };
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const one = text[at] as string;
    if (one === quote) isQuoted = !isQuoted;
    if (isQuoted || (one !== "\r" && one !== "\n")) continue;
    const newline = one === "\r" && text[at + 1] === "\n" ? "\r\n" : one;
    counts[newline] += 1;
    at += newline.length - 1;
  }
  if (counts["\r\n"] > counts["\n"] && counts["\r\n"] >= counts["\r"]) return "\r\n";
  return counts["\r"] > counts["\n"] ? "\r" : "\n";
}

/** Whether the first row names columns: it has texts only, no two the same, none of which comes again below. */
function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0) return false;
  const isNames = first.every((cell) => cell.trim() !== "" && typeOf([cell]) === "text" && !/^\d/u.test(cell));
  if (!isNames || new Set(first).size < first.length) return false;
  return first.every((name, at) => others.every((row) => row[at] !== name));
}

function columnsOf(rows: readonly (readonly string[])[], header: boolean): Record<string, ColumnType> {
  const width = rows[0]?.length ?? 0;
  const names = header ? (rows[0] as readonly string[]) : Array.from({ length: width }, (_, at) => String(at));
  const body = header ? rows.slice(1) : rows;
  return Object.fromEntries(names.map((name, at) => [name, typeOf(body.map((row) => row[at] ?? ""))]));
}

/** The narrowest type that reads all cells, empty ones too; a number with zeros in front is a text, such as a post code. */
function typeOf(cells: readonly string[]): ColumnType {
  if (cells.length === 0 || cells.some((cell) => /^[+-]?0\d/u.test(cell))) return "text";
  const types = ["integer", "number", "boolean", "date"] as const;
  return types.find((type) => cells.every((cell) => converterOf(type)?.(cell) !== NONE)) ?? "text";
}
