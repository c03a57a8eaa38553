// What the first row decides: the names of the columns, or how many cells the others have.
import {
  andThen,
  as,
  choice,
  decode,
  emit,
  eof,
  fail,
  map,
  notFollowedBy,
  or,
  type Parser,
  type Refusal,
  refuse,
  seq,
  skipL,
  skipR,
  tryMap,
} from "../../index.ts";
import { cellsOf } from "./cells.ts";
import { rowEnd } from "./frame.ts";
import type { AllOptions } from "./options.ts";
import { brokenRows, counted, type Ground, idle, rowsOf } from "./rows.ts";
import { arrays, records, type Shape } from "./shape.ts";

type Rows = Parser<number, unknown>;

/** All of a file whose columns have names. */
export function named(ground: Ground): Rows {
  const { options, dialect } = ground;
  const { header, ragged } = options;
  const shapeOf = (names: readonly string[], width: number): Shape =>
    records(names, dialect, ragged === "keep" ? undefined : width, options);
  if (Array.isArray(header)) {
    const missing = missingOf(options, header);
    if (missing !== undefined) throw new TypeError(`csv: ${missing}`);
    return rowsOf(ground, shapeOf(header, header.length));
  }
  const name = typeof header === "function" ? header : undefined;
  const first = tryMap(firstRow(ground), (cells): Names | Refusal => {
    const names = name === undefined ? cells : checkedNames(name(cells));
    const missing = missingOf(options, names);
    return missing === undefined ? { names, width: cells.length } : refuse(missing);
  });
  const rest = remembering(({ names, width }: Names) => rowsOf(ground, shapeOf(names, width)));
  const body = or(andThen(skipR(first, rowEnd), rest), unless(ground));
  return skipL(counted(idle(ground)), body);
}

interface Names {
  readonly names: readonly string[];
  readonly width: number;
}

/** All of a file whose rows are arrays. */
export function unnamed(ground: Ground): Rows {
  const { options, dialect } = ground;
  const any = arrays(dialect, undefined);
  if (options.ragged === "keep") return rowsOf(ground, any);
  const rest = remembering((width: number) => map(rowsOf(ground, arrays(dialect, width)), (rows) => rows + 1));
  const first = skipR(emit(firstRow(ground)), rowEnd);
  const body = or(
    andThen(first, ({ length }) => rest(length)),
    unless(ground),
  );
  const broken = options.badRows === "skip" ? brokenRows(ground) : [];
  const noRow = notFollowedBy(ground.frames.row);
  const before = counted([...idle(ground, any), ...broken.map((row) => skipL(noRow, row))]);
  return map(seq(before, body), ([some, others]) => some + others);
}

function firstRow({ frames, dialect }: Ground): Parser<string[]> {
  return decode(frames.row, (text) => cellsOf(text, dialect));
}

/**
 * There is no first row: nothing is left, or what is left is none. That rows are emitted has to be known before the first one says
 * which, so there is an `emit` here, of nothing.
 */
function unless(ground: Ground): Rows {
  const broken = brokenRows({ ...ground, options: { ...ground.options, badRows: "error" } });
  return choice([...broken, as(emit(fail()), 0), as(eof, 0)]);
}

/** A typed column that is not there. */
function missingOf({ columns = {} }: AllOptions, names: readonly string[]): string | undefined {
  const missing = Object.keys(columns).find((name) => !names.includes(name));
  if (missing === undefined) return undefined;
  const there = names.map((name) => JSON.stringify(name)).join(", ");
  return `there is no column ${JSON.stringify(missing)}; the columns are ${there}`;
}

/** @throws TypeError if the names that a function gave are none. */
function checkedNames(names: readonly string[]): readonly string[] {
  if (Array.isArray(names) && names.every((name) => typeof name === "string")) return names;
  throw new TypeError("csv: the function that is the header gives an array of names");
}

/**
 * The same function, which gives again what it gave last if it is asked the same: files of one kind follow each other, and a parser is
 * compiled once.
 */
function remembering<A, B>(make: (asked: A) => B): (asked: A) => B {
  let last: { readonly key: string; readonly made: B } | undefined;
  return (asked) => {
    const key = JSON.stringify(asked);
    if (last?.key !== key) last = { key, made: make(asked) };
    return last.made;
  };
}
