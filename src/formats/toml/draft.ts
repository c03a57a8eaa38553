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

/** A key and its value; a header alone; nothing: a header that was wrong. */
type Statement = readonly [path: Path, value: TomlValue] | Header | undefined;

/** `[key]`, or `[[key]]`. */
export class Header {
  readonly path: Path;
  readonly many: boolean;

  constructor(path: Path, many: boolean) {
    this.path = path;
    this.many = many;
  }
}

class Log {
  readonly statements: Statement[] = [];
  readonly tables: Tables = new Tables();

  add(statement: Statement): Refusal | undefined {
    const refusal = applied(this.tables, statement);
    if (refusal === undefined) this.statements.push(statement);
    return refusal;
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
  add(statement: Statement): Draft | Refusal {
    const log = this.#own();
    return log.add(statement) ?? new Draft(log, log.statements.length);
  }

  /** The document. It is the caller's: nothing changes it any more. */
  finish(): Record<string, TomlValue> {
    const log = this.#own();
    // the log belongs to nobody from now on
    log.statements.push(undefined);
    return log.tables.root;
  }

  #own(): Log {
    const { statements } = this.#log;
    if (statements.length === this.#length) return this.#log;
    const log = new Log();
    for (let i = 0; i < this.#length; i++) log.add(statements[i]);
    return log;
  }
}

function applied(tables: Tables, statement: Statement): Refusal | undefined {
  if (statement === undefined) {
    tables.astray();
    return undefined;
  }
  if (!(statement instanceof Header)) return tables.assign(statement[0], statement[1]);
  return statement.many ? tables.element(statement.path) : tables.header(statement.path);
}
