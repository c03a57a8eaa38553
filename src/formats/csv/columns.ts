// The types of columns: what the text of a cell stands for.
import type { CsvColumn } from "./options.ts";

/** No value: the cell is none of its column. */
export const NONE: unique symbol = Symbol("none");

/** Makes the value of a cell. */
export type Convert = (text: string) => unknown;

/** What makes the values of a column; nothing where a cell is its text. */
export function converterOf(column: CsvColumn<unknown>): Convert | undefined {
  if (typeof column !== "function") return column === "text" ? undefined : BY_NAME[column];
  return (text) => {
    try {
      return column(text);
    } catch {
      return NONE;
    }
  };
}

/** Why a cell is no value of its column. */
export function refusalOf(column: CsvColumn<unknown>, text: string): string {
  if (typeof column !== "function") return `${shown(text)} is no ${SAID[column]}`;
  try {
    column(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return `${shown(text)} is refused`;
}

const SAID = {
  text: "text",
  number: "number",
  integer: "whole number up to 2^53",
  boolean: "true or false",
  date: "date",
};
const BY_NAME = { number: numberOf, integer: integerOf, boolean: booleanOf, date: dateOf } as const;
/** Longer cells are cut where they are shown. */
const MOST_SHOWN = 40;

function shown(text: string): string {
  return JSON.stringify(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);
}

const [ZERO, NINE, PLUS, MINUS, POINT, UPPER_E, LOWER_E] = [48, 57, 43, 45, 46, 69, 101];

/** A decimal number: `Number` reads other things too, such as `0x10`, `Infinity` and white space. */
function numberOf(text: string): number | typeof NONE {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= ZERO && unit <= NINE) continue;
    if (unit !== POINT && unit !== MINUS && unit !== PLUS && unit !== LOWER_E && unit !== UPPER_E) return NONE;
  }
  const value = Number(text);
  return Number.isFinite(value) && text !== "" ? value : NONE;
}

/** Digits with a sign or without, exact as a number. */
function integerOf(text: string): number | typeof NONE {
  let at = text.charCodeAt(0) === MINUS || text.charCodeAt(0) === PLUS ? 1 : 0;
  if (at === text.length) return NONE;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < ZERO || unit > NINE) return NONE;
  }
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : NONE;
}

function booleanOf(text: string): boolean | typeof NONE {
  if (text === "true") return true;
  if (text === "false") return false;
  if (text.length > 5) return NONE;
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : NONE;
}

const DATE = /^\d{4}-\d\d-\d\d(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/u;
/** Every month has so many days. */
const SHORTEST = 28;

/** A date as in ECMA-262's format of date-times, with a space in place of the T if one likes; the day must exist. */
function dateOf(text: string): Date | typeof NONE {
  if (!DATE.test(text)) return NONE;
  const date = new Date(text.length > 10 ? text.replace(" ", "T") : text);
  const day = Number(text.slice(8, 10));
  if (Number.isNaN(date.getTime()) || (day > SHORTEST && day > daysOf(text))) return NONE;
  return date;
}

/** How many days the month of a date has; the calendar repeats after 400 years. */
function daysOf(text: string): number {
  const [year, month] = [Number(text.slice(0, 4)), Number(text.slice(5, 7))];
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
