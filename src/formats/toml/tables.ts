// Which tables a document has, and who may define what (TOML 1.1, Key/Value Pair, Table, Inline Table, Array of Tables).
//
//     [fruit]              defines "fruit"
//     apple.color = 1      defines "fruit.apple" by a dotted key: only dotted keys under [fruit] may add to it, and
//     [fruit.apple.peel]   headers to what is in it
//     [a.b.c]              defines "a.b.c"; "a" and "a.b" are there now and may still be defined
//     [[list]]             defines one more table of "list"
import { type Refusal, refuse, type Span } from "../../index.ts";
import { TomlDate } from "./dates.ts";
import { type Path, type Place, placeOf, shown, shownName, spanOf, textOf } from "./keys.ts";

/** Any value of a TOML document. */
export type TomlValue = string | number | bigint | boolean | TomlDate | TomlValue[] | { [key: string]: TomlValue };

/** How a table came to be: by a longer header, by its own, or by a dotted key. */
type Definition = "implied" | "header" | "dotted";

/** What statements can add to: a table, or an array of tables and the last one of it. */
interface Open {
  table: Table;
  readonly list: TomlValue[] | undefined;
  /** Which key of its table it is. */
  readonly index: number;
}

class Table {
  readonly value: { [key: string]: TomlValue } = {};
  definition: Definition;
  /** Its keys in their order, and where each was first defined. */
  readonly #names: string[] = [];
  readonly #places: Place[] = [];
  /** By name; every other key is given a value for good. */
  #open: Map<string, Open> | undefined;

  constructor(definition: Definition) {
    this.definition = definition;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.value, name);
  }

  open(name: string): Open | undefined {
    return this.#open?.get(name);
  }

  /** A property like any other, whatever its name. */
  set(name: string, place: Place, value: TomlValue): void {
    if (name === "__proto__")
      Object.defineProperty(this.value, name, { value, enumerable: true, configurable: true, writable: true });
    else this.value[name] = value;
    this.#names.push(name);
    this.#places.push(place);
  }

  /** A new table in this one; `list`: as the first of an array of tables. */
  add(name: string, place: Place, definition: Definition, list?: TomlValue[]): Table {
    const table = new Table(definition);
    list?.push(table.value);
    this.set(name, place, list ?? table.value);
    this.#open ??= new Map();
    this.#open.set(name, { table, list, index: this.#names.length - 1 });
    return table;
  }

  /** Where a key was first defined. */
  firstOf(name: string): Span {
    const place = this.#places[this.#names.indexOf(name)] as Place;
    return spanOf(name, place);
  }

  /** A key that was only implied is defined now. */
  redefined({ index }: Open, place: Place): void {
    this.#places[index] = place;
  }

  /** What a key holds, in words. */
  kindOf(name: string): string {
    if (this.open(name) !== undefined) return this.open(name)?.list === undefined ? "a table" : "an array of tables";
    const held = Object.getOwnPropertyDescriptor(this.value, name)?.value as TomlValue;
    if (Array.isArray(held)) return "an array";
    if (held instanceof TomlDate) return "a date or time";
    if (typeof held === "object") return "an inline table";
    return typeof held === "string" ? "a string" : typeof held === "boolean" ? "a boolean" : "a number";
  }
}

/** The tables of one document, or of one inline table, as they grow. What is refused changes nothing. */
export class Tables {
  readonly #root = new Table("header");
  #current = this.#root;

  get root(): Record<string, TomlValue> {
    return this.#root.value;
  }

  /** `key = value`, in the table of the last header. */
  assign(path: Path, value: TomlValue): Refusal | undefined {
    const [, , rest] = path;
    const last = rest === undefined ? path : lastOf(path);
    const table = rest === undefined ? this.#current : this.#dotted(path);
    if (!(table instanceof Table)) return table;
    const name = textOf(last);
    if (table.has(name)) return twice(`the key ${shown(path)} is already defined`, last, table);
    table.set(name, placeOf(last), value);
    return undefined;
  }

  /** `[key]`. */
  header(path: Path): Refusal | undefined {
    const table = this.#above(path);
    if (!(table instanceof Table)) return table;
    const last = lastOf(path);
    const name = textOf(last);
    const open = table.open(name);
    if (open === undefined) {
      if (table.has(name)) return twice(`${shown(path)} is already ${table.kindOf(name)}, and no table`, last, table);
      this.#current = table.add(name, placeOf(last), "header");
      return undefined;
    }
    if (open.list !== undefined)
      return twice(`${shown(path)} is an array of tables; write [[${shown(path)}]] for one more of them`, last, table);
    const { definition } = open.table;
    if (definition !== "implied") {
      const how = definition === "dotted" ? ", by a dotted key" : "";
      return twice(`the table [${shown(path)}] is already defined${how}`, last, table);
    }
    open.table.definition = "header";
    table.redefined(open, placeOf(last));
    this.#current = open.table;
    return undefined;
  }

  /** `[[key]]`. */
  element(path: Path): Refusal | undefined {
    const table = this.#above(path);
    if (!(table instanceof Table)) return table;
    const last = lastOf(path);
    const name = textOf(last);
    const open = table.open(name);
    if (open?.list !== undefined) {
      open.table = new Table("header");
      open.list.push(open.table.value);
      this.#current = open.table;
      return undefined;
    }
    if (table.has(name))
      return twice(`${shown(path)} is already ${table.kindOf(name)}, and no array of tables`, last, table);
    this.#current = table.add(name, placeOf(last), "header", []);
    return undefined;
  }

  /** What follows up to the next header belongs to no table: its own header was wrong. */
  astray(): void {
    this.#current = new Table("header");
  }

  /** The table that the last part of a dotted key stands in. */
  #dotted(path: Path): Table | Refusal {
    let table = this.#current;
    let [, , rest] = path;
    const implied: Table[] = [];
    for (let at = path; rest !== undefined; at = rest, [, , rest] = rest) {
      const name = textOf(at);
      const open = table.open(name);
      if (open === undefined && !table.has(name)) table = table.add(name, placeOf(at), "dotted");
      else {
        if (open === undefined || open.list !== undefined || open.table.definition === "header")
          return closed(at, table);
        table = open.table;
        if (table.definition === "implied") implied.push(table);
      }
    }
    if (implied.length > 0 && !table.has(textOf(lastOf(path)))) for (const one of implied) one.definition = "dotted";
    return table;
  }

  /** The table that the last part of a header's key stands in. */
  #above(path: Path): Table | Refusal {
    let table = this.#root;
    let [, , rest] = path;
    for (let at = path; rest !== undefined; at = rest, [, , rest] = rest) {
      const name = textOf(at);
      const open = table.open(name);
      if (open !== undefined) table = open.table;
      else if (table.has(name)) return closed(at, table);
      else table = table.add(name, placeOf(at), "implied");
    }
    return table;
  }
}

function lastOf(path: Path): Path {
  let last = path;
  while (last[2] !== undefined) last = last[2];
  return last;
}

function twice(message: string, part: Path, table: Table): Refusal {
  const notes = [{ message: "first defined here", span: table.firstOf(textOf(part)) }];
  return refuse(message, { at: spanOf(textOf(part), placeOf(part)), notes });
}

/** A part of a key names something that nothing can be added to in this way. */
function closed(part: Path, table: Table): Refusal {
  const name = textOf(part);
  const kind = table.kindOf(name);
  if (kind === "a table")
    return twice(`the table ${shownName(name)} is defined by a header: a dotted key can't add to it`, part, table);
  return twice(
    `${shownName(name)} is ${kind}: no keys can be added to it${kind === "an array of tables" ? " by a dotted key" : ""}`,
    part,
    table,
  );
}
