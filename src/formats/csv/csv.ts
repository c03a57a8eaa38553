// CSV (RFC 4180) and its dialects, on public combinators. Each row is emitted as soon as it is complete.
import { opt, type Parser, skipL } from "../../index.ts";
import { string } from "../../lex/index.ts";
import { framesOf } from "./frame.ts";
import { named, unnamed } from "./header.ts";
import { type AllOptions, type CsvColumn, type CsvOptions, type CsvRecord, checked, dialectOf } from "./options.ts";

/**
 * A CSV file (RFC 4180) or one of its dialects, to the end of the input. Each row is emitted as soon as it is complete, as an array of
 * texts or, with `header`, as a record by the names of the columns. Line ends are CR, LF and CRLF, mixed as they come. A byte
 * order mark is left out.
 *
 * With `columns` cells have types. A cell that is no value of its type is an error at that cell:
 *
 * | type        | cells                                                                             |
 * | ----------- | --------------------------------------------------------------------------------- |
 * | `"text"`    | any                                                                               |
 * | `"number"`  | a decimal number: `-1.5`, `+2`, `1e6`                                             |
 * | `"integer"` | digits, perhaps with a sign, up to 2^53                                           |
 * | `"boolean"` | `true` or `false`, in small or capital letters                                    |
 * | `"date"`    | `2024-02-29`, or a date and time as in ECMA-262, also with a space in place of `T` |
 * | a function  | those for which it does not throw; it should be pure                              |
 *
 * @param options see {@link CsvOptions}. `header`: the first row names the columns (`true`), or these names do, or those that a
 * function makes of the first row. `columns`: types by name. `otherwise`: what columns that are not named there hold, `"text"` (the
 * default), or `"drop"`: they are left out.
 * @returns a parser whose value is the number of rows.
 * @throws TypeError if an option does not exist or has another type, if two characters of the dialect can't be told apart, or if a
 * column is typed that is not among the names given.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { csv } from "sluice/formats/csv";
 * run(csv(), 'a,"b,c"\n1,2\n').emitted; // => [["a", "b,c"], ["1", "2"]]
 * const typed = csv({ header: true, columns: { id: "integer", sum: (text) => BigInt(text) } });
 * run(typed, "id,sum,note\n7,12,new\n").emitted; // => [{ id: 7, sum: 12n, note: "new" }]
 * run(typed, "id,sum\n7,x\n").diagnostics[0]?.at.start; // => { offset: 9, byteOffset: 9, line: 2, column: 3 }
 * ```
 */
// biome-ignore lint/complexity/noBannedTypes: no columns, which has no keys
export function csv<const C extends Readonly<Record<string, CsvColumn<unknown>>> = {}>(
  options: CsvOptions & {
    readonly header: true | readonly string[] | ((first: readonly string[]) => readonly string[]);
    readonly columns?: (C & Readonly<Record<string, CsvColumn<unknown>>>) | undefined;
    readonly otherwise?: "text" | "drop" | undefined;
  },
): Parser<number, CsvRecord<C>>;
export function csv(options?: CsvOptions & { readonly header?: false | undefined }): Parser<number, string[]>;
export function csv(options: AllOptions = {}): Parser<number, never> {
  const dialect = dialectOf(checked(options));
  const ground = { options, dialect, frames: framesOf(dialect) };
  const { header = false } = options;
  const file = header === false ? unnamed(ground) : named(ground);
  return skipL(byteOrderMark, file) as Parser<number, never>;
}

const byteOrderMark = /* @__PURE__ */ opt(/* @__PURE__ */ string("\uFEFF"));
