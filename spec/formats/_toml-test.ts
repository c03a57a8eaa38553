// The public suite toml-test: its documents, and values in the form of its answers, in which each has its type.
import { readFileSync } from "node:fs";
import { inRepository } from "../../bench/data.ts";
import { TomlDate, type TomlValue } from "../../src/formats/toml/index.ts";

interface Case {
  /** Its path in the suite. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What it gives; nothing if it must be refused. */
  readonly answer: unknown;
}

/** The documents of a version. */
export function tomlTest(version: "1.0" | "1.1"): Case[] {
  const list = fileOf(`files-toml-${version}.0`).toString("utf8").split("\n");
  return list
    .filter((name) => name.endsWith(".toml"))
    .map((name) => ({
      name,
      bytes: new Uint8Array(fileOf(name)),
      answer: name.startsWith("valid/")
        ? JSON.parse(fileOf(name.replace(/toml$/, "json")).toString("utf8"))
        : undefined,
    }));
}

function fileOf(name: string): Buffer {
  return readFileSync(inRepository(`spec/corpora/toml-test/${name}`));
}

const KINDS: Readonly<Record<TomlDate["kind"], string>> = {
  "offset-date-time": "datetime",
  "local-date-time": "datetime-local",
  "local-date": "date-local",
  "local-time": "time-local",
};

/** How a value differs from an answer of the suite; nothing if it doesn't. Integers are bigints. */
export function unlike(value: TomlValue, answer: unknown, path = "the document"): string | undefined {
  if (Array.isArray(answer)) {
    if (!Array.isArray(value) || value.length !== answer.length) return `${path} is no list of ${answer.length}`;
    return first(answer.map((one, i) => unlike(value[i] as TomlValue, one, `${path}[${i}]`)));
  }
  const { type, value: text } = answer as { type?: unknown; value?: unknown };
  if (typeof type === "string" && typeof text === "string") {
    const [ours, theirs] = [
      tagged(value),
      [type, type.startsWith("date") || type.startsWith("time") ? dated(text) : text],
    ];
    if (type === "float") return Object.is(value, floatOf(text)) ? undefined : `${path} is ${ours}, not ${theirs}`;
    return ours.join() === theirs.join() ? undefined : `${path} is ${ours}, not ${theirs}`;
  }
  if (typeof value !== "object" || Array.isArray(value) || value instanceof TomlDate) return `${path} is no table`;
  const [ours, theirs] = [Object.keys(value), Object.keys(answer as object)].map((keys) => keys.sort().join());
  if (ours !== theirs) return `${path} has the keys ${ours}, not ${theirs}`;
  return first(
    Object.entries(answer as object).map(([key, one]) => {
      const held = Object.getOwnPropertyDescriptor(value, key)?.value as TomlValue;
      return unlike(held, one, `${path}.${key}`);
    }),
  );
}

function tagged(value: TomlValue): readonly [type: string, text: string] {
  if (value instanceof TomlDate) return [KINDS[value.kind], dated(value.text)];
  if (typeof value === "bigint") return ["integer", String(value)];
  if (typeof value === "number") return ["float", String(value)];
  if (typeof value === "boolean") return ["bool", String(value)];
  return [typeof value, String(value)];
}

/** Dates are kept as written: seconds that are left out, and zeros at the end, are none of its concern. */
function dated(text: string): string {
  const upper = text.toUpperCase().replace(" ", "T");
  return upper
    .replace(/(T|^)(\d\d:\d\d)(?!:)/, "$1$2:00")
    .replace(/(\.\d*?)0+(?=Z|[+-]|$)/, "$1")
    .replace(/\.(?=Z|[+-]|$)/, "");
}

function floatOf(text: string): number {
  return /inf$/.test(text) ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find((one) => one !== undefined);
}
