// What `csv` may be asked for, checked once and brought into the form that the grammar is made of.

/** What a column holds: a type by its name, or a function that makes the value of the text of a cell. */
export type CsvColumn<T> = "text" | "number" | "integer" | "boolean" | "date" | ((text: string) => T);

/** Options of {@link csv}. */
export interface CsvOptions {
  /** What separates cells: one character or more. Default: `","`. */
  readonly delimiter?: string | undefined;
  /** What a quoted cell begins and ends with: one character; `false`: quotes are text. Default: `'"'`. */
  readonly quote?: string | false | undefined;
  /** What stands before a quote that is text: one character. Default: the quote itself, so that it is written twice. */
  readonly escape?: string | undefined;
  /** Lines that begin with this are left out. Default: none. */
  readonly comment?: string | undefined;
  /** Whether spaces and tabs around cells, outside their quotes, are left out. Default: `false`. */
  readonly trim?: boolean | undefined;
  /** Lines with nothing on them: left out, or rows of one empty cell, whatever `ragged` says. Default: `"skip"`. */
  readonly emptyLines?: "skip" | "keep" | undefined;
  /**
   * A row with more or fewer cells than the first: an error, taken as it is, or left out with a diagnostic where the run collects
   * them (`extensions.recover.mode` is `"collect"`). Default: `"error"`.
   */
  readonly ragged?: "error" | "keep" | "skip" | undefined;
  /**
   * A row with an error: the end of the run, or left out where the run collects diagnostics; the text of the row is
   * `extensions.rejected` of its diagnostic. Default: `"error"`.
   */
  readonly badRows?: "error" | "skip" | undefined;
}

/** The value of a cell of a column. */
export type CellOf<C> = C extends "number" | "integer"
  ? number
  : C extends "boolean"
    ? boolean
    : C extends "date"
      ? Date
      : C extends (text: string) => infer T
        ? T
        : string;

/** A row of a file whose columns have names. */
export type CsvRecord<C> = keyof C extends never ? Record<string, string> : { [K in keyof C]: CellOf<C[K]> };

/** How the cells of a file are written. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string | false;
  readonly escape: string;
  readonly header: boolean;
  readonly newline: "\n" | "\r\n" | "\r";
}

/** All options of `csv`. */
export interface AllOptions extends CsvOptions {
  readonly header?: boolean | readonly string[] | ((first: readonly string[]) => readonly string[]) | undefined;
  readonly columns?: Readonly<Record<string, CsvColumn<unknown>>> | undefined;
  readonly otherwise?: "text" | "drop" | undefined;
  /** That of a `CsvDialect`, whose properties may be given as they are: all line ends are read anyway. */
  readonly newline?: string | undefined;
}

/** The options with which cells are read. */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: string | undefined;
  /** The quote itself where it is doubled. */
  readonly escape: string | undefined;
  /** The characters that `trim` leaves out; empty without it. */
  readonly blanks: string;
}

const NAMES = {
  delimiter: isText,
  quote: (value: unknown) => value === false || isCharacter(value),
  escape: isCharacter,
  comment: isText,
  trim: (value: unknown) => typeof value === "boolean",
  emptyLines: (value: unknown) => value === "skip" || value === "keep",
  ragged: (value: unknown) => value === "error" || value === "keep" || value === "skip",
  badRows: (value: unknown) => value === "error" || value === "skip",
  header: (value: unknown) => typeof value === "boolean" || typeof value === "function" || isNames(value),
  columns: (value: unknown) => typeof value === "object" && value !== null && Object.values(value).every(isColumn),
  otherwise: (value: unknown) => value === "text" || value === "drop",
  newline: (value: unknown) => typeof value === "string",
} as const satisfies Readonly<Record<keyof AllOptions, (value: unknown) => boolean>>;

const WANTED: Readonly<Record<keyof AllOptions, string>> = {
  delimiter: "a text without line ends",
  quote: "one character, or false",
  escape: "one character",
  comment: "a text without line ends",
  trim: "true or false",
  emptyLines: '"skip" or "keep"',
  ragged: '"error", "keep" or "skip"',
  badRows: '"error" or "skip"',
  header: "true, false, an array of names, or a function of the first row",
  columns: 'an object of "text", "number", "integer", "boolean", "date" or functions',
  otherwise: '"text" or "drop"',
  newline: "a text",
};

/**
 * Checks options.
 *
 * @throws TypeError that says which one is wrong.
 */
export function checked(options: AllOptions): AllOptions {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new TypeError("csv takes its options as an object, such as csv({ header: true })");
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(NAMES, name))
      throw new TypeError(`csv has no option "${name}"; its options are ${Object.keys(NAMES).join(", ")}`);
    if (value !== undefined && !NAMES[name as keyof AllOptions](value))
      throw new TypeError(`csv: ${name} is ${WANTED[name as keyof AllOptions]}`);
  }
  if (options.columns !== undefined && (options.header ?? false) === false)
    throw new TypeError("csv: columns are found by their names, which header gives");
  return options;
}

/**
 * The dialect of options that were checked.
 *
 * @throws TypeError if two of its characters can't be told apart.
 */
export function dialectOf({
  delimiter = ",",
  quote = '"',
  escape: escaper,
  trim = false,
  comment,
}: AllOptions): Dialect {
  const quoting = quote === false ? undefined : quote;
  const escaping = quoting === undefined ? undefined : (escaper ?? quoting);
  for (const [name, one] of [["quote", quoting] as const, ["escape", escaping] as const]) {
    if (one !== undefined && delimiter.includes(one)) throw new TypeError(`csv: the delimiter contains the ${name}`);
  }
  if (comment !== undefined && (comment === delimiter || comment === quoting))
    throw new TypeError("csv: a comment can't begin as a cell does, with the delimiter or a quote");
  const blanks = trim ? [..." \t"].filter((blank) => !delimiter.includes(blank)).join("") : "";
  return { delimiter, quote: quoting, escape: escaping, blanks };
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "" && !/[\r\n]/u.test(value);
}

function isCharacter(value: unknown): boolean {
  return isText(value) && (value as string).length === 1;
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

function isColumn(value: unknown): boolean {
  return typeof value === "function" || ["text", "number", "integer", "boolean", "date"].includes(value as string);
}
