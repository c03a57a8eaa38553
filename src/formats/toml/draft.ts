// A document in the making, as an immutable value: what a run hands on from statement to statement.
//
//     draft 1    draft 2    draft 3
//        │          │          │           each is a place in a log of statements
//     ───┴──────────┴──────────┴──▶ log
//                              tables      they grow in place, and hold what the log holds up to its end
//
// Only who stands at the end of a log adds to it. Where another branch has gone on from there, the statements up to that place
// are taken into a log of its own. So a run that goes straight on pays nothing for it, and one that is resumed twice pays once
// for what it has read.
import type { Refusal } from "../../index.ts";
import type { Path } from "./keys.ts";
import { Tables, type TomlValue } from "./tables.ts";

/** What takes the place of a value where a statement has none: `[key]`, `[[key]]`, and a header that was wrong. */
export const HEADER: unique symbol = Symbol("[key]");
export const ELEMENT: unique symbol = Symbol("[[key]]");
export const ASTRAY: unique symbol = Symbol("a wrong header");

type Said = TomlValue | typeof HEADER | typeof ELEMENT | typeof ASTRAY;

class Log {
  /** The statements: a key, and behind it its value. A list of pairs would keep one object more for each. */
  readonly #said: (Path | Said)[] = [];
  readonly tables: Tables = new Tables();

  get length(): number {
    return this.#said.length;
  }

  add(path: Path, value: Said): Refusal | undefined {
    const refusal = applied(this.tables, path, value);
    if (refusal === undefined) this.#said.push(path, value);
    return refusal;
  }

  /** Adds the first statements of another log. */
  addFrom(other: Log, length: number): void {
    const said = other.#said;
    for (let i = 0; i < length; i += 2) this.add(said[i] as Path, said[i + 1] as Said);
  }
}

export class Draft {
  readonly #log: Log;
  readonly #length: number;

  constructor(log: Log, length: number) {
    this.#log = log;
    this.#length = length;
  }

  /** Nothing was read yet. */
  static readonly empty: Draft = /* @__PURE__ */ new Draft(new Log(), -1);

  /** The draft with one statement more, or why it can't be there. */
  add(path: Path, value: Said): Draft | Refusal {
    const log = this.#own();
    return log.add(path, value) ?? new Draft(log, log.length);
  }

  /** The document. It is the caller's: nothing changes it any more. */
  finish(): Record<string, TomlValue> {
    const log = this.#own();
    // the log belongs to nobody from now on
    log.add(NO_KEY, ASTRAY);
    return log.tables.root;
  }

  #own(): Log {
    if (this.#log.length === this.#length) return this.#log;
    const log = new Log();
    log.addFrom(this.#log, this.#length);
    return log;
  }
}

/** The key of a header that was wrong. */
export const NO_KEY: Path = ["", { offset: 0, byteOffset: 0, line: 1, column: 1 }, undefined];

function applied(tables: Tables, path: Path, value: Said): Refusal | undefined {
  if (value === HEADER) return tables.header(path);
  if (value === ELEMENT) return tables.element(path);
  if (value !== ASTRAY) return tables.assign(path, value);
  tables.astray();
  return undefined;
}
