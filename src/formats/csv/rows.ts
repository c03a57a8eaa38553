// The rows of a file, one after the other: each is emitted as soon as its last character is there.
import {
  as,
  attempt,
  choice,
  cut,
  decode,
  emit,
  eof,
  fail,
  fold,
  lookahead,
  ok,
  or,
  type Parser,
  recoverUntil,
  seq,
  skipL,
  skipR,
  tryMap,
  verify,
} from "../../index.ts";
import { lineEnding, string, takeWhile, takeWhile1 } from "../../lex/index.ts";
import { cellsOf } from "./cells.ts";
import { ahead, except, type Frames, inLine, rowEnd } from "./frame.ts";
import type { AllOptions, Dialect } from "./options.ts";
import type { Shape } from "./shape.ts";

/** What the rows of all files of these options are made of. */
export interface Ground {
  readonly options: AllOptions;
  readonly dialect: Dialect;
  readonly frames: Frames;
}

type Rows = Parser<number, unknown>;

const anything = takeWhile(except(""));
const sum = (rows: number, more: number): number => rows + more;

/** As often as there is one of these; the value is how many rows were emitted. */
export function counted(parts: readonly Rows[]): Rows {
  return fold(choice(parts), () => 0, sum);
}

/** All rows of a shape. */
export function rowsOf(ground: Ground, shape: Shape): Rows {
  const { options, frames } = ground;
  const row = skipR(leftOutIf(options, emitted(shape, frames.row)), rowEnd);
  const likely = frames.likely === undefined ? [] : [skipR(likelyRow(shape, frames.likely), rowEnd)];
  const lines = idle(ground, shape);
  return counted([
    // what may be a comment is none first
    ...(options.comment === undefined ? [...likely, ...lines] : [...lines, ...likely]),
    ...(options.ragged === "skip" ? [raggedRow(ground, shape)] : []),
    row,
    ...brokenRows(ground, shape),
  ]);
}

/** Lines that are no rows; and empty ones that are. */
export function idle(ground: Ground, shape?: Shape): Rows[] {
  const { options, dialect } = ground;
  const { blanks } = dialect;
  const empty = blanks === "" ? lineEnding : or(lineEnding, attempt(seq(takeWhile1(blanks), rowEnd)));
  const keeps = options.emptyLines === "keep" && shape !== undefined;
  const line = keeps
    ? skipL(ahead(empty), skipR(leftOutIf(options, cut(emitted(shape, emptyText))), empty))
    : as(empty, 0);
  const { comment } = options;
  if (comment === undefined) return [line];
  return [line, as(seq(string(comment), takeWhile(inLine), rowEnd), 0)];
}

const emptyText = ok("");

/** One row, read as fast as may be; where it is not so simple, nothing is read. */
function likelyRow(shape: Shape, frame: Parser<unknown>): Rows {
  return as(emit(decode(frame, (text) => shape.likely(text), fail())), 1);
}

/** One row, emitted. */
function emitted(shape: Shape, frame: Parser<unknown>): Rows {
  const explained = tryMap(anything, (text) => shape.explain(text));
  return as(emit(decode(frame, (text) => shape.read(text), explained)), 1);
}

/** A row that is left out where it is bad, if bad rows are. */
function leftOutIf({ badRows }: AllOptions, row: Rows): Rows {
  return badRows === "skip" ? leftOut(row, ok(undefined)) : row;
}

function leftOut(row: Rows, until: Parser<unknown>): Rows {
  return recoverUntil(row, until, 0, { rejected: true });
}

/** A row that is left out for the number of its cells, where other errors end the run. */
function raggedRow({ dialect, frames }: Ground, shape: Shape): Rows {
  const cells: Parser<string[]> = decode(frames.row, (text) => cellsOf(text, dialect));
  const isRagged = verify(cells, ({ length }) => length !== shape.width, "fits");
  const row = leftOut(cut(emitted(shape, frames.row)), ok(undefined));
  return skipL(ahead(isRagged), skipR(row, rowEnd));
}

/** A row whose quotes don't fit. It is given up: to the end of its line, or where that is not sure, to the next line whose cells fit. */
export function brokenRows({ options, dialect, frames }: Ground, shape?: Shape): Rows[] {
  const { broken } = frames;
  if (broken === undefined) return [];
  if (options.badRows !== "skip") return [broken.any];
  const width = shape?.width;
  const next: Parser<string[]> = decode(frames.row, (text) => cellsOf(text, dialect));
  const fits = width === undefined ? next : verify(next, ({ length }) => length === width, "fits");
  const until = or(lookahead(seq(lineEnding, fits, rowEnd)), eof);
  return [leftOut(broken.line, takeWhile(inLine)), leftOut(broken.any, until)].map((row) => skipR(row, rowEnd));
}
