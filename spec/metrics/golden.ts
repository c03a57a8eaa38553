// What the metrics are measured on: for each grammar inputs that it reads, and inputs that are wrong.
import { readdirSync, readFileSync } from "node:fs";
import { inRepository, twitter } from "../../bench/data.ts";
import { calculation } from "../../docs/examples/calculator.ts";
import { ini } from "../../docs/examples/ini.ts";
import { log } from "../../docs/examples/log.ts";
import { program } from "../../docs/examples/pl0.ts";
import { csv } from "../../src/formats/csv/index.ts";
import { json, jsonValue } from "../../src/formats/json.ts";
import { jsonSeq } from "../../src/formats/json-seq.ts";
import { json5 } from "../../src/formats/json5.ts";
import { jsonc } from "../../src/formats/jsonc.ts";
import { ndjsonWith } from "../../src/formats/ndjson.ts";
import { sse } from "../../src/formats/sse.ts";
import { toml } from "../../src/formats/toml/index.ts";
import { each, type Parser, type RunConfig } from "../../src/index.ts";
import type { Chunk } from "../../src/stream/index.ts";
import { casesOf, GRAMMARS, type Grammar } from "../diagnostics/_broken.ts";
import { tomlTest } from "../formats/_toml-test.ts";

export interface Golden {
  readonly name: string;
  /** The subpath of the package that exports the grammar, if it is a format. */
  readonly format?: string;
  readonly parser: Parser<unknown, unknown>;
  readonly config: RunConfig;
  readonly inputs: readonly Chunk[];
  /** Left out of the quick form. */
  readonly large: readonly Chunk[];
}

/** Inputs that are longer than this are large. */
const LARGE = 2000;

function golden(
  name: string,
  parser: Parser<unknown, unknown>,
  inputs: readonly Chunk[],
  rest: Partial<Golden> = {},
): Golden {
  return {
    name,
    parser,
    config: {},
    ...rest,
    inputs: inputs.filter(({ length }) => length <= LARGE),
    large: inputs.filter(({ length }) => length > LARGE),
  };
}

function jsonSuite(): Uint8Array[] {
  const folder = inRepository("spec/corpora/json-test-suite/test_parsing/");
  const names = readdirSync(folder).sort();
  return names.map((name) => new Uint8Array(readFileSync(new URL(encodeURIComponent(name), folder))));
}

function sample(name: string): string {
  return readFileSync(inRepository(`docs/formats/samples/${name}`), "utf8");
}

const skipping: RunConfig = { extensions: { recover: { mode: "collect" } } };
const lines = '{"a": 1}\n\n[2]\r\n{"b" 3}\n]\n4';
const rows = 'id,name\n1,"a ""b"""\r\n2,c,d\n3,"e\nf"\n4,x"y\n';

const values = '1 "two" [3, {"four": 5.5e1}]\n{}\r\n null true\tfalse [[], [[]]] "\\u00e9😀"\n';
const sums = ["1 + 2 * 3", " (1 + 2) * 3 ", "2 ^ 3 ^ 2", "max(1, x, 2 * abs(y)) + 1", "1.5e2 / 3 - - x"];
const settings = `
top = level
[server] ; the machine
host = example.org
port=8080 # not 80
path =
[message]
  text = "two words ; and \\"quotes\\"\\n"   # quoted
`;
const line = '2024-05-01T12:00:00.250Z WARN disk=sda1 free=3% message="nearly \\"full\\""\r\n';
const squares = `
{ the squares of the first numbers }
const most = 10; var x, squ;
procedure square; begin squ := x * x end;
begin x := 1; while x <= most do begin call square; ! squ; x := x + 1 end end.
`;

const statements = GRAMMARS["statements-collect"] as Grammar;
const unfinished = ["a = 1 b = 2 c = 3;", "a = b", "x = 1\ny = 2;\nz = (3) w = 1", "a = 1;", ""];

/** Every format, the worked grammars of the documentation, and the broken inputs of `spec/corpora/broken`. */
export function goldens(): Golden[] {
  return [
    golden("json", json, [...jsonSuite(), twitter()], { format: "./formats/json" }),
    golden("toml", toml, [sample("service.toml"), ...tomlTest("1.1").map(({ bytes }) => bytes)], {
      format: "./formats/toml",
    }),
    golden("jsonc", jsonc, [sample("settings.jsonc"), "[1, /* 2 */ 3,]", "{} // a", "[1 /* 2"], {
      format: "./formats/jsonc",
    }),
    golden("json5", json5, [sample("settings.json5"), "{a: +.5, 'b': [0xFF, NaN,],}", "[1 2]", "'a\\\nb'"], {
      format: "./formats/json5",
    }),
    golden("ndjson", ndjsonWith({ badLines: "skip" }), [sample("events.ndjson"), lines, lines.repeat(100)], {
      format: "./formats/ndjson",
      config: skipping,
    }),
    golden("json-seq", jsonSeq, ['\x1e{"a":\n1}\n\x1e2\n\x1e3\x1e[4]\n\x1e"', "\x1e", "1"], {
      format: "./formats/json-seq",
      config: skipping,
    }),
    golden("csv", csv({ header: true, badRows: "skip" }), [sample("orders.csv"), rows, rows.repeat(100)], {
      format: "./formats/csv",
      config: skipping,
    }),
    golden("sse", sse, [sample("answer.sse"), "id: 1\r\ndata: a\r\n\r\n: b\r\rdata:c\n\ndata: d"], {
      format: "./formats/sse",
    }),
    golden("json, value by value", each(jsonValue), [values, values.repeat(100), `${values}]`]),
    golden("calculator", calculation, sums),
    golden("ini", ini, [settings, settings.repeat(20), "; nothing but a comment", "[a]\n[b c]\r\n"]),
    golden("log", log, [line, line.repeat(5), line.repeat(100)]),
    golden("pl0", program, [".", squares]),
    golden("statements, with something missing", statements.parser, unfinished, { config: statements.config }),
    ...Object.entries(GRAMMARS).map(([corpus, { parser, config }]) => {
      const inputs = casesOf(corpus).map(({ input }) => input);
      return golden(`broken: ${corpus}`, parser, inputs, { config });
    }),
  ];
}

/** The formats that the package exports and nothing here stands for. */
export function formatsWithout(all: readonly Golden[]): string[] {
  const manifest = JSON.parse(readFileSync(inRepository("package.json"), "utf8")) as { exports: object };
  const formats = Object.keys(manifest.exports).filter((path) => path.startsWith("./formats/"));
  return formats.filter((path) => all.every(({ format }) => format !== path));
}
