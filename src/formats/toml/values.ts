// Values (TOML 1.1, Key/Value Pair to Inline Table), and keys.
import {
  as,
  between,
  choice,
  label,
  lazy,
  type Parser,
  type Refusal,
  rule,
  sepBy,
  sepEndBy,
  seq,
  skipR,
  tryMap,
} from "../../index.ts";
import { string } from "../../lex/index.ts";
import { keyOf, type Path } from "./keys.ts";
import { numberOf } from "./numbers.ts";
import { blank, gap } from "./space.ts";
import { stringsOf } from "./strings.ts";
import { Tables, type TomlValue } from "./tables.ts";

/** What the values of a document may be, and what they become. */
export interface Rules {
  /** Whether there is what TOML 1.1 adds to TOML 1.0. */
  readonly latest: boolean;
  readonly bigints: boolean;
}

interface Values {
  /** A key, dotted or not, and the space after it. */
  readonly key: Parser<Path>;
  /** `key = value`. */
  readonly pair: Parser<readonly [path: Path, value: TomlValue]>;
}

const inLine = <T>(p: Parser<T>): Parser<T> => skipR(p, blank);
const overLines = <T>(p: Parser<T>): Parser<T> => skipR(p, gap);

/** What a value begins with is named as one: a label around all values would cost each of them. */
const opening = (text: string): Parser<string> => label("value", string(text));

export function valuesOf({ latest, bigints }: Rules): Values {
  const { oneLine, any } = stringsOf(latest);
  const key = keyOf(oneLine);

  const value: Parser<TomlValue> = lazy(() =>
    choice<TomlValue, never, readonly Parser<TomlValue>[]>([
      any,
      numberOf({ bigints, shortTimes: latest }),
      as(opening("true"), true),
      as(opening("false"), false),
      array,
      table,
    ]),
  );
  const pair = seq(skipR(key, inLine(string("="))), value);

  const array: Parser<TomlValue[]> = rule(
    "array",
    between(overLines(opening("[")), sepEndBy(overLines(value), overLines(string(","))), string("]")),
  );
  // an inline table stands on one line in TOML 1.0, without a comma at its end
  const inTable = latest ? overLines : inLine;
  const pairs = (latest ? sepEndBy : sepBy)(inTable(pair), inTable(string(",")));
  const table = rule("inline table", tryMap(between(inTable(opening("{")), pairs, string("}")), tableOf));

  return { key, pair };
}

function tableOf(pairs: readonly (readonly [Path, TomlValue])[]): Record<string, TomlValue> | Refusal {
  const tables = new Tables();
  for (const [path, value] of pairs) {
    const refusal = tables.assign(path, value);
    if (refusal !== undefined) return refusal;
  }
  return tables.root;
}
