// Dates and times (TOML 1.1, Offset Date-Time to Local Time; RFC 3339 §5.6), kept as they are written.
import { described } from "../../misuse/described.ts";

const SHAPE = /^(?:(\d{4})-(\d\d)-(\d\d))?(?:(^|[Tt ])(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?([Zz]|[-+]\d\d:\d\d)?)?$/;

/**
 * A date or a time of a TOML document, as it is written. No field is lost: the offset, the digits of the fraction and the
 * difference between `T` and a space stay.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { toml, TomlDate } from "sluice/formats/toml";
 * const { at } = unwrap(run(toml, "at = 1979-05-27T00:32:00.999999-07:00"));
 * at instanceof TomlDate ? [at.kind, at.text, at.toDate().toISOString()] : []; // => ["offset-date-time", "1979-05-27T00:32:00.999999-07:00", "1979-05-27T07:32:00.999Z"]
 * ```
 */
export class TomlDate {
  readonly kind: "offset-date-time" | "local-date-time" | "local-date" | "local-time";
  /** As it stands in the document. */
  readonly text: string;

  /**
   * @param text a date, a time or both, as TOML 1.1 writes them.
   * @throws RangeError if it is none; TypeError if it is not a string.
   */
  constructor(text: string) {
    if (typeof text !== "string") throw new TypeError(`TomlDate takes a text, but it was given ${described(text)}`);
    this.kind = kindOf(text);
    this.text = text;
  }

  /**
   * The same as a `Date`, which has milliseconds: further digits are cut off. An offset date-time is that instant. What is local
   * is taken in the time zone of the machine: a date as its midnight, a time as one of 1 January 1970. Second 60 is the next second.
   */
  toDate(): Date {
    const [, year, month, day, , hour, minute, second, fraction = "", offset] = SHAPE.exec(this.text) ?? [];
    const date = new Date(0);
    const fields = [year ?? 1970, Number(month ?? 1) - 1, day ?? 1].map(Number) as [number, number, number];
    const millis = Number(fraction.slice(1, 4).padEnd(3, "0"));
    const time = [hour ?? 0, minute ?? 0, second ?? 0, millis].map(Number) as [number, number, number, number];
    if (offset === undefined) {
      date.setFullYear(...fields);
      date.setHours(...time);
      return date;
    }
    date.setUTCFullYear(...fields);
    date.setUTCHours(...time);
    return new Date(date.getTime() - minutesOf(offset) * 60_000);
  }

  /** As it is written. */
  toString(): string {
    return this.text;
  }

  /** As it is written. */
  toJSON(): string {
    return this.text;
  }
}

/** @throws RangeError that says what is wrong with a text that is no date and no time. */
function kindOf(text: string): TomlDate["kind"] {
  const refuse = (why: string): never => {
    throw new RangeError(`${text} ${why}`);
  };
  const [found, year, month, day, , hour, minute, second = "00", , offset] = SHAPE.exec(text) ?? [];
  if (found === undefined || (year === undefined && (hour === undefined || offset !== undefined)))
    return refuse(
      "is no date and no time; write 1979-05-27, 07:32:00 or 1979-05-27T07:32:00, with Z or +01:00 behind it",
    );
  if (year !== undefined) {
    if (!isFrom(1, month, 12)) return refuse(`is no date: there is no month ${month}`);
    const days = daysIn(Number(year), Number(month));
    if (!isFrom(1, day, days)) return refuse(`is no date: month ${month} of ${year} has the days 01 to ${days}`);
    if (hour === undefined) return "local-date";
  }
  if (!isFrom(0, hour, 23)) return refuse("is no time: hours go from 00 to 23");
  if (!isFrom(0, minute, 59)) return refuse("is no time: minutes go from 00 to 59");
  // RFC 3339 §5.7
  if (!isFrom(0, second, 60)) return refuse("is no time: seconds go from 00 to 59, or 60 for a leap second");
  if (offset === undefined) return year === undefined ? "local-time" : "local-date-time";
  if (offset.length > 1 && !(isFrom(0, offset.slice(1, 3), 23) && isFrom(0, offset.slice(4), 59)))
    return refuse("has an offset beyond 23:59");
  return "offset-date-time";
}

function isFrom(least: number, digits: string | undefined, most: number): boolean {
  const value = Number(digits);
  return value >= least && value <= most;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Minutes east of Greenwich. */
function minutesOf(offset: string): number {
  if (offset.length === 1) return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return offset.startsWith("-") ? -minutes : minutes;
}
