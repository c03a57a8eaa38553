// Makes an input match a random grammar better: where the twin fails, what it expected is written in.
import type { Node } from "../../src/grammar/node.ts";
import type { Random } from "../_random.ts";
import { type TwinOptions, type TwinResult, TwinTired, twin } from "./twin/twin.ts";

/** What the twin may spend on one run here, and in the tests. */
const BUDGET = 20_000;

const ROUNDS = 8;

/** A text whose characters stand for bytes, as those. */
export function bytesFrom(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** The text, changed up to a few times at its farthest failure; the rest is kept behind the change or dropped. */
export function steered(node: Node, text: string, random: Random, binary = false): string {
  let at = text;
  for (let round = 0; round < ROUNDS; round += 1) {
    const result = answer(node, binary ? bytesFrom(at) : at);
    if (result === undefined || result.ok || /^E[34]/.test(result.failure?.code ?? "")) return at;
    const { offset, expected } = result.farthest;
    const wanted = expected.flatMap(binary ? writtenAsBytes : written);
    if (offset < 0 || wanted.length === 0) return at;
    const rest = random.oneIn(2) ? at.slice(offset) : "";
    const insert = random.pick(wanted);
    at = insert === "" ? at.slice(0, offset) : at.slice(0, offset) + insert + rest;
  }
  return at;
}

/** What the twin answers; undefined when it takes too long. */
export function answer(
  node: Node,
  input: string | Uint8Array,
  requireEof = true,
  options: Pick<TwinOptions, "recovers" | "traces"> = {},
): TwinResult | undefined {
  try {
    return twin(node, input, { ...options, requireEof, budget: BUDGET, binary: typeof input !== "string" });
  } catch (error) {
    if (error instanceof TwinTired) return undefined;
    throw error;
  }
}

/** Texts that meet an expectation; the empty one stands for the end of input. */
function written(expected: string): string[] {
  const colon = expected.indexOf(":");
  const [kind, name] = [expected.slice(0, colon), expected.slice(colon + 1)];
  if (expected === "eof") return [""];
  if (kind === "token") return [name];
  if (kind === "class") return name.startsWith("^") || name.startsWith("(") ? ["c"] : [...name].slice(0, 3);
  if (name === "doubles") return ["bb"];
  if (name === "identifier") return ["c"];
  return name === "run of a" ? ["a"] : ["a", "b", ","];
}

/** The same for bytes, as characters of the same number. */
function writtenAsBytes(expected: string): string[] {
  const name = expected.slice(expected.indexOf(":") + 1);
  if (expected.startsWith("token:") && /^[0-9a-f]{2}( [0-9a-f]{2})*$/.test(name)) {
    return [String.fromCharCode(...name.split(" ").map((byte) => Number.parseInt(byte, 16)))];
  }
  if (expected.startsWith("token:") || expected === "eof") return written(expected);
  const width = Number(/\d+/.exec(name)?.[0] ?? 1);
  return ["\x01", "\x00\x02", "a".repeat(/int|float/.test(name) ? width / 8 : Math.min(width, 4))];
}
