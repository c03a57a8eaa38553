// What a row becomes: its cells as they are, or a record by the names of the columns.
import { type Refusal, refuse } from "../../index.ts";
import { cellsOf, isPlain, likelyCells } from "./cells.ts";
import { type Convert, converterOf, NONE, refusalOf } from "./columns.ts";
import type { AllOptions, CsvColumn, Dialect } from "./options.ts";

/** How rows of one file are read. */
export interface Shape {
  /** How many cells a row has; undefined if any number will do. */
  readonly width: number | undefined;
  /** The value of what is likely a row. @throws if it is not sure to be one, or there is something wrong with it. */
  likely(text: string): unknown;
  /** The value of a row. @throws if there is something wrong with it. */
  read(text: string): unknown;
  /** What is wrong with a row, and where. */
  explain(text: string): unknown;
}

/** Thrown where something is wrong; `explain` finds out what. */
const WRONG: Error = /* @__PURE__ */ new Error("a row is not of the shape of its file");

/** @param build the value of cells, or `NONE`. @param plain the same of a row without quotes. */
function shapeOf(
  dialect: Dialect,
  width: number | undefined,
  build: (cells: string[]) => unknown,
  plain: ((text: string) => unknown) | undefined,
  wrong: (cells: readonly string[], places: readonly number[]) => unknown,
): Shape {
  const fitting = (cells: string[] | undefined): unknown =>
    cells === undefined || (width !== undefined && cells.length !== width) ? NONE : build(cells);
  const sound = (value: unknown): unknown => {
    if (value === NONE) throw WRONG;
    return value;
  };
  const read = (text: string): unknown => {
    const cells = cellsOf(text, dialect);
    // an empty line that is kept has one cell, whatever others have
    return sound(text === "" ? build(cells) : fitting(cells));
  };
  return {
    width,
    likely: (text) =>
      sound(plain !== undefined && isPlain(text, dialect) ? plain(text) : fitting(likelyCells(text, dialect))),
    read,
    explain(text) {
      const places: number[] = [];
      const cells = cellsOf(text, dialect, places);
      const tooMany = text === "" || cells.length === width ? undefined : width;
      const refusal = wrong(cells, places) ?? (tooMany === undefined ? undefined : misfit(cells, places, tooMany));
      return refusal ?? read(text);
    },
  };
}

/** Rows as arrays of texts. */
export function arrays(dialect: Dialect, width: number | undefined): Shape {
  return shapeOf(
    dialect,
    width,
    (cells) => cells,
    undefined,
    () => undefined,
  );
}

/** A column that is in the records. */
interface Column {
  readonly name: string;
  readonly at: number;
  readonly type: CsvColumn<unknown>;
  readonly convert: Convert | undefined;
}

/** Rows as records. */
export function records(
  names: readonly string[],
  dialect: Dialect,
  width: number | undefined,
  { columns = {}, otherwise = "text" }: AllOptions,
): Shape {
  const all = names.map((name, at): Column => {
    const type = Object.hasOwn(columns, name) ? (columns[name] as CsvColumn<unknown>) : "text";
    return { name, at, type, convert: converterOf(type) };
  });
  const taken = otherwise === "drop" ? all.filter(({ name }) => Object.hasOwn(columns, name)) : all;
  const last = names.length - 1;
  // all records have their properties in the same order, and a place of its own for each: `__proto__` is one like any other
  const empty = Object.fromEntries(taken.map(({ name }) => [name, undefined]));

  /** A row of which every cell is wanted, without an array of cells in between. */
  function plain(text: string): unknown {
    const record: Record<string, unknown> = { ...empty };
    let from = 0;
    for (let at = 0; at <= last; at++) {
      let to = text.indexOf(dialect.delimiter, from);
      if (to < 0 !== (at === last)) return NONE;
      if (to < 0) to = text.length;
      const { name, convert } = all[at] as Column;
      const cell = text.slice(from, to);
      const value = convert === undefined ? cell : convert(cell);
      if (value === NONE) return NONE;
      record[name] = value;
      from = to + dialect.delimiter.length;
    }
    return record;
  }

  function build(cells: readonly string[]): unknown {
    const there = cells.length > last ? taken : taken.filter(({ at }) => at < cells.length);
    const record: Record<string, unknown> =
      there === taken ? { ...empty } : Object.fromEntries(there.map(({ name }) => [name, undefined]));
    for (const { name, at, convert } of there) {
      const cell = cells[at] as string;
      const value = convert === undefined ? cell : convert(cell);
      if (value === NONE) return NONE;
      record[name] = value;
    }
    return record;
  }

  function wrong(cells: readonly string[], places: readonly number[]): Refusal | undefined {
    for (const { name, at, type, convert } of taken) {
      const cell = cells[at];
      if (cell === undefined || convert === undefined || convert(cell) !== NONE) continue;
      const [from, to] = [places[2 * at], places[2 * at + 1]];
      return refuse(`column ${JSON.stringify(name)}: ${refusalOf(type, cell)}`, { at: from, to });
    }
    return undefined;
  }

  return shapeOf(dialect, width, build, width === names.length && taken === all ? plain : undefined, wrong);
}

/** What is wrong with a row that has more or fewer cells than others. */
function misfit({ length }: readonly string[], places: readonly number[], width: number): Refusal {
  const message = `this row has ${length} ${length === 1 ? "cell" : "cells"}, the first one has ${width}`;
  return refuse(message, { at: places[2 * Math.min(width, length - 1)] });
}
